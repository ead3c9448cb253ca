//! Appeals: an applicant makes one against the decision that stands, within the programme's days;
//! somebody who took no part decides it on a bundle that replays byte for byte.
use access::{Action, Actor, may};
use chrono::NaiveDate;
use explain::sha256_hex;
use grants::{AppealOutcome, appeal_until};
use serde_json::json;
use store::{
    TenantTx,
    appeals::{self, AppealRow, ReceivedAppealRow},
    applications::{self, ApplicationRow},
    idempotency::{self, KeptAnswer},
    letters, published, received,
};
use uuid::Uuid;

use crate::{
    AppealView, CaseError, CaseResult, Casework, ReceivedAppealView, RedressView,
    appeal_bundle::bundle, application_start::same_body, assembly::hong_kong_day, context::deed,
    letter::delivered_view, panel_settings::PanelSettings,
};

/// Longest grounds or reason, in characters.
const TEXT_CHARS_MAX: usize = 10_000;

/// Letters and appeals of one's own application.
pub async fn redress(
    casework: &Casework,
    actor: &Actor,
    application: Uuid,
) -> CaseResult<RedressView> {
    let mut tx = casework.begin(actor, Action::ApplicationRead).await?;
    let row = applications::find(&mut tx, application)
        .await?
        .ok_or(CaseError::NotFound)?;
    let letters = letters::delivered(&mut tx, &[application]).await?;
    let appeal = appeals::own(&mut tx, &[application])
        .await?
        .into_iter()
        .next();
    let until = last_day(&mut tx, &row).await?;
    tx.end_read().await?;
    Ok(RedressView {
        letters: letters
            .iter()
            .map(delivered_view)
            .collect::<CaseResult<_>>()?,
        appeal: appeal.map(own_view).transpose()?,
        appeal_until: until,
    })
}

/// The last day for an appeal against the newest decision; none when nothing was decided, or the newest
/// decision was appealed against already.
async fn last_day(tx: &mut TenantTx, row: &ApplicationRow) -> CaseResult<Option<NaiveDate>> {
    let application = row.application_id;
    let statuses = applications::statuses(tx, application).await?;
    let decided = statuses.iter().filter(|status| status.code == "decided");
    let Some(decided) = decided.map(|status| status.at).max() else {
        return Ok(None);
    };
    let appealed = appeals::own(tx, &[application]).await?;
    if appealed.iter().any(|appeal| appeal.sent_at >= decided) {
        return Ok(None);
    }
    let letters = letters::delivered(tx, &[application]).await?;
    let told = letters
        .iter()
        .map(|letter| letter.sent_at)
        .filter(|sent| *sent >= decided)
        .max();
    let Some(round) = published::round(tx, row.round_id).await? else {
        return Ok(None);
    };
    let days = PanelSettings::of_round(tx, &round).await?.appeal_days;
    Ok(appeal_until(hong_kong_day(told.unwrap_or(decided)), days))
}

fn own_view(row: AppealRow) -> CaseResult<AppealView> {
    Ok(AppealView {
        id: row.appeal_id,
        grounds: row.grounds,
        sent_at: row.sent_at,
        answer: match (row.outcome, row.reason, row.decided_at) {
            (Some(outcome), Some(reason), Some(at)) => Some((outcome_of(&outcome)?, reason, at)),
            _ => None,
        },
    })
}

fn outcome_of(name: &str) -> CaseResult<AppealOutcome> {
    AppealOutcome::from_name(name).ok_or_else(|| CaseError::internal(format!("outcome {name}")))
}

/// Appeals against the decision that stands.
pub async fn appeal_send(
    casework: &Casework,
    actor: &Actor,
    application: Uuid,
    grounds: &str,
    idempotency_key: &str,
) -> CaseResult<()> {
    const OPERATION: &str = "appeal_send";
    let mut tx = casework.begin(actor, Action::AppealSend).await?;
    let body_hash = sha256_hex(format!("{application}\n{grounds}").as_bytes());
    let kept = idempotency::take(&mut tx, actor.user.0, OPERATION, idempotency_key).await?;
    if let Some(kept) = kept {
        tx.end_read().await?;
        return same_body(&kept, &body_hash).map(|_| ());
    }
    let row = applications::find(&mut tx, application)
        .await?
        .ok_or(CaseError::NotFound)?;
    let grounds = grounds.trim();
    if grounds.is_empty() || grounds.chars().count() > TEXT_CHARS_MAX {
        return Err(CaseError::problem(
            "grounds_missing",
            "grounds",
            format!(
                "Say why the decision should be made again, in at most {TEXT_CHARS_MAX} characters, such \
                 as \"the quotation for line b2 was not read\"."
            ),
        ));
    }
    let now = published::clock(&mut tx).await?;
    match last_day(&mut tx, &row).await? {
        Some(until) if hong_kong_day(now) <= until => {}
        Some(until) => {
            return Err(CaseError::problem(
                "appeal_too_late",
                "",
                format!("The last day for an appeal was {until}."),
            ));
        }
        None => return Err(nothing_to_appeal()),
    }
    let appeal = Uuid::now_v7();
    let sha256 = sha256_hex(grounds.as_bytes());
    let by = actor.user.0;
    let sent = appeals::deliver(&mut tx, appeal, application, grounds, &sha256, by).await?;
    if sent.is_none() {
        return Err(nothing_to_appeal());
    }
    let kept = KeptAnswer {
        body_hash,
        answer: appeal,
    };
    idempotency::keep(&mut tx, actor.user.0, OPERATION, idempotency_key, &kept).await?;
    let detail = json!({"appeal": appeal, "sha256": sha256});
    let entry = deed(actor, OPERATION, "application", application, detail);
    casework.commit(tx, entry, &[]).await
}

fn nothing_to_appeal() -> CaseError {
    CaseError::problem(
        "nothing_to_appeal",
        "",
        "There is no decision to appeal against, or it was appealed against before.",
    )
}

/// What somebody decides on an appeal.
#[derive(Debug, Clone)]
pub struct AppealDecideInput {
    /// The appeal.
    pub appeal: Uuid,
    /// How it ends.
    pub outcome: AppealOutcome,
    /// Why; the applicant reads it.
    pub reason: String,
    /// Hash of the bundle that was looked at.
    pub bundle_sha256: String,
}

/// Decides an appeal, on a bundle of which every run gives the same answer again.
pub async fn appeal_decide(
    casework: &Casework,
    actor: &Actor,
    input: AppealDecideInput,
) -> CaseResult<Uuid> {
    let mut tx = casework.begin(actor, Action::AppealDecide).await?;
    let row = appeals::find(&mut tx, input.appeal)
        .await?
        .ok_or(CaseError::NotFound)?;
    if input.reason.trim().is_empty() || input.reason.chars().count() > TEXT_CHARS_MAX {
        return Err(CaseError::problem(
            "reason_missing",
            "reason",
            "Say why, such as \"the quotation was read; the criterion is met\".",
        ));
    }
    let part = appeals::took_part(&mut tx, &[row.submission_id], actor.user.0).await?;
    if !part.is_empty() {
        return Err(CaseError::problem(
            "took_part",
            "",
            "You took part in this decision; somebody else decides the appeal.",
        ));
    }
    let bundle = bundle(&mut tx, &row).await?;
    if bundle.sha256 != input.bundle_sha256 {
        return Err(CaseError::problem(
            "bundle_changed",
            "bundleSha256",
            "Something was added to the file since you opened it; read it again.",
        ));
    }
    if bundle.checks.iter().any(|check| !check.equal) {
        return Err(CaseError::problem(
            "bundle_differs",
            "bundleSha256",
            "A stored figure does not come out again; have it looked into before the appeal is decided.",
        ));
    }
    let answer = appeals::Answer {
        outcome: input.outcome.as_str(),
        reason: input.reason.trim(),
        bundle_sha256: &bundle.sha256,
        by: (actor.user.0, &actor.name),
    };
    let decided = appeals::answer(&mut tx, input.appeal, &answer).await?;
    if decided.is_none() {
        return Err(CaseError::problem(
            "already_decided",
            "appealId",
            "Somebody else has just decided this appeal.",
        ));
    }
    let params = json!({"outcome": input.outcome.as_str()});
    received::status_deliver(&mut tx, row.submission_id, "appeal_decided", &params).await?;
    let detail =
        json!({"appeal": input.appeal, "outcome": input.outcome.as_str(), "bundle": bundle.sha256});
    let entry = deed(
        actor,
        "appeal_decide",
        "submission",
        row.submission_id,
        detail,
    );
    casework.commit(tx, entry, &[]).await?;
    Ok(row.submission_id)
}

/// An appeal as this person may see it.
pub(crate) fn received_view(
    row: ReceivedAppealRow,
    actor: &Actor,
    took_part: bool,
) -> CaseResult<ReceivedAppealView> {
    let why_not = if !may(actor, Action::AppealDecide) {
        Some("role")
    } else if took_part {
        Some("took_part")
    } else {
        None
    };
    Ok(ReceivedAppealView {
        id: row.appeal_id,
        decision: row.decision_id,
        grounds: row.grounds,
        received_at: row.received_at,
        answer: match (row.outcome, row.reason, row.decided_by_name, row.decided_at) {
            (Some(outcome), Some(reason), Some(by), Some(at)) => {
                Some((outcome_of(&outcome)?, reason, by, at))
            }
            _ => None,
        },
        bundle_sha256: row.bundle_sha256,
        why_not,
    })
}
