//! Who reads what others wrote: whatever a funder's people or an adviser read of an application is in the trail of the
//! organisation they act for. Opening one is an entry each time; reading a part of it in another way, by a list or by
//! having it computed, is one where they did not open it within the hour.
use access::{Actor, Role, TenantKind};
use serde_json::json;
use store::{AuditEntry, TenantTx, applications::ApplicationRow, audit, received::ReceivedRow};
use uuid::Uuid;

use crate::{CaseResult, Casework, context::deed};

/// What is read: an application, or a delivered copy of one.
pub(crate) struct Read<'a> {
    kind: &'static str,
    id: Uuid,
    reference: &'a str,
}

impl<'a> From<&'a ApplicationRow> for Read<'a> {
    fn from(row: &'a ApplicationRow) -> Self {
        Self {
            kind: "application",
            id: row.application_id,
            reference: &row.reference,
        }
    }
}

impl<'a> From<&'a ReceivedRow> for Read<'a> {
    fn from(row: &'a ReceivedRow) -> Self {
        Self {
            kind: "submission",
            id: row.submission_id,
            reference: &row.reference,
        }
    }
}

/// Whether this person reads what others wrote.
pub(crate) fn is_from_outside(actor: &Actor) -> bool {
    actor.kind == TenantKind::Funder || actor.roles.contains(&Role::NgoAdviser)
}

/// Ends the transaction in which something was opened.
pub(crate) async fn end_opened(
    casework: &Casework,
    tx: TenantTx,
    actor: &Actor,
    read: impl Into<Read<'_>>,
) -> CaseResult<()> {
    if is_from_outside(actor) {
        casework.commit(tx, entry(actor, &read.into()), &[]).await
    } else {
        Ok(tx.end_read().await?)
    }
}

/// Ends the transaction in which parts of these were read.
pub(crate) async fn end_parts_read(
    mut tx: TenantTx,
    actor: &Actor,
    reads: impl IntoIterator<Item = impl Into<Read<'_>>>,
) -> CaseResult<()> {
    if !is_from_outside(actor) {
        return Ok(tx.end_read().await?);
    }
    let mut reads: Vec<Read<'_>> = reads.into_iter().map(Into::into).collect();
    let ids: Vec<Uuid> = reads.iter().map(|read| read.id).collect();
    let known = audit::opened_lately(&mut tx, actor.user.0, &ids).await?;
    reads.retain(|read| !known.contains(&read.id));
    if reads.is_empty() {
        return Ok(tx.end_read().await?);
    }
    let entries: Vec<AuditEntry> = reads.iter().map(|read| entry(actor, read)).collect();
    Ok(tx.commit(&entries, &[]).await?)
}

fn entry(actor: &Actor, read: &Read<'_>) -> AuditEntry {
    let detail = json!({"reference": read.reference});
    deed(actor, "application_read", read.kind, read.id, detail)
}
