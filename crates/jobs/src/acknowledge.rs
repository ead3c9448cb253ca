//! What becomes of a row when its job ended: done, again later, failed or dead. The fence decides
//! whether this worker still has a say.

use std::{convert::Infallible, time::Duration};

use apalis_core::{error::BoxDynError, task::ExecutionContext, worker::ext::ack::Acknowledge};
use futures_util::{FutureExt, future::BoxFuture};
use store::{
    StoreError,
    work::{ClaimedWork, Ledger, WorkState},
};
use tower::timeout::error::Elapsed;

use crate::{handler::JobError, held::Held};

/// No pause between two attempts is longer.
const PAUSE_MAX: Duration = Duration::from_mins(5);

/// Writes the verdict.
#[derive(Debug, Clone)]
pub(crate) struct Verdict {
    pub(crate) ledger: Ledger,
    pub(crate) held: Held,
    /// The pause after the first attempt; it doubles with each.
    pub(crate) pause: Duration,
}

impl Acknowledge<()> for Verdict {
    type Error = Infallible;
    type Future = BoxFuture<'static, Result<(), Infallible>>;

    fn ack(&mut self, result: &Result<(), BoxDynError>, ctx: &ExecutionContext) -> Self::Future {
        let verdict = self.clone();
        let outcome = result.as_ref().map_err(job_error).copied();
        let work = ctx.data().get::<ClaimedWork>().cloned();
        async move {
            if let Some(work) = work {
                verdict.write(&work, outcome).await;
            }
            Ok(())
        }
        .boxed()
    }
}

impl Verdict {
    /// A verdict that cannot be written is not lost: the lease runs out and the row is swept.
    async fn write(&self, work: &ClaimedWork, outcome: Result<(), JobError>) {
        let (kind, work_id, attempt) = (work.kind.as_str(), work.work_id, work.attempt);
        match self.settle(work, outcome).await {
            Ok(Some(WorkState::Done) | None) => {}
            Ok(Some(state @ (WorkState::Failed | WorkState::Dead))) => {
                tracing::error!(kind, %work_id, attempt, ?outcome, "work ended as {}", state.as_str());
            }
            Ok(Some(state @ (WorkState::Queued | WorkState::Running))) => {
                tracing::warn!(kind, %work_id, attempt, ?outcome, "work is {} again", state.as_str());
            }
            Err(error) => {
                tracing::error!(kind, %work_id, attempt, %error, "the outcome was not written");
            }
        }
        self.held.drop_row(work);
    }

    async fn settle(
        &self,
        work: &ClaimedWork,
        outcome: Result<(), JobError>,
    ) -> Result<Option<WorkState>, StoreError> {
        let (id, fence) = (work.work_id, work.fence);
        match outcome {
            Ok(()) => Ok(self
                .ledger
                .finish(id, fence)
                .await?
                .then_some(WorkState::Done)),
            Err(JobError::Retry { code }) => {
                self.ledger
                    .retry(id, fence, code, self.pause_after(work.attempt))
                    .await
            }
            Err(JobError::Fail { code }) => self.ledger.fail(id, fence, code).await,
        }
    }

    fn pause_after(&self, attempt: i32) -> Duration {
        let doublings = u32::try_from(attempt.saturating_sub(1)).unwrap_or(0);
        self.pause
            .saturating_mul(2_u32.saturating_pow(doublings))
            .min(PAUSE_MAX)
    }
}

/// The reason inside what the layers hand up.
fn job_error(error: &BoxDynError) -> JobError {
    if let Some(error) = error.downcast_ref::<JobError>() {
        return *error;
    }
    let code = if error.is::<Elapsed>() {
        "timeout"
    } else {
        "interrupted"
    };
    JobError::Retry { code }
}
