//! Passkeys and the questions that they answer: reachable only by the identity role. A question is taken out when it
//! is answered, so that no answer counts twice.
use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    IdentityPool, StoreError,
    identity::{end_begun_with, lock_person},
    sessions::record,
};

/// A passkey.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct PasskeyRow {
    /// Id, which opens nothing.
    pub passkey_id: Uuid,
    /// Whose.
    pub user_id: Uuid,
    /// The public key with its counter, as the library keeps it.
    pub credential: Value,
    /// What its owner calls it.
    pub name: String,
    /// When it was added.
    pub created_at: DateTime<Utc>,
    /// When somebody last signed in with it.
    pub last_used_at: Option<DateTime<Utc>>,
}

/// A passkey that is added.
pub struct NewPasskey<'a> {
    /// Id.
    pub passkey: Uuid,
    /// Whose.
    pub user: Uuid,
    /// By which its device names it.
    pub credential_id: &'a [u8],
    /// The public key with its counter.
    pub credential: &'a Value,
    /// What its owner calls it.
    pub name: &'a str,
    /// Passkeys that one person may have, this one included.
    pub most: i64,
}

/// Keeps a question for so many minutes, and forgets those that have aged.
pub async fn question_put(
    pool: &IdentityPool,
    question: Uuid,
    user: Option<Uuid>,
    state: &Value,
    minutes: i32,
) -> Result<(), StoreError> {
    let mut tx = pool.0.begin().await?;
    sqlx::query("delete from identity.passkey_questions where expires_at < clock_timestamp()")
        .execute(&mut *tx)
        .await?;
    sqlx::query(
        "insert into identity.passkey_questions (question_id, user_id, state, expires_at)
         values ($1, $2, $3, clock_timestamp() + make_interval(mins => $4))",
    )
    .bind(question)
    .bind(user)
    .bind(state)
    .bind(minutes)
    .execute(&mut *tx)
    .await?;
    tx.commit().await?;
    Ok(())
}

/// Takes a question out, once: that of this person, or of whoever signs in.
pub async fn question_take(
    pool: &IdentityPool,
    question: Uuid,
    user: Option<Uuid>,
) -> Result<Option<Value>, StoreError> {
    Ok(sqlx::query_scalar(
        "delete from identity.passkey_questions
         where question_id = $1 and user_id is not distinct from $2 and expires_at > clock_timestamp()
         returning state",
    )
    .bind(question)
    .bind(user)
    .fetch_optional(&pool.0)
    .await?)
}

/// A person's passkeys, newest first.
pub async fn of_person(pool: &IdentityPool, user: Uuid) -> Result<Vec<PasskeyRow>, StoreError> {
    Ok(sqlx::query_as(
        "select passkey_id, user_id, credential, name, created_at, last_used_at
         from identity.passkeys where user_id = $1 order by passkey_id desc",
    )
    .bind(user)
    .fetch_all(&pool.0)
    .await?)
}

/// The passkey that a device names so, if it is this person's.
pub async fn find(
    pool: &IdentityPool,
    user: Uuid,
    credential_id: &[u8],
) -> Result<Option<PasskeyRow>, StoreError> {
    Ok(sqlx::query_as(
        "select passkey_id, user_id, credential, name, created_at, last_used_at
         from identity.passkeys where user_id = $1 and credential_id = $2",
    )
    .bind(user)
    .bind(credential_id)
    .fetch_optional(&pool.0)
    .await?)
}

/// Keeps a passkey, with an audit entry by the session that added it; false when there is such a one, or too many.
pub async fn add(
    pool: &IdentityPool,
    new: &NewPasskey<'_>,
    session_hash: &[u8],
) -> Result<bool, StoreError> {
    let mut tx = pool.0.begin().await?;
    let added = sqlx::query(
        "insert into identity.passkeys (passkey_id, user_id, credential_id, credential, name)
         select $1, $2, $3, $4, $5
         where (select count(*) from identity.passkeys where user_id = $2) < $6
         on conflict do nothing",
    )
    .bind(new.passkey)
    .bind(new.user)
    .bind(new.credential_id)
    .bind(new.credential)
    .bind(new.name)
    .bind(new.most)
    .execute(&mut *tx)
    .await?;
    if added.rows_affected() == 0 {
        tx.rollback().await?;
        return Ok(false);
    }
    let detail = json!({"passkey": new.passkey});
    record(&mut tx, session_hash, "passkey_add", detail).await?;
    tx.commit().await?;
    Ok(true)
}

/// Notes a use and keeps the counter that came with it, if the passkey is still as it was read; false when it is not:
/// somebody used it at the same time, or took it away.
pub async fn used(
    pool: &IdentityPool,
    passkey: Uuid,
    before: &Value,
    after: &Value,
) -> Result<bool, StoreError> {
    let noted = sqlx::query(
        "update identity.passkeys set credential = $3, last_used_at = clock_timestamp()
         where passkey_id = $1 and credential = $2",
    )
    .bind(passkey)
    .bind(before)
    .bind(after)
    .execute(&pool.0)
    .await?;
    Ok(noted.rows_affected() == 1)
}

/// Takes a passkey away, with an audit entry, and ends every session that was begun with it but the one that asks;
/// false when there is none.
pub async fn remove(
    pool: &IdentityPool,
    user: Uuid,
    passkey: Uuid,
    session_hash: &[u8],
) -> Result<bool, StoreError> {
    let mut tx = pool.0.begin().await?;
    lock_person(&mut tx, user).await?;
    let gone: Option<Uuid> = sqlx::query_scalar(
        "delete from identity.passkeys where passkey_id = $2 and user_id = $1 returning passkey_id",
    )
    .bind(user)
    .bind(passkey)
    .fetch_optional(&mut *tx)
    .await?;
    if gone.is_none() {
        tx.rollback().await?;
        return Ok(false);
    }
    record(
        &mut tx,
        session_hash,
        "passkey_remove",
        json!({"passkey": passkey}),
    )
    .await?;
    end_begun_with(&mut tx, passkey, session_hash).await?;
    tx.commit().await?;
    Ok(true)
}
