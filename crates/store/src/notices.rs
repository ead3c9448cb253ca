//! Notices on personal data and who agreed to which: versions are written by the owner's role, agreements by the
//! identity role, and neither ever changes.
use chrono::{DateTime, NaiveDate, Utc};
use serde_json::{Value, json};
use sqlx::{Postgres, Transaction};
use uuid::Uuid;

use crate::{
    IdentityPool, OwnerPool, StoreError,
    members::{Deed, record},
};

/// One version.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct NoticeRow {
    /// Its name.
    pub version: String,
    /// First day.
    pub effective_from: NaiveDate,
    /// Whether it is the text of the demonstration.
    pub demonstration: bool,
    /// Title and sections in both languages.
    pub body: Value,
    /// Whether it is the one that holds now.
    pub current: bool,
}

/// A version that somebody agreed to.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct AgreementRow {
    /// Which.
    pub version: String,
    /// When.
    pub agreed_at: DateTime<Utc>,
    /// On what occasion.
    pub occasion: String,
}

/// Every version, newest first.
pub async fn list(pool: &IdentityPool) -> Result<Vec<NoticeRow>, StoreError> {
    Ok(sqlx::query_as(
        "select n.version, n.effective_from, n.demonstration, n.body,
                exists (select from published.notice_now h where h.version = n.version) as current
         from published.notices n order by n.effective_from desc, n.published_at desc",
    )
    .fetch_all(&pool.0)
    .await?)
}

/// The name of the version that holds now; none before the operator has published one.
pub async fn current(pool: &IdentityPool) -> Result<Option<String>, StoreError> {
    Ok(
        sqlx::query_scalar("select version from published.notice_now")
            .fetch_optional(&pool.0)
            .await?,
    )
}

/// The version that holds now, unless the person has agreed to it.
pub async fn wanted(pool: &IdentityPool, user: Uuid) -> Result<Option<String>, StoreError> {
    Ok(sqlx::query_scalar(
        "select n.version from published.notice_now n
         where not exists (select from identity.notice_agreements a
                           where a.user_id = $1 and a.version = n.version)",
    )
    .bind(user)
    .fetch_optional(&pool.0)
    .await?)
}

/// What the person agreed to, newest first.
pub async fn agreements(pool: &IdentityPool, user: Uuid) -> Result<Vec<AgreementRow>, StoreError> {
    Ok(sqlx::query_as(
        "select version, agreed_at, occasion from identity.notice_agreements
         where user_id = $1 order by agreed_at desc, version",
    )
    .bind(user)
    .fetch_all(&pool.0)
    .await?)
}

/// Keeps that the person agreed to the version that holds now; false when it is another, or was agreed to before.
pub async fn agree(pool: &IdentityPool, deed: Deed<'_>, version: &str) -> Result<bool, StoreError> {
    let mut tx = pool.0.begin().await?;
    let kept = sqlx::query(
        "insert into identity.notice_agreements (user_id, version, occasion)
         select $1, version, 'new_version' from published.notice_now where version = $2
         on conflict (user_id, version) do nothing",
    )
    .bind(deed.actor)
    .bind(version)
    .execute(&mut *tx)
    .await?;
    if kept.rows_affected() == 0 {
        tx.rollback().await?;
        return Ok(false);
    }
    record(
        &mut tx,
        deed,
        "person",
        deed.actor,
        json!({"version": version}),
    )
    .await?;
    tx.commit().await?;
    Ok(true)
}

/// Keeps an agreement that is part of another deed.
pub(crate) async fn agree_in(
    tx: &mut Transaction<'static, Postgres>,
    user: Uuid,
    version: &str,
    occasion: &str,
    at: Option<DateTime<Utc>>,
) -> Result<(), StoreError> {
    sqlx::query(
        "insert into identity.notice_agreements (user_id, version, occasion, agreed_at)
         values ($1, $2, $3, coalesce($4, clock_timestamp()))
         on conflict (user_id, version) do nothing",
    )
    .bind(user)
    .bind(version)
    .bind(occasion)
    .bind(at)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// A version to publish.
pub struct NewNotice<'a> {
    /// Its name.
    pub version: &'a str,
    /// First day.
    pub effective_from: NaiveDate,
    /// Whether it is the text of the demonstration.
    pub demonstration: bool,
    /// Title and sections.
    pub body: &'a Value,
    /// Of the canonical body.
    pub sha256: &'a str,
}

/// What came of publishing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Published {
    /// It is there now.
    New,
    /// The same text is there under this name.
    Same,
    /// Another text has this name.
    NameTaken,
    /// A version that begins later is there: a newer text cannot begin before it.
    BeginsEarlier,
}

/// Publishes a version.
pub async fn publish(owner: &OwnerPool, new: &NewNotice<'_>) -> Result<Published, StoreError> {
    let mut tx = owner.0.begin().await?;
    sqlx::query("select pg_advisory_xact_lock(hashtextextended('notices', 0))")
        .execute(&mut *tx)
        .await?;
    let there: Option<String> =
        sqlx::query_scalar("select sha256 from published.notices where version = $1")
            .bind(new.version)
            .fetch_optional(&mut *tx)
            .await?;
    let later: bool = sqlx::query_scalar(
        "select exists (select from published.notices where effective_from > $1)",
    )
    .bind(new.effective_from)
    .fetch_one(&mut *tx)
    .await?;
    let came = match there {
        Some(sha256) if sha256 == new.sha256 => Published::Same,
        Some(_) => Published::NameTaken,
        None if later => Published::BeginsEarlier,
        None => Published::New,
    };
    if came == Published::New {
        sqlx::query(
            "insert into published.notices (version, effective_from, demonstration, body, sha256)
             values ($1, $2, $3, $4, $5)",
        )
        .bind(new.version)
        .bind(new.effective_from)
        .bind(new.demonstration)
        .bind(new.body)
        .bind(new.sha256)
        .execute(&mut *tx)
        .await?;
    }
    tx.commit().await?;
    Ok(came)
}

/// The fictional people of the demonstration have agreed to what it begins with.
pub async fn agree_for_demonstration(owner: &OwnerPool) -> Result<(), StoreError> {
    sqlx::query(
        "insert into identity.notice_agreements (user_id, version, occasion)
         select u.user_id, n.version, 'demonstration' from identity.users u cross join published.notice_now n
         where u.demo and n.demonstration on conflict (user_id, version) do nothing",
    )
    .execute(&owner.0)
    .await?;
    Ok(())
}
