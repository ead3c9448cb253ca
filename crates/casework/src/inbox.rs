//! What a funder sees of delivered applications: the frozen copy, its runs, reviews and decisions.
//! Reading one is an audit entry.
use std::collections::BTreeMap;

use access::{Action, Actor, may};
use explain::Text;
use grants::{DecisionOutcome, SizeBand};
use money::Hkd;
use serde_json::Value;
use store::{
    TenantTx, assessments, decisions, published,
    received::{self as rows, ReceivedRow, ShareRow},
    reviews, runs,
};
use uuid::Uuid;

use crate::{
    CaseError, CaseResult, Casework, DecisionView, Page, ProgressView, ReceivedView, ReviewView,
    RunView, RunsView, ScoreView, ShareView,
    application_read::PAGE_ROWS_MAX,
    assembly::{amount, hkd},
    conflict::{closed_to, open_to},
    labels,
    reading::end_opened,
};

/// Current submissions of a round, by reference, without their documents.
pub async fn inbox(
    casework: &Casework,
    actor: &Actor,
    round: Uuid,
    first: usize,
    after: Option<&str>,
) -> CaseResult<Page<ReceivedView>> {
    let mut tx = casework.begin(actor, Action::ReceivedRead).await?;
    let first = first.clamp(1, PAGE_ROWS_MAX);
    let wanted = i64::try_from(first + 1).map_err(CaseError::internal)?;
    let mut found = rows::list(&mut tx, round, wanted, after).await?;
    let has_next = found.len() > first;
    found.truncate(first);
    let end_cursor = found.last().map(|row| row.reference.clone());
    let mut views = views(&mut tx, &found).await?;
    tx.end_read().await?;
    for view in &mut views {
        view.opened = false;
    }
    Ok(Page {
        rows: views,
        has_next,
        end_cursor,
    })
}

/// One delivered copy; the read is recorded. A reviewer with a declared conflict cannot open it.
pub async fn received(
    casework: &Casework,
    actor: &Actor,
    id: Uuid,
) -> CaseResult<Option<ReceivedView>> {
    let mut tx = casework.begin(actor, Action::ReceivedRead).await?;
    let Some(row) = rows::find(&mut tx, id).await? else {
        tx.end_read().await?;
        return Ok(None);
    };
    if !closed_to(&mut tx, actor, &[id]).await?.is_empty() {
        tx.end_read().await?;
        return Ok(None);
    }
    let view = views(&mut tx, std::slice::from_ref(&row)).await?.pop();
    end_opened(casework, tx, actor, &row).await?;
    Ok(view)
}

async fn views(tx: &mut TenantTx, found: &[ReceivedRow]) -> CaseResult<Vec<ReceivedView>> {
    let ids: Vec<Uuid> = found.iter().map(|row| row.submission_id).collect();
    let shares = rows::shares(tx, &ids).await?;
    let reference = published::reference(tx, "reference")
        .await?
        .unwrap_or_default();
    found
        .iter()
        .map(|row| {
            let document: Value =
                serde_json::from_str(&row.document).map_err(CaseError::internal)?;
            Ok(ReceivedView {
                id: row.submission_id,
                reference: row.reference.clone(),
                round_id: row.round_id,
                applicant: Text::new(&row.applicant_en, &row.applicant_zh),
                size_band: size_band(&row.size_band)?,
                fictional: document["applicant"]["fictional"] == Value::Bool(true),
                title: Text::new(&row.title_en, &row.title_zh),
                version_no: row.version_no,
                sha256: row.sha256.clone(),
                received_at: row.received_at,
                ask: hkd(row.ask)?,
                total_cost: hkd(row.total_cost)?,
                districts: share_views(&shares, row.submission_id, "district", &reference),
                service_areas: share_views(&shares, row.submission_id, "service_area", &reference),
                document,
                opened: true,
            })
        })
        .collect()
}

pub(crate) fn size_band(name: &str) -> CaseResult<SizeBand> {
    SizeBand::from_name(name).ok_or_else(|| CaseError::internal(format!("size band {name}")))
}

pub(crate) fn share_views(
    shares: &[ShareRow],
    submission: Uuid,
    kind: &str,
    reference: &Value,
) -> Vec<ShareView> {
    let list = if kind == "district" {
        "districts"
    } else {
        "service_areas"
    };
    shares
        .iter()
        .filter(|row| row.submission_id == submission && row.kind == kind)
        .map(|row| ShareView {
            code: row.code.clone(),
            label: labels::label(reference, list, &row.code),
            share: amount(row.share),
        })
        .collect()
}

/// The newest run of each kind, for several submissions.
pub async fn runs_of(
    casework: &Casework,
    actor: &Actor,
    ids: &[Uuid],
) -> CaseResult<BTreeMap<Uuid, RunsView>> {
    const KINDS: [&str; 5] = [
        "eligibility",
        "sroi",
        "sroi_outturn",
        "costshare",
        "procurement",
    ];
    let mut tx = casework.begin(actor, Action::ReceivedRead).await?;
    let open = open_to(&mut tx, actor, ids).await?;
    let mut found = runs::latest(&mut tx, &open, &KINDS).await?;
    found.extend(assessments::runs(&mut tx, &open).await?);
    tx.end_read().await?;
    let mut views = BTreeMap::<Uuid, RunsView>::new();
    for run in found {
        let view = RunView {
            id: run.run_id,
            input_hash: run.input_hash,
            engine_version: run.engine_version,
            ruleset: (run.ruleset_id, run.ruleset_version),
            output: serde_json::from_str(&run.output).map_err(CaseError::internal)?,
        };
        let of = views.entry(run.subject_id).or_default();
        match run.kind.as_str() {
            "eligibility" => of.eligibility = Some(view),
            "sroi" => of.sroi = Some(view),
            "sroi_assessed" => of.sroi_assessed = Some(view),
            "sroi_outturn" => of.sroi_outturn = Some(view),
            "costshare" => of.costshare = Some(view),
            "procurement" => of.procurement = Some(view),
            _ => {}
        }
    }
    Ok(views)
}

/// Reviews of several submissions: all for officers and the chair, a reviewer's own otherwise.
pub async fn reviews_of(
    casework: &Casework,
    actor: &Actor,
    ids: &[Uuid],
) -> CaseResult<BTreeMap<Uuid, Vec<ReviewView>>> {
    let mut tx = casework.begin(actor, Action::ReceivedRead).await?;
    let sees_all = may(actor, Action::ReviewReadAll);
    let mut found = reviews::list(&mut tx, ids).await?;
    found.retain(|review| sees_all || review.reviewer_id == actor.user.0);
    let review_ids: Vec<Uuid> = found.iter().map(|review| review.review_id).collect();
    let scores = reviews::scores(&mut tx, &review_ids).await?;
    tx.end_read().await?;
    let mut views = BTreeMap::<Uuid, Vec<ReviewView>>::new();
    for review in found {
        let levels = scores
            .iter()
            .filter(|score| score.review_id == review.review_id)
            .map(|score| ScoreView {
                dimension: score.dimension.clone(),
                level: i32::from(score.level),
                comment: score.comment.clone(),
            })
            .collect();
        views
            .entry(review.submission_id)
            .or_default()
            .push(ReviewView {
                id: review.review_id,
                submission: review.submission_id,
                reviewer_id: review.reviewer_id,
                reviewer: review.reviewer_name,
                state: review.state,
                version: review.version,
                scores: levels,
                comment: review.comment,
                updated_at: review.updated_at,
            });
    }
    Ok(views)
}

/// The chain of decisions of several submissions, newest first.
pub async fn decisions_of(
    casework: &Casework,
    actor: &Actor,
    ids: &[Uuid],
) -> CaseResult<BTreeMap<Uuid, Vec<DecisionView>>> {
    let mut tx = casework.begin(actor, Action::ReceivedRead).await?;
    let open = open_to(&mut tx, actor, ids).await?;
    let found = decisions::chains(&mut tx, &open).await?;
    let cells = rows::cells_approved(&mut tx, &open).await?;
    tx.end_read().await?;
    let mut views = BTreeMap::<Uuid, Vec<DecisionView>>::new();
    for row in found {
        let mut lines = BTreeMap::<String, Hkd>::new();
        for cell in &cells {
            if cell.submission_id == row.submission_id && cell.stage_no == row.sequence {
                let sum = lines.entry(cell.line_id.clone()).or_default();
                *sum = sum
                    .checked_add(hkd(cell.amount)?)
                    .map_err(CaseError::internal)?;
            }
        }
        views
            .entry(row.submission_id)
            .or_default()
            .push(DecisionView {
                id: row.decision_id,
                submission: row.submission_id,
                outcome: DecisionOutcome::from_name(&row.outcome)
                    .ok_or_else(|| CaseError::internal(format!("outcome {}", row.outcome)))?,
                amount: hkd(row.amount)?,
                lines: lines.into_iter().collect(),
                reason_codes: row.reason_codes,
                reason: row.reason,
                conditions: row.conditions,
                decided_by: row.decided_by_name,
                decided_at: row.decided_at,
                departs_from_rank: row.departs_from_rank,
                departure_reason: row.departure_reason,
                confirmed_by: row.confirmed_by_name,
                supersedes: row.supersedes,
            });
    }
    Ok(views)
}

/// Where the work on several submissions stands.
pub async fn progress_of(
    casework: &Casework,
    actor: &Actor,
    ids: &[Uuid],
) -> CaseResult<BTreeMap<Uuid, Vec<ProgressView>>> {
    let mut tx = casework.begin(actor, Action::ReceivedRead).await?;
    let found = store::progress::latest(&mut tx, ids).await?;
    tx.end_read().await?;
    let mut views = BTreeMap::<Uuid, Vec<ProgressView>>::new();
    for row in found {
        views.entry(row.subject_id).or_default().push(row.into());
    }
    Ok(views)
}
