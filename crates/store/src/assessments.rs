//! The funder's assessed copies of value maps and the statements of assurance about runs.
use chrono::{DateTime, NaiveDate, Utc};
use serde_json::Value;
use uuid::Uuid;

use crate::{StoreError, TenantTx, runs::RunRow};

/// One version of an assessed copy: the whole list of changes against the claim.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct AssessmentRow {
    /// Id.
    pub assessment_id: Uuid,
    /// Frozen version it is about.
    pub submission_id: Uuid,
    /// 1, 2, …
    pub version: i32,
    /// `[{path, to, reason}]`.
    pub changes: Value,
    /// Who made it, as named then.
    pub made_by_name: String,
    /// When.
    pub made_at: DateTime<Utc>,
}

/// The newest version for each of several submissions.
pub async fn latest(
    tx: &mut TenantTx,
    submissions: &[Uuid],
) -> Result<Vec<AssessmentRow>, StoreError> {
    Ok(sqlx::query_as(
        "select distinct on (submission_id) assessment_id, submission_id, version, changes, made_by_name, made_at
         from tenant.assessments where tenant_id = $1 and submission_id = any($2)
         order by submission_id, version desc",
    )
    .bind(tx.tenant_uuid())
    .bind(submissions)
    .fetch_all(tx.connection())
    .await?)
}

/// Adds the next version; `assessments_version_key` is violated when somebody else was first.
pub async fn insert(
    tx: &mut TenantTx,
    submission: Uuid,
    version: i32,
    changes: &Value,
    made_by: (Uuid, &str),
) -> Result<Uuid, StoreError> {
    let id = Uuid::now_v7();
    sqlx::query(
        "insert into tenant.assessments
             (tenant_id, assessment_id, submission_id, version, changes, made_by, made_by_name)
         values ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(tx.tenant_uuid())
    .bind(id)
    .bind(submission)
    .bind(version)
    .bind(changes)
    .bind(made_by.0)
    .bind(made_by.1)
    .execute(tx.connection())
    .await?;
    Ok(id)
}

/// Says which run evaluated a version; once.
pub async fn evaluated(tx: &mut TenantTx, assessment: Uuid, run: Uuid) -> Result<(), StoreError> {
    sqlx::query(
        "insert into tenant.assessment_runs (tenant_id, assessment_id, run_id) values ($1, $2, $3)
         on conflict on constraint assessment_runs_pkey do nothing",
    )
    .bind(tx.tenant_uuid())
    .bind(assessment)
    .bind(run)
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// The run of the newest evaluated version, for each of several submissions that have one.
pub async fn runs(tx: &mut TenantTx, submissions: &[Uuid]) -> Result<Vec<RunRow>, StoreError> {
    Ok(sqlx::query_as(
        "select distinct on (a.submission_id) r.run_id, r.subject_id, r.kind, r.input, r.input_hash,
                r.ruleset_id, r.ruleset_version, r.convention, r.engine, r.engine_version, r.output, r.created_at
         from tenant.assessments a
         join tenant.assessment_runs e on e.tenant_id = a.tenant_id and e.assessment_id = a.assessment_id
         join tenant.runs r on r.tenant_id = e.tenant_id and r.run_id = e.run_id
         where a.tenant_id = $1 and a.submission_id = any($2)
         order by a.submission_id, a.version desc",
    )
    .bind(tx.tenant_uuid())
    .bind(submissions)
    .fetch_all(tx.connection())
    .await?)
}

/// A statement of assurance about one run.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct AssuranceRow {
    /// Id.
    pub assurance_id: Uuid,
    /// The run it speaks of.
    pub run_id: Uuid,
    /// Who assured it.
    pub assurer: String,
    /// For which organisation.
    pub organisation: String,
    /// What was looked at.
    pub scope: String,
    /// What was found.
    pub findings: String,
    /// unqualified, qualified, adverse.
    pub conclusion: String,
    /// Day of the statement.
    pub assured_on: NaiveDate,
    /// Who recorded it, as named then.
    pub recorded_by_name: String,
    /// When it was recorded.
    pub recorded_at: DateTime<Utc>,
}

/// A statement to be recorded.
#[derive(Debug, Clone)]
pub struct NewAssurance<'a> {
    /// The run it speaks of.
    pub run_id: Uuid,
    /// Who assured it.
    pub assurer: &'a str,
    /// For which organisation.
    pub organisation: &'a str,
    /// What was looked at.
    pub scope: &'a str,
    /// What was found.
    pub findings: &'a str,
    /// unqualified, qualified, adverse.
    pub conclusion: &'a str,
    /// Day of the statement.
    pub assured_on: NaiveDate,
    /// Who records it.
    pub recorded_by: (Uuid, &'a str),
}

/// Records a statement.
pub async fn assurance_insert(
    tx: &mut TenantTx,
    new: &NewAssurance<'_>,
) -> Result<Uuid, StoreError> {
    let id = Uuid::now_v7();
    sqlx::query(
        "insert into tenant.assurances
             (tenant_id, assurance_id, run_id, assurer, organisation, scope, findings, conclusion, assured_on,
              recorded_by, recorded_by_name)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    )
    .bind(tx.tenant_uuid())
    .bind(id)
    .bind(new.run_id)
    .bind(new.assurer)
    .bind(new.organisation)
    .bind(new.scope)
    .bind(new.findings)
    .bind(new.conclusion)
    .bind(new.assured_on)
    .bind(new.recorded_by.0)
    .bind(new.recorded_by.1)
    .execute(tx.connection())
    .await?;
    Ok(id)
}

/// The statements about several runs, newest first.
pub async fn assurances(tx: &mut TenantTx, runs: &[Uuid]) -> Result<Vec<AssuranceRow>, StoreError> {
    Ok(sqlx::query_as(
        "select assurance_id, run_id, assurer, organisation, scope, findings, conclusion, assured_on,
                recorded_by_name, recorded_at
         from tenant.assurances where tenant_id = $1 and run_id = any($2)
         order by run_id, assurance_id desc",
    )
    .bind(tx.tenant_uuid())
    .bind(runs)
    .fetch_all(tx.connection())
    .await?)
}
