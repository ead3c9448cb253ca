//! Job: apportions the shared costs of a submission.
use serde_json::json;
use store::{TenantTx, received, runs, work::ClaimedWork};

use crate::{
    CaseResult, Casework,
    context::job_deed,
    cost_question, engines,
    screen::{finish, submitted_case},
};

/// Apportions one submission. A plan that cannot be apportioned leaves a run that lists why.
pub async fn apportion(casework: &Casework, job: &ClaimedWork) -> CaseResult<()> {
    let mut tx = TenantTx::begin_job(&casework.databases.worker, job.tenant_id).await?;
    let (_, case) = submitted_case(&mut tx, job.subject_id).await?;
    let answered = engines::costshare(&case).unwrap_or_else(|problems| {
        engines::refused(cost_question::apportionment(&case), &problems)
    });
    let run = runs::keep(&mut tx, &engines::costshare_run(job.subject_id, &answered)).await?;
    let params = json!({"run": run});
    received::status_deliver(&mut tx, job.subject_id, "apportioned", &params).await?;
    let entry = job_deed("apportion", "submission", job.subject_id, params);
    finish(casework, tx, job, entry, &[]).await
}
