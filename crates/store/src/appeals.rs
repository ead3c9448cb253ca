//! Appeals: the applicant's own, the funder's copy, and what somebody who took no part decided.
use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{StoreError, TenantTx};

/// An appeal of one's own with its answer.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct AppealRow {
    /// Id.
    pub appeal_id: Uuid,
    /// The application.
    pub application_id: Uuid,
    /// In the applicant's words.
    pub grounds: String,
    /// By the database's clock.
    pub sent_at: DateTime<Utc>,
    /// upheld, dismissed; none while open.
    pub outcome: Option<String>,
    /// Why.
    pub reason: Option<String>,
    /// When it was decided.
    pub decided_at: Option<DateTime<Utc>>,
}

/// An appeal as the funder received it.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct ReceivedAppealRow {
    /// Id.
    pub appeal_id: Uuid,
    /// Frozen version it is about.
    pub submission_id: Uuid,
    /// The decision it is against.
    pub decision_id: Uuid,
    /// In the applicant's words.
    pub grounds: String,
    /// Their SHA-256.
    pub sha256: String,
    /// By the database's clock.
    pub received_at: DateTime<Utc>,
    /// upheld, dismissed; none while open.
    pub outcome: Option<String>,
    /// Why.
    pub reason: Option<String>,
    /// The bundle it was decided on.
    pub bundle_sha256: Option<String>,
    /// Who decided.
    pub decided_by_name: Option<String>,
    /// When.
    pub decided_at: Option<DateTime<Utc>>,
}

const RECEIVED: &str = "select r.appeal_id, r.submission_id, r.decision_id, r.grounds, r.sha256, r.received_at, \
     d.outcome, d.reason, d.bundle_sha256, d.decided_by_name, d.decided_at \
     from tenant.received_appeals r left join tenant.appeal_decisions d using (tenant_id, appeal_id)";

/// The appeals of several of one's own applications, newest first.
pub async fn own(tx: &mut TenantTx, applications: &[Uuid]) -> Result<Vec<AppealRow>, StoreError> {
    Ok(sqlx::query_as(
        "select a.appeal_id, a.application_id, a.grounds, a.sent_at, d.outcome, d.reason, d.decided_at
         from tenant.appeals a left join tenant.delivered_appeal_decisions d using (tenant_id, appeal_id)
         where a.tenant_id = $1 and a.application_id = any($2)
         order by a.application_id, a.sent_at desc",
    )
    .bind(tx.tenant_uuid())
    .bind(applications)
    .fetch_all(tx.connection())
    .await?)
}

/// The appeals on several submissions, newest first.
pub async fn received(
    tx: &mut TenantTx,
    submissions: &[Uuid],
) -> Result<Vec<ReceivedAppealRow>, StoreError> {
    Ok(sqlx::query_as(sqlx::AssertSqlSafe(format!(
        "{RECEIVED} where r.tenant_id = $1 and r.submission_id = any($2)
         order by r.submission_id, r.received_at desc"
    )))
    .bind(tx.tenant_uuid())
    .bind(submissions)
    .fetch_all(tx.connection())
    .await?)
}

/// Appeals that nobody decided yet, oldest first.
pub async fn open(tx: &mut TenantTx) -> Result<Vec<ReceivedAppealRow>, StoreError> {
    Ok(sqlx::query_as(sqlx::AssertSqlSafe(format!(
        "{RECEIVED} where r.tenant_id = $1 and d.appeal_id is null order by r.received_at"
    )))
    .bind(tx.tenant_uuid())
    .fetch_all(tx.connection())
    .await?)
}

/// One appeal that the funder received.
pub async fn find(
    tx: &mut TenantTx,
    appeal: Uuid,
) -> Result<Option<ReceivedAppealRow>, StoreError> {
    Ok(sqlx::query_as(sqlx::AssertSqlSafe(format!(
        "{RECEIVED} where r.tenant_id = $1 and r.appeal_id = $2"
    )))
    .bind(tx.tenant_uuid())
    .bind(appeal)
    .fetch_optional(tx.connection())
    .await?)
}

/// Of these people's submissions, the ones on which this person took part.
pub async fn took_part(
    tx: &mut TenantTx,
    submissions: &[Uuid],
    person: Uuid,
) -> Result<Vec<Uuid>, StoreError> {
    Ok(
        sqlx::query_scalar("select s from unnest($1::uuid[]) s where tenant.took_part(s, $2)")
            .bind(submissions)
            .bind(person)
            .fetch_all(tx.connection())
            .await?,
    )
}

/// Hands an appeal to the funder; none when nothing was decided, or that decision was appealed against.
pub async fn deliver(
    tx: &mut TenantTx,
    appeal: Uuid,
    application: Uuid,
    grounds: &str,
    sha256: &str,
    by: Uuid,
) -> Result<Option<DateTime<Utc>>, StoreError> {
    Ok(
        sqlx::query_scalar("select tenant.appeal_deliver($1, $2, $3, $4, $5)")
            .bind(appeal)
            .bind(application)
            .bind(grounds)
            .bind(sha256)
            .bind(by)
            .fetch_one(tx.connection())
            .await?,
    )
}

/// What was decided on an appeal.
pub struct Answer<'a> {
    /// upheld, dismissed.
    pub outcome: &'a str,
    /// Why.
    pub reason: &'a str,
    /// The bundle it rests on.
    pub bundle_sha256: &'a str,
    /// Who decides.
    pub by: (Uuid, &'a str),
}

/// Decides an appeal, once, and tells the applicant; none when it was decided before.
/// `appeal_decisions_other_person` is violated by whoever took part.
pub async fn answer(
    tx: &mut TenantTx,
    appeal: Uuid,
    answer: &Answer<'_>,
) -> Result<Option<DateTime<Utc>>, StoreError> {
    Ok(
        sqlx::query_scalar("select tenant.appeal_answer($1, $2, $3, $4, $5, $6)")
            .bind(appeal)
            .bind(answer.outcome)
            .bind(answer.reason)
            .bind(answer.bundle_sha256)
            .bind(answer.by.0)
            .bind(answer.by.1)
            .fetch_one(tx.connection())
            .await?,
    )
}
