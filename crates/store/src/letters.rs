//! Letters of decisions: the funder's copy and the applicant's, the same text.
use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{StoreError, TenantTx};

/// A letter as the funder sent it.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct LetterRow {
    /// Id.
    pub letter_id: Uuid,
    /// Frozen version it is about.
    pub submission_id: Uuid,
    /// The decision it tells.
    pub decision_id: Uuid,
    /// Canonical JSON.
    pub document: String,
    /// Its SHA-256.
    pub sha256: String,
    /// Who sent it.
    pub sent_by_name: String,
    /// By the database's clock.
    pub sent_at: DateTime<Utc>,
}

/// A letter as the applicant received it.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct DeliveredLetterRow {
    /// Id.
    pub letter_id: Uuid,
    /// The application.
    pub application_id: Uuid,
    /// Canonical JSON.
    pub document: String,
    /// Its SHA-256.
    pub sha256: String,
    /// When it was sent.
    pub sent_at: DateTime<Utc>,
}

const LETTER: &str = "select letter_id, submission_id, decision_id, document, sha256, sent_by_name, sent_at \
     from tenant.letters";
const DELIVERED: &str =
    "select letter_id, application_id, document, sha256, sent_at from tenant.delivered_letters";

/// The letters on several submissions.
pub async fn list(tx: &mut TenantTx, submissions: &[Uuid]) -> Result<Vec<LetterRow>, StoreError> {
    Ok(sqlx::query_as(sqlx::AssertSqlSafe(format!(
        "{LETTER} where tenant_id = $1 and submission_id = any($2) order by submission_id, sent_at"
    )))
    .bind(tx.tenant_uuid())
    .bind(submissions)
    .fetch_all(tx.connection())
    .await?)
}

/// One letter that this tenant sent.
pub async fn find(tx: &mut TenantTx, letter: Uuid) -> Result<Option<LetterRow>, StoreError> {
    Ok(sqlx::query_as(sqlx::AssertSqlSafe(format!(
        "{LETTER} where tenant_id = $1 and letter_id = $2"
    )))
    .bind(tx.tenant_uuid())
    .bind(letter)
    .fetch_optional(tx.connection())
    .await?)
}

/// Letters about several of one's own applications, newest first.
pub async fn delivered(
    tx: &mut TenantTx,
    applications: &[Uuid],
) -> Result<Vec<DeliveredLetterRow>, StoreError> {
    Ok(sqlx::query_as(sqlx::AssertSqlSafe(format!(
        "{DELIVERED} where tenant_id = $1 and application_id = any($2)
         order by application_id, sent_at desc"
    )))
    .bind(tx.tenant_uuid())
    .bind(applications)
    .fetch_all(tx.connection())
    .await?)
}

/// One letter that this tenant received.
pub async fn find_delivered(
    tx: &mut TenantTx,
    letter: Uuid,
) -> Result<Option<DeliveredLetterRow>, StoreError> {
    Ok(sqlx::query_as(sqlx::AssertSqlSafe(format!(
        "{DELIVERED} where tenant_id = $1 and letter_id = $2"
    )))
    .bind(tx.tenant_uuid())
    .bind(letter)
    .fetch_optional(tx.connection())
    .await?)
}

/// Sends the letter of a decision, once; none when it was sent before.
pub async fn deliver(
    tx: &mut TenantTx,
    letter: Uuid,
    decision: Uuid,
    document: &str,
    sha256: &str,
    by: (Uuid, &str),
) -> Result<Option<DateTime<Utc>>, StoreError> {
    Ok(
        sqlx::query_scalar("select tenant.letter_deliver($1, $2, $3, $4, $5, $6)")
            .bind(letter)
            .bind(decision)
            .bind(document)
            .bind(sha256)
            .bind(by.0)
            .bind(by.1)
            .fetch_one(tx.connection())
            .await?,
    )
}
