//! The funder's side: delivered copies, their money cells and shares, statuses sent back.
use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use serde_json::Value;
use uuid::Uuid;

use crate::{StoreError, TenantTx};

/// A delivered copy.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct ReceivedRow {
    /// Id of the frozen version.
    pub submission_id: Uuid,
    /// Round.
    pub round_id: Uuid,
    /// Who applies.
    pub applicant_tenant_id: Uuid,
    /// Application it is a version of.
    pub application_id: Uuid,
    /// `DF-26-001`.
    pub reference: String,
    /// 1, 2, …
    pub version_no: i32,
    /// Canonical JSON.
    pub document: String,
    /// Its SHA-256.
    pub sha256: String,
    /// By the database's clock.
    pub received_at: DateTime<Utc>,
    /// English name.
    pub applicant_en: String,
    /// Chinese name.
    pub applicant_zh: String,
    /// Size band name.
    pub size_band: String,
    /// English title.
    pub title_en: String,
    /// Chinese title.
    pub title_zh: String,
    /// Sum of the grant cells.
    pub ask: Decimal,
    /// Sum of all cells.
    pub total_cost: Decimal,
}

/// One cell of money.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct CellRow {
    /// Budget line.
    pub line_id: String,
    /// `2026-27`.
    pub financial_year: String,
    /// `grant`, `own`, `other:…`, `in_kind`.
    pub source: String,
    /// Whole cents.
    pub amount: Decimal,
}

/// A share over a district or service area.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct ShareRow {
    /// Frozen version.
    pub submission_id: Uuid,
    /// `district` or `service_area`.
    pub kind: String,
    /// Code of the district or area.
    pub code: String,
    /// Above 0, at most 1.
    pub share: Decimal,
}

const RECEIVED: &str = "select submission_id, round_id, applicant_tenant_id, application_id, reference, \
     version_no, document, sha256, received_at, applicant_en, applicant_zh, size_band, title_en, title_zh, \
     ask, total_cost from tenant.received_submissions r";

/// Only the newest version of an application that was not withdrawn is worked on.
const CURRENT: &str = "not r.withdrawn and not exists (select from tenant.received_submissions later \
     where later.tenant_id = r.tenant_id and later.application_id = r.application_id \
       and later.version_no > r.version_no)";

/// Current copies of a round by reference, after a reference.
pub async fn list(
    tx: &mut TenantTx,
    round: Uuid,
    first: i64,
    after: Option<&str>,
) -> Result<Vec<ReceivedRow>, StoreError> {
    Ok(sqlx::query_as(sqlx::AssertSqlSafe(format!(
        "{RECEIVED} where r.tenant_id = $1 and r.round_id = $2 and {CURRENT}
           and ($3::text is null or r.reference > $3)
         order by r.reference limit $4"
    )))
    .bind(tx.tenant_uuid())
    .bind(round)
    .bind(after)
    .bind(first)
    .fetch_all(tx.connection())
    .await?)
}

/// One delivered copy.
pub async fn find(tx: &mut TenantTx, submission: Uuid) -> Result<Option<ReceivedRow>, StoreError> {
    Ok(sqlx::query_as(sqlx::AssertSqlSafe(format!(
        "{RECEIVED} where r.tenant_id = $1 and r.submission_id = $2"
    )))
    .bind(tx.tenant_uuid())
    .bind(submission)
    .fetch_optional(tx.connection())
    .await?)
}

/// Those of these that are there.
pub async fn find_all(
    tx: &mut TenantTx,
    submissions: &[Uuid],
) -> Result<Vec<ReceivedRow>, StoreError> {
    Ok(sqlx::query_as(sqlx::AssertSqlSafe(format!(
        "{RECEIVED} where r.tenant_id = $1 and r.submission_id = any ($2)"
    )))
    .bind(tx.tenant_uuid())
    .bind(submissions)
    .fetch_all(tx.connection())
    .await?)
}

/// Whether a copy is the newest of its application and not withdrawn.
pub async fn is_current(tx: &mut TenantTx, submission: Uuid) -> Result<bool, StoreError> {
    Ok(sqlx::query_scalar(sqlx::AssertSqlSafe(format!(
        "select exists (select from tenant.received_submissions r
                        where r.tenant_id = $1 and r.submission_id = $2 and {CURRENT})"
    )))
    .bind(tx.tenant_uuid())
    .bind(submission)
    .fetch_one(tx.connection())
    .await?)
}

/// The cells as asked.
pub async fn cells_asked(tx: &mut TenantTx, submission: Uuid) -> Result<Vec<CellRow>, StoreError> {
    Ok(sqlx::query_as(
        "select line_id, financial_year, source, amount from tenant.money_cells
         where tenant_id = $1 and submission_id = $2 and stage = 'asked'
         order by line_id, financial_year, source",
    )
    .bind(tx.tenant_uuid())
    .bind(submission)
    .fetch_all(tx.connection())
    .await?)
}

/// Approved cells of one decision of the chain.
pub async fn cells_approve(
    tx: &mut TenantTx,
    submission: Uuid,
    sequence: i32,
    cells: &[CellRow],
) -> Result<(), StoreError> {
    for cell in cells {
        sqlx::query(
            "insert into tenant.money_cells
                 (tenant_id, submission_id, stage, stage_no, line_id, financial_year, source, amount)
             values ($1, $2, 'approved', $3, $4, $5, $6, $7)",
        )
        .bind(tx.tenant_uuid())
        .bind(submission)
        .bind(sequence)
        .bind(&cell.line_id)
        .bind(&cell.financial_year)
        .bind(&cell.source)
        .bind(cell.amount)
        .execute(tx.connection())
        .await?;
    }
    Ok(())
}

/// Shares of several submissions.
pub async fn shares(tx: &mut TenantTx, submissions: &[Uuid]) -> Result<Vec<ShareRow>, StoreError> {
    Ok(sqlx::query_as(
        "select submission_id, kind, code, share from tenant.submission_shares
         where tenant_id = $1 and submission_id = any($2)
         order by submission_id, kind, share desc, code",
    )
    .bind(tx.tenant_uuid())
    .bind(submissions)
    .fetch_all(tx.connection())
    .await?)
}

/// Tells the applicant what happened.
pub async fn status_deliver(
    tx: &mut TenantTx,
    submission: Uuid,
    code: &str,
    params: &Value,
) -> Result<(), StoreError> {
    sqlx::query("select tenant.status_deliver($1, $2, $3, $4)")
        .bind(submission)
        .bind(Uuid::now_v7())
        .bind(code)
        .bind(params)
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// An approved cell.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct ApprovedCellRow {
    /// Frozen version.
    pub submission_id: Uuid,
    /// Decision of the chain.
    pub stage_no: i32,
    /// Budget line.
    pub line_id: String,
    /// Whole cents.
    pub amount: Decimal,
}

/// The approved cells of several submissions.
pub async fn cells_approved(
    tx: &mut TenantTx,
    submissions: &[Uuid],
) -> Result<Vec<ApprovedCellRow>, StoreError> {
    Ok(sqlx::query_as(
        "select submission_id, stage_no, line_id, amount from tenant.money_cells
         where tenant_id = $1 and submission_id = any($2) and stage = 'approved'
         order by submission_id, stage_no, line_id, financial_year, source",
    )
    .bind(tx.tenant_uuid())
    .bind(submissions)
    .fetch_all(tx.connection())
    .await?)
}
