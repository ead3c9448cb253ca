//! Sessions, known browsers and guesses at passwords: reachable only by the identity role. Secrets are kept as
//! hashes; each deed of an account leaves its audit entry in the same transaction.
use chrono::{DateTime, Utc};
use serde_json::Value;
use sqlx::{Postgres, Transaction};
use uuid::Uuid;

use crate::{
    IdentityPool, StoreError,
    identity::{lock_holder, lock_person},
};

/// A living session with the tenant it acts for.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct SessionRow {
    /// The person.
    pub user_id: Uuid,
    /// Their name, sealed.
    pub name: String,
    /// Their e-mail address.
    pub email: String,
    /// The tenant acted for.
    pub tenant_id: Uuid,
    /// Its kind.
    pub kind: String,
    /// Roles in it.
    pub roles: Vec<String>,
}

/// One of a person's sessions, for them to recognise.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct OwnSessionRow {
    /// Id, which opens nothing.
    pub session_id: Uuid,
    /// What the browser calls itself, sealed.
    pub device: String,
    /// From where it signed in, sealed.
    pub address: String,
    /// When it signed in.
    pub created_at: DateTime<Utc>,
    /// When it was last used, to five minutes.
    pub last_seen_at: DateTime<Utc>,
    /// How it was begun: `password`, `provider` or `passkey`.
    pub way: String,
    /// The session that asks.
    pub current: bool,
}

/// What is kept of a new session.
pub struct NewSession<'a> {
    /// Hash of its secret.
    pub secret_hash: &'a [u8],
    /// Whose.
    pub user: Uuid,
    /// How long it lasts.
    pub hours: i32,
    /// What the browser calls itself, sealed.
    pub device: &'a str,
    /// From where it signs in, sealed.
    pub address: &'a str,
    /// Hash of the secret by which the browser is known from now on.
    pub device_hash: &'a [u8],
    /// Whether it was known before.
    pub known: bool,
    /// By what the second step was passed, where there is one.
    pub second_step: Option<&'static str>,
    /// How it is begun.
    pub way: Way<'a>,
}

/// How a session is begun, and with what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way<'a> {
    /// Address and password; the hash that it was held against.
    Password(&'a str),
    /// An identity provider, by this link.
    Provider(Uuid),
    /// This passkey.
    Passkey(Uuid),
}

impl Way<'_> {
    /// The stable name, as stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Password(_) => "password",
            Self::Provider(_) => "provider",
            Self::Passkey(_) => "passkey",
        }
    }

    fn begun_with(&self) -> Option<Uuid> {
        match self {
            Self::Password(_) => None,
            Self::Provider(with) | Self::Passkey(with) => Some(*with),
        }
    }

    fn password(&self) -> Option<&str> {
        match self {
            Self::Password(hash) => Some(hash),
            Self::Provider(_) | Self::Passkey(_) => None,
        }
    }
}

/// An account's deed in the trail of the organisation that the person acts for.
pub(crate) async fn record(
    tx: &mut Transaction<'static, Postgres>,
    secret_hash: &[u8],
    action: &str,
    detail: Value,
) -> Result<(), StoreError> {
    sqlx::query(
        "select identity.record(s.tenant_id, $2, s.user_id, u.name, $3, $4)
         from identity.sessions s join identity.users u using (user_id) where s.secret_hash = $1",
    )
    .bind(secret_hash)
    .bind(Uuid::now_v7())
    .bind(action)
    .bind(detail)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Records that whoever holds this secret took the data about them away.
pub async fn personal_data_taken(
    pool: &IdentityPool,
    secret_hash: &[u8],
) -> Result<(), StoreError> {
    let mut tx = pool.0.begin().await?;
    let detail = serde_json::json!({});
    record(&mut tx, secret_hash, "personal_data_export", detail).await?;
    tx.commit().await?;
    Ok(())
}

/// Starts a session for the user's first membership (by tenant name), and knows the browser from now on; false
/// when there is no membership, or what it is begun with was taken away or changed meanwhile.
pub async fn start(pool: &IdentityPool, new: &NewSession<'_>) -> Result<bool, StoreError> {
    let mut tx = pool.0.begin().await?;
    lock_person(&mut tx, new.user).await?;
    let started = sqlx::query(
        "insert into identity.sessions (secret_hash, user_id, tenant_id, expires_at, device, address, way, begun_with)
         select $1, m.user_id, m.tenant_id, clock_timestamp() + make_interval(hours => $3), $4, $5, $6, $7::uuid
         from identity.living_memberships m join identity.tenants t using (tenant_id)
         where m.user_id = $2 and ($7::uuid is null
             or exists (select from identity.provider_links where link_id = $7 and user_id = $2)
             or exists (select from identity.passkeys where passkey_id = $7 and user_id = $2))
             and ($8::text is null
             or exists (select from identity.users where user_id = $2 and password_hash = $8))
         order by t.name_en, t.tenant_id limit 1",
    )
    .bind(new.secret_hash)
    .bind(new.user)
    .bind(new.hours)
    .bind(new.device)
    .bind(new.address)
    .bind(new.way.as_str())
    .bind(new.way.begun_with())
    .bind(new.way.password())
    .execute(&mut *tx)
    .await?;
    if started.rows_affected() == 0 {
        tx.rollback().await?;
        return Ok(false);
    }
    sqlx::query(
        "insert into identity.known_devices (device_hash, user_id) values ($1, $2)
         on conflict (device_hash, user_id) do update set last_used_at = clock_timestamp()",
    )
    .bind(new.device_hash)
    .bind(new.user)
    .execute(&mut *tx)
    .await?;
    let detail = serde_json::json!({
        "known_device": new.known, "second_step": new.second_step, "way": new.way.as_str(),
    });
    record(&mut tx, new.secret_hash, "sign_in", detail).await?;
    tx.commit().await?;
    Ok(true)
}

/// The living session with this secret. Its use is noted once in five minutes.
pub async fn find(
    pool: &IdentityPool,
    secret_hash: &[u8],
) -> Result<Option<SessionRow>, StoreError> {
    Ok(sqlx::query_as(
        "with used as (
             update identity.sessions set last_seen_at = clock_timestamp()
             where secret_hash = $1 and revoked_at is null and expires_at > clock_timestamp()
               and last_seen_at < clock_timestamp() - interval '5 minutes')
         select s.user_id, u.name, u.email, s.tenant_id, t.kind, m.roles
         from identity.living_sessions s
         join identity.users u using (user_id)
         join identity.living_memberships m using (user_id, tenant_id)
         join identity.tenants t using (tenant_id)
         where s.secret_hash = $1",
    )
    .bind(secret_hash)
    .fetch_optional(&pool.0)
    .await?)
}

/// The living sessions of whoever holds this secret, newest first.
pub async fn of_holder(
    pool: &IdentityPool,
    secret_hash: &[u8],
) -> Result<Vec<OwnSessionRow>, StoreError> {
    Ok(sqlx::query_as(
        "select o.session_id, o.device, o.address, o.created_at, o.last_seen_at, o.way,
                o.secret_hash = s.secret_hash as current
         from identity.living_sessions s join identity.living_sessions o using (user_id)
         where s.secret_hash = $1
         order by o.created_at desc, o.session_id",
    )
    .bind(secret_hash)
    .fetch_all(&pool.0)
    .await?)
}

/// Which of a person's sessions are to end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// One of them.
    One(Uuid),
    /// All but the one that asks.
    Others,
}

/// Ends sessions of whoever holds this secret, at once; returns how many those were.
pub async fn end(
    pool: &IdentityPool,
    secret_hash: &[u8],
    ending: Ending,
) -> Result<u64, StoreError> {
    let mut tx = pool.0.begin().await?;
    lock_holder(&mut tx, secret_hash).await?;
    let one = match ending {
        Ending::One(session) => Some(session),
        Ending::Others => None,
    };
    let ended = sqlx::query(
        "update identity.sessions o set revoked_at = clock_timestamp()
         from identity.living_sessions s
         where s.secret_hash = $1 and o.user_id = s.user_id and o.revoked_at is null
           and case when $2::uuid is null then o.secret_hash <> s.secret_hash else o.session_id = $2 end",
    )
    .bind(secret_hash)
    .bind(one)
    .execute(&mut *tx)
    .await?
    .rows_affected();
    if ended > 0 {
        let detail = serde_json::json!({"sessions": ended});
        record(&mut tx, secret_hash, "sessions_end", detail).await?;
    }
    tx.commit().await?;
    Ok(ended)
}

/// Ends the session that this secret opens.
pub async fn revoke(pool: &IdentityPool, secret_hash: &[u8]) -> Result<(), StoreError> {
    let mut tx = pool.0.begin().await?;
    let ended = sqlx::query(
        "update identity.sessions set revoked_at = clock_timestamp()
         where secret_hash = $1 and revoked_at is null",
    )
    .bind(secret_hash)
    .execute(&mut *tx)
    .await?;
    if ended.rows_affected() > 0 {
        record(&mut tx, secret_hash, "sign_out", serde_json::json!({})).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Replaces a session by a new one (new secret) acting for another of the user's tenants, or for the same one
/// when none is given.
pub async fn replace(
    pool: &IdentityPool,
    old_hash: &[u8],
    new_hash: &[u8],
    tenant: Option<Uuid>,
    action: &str,
) -> Result<bool, StoreError> {
    let mut tx = pool.0.begin().await?;
    lock_holder(&mut tx, old_hash).await?;
    let moved = sqlx::query(
        "insert into identity.sessions (secret_hash, user_id, tenant_id, expires_at, device, address, way, begun_with)
         select $2, m.user_id, m.tenant_id, s.expires_at, s.device, s.address, s.way, s.begun_with
         from identity.living_sessions s join identity.living_memberships m using (user_id)
         where s.secret_hash = $1 and m.tenant_id = coalesce($3, s.tenant_id)",
    )
    .bind(old_hash)
    .bind(new_hash)
    .bind(tenant)
    .execute(&mut *tx)
    .await?;
    if moved.rows_affected() == 0 {
        tx.rollback().await?;
        return Ok(false);
    }
    sqlx::query(
        "update identity.sessions set revoked_at = clock_timestamp() where secret_hash = $1",
    )
    .bind(old_hash)
    .execute(&mut *tx)
    .await?;
    record(&mut tx, new_hash, action, serde_json::json!({})).await?;
    tx.commit().await?;
    Ok(true)
}

/// Whether the person with this address has signed in from this browser before.
pub async fn device_known(
    pool: &IdentityPool,
    device_hash: &[u8],
    email: &str,
) -> Result<bool, StoreError> {
    Ok(sqlx::query_scalar(
        "select exists (select from identity.known_devices d join identity.users u using (user_id)
                        where d.device_hash = $1 and u.email = $2)",
    )
    .bind(device_hash)
    .bind(email)
    .fetch_one(&pool.0)
    .await?)
}

/// Whether this person has signed in from this browser before.
pub async fn device_known_to(
    pool: &IdentityPool,
    device_hash: &[u8],
    user: Uuid,
) -> Result<bool, StoreError> {
    Ok(sqlx::query_scalar(
        "select exists (select from identity.known_devices where device_hash = $1 and user_id = $2)",
    )
    .bind(device_hash)
    .bind(user)
    .fetch_one(&pool.0)
    .await?)
}

/// Counts a guess against a subject (account, browser, address, everybody), and says whether it is one of the
/// `most` within the window. What goes beyond them writes no row.
pub async fn attempt(
    pool: &IdentityPool,
    subject: &str,
    window_minutes: i32,
    most: i64,
) -> Result<bool, StoreError> {
    const WITHIN: &str = "select count(*) from identity.sign_in_attempts
         where subject = $1 and at > clock_timestamp() - make_interval(mins => $2)";
    let within = async || -> Result<i64, StoreError> {
        let counted = sqlx::query_scalar(WITHIN)
            .bind(subject)
            .bind(window_minutes);
        Ok(counted.fetch_one(&pool.0).await?)
    };
    if within().await? >= most {
        return Ok(false);
    }
    sqlx::query("insert into identity.sign_in_attempts (attempt_id, subject) values ($1, $2)")
        .bind(Uuid::now_v7())
        .bind(subject)
        .execute(&pool.0)
        .await?;
    // Counted again: many guesses at one time wrote before any of them looked.
    Ok(within().await? <= most)
}

/// Forgets the browsers that a person has signed in from: their guesses count as a stranger's again.
pub async fn devices_forget(pool: &IdentityPool, user: Uuid) -> Result<(), StoreError> {
    sqlx::query("delete from identity.known_devices where user_id = $1")
        .bind(user)
        .execute(&pool.0)
        .await?;
    Ok(())
}

/// Forgets the guesses against a subject after a sign-in that succeeded, and all that have aged.
pub async fn attempts_forget(pool: &IdentityPool, subject: &str) -> Result<(), StoreError> {
    sqlx::query(
        "delete from identity.sign_in_attempts
         where subject = $1 or at < clock_timestamp() - interval '1 day'",
    )
    .bind(subject)
    .execute(&pool.0)
    .await?;
    Ok(())
}
