//! Programmes as their funder keeps them: published versions, drafts of the next one, and each time
//! a round was put under another.
use chrono::{DateTime, NaiveDate, Utc};
use serde_json::Value;
use uuid::Uuid;

use crate::{StoreError, TenantTx, runs::RunRow};

/// A programme of the tenant.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct OwnProgrammeRow {
    /// Id.
    pub programme_id: Uuid,
    /// `demo-dedicated-fund-it`.
    pub code: String,
}

/// A published version with how it came about.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct VersionRow {
    /// Its name.
    pub version: String,
    /// Criteria, parameters, tables, rubric, settings.
    pub body: Value,
    /// The form.
    pub sections: Value,
    /// First day on which it may be used.
    pub effective_from: NaiveDate,
    /// Day from which it was known.
    pub known_from: Option<NaiveDate>,
    /// When it was published; none for the one that came with the programme.
    pub published_at: Option<DateTime<Utc>>,
    /// By whom, as named then.
    pub published_by_name: Option<String>,
    /// What changed, in the publisher's words.
    pub note: Option<String>,
}

/// A draft.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct DraftRow {
    /// Id.
    pub draft_id: Uuid,
    /// Programme.
    pub programme_id: Uuid,
    /// Version it started from.
    pub based_on: String,
    /// As typed, fit to be published or not.
    pub body: Value,
    /// The form as typed.
    pub sections: Value,
    /// Counts saves.
    pub version: i32,
    /// open, published, discarded.
    pub state: String,
    /// Who saved it last, as named then.
    pub updated_by_name: String,
    /// When.
    pub updated_at: DateTime<Utc>,
}

/// A round put under another version.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct RescreeningRow {
    /// Id.
    pub rescreening_id: Uuid,
    /// Round.
    pub round_id: Uuid,
    /// Version before.
    pub from_version: String,
    /// Version after.
    pub to_version: String,
    /// Why.
    pub reason: String,
    /// What was screened again.
    pub submissions: Vec<Uuid>,
    /// Who asked for it, as named then.
    pub requested_by_name: String,
    /// When.
    pub requested_at: DateTime<Utc>,
}

const VERSION: &str = "select version, body, sections, effective_from, known_from, published_at, published_by_name, \
     note from published.programme_versions";
const DRAFT: &str = "select draft_id, programme_id, based_on, body, sections, version, state, updated_by_name, \
     updated_at from tenant.rule_drafts";
const RESCREENING: &str = "select rescreening_id, round_id, from_version, to_version, reason, submissions, \
     requested_by_name, requested_at from tenant.rescreenings";

/// The tenant's own programmes by code.
pub async fn own_programmes(tx: &mut TenantTx) -> Result<Vec<OwnProgrammeRow>, StoreError> {
    Ok(sqlx::query_as(
        "select programme_id, code from published.programmes where owner_tenant_id = $1 order by code, programme_id",
    )
    .bind(tx.tenant_uuid())
    .fetch_all(tx.connection())
    .await?)
}

/// The versions of a programme, newest first.
pub async fn versions(tx: &mut TenantTx, programme: Uuid) -> Result<Vec<VersionRow>, StoreError> {
    Ok(sqlx::query_as(sqlx::AssertSqlSafe(format!(
        "{VERSION} where programme_id = $1 order by published_at desc nulls last, effective_from desc, version desc"
    )))
    .bind(programme)
    .fetch_all(tx.connection())
    .await?)
}

/// The open drafts of a programme, newest first.
pub async fn drafts(tx: &mut TenantTx, programme: Uuid) -> Result<Vec<DraftRow>, StoreError> {
    Ok(sqlx::query_as(sqlx::AssertSqlSafe(format!(
        "{DRAFT} where tenant_id = $1 and programme_id = $2 and state = 'open' order by draft_id desc"
    )))
    .bind(tx.tenant_uuid())
    .bind(programme)
    .fetch_all(tx.connection())
    .await?)
}

/// One draft, whatever became of it.
pub async fn draft(tx: &mut TenantTx, draft: Uuid) -> Result<Option<DraftRow>, StoreError> {
    Ok(sqlx::query_as(sqlx::AssertSqlSafe(format!(
        "{DRAFT} where tenant_id = $1 and draft_id = $2"
    )))
    .bind(tx.tenant_uuid())
    .bind(draft)
    .fetch_optional(tx.connection())
    .await?)
}

/// Starts a draft.
pub async fn draft_insert(
    tx: &mut TenantTx,
    programme: Uuid,
    from: &VersionRow,
    by: (Uuid, &str),
) -> Result<Uuid, StoreError> {
    let id = Uuid::now_v7();
    sqlx::query(
        "insert into tenant.rule_drafts
             (tenant_id, draft_id, programme_id, based_on, body, sections, updated_by, updated_by_name)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(tx.tenant_uuid())
    .bind(id)
    .bind(programme)
    .bind(&from.version)
    .bind(&from.body)
    .bind(&from.sections)
    .bind(by.0)
    .bind(by.1)
    .execute(tx.connection())
    .await?;
    Ok(id)
}

/// Saves an open draft; a version conflict when somebody else saved it since.
pub async fn draft_save(
    tx: &mut TenantTx,
    draft: Uuid,
    expected: i32,
    content: (&Value, &Value),
    by: (Uuid, &str),
) -> Result<(), StoreError> {
    let done = sqlx::query(
        "update tenant.rule_drafts
         set body = $4, sections = $5, version = version + 1, updated_by = $6, updated_by_name = $7,
             updated_at = clock_timestamp()
         where tenant_id = $1 and draft_id = $2 and version = $3 and state = 'open'",
    )
    .bind(tx.tenant_uuid())
    .bind(draft)
    .bind(expected)
    .bind(content.0)
    .bind(content.1)
    .bind(by.0)
    .bind(by.1)
    .execute(tx.connection())
    .await?;
    settled(&done)
}

/// Closes an open draft: published as a version, or discarded where there is none.
pub async fn draft_close(
    tx: &mut TenantTx,
    draft: Uuid,
    expected: i32,
    published: Option<&str>,
) -> Result<(), StoreError> {
    let done = sqlx::query(
        "update tenant.rule_drafts
         set state = case when $4::text is null then 'discarded' else 'published' end, published_version = $4,
             version = version + 1, updated_at = clock_timestamp()
         where tenant_id = $1 and draft_id = $2 and version = $3 and state = 'open'",
    )
    .bind(tx.tenant_uuid())
    .bind(draft)
    .bind(expected)
    .bind(published)
    .execute(tx.connection())
    .await?;
    settled(&done)
}

fn settled(done: &sqlx::postgres::PgQueryResult) -> Result<(), StoreError> {
    if done.rows_affected() == 1 {
        Ok(())
    } else {
        Err(StoreError::VersionConflict)
    }
}

/// A version that is about to be published.
#[derive(Debug, Clone, Copy)]
pub struct NewVersion<'a> {
    /// Programme.
    pub programme: Uuid,
    /// Name.
    pub version: &'a str,
    /// Criteria, parameters, tables, rubric, settings.
    pub body: &'a Value,
    /// The form.
    pub sections: &'a Value,
    /// First day on which it may be used.
    pub effective_from: NaiveDate,
    /// Today.
    pub known_from: NaiveDate,
    /// Publisher, as named now.
    pub by_name: &'a str,
    /// What changed.
    pub note: &'a str,
}

/// Publishes a version of an own programme; false for somebody else's.
pub async fn publish(tx: &mut TenantTx, new: &NewVersion<'_>) -> Result<bool, StoreError> {
    Ok(
        sqlx::query_scalar("select published.programme_publish($1, $2, $3, $4, $5, $6, $7, $8)")
            .bind(new.programme)
            .bind(new.version)
            .bind(new.body)
            .bind(new.sections)
            .bind(new.effective_from)
            .bind(new.known_from)
            .bind(new.by_name)
            .bind(new.note)
            .fetch_one(tx.connection())
            .await?,
    )
}

/// Puts an own round under a later version that is in force; false when it may not be.
pub async fn round_rules_change(
    tx: &mut TenantTx,
    round: Uuid,
    from: &str,
    to: &str,
    today: NaiveDate,
) -> Result<bool, StoreError> {
    Ok(
        sqlx::query_scalar("select published.round_rules_change($1, $2, $3, $4)")
            .bind(round)
            .bind(from)
            .bind(to)
            .bind(today)
            .fetch_one(tx.connection())
            .await?,
    )
}

/// A re-screening that is about to begin.
#[derive(Debug, Clone, Copy)]
pub struct NewRescreening<'a> {
    /// Round.
    pub round: Uuid,
    /// Version before and after.
    pub versions: (&'a str, &'a str),
    /// Why.
    pub reason: &'a str,
    /// What is screened again.
    pub submissions: &'a [Uuid],
    /// Who asks for it.
    pub by: (Uuid, &'a str),
}

/// Records that a round is screened again.
pub async fn rescreening_insert(
    tx: &mut TenantTx,
    new: &NewRescreening<'_>,
) -> Result<Uuid, StoreError> {
    let id = Uuid::now_v7();
    sqlx::query(
        "insert into tenant.rescreenings
             (tenant_id, rescreening_id, round_id, from_version, to_version, reason, submissions, requested_by,
              requested_by_name)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(tx.tenant_uuid())
    .bind(id)
    .bind(new.round)
    .bind(new.versions.0)
    .bind(new.versions.1)
    .bind(new.reason)
    .bind(new.submissions)
    .bind(new.by.0)
    .bind(new.by.1)
    .execute(tx.connection())
    .await?;
    Ok(id)
}

/// The re-screenings of several rounds, newest first.
pub async fn rescreenings(
    tx: &mut TenantTx,
    rounds: &[Uuid],
) -> Result<Vec<RescreeningRow>, StoreError> {
    Ok(sqlx::query_as(sqlx::AssertSqlSafe(format!(
        "{RESCREENING} where tenant_id = $1 and round_id = any($2) order by rescreening_id desc"
    )))
    .bind(tx.tenant_uuid())
    .bind(rounds)
    .fetch_all(tx.connection())
    .await?)
}

/// One re-screening.
pub async fn rescreening(
    tx: &mut TenantTx,
    rescreening: Uuid,
) -> Result<Option<RescreeningRow>, StoreError> {
    Ok(sqlx::query_as(sqlx::AssertSqlSafe(format!(
        "{RESCREENING} where tenant_id = $1 and rescreening_id = $2"
    )))
    .bind(tx.tenant_uuid())
    .bind(rescreening)
    .fetch_optional(tx.connection())
    .await?)
}

/// The newest verdict on each submission under each of the versions.
pub async fn verdicts(
    tx: &mut TenantTx,
    submissions: &[Uuid],
    versions: &[&str],
) -> Result<Vec<RunRow>, StoreError> {
    let versions: Vec<String> = versions
        .iter()
        .map(|version| (*version).to_owned())
        .collect();
    Ok(sqlx::query_as(
        "select distinct on (subject_id, ruleset_version)
                run_id, subject_id, kind, input, input_hash, ruleset_id, ruleset_version, convention, engine,
                engine_version, output, created_at
         from tenant.runs
         where tenant_id = $1 and subject_id = any($2) and kind = 'eligibility' and ruleset_version = any($3)
         order by subject_id, ruleset_version, run_id desc",
    )
    .bind(tx.tenant_uuid())
    .bind(submissions)
    .bind(versions)
    .fetch_all(tx.connection())
    .await?)
}

/// How many applications of the round reached the funder before this one, and how many of them came
/// from organisations whose awards under the programme, less refunds, came to nothing before the round.
pub async fn received_before(
    tx: &mut TenantTx,
    submission: Uuid,
    programme: Uuid,
) -> Result<(i64, i64), StoreError> {
    Ok(sqlx::query_as(
        "with first_versions as (
             select round_id, application_id, applicant_tenant_id, reference, min(received_at) as received_at
             from tenant.received_submissions
             where tenant_id = $1
               and round_id = (select round_id from tenant.received_submissions
                               where tenant_id = $1 and submission_id = $2)
             group by round_id, application_id, applicant_tenant_id, reference)
         select count(*), count(*) filter (where 0 = (
                    select coalesce(sum(case l.kind when 'award' then l.amount else -l.amount end), 0)
                    from tenant.award_ledger l
                    where l.tenant_id = $1 and l.programme_id = $3
                      and l.counterparty_tenant_id = f.applicant_tenant_id
                      and l.reference not in (select reference from first_versions)))
         from first_versions f
         join tenant.received_submissions own on own.tenant_id = $1 and own.submission_id = $2
         join first_versions mine on mine.application_id = own.application_id
         where (f.received_at, f.application_id) < (mine.received_at, mine.application_id)",
    )
    .bind(tx.tenant_uuid())
    .bind(submission)
    .bind(programme)
    .fetch_one(tx.connection())
    .await?)
}
