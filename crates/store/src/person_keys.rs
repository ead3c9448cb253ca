//! The sealed keys of people: reachable only by the identity role. What opens them is not in the database.
use sqlx::PgConnection;
use uuid::Uuid;

use crate::{IdentityPool, StoreError};

/// A person's key as it is kept.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct WrappedKeyRow {
    /// Whose.
    pub user_id: Uuid,
    /// Name of the installation's key that seals it.
    pub key_id: String,
    /// The sealed key.
    pub wrapped: Vec<u8>,
}

/// The person's key; none before the first field was sealed, and after it was destroyed.
pub async fn find(pool: &IdentityPool, user: Uuid) -> Result<Option<WrappedKeyRow>, StoreError> {
    Ok(sqlx::query_as(
        "select user_id, key_id, wrapped from identity.person_keys where user_id = $1",
    )
    .bind(user)
    .fetch_optional(&pool.0)
    .await?)
}

/// The keys of several people; whoever was erased has none.
pub async fn of(pool: &IdentityPool, people: &[Uuid]) -> Result<Vec<WrappedKeyRow>, StoreError> {
    Ok(sqlx::query_as(
        "select user_id, key_id, wrapped from identity.person_keys where user_id = any($1)",
    )
    .bind(people)
    .fetch_all(&pool.0)
    .await?)
}

/// Keeps the key of somebody who has just been entered, in the same transaction.
pub(crate) async fn keep_in(
    connection: &mut PgConnection,
    row: &WrappedKeyRow,
) -> Result<(), StoreError> {
    sqlx::query(
        "insert into identity.person_keys (user_id, key_id, wrapped)
         select user_id, $2, $3 from identity.users where user_id = $1 and erased_at is null
         on conflict (user_id) do nothing",
    )
    .bind(row.user_id)
    .bind(&row.key_id)
    .bind(&row.wrapped)
    .execute(connection)
    .await?;
    Ok(())
}

/// Keeps a person's first key; the one that stands afterwards is returned, whoever was faster. Whoever was erased
/// gets none.
pub async fn keep(pool: &IdentityPool, row: &WrappedKeyRow) -> Result<WrappedKeyRow, StoreError> {
    let mut connection = pool.0.acquire().await?;
    keep_in(&mut connection, row).await?;
    drop(connection);
    find(pool, row.user_id).await?.ok_or(StoreError::NotFound)
}

/// Some keys that another than the named key seals, for sealing them anew.
pub async fn sealed_by_others(
    pool: &IdentityPool,
    key_id: &str,
    most: i64,
) -> Result<Vec<WrappedKeyRow>, StoreError> {
    Ok(sqlx::query_as(
        "select user_id, key_id, wrapped from identity.person_keys where key_id <> $1
         order by user_id limit $2",
    )
    .bind(key_id)
    .bind(most)
    .fetch_all(&pool.0)
    .await?)
}

/// Puts a newly sealed key in the place of the one that was read; false when it changed meanwhile.
pub async fn replace(
    pool: &IdentityPool,
    old: &WrappedKeyRow,
    key_id: &str,
    wrapped: &[u8],
) -> Result<bool, StoreError> {
    let changed = sqlx::query(
        "update identity.person_keys set key_id = $3, wrapped = $4 where user_id = $1 and wrapped = $2",
    )
    .bind(old.user_id)
    .bind(&old.wrapped)
    .bind(key_id)
    .bind(wrapped)
    .execute(&pool.0)
    .await?;
    Ok(changed.rows_affected() == 1)
}
