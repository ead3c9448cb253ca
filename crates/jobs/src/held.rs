//! The rows this worker holds, waiting in its hand or running: what the heartbeat renews, and what
//! is given back at the end.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use store::work::ClaimedWork;
use uuid::Uuid;

/// Shared by the backend, the acknowledgement and the heartbeat.
#[derive(Debug, Clone, Default)]
pub(crate) struct Held(Arc<Mutex<Rows>>);

#[derive(Debug, Default)]
struct Rows {
    open: BTreeMap<Uuid, Row>,
    closed: bool,
}

#[derive(Debug)]
struct Row {
    fence: i64,
    suspect: bool,
}

impl Held {
    /// Takes note of claimed rows; false when the worker has stopped and they must go back.
    pub(crate) fn take(&self, claimed: &[ClaimedWork]) -> bool {
        let mut rows = self.rows();
        if rows.closed {
            return false;
        }
        for work in claimed {
            let row = Row {
                fence: work.fence,
                suspect: work.is_suspect(),
            };
            rows.open.insert(work.work_id, row);
        }
        true
    }

    /// The row has its verdict.
    pub(crate) fn drop_row(&self, work: &ClaimedWork) {
        let mut rows = self.rows();
        if rows
            .open
            .get(&work.work_id)
            .is_some_and(|row| row.fence == work.fence)
        {
            rows.open.remove(&work.work_id);
        }
    }

    /// Whether a row is among them that may have killed its workers.
    pub(crate) fn has_suspect(&self) -> bool {
        self.rows().open.values().any(|row| row.suspect)
    }

    /// Every row with its fence.
    pub(crate) fn pairs(&self) -> Vec<(Uuid, i64)> {
        self.rows()
            .open
            .iter()
            .map(|(id, row)| (*id, row.fence))
            .collect()
    }

    /// Takes no more rows, and hands over those that are left.
    pub(crate) fn close(&self) -> Vec<(Uuid, i64)> {
        let mut rows = self.rows();
        rows.closed = true;
        std::mem::take(&mut rows.open)
            .into_iter()
            .map(|(id, row)| (id, row.fence))
            .collect()
    }

    // Every change is whole before the lock is given back, so a poisoned lock guards sound data.
    fn rows(&self) -> MutexGuard<'_, Rows> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
