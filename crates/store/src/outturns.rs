//! What came of awarded projects: the applicant's own text until it is sent, and the funder's copy.
use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use serde_json::Value;
use uuid::Uuid;

use crate::{StoreError, TenantTx};

/// The applicant's text.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct OutturnRow {
    /// `{value_map, spent}`.
    pub content: Value,
    /// Counts saves.
    pub version: i32,
    /// When it was last saved.
    pub saved_at: DateTime<Utc>,
    /// When it was sent.
    pub sent_at: Option<DateTime<Utc>>,
}

/// The funder's copy.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct ReceivedOutturnRow {
    /// Id.
    pub outturn_id: Uuid,
    /// Frozen version that was awarded.
    pub submission_id: Uuid,
    /// Canonical JSON.
    pub document: String,
    /// Its SHA-256.
    pub sha256: String,
    /// By the database's clock.
    pub received_at: DateTime<Utc>,
}

/// The text of one application.
pub async fn find(tx: &mut TenantTx, application: Uuid) -> Result<Option<OutturnRow>, StoreError> {
    Ok(sqlx::query_as(
        "select content, version, saved_at, sent_at from tenant.outturns
         where tenant_id = $1 and application_id = $2",
    )
    .bind(tx.tenant_uuid())
    .bind(application)
    .fetch_optional(tx.connection())
    .await?)
}

/// What was awarded to one application less refunds, by this tenant's ledger.
pub async fn awarded(
    tx: &mut TenantTx,
    funder: Uuid,
    reference: &str,
) -> Result<Decimal, StoreError> {
    Ok(sqlx::query_scalar(
        "select coalesce(sum(case kind when 'award' then amount else -amount end), 0)
         from tenant.award_ledger
         where tenant_id = $1 and counterparty_tenant_id = $2 and reference = $3",
    )
    .bind(tx.tenant_uuid())
    .bind(funder)
    .bind(reference)
    .fetch_one(tx.connection())
    .await?)
}

/// Saves the text when nobody saved since; the first save expects version 0.
pub async fn save(
    tx: &mut TenantTx,
    application: Uuid,
    content: &Value,
    expected: i32,
    by: Uuid,
) -> Result<OutturnRow, StoreError> {
    let first: Option<OutturnRow> = sqlx::query_as(
        "insert into tenant.outturns (tenant_id, application_id, content, version, saved_by)
         select $1, $2, $3, 1, $5 where $4 = 0
         on conflict on constraint outturns_pkey do nothing
         returning content, version, saved_at, sent_at",
    )
    .bind(tx.tenant_uuid())
    .bind(application)
    .bind(content)
    .bind(expected)
    .bind(by)
    .fetch_optional(tx.connection())
    .await?;
    if let Some(row) = first {
        return Ok(row);
    }
    let next: Option<OutturnRow> = sqlx::query_as(
        "update tenant.outturns
         set content = $3, version = version + 1, saved_by = $5, saved_at = clock_timestamp()
         where tenant_id = $1 and application_id = $2 and version = $4
         returning content, version, saved_at, sent_at",
    )
    .bind(tx.tenant_uuid())
    .bind(application)
    .bind(content)
    .bind(expected)
    .bind(by)
    .fetch_optional(tx.connection())
    .await?;
    next.ok_or(StoreError::VersionConflict)
}

/// Sends exactly the saved text to the funder, once; none when nothing was awarded or it was sent.
pub async fn deliver(
    tx: &mut TenantTx,
    application: Uuid,
    outturn: Uuid,
    document: &str,
    sha256: &str,
) -> Result<Option<DateTime<Utc>>, StoreError> {
    Ok(
        sqlx::query_scalar("select tenant.outturn_deliver($1, $2, $3, $4)")
            .bind(application)
            .bind(outturn)
            .bind(document)
            .bind(sha256)
            .fetch_one(tx.connection())
            .await?,
    )
}

/// The copies of several submissions.
pub async fn received(
    tx: &mut TenantTx,
    submissions: &[Uuid],
) -> Result<Vec<ReceivedOutturnRow>, StoreError> {
    Ok(sqlx::query_as(
        "select outturn_id, submission_id, document, sha256, received_at from tenant.received_outturns
         where tenant_id = $1 and submission_id = any($2) order by submission_id",
    )
    .bind(tx.tenant_uuid())
    .bind(submissions)
    .fetch_all(tx.connection())
    .await?)
}
