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
    /// Made before somebody asked for it.
    pub provisional: bool,
    /// When.
    pub computed_at: DateTime<Utc>,
    /// Who adopted it.
    pub adopted_by_name: Option<String>,
    /// When it was adopted.
    pub adopted_at: Option<DateTime<Utc>>,
}

const RANKING: &str = "select ranking_id, round_id, rank_run_id, select_run_id, provisional, computed_at, \
     adopted_by_name, adopted_at from tenant.rankings";

/// Keeps a ranking; the same runs again are the same ranking.
pub async fn keep(
    tx: &mut TenantTx,
    round: Uuid,
    rank_run: Uuid,
    select_run: Option<Uuid>,
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
        && row.rank_run_id == rank_run
        && row.select_run_id == select_run
        && row.provisional == provisional
    {
        return Ok(row.ranking_id);
    }
    let id = Uuid::now_v7();
    sqlx::query(
        "insert into tenant.rankings (tenant_id, ranking_id, round_id, rank_run_id, select_run_id, provisional)
         values ($1, $2, $3, $4, $5, $6)",
    )
    .bind(tx.tenant_uuid())
    .bind(id)
    .bind(round)
    .bind(rank_run)
    .bind(select_run)
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
