//! Conflicts of interest: what a reviewer declared one about stays closed to them, in every version of it and by
//! every way of reading. Whoever also reads all reviews (officer, chair, approver) reads it in that role.
use std::collections::BTreeSet;

use access::{Action, Actor, may};
use store::{TenantTx, reviews};
use uuid::Uuid;

use crate::{CaseError, CaseResult};

/// Those of these delivered copies that stay closed to this person.
pub(crate) async fn closed_to(
    tx: &mut TenantTx,
    actor: &Actor,
    submissions: &[Uuid],
) -> CaseResult<BTreeSet<Uuid>> {
    if may(actor, Action::ReviewReadAll) {
        return Ok(BTreeSet::new());
    }
    let closed = reviews::closed_to(tx, actor.user.0, submissions).await?;
    Ok(closed.into_iter().collect())
}

/// Those that are open.
pub(crate) async fn open_to(
    tx: &mut TenantTx,
    actor: &Actor,
    submissions: &[Uuid],
) -> CaseResult<Vec<Uuid>> {
    let closed = closed_to(tx, actor, submissions).await?;
    let open = submissions.iter().filter(|id| !closed.contains(id));
    Ok(open.copied().collect())
}

/// To whom it is closed it does not exist.
pub(crate) async fn refuse_closed(
    tx: &mut TenantTx,
    actor: &Actor,
    submission: Uuid,
) -> CaseResult<()> {
    if closed_to(tx, actor, &[submission]).await?.is_empty() {
        Ok(())
    } else {
        Err(CaseError::NotFound)
    }
}
