//! The second step of signing in: reachable only by the identity role. A code is taken by an update that
//! succeeds once, however many try at the same time.
use chrono::{DateTime, Utc};
use serde_json::Value;
use uuid::Uuid;

use crate::{IdentityPool, StoreError, sessions::record};

/// A person's second factor.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct SecondFactorRow {
    /// The shared secret, sealed with the person's key.
    pub secret: Vec<u8>,
    /// Since when it is asked for; none while it is being set up.
    pub confirmed_at: Option<DateTime<Utc>>,
    /// Recovery codes that were not used.
    pub recovery_left: i64,
}

/// The person's second factor, in use or being set up.
pub async fn find(pool: &IdentityPool, user: Uuid) -> Result<Option<SecondFactorRow>, StoreError> {
    Ok(sqlx::query_as(
        "select f.secret, f.confirmed_at,
                (select count(*) from identity.recovery_codes c
                 where c.user_id = f.user_id and c.used_at is null) as recovery_left
         from identity.second_factors f where f.user_id = $1",
    )
    .bind(user)
    .fetch_optional(&pool.0)
    .await?)
}

/// Begins to set one up, in the place of one that was begun before; false when one is in use.
pub async fn begin(pool: &IdentityPool, user: Uuid, secret: &[u8]) -> Result<bool, StoreError> {
    let begun = sqlx::query(
        "insert into identity.second_factors (user_id, secret) values ($1, $2)
         on conflict (user_id) do update
         set secret = excluded.secret, created_at = clock_timestamp(), last_step = 0
         where second_factors.confirmed_at is null",
    )
    .bind(user)
    .bind(secret)
    .execute(&pool.0)
    .await?;
    Ok(begun.rows_affected() == 1)
}

/// Takes the code of a step, once; false when that step or a later one was taken before.
pub async fn take_step(pool: &IdentityPool, user: Uuid, step: i64) -> Result<bool, StoreError> {
    let taken = sqlx::query(
        "update identity.second_factors set last_step = $2 where user_id = $1 and last_step < $2",
    )
    .bind(user)
    .bind(step)
    .execute(&pool.0)
    .await?;
    Ok(taken.rows_affected() == 1)
}

/// Takes a recovery code, once; false when there is no such code or it was used.
pub async fn take_recovery(
    pool: &IdentityPool,
    user: Uuid,
    code_hash: &[u8],
) -> Result<bool, StoreError> {
    let taken = sqlx::query(
        "update identity.recovery_codes set used_at = clock_timestamp()
         where user_id = $1 and code_hash = $2 and used_at is null",
    )
    .bind(user)
    .bind(code_hash)
    .execute(&pool.0)
    .await?;
    Ok(taken.rows_affected() == 1)
}

/// Recovery codes in the place of all earlier ones, and the factor in use from now on, with an audit entry by
/// the session that did it.
pub async fn put_recovery(
    pool: &IdentityPool,
    user: Uuid,
    code_hashes: &[Vec<u8>],
    session_hash: &[u8],
    action: &str,
) -> Result<(), StoreError> {
    let mut tx = pool.0.begin().await?;
    sqlx::query("delete from identity.recovery_codes where user_id = $1")
        .bind(user)
        .execute(&mut *tx)
        .await?;
    sqlx::query(
        "insert into identity.recovery_codes (user_id, code_hash) select $1, unnest($2::bytea[])",
    )
    .bind(user)
    .bind(code_hashes)
    .execute(&mut *tx)
    .await?;
    sqlx::query(
        "update identity.second_factors set confirmed_at = coalesce(confirmed_at, clock_timestamp())
         where user_id = $1",
    )
    .bind(user)
    .execute(&mut *tx)
    .await?;
    record(
        &mut tx,
        session_hash,
        action,
        Value::Object(serde_json::Map::new()),
    )
    .await?;
    tx.commit().await?;
    Ok(())
}

/// Takes the second factor away, with an audit entry; false when there is none.
pub async fn remove(
    pool: &IdentityPool,
    user: Uuid,
    session_hash: &[u8],
) -> Result<bool, StoreError> {
    let mut tx = pool.0.begin().await?;
    sqlx::query("delete from identity.recovery_codes where user_id = $1")
        .bind(user)
        .execute(&mut *tx)
        .await?;
    let gone = sqlx::query("delete from identity.second_factors where user_id = $1")
        .bind(user)
        .execute(&mut *tx)
        .await?
        .rows_affected();
    if gone > 0 {
        record(
            &mut tx,
            session_hash,
            "second_step_off",
            Value::Object(serde_json::Map::new()),
        )
        .await?;
    }
    tx.commit().await?;
    Ok(gone > 0)
}
