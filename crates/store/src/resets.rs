//! Links by which a forgotten password is set anew: reachable only by the identity role. Only hashes are kept.
use uuid::Uuid;

use crate::{IdentityPool, StoreError};

/// Whose password a link sets.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct ResetRow {
    /// Whose.
    pub user_id: Uuid,
    /// Their address.
    pub email: String,
    /// Their name, sealed.
    pub name: String,
}

/// Keeps the hash of a link for so many minutes, and forgets those that have aged for a day.
pub async fn begin(
    pool: &IdentityPool,
    user: Uuid,
    token_hash: &[u8],
    minutes: i32,
) -> Result<(), StoreError> {
    let mut tx = pool.0.begin().await?;
    sqlx::query(
        "delete from identity.password_resets where expires_at < clock_timestamp() - interval '1 day'",
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query(
        "insert into identity.password_resets (token_hash, user_id, expires_at)
         values ($1, $2, clock_timestamp() + make_interval(mins => $3))",
    )
    .bind(token_hash)
    .bind(user)
    .bind(minutes)
    .execute(&mut *tx)
    .await?;
    tx.commit().await?;
    Ok(())
}

/// Whose password the link sets, while it is good.
pub async fn find(pool: &IdentityPool, token_hash: &[u8]) -> Result<Option<ResetRow>, StoreError> {
    Ok(sqlx::query_as(
        "select u.user_id, u.email, u.name
         from identity.password_resets r join identity.users u using (user_id)
         where r.token_hash = $1 and r.used_at is null and r.expires_at > clock_timestamp()",
    )
    .bind(token_hash)
    .fetch_optional(&pool.0)
    .await?)
}

/// Uses the link, once: the password is replaced, every session of its owner ends, no browser is known, their other
/// links are void, and each organisation they belong to has it in its trail. False when the link was used or has aged.
pub async fn finish(
    pool: &IdentityPool,
    token_hash: &[u8],
    password_hash: &str,
) -> Result<bool, StoreError> {
    let mut tx = pool.0.begin().await?;
    let user: Option<Uuid> = sqlx::query_scalar(
        "update identity.password_resets set used_at = clock_timestamp()
         where token_hash = $1 and used_at is null and expires_at > clock_timestamp()
         returning user_id",
    )
    .bind(token_hash)
    .fetch_optional(&mut *tx)
    .await?;
    let Some(user) = user else {
        tx.rollback().await?;
        return Ok(false);
    };
    sqlx::query("update identity.users set password_hash = $2 where user_id = $1")
        .bind(user)
        .bind(password_hash)
        .execute(&mut *tx)
        .await?;
    sqlx::query("update identity.password_resets set used_at = clock_timestamp() where user_id = $1 and used_at is null")
        .bind(user)
        .execute(&mut *tx)
        .await?;
    sqlx::query("update identity.sessions set revoked_at = clock_timestamp() where user_id = $1 and revoked_at is null")
        .bind(user)
        .execute(&mut *tx)
        .await?;
    sqlx::query("delete from identity.known_devices where user_id = $1")
        .bind(user)
        .execute(&mut *tx)
        .await?;
    sqlx::query(
        "select identity.record(m.tenant_id, gen_random_uuid(), u.user_id, u.name, 'password_reset', '{}')
         from identity.living_memberships m join identity.users u using (user_id) where u.user_id = $1",
    )
    .bind(user)
    .execute(&mut *tx)
    .await?;
    tx.commit().await?;
    Ok(true)
}
