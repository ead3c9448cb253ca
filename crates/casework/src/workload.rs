//! What an operator sees: how much work waits and for how long, never what it is about.
use access::{Action, Actor, may};
use store::work::{Ledger, WorkStats};

use crate::{CaseError, CaseResult, Casework};

/// Counts and ages of the ledger.
pub async fn workload(casework: &Casework, actor: &Actor) -> CaseResult<WorkStats> {
    if !may(actor, Action::WorkloadRead) {
        return Err(CaseError::NotFound);
    }
    Ok(Ledger::new(&casework.databases.worker).stats().await?)
}
