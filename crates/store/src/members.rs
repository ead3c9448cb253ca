//! Who belongs to an organisation: members and changes of their roles. Reachable only by the identity role; every
//! statement names the organisation, and every change leaves its audit entry in the same transaction.
use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use sqlx::{Postgres, Transaction};
use uuid::Uuid;

use crate::{IdentityPool, StoreError};

/// Somebody who belongs to the organisation.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct MemberRow {
    /// The person.
    pub user_id: Uuid,
    /// Their name, sealed.
    pub name: String,
    /// Their address.
    pub email: String,
    /// Their roles.
    pub roles: Vec<String>,
    /// When the membership ends; none: it stays.
    pub expires_at: Option<DateTime<Utc>>,
    /// Whether a second step is asked for when they sign in.
    pub second_step: bool,
}

/// A change of roles that waits for a second person.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct RoleChangeRow {
    /// Id.
    pub change_id: Uuid,
    /// Whose roles.
    pub user_id: Uuid,
    /// The roles after it.
    pub roles: Vec<String>,
    /// Who asked for it.
    pub asked_by: Uuid,
    /// Their name, sealed.
    pub asker: String,
}

/// Who does something to whom, for the trail.
#[derive(Debug, Clone, Copy)]
pub struct Deed<'a> {
    /// Organisation.
    pub tenant: Uuid,
    /// Who does it.
    pub actor: Uuid,
    /// Their name, sealed.
    pub name: &'a str,
    /// What.
    pub action: &'static str,
}

pub(crate) async fn record(
    tx: &mut Transaction<'static, Postgres>,
    deed: Deed<'_>,
    kind: &str,
    subject: Uuid,
    detail: Value,
) -> Result<(), StoreError> {
    sqlx::query("select identity.record_on($1, $2, $3, $4, $5, $6, $7, $8)")
        .bind(deed.tenant)
        .bind(Uuid::now_v7())
        .bind(deed.actor)
        .bind(deed.name)
        .bind(deed.action)
        .bind(kind)
        .bind(subject)
        .bind(detail)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Everybody who belongs to the organisation.
pub async fn list(pool: &IdentityPool, tenant: Uuid) -> Result<Vec<MemberRow>, StoreError> {
    Ok(sqlx::query_as(
        "select u.user_id, u.name, u.email, m.roles, m.expires_at,
                exists (select from identity.second_factors f
                        where f.user_id = u.user_id and f.confirmed_at is not null) as second_step
         from identity.living_memberships m join identity.users u using (user_id)
         where m.tenant_id = $1 order by u.user_id",
    )
    .bind(tenant)
    .fetch_all(&pool.0)
    .await?)
}

/// Everybody who belongs or belonged to the organisation, with their sealed names.
pub async fn ever(pool: &IdentityPool, tenant: Uuid) -> Result<Vec<(Uuid, String)>, StoreError> {
    Ok(sqlx::query_as(
        "select u.user_id, u.name from identity.memberships m join identity.users u using (user_id)
         where m.tenant_id = $1",
    )
    .bind(tenant)
    .fetch_all(&pool.0)
    .await?)
}

/// Changes of roles that wait for a second person.
pub async fn role_changes(
    pool: &IdentityPool,
    tenant: Uuid,
) -> Result<Vec<RoleChangeRow>, StoreError> {
    Ok(sqlx::query_as(
        "select c.change_id, c.user_id, c.roles, c.asked_by, u.name as asker
         from identity.role_changes c join identity.users u on u.user_id = c.asked_by
         where c.tenant_id = $1 and c.answered_at is null order by c.asked_at, c.change_id",
    )
    .bind(tenant)
    .fetch_all(&pool.0)
    .await?)
}

/// Puts other roles in the place of somebody's. Their sessions for this organisation end, so that nothing goes on
/// under the earlier ones. False when nobody in one of the `signing` roles would be left.
pub async fn change(
    pool: &IdentityPool,
    deed: Deed<'_>,
    user: Uuid,
    roles: &[String],
    signing: &[String],
) -> Result<bool, StoreError> {
    let mut tx = one_at_a_time(pool, deed.tenant).await?;
    put_roles(&mut tx, deed.tenant, user, roles).await?;
    if !is_signed(&mut tx, deed.tenant, signing).await? {
        tx.rollback().await?;
        return Ok(false);
    }
    record(&mut tx, deed, "person", user, json!({"roles": roles})).await?;
    tx.commit().await?;
    Ok(true)
}

/// Two people who take each other's role at one time would leave nobody: changes of an organisation queue.
async fn one_at_a_time(
    pool: &IdentityPool,
    tenant: Uuid,
) -> Result<Transaction<'static, Postgres>, StoreError> {
    let mut tx = pool.0.begin().await?;
    lock(&mut tx, tenant).await?;
    Ok(tx)
}

pub(crate) async fn lock(
    tx: &mut Transaction<'static, Postgres>,
    tenant: Uuid,
) -> Result<(), StoreError> {
    sqlx::query("select pg_advisory_xact_lock(hashtextextended('members:' || $1::text, 0))")
        .bind(tenant)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Whether somebody who stays is in one of these roles.
async fn is_signed(
    tx: &mut Transaction<'static, Postgres>,
    tenant: Uuid,
    signing: &[String],
) -> Result<bool, StoreError> {
    Ok(sqlx::query_scalar(
        "select exists (select from identity.living_memberships
                        where tenant_id = $1 and expires_at is null and roles && $2)",
    )
    .bind(tenant)
    .bind(signing)
    .fetch_one(&mut **tx)
    .await?)
}

async fn put_roles(
    tx: &mut Transaction<'static, Postgres>,
    tenant: Uuid,
    user: Uuid,
    roles: &[String],
) -> Result<(), StoreError> {
    sqlx::query("update identity.memberships set roles = $3 where tenant_id = $1 and user_id = $2")
        .bind(tenant)
        .bind(user)
        .bind(roles)
        .execute(&mut **tx)
        .await?;
    end_sessions(tx, tenant, user).await
}

async fn end_sessions(
    tx: &mut Transaction<'static, Postgres>,
    tenant: Uuid,
    user: Uuid,
) -> Result<(), StoreError> {
    sqlx::query(
        "update identity.sessions set revoked_at = clock_timestamp()
         where tenant_id = $1 and user_id = $2 and revoked_at is null",
    )
    .bind(tenant)
    .bind(user)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Asks for a change of roles that a second person confirms.
pub async fn change_ask(
    pool: &IdentityPool,
    deed: Deed<'_>,
    user: Uuid,
    roles: &[String],
) -> Result<(), StoreError> {
    let mut tx = pool.0.begin().await?;
    sqlx::query(
        "insert into identity.role_changes (change_id, tenant_id, user_id, roles, asked_by)
         values ($1, $2, $3, $4, $5)",
    )
    .bind(Uuid::now_v7())
    .bind(deed.tenant)
    .bind(user)
    .bind(roles)
    .bind(deed.actor)
    .execute(&mut *tx)
    .await?;
    record(&mut tx, deed, "person", user, json!({"roles": roles})).await?;
    tx.commit().await?;
    Ok(())
}

/// Answers a change that waits; false when there is none, or the actor asked for it and would confirm it.
pub async fn change_answer(
    pool: &IdentityPool,
    deed: Deed<'_>,
    change: Uuid,
    confirmed: bool,
    signing: &[String],
) -> Result<bool, StoreError> {
    let mut tx = one_at_a_time(pool, deed.tenant).await?;
    let answered: Option<(Uuid, Vec<String>)> = sqlx::query_as(
        "update identity.role_changes set answered_by = $3, answered_at = clock_timestamp(), confirmed = $4
         where change_id = $1 and tenant_id = $2 and answered_at is null and asked_by <> $3 and user_id <> $3
         returning user_id, roles",
    )
    .bind(change)
    .bind(deed.tenant)
    .bind(deed.actor)
    .bind(confirmed)
    .fetch_optional(&mut *tx)
    .await?;
    let Some((user, roles)) = answered else {
        tx.rollback().await?;
        return Ok(false);
    };
    if confirmed {
        put_roles(&mut tx, deed.tenant, user, &roles).await?;
        if !is_signed(&mut tx, deed.tenant, signing).await? {
            tx.rollback().await?;
            return Ok(false);
        }
    }
    let detail = json!({"roles": roles, "confirmed": confirmed});
    record(&mut tx, deed, "person", user, detail).await?;
    tx.commit().await?;
    Ok(true)
}

/// Ends somebody's membership at once; false when nobody in one of the `signing` roles would be left.
pub async fn end(
    pool: &IdentityPool,
    deed: Deed<'_>,
    user: Uuid,
    signing: &[String],
) -> Result<bool, StoreError> {
    let mut tx = one_at_a_time(pool, deed.tenant).await?;
    let done = sqlx::query(
        "update identity.memberships set expires_at = clock_timestamp()
         where tenant_id = $1 and user_id = $2 and (expires_at is null or expires_at > clock_timestamp())",
    )
    .bind(deed.tenant)
    .bind(user)
    .execute(&mut *tx)
    .await?;
    if done.rows_affected() == 0 || !is_signed(&mut tx, deed.tenant, signing).await? {
        tx.rollback().await?;
        return Ok(false);
    }
    end_sessions(&mut tx, deed.tenant, user).await?;
    record(&mut tx, deed, "person", user, json!({})).await?;
    tx.commit().await?;
    Ok(true)
}
