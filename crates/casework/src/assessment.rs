//! The funder's assessed copy of a value map: a list of changes against the claim, each with its reason.
//! The claim stays as it was frozen; both are evaluated, and ranking reads the assessed one.
use std::collections::BTreeMap;

use access::{Action, Actor};
use explain::{Problem, Problems, json::Json};
use serde_json::{Value, json};
use store::{
    TenantTx, assessments as rows,
    received::{self, ReceivedRow},
    runs,
    work::{ClaimedWork, WorkKind},
};
use uuid::Uuid;

use crate::{
    AssessmentView, CaseError, CaseResult, Casework, DifferenceView,
    assembly::Case,
    conflict::open_to,
    context::{deed, job_deed, work},
    engines::{self, Answered},
    map_change::{Change, apply, as_text},
    screen::{finish, rank_again, submitted_case},
    value_map,
};

/// Changes as somebody wants to save them: the whole list against the claim.
#[derive(Debug, Clone)]
pub struct AssessmentInput {
    /// Frozen version.
    pub submission: Uuid,
    /// Version the list was written upon; 0 before the first.
    pub expected_version: i32,
    /// Path inside the value map, new value, reason.
    pub changes: Vec<(String, Value, String)>,
}

/// Most changes of one assessed copy.
const CHANGES_MAX: usize = 500;

/// Saves the next version of an assessed copy and has it evaluated.
pub async fn assessment_save(
    casework: &Casework,
    actor: &Actor,
    input: AssessmentInput,
) -> CaseResult<()> {
    let mut tx = casework.begin(actor, Action::AssessmentWrite).await?;
    let (row, case) = submitted_case(&mut tx, input.submission).await?;
    refuse_past(&mut tx, &row).await?;
    let changes = checked(&case, &input.changes)?;
    let before = rows::latest(&mut tx, &[input.submission]).await?.pop();
    if before.as_ref().map_or(0, |row| row.version) != input.expected_version {
        return Err(store::StoreError::VersionConflict.into());
    }
    let version = input.expected_version + 1;
    let by = (actor.user.0, actor.name.as_str());
    rows::insert(&mut tx, input.submission, version, &changes, by).await?;
    let entry = deed(
        actor,
        "assessment_save",
        "submission",
        input.submission,
        json!({"version": version, "changes": input.changes.len()}),
    );
    let evaluate = work(
        WorkKind::EvaluateAssessed,
        actor.tenant,
        access::TenantId(row.applicant_tenant_id),
        input.submission,
    );
    casework.commit(tx, entry, &[evaluate]).await
}

async fn refuse_past(tx: &mut TenantTx, row: &ReceivedRow) -> CaseResult<()> {
    if received::is_current(tx, row.submission_id).await? {
        return Ok(());
    }
    Err(CaseError::problem(
        "not_current",
        "",
        "The application was withdrawn, or a later version was submitted.",
    ))
}

/// The list as it is stored, when nothing is wrong with it: every change has a place, a reason and an
/// effect, and the map that results can be evaluated.
fn checked(case: &Case, changes: &[(String, Value, String)]) -> CaseResult<Value> {
    let claim = case.section("value_map");
    let mut problems = Problems::new();
    if changes.len() > CHANGES_MAX {
        problems.add(
            "too_many",
            "changes",
            format!("At most {CHANGES_MAX} changes can be kept."),
        );
    }
    let mut assessed = claim.clone();
    for (position, (path, to, reason)) in changes.iter().enumerate() {
        let at = |key: &str| format!("changes[{position}].{key}");
        if reason.trim().is_empty() {
            problems.add(
                "missing",
                at("reason"),
                format!("{} is missing; say why {path} was changed.", at("reason")),
            );
        }
        if changes
            .iter()
            .take(position)
            .any(|(other, ..)| other == path)
        {
            problems.add(
                "duplicate_id",
                at("path"),
                format!("{path} is changed twice; keep one of the two."),
            );
        }
        match Change::read(path) {
            Some(change) => match apply(&mut assessed, &change, to, reason) {
                Ok(true) => {}
                Ok(false) => problems.add(
                    "change_without_difference",
                    at("to"),
                    format!("{path} already says this in the claim; leave the change out."),
                ),
                Err(()) => problems.add(
                    "unknown_path",
                    at("path"),
                    format!("{path} is not there in the claim."),
                ),
            },
            None => problems.add(
                "unknown_path",
                at("path"),
                format!("{path} cannot be assessed; name a figure such as outcomes[2].deadweight."),
            ),
        }
    }
    if problems.is_empty() {
        let question = value_map::request_about(case, &assessed);
        if let Err(found) = sroi::read(&Json::from(&question)) {
            for problem in found.into_vec() {
                problems.push(placed(problem, changes));
            }
        }
    }
    let kept: Value = changes
        .iter()
        .map(|(path, to, reason)| json!({"path": path, "to": to, "reason": reason.trim()}))
        .collect();
    Ok(problems.into_result(Some(kept))?)
}

/// A problem of the resulting map, at the change that made it.
fn placed(problem: Problem, changes: &[(String, Value, String)]) -> Problem {
    let position = changes.iter().position(|(path, ..)| {
        problem.path == *path || problem.path.starts_with(&format!("{path}."))
    });
    match position {
        Some(position) => Problem {
            path: format!("changes[{position}].to"),
            ..problem
        },
        None => problem,
    }
}

/// The claim with a stored list of changes.
pub(crate) fn assessed_section(case: &Case, changes: &Value) -> Value {
    let mut section = case.section("value_map");
    for change in changes.as_array().into_iter().flatten() {
        let path = change["path"].as_str().unwrap_or_default();
        let reason = change["reason"].as_str().unwrap_or_default();
        if let Some(place) = Change::read(path) {
            // The list was checked when it was saved, against the same frozen claim.
            let _kept = apply(&mut section, &place, &change["to"], reason);
        }
    }
    section
}

/// Job: evaluates the newest assessed copy of a submission; the round is then ranked again.
pub async fn evaluate_assessed(casework: &Casework, job: &ClaimedWork) -> CaseResult<()> {
    let mut tx = TenantTx::begin_job(&casework.databases.worker, job.tenant_id).await?;
    let (received, case) = submitted_case(&mut tx, job.subject_id).await?;
    let assessment = rows::latest(&mut tx, &[job.subject_id])
        .await?
        .pop()
        .ok_or(CaseError::NotFound)?;
    let programme = engines::programme_version(&case);
    let section = assessed_section(&case, &assessment.changes);
    let question = value_map::request_about(&case, &section);
    let answered = tokio::task::spawn_blocking(move || evaluated(question))
        .await
        .map_err(CaseError::internal)?;
    let kind = "sroi_assessed";
    let run = engines::sroi_run(kind, job.subject_id, &answered, programme);
    let run = runs::keep(&mut tx, &run).await?;
    rows::evaluated(&mut tx, assessment.assessment_id, run).await?;
    let detail = json!({"version": assessment.version, "run": run});
    let entry = job_deed("evaluate_assessed", "submission", job.subject_id, detail);
    let follow = [rank_again(job, received.round_id)];
    finish(casework, tx, job, entry, &follow).await
}

/// The answer to a question, or what kept the engine from answering.
pub(crate) fn evaluated(question: Value) -> Answered {
    engines::sroi_about(&question).unwrap_or_else(|problems| engines::refused(question, &problems))
}

/// The newest assessed copy of several submissions, each with its difference from the claim.
pub async fn assessments_of(
    casework: &Casework,
    actor: &Actor,
    ids: &[Uuid],
) -> CaseResult<BTreeMap<Uuid, AssessmentView>> {
    let mut tx = casework.begin(actor, Action::ReceivedRead).await?;
    let mut gathered = Vec::new();
    let open = open_to(&mut tx, actor, ids).await?;
    for row in rows::latest(&mut tx, &open).await? {
        let (_, case) = submitted_case(&mut tx, row.submission_id).await?;
        gathered.push((row, case));
    }
    tx.end_read().await?;
    tokio::task::spawn_blocking(move || {
        let view = |(row, case): &(rows::AssessmentRow, Case)| {
            (row.submission_id, assessment_view(row, case))
        };
        gathered.iter().map(view).collect()
    })
    .await
    .map_err(CaseError::internal)
}

fn assessment_view(row: &rows::AssessmentRow, case: &Case) -> AssessmentView {
    let claim = case.section("value_map");
    let content = assessed_section(case, &row.changes);
    let changes = row.changes.as_array().into_iter().flatten();
    AssessmentView {
        version: row.version,
        changes: changes
            .map(|change| {
                let path = change["path"].as_str().unwrap_or_default().to_owned();
                let from = Change::read(&path).and_then(|place| place.value(&claim));
                (
                    path,
                    from.map(as_text),
                    as_text(&change["to"]),
                    change["reason"].as_str().unwrap_or_default().to_owned(),
                )
            })
            .collect(),
        difference: difference(
            value_map::request(case),
            value_map::request_about(case, &content),
        ),
        content,
        by: row.made_by_name.clone(),
        at: row.made_at,
    }
}

/// What changed between two questions; none when one of them cannot be evaluated.
pub(crate) fn difference(before: Value, after: Value) -> Option<DifferenceView> {
    let read = |question| sroi::read(&Json::from(&value_map::figures_only(question)));
    let (before, after) = (read(before).ok()?, read(after).ok()?);
    Some(DifferenceView(
        sroi::compare(&before, &after).ok()?.to_json(),
    ))
}
