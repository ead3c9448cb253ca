//! Users and memberships: reachable only by the identity role, because sign-in happens before a tenant is
//! known.
use chrono::{DateTime, Utc};
use sqlx::{Postgres, Transaction};
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

/// The stored hash of a person's password.
pub async fn password_of(pool: &IdentityPool, user: Uuid) -> Result<Option<String>, StoreError> {
    Ok(
        sqlx::query_scalar("select password_hash from identity.users where user_id = $1")
            .bind(user)
            .fetch_optional(&pool.0)
            .await?,
    )
}

/// Puts a new hash in the place of the one that was verified; false when somebody else was faster.
pub async fn password_replace(
    pool: &IdentityPool,
    user: Uuid,
    old: &str,
    new: &str,
) -> Result<bool, StoreError> {
    let changed = sqlx::query(
        "update identity.users set password_hash = $3 where user_id = $1 and password_hash = $2",
    )
    .bind(user)
    .bind(old)
    .bind(new)
    .execute(&pool.0)
    .await?;
    Ok(changed.rows_affected() == 1)
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

/// Every tenant a person belongs to, by name.
pub async fn memberships(
    pool: &IdentityPool,
    user: Uuid,
) -> Result<Vec<MembershipRow>, StoreError> {
    Ok(sqlx::query_as(
        "select t.tenant_id, t.kind, t.name_en, t.name_zh, t.fictional, m.roles
         from identity.living_memberships m join identity.tenants t using (tenant_id)
         where m.user_id = $1
         order by t.name_en, t.tenant_id",
    )
    .bind(user)
    .fetch_all(&pool.0)
    .await?)
}

/// The demonstration users, for the sign-in page.
pub async fn demo_users(pool: &IdentityPool) -> Result<Vec<DemoUserRow>, StoreError> {
    Ok(sqlx::query_as(
        "select u.email, u.name, t.name_en as tenant_en, t.name_zh as tenant_zh, t.kind, m.roles
         from identity.users u join identity.memberships m using (user_id)
         join identity.tenants t using (tenant_id)
         where u.demo and u.erased_at is null order by t.kind desc, t.name_en, u.email",
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

/// A person's name, sealed.
pub async fn name_of(pool: &IdentityPool, user: Uuid) -> Result<Option<String>, StoreError> {
    Ok(
        sqlx::query_scalar("select name from identity.users where user_id = $1")
            .bind(user)
            .fetch_optional(&pool.0)
            .await?,
    )
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

/// Takes a person's turn until the transaction ends: whoever begins one of their sessions and whoever ends them wait
/// for each other, so that none slips through.
pub(crate) async fn lock_person(
    tx: &mut Transaction<'static, Postgres>,
    user: Uuid,
) -> Result<(), StoreError> {
    sqlx::query("select 1 from identity.users where user_id = $1 for no key update")
        .bind(user)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// The same for whoever holds this secret.
pub(crate) async fn lock_holder(
    tx: &mut Transaction<'static, Postgres>,
    secret_hash: &[u8],
) -> Result<(), StoreError> {
    sqlx::query(
        "select 1 from identity.users u join identity.sessions s using (user_id)
         where s.secret_hash = $1 for no key update of u",
    )
    .bind(secret_hash)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Ends every session that was begun with a link or a passkey that is taken away, but the one that asks.
pub(crate) async fn end_begun_with(
    tx: &mut Transaction<'static, Postgres>,
    begun_with: Uuid,
    but_hash: &[u8],
) -> Result<(), StoreError> {
    sqlx::query(
        "update identity.sessions set revoked_at = clock_timestamp()
         where begun_with = $1 and secret_hash <> $2 and revoked_at is null",
    )
    .bind(begun_with)
    .bind(but_hash)
    .execute(&mut **tx)
    .await?;
    Ok(())
}
