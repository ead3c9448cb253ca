//! What an operator sees: how much work waits and for how long, never what it is about.
use access::{Action, Actor};
use store::work::{Ledger, WorkStats};

use crate::{CaseResult, Casework, context::permitted};

/// Counts and ages of the ledger.
pub async fn workload(casework: &Casework, actor: &Actor) -> CaseResult<WorkStats> {
    permitted(actor, Action::WorkloadRead)?;
    Ok(Ledger::new(&casework.databases.worker).stats().await?)
}
