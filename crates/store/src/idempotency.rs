//! Answers kept by the key a client chose: the second try of a create or submit gets the first answer.
use uuid::Uuid;

use crate::{StoreError, TenantTx};

/// What is known of a key.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct KeptAnswer {
    /// Hash of the body that came with the key first.
    pub body_hash: String,
    /// The thing that was made.
    pub answer: Uuid,
}

/// Takes a lock on the key, so that parallel tries wait for the first, and returns what is kept.
pub async fn take(
    tx: &mut TenantTx,
    actor: Uuid,
    operation: &str,
    key: &str,
) -> Result<Option<KeptAnswer>, StoreError> {
    sqlx::query("select pg_advisory_xact_lock(hashtextextended($1, 0))")
        .bind(format!("{}/{actor}/{operation}/{key}", tx.tenant_uuid()))
        .execute(tx.connection())
        .await?;
    Ok(sqlx::query_as(
        "select body_hash, answer from tenant.idempotency_keys
         where tenant_id = $1 and actor_id = $2 and operation = $3 and key = $4",
    )
    .bind(tx.tenant_uuid())
    .bind(actor)
    .bind(operation)
    .bind(key)
    .fetch_optional(tx.connection())
    .await?)
}

/// Keeps the answer.
pub async fn keep(
    tx: &mut TenantTx,
    actor: Uuid,
    operation: &str,
    key: &str,
    kept: &KeptAnswer,
) -> Result<(), StoreError> {
    sqlx::query(
        "insert into tenant.idempotency_keys (tenant_id, actor_id, operation, key, body_hash, answer)
         values ($1, $2, $3, $4, $5, $6)",
    )
    .bind(tx.tenant_uuid())
    .bind(actor)
    .bind(operation)
    .bind(key)
    .bind(&kept.body_hash)
    .bind(kept.answer)
    .execute(tx.connection())
    .await?;
    Ok(())
}
