//! Accounts linked to an identity provider, and browsers on their way there and back: reachable only by the identity
//! role. A visit comes back once and is finished once, however many try at the same time.
use chrono::{DateTime, Utc};
use serde_json::json;
use uuid::Uuid;

use crate::{
    IdentityPool, StoreError,
    identity::{end_begun_with, lock_person},
    sessions::record,
};

/// Who a person is at a provider.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct LinkRow {
    /// Id.
    pub link_id: Uuid,
    /// Whose account.
    pub user_id: Uuid,
    /// The provider.
    pub issuer: String,
    /// When it was linked.
    pub created_at: DateTime<Utc>,
    /// When somebody last signed in by it.
    pub last_used_at: Option<DateTime<Utc>>,
}

/// A browser that came back from the provider.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct BackRow {
    /// Who is linking their account; none: somebody is signing in.
    pub user_id: Option<Uuid>,
    /// When it came back, by the clock that judges the provider's answer.
    pub back_at: DateTime<Utc>,
}

/// Keeps a visit for so many minutes, and forgets those that have aged.
pub async fn visit_begin(
    pool: &IdentityPool,
    state_hash: &[u8],
    browser_hash: &[u8],
    linking: Option<Uuid>,
    minutes: i32,
) -> Result<(), StoreError> {
    let mut tx = pool.0.begin().await?;
    sqlx::query("delete from identity.provider_visits where expires_at < clock_timestamp()")
        .execute(&mut *tx)
        .await?;
    sqlx::query(
        "insert into identity.provider_visits (state_hash, browser_hash, user_id, expires_at)
         values ($1, $2, $3, clock_timestamp() + make_interval(mins => $4))",
    )
    .bind(state_hash)
    .bind(browser_hash)
    .bind(linking)
    .bind(minutes)
    .execute(&mut *tx)
    .await?;
    tx.commit().await?;
    Ok(())
}

/// Takes a browser back, once: with the state that it was sent away with, and the secret of its own cookie.
pub async fn visit_back(
    pool: &IdentityPool,
    state_hash: &[u8],
    browser_hash: &[u8],
) -> Result<Option<BackRow>, StoreError> {
    Ok(sqlx::query_as(
        "update identity.provider_visits set back_at = clock_timestamp()
         where state_hash = $1 and browser_hash = $2 and back_at is null and expires_at > clock_timestamp()
         returning user_id, back_at",
    )
    .bind(state_hash)
    .bind(browser_hash)
    .fetch_optional(&pool.0)
    .await?)
}

/// Remembers whom the provider named, for as long as a code of the second step is waited for.
pub async fn visit_await_code(
    pool: &IdentityPool,
    browser_hash: &[u8],
    link: Uuid,
    minutes: i32,
) -> Result<(), StoreError> {
    sqlx::query(
        "update identity.provider_visits
         set link_id = $2, expires_at = clock_timestamp() + make_interval(mins => $3)
         where browser_hash = $1 and back_at is not null and finished_at is null",
    )
    .bind(browser_hash)
    .bind(link)
    .bind(minutes)
    .execute(&pool.0)
    .await?;
    Ok(())
}

/// Whose code this browser is asked for.
pub async fn visit_waiting(
    pool: &IdentityPool,
    browser_hash: &[u8],
) -> Result<Option<LinkRow>, StoreError> {
    Ok(sqlx::query_as(
        "select l.link_id, l.user_id, l.issuer, l.created_at, l.last_used_at
         from identity.provider_visits v join identity.provider_links l using (link_id)
         where v.browser_hash = $1 and v.user_id is null and v.finished_at is null
           and v.expires_at > clock_timestamp()",
    )
    .bind(browser_hash)
    .fetch_optional(&pool.0)
    .await?)
}

/// Finishes a visit after its code was taken; false when it was finished before.
pub async fn visit_finish(pool: &IdentityPool, browser_hash: &[u8]) -> Result<bool, StoreError> {
    let finished = sqlx::query(
        "update identity.provider_visits set finished_at = clock_timestamp()
         where browser_hash = $1 and link_id is not null and finished_at is null
           and expires_at > clock_timestamp()",
    )
    .bind(browser_hash)
    .execute(&pool.0)
    .await?;
    Ok(finished.rows_affected() == 1)
}

/// The account of whoever the provider calls so.
pub async fn find(
    pool: &IdentityPool,
    issuer: &str,
    subject: &str,
) -> Result<Option<LinkRow>, StoreError> {
    Ok(sqlx::query_as(
        "select link_id, user_id, issuer, created_at, last_used_at
         from identity.provider_links where issuer = $1 and subject = $2",
    )
    .bind(issuer)
    .bind(subject)
    .fetch_optional(&pool.0)
    .await?)
}

/// The person's link to a provider.
pub async fn of_person(
    pool: &IdentityPool,
    user: Uuid,
    issuer: &str,
) -> Result<Option<LinkRow>, StoreError> {
    Ok(sqlx::query_as(
        "select link_id, user_id, issuer, created_at, last_used_at
         from identity.provider_links where user_id = $1 and issuer = $2",
    )
    .bind(user)
    .bind(issuer)
    .fetch_optional(&pool.0)
    .await?)
}

/// Notes that somebody signed in by a link.
pub async fn used(pool: &IdentityPool, link: Uuid) -> Result<(), StoreError> {
    sqlx::query(
        "update identity.provider_links set last_used_at = clock_timestamp() where link_id = $1",
    )
    .bind(link)
    .execute(&pool.0)
    .await?;
    Ok(())
}

/// Links a person's account, with an audit entry by the session that did it; false when either of the two is linked
/// already.
pub async fn link(
    pool: &IdentityPool,
    user: Uuid,
    (issuer, subject): (&str, &str),
    session_hash: &[u8],
) -> Result<bool, StoreError> {
    let mut tx = pool.0.begin().await?;
    let linked = sqlx::query(
        "insert into identity.provider_links (link_id, user_id, issuer, subject) values ($1, $2, $3, $4)
         on conflict do nothing",
    )
    .bind(Uuid::now_v7())
    .bind(user)
    .bind(issuer)
    .bind(subject)
    .execute(&mut *tx)
    .await?;
    if linked.rows_affected() == 0 {
        tx.rollback().await?;
        return Ok(false);
    }
    record(
        &mut tx,
        session_hash,
        "provider_link",
        json!({"issuer": issuer}),
    )
    .await?;
    tx.commit().await?;
    Ok(true)
}

/// Takes a link away, with an audit entry, and ends every session that was begun with it but the one that asks;
/// false when there is none.
pub async fn unlink(
    pool: &IdentityPool,
    user: Uuid,
    issuer: &str,
    session_hash: &[u8],
) -> Result<bool, StoreError> {
    let mut tx = pool.0.begin().await?;
    lock_person(&mut tx, user).await?;
    let gone: Option<Uuid> = sqlx::query_scalar(
        "delete from identity.provider_links where user_id = $1 and issuer = $2 returning link_id",
    )
    .bind(user)
    .bind(issuer)
    .fetch_optional(&mut *tx)
    .await?;
    let Some(gone) = gone else {
        tx.rollback().await?;
        return Ok(false);
    };
    record(
        &mut tx,
        session_hash,
        "provider_unlink",
        json!({"issuer": issuer}),
    )
    .await?;
    end_begun_with(&mut tx, gone, session_hash).await?;
    tx.commit().await?;
    Ok(true)
}
