//! From the ledger to casework: one function per kind of work, and what its errors mean for the row.

use async_trait::async_trait;
use casework::{CaseError, CaseResult, Casework};
use store::work::{ClaimedWork, WorkKind};

use crate::{
    Handler, JobError, apportion::apportion, assess::assess, evaluate::evaluate, outturn::outturn,
    rank::rank, report::report, screen::screen, settle::settle,
};

/// Does every kind of work with casework.
pub struct Cases(pub Casework);

#[async_trait]
impl Handler for Cases {
    async fn handle(&self, work: ClaimedWork) -> Result<(), JobError> {
        match work.kind {
            WorkKind::Screen => screen(&self.0, &work).await,
            WorkKind::EvaluateSroi => evaluate(&self.0, &work).await,
            WorkKind::EvaluateAssessed => assess(&self.0, &work).await,
            WorkKind::EvaluateOutturn => outturn(&self.0, &work).await,
            WorkKind::Apportion => apportion(&self.0, &work).await,
            WorkKind::RankRound => rank(&self.0, &work).await,
            WorkKind::SettleFile => settle(&self.0, &work).await,
            WorkKind::ReportSector => report(&self.0, &work).await,
        }
    }
}

/// What a person would have to put right no further attempt can; the machine's faults may pass.
pub(crate) fn judge(work: &ClaimedWork, outcome: CaseResult<()>) -> Result<(), JobError> {
    let error = match outcome {
        Ok(()) => return Ok(()),
        Err(error) => error,
    };
    let job = match &error {
        CaseError::NotFound => JobError::Fail { code: "not_found" },
        CaseError::Problems(problems) if problems.as_slice().iter().all(is_conflict) => {
            JobError::Retry {
                code: "version_conflict",
            }
        }
        CaseError::Problems(_) => JobError::Fail { code: "refused" },
        CaseError::Internal(_) => JobError::Retry { code: "internal" },
    };
    let (kind, work_id) = (work.kind.as_str(), work.work_id);
    tracing::error!(kind, %work_id, subject_id = %work.subject_id, %error, "a job did not succeed");
    Err(job)
}

/// Somebody else was faster; the next attempt reads what they wrote.
fn is_conflict(problem: &explain::Problem) -> bool {
    problem.code == "version_conflict"
}

#[cfg(test)]
mod tests {
    use access::TenantId;
    use uuid::Uuid;

    use super::*;

    fn work() -> ClaimedWork {
        ClaimedWork {
            work_id: Uuid::nil(),
            kind: WorkKind::Screen,
            tenant_id: TenantId(Uuid::nil()),
            origin_id: TenantId(Uuid::nil()),
            subject_id: Uuid::nil(),
            dedup_key: String::new(),
            attempt: 1,
            attempt_max: 5,
            fence: 1,
            expiries: 0,
            trace_id: None,
        }
    }

    #[test]
    fn only_what_may_pass_by_itself_is_tried_again() {
        let refused = CaseError::problem("round_closed", "", "The round is closed.");
        let conflict = CaseError::problem("version_conflict", "", "Somebody else was faster.");
        let outcomes = [
            (Ok(()), Ok(())),
            (
                Err(CaseError::NotFound),
                Err(JobError::Fail { code: "not_found" }),
            ),
            (Err(refused), Err(JobError::Fail { code: "refused" })),
            (
                Err(conflict),
                Err(JobError::Retry {
                    code: "version_conflict",
                }),
            ),
            (
                Err(CaseError::Internal("cut".into())),
                Err(JobError::Retry { code: "internal" }),
            ),
        ];
        for (outcome, expected) in outcomes {
            assert_eq!(judge(&work(), outcome), expected);
        }
    }
}
