//! Runs: immutable evidence of what was computed from what, under which rules and engine.
use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{StoreError, TenantTx};

/// A run as stored.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct RunRow {
    /// Id.
    pub run_id: Uuid,
    /// What it is about.
    pub subject_id: Uuid,
    /// eligibility, sroi, `sroi_assessed`, `sroi_outturn`, costshare, procurement, rank, select.
    pub kind: String,
    /// Canonical JSON that went in.
    pub input: String,
    /// Hash of the input.
    pub input_hash: String,
    /// Rule set.
    pub ruleset_id: String,
    /// Its version.
    pub ruleset_version: String,
    /// Convention, as JSON.
    pub convention: String,
    /// Engine.
    pub engine: String,
    /// Its version.
    pub engine_version: String,
    /// JSON that came out.
    pub output: String,
    /// When.
    pub created_at: DateTime<Utc>,
}

/// A run to be kept.
#[derive(Debug, Clone)]
pub struct NewRun {
    /// eligibility, sroi, `sroi_assessed`, `sroi_outturn`, costshare, procurement, rank, select.
    pub kind: &'static str,
    /// What it is about.
    pub subject: Uuid,
    /// Canonical JSON that went in.
    pub input: String,
    /// Hash of the input.
    pub input_hash: String,
    /// Rule set and version.
    pub ruleset: (String, String),
    /// Convention, as JSON.
    pub convention: String,
    /// Engine and version.
    pub engine: (&'static str, &'static str),
    /// JSON that came out.
    pub output: String,
}

const RUN: &str = "select run_id, subject_id, kind, input, input_hash, ruleset_id, ruleset_version, convention, \
     engine, engine_version, output, created_at from tenant.runs";

/// Keeps a run, or finds the one that the same input and engine made before.
pub async fn keep(tx: &mut TenantTx, run: &NewRun) -> Result<Uuid, StoreError> {
    let id = Uuid::now_v7();
    let kept: Option<Uuid> = sqlx::query_scalar(
        "insert into tenant.runs
             (tenant_id, run_id, kind, subject_id, input, input_hash, ruleset_id, ruleset_version, convention,
              engine, engine_version, output)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
         on conflict on constraint runs_once do nothing
         returning run_id",
    )
    .bind(tx.tenant_uuid())
    .bind(id)
    .bind(run.kind)
    .bind(run.subject)
    .bind(&run.input)
    .bind(&run.input_hash)
    .bind(&run.ruleset.0)
    .bind(&run.ruleset.1)
    .bind(&run.convention)
    .bind(run.engine.0)
    .bind(run.engine.1)
    .bind(&run.output)
    .fetch_optional(tx.connection())
    .await?;
    if let Some(kept) = kept {
        return Ok(kept);
    }
    Ok(sqlx::query_scalar(
        "select run_id from tenant.runs
         where tenant_id = $1 and kind = $2 and subject_id = $3 and input_hash = $4 and engine_version = $5",
    )
    .bind(tx.tenant_uuid())
    .bind(run.kind)
    .bind(run.subject)
    .bind(&run.input_hash)
    .bind(run.engine.1)
    .fetch_one(tx.connection())
    .await?)
}

/// The newest run of each kind for each subject.
pub async fn latest(
    tx: &mut TenantTx,
    subjects: &[Uuid],
    kinds: &[&str],
) -> Result<Vec<RunRow>, StoreError> {
    Ok(sqlx::query_as(sqlx::AssertSqlSafe(format!(
        "select distinct on (subject_id, kind) * from ({RUN}
             where tenant_id = $1 and subject_id = any($2) and kind = any($3)) r
         order by subject_id, kind, run_id desc"
    )))
    .bind(tx.tenant_uuid())
    .bind(subjects)
    .bind(
        kinds
            .iter()
            .map(|kind| (*kind).to_owned())
            .collect::<Vec<_>>(),
    )
    .fetch_all(tx.connection())
    .await?)
}

/// The newest run of each kind about one subject that was there at a moment.
pub async fn before(
    tx: &mut TenantTx,
    subject: Uuid,
    at: DateTime<Utc>,
) -> Result<Vec<RunRow>, StoreError> {
    Ok(sqlx::query_as(sqlx::AssertSqlSafe(format!(
        "select distinct on (kind) * from ({RUN}
             where tenant_id = $1 and subject_id = $2 and created_at <= $3) r
         order by kind, run_id desc"
    )))
    .bind(tx.tenant_uuid())
    .bind(subject)
    .bind(at)
    .fetch_all(tx.connection())
    .await?)
}

/// One run.
pub async fn find(tx: &mut TenantTx, run: Uuid) -> Result<Option<RunRow>, StoreError> {
    Ok(sqlx::query_as(sqlx::AssertSqlSafe(format!(
        "{RUN} where tenant_id = $1 and run_id = $2"
    )))
    .bind(tx.tenant_uuid())
    .bind(run)
    .fetch_optional(tx.connection())
    .await?)
}

/// Several runs, in no order.
pub async fn find_all(tx: &mut TenantTx, runs: &[Uuid]) -> Result<Vec<RunRow>, StoreError> {
    Ok(sqlx::query_as(sqlx::AssertSqlSafe(format!(
        "{RUN} where tenant_id = $1 and run_id = any($2)"
    )))
    .bind(tx.tenant_uuid())
    .bind(runs)
    .fetch_all(tx.connection())
    .await?)
}
