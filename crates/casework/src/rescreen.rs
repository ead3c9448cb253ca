//! Putting a round under a later version of its rules, on purpose and with a reason: everything it
//! received is screened again, and what that changed can be read beside what stood.
use access::{Action, Actor};
use explain::{Problem, Problems};
use serde_json::{Value, json};
use store::{
    TenantTx,
    published::{self, RoundRow},
    received::{self, ReceivedRow},
    reviews,
    rules::{self as rows, NewRescreening, RescreeningRow},
    work::WorkKind,
};
use uuid::Uuid;

use crate::{
    CaseError, CaseResult, Casework, RescreeningView,
    assembly::hong_kong_day,
    context::{deed, work},
    rank_round::current,
    rounds::own_round,
    rule_rubric,
    rule_trial::Trial,
};

/// Longest reason, in characters.
const REASON_CHARS_MAX: usize = 2_000;

/// Puts an own round under another version and has what it received screened again.
pub async fn round_rules_apply(
    casework: &Casework,
    actor: &Actor,
    round: Uuid,
    version: &str,
    reason: &str,
) -> CaseResult<RescreeningView> {
    let mut tx = casework.begin(actor, Action::RoundManage).await?;
    let row = own_round(&mut tx, actor, round).await?;
    let today = hong_kong_day(published::clock(&mut tx).await?);
    let reason = reason.trim();
    let mut problems = Problems::new();
    if reason.is_empty() {
        problems.add(
            "reason_missing",
            "reason",
            "reason is missing; say why the round changes its rules, such as \"Corrects the cap published on 1 December\".",
        );
    } else if reason.chars().count() > REASON_CHARS_MAX {
        let message = format!("reason has at most {REASON_CHARS_MAX} characters; shorten it.");
        problems.add("too_long", "reason", message);
    }
    let from = row.programme_version.clone();
    if !rows::round_rules_change(&mut tx, round, &from, version, today).await? {
        let message = format!(
            "The round runs under version \"{from}\" and can only be put under one that was published \
             later, is in force today ({today}), and before its decisions are closed; \"{version}\" is \
             not such a version."
        );
        problems.add("version_not_applicable", "version", message);
    }
    let submissions: Vec<Uuid> = current(&mut tx, round)
        .await?
        .iter()
        .map(|row| row.submission_id)
        .collect();
    for problem in scored_otherwise(&mut tx, &row, version, &submissions).await? {
        problems.push(problem);
    }
    if !problems.is_empty() {
        return Err(problems.into());
    }
    let new = NewRescreening {
        round,
        versions: (&from, version),
        reason,
        submissions: &submissions,
        by: (actor.user.0, &actor.name),
    };
    let id = rows::rescreening_insert(&mut tx, &new).await?;
    let jobs: Vec<_> = submissions
        .iter()
        .map(|submission| work(WorkKind::Screen, actor.tenant, actor.tenant, *submission))
        .collect();
    let detail =
        json!({"from": from, "to": version, "rescreening": id, "submissions": submissions.len()});
    let entry = deed(actor, "round_rules_apply", "round", round, detail);
    casework.commit(tx, entry, &jobs).await?;
    rescreening(casework, actor, id).await
}

/// Dimensions on which levels were handed in and which the other version no longer has, or calls
/// otherwise: what reviewers scored would be lost, or read as a score of something else.
async fn scored_otherwise(
    tx: &mut TenantTx,
    round: &RoundRow,
    version: &str,
    submissions: &[Uuid],
) -> CaseResult<Vec<Problem>> {
    let from = published::programme(tx, round.programme_id, &round.programme_version).await?;
    let to = published::programme(tx, round.programme_id, version).await?;
    let (Some(from), Some(to)) = (from, to) else {
        // A version that is not there has its own problem.
        return Ok(Vec::new());
    };
    let lost = rule_rubric::lost(&from.body, &to.body);
    let all = reviews::list(tx, submissions).await?;
    let handed_in = all
        .iter()
        .filter(|review| review.state == "submitted")
        .count();
    if handed_in == 0 {
        return Ok(Vec::new());
    }
    let problem = |dimension: String| {
        let message = format!(
            "version \"{version}\" has no dimension \"{dimension}\" of that name, on which {handed_in} \
             reviews were handed in; publish a version that keeps it, such as one that only changes its \
             weight, or wait for the next round."
        );
        Problem::new("rubric_differs", "version", message)
            .with("dimension", dimension)
            .with("reviews", handed_in.to_string())
    };
    Ok(lost.into_iter().map(problem).collect())
}

/// One re-screening with how far it has come and what it changed.
pub async fn rescreening(
    casework: &Casework,
    actor: &Actor,
    id: Uuid,
) -> CaseResult<RescreeningView> {
    let mut tx = casework.begin(actor, Action::RulesRead).await?;
    let row = rows::rescreening(&mut tx, id)
        .await?
        .ok_or(CaseError::NotFound)?;
    let view = view(&mut tx, row).await?;
    tx.end_read().await?;
    Ok(view)
}

async fn view(tx: &mut TenantTx, row: RescreeningRow) -> CaseResult<RescreeningView> {
    let versions = [row.from_version.as_str(), row.to_version.as_str()];
    let runs = rows::verdicts(tx, &row.submissions, &versions).await?;
    let verdict = |submission: Uuid, version: &str| -> CaseResult<Option<Value>> {
        let run = runs
            .iter()
            .find(|run| run.subject_id == submission && run.ruleset_version == version);
        run.map(|run| serde_json::from_str(&run.output).map_err(CaseError::internal))
            .transpose()
    };
    let mut trial = Trial::default();
    let mut done = 0;
    for submission in &row.submissions {
        let received: Option<ReceivedRow> = received::find(tx, *submission).await?;
        let Some(received) = received else {
            continue;
        };
        let before = verdict(*submission, &row.from_version)?;
        let after = verdict(*submission, &row.to_version)?;
        done += usize::from(after.is_some());
        trial.add(&received, before.as_ref(), after.as_ref());
    }
    Ok(RescreeningView {
        id: row.rescreening_id,
        round_id: row.round_id,
        from_version: row.from_version,
        to_version: row.to_version,
        reason: row.reason,
        by: row.requested_by_name,
        at: row.requested_at,
        done,
        trial: trial.view(),
    })
}
