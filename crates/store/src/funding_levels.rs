//! Levels of part funding that a funder holds possible, by version.
use chrono::{DateTime, Utc};
use serde_json::Value;
use uuid::Uuid;

use crate::{StoreError, TenantTx};

/// The newest levels of one submission.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct FundingLevelsRow {
    /// Frozen version they are about.
    pub submission_id: Uuid,
    /// Counts saves.
    pub version: i32,
    /// `[{"id","name_en","name_zh","amount","benefit_share","reason"}]`.
    pub levels: Value,
    /// Who saved them.
    pub saved_by_name: String,
    /// When.
    pub saved_at: DateTime<Utc>,
}

/// The newest levels of several submissions.
pub async fn list(
    tx: &mut TenantTx,
    submissions: &[Uuid],
) -> Result<Vec<FundingLevelsRow>, StoreError> {
    Ok(sqlx::query_as(
        "select distinct on (submission_id) submission_id, version, levels, saved_by_name, saved_at
         from tenant.funding_levels
         where tenant_id = $1 and submission_id = any($2)
         order by submission_id, version desc",
    )
    .bind(tx.tenant_uuid())
    .bind(submissions)
    .fetch_all(tx.connection())
    .await?)
}

/// Saves the next version if nobody saved it since version `expected` (0 = never).
pub async fn save(
    tx: &mut TenantTx,
    submission: Uuid,
    expected: i32,
    levels: &Value,
    by: (Uuid, &str),
) -> Result<(), StoreError> {
    let changed = sqlx::query(
        "insert into tenant.funding_levels (tenant_id, submission_id, version, levels, saved_by, saved_by_name)
         select $1, $2, $3 + 1, $4, $5, $6
         where $3 = (select coalesce(max(version), 0) from tenant.funding_levels
                     where tenant_id = $1 and submission_id = $2)
         on conflict on constraint funding_levels_pkey do nothing",
    )
    .bind(tx.tenant_uuid())
    .bind(submission)
    .bind(expected)
    .bind(levels)
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
