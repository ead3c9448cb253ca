//! Decisions that need a second person: what one person proposes, and what another answers.
use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use serde_json::Value;
use uuid::Uuid;

use crate::{StoreError, TenantTx};

/// A proposed decision with its answer, where there is one.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct ProposalRow {
    /// Id.
    pub proposal_id: Uuid,
    /// Frozen version it is about.
    pub submission_id: Uuid,
    /// The decision that stood when it was proposed.
    pub follows: Option<Uuid>,
    /// Outcome name.
    pub outcome: String,
    /// Total to be awarded.
    pub amount: Decimal,
    /// `[{"line":"b1","amount":"12.00"}]`, as proposed.
    pub lines: Value,
    /// Coded reasons.
    pub reason_codes: Vec<String>,
    /// The reason in words.
    pub reason: String,
    /// Conditions.
    pub conditions: String,
    /// Whether it departs from the adopted order.
    pub departs_from_rank: bool,
    /// Why it departs.
    pub departure_reason: String,
    /// Who proposes.
    pub proposed_by: Uuid,
    /// Name as it was then.
    pub proposed_by_name: String,
    /// When.
    pub proposed_at: DateTime<Utc>,
    /// What the second person said.
    pub confirmed: Option<bool>,
    /// Note of the second person.
    pub note: Option<String>,
    /// Who answered.
    pub answered_by_name: Option<String>,
    /// When it was answered.
    pub answered_at: Option<DateTime<Utc>>,
}

/// A decision to be proposed.
pub struct NewProposal<'a> {
    /// Id.
    pub proposal_id: Uuid,
    /// Frozen version it is about.
    pub submission_id: Uuid,
    /// The decision that stands now.
    pub follows: Option<Uuid>,
    /// Outcome name.
    pub outcome: &'a str,
    /// Total to be awarded.
    pub amount: Decimal,
    /// As proposed.
    pub lines: &'a Value,
    /// Coded reasons.
    pub reason_codes: &'a [String],
    /// The reason in words.
    pub reason: &'a str,
    /// Conditions.
    pub conditions: &'a str,
    /// Why it departs from the adopted order; none when it does not.
    pub departure_reason: Option<&'a str>,
    /// Who proposes.
    pub proposed_by: (Uuid, &'a str),
}

const PROPOSAL: &str = "select p.proposal_id, p.submission_id, p.follows, p.outcome, p.amount, p.lines, p.reason_codes, \
     p.reason, p.conditions, p.departs_from_rank, p.departure_reason, p.proposed_by, p.proposed_by_name, \
     p.proposed_at, a.confirmed, a.note, a.answered_by_name, a.answered_at \
     from tenant.decision_proposals p left join tenant.decision_answers a using (tenant_id, proposal_id)";

/// The proposals on several submissions, newest first.
pub async fn list(tx: &mut TenantTx, submissions: &[Uuid]) -> Result<Vec<ProposalRow>, StoreError> {
    Ok(sqlx::query_as(sqlx::AssertSqlSafe(format!(
        "{PROPOSAL} where p.tenant_id = $1 and p.submission_id = any($2)
         order by p.submission_id, p.proposal_id desc"
    )))
    .bind(tx.tenant_uuid())
    .bind(submissions)
    .fetch_all(tx.connection())
    .await?)
}

/// Proposals without an answer, oldest first.
pub async fn unanswered(tx: &mut TenantTx) -> Result<Vec<ProposalRow>, StoreError> {
    Ok(sqlx::query_as(sqlx::AssertSqlSafe(format!(
        "{PROPOSAL} where p.tenant_id = $1 and a.proposal_id is null order by p.proposal_id"
    )))
    .bind(tx.tenant_uuid())
    .fetch_all(tx.connection())
    .await?)
}

/// One proposal.
pub async fn find(tx: &mut TenantTx, proposal: Uuid) -> Result<Option<ProposalRow>, StoreError> {
    Ok(sqlx::query_as(sqlx::AssertSqlSafe(format!(
        "{PROPOSAL} where p.tenant_id = $1 and p.proposal_id = $2"
    )))
    .bind(tx.tenant_uuid())
    .bind(proposal)
    .fetch_optional(tx.connection())
    .await?)
}

/// Proposes a decision.
pub async fn insert(tx: &mut TenantTx, new: &NewProposal<'_>) -> Result<(), StoreError> {
    sqlx::query(
        "insert into tenant.decision_proposals
             (tenant_id, proposal_id, submission_id, follows, outcome, amount, lines, reason_codes, reason,
              conditions, departs_from_rank, departure_reason, proposed_by, proposed_by_name)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
    )
    .bind(tx.tenant_uuid())
    .bind(new.proposal_id)
    .bind(new.submission_id)
    .bind(new.follows)
    .bind(new.outcome)
    .bind(new.amount)
    .bind(new.lines)
    .bind(new.reason_codes)
    .bind(new.reason)
    .bind(new.conditions)
    .bind(new.departure_reason.is_some())
    .bind(new.departure_reason.unwrap_or_default())
    .bind(new.proposed_by.0)
    .bind(new.proposed_by.1)
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Answers a proposal, once; `decision_answers_other_person` is violated by the proposer.
pub async fn answer(
    tx: &mut TenantTx,
    proposal: Uuid,
    confirmed: bool,
    note: &str,
    by: (Uuid, &str),
) -> Result<(), StoreError> {
    let changed = sqlx::query(
        "insert into tenant.decision_answers
             (tenant_id, proposal_id, confirmed, note, answered_by, answered_by_name)
         values ($1, $2, $3, $4, $5, $6)
         on conflict on constraint decision_answers_pkey do nothing",
    )
    .bind(tx.tenant_uuid())
    .bind(proposal)
    .bind(confirmed)
    .bind(note)
    .bind(by.0)
    .bind(by.1)
    .execute(tx.connection())
    .await?;
    if changed.rows_affected() == 1 {
        Ok(())
    } else {
        Err(StoreError::VersionConflict)
    }
}
