//! Does all work of the ledger in this process, one piece after the other: the demonstration starts
//! evaluated, through the very functions that workers call.
use std::time::Duration;

use access::TenantId;
use store::work::{ClaimRequest, Ledger, WorkKind};
use uuid::Uuid;

use super::SeedError;
use crate::{CaseError, CaseResult, Casework};

/// A claim must outlast the longest piece of work.
const LEASE: Duration = Duration::from_mins(1);
/// Pieces claimed at one time.
const BATCH: i32 = 20;

/// Works until nothing waits; returns how many pieces were done.
pub(super) async fn all_work(casework: &Casework) -> Result<usize, SeedError> {
    let ledger = Ledger::new(&casework.databases.worker);
    let mut done = 0;
    loop {
        let request = ClaimRequest {
            kinds: WorkKind::ALL.to_vec(),
            worker: "seed".to_owned(),
            batch: BATCH,
            lease: LEASE,
            after: TenantId(Uuid::nil()),
            suspect: false,
        };
        let claimed = ledger.claim(&request).await?;
        for job in &claimed {
            do_one(casework, job).await?;
            done += 1;
        }
        if claimed.is_empty() {
            match ledger.next_due().await? {
                Some(wait) => tokio::time::sleep(wait).await,
                None => return Ok(done),
            }
        }
    }
}

async fn do_one(casework: &Casework, job: &store::work::ClaimedWork) -> CaseResult<()> {
    let result = match job.kind {
        WorkKind::Screen => crate::screen(casework, job).await,
        WorkKind::EvaluateSroi => crate::evaluate_sroi(casework, job).await,
        WorkKind::EvaluateAssessed => crate::evaluate_assessed(casework, job).await,
        WorkKind::EvaluateOutturn => crate::evaluate_outturn(casework, job).await,
        WorkKind::Apportion => crate::apportion(casework, job).await,
        WorkKind::RankRound => crate::rank_round(casework, job).await,
        WorkKind::SettleFile => crate::file_settle(casework, job).await,
        WorkKind::ReportSector => crate::report_sector(casework, job).await,
    };
    result.map_err(|error| {
        CaseError::internal(format!(
            "{} of {}: {error}",
            job.kind.as_str(),
            job.subject_id
        ))
    })
}
