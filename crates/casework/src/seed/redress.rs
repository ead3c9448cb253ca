//! What follows the decisions of the demonstration: letters, an appeal, decisions that need a second
//! person, and levels of part funding, each through the door that people use.
use grants::{AppealOutcome, DecisionOutcome};
use store::{TenantTx, appeals, decisions, proposals};

use super::{
    Files, Row, SeedError, SeedTarget, applications::Submissions, outcome::submission, person,
};
use crate::{
    AppealDecideInput, CaseError, DecisionInput, FundingLevelInput, appeal_bundle, appeal_decide,
    appeal_send, decision_confirm, decision_record, funding_levels_save, letter_send,
};

const FILE: &str = "demo/redress.json";

/// Everything, in the order in which it happened.
pub(super) async fn all(
    target: &SeedTarget<'_>,
    files: &Files<'_>,
    by: &Submissions,
) -> Result<(), SeedError> {
    for row in files.list(FILE, "levels")? {
        levels(target, files, &row, by).await?;
    }
    for row in files.list(FILE, "proposals")? {
        proposal(target, files, &row, by).await?;
    }
    for row in files.list(FILE, "letters")? {
        let sender = person(target, files, row.text("by")?).await?;
        let id = submission(&row, by)?;
        let mut tx = TenantTx::begin(&target.casework.databases.app, sender.tenant).await?;
        let standing = decisions::chains(&mut tx, &[id]).await?.into_iter().next();
        tx.end_read().await?;
        let decision = standing.ok_or(CaseError::NotFound)?.decision_id;
        letter_send(target.casework, &sender, decision, row.text("key")?).await?;
    }
    for row in files.list(FILE, "appeals")? {
        appeal(target, files, &row, by).await?;
    }
    Ok(())
}

async fn levels(
    target: &SeedTarget<'_>,
    files: &Files<'_>,
    row: &Row<'_>,
    by: &Submissions,
) -> Result<(), SeedError> {
    let officer = person(target, files, row.text("by")?).await?;
    let levels = row
        .rows("levels")
        .iter()
        .map(|level| {
            Ok(FundingLevelInput {
                id: level.text("id")?.to_owned(),
                name_en: level.text("name_en")?.to_owned(),
                name_zh: level.text("name_zh")?.to_owned(),
                amount: level.text("amount")?.to_owned(),
                benefit_share: level.text("benefit_share")?.to_owned(),
                reason: level.text("reason")?.to_owned(),
            })
        })
        .collect::<Result<Vec<_>, SeedError>>()?;
    funding_levels_save(target.casework, &officer, submission(row, by)?, 0, &levels).await?;
    Ok(())
}

async fn proposal(
    target: &SeedTarget<'_>,
    files: &Files<'_>,
    row: &Row<'_>,
    by: &Submissions,
) -> Result<(), SeedError> {
    let chair = person(target, files, row.text("by")?).await?;
    let id = submission(row, by)?;
    let outcome = row.text("outcome")?.to_lowercase();
    let codes = row.value["reason_codes"].as_array().into_iter().flatten();
    let input = DecisionInput {
        submission: id,
        outcome: DecisionOutcome::from_name(&outcome)
            .ok_or_else(|| row.content("outcome", "is not an outcome"))?,
        lines: Vec::new(),
        reason_codes: codes
            .filter_map(|code| Some(code.as_str()?.to_owned()))
            .collect(),
        reason: row.text("reason")?.to_owned(),
        conditions: row.text("conditions")?.to_owned(),
        departure_reason: row.text("departure_reason")?.to_owned(),
        idempotency_key: row.text("key")?.to_owned(),
    };
    decision_record(target.casework, &chair, input).await?;
    for answer in row.rows("answer") {
        let second = person(target, files, answer.text("by")?).await?;
        let mut tx = TenantTx::begin(&target.casework.databases.app, second.tenant).await?;
        let newest = proposals::list(&mut tx, &[id]).await?.into_iter().next();
        tx.end_read().await?;
        let newest = newest.ok_or(CaseError::NotFound)?.proposal_id;
        let confirm = answer.value["confirm"] == true;
        let note = answer.text("note")?;
        decision_confirm(target.casework, &second, newest, confirm, note).await?;
    }
    Ok(())
}

async fn appeal(
    target: &SeedTarget<'_>,
    files: &Files<'_>,
    row: &Row<'_>,
    by: &Submissions,
) -> Result<(), SeedError> {
    let applicant = person(target, files, row.text("by")?).await?;
    let application = row.id("application_id")?;
    let (grounds, key) = (row.text("grounds")?, row.text("key")?);
    appeal_send(target.casework, &applicant, application, grounds, key).await?;
    for decision in row.rows("decision") {
        let judge = person(target, files, decision.text("by")?).await?;
        let mut tx = TenantTx::begin(&target.casework.databases.app, judge.tenant).await?;
        let received = appeals::received(&mut tx, &[submission(row, by)?]).await?;
        tx.end_read().await?;
        let newest = received.into_iter().next().ok_or(CaseError::NotFound)?;
        let bundle = appeal_bundle(target.casework, &judge, newest.appeal_id).await?;
        let input = AppealDecideInput {
            appeal: newest.appeal_id,
            outcome: AppealOutcome::from_name(decision.text("outcome")?)
                .ok_or_else(|| decision.content("outcome", "is not an outcome"))?,
            reason: decision.text("reason")?.to_owned(),
            bundle_sha256: bundle.sha256,
        };
        appeal_decide(target.casework, &judge, input).await?;
    }
    Ok(())
}
