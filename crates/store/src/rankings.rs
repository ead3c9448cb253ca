//! Rankings: proposals of the machine until a named person adopts one.
use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{StoreError, TenantTx};

/// A ranking.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct RankingRow {
    /// Id.
    pub ranking_id: Uuid,
    /// Round.
    pub round_id: Uuid,
    /// Run that ranked.
    pub rank_run_id: Uuid,
    /// Run that selected under the budget.
    pub select_run_id: Option<Uuid>,
    /// Run on how strictly each reviewer scores.
    pub severity_run_id: Option<Uuid>,
    /// Run that ranked on the other reading of the reviews.
    pub beside_run_id: Option<Uuid>,
    /// Made before somebody asked for it.
    pub provisional: bool,
    /// When.
    pub computed_at: DateTime<Utc>,
    /// Who adopted it.
    pub adopted_by_name: Option<String>,
    /// When it was adopted.
    pub adopted_at: Option<DateTime<Utc>>,
}

const RANKING: &str = "select ranking_id, round_id, rank_run_id, select_run_id, severity_run_id, beside_run_id, provisional, \
     computed_at, adopted_by_name, adopted_at from tenant.rankings";

/// What a ranking rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RankingRuns {
    /// Run that ranked.
    pub rank: Uuid,
    /// Run that selected under the budget.
    pub select: Option<Uuid>,
    /// Run on how strictly each reviewer scores.
    pub severity: Option<Uuid>,
    /// Run that ranked on the other reading of the reviews.
    pub beside: Option<Uuid>,
}

impl RankingRow {
    /// The runs it rests on.
    pub fn runs(&self) -> RankingRuns {
        RankingRuns {
            rank: self.rank_run_id,
            select: self.select_run_id,
            severity: self.severity_run_id,
            beside: self.beside_run_id,
        }
    }
}

/// Keeps a ranking; the same runs again are the same ranking.
pub async fn keep(
    tx: &mut TenantTx,
    round: Uuid,
    runs: RankingRuns,
    provisional: bool,
) -> Result<Uuid, StoreError> {
    let newest: Option<RankingRow> = sqlx::query_as(sqlx::AssertSqlSafe(format!(
        "{RANKING} where tenant_id = $1 and round_id = $2 order by ranking_id desc limit 1"
    )))
    .bind(tx.tenant_uuid())
    .bind(round)
    .fetch_optional(tx.connection())
    .await?;
    if let Some(row) = newest
        && row.runs() == runs
        && row.provisional == provisional
    {
        return Ok(row.ranking_id);
    }
    let id = Uuid::now_v7();
    sqlx::query(
        "insert into tenant.rankings 
             (tenant_id, ranking_id, round_id, rank_run_id, select_run_id, severity_run_id, beside_run_id, provisional)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(tx.tenant_uuid())
    .bind(id)
    .bind(round)
    .bind(runs.rank)
    .bind(runs.select)
    .bind(runs.severity)
    .bind(runs.beside)
    .bind(provisional)
    .execute(tx.connection())
    .await?;
    Ok(id)
}

/// The newest ranking of a round.
pub async fn latest(tx: &mut TenantTx, round: Uuid) -> Result<Option<RankingRow>, StoreError> {
    Ok(sqlx::query_as(sqlx::AssertSqlSafe(format!(
        "{RANKING} where tenant_id = $1 and round_id = $2 order by ranking_id desc limit 1"
    )))
    .bind(tx.tenant_uuid())
    .bind(round)
    .fetch_optional(tx.connection())
    .await?)
}

/// The rankings of a round, newest first.
pub async fn list(tx: &mut TenantTx, round: Uuid) -> Result<Vec<RankingRow>, StoreError> {
    Ok(sqlx::query_as(sqlx::AssertSqlSafe(format!(
        "{RANKING} where tenant_id = $1 and round_id = $2 order by ranking_id desc limit 200"
    )))
    .bind(tx.tenant_uuid())
    .bind(round)
    .fetch_all(tx.connection())
    .await?)
}

/// One ranking.
pub async fn find(tx: &mut TenantTx, ranking: Uuid) -> Result<Option<RankingRow>, StoreError> {
    Ok(sqlx::query_as(sqlx::AssertSqlSafe(format!(
        "{RANKING} where tenant_id = $1 and ranking_id = $2"
    )))
    .bind(tx.tenant_uuid())
    .bind(ranking)
    .fetch_optional(tx.connection())
    .await?)
}

/// A named person adopts a ranking.
pub async fn adopt(tx: &mut TenantTx, ranking: Uuid, by: (Uuid, &str)) -> Result<(), StoreError> {
    let changed = sqlx::query(
        "update tenant.rankings
         set adopted_by = $3, adopted_by_name = $4, adopted_at = clock_timestamp()
         where tenant_id = $1 and ranking_id = $2 and adopted_at is null",
    )
    .bind(tx.tenant_uuid())
    .bind(ranking)
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
