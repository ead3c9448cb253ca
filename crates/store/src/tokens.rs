//! API tokens: reachable only by the identity role. Secrets are kept as hashes; making and ending one leaves its
//! audit entry in the same transaction.
use chrono::{DateTime, Utc};
use serde_json::Value;
use sqlx::{Postgres, Transaction};
use uuid::Uuid;

use crate::{IdentityPool, StoreError};

/// A token as its owner sees it.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct TokenRow {
    /// Id, which opens nothing.
    pub token_id: Uuid,
    /// By which it is recognised.
    pub prefix: String,
    /// What its owner calls it.
    pub name: String,
    /// What it may be used for.
    pub scopes: Vec<String>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// From when on it opens nothing.
    pub expires_at: DateTime<Utc>,
    /// When it was last used, to a minute.
    pub last_used_at: Option<DateTime<Utc>>,
}

/// Whom a living token stands for.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct TokenHolderRow {
    /// By which it is recognised.
    pub prefix: String,
    /// What it may be used for.
    pub scopes: Vec<String>,
    /// Its owner.
    pub user_id: Uuid,
    /// Their name.
    pub name: String,
    /// The organisation it was made for.
    pub tenant_id: Uuid,
    /// Its kind.
    pub kind: String,
    /// The owner's roles in it now.
    pub roles: Vec<String>,
}

/// What is kept of a new token.
pub struct NewToken<'a> {
    /// Id.
    pub token: Uuid,
    /// Hash of its secret.
    pub secret_hash: &'a [u8],
    /// By which it is recognised.
    pub prefix: &'a str,
    /// Whose.
    pub user: Uuid,
    /// Their name, for the audit trail.
    pub user_name: &'a str,
    /// For which organisation.
    pub tenant: Uuid,
    /// What its owner calls it.
    pub name: &'a str,
    /// What it may be used for.
    pub scopes: &'a [String],
    /// How long it lasts.
    pub days: i32,
    /// Living tokens that its owner may have for the organisation, this one included.
    pub most: i64,
}

async fn record(
    tx: &mut Transaction<'static, Postgres>,
    tenant: Uuid,
    (user, name): (Uuid, &str),
    action: &str,
    detail: Value,
) -> Result<(), StoreError> {
    sqlx::query("select identity.record($1, $2, $3, $4, $5, $6)")
        .bind(tenant)
        .bind(Uuid::now_v7())
        .bind(user)
        .bind(name)
        .bind(action)
        .bind(detail)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Keeps a new token; none when its owner has too many already.
pub async fn make(pool: &IdentityPool, new: &NewToken<'_>) -> Result<Option<TokenRow>, StoreError> {
    let mut tx = pool.0.begin().await?;
    let made: Option<TokenRow> = sqlx::query_as(
        "insert into identity.api_tokens
             (token_id, secret_hash, prefix, user_id, tenant_id, name, scopes, expires_at)
         select $1, $2, $3, $4, $5, $6, $7, clock_timestamp() + make_interval(days => $8)
         where (select count(*) from identity.api_tokens
                where user_id = $4 and tenant_id = $5 and ended_at is null
                  and expires_at > clock_timestamp()) < $9
         returning token_id, prefix, name, scopes, created_at, expires_at, last_used_at",
    )
    .bind(new.token)
    .bind(new.secret_hash)
    .bind(new.prefix)
    .bind(new.user)
    .bind(new.tenant)
    .bind(new.name)
    .bind(new.scopes)
    .bind(new.days)
    .bind(new.most)
    .fetch_optional(&mut *tx)
    .await?;
    let Some(made) = made else {
        tx.rollback().await?;
        return Ok(None);
    };
    let detail = serde_json::json!({
        "token": made.prefix, "scopes": made.scopes, "expires_at": made.expires_at,
    });
    let owner = (new.user, new.user_name);
    record(&mut tx, new.tenant, owner, "token_make", detail).await?;
    tx.commit().await?;
    Ok(Some(made))
}

/// A person's living tokens for one organisation, newest first.
pub async fn of_person(
    pool: &IdentityPool,
    user: Uuid,
    tenant: Uuid,
) -> Result<Vec<TokenRow>, StoreError> {
    Ok(sqlx::query_as(
        "select token_id, prefix, name, scopes, created_at, expires_at, last_used_at
         from identity.api_tokens
         where user_id = $1 and tenant_id = $2 and ended_at is null and expires_at > clock_timestamp()
         order by token_id desc",
    )
    .bind(user)
    .bind(tenant)
    .fetch_all(&pool.0)
    .await?)
}

/// Ends one of a person's tokens at once; false when there is none of this id.
pub async fn end(
    pool: &IdentityPool,
    (user, name): (Uuid, &str),
    tenant: Uuid,
    token: Uuid,
) -> Result<bool, StoreError> {
    let mut tx = pool.0.begin().await?;
    let prefix: Option<String> = sqlx::query_scalar(
        "update identity.api_tokens set ended_at = clock_timestamp()
         where token_id = $3 and user_id = $1 and tenant_id = $2 and ended_at is null
         returning prefix",
    )
    .bind(user)
    .bind(tenant)
    .bind(token)
    .fetch_optional(&mut *tx)
    .await?;
    let Some(prefix) = prefix else {
        tx.rollback().await?;
        return Ok(false);
    };
    let detail = serde_json::json!({"token": prefix});
    record(&mut tx, tenant, (user, name), "token_end", detail).await?;
    tx.commit().await?;
    Ok(true)
}

/// Whom the living token with this secret stands for. Its use is noted once a minute.
pub async fn find(
    pool: &IdentityPool,
    secret_hash: &[u8],
) -> Result<Option<TokenHolderRow>, StoreError> {
    Ok(sqlx::query_as(
        "with used as (
             update identity.api_tokens set last_used_at = clock_timestamp()
             where secret_hash = $1 and ended_at is null and expires_at > clock_timestamp()
               and (last_used_at is null or last_used_at < clock_timestamp() - interval '1 minute'))
         select k.prefix, k.scopes, k.user_id, u.name, k.tenant_id, t.kind, m.roles
         from identity.api_tokens k
         join identity.users u using (user_id)
         join identity.memberships m using (user_id, tenant_id)
         join identity.tenants t using (tenant_id)
         where k.secret_hash = $1 and k.ended_at is null and k.expires_at > clock_timestamp()
           and (m.expires_at is null or m.expires_at > clock_timestamp())",
    )
    .bind(secret_hash)
    .fetch_optional(&pool.0)
    .await?)
}
