//! Progress of work as its own tenant may see it: rows with a sequence, read by cursor.
use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{StoreError, TenantTx};

/// One change of state of one piece of work.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct ProgressRow {
    /// Increases.
    pub sequence: i64,
    /// What it is about.
    pub subject_id: Uuid,
    /// `screen`, `evaluate_sroi`, …
    pub kind: String,
    /// `queued`, `running`, …
    pub state: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// The latest state of each kind of work on several subjects.
pub async fn latest(tx: &mut TenantTx, subjects: &[Uuid]) -> Result<Vec<ProgressRow>, StoreError> {
    Ok(sqlx::query_as(
        "select distinct on (subject_id, kind) sequence, subject_id, kind, state, at
         from system.progress where tenant_id = $1 and subject_id = any($2)
         order by subject_id, kind, sequence desc",
    )
    .bind(tx.tenant_uuid())
    .bind(subjects)
    .fetch_all(tx.connection())
    .await?)
}

/// What happened to the work of a round (its submissions and itself) after a sequence.
pub async fn of_round_since(
    tx: &mut TenantTx,
    round: Uuid,
    after: i64,
    most: i64,
) -> Result<Vec<ProgressRow>, StoreError> {
    Ok(sqlx::query_as(
        "select sequence, subject_id, kind, state, at from system.progress p
         where p.tenant_id = $1 and p.sequence > $3
           and (p.subject_id = $2 or exists (
               select from tenant.received_submissions r
               where r.tenant_id = $1 and r.submission_id = p.subject_id and r.round_id = $2))
         order by sequence limit $4",
    )
    .bind(tx.tenant_uuid())
    .bind(round)
    .bind(after)
    .bind(most)
    .fetch_all(tx.connection())
    .await?)
}
