//! The work ledger: what is to be done, who holds it, and how it went. It exists so that work is
//! promised in the transaction that causes it and is done once whatever dies in between: a row is
//! held by lease, and every verdict on it is guarded by the fence of the claim.

mod claim;
mod enqueue;
mod settle;
mod stats;
mod types;

use std::time::Duration;

use access::TenantId;
use sqlx::PgPool;
use uuid::Uuid;

use crate::{StoreError, TenantTx, WorkerPool};

pub(crate) use enqueue::enqueue;
pub use types::{ClaimedWork, NewWork, WorkKind, WorkState, WorkStats};

/// A row whose worker fell silent this often is claimed alone: it may be what killed them.
/// The indexes `work_claimable` and `work_suspects` carry the same number.
pub const SUSPECT_EXPIRIES: i32 = 2;

/// The ledger as the workers see it: all tenants, ids only.
#[derive(Debug, Clone)]
pub struct Ledger {
    pool: PgPool,
}

/// What one claim asks for.
#[derive(Debug, Clone)]
pub struct ClaimRequest {
    /// Only these kinds; a kind that a newer release added is left to the newer workers.
    pub kinds: Vec<WorkKind>,
    /// Who holds the rows, for the operator to read.
    pub worker: String,
    /// At most this many rows (and one suspect more).
    pub batch: i32,
    /// How long the rows are held without a heartbeat.
    pub lease: Duration,
    /// The origin served last: the next one in the ring is served first.
    pub after: TenantId,
    /// Whether one row that may have killed its workers may be among them.
    pub suspect: bool,
}

impl Ledger {
    /// The ledger behind the workers' pool.
    pub fn new(pool: &WorkerPool) -> Self {
        Self {
            pool: pool.inner().clone(),
        }
    }

    /// Takes due work, one origin after the other, and holds it: attempt and fence go up by one.
    /// The rows come in the order in which they should run, the origins taking turns.
    pub async fn claim(&self, request: &ClaimRequest) -> Result<Vec<ClaimedWork>, StoreError> {
        claim::claim(&self.pool, request).await
    }

    /// Renews the leases of the given (row, fence) pairs; returns the rows that are still held.
    pub async fn heartbeat(
        &self,
        held: &[(Uuid, i64)],
        lease: Duration,
    ) -> Result<Vec<Uuid>, StoreError> {
        claim::heartbeat(&self.pool, held, lease).await
    }

    /// [`finish`] in a transaction of its own, for work that leaves nothing else behind.
    pub async fn finish(&self, work_id: Uuid, fence: i64) -> Result<bool, StoreError> {
        let mut connection = self.pool.acquire().await?;
        settle::finish(&mut connection, work_id, fence).await
    }

    /// The attempt failed and may be tried again after `pause`; dead when it was the last one.
    /// Returns what became of the row, or `None` when the fence no longer held.
    pub async fn retry(
        &self,
        work_id: Uuid,
        fence: i64,
        code: &str,
        pause: Duration,
    ) -> Result<Option<WorkState>, StoreError> {
        settle::retry(&self.pool, work_id, fence, code, pause).await
    }

    /// The work cannot succeed however often it is tried.
    /// Returns what became of the row, or `None` when the fence no longer held.
    pub async fn fail(
        &self,
        work_id: Uuid,
        fence: i64,
        code: &str,
    ) -> Result<Option<WorkState>, StoreError> {
        settle::fail(&self.pool, work_id, fence, code).await
    }

    /// Gives rows back that were held but not worked to an end; the attempt is not counted.
    pub async fn release(&self, held: &[(Uuid, i64)]) -> Result<usize, StoreError> {
        settle::release(&self.pool, held).await
    }

    /// Puts rows whose lease ran out back into the queue, or declares them dead after their last
    /// attempt. Returns how many it judged, at most 500 at a time.
    pub async fn sweep(&self) -> Result<usize, StoreError> {
        settle::sweep(&self.pool).await
    }

    /// Queues failed or dead work again with fresh attempts; false when there is no such row or
    /// the same work is queued already.
    pub async fn replay(&self, work_id: Uuid) -> Result<bool, StoreError> {
        settle::replay(&self.pool, work_id).await
    }

    /// How much waits, runs and lies dead, and how old the oldest is.
    pub async fn stats(&self) -> Result<WorkStats, StoreError> {
        stats::stats(&self.pool).await
    }

    /// How long until the next queued row is due: zero when one is due now, `None` when none waits.
    pub async fn next_due(&self) -> Result<Option<Duration>, StoreError> {
        stats::next_due(&self.pool).await
    }

    /// Writes work down outside any other transaction; see [`enqueue`].
    pub async fn enqueue(&self, work: &[NewWork]) -> Result<u64, StoreError> {
        let mut connection = self.pool.acquire().await?;
        enqueue(&mut connection, work).await
    }
}

/// Declares held work done inside the transaction that holds its result. False means that the
/// claim was lost: give the transaction up, another worker has the row.
pub async fn finish(tx: &mut TenantTx, work_id: Uuid, fence: i64) -> Result<bool, StoreError> {
    settle::finish(tx.connection(), work_id, fence).await
}

/// Pairs as the two arrays that `unnest` takes.
fn columns(held: &[(Uuid, i64)]) -> (Vec<Uuid>, Vec<i64>) {
    held.iter().copied().unzip()
}
