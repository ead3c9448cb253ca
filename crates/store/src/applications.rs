//! The applicant's side: applications, draft sections, frozen versions, delivered statuses.
use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use serde_json::Value;
use sqlx::{FromRow as _, Row as _, postgres::PgRow};
use uuid::Uuid;

use crate::{ReadyTx, StoreError, TenantTx};

/// An application as the applicant sees it.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct ApplicationRow {
    /// Id.
    pub application_id: Uuid,
    /// Applying legal entity.
    pub organisation_id: Uuid,
    /// `DF-26-001`.
    pub reference: String,
    /// Round applied to.
    pub round_id: Uuid,
    /// Funder of that round.
    pub funder_tenant_id: Uuid,
    /// Stage name.
    pub stage: String,
    /// When it was started.
    pub created_at: DateTime<Utc>,
    /// When anything was last saved.
    pub updated_at: DateTime<Utc>,
}

/// One saved section of a draft.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct SectionRow {
    /// `project`, `budget`, …
    pub section: String,
    /// What was typed.
    pub content: Value,
    /// Counts saves.
    pub version: i32,
    /// When it was last saved.
    pub saved_at: DateTime<Utc>,
}

/// A frozen version.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct SubmissionRow {
    /// Id.
    pub submission_id: Uuid,
    /// 1, 2, …
    pub version_no: i32,
    /// Canonical JSON.
    pub document: String,
    /// Its SHA-256.
    pub sha256: String,
    /// By the database's clock.
    pub received_at: DateTime<Utc>,
}

/// A status row.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct StatusRow {
    /// `received`, `screened`, …
    pub code: String,
    /// Values for its words.
    pub params: Value,
    /// When.
    pub at: DateTime<Utc>,
}

/// What is needed to start an application.
pub struct NewApplication<'a> {
    /// Id.
    pub application_id: Uuid,
    /// Applying legal entity.
    pub organisation_id: Uuid,
    /// `DF-26-001`.
    pub reference: &'a str,
    /// Round applied to.
    pub round_id: Uuid,
    /// Funder of that round.
    pub funder_tenant_id: Uuid,
    /// Who started it.
    pub created_by: Uuid,
}

const APPLICATION: &str = "select application_id, organisation_id, reference, round_id, \
     funder_tenant_id, stage, created_at, updated_at from tenant.applications";

/// Starts an application.
pub async fn insert(tx: &mut TenantTx, new: &NewApplication<'_>) -> Result<(), StoreError> {
    sqlx::query(
        "insert into tenant.applications
             (tenant_id, application_id, organisation_id, reference, round_id, funder_tenant_id, stage, created_by)
         values ($1, $2, $3, $4, $5, $6, 'draft', $7)",
    )
    .bind(tx.tenant_uuid())
    .bind(new.application_id)
    .bind(new.organisation_id)
    .bind(new.reference)
    .bind(new.round_id)
    .bind(new.funder_tenant_id)
    .bind(new.created_by)
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Own applications, newest first, after a cursor (creation time and id).
pub async fn list(
    tx: &mut TenantTx,
    first: i64,
    after: Option<(DateTime<Utc>, Uuid)>,
) -> Result<Vec<ApplicationRow>, StoreError> {
    let (time, id) = after.unzip();
    Ok(sqlx::query_as(sqlx::AssertSqlSafe(format!(
        "{APPLICATION} where tenant_id = $1
           and ($2::timestamptz is null or (created_at, application_id) < ($2, $3))
         order by created_at desc, application_id desc limit $4"
    )))
    .bind(tx.tenant_uuid())
    .bind(time)
    .bind(id)
    .bind(first)
    .fetch_all(tx.connection())
    .await?)
}

/// One own application.
pub async fn find(
    tx: &mut TenantTx,
    application: Uuid,
) -> Result<Option<ApplicationRow>, StoreError> {
    Ok(sqlx::query_as(sqlx::AssertSqlSafe(format!(
        "{APPLICATION} where tenant_id = $1 and application_id = $2"
    )))
    .bind(tx.tenant_uuid())
    .bind(application)
    .fetch_optional(tx.connection())
    .await?)
}

/// One own application, locked until the transaction ends: saving and submitting take turns.
pub async fn lock(
    tx: &mut TenantTx,
    application: Uuid,
) -> Result<Option<ApplicationRow>, StoreError> {
    Ok(sqlx::query_as(sqlx::AssertSqlSafe(format!(
        "{APPLICATION} where tenant_id = $1 and application_id = $2 for update"
    )))
    .bind(tx.tenant_uuid())
    .bind(application)
    .fetch_optional(tx.connection())
    .await?)
}

/// Changes the stage.
pub async fn set_stage(
    tx: &mut TenantTx,
    application: Uuid,
    stage: &str,
) -> Result<(), StoreError> {
    let changed = sqlx::query(
        "update tenant.applications set stage = $3, version = version + 1, updated_at = clock_timestamp()
         where tenant_id = $1 and application_id = $2",
    )
    .bind(tx.tenant_uuid())
    .bind(application)
    .bind(stage)
    .execute(tx.connection())
    .await?;
    if changed.rows_affected() == 1 {
        Ok(())
    } else {
        Err(StoreError::NotFound)
    }
}

/// Those of these that are there.
pub async fn find_all(
    tx: &mut TenantTx,
    applications: &[Uuid],
) -> Result<Vec<ApplicationRow>, StoreError> {
    Ok(sqlx::query_as(sqlx::AssertSqlSafe(format!(
        "{APPLICATION} where tenant_id = $1 and application_id = any ($2)"
    )))
    .bind(tx.tenant_uuid())
    .bind(applications)
    .fetch_all(tx.connection())
    .await?)
}

/// The saved sections of these drafts, each with its draft.
pub async fn sections_of(
    tx: &mut TenantTx,
    applications: &[Uuid],
) -> Result<Vec<(Uuid, SectionRow)>, StoreError> {
    let rows = sqlx::query(
        "select application_id, section, content, version, saved_at from tenant.draft_sections
         where tenant_id = $1 and application_id = any ($2) order by section",
    )
    .bind(tx.tenant_uuid())
    .bind(applications)
    .fetch_all(tx.connection())
    .await?;
    let read = |row: PgRow| Ok((row.try_get("application_id")?, SectionRow::from_row(&row)?));
    rows.into_iter().map(read).collect()
}

/// The saved sections of a draft.
pub async fn sections(tx: &mut TenantTx, application: Uuid) -> Result<Vec<SectionRow>, StoreError> {
    let rows = sections_of(tx, &[application]).await?;
    Ok(rows.into_iter().map(|(_, section)| section).collect())
}

/// Saves a section if nobody saved it since version `expected` (0 = never saved).
pub async fn section_save(
    tx: &mut TenantTx,
    application: Uuid,
    section: &str,
    content: &Value,
    expected: i32,
    by: Uuid,
) -> Result<SectionRow, StoreError> {
    let saved: Option<SectionRow> = sqlx::query_as(
        "insert into tenant.draft_sections
             (tenant_id, application_id, section, content, version, saved_by)
         select $1, $2, $3, $4, 1, $6 where $5 = 0
         on conflict (tenant_id, application_id, section) do nothing
         returning section, content, version, saved_at",
    )
    .bind(tx.tenant_uuid())
    .bind(application)
    .bind(section)
    .bind(content)
    .bind(expected)
    .bind(by)
    .fetch_optional(tx.connection())
    .await?;
    let saved = match saved {
        Some(row) => Some(row),
        None => {
            sqlx::query_as(
                "update tenant.draft_sections
                 set content = $4, version = version + 1, saved_by = $6, saved_at = clock_timestamp()
                 where tenant_id = $1 and application_id = $2 and section = $3 and version = $5
                 returning section, content, version, saved_at",
            )
            .bind(tx.tenant_uuid())
            .bind(application)
            .bind(section)
            .bind(content)
            .bind(expected)
            .bind(by)
            .fetch_optional(tx.connection())
            .await?
        }
    };
    sqlx::query(
        "update tenant.applications set updated_at = clock_timestamp(), version = version + 1
         where tenant_id = $1 and application_id = $2",
    )
    .bind(tx.tenant_uuid())
    .bind(application)
    .execute(tx.connection())
    .await?;
    saved.ok_or(StoreError::VersionConflict)
}

/// The newest frozen version.
pub async fn submission(
    tx: &mut TenantTx,
    application: Uuid,
) -> Result<Option<SubmissionRow>, StoreError> {
    Ok(sqlx::query_as(
        "select submission_id, version_no, document, sha256, received_at from tenant.submissions
         where tenant_id = $1 and application_id = $2 order by version_no desc limit 1",
    )
    .bind(tx.tenant_uuid())
    .bind(application)
    .fetch_optional(tx.connection())
    .await?)
}

/// A frozen version on its way to the funder.
pub struct Delivery<'a> {
    /// Id of the version.
    pub submission_id: Uuid,
    /// Application.
    pub application_id: Uuid,
    /// 1, 2, …
    pub version_no: i32,
    /// Canonical JSON.
    pub document: &'a str,
    /// Its SHA-256.
    pub sha256: &'a str,
    /// Who submits.
    pub actor: Uuid,
    /// Applicant's names.
    pub applicant: (&'a str, &'a str),
    /// Size band name.
    pub size_band: &'a str,
    /// Project titles.
    pub title: (&'a str, &'a str),
    /// Sum of the grant cells.
    pub ask: Decimal,
    /// Sum of all cells.
    pub total_cost: Decimal,
    /// `[{line_id, financial_year, source, amount}]`.
    pub cells: Value,
    /// `[{kind, code, share}]`.
    pub shares: Value,
}

/// Records and delivers a frozen version; none when the round is not open by the database's clock.
/// Must be the last statement of its transaction.
pub async fn deliver(
    ready: &mut ReadyTx,
    delivery: &Delivery<'_>,
) -> Result<Option<DateTime<Utc>>, StoreError> {
    Ok(sqlx::query_scalar(
        "select tenant.submission_deliver($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
    )
    .bind(delivery.submission_id)
    .bind(delivery.application_id)
    .bind(delivery.version_no)
    .bind(delivery.document)
    .bind(delivery.sha256)
    .bind(delivery.actor)
    .bind(delivery.applicant.0)
    .bind(delivery.applicant.1)
    .bind(delivery.size_band)
    .bind(delivery.title.0)
    .bind(delivery.title.1)
    .bind(delivery.ask)
    .bind(delivery.total_cost)
    .bind(&delivery.cells)
    .bind(&delivery.shares)
    .fetch_one(ready.0.connection())
    .await?)
}

/// Marks the funder's copies of an application as withdrawn.
pub async fn deliver_withdrawal(tx: &mut TenantTx, application: Uuid) -> Result<(), StoreError> {
    sqlx::query("select tenant.withdrawal_deliver($1)")
        .bind(application)
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// What happened to an application, oldest first.
pub async fn statuses(tx: &mut TenantTx, application: Uuid) -> Result<Vec<StatusRow>, StoreError> {
    Ok(sqlx::query_as(
        "select code, params, at from tenant.delivered_statuses
         where tenant_id = $1 and application_id = $2 order by at, status_id",
    )
    .bind(tx.tenant_uuid())
    .bind(application)
    .fetch_all(tx.connection())
    .await?)
}

/// The applicant's own entry in its timeline (withdrawn).
pub async fn status_add(
    tx: &mut TenantTx,
    application: Uuid,
    code: &str,
) -> Result<(), StoreError> {
    sqlx::query(
        "insert into tenant.delivered_statuses (tenant_id, status_id, application_id, code)
         values ($1, $2, $3, $4)",
    )
    .bind(tx.tenant_uuid())
    .bind(Uuid::now_v7())
    .bind(application)
    .bind(code)
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// The project sections of several applications, for their titles.
pub async fn titles(
    tx: &mut TenantTx,
    applications: &[Uuid],
) -> Result<Vec<(Uuid, Value)>, StoreError> {
    Ok(sqlx::query_as(
        "select application_id, jsonb_build_object('title', content -> 'title') from tenant.draft_sections
         where tenant_id = $1 and application_id = any($2) and section = 'project'
         order by application_id",
    )
    .bind(tx.tenant_uuid())
    .bind(applications)
    .fetch_all(tx.connection())
    .await?)
}
