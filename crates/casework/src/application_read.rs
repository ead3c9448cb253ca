//! Reading one's own applications: everything here stays inside the NGO's tenant.
use std::collections::BTreeMap;

use access::{Action, Actor};
use chrono::{DateTime, Utc};
use grants::ApplicationStage;
use serde_json::Value;
use store::{
    TenantTx,
    applications::{self as rows, ApplicationRow},
    organisations, published,
};
use uuid::Uuid;

use crate::{
    ApplicationView, CaseError, CaseResult, Casework, Page, ProgressView, StatusView,
    SubmissionView,
    assembly::{Case, Rules, hong_kong_day},
    document,
    proxy_snapshot::{Snapshots, snapshots},
    reading::{end_opened, end_parts_read, is_from_outside},
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
    end_opened(casework, tx, actor, &row).await?;
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

/// The newest frozen version.
pub async fn application_submission(
    casework: &Casework,
    actor: &Actor,
    id: Uuid,
) -> CaseResult<Option<SubmissionView>> {
    let mut tx = casework.begin(actor, Action::ApplicationRead).await?;
    let row = rows::submission(&mut tx, id).await?;
    let own = match row {
        Some(_) if is_from_outside(actor) => rows::find(&mut tx, id).await?,
        _ => None,
    };
    end_parts_read(tx, actor, &own).await?;
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
