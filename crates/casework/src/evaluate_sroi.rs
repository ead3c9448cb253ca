//! Job: evaluates the value map of a submission.
use serde_json::json;
use store::{TenantTx, received, runs, work::ClaimedWork};

use crate::{
    CaseError, CaseResult, Casework,
    context::job_deed,
    engines::{self, Answered},
    screen::{finish, rank_again, submitted_case},
    value_map,
};

/// Evaluates one submission. A map that cannot be evaluated leaves a run that lists why.
pub async fn evaluate_sroi(casework: &Casework, job: &ClaimedWork) -> CaseResult<()> {
    let mut tx = TenantTx::begin_job(&casework.databases.worker, job.tenant_id).await?;
    let (received, case) = submitted_case(&mut tx, job.subject_id).await?;
    let programme = engines::programme_version(&case);
    let computed = tokio::task::spawn_blocking(move || -> Answered {
        engines::sroi(&case)
            .unwrap_or_else(|problems| engines::refused(value_map::request(&case), &problems))
    });
    let answered = computed.await.map_err(CaseError::internal)?;
    let run = runs::keep(
        &mut tx,
        &engines::sroi_run("sroi", job.subject_id, &answered, programme),
    )
    .await?;
    let ratio = answered.answer["ratio"].as_str().unwrap_or_default();
    let params = json!({"ratio": ratio, "run": run});
    received::status_deliver(&mut tx, job.subject_id, "evaluated", &params).await?;
    let entry = job_deed("evaluate_sroi", "submission", job.subject_id, params);
    let follow = [rank_again(job, received.round_id)];
    finish(casework, tx, job, entry, &follow).await
}
