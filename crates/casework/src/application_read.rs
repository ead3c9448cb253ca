//! Reading one's own applications: everything here stays inside the NGO's tenant.
use std::collections::BTreeMap;

use access::{Action, Actor};
use chrono::{DateTime, Utc};
use grants::ApplicationStage;
use serde_json::{Value, json};
use store::{
    TenantTx,
    applications::{self as rows, ApplicationRow},
    organisations, published,
};
use uuid::Uuid;

use crate::{
    ApplicationView, CaseError, CaseResult, Casework, Page, ProgressView, SectionView, StatusView,
    SubmissionView,
    assembly::{Case, Rules, hong_kong_day},
    document,
    proxy_snapshot::{Snapshots, snapshots},
    section_check,
};

/// Longest page of a list.
pub(crate) const PAGE_ROWS_MAX: usize = 100;

/// Own applications, newest first.
pub async fn applications(
    casework: &Casework,
    actor: &Actor,
    first: usize,
    after: Option<&str>,
) -> CaseResult<Page<ApplicationView>> {
    let mut tx = casework.begin(actor, Action::ApplicationRead).await?;
    let first = first.clamp(1, PAGE_ROWS_MAX);
    let wanted = i64::try_from(first + 1).map_err(CaseError::internal)?;
    let cursor = after.map(cursor_from_text).transpose()?;
    let mut found = rows::list(&mut tx, wanted, cursor).await?;
    let has_next = found.len() > first;
    found.truncate(first);
    let end_cursor = found.last().map(|row| {
        format!(
            "{}_{}",
            row.created_at.timestamp_micros(),
            row.application_id
        )
    });
    let mut views = Vec::with_capacity(found.len());
    let ids: Vec<Uuid> = found.iter().map(|row| row.application_id).collect();
    let titles = rows::titles(&mut tx, &ids).await?;
    for row in &found {
        let sections = titles
            .iter()
            .find(|(id, _)| *id == row.application_id)
            .map(|(_, project)| BTreeMap::from([("project".to_owned(), project.clone())]))
            .unwrap_or_default();
        views.push(view(row, &sections)?);
    }
    tx.end_read().await?;
    Ok(Page {
        rows: views,
        has_next,
        end_cursor,
    })
}

fn cursor_from_text(text: &str) -> CaseResult<(DateTime<Utc>, Uuid)> {
    let parsed = text.split_once('_').and_then(|(time, id)| {
        let micros: i64 = time.parse().ok()?;
        Some((DateTime::from_timestamp_micros(micros)?, id.parse().ok()?))
    });
    parsed.ok_or_else(|| {
        CaseError::problem(
            "bad_cursor",
            "after",
            "Use the endCursor of the page before.",
        )
    })
}

/// One own application.
pub async fn application(
    casework: &Casework,
    actor: &Actor,
    id: Uuid,
) -> CaseResult<Option<ApplicationView>> {
    let mut tx = casework.begin(actor, Action::ApplicationRead).await?;
    let Some(row) = rows::find(&mut tx, id).await? else {
        tx.end_read().await?;
        return Ok(None);
    };
    let sections = saved(&mut tx, id).await?;
    tx.end_read().await?;
    Ok(Some(view(&row, &sections)?))
}

fn view(row: &ApplicationRow, sections: &BTreeMap<String, Value>) -> CaseResult<ApplicationView> {
    Ok(ApplicationView {
        id: row.application_id,
        reference: row.reference.clone(),
        stage: ApplicationStage::from_name(&row.stage)
            .ok_or_else(|| CaseError::internal(format!("stage {}", row.stage)))?,
        title: document::title(sections),
        round_id: row.round_id,
        created_at: row.created_at,
        updated_at: row.updated_at,
    })
}

pub(crate) async fn saved(tx: &mut TenantTx, id: Uuid) -> CaseResult<BTreeMap<String, Value>> {
    let sections = rows::sections(tx, id).await?;
    Ok(sections
        .into_iter()
        .map(|row| (row.section, row.content))
        .collect())
}

/// Gathers a draft for the calculators.
pub(crate) async fn draft_case(tx: &mut TenantTx, row: &ApplicationRow) -> CaseResult<Case> {
    let round = published::round(tx, row.round_id)
        .await?
        .ok_or(CaseError::NotFound)?;
    let now = published::clock(tx).await?;
    let sections = saved(tx, row.application_id).await?;
    Ok(Case {
        proxies: draft_proxies(tx, &sections).await?,
        sections,
        facts: organisations::facts(tx, row.organisation_id).await?,
        identifiers: organisations::identifiers(tx, row.organisation_id).await?,
        awarded_to_date: store::awards::net_total(
            tx,
            row.funder_tenant_id,
            round.programme_id,
            &row.reference,
        )
        .await?,
        submitted_on: hong_kong_day(now),
        received_before: None,
        rules: Rules::load(tx, round.programme_id, &round.programme_version).await?,
    })
}

/// The library entries that a draft's value map names.
pub(crate) async fn draft_proxies(
    tx: &mut TenantTx,
    sections: &BTreeMap<String, Value>,
) -> CaseResult<Snapshots> {
    match sections.get("value_map") {
        Some(value_map) => snapshots(tx, value_map).await,
        None => Ok(Snapshots::new()),
    }
}

/// The form of the application's programme version.
pub(crate) async fn form(tx: &mut TenantTx, row: &ApplicationRow) -> CaseResult<Vec<Value>> {
    let round = published::round(tx, row.round_id)
        .await?
        .ok_or(CaseError::NotFound)?;
    let programme = published::programme(tx, round.programme_id, &round.programme_version)
        .await?
        .ok_or(CaseError::NotFound)?;
    Ok(programme.sections["sections"]
        .as_array()
        .cloned()
        .unwrap_or_default())
}

/// All sections in the order of the form, saved or not.
pub async fn application_sections(
    casework: &Casework,
    actor: &Actor,
    id: Uuid,
) -> CaseResult<Vec<SectionView>> {
    let mut tx = casework.begin(actor, Action::ApplicationRead).await?;
    let row = rows::find(&mut tx, id).await?.ok_or(CaseError::NotFound)?;
    let views = section_views(&mut tx, &row).await?;
    tx.end_read().await?;
    Ok(views)
}

pub(crate) async fn section_views(
    tx: &mut TenantTx,
    row: &ApplicationRow,
) -> CaseResult<Vec<SectionView>> {
    let case = draft_case(tx, row).await?;
    let form = form(tx, row).await?;
    let saved = rows::sections(tx, row.application_id).await?;
    let views = form
        .iter()
        .map(|section| {
            let code = section["code"].as_str().unwrap_or_default();
            let row = saved.iter().find(|row| row.section == code);
            let problems = section_check::problems(&case, section);
            SectionView {
                code: code.to_owned(),
                content: row.map_or_else(|| json!({}), |row| row.content.clone()),
                version: row.map_or(0, |row| row.version),
                saved_at: row.map(|row| row.saved_at),
                state: section_check::state(
                    row.is_some(),
                    section_check::is_required(section),
                    &problems,
                ),
                problems,
            }
        })
        .collect();
    Ok(views)
}

/// Facts of the organisation that the form shows instead of asking.
pub async fn application_facts(casework: &Casework, actor: &Actor, id: Uuid) -> CaseResult<Value> {
    let mut tx = casework.begin(actor, Action::ApplicationRead).await?;
    let row = rows::find(&mut tx, id).await?.ok_or(CaseError::NotFound)?;
    let facts = organisations::facts(&mut tx, row.organisation_id).await?;
    let round = published::round(&mut tx, row.round_id)
        .await?
        .ok_or(CaseError::NotFound)?;
    let awarded = store::awards::net_total(
        &mut tx,
        row.funder_tenant_id,
        round.programme_id,
        &row.reference,
    )
    .await?;
    tx.end_read().await?;
    let mut listed: Vec<Value> = facts
        .into_iter()
        .map(|fact| {
            json!({"financial_year": fact.financial_year, "path": fact.path, "value": fact.value,
                   "provenance": fact.provenance})
        })
        .collect();
    listed.push(
        json!({"financial_year": null, "path": "org.awarded_to_date_hkd",
                       "value": money::fixed_text(awarded, 2), "provenance": "ledger"}),
    );
    Ok(Value::Array(listed))
}

/// The newest frozen version.
pub async fn application_submission(
    casework: &Casework,
    actor: &Actor,
    id: Uuid,
) -> CaseResult<Option<SubmissionView>> {
    let mut tx = casework.begin(actor, Action::ApplicationRead).await?;
    let row = rows::submission(&mut tx, id).await?;
    tx.end_read().await?;
    row.map(|row| {
        Ok(SubmissionView {
            id: row.submission_id,
            version_no: row.version_no,
            sha256: row.sha256,
            received_at: row.received_at,
            document: serde_json::from_str(&row.document).map_err(CaseError::internal)?,
        })
    })
    .transpose()
}

/// What happened to the application, oldest first.
pub async fn application_timeline(
    casework: &Casework,
    actor: &Actor,
    id: Uuid,
) -> CaseResult<Vec<StatusView>> {
    let mut tx = casework.begin(actor, Action::ApplicationRead).await?;
    let statuses = rows::statuses(&mut tx, id).await?;
    let submission = rows::submission(&mut tx, id).await?;
    tx.end_read().await?;
    let received = submission.into_iter().map(|row| StatusView {
        code: "received".to_owned(),
        at: row.received_at,
        params: BTreeMap::from([("version".to_owned(), row.version_no.to_string())]),
    });
    let delivered = statuses.into_iter().map(|row| StatusView {
        code: row.code,
        at: row.at,
        params: row
            .params
            .as_object()
            .into_iter()
            .flatten()
            .filter_map(|(name, value)| Some((name.clone(), value.as_str()?.to_owned())))
            .collect(),
    });
    let mut timeline: Vec<StatusView> = received.chain(delivered).collect();
    timeline.sort_by(|a, b| a.at.cmp(&b.at).then_with(|| a.code.cmp(&b.code)));
    Ok(timeline)
}

/// How far the machine has come with a submitted application.
pub async fn application_progress(
    casework: &Casework,
    actor: &Actor,
    id: Uuid,
) -> CaseResult<Vec<ProgressView>> {
    let subject = crate::ProgressSubject::Application(id);
    crate::progress_since(casework, actor, subject, 0).await
}
