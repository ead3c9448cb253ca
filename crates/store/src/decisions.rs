//! Decisions: a chain in which each supersedes the one before.
use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use uuid::Uuid;

use crate::{StoreError, TenantTx};

/// A decision.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct DecisionRow {
    /// Id.
    pub decision_id: Uuid,
    /// Frozen version it is about.
    pub submission_id: Uuid,
    /// 1, 2, …
    pub sequence: i32,
    /// The one it replaces.
    pub supersedes: Option<Uuid>,
    /// Outcome name.
    pub outcome: String,
    /// Total awarded.
    pub amount: Decimal,
    /// Coded reasons.
    pub reason_codes: Vec<String>,
    /// The reason in words.
    pub reason: String,
    /// Conditions.
    pub conditions: String,
    /// Whether it departs from the proposed order.
    pub departs_from_rank: bool,
    /// Why it departs.
    pub departure_reason: String,
    /// Who decided, as named then.
    pub decided_by_name: String,
    /// The second person, where one was needed.
    pub confirmed_by_name: Option<String>,
    /// When.
    pub decided_at: DateTime<Utc>,
}

/// A decision to be recorded.
pub struct NewDecision<'a> {
    /// Id.
    pub decision_id: Uuid,
    /// Frozen version it is about.
    pub submission_id: Uuid,
    /// 1, 2, …
    pub sequence: i32,
    /// The one it replaces.
    pub supersedes: Option<Uuid>,
    /// Outcome name.
    pub outcome: &'a str,
    /// Total awarded.
    pub amount: Decimal,
    /// Coded reasons.
    pub reason_codes: &'a [String],
    /// The reason in words.
    pub reason: &'a str,
    /// Conditions.
    pub conditions: &'a str,
    /// Why it departs from the adopted order; none when it does not.
    pub departure_reason: Option<&'a str>,
    /// Who decides.
    pub decided_by: (Uuid, &'a str),
    /// The second person, where one is needed.
    pub confirmed_by: Option<(Uuid, &'a str)>,
}

const DECISION: &str = "select decision_id, submission_id, sequence, supersedes, outcome, amount, reason_codes, \
     reason, conditions, departs_from_rank, departure_reason, decided_by_name, confirmed_by_name, decided_at \
     from tenant.decisions";

/// The chain of each submission, newest first.
pub async fn chains(
    tx: &mut TenantTx,
    submissions: &[Uuid],
) -> Result<Vec<DecisionRow>, StoreError> {
    Ok(sqlx::query_as(sqlx::AssertSqlSafe(format!(
        "{DECISION} where tenant_id = $1 and submission_id = any($2)
         order by submission_id, sequence desc"
    )))
    .bind(tx.tenant_uuid())
    .bind(submissions)
    .fetch_all(tx.connection())
    .await?)
}

/// One decision.
pub async fn find(tx: &mut TenantTx, decision: Uuid) -> Result<Option<DecisionRow>, StoreError> {
    Ok(sqlx::query_as(sqlx::AssertSqlSafe(format!(
        "{DECISION} where tenant_id = $1 and decision_id = $2"
    )))
    .bind(tx.tenant_uuid())
    .bind(decision)
    .fetch_optional(tx.connection())
    .await?)
}

/// Adds to the chain; `decisions_chain_key` is violated when somebody else was first.
pub async fn insert(tx: &mut TenantTx, new: &NewDecision<'_>) -> Result<(), StoreError> {
    sqlx::query(
        "insert into tenant.decisions
             (tenant_id, decision_id, submission_id, sequence, supersedes, outcome, amount, reason_codes, reason,
              conditions, departs_from_rank, departure_reason, decided_by, decided_by_name, confirmed_by,
              confirmed_by_name)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
    )
    .bind(tx.tenant_uuid())
    .bind(new.decision_id)
    .bind(new.submission_id)
    .bind(new.sequence)
    .bind(new.supersedes)
    .bind(new.outcome)
    .bind(new.amount)
    .bind(new.reason_codes)
    .bind(new.reason)
    .bind(new.conditions)
    .bind(new.departure_reason.is_some())
    .bind(new.departure_reason.unwrap_or_default())
    .bind(new.decided_by.0)
    .bind(new.decided_by.1)
    .bind(new.confirmed_by.map(|(id, _)| id))
    .bind(new.confirmed_by.map(|(_, name)| name))
    .execute(tx.connection())
    .await?;
    Ok(())
}
