//! Users, memberships, sessions and sign-in attempts: reachable only by the identity role, because
//! sign-in happens before a tenant is known.
use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{IdentityPool, StoreError};

/// What sign-in needs of a user.
#[derive(Debug, sqlx::FromRow)]
pub struct UserRow {
    /// Id.
    pub user_id: Uuid,
    /// argon2id hash in PHC form.
    pub password_hash: String,
}

/// A living session with the tenant it acts for.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct SessionRow {
    /// The person.
    pub user_id: Uuid,
    /// Their name.
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

/// One tenant a person belongs to.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct MembershipRow {
    /// The tenant.
    pub tenant_id: Uuid,
    /// Its kind.
    pub kind: String,
    /// English name.
    pub name_en: String,
    /// Chinese name.
    pub name_zh: String,
    /// Made up for demonstration.
    pub fictional: bool,
    /// Roles in it.
    pub roles: Vec<String>,
}

/// A demonstration user, listed on the sign-in page of the embedded default.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct DemoUserRow {
    /// E-mail address.
    pub email: String,
    /// Name.
    pub name: String,
    /// English name of the tenant.
    pub tenant_en: String,
    /// Chinese name of the tenant.
    pub tenant_zh: String,
    /// Kind of the tenant.
    pub kind: String,
    /// Roles in it.
    pub roles: Vec<String>,
}

/// The user with this lower-case address.
pub async fn user_by_email(
    pool: &IdentityPool,
    email: &str,
) -> Result<Option<UserRow>, StoreError> {
    Ok(
        sqlx::query_as("select user_id, password_hash from identity.users where email = $1")
            .bind(email)
            .fetch_optional(&pool.0)
            .await?,
    )
}

/// Starts a session for the user's first membership (by tenant name); none when there is none.
pub async fn session_start(
    pool: &IdentityPool,
    secret_hash: &[u8],
    user: Uuid,
    hours: i32,
) -> Result<bool, StoreError> {
    let started = sqlx::query(
        "insert into identity.sessions (secret_hash, user_id, tenant_id, expires_at)
         select $1, m.user_id, m.tenant_id, clock_timestamp() + make_interval(hours => $3)
         from identity.memberships m join identity.tenants t using (tenant_id)
         where m.user_id = $2 and (m.expires_at is null or m.expires_at > clock_timestamp())
         order by t.name_en, t.tenant_id limit 1",
    )
    .bind(secret_hash)
    .bind(user)
    .bind(hours)
    .execute(&pool.0)
    .await?;
    Ok(started.rows_affected() == 1)
}

/// The living session with this secret.
pub async fn session_find(
    pool: &IdentityPool,
    secret_hash: &[u8],
) -> Result<Option<SessionRow>, StoreError> {
    Ok(sqlx::query_as(
        "select s.user_id, u.name, u.email, s.tenant_id, t.kind, m.roles
         from identity.sessions s
         join identity.users u using (user_id)
         join identity.memberships m using (user_id, tenant_id)
         join identity.tenants t using (tenant_id)
         where s.secret_hash = $1 and s.revoked_at is null and s.expires_at > clock_timestamp()
           and (m.expires_at is null or m.expires_at > clock_timestamp())",
    )
    .bind(secret_hash)
    .fetch_optional(&pool.0)
    .await?)
}

/// Ends a session at once.
pub async fn session_revoke(pool: &IdentityPool, secret_hash: &[u8]) -> Result<(), StoreError> {
    sqlx::query(
        "update identity.sessions set revoked_at = clock_timestamp()
         where secret_hash = $1 and revoked_at is null",
    )
    .bind(secret_hash)
    .execute(&pool.0)
    .await?;
    Ok(())
}

/// Replaces a session by a new one (new secret) acting for another of the user's tenants.
pub async fn session_switch(
    pool: &IdentityPool,
    old_hash: &[u8],
    new_hash: &[u8],
    tenant: Uuid,
) -> Result<bool, StoreError> {
    let mut tx = pool.0.begin().await?;
    let moved = sqlx::query(
        "insert into identity.sessions (secret_hash, user_id, tenant_id, expires_at)
         select $2, m.user_id, m.tenant_id, s.expires_at
         from identity.sessions s join identity.memberships m using (user_id)
         where s.secret_hash = $1 and s.revoked_at is null and s.expires_at > clock_timestamp()
           and m.tenant_id = $3
           and (m.expires_at is null or m.expires_at > clock_timestamp())",
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
    tx.commit().await?;
    Ok(true)
}

/// Every tenant a person belongs to, by name.
pub async fn memberships(
    pool: &IdentityPool,
    user: Uuid,
) -> Result<Vec<MembershipRow>, StoreError> {
    Ok(sqlx::query_as(
        "select t.tenant_id, t.kind, t.name_en, t.name_zh, t.fictional, m.roles
         from identity.memberships m join identity.tenants t using (tenant_id)
         where m.user_id = $1 and (m.expires_at is null or m.expires_at > clock_timestamp())
         order by t.name_en, t.tenant_id",
    )
    .bind(user)
    .fetch_all(&pool.0)
    .await?)
}

/// Counts a guess against each subject (account, address) and returns the highest count within the
/// window, this guess included.
pub async fn attempt_count(
    pool: &IdentityPool,
    subjects: &[String],
    window_minutes: i32,
) -> Result<i64, StoreError> {
    let mut highest = 0;
    for subject in subjects {
        sqlx::query("insert into identity.sign_in_attempts (attempt_id, subject) values ($1, $2)")
            .bind(Uuid::now_v7())
            .bind(subject)
            .execute(&pool.0)
            .await?;
        let count: i64 = sqlx::query_scalar(
            "select count(*) from identity.sign_in_attempts
             where subject = $1 and at > clock_timestamp() - make_interval(mins => $2)",
        )
        .bind(subject)
        .bind(window_minutes)
        .fetch_one(&pool.0)
        .await?;
        highest = highest.max(count);
    }
    Ok(highest)
}

/// Forgets the guesses against a subject, after a sign-in that succeeded.
pub async fn attempts_forget(pool: &IdentityPool, subject: &str) -> Result<(), StoreError> {
    sqlx::query("delete from identity.sign_in_attempts where subject = $1")
        .bind(subject)
        .execute(&pool.0)
        .await?;
    Ok(())
}

/// The demonstration users, for the sign-in page.
pub async fn demo_users(pool: &IdentityPool) -> Result<Vec<DemoUserRow>, StoreError> {
    Ok(sqlx::query_as(
        "select u.email, u.name, t.name_en as tenant_en, t.name_zh as tenant_zh, t.kind, m.roles
         from identity.users u join identity.memberships m using (user_id)
         join identity.tenants t using (tenant_id)
         where u.demo order by t.kind desc, t.name_en, u.email",
    )
    .fetch_all(&pool.0)
    .await?)
}

/// The database's clock: the only one that judges a deadline.
pub async fn clock(pool: &IdentityPool) -> Result<DateTime<Utc>, StoreError> {
    Ok(sqlx::query_scalar("select clock_timestamp()")
        .fetch_one(&pool.0)
        .await?)
}

/// A person's e-mail address.
pub async fn email_of(pool: &IdentityPool, user: Uuid) -> Result<Option<String>, StoreError> {
    Ok(
        sqlx::query_scalar("select email from identity.users where user_id = $1")
            .bind(user)
            .fetch_optional(&pool.0)
            .await?,
    )
}
