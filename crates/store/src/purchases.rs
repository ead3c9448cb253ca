//! Purchases paid from awarded projects: approval policies by version, purchases, and the chain of
//! deeds of each.
use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use serde_json::Value;
use uuid::Uuid;

use crate::{StoreError, TenantTx};

/// One version of an organisation's approval policy.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct PolicyRow {
    /// 1, 2, …
    pub version: i32,
    /// The policy.
    pub body: Value,
    /// Who saved it, as named then.
    pub made_by_name: String,
    /// When.
    pub made_at: DateTime<Utc>,
}

/// What stays the same from request to payment.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct PurchaseRow {
    /// Id.
    pub purchase_id: Uuid,
    /// The awarded project.
    pub application_id: Uuid,
    /// Its budget line.
    pub line_id: String,
    /// Short enough to read over the telephone.
    pub reference: String,
    /// The policy it was requested under.
    pub policy_version: i32,
    /// When.
    pub created_at: DateTime<Utc>,
}

/// One deed.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct ActRow {
    /// Of which purchase.
    pub purchase_id: Uuid,
    /// 1, 2, …
    pub seq: i32,
    /// request, award, …, waive, `declare_interest`, refuse, return.
    pub action: String,
    /// Who.
    pub actor_id: Uuid,
    /// As named then.
    pub actor_name: String,
    /// Roles of membership then, separated by spaces.
    pub actor_role: String,
    /// Estimate, accepted value, invoice or payment.
    pub amount: Option<Decimal>,
    /// Whether the person has an interest.
    pub interest: Option<bool>,
    /// Codes.
    pub reasons: Vec<String>,
    /// Words.
    pub note: String,
    /// What was stated.
    pub content: Value,
    /// By the database's clock.
    pub acted_at: DateTime<Utc>,
}

/// A deed to be recorded.
pub struct NewAct<'a> {
    /// Of which purchase.
    pub purchase_id: Uuid,
    /// The next number.
    pub seq: i32,
    /// What.
    pub action: &'a str,
    /// Who: id, name, roles.
    pub actor: (Uuid, &'a str, &'a str),
    /// Estimate, accepted value, invoice or payment.
    pub amount: Option<Decimal>,
    /// Whether the person has an interest.
    pub interest: Option<bool>,
    /// Codes.
    pub reasons: &'a [String],
    /// Words.
    pub note: &'a str,
    /// What was stated.
    pub content: &'a Value,
}

/// A purchase to be recorded.
pub struct NewPurchase<'a> {
    /// Id.
    pub purchase_id: Uuid,
    /// The awarded project.
    pub application_id: Uuid,
    /// Its budget line.
    pub line_id: &'a str,
    /// Short name.
    pub reference: &'a str,
    /// The policy.
    pub policy_version: i32,
    /// Who.
    pub created_by: Uuid,
}

/// Lets one deed of the tenant's purchases happen at a time: what is left on a budget line and
/// what is summed with what must not change under a check.
pub async fn lock(tx: &mut TenantTx) -> Result<(), StoreError> {
    sqlx::query("select pg_advisory_xact_lock(hashtextextended('purchases ' || $1::text, 0))")
        .bind(tx.tenant_uuid())
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// Versions of the policy, newest first.
pub async fn policies(tx: &mut TenantTx) -> Result<Vec<PolicyRow>, StoreError> {
    Ok(sqlx::query_as(
        "select version, body, made_by_name, made_at from tenant.purchase_policies
         where tenant_id = $1 order by version desc",
    )
    .bind(tx.tenant_uuid())
    .fetch_all(tx.connection())
    .await?)
}

/// Saves the next version; `purchase_policies_pkey` is violated when somebody else was first.
pub async fn policy_insert(
    tx: &mut TenantTx,
    version: i32,
    body: &Value,
    by: (Uuid, &str),
) -> Result<(), StoreError> {
    sqlx::query(
        "insert into tenant.purchase_policies (tenant_id, version, body, made_by, made_by_name)
         values ($1, $2, $3, $4, $5)",
    )
    .bind(tx.tenant_uuid())
    .bind(version)
    .bind(body)
    .bind(by.0)
    .bind(by.1)
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// All purchases of the tenant, oldest first.
pub async fn list(tx: &mut TenantTx) -> Result<Vec<PurchaseRow>, StoreError> {
    Ok(sqlx::query_as(
        "select purchase_id, application_id, line_id, reference, policy_version, created_at
         from tenant.purchases where tenant_id = $1 order by created_at, purchase_id",
    )
    .bind(tx.tenant_uuid())
    .fetch_all(tx.connection())
    .await?)
}

/// All deeds of the tenant's purchases, in order.
pub async fn acts(tx: &mut TenantTx) -> Result<Vec<ActRow>, StoreError> {
    Ok(sqlx::query_as(
        "select purchase_id, seq, action, actor_id, actor_name, actor_role, amount, interest, reasons, note,
                content, acted_at
         from tenant.purchase_acts where tenant_id = $1 order by purchase_id, seq",
    )
    .bind(tx.tenant_uuid())
    .fetch_all(tx.connection())
    .await?)
}

/// Records a purchase.
pub async fn insert(tx: &mut TenantTx, new: &NewPurchase<'_>) -> Result<(), StoreError> {
    sqlx::query(
        "insert into tenant.purchases
             (tenant_id, purchase_id, application_id, line_id, reference, policy_version, created_by)
         values ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(tx.tenant_uuid())
    .bind(new.purchase_id)
    .bind(new.application_id)
    .bind(new.line_id)
    .bind(new.reference)
    .bind(new.policy_version)
    .bind(new.created_by)
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Records a deed; `purchase_acts_pkey` is violated when somebody else was first.
pub async fn act_insert(tx: &mut TenantTx, new: &NewAct<'_>) -> Result<(), StoreError> {
    sqlx::query(
        "insert into tenant.purchase_acts
             (tenant_id, purchase_id, seq, action, actor_id, actor_name, actor_role, amount, interest, reasons,
              note, content)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
    )
    .bind(tx.tenant_uuid())
    .bind(new.purchase_id)
    .bind(new.seq)
    .bind(new.action)
    .bind(new.actor.0)
    .bind(new.actor.1)
    .bind(new.actor.2)
    .bind(new.amount)
    .bind(new.interest)
    .bind(new.reasons)
    .bind(new.note)
    .bind(new.content)
    .execute(tx.connection())
    .await?;
    Ok(())
}
