//! What the demonstration's people did around SROI figures: assessed copies, a statement of assurance, a
//! report of what came. Each through the very deed that people use.
use serde_json::Value;
use store::{TenantTx, assessments, runs};
use uuid::Uuid;

use super::{
    Files, Row, SeedError, SeedTarget, applications::Submissions, outcome::submission, person,
};
use crate::{
    AssessmentInput, AssuranceInput, CaseError, assessment_save, assurance_record, draft,
    map_change::{Change, apply},
    outturn, outturn_save, outturn_send,
};

const FILE: &str = "demo/sroi.json";

/// The funder's assessed copies.
pub(super) async fn assessed(
    target: &SeedTarget<'_>,
    files: &Files<'_>,
    by: &Submissions,
) -> Result<(), SeedError> {
    for row in files.list(FILE, "assessments")? {
        let assessor = person(target, files, row.text("by")?).await?;
        let input = AssessmentInput {
            submission: submission(&row, by)?,
            expected_version: 0,
            changes: row
                .rows("changes")
                .iter()
                .map(|change| {
                    let (path, reason) = (change.text("path")?, change.text("reason")?);
                    Ok((
                        path.to_owned(),
                        change.value["to"].clone(),
                        reason.to_owned(),
                    ))
                })
                .collect::<Result<_, SeedError>>()?,
        };
        assessment_save(target.casework, &assessor, input).await?;
    }
    Ok(())
}

/// Statements of assurance about the runs that the assessed copies left.
pub(super) async fn assured(
    target: &SeedTarget<'_>,
    files: &Files<'_>,
    by: &Submissions,
) -> Result<(), SeedError> {
    for row in files.list(FILE, "assurances")? {
        let recorder = person(target, files, row.text("by")?).await?;
        let submission = submission(&row, by)?;
        let mut tx = TenantTx::begin(&target.casework.databases.app, recorder.tenant).await?;
        let run = match row.text("copy")? {
            "sroi_assessed" => assessments::runs(&mut tx, &[submission]).await?.pop(),
            _ => runs::latest(&mut tx, &[submission], &["sroi"]).await?.pop(),
        };
        tx.end_read().await?;
        let run = run.ok_or_else(|| row.content("copy", "has no run"))?;
        let text = |key: &str| row.text(key).map(str::to_owned);
        let input = AssuranceInput {
            run: run.run_id,
            assurer: text("assurer")?,
            organisation: text("organisation")?,
            scope: text("scope")?,
            findings: text("findings")?,
            conclusion: text("conclusion")?,
            assured_on: text("assured_on")?,
        };
        assurance_record(target.casework, &recorder, input).await?;
    }
    Ok(())
}

/// What came of awarded projects, as their NGOs reported it.
pub(super) async fn came(target: &SeedTarget<'_>, files: &Files<'_>) -> Result<(), SeedError> {
    for row in files.list(FILE, "outturns")? {
        let endorser = person(target, files, row.text("by")?).await?;
        let application: Uuid = row.id("application_id")?;
        let draft = draft(target.casework, &endorser, application).await?;
        let found = outturn(target.casework, &endorser, &draft).await?;
        let mut content = found.ok_or(CaseError::NotFound)?.forecast;
        for change in row.rows("changes") {
            changed(&mut content["value_map"], &change)?;
        }
        outturn_save(target.casework, &endorser, application, &content, 0).await?;
        let key = format!("demo-{application}");
        outturn_send(target.casework, &endorser, application, &key).await?;
    }
    Ok(())
}

fn changed(value_map: &mut Value, change: &Row<'_>) -> Result<(), SeedError> {
    let place = Change::read(change.text("path")?)
        .ok_or_else(|| change.content("path", "names no figure of the map"))?;
    apply(value_map, &place, &change.value["to"], "")
        .map_err(|()| change.content("path", "is not there"))?;
    Ok(())
}
