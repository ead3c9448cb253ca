//! Reviews: one per reviewer and frozen version; each save of scores is kept.
use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{StoreError, TenantTx};

/// A review.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct ReviewRow {
    /// Id.
    pub review_id: Uuid,
    /// Frozen version it is about.
    pub submission_id: Uuid,
    /// Who.
    pub reviewer_id: Uuid,
    /// Name as it was then.
    pub reviewer_name: String,
    /// open, submitted, conflict.
    pub state: String,
    /// General remark.
    pub comment: String,
    /// Counts saves.
    pub version: i32,
    /// Last save.
    pub updated_at: DateTime<Utc>,
}

/// A level on one dimension, of the latest version of its review.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct ScoreRow {
    /// Review.
    pub review_id: Uuid,
    /// `R1`, …
    pub dimension: String,
    /// 0 to 5.
    pub level: i16,
    /// Remark.
    pub comment: String,
}

const REVIEW: &str = "select review_id, submission_id, reviewer_id, reviewer_name, state, comment, version, \
     updated_at from tenant.reviews";

/// Reviews of several submissions, by submission and reviewer.
pub async fn list(tx: &mut TenantTx, submissions: &[Uuid]) -> Result<Vec<ReviewRow>, StoreError> {
    Ok(sqlx::query_as(sqlx::AssertSqlSafe(format!(
        "{REVIEW} where tenant_id = $1 and submission_id = any($2)
         order by submission_id, review_id"
    )))
    .bind(tx.tenant_uuid())
    .bind(submissions)
    .fetch_all(tx.connection())
    .await?)
}

/// Those of these copies in any version of which this person declared a conflict of interest.
pub async fn closed_to(
    tx: &mut TenantTx,
    reviewer: Uuid,
    submissions: &[Uuid],
) -> Result<Vec<Uuid>, StoreError> {
    Ok(sqlx::query_scalar(
        "select r.submission_id from tenant.received_submissions r
         where r.tenant_id = $1 and r.submission_id = any($2) and exists (
             select from tenant.reviews c
             join tenant.received_submissions o
               on o.tenant_id = c.tenant_id and o.submission_id = c.submission_id
             where c.tenant_id = r.tenant_id and c.reviewer_id = $3 and c.state = 'conflict'
               and o.application_id = r.application_id)",
    )
    .bind(tx.tenant_uuid())
    .bind(submissions)
    .bind(reviewer)
    .fetch_all(tx.connection())
    .await?)
}

/// Scores of the latest version of several reviews.
pub async fn scores(tx: &mut TenantTx, reviews: &[Uuid]) -> Result<Vec<ScoreRow>, StoreError> {
    Ok(sqlx::query_as(
        "select s.review_id, s.dimension, s.level, s.comment
         from tenant.review_scores s
         join tenant.reviews r
           on r.tenant_id = s.tenant_id and r.review_id = s.review_id and r.version = s.version
         where s.tenant_id = $1 and s.review_id = any($2)
         order by s.review_id, s.dimension",
    )
    .bind(tx.tenant_uuid())
    .bind(reviews)
    .fetch_all(tx.connection())
    .await?)
}

/// Saves the reviewer's own review if nobody saved it since version `expected` (0 = never).
pub async fn save(
    tx: &mut TenantTx,
    submission: Uuid,
    reviewer: (Uuid, &str),
    state: &str,
    comment: &str,
    expected: i32,
) -> Result<ReviewRow, StoreError> {
    let saved: Option<ReviewRow> = if expected == 0 {
        sqlx::query_as(
            "insert into tenant.reviews
                 (tenant_id, review_id, submission_id, reviewer_id, reviewer_name, state, comment)
             values ($1, $2, $3, $4, $5, $6, $7)
             on conflict on constraint reviews_once do nothing
             returning review_id, submission_id, reviewer_id, reviewer_name, state, comment, version, updated_at",
        )
        .bind(tx.tenant_uuid())
        .bind(Uuid::now_v7())
        .bind(submission)
        .bind(reviewer.0)
        .bind(reviewer.1)
        .bind(state)
        .bind(comment)
        .fetch_optional(tx.connection())
        .await?
    } else {
        sqlx::query_as(
            "update tenant.reviews
             set state = $4, comment = $5, version = version + 1, updated_at = clock_timestamp()
             where tenant_id = $1 and submission_id = $2 and reviewer_id = $3 and version = $6
             returning review_id, submission_id, reviewer_id, reviewer_name, state, comment, version, updated_at",
        )
        .bind(tx.tenant_uuid())
        .bind(submission)
        .bind(reviewer.0)
        .bind(state)
        .bind(comment)
        .bind(expected)
        .fetch_optional(tx.connection())
        .await?
    };
    saved.ok_or(StoreError::VersionConflict)
}

/// Keeps one level for a version of a review.
pub async fn score_add(
    tx: &mut TenantTx,
    review: &ReviewRow,
    dimension: &str,
    level: i16,
    comment: &str,
) -> Result<(), StoreError> {
    sqlx::query(
        "insert into tenant.review_scores (tenant_id, review_id, version, dimension, level, comment)
         values ($1, $2, $3, $4, $5, $6)",
    )
    .bind(tx.tenant_uuid())
    .bind(review.review_id)
    .bind(review.version)
    .bind(dimension)
    .bind(level)
    .bind(comment)
    .execute(tx.connection())
    .await?;
    Ok(())
}
