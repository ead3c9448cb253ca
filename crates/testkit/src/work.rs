//! The work of the ledger, done in the test: claimed and handled as a worker does, one after the
//! other, until nothing is left.
use std::time::Duration;

use access::TenantId;
use jobs::{Cases, Handler as _};
use store::work::{ClaimRequest, Ledger, WorkKind};
use uuid::Uuid;

use crate::World;

/// Longer than any test.
const LEASE: Duration = Duration::from_mins(10);
const BATCH: i32 = 20;

impl World {
    /// Does everything in the ledger, delayed work at once, and returns how many pieces that were.
    /// Work that fails, or is left over, fails the test.
    pub async fn run_jobs(&self) -> usize {
        let ledger = Ledger::new(&self.databases.worker);
        let cases = Cases(self.casework.clone());
        let mut done = 0;
        loop {
            self.arrange("update system.work set due_at = now() where state = 'queued'")
                .await;
            let request = ClaimRequest {
                kinds: WorkKind::ALL.to_vec(),
                worker: "test".to_owned(),
                batch: BATCH,
                lease: LEASE,
                after: TenantId(Uuid::nil()),
                suspect: true,
            };
            let claimed = ledger.claim(&request).await.unwrap();
            if claimed.is_empty() {
                break;
            }
            for work in claimed {
                let what = format!("{} of {}", work.kind.as_str(), work.subject_id);
                let (work_id, fence) = (work.work_id, work.fence);
                if let Err(error) = cases.handle(work).await {
                    panic!("{what}: {error}");
                }
                // Work that saves nothing leaves its row open for the runner.
                ledger.finish(work_id, fence).await.unwrap();
                done += 1;
            }
        }
        self.nothing_is_left().await;
        done
    }

    /// Does one piece of work and says whether it is to be tried again.
    pub async fn run_failing_job(&self) -> bool {
        let ledger = Ledger::new(&self.databases.worker);
        let request = ClaimRequest {
            kinds: WorkKind::ALL.to_vec(),
            worker: "test".to_owned(),
            batch: 1,
            lease: LEASE,
            after: TenantId(Uuid::nil()),
            suspect: true,
        };
        let claimed = ledger.claim(&request).await.unwrap();
        let [work] = <[_; 1]>::try_from(claimed).unwrap();
        let cases = Cases(self.casework.clone());
        matches!(cases.handle(work).await, Err(jobs::JobError::Retry { .. }))
    }

    async fn nothing_is_left(&self) {
        let unfinished: Vec<(String, String, Option<String>)> = sqlx::query_as(
            "select kind, state, last_error from system.work where state <> 'done' order by work_id",
        )
        .fetch_all(self.sql())
        .await
        .unwrap();
        assert!(unfinished.is_empty(), "left over: {unfinished:?}");
    }
}
