//! Organisations that ask to be let in: kept until their mailed link is used, shown to the operator from then on.
//! Reachable only by the identity role; of a link only its hash is kept.
use chrono::{DateTime, Utc};
use sqlx::{Postgres, Transaction};
use uuid::Uuid;

use crate::{IdentityPool, OwnerPool, StoreError};

/// What an organisation can be identified by.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct IdentifierTypeRow {
    /// Stable name.
    #[sqlx(rename = "type")]
    pub kind: String,
    /// English name.
    pub name_en: String,
    /// Chinese name.
    pub name_zh: String,
    /// Where it is printed, in English.
    pub hint_en: String,
    /// Where it is printed, in Chinese.
    pub hint_zh: String,
    /// How many digits it has, where that is publicly certain.
    pub digits: Option<i32>,
}

/// Every type, in the order of the form.
pub async fn identifier_types(pool: &IdentityPool) -> Result<Vec<IdentifierTypeRow>, StoreError> {
    Ok(sqlx::query_as(
        "select type, name_en, name_zh, hint_en, hint_zh, digits
         from published.identifier_types order by position",
    )
    .fetch_all(&pool.0)
    .await?)
}

/// One identifier of an organisation that registers.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct IdentifierRow {
    /// Whose.
    pub registration_id: Uuid,
    /// Which number.
    #[sqlx(rename = "type")]
    pub kind: String,
    /// As it was typed.
    pub value: String,
    /// Capital letters and digits alone.
    pub plain: String,
}

/// A registration as it is sent.
pub struct NewRegistration<'a> {
    /// Id, made by the page.
    pub id: Uuid,
    /// Hash of everything in it.
    pub content_sha256: &'a str,
    /// ngo or funder.
    pub kind: &'a str,
    /// English name.
    pub name_en: &'a str,
    /// Chinese name.
    pub name_zh: &'a str,
    /// The first person's name.
    pub person: &'a str,
    /// Their lower-case address.
    pub email: &'a str,
    /// The notice they agreed to.
    pub notice: &'a str,
    /// For how many days the link is good.
    pub days: i32,
    /// Type, value and plain value.
    pub identifiers: &'a [(String, String, String)],
}

/// What came of asking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// It is kept, and its mail is due.
    New,
    /// The same came before; nothing was done.
    Same,
    /// Another content came before under this id.
    Other,
}

/// Keeps a registration once, with its mail; forgets those whose link nobody used in time.
pub async fn ask(pool: &IdentityPool, new: &NewRegistration<'_>) -> Result<Asked, StoreError> {
    let mut tx = pool.0.begin().await?;
    sqlx::query(
        "delete from identity.registrations where confirmed_at is null and expires_at < clock_timestamp()",
    )
    .execute(&mut *tx)
    .await?;
    let kept = sqlx::query(
        "insert into identity.registrations
             (registration_id, content_sha256, kind, name_en, name_zh, person, email, notice_version, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, clock_timestamp() + make_interval(days => $9))
         on conflict (registration_id) do nothing",
    )
    .bind(new.id)
    .bind(new.content_sha256)
    .bind(new.kind)
    .bind(new.name_en)
    .bind(new.name_zh)
    .bind(new.person)
    .bind(new.email)
    .bind(new.notice)
    .bind(new.days)
    .execute(&mut *tx)
    .await?;
    if kept.rows_affected() == 0 {
        let there: String = sqlx::query_scalar(
            "select content_sha256 from identity.registrations where registration_id = $1",
        )
        .bind(new.id)
        .fetch_one(&mut *tx)
        .await?;
        tx.rollback().await?;
        return Ok(if there == new.content_sha256 {
            Asked::Same
        } else {
            Asked::Other
        });
    }
    put_identifiers(&mut tx, new).await?;
    mail_due(&mut tx, "registration", new.id).await?;
    tx.commit().await?;
    Ok(Asked::New)
}

pub(crate) async fn mail_due(
    tx: &mut Transaction<'static, Postgres>,
    topic: &str,
    registration: Uuid,
) -> Result<(), StoreError> {
    sqlx::query(
        "insert into identity.mail_queue (mail_id, topic, email, subject_id)
         select gen_random_uuid(), $1, email, registration_id
         from identity.registrations where registration_id = $2",
    )
    .bind(topic)
    .bind(registration)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// A registration whose link is good.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct OpenRow {
    /// Id.
    pub registration_id: Uuid,
    /// Where the link went.
    pub email: String,
    /// The first person.
    pub person: String,
    /// English name.
    pub name_en: String,
    /// Chinese name.
    pub name_zh: String,
    /// Whether somebody has an account with this address.
    pub has_account: bool,
}

/// Gives a registration the link that its mail carries, in the place of an earlier one; none when it is confirmed, or
/// aged.
pub async fn link(
    pool: &IdentityPool,
    registration: Uuid,
    token_hash: &[u8],
) -> Result<Option<OpenRow>, StoreError> {
    sqlx::query(
        "update identity.registrations set token_hash = $2
         where registration_id = $1 and confirmed_at is null and expires_at > clock_timestamp()",
    )
    .bind(registration)
    .bind(token_hash)
    .execute(&pool.0)
    .await?;
    find(pool, token_hash).await
}

/// The registration of a link, while it is good.
pub async fn find(pool: &IdentityPool, token_hash: &[u8]) -> Result<Option<OpenRow>, StoreError> {
    Ok(sqlx::query_as(
        "select r.registration_id, r.email, r.person, r.name_en, r.name_zh,
                exists (select from identity.users u where u.email = r.email) as has_account
         from identity.registrations r
         where r.token_hash = $1 and r.confirmed_at is null and r.expires_at > clock_timestamp()",
    )
    .bind(token_hash)
    .fetch_optional(&pool.0)
    .await?)
}

/// Uses the link, once; the operator sees the registration from now on. False when the link is no longer good.
pub async fn confirm(
    pool: &IdentityPool,
    token_hash: &[u8],
    password_hash: Option<&str>,
) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "update identity.registrations
         set confirmed_at = clock_timestamp(), token_hash = null, password_hash = $2
         where token_hash = $1 and confirmed_at is null and expires_at > clock_timestamp()",
    )
    .bind(token_hash)
    .bind(password_hash)
    .execute(&pool.0)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// A registration as the operator sees it.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct RegistrationRow {
    /// Id.
    pub registration_id: Uuid,
    /// ngo or funder.
    pub kind: String,
    /// English name.
    pub name_en: String,
    /// Chinese name.
    pub name_zh: String,
    /// The first person.
    pub person: String,
    /// Their address, proven by the link.
    pub email: String,
    /// The notice they agreed to.
    pub notice_version: String,
    /// Since when it waits.
    pub confirmed_at: DateTime<Utc>,
    /// When it was decided.
    pub decided_at: Option<DateTime<Utc>>,
    /// How.
    pub approved: Option<bool>,
}

/// Registrations with a proven address: those that wait, oldest first, or those decided, newest first.
pub async fn list(
    pool: &IdentityPool,
    decided: bool,
    most: i64,
) -> Result<Vec<RegistrationRow>, StoreError> {
    Ok(sqlx::query_as(
        "select r.registration_id, r.kind, r.name_en, r.name_zh, r.person, r.email, r.notice_version, r.confirmed_at,
                r.decided_at, r.approved
         from identity.registrations r
         where r.confirmed_at is not null and (r.decided_at is not null) = $1
         order by case when $1 then r.decided_at end desc, r.confirmed_at, r.registration_id limit $2",
    )
    .bind(decided)
    .bind(most)
    .fetch_all(&pool.0)
    .await?)
}

/// The identifiers of every registration with a proven address.
pub async fn identifiers(pool: &IdentityPool) -> Result<Vec<IdentifierRow>, StoreError> {
    Ok(sqlx::query_as(
        "select i.registration_id, i.type, i.value, i.plain
         from identity.registration_identifiers i join identity.registrations r using (registration_id)
         join published.identifier_types t using (type)
         where r.confirmed_at is not null order by t.position, i.value",
    )
    .fetch_all(&pool.0)
    .await?)
}

/// An organisation that is there already, or asks as well.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct KnownRow {
    /// The registration by which it came; none for one that was there from the start.
    pub registration_id: Option<Uuid>,
    /// English name.
    pub name_en: String,
    /// Chinese name.
    pub name_zh: String,
    /// Whether it is in; otherwise it asks as well.
    pub is_tenant: bool,
}

/// Every organisation that is in, and every one that waits.
pub async fn known(pool: &IdentityPool) -> Result<Vec<KnownRow>, StoreError> {
    Ok(sqlx::query_as(
        "select r.registration_id, t.name_en, t.name_zh, true as is_tenant
         from identity.tenants t left join identity.registrations r using (tenant_id)
         union all
         select registration_id, name_en, name_zh, false from identity.registrations
         where confirmed_at is not null and decided_at is null",
    )
    .fetch_all(&pool.0)
    .await?)
}

/// One registration that waits for an answer.
pub async fn waiting(
    pool: &IdentityPool,
    registration: Uuid,
) -> Result<Option<RegistrationRow>, StoreError> {
    Ok(sqlx::query_as(
        "select registration_id, kind, name_en, name_zh, person, email, notice_version, confirmed_at, decided_at, approved
         from identity.registrations
         where registration_id = $1 and confirmed_at is not null and decided_at is null",
    )
    .bind(registration)
    .fetch_optional(&pool.0)
    .await?)
}

/// Puts a registration of the demonstration there, as if its link had been used three days ago.
pub async fn put_waiting(
    owner: &OwnerPool,
    new: &NewRegistration<'_>,
    password_hash: &str,
) -> Result<(), StoreError> {
    let mut tx = owner.0.begin().await?;
    let kept = sqlx::query(
        "insert into identity.registrations
             (registration_id, content_sha256, kind, name_en, name_zh, person, email, notice_version, created_at,
              expires_at, confirmed_at, password_hash)
         values ($1, $2, $3, $4, $5, $6, $7, $8, clock_timestamp() - interval '3 days',
                 clock_timestamp() + make_interval(days => $9), clock_timestamp() - interval '3 days', $10)
         on conflict (registration_id) do nothing",
    )
    .bind(new.id)
    .bind(new.content_sha256)
    .bind(new.kind)
    .bind(new.name_en)
    .bind(new.name_zh)
    .bind(new.person)
    .bind(new.email)
    .bind(new.notice)
    .bind(new.days)
    .bind(password_hash)
    .execute(&mut *tx)
    .await?;
    if kept.rows_affected() == 1 {
        put_identifiers(&mut tx, new).await?;
    }
    tx.commit().await?;
    Ok(())
}

async fn put_identifiers(
    tx: &mut Transaction<'static, Postgres>,
    new: &NewRegistration<'_>,
) -> Result<(), StoreError> {
    for (kind, value, plain) in new.identifiers {
        sqlx::query(
            "insert into identity.registration_identifiers (registration_id, type, value, plain)
             values ($1, $2, $3, $4)",
        )
        .bind(new.id)
        .bind(kind)
        .bind(value)
        .bind(plain)
        .execute(&mut **tx)
        .await?;
    }
    Ok(())
}
