//! What a job is to the runner: work in, done or a reason out.

use async_trait::async_trait;
use store::work::ClaimedWork;

/// Does work. It is started again whenever it did not end, so running twice must change nothing:
/// the handler finishes the row in the transaction that saves the result, guarded by the fence.
/// Work that saves nothing may return at once; the runner finishes a row that is still open.
#[async_trait]
pub trait Handler: Send + Sync + 'static {
    /// Does the work to its end.
    async fn handle(&self, work: ClaimedWork) -> Result<(), JobError>;
}

/// Why work is not done. Codes are written into the ledger and shown to operators.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum JobError {
    /// Another attempt may succeed.
    #[error("try again: {code}")]
    Retry {
        /// Why, as a word.
        code: &'static str,
    },
    /// No attempt can succeed; a person decides.
    #[error("cannot succeed: {code}")]
    Fail {
        /// Why, as a word.
        code: &'static str,
    },
}
