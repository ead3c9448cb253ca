//! Sector reports: contributions that only the report role can read, and cells that are suppressed
//! before anybody else sees them.
use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use serde_json::Value;
use uuid::Uuid;

use crate::{ReportPool, StoreError, TenantTx};

/// One submission's contribution.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct ContributionRow {
    /// Keyed hash that stands for one organisation.
    pub contributor_key: String,
    /// Size band name.
    pub size_band: String,
    /// Amount asked.
    pub asked: Decimal,
    /// Amount awarded.
    pub awarded: Decimal,
    /// `{"district": {code: share}, "service_area": {…}}`.
    pub shares: Value,
}

/// A cell as it may be seen.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct CellRow {
    /// `district`, `service_area`, `size_band` or `total`.
    pub dimension: String,
    /// Code within the dimension.
    pub code: String,
    /// Too few organisations, or needed to protect such a cell.
    pub suppressed: bool,
    /// Distinct organisations.
    pub organisations: Option<i32>,
    /// Sum of shares of applications.
    pub applications: Option<Decimal>,
    /// Amount asked.
    pub asked: Option<Decimal>,
    /// Amount awarded.
    pub awarded: Option<Decimal>,
}

/// A snapshot of the sector.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct SnapshotRow {
    /// Id.
    pub snapshot_id: Uuid,
    /// Least number of organisations in a cell that is shown.
    pub threshold: i32,
    /// When.
    pub as_at: DateTime<Utc>,
}

/// States or restates one submission's contribution.
pub async fn contribute(
    tx: &mut TenantTx,
    submission: Uuid,
    row: &ContributionRow,
) -> Result<(), StoreError> {
    sqlx::query("select sector.contribute($1, $2, $3, $4, $5, $6)")
        .bind(submission)
        .bind(&row.contributor_key)
        .bind(&row.size_band)
        .bind(row.asked)
        .bind(row.awarded)
        .bind(&row.shares)
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// Takes a withdrawn application's contribution out.
pub async fn retract(tx: &mut TenantTx, submission: Uuid) -> Result<(), StoreError> {
    sqlx::query("select sector.retract($1)")
        .bind(submission)
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// Every contribution, for the report job alone.
pub async fn contributions(pool: &ReportPool) -> Result<Vec<ContributionRow>, StoreError> {
    Ok(sqlx::query_as(
        "select contributor_key, size_band, asked, awarded, shares from sector.contributions
         order by submission_id",
    )
    .fetch_all(&pool.0)
    .await?)
}

/// Publishes a snapshot with its cells, in one transaction.
pub async fn publish(
    pool: &ReportPool,
    threshold: i32,
    cells: &[CellRow],
) -> Result<Uuid, StoreError> {
    let mut tx = pool.0.begin().await?;
    let snapshot = Uuid::now_v7();
    sqlx::query("insert into sector.snapshots (snapshot_id, threshold) values ($1, $2)")
        .bind(snapshot)
        .bind(threshold)
        .execute(&mut *tx)
        .await?;
    for cell in cells {
        sqlx::query(
            "insert into sector.cells
                 (snapshot_id, dimension, code, suppressed, organisations, applications, asked, awarded)
             values ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .bind(snapshot)
        .bind(&cell.dimension)
        .bind(&cell.code)
        .bind(cell.suppressed)
        .bind(cell.organisations)
        .bind(cell.applications)
        .bind(cell.asked)
        .bind(cell.awarded)
        .execute(&mut *tx)
        .await?;
    }
    tx.commit().await?;
    Ok(snapshot)
}

/// The newest snapshot.
pub async fn snapshot(tx: &mut TenantTx) -> Result<Option<SnapshotRow>, StoreError> {
    Ok(sqlx::query_as(
        "select snapshot_id, threshold, as_at from sector.snapshots order by snapshot_id desc limit 1",
    )
    .fetch_optional(tx.connection())
    .await?)
}

/// Its cells of one dimension, and the total.
pub async fn cells(
    tx: &mut TenantTx,
    snapshot: Uuid,
    dimension: &str,
) -> Result<Vec<CellRow>, StoreError> {
    Ok(sqlx::query_as(
        "select dimension, code, suppressed, organisations, applications, asked, awarded from sector.cells
         where snapshot_id = $1 and dimension in ($2, 'total') order by dimension, code",
    )
    .bind(snapshot)
    .bind(dimension)
    .fetch_all(tx.connection())
    .await?)
}
