//! Supporting documents: what is known of each, the funder's delivered copies, and the grants by which they come
//! and go. The bytes are elsewhere.
use std::time::Duration;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{StoreError, TenantTx};

/// A file of one's own application.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct FileRow {
    /// Id.
    pub file_id: Uuid,
    /// The application it supports.
    pub application_id: Uuid,
    /// `quotation`, `audited_accounts`, …
    pub kind: String,
    /// As its owner wrote it.
    pub name: String,
    /// Type by content.
    pub format: String,
    /// Length.
    pub bytes: i64,
    /// Of the bytes.
    pub sha256: String,
    /// Where the bytes are.
    pub object_name: String,
    /// `quarantined`, `clean`, `refused`, `removed`.
    pub state: String,
    /// Code, when it was refused.
    pub reason: Option<String>,
    /// Who settled it; `none` where no scanner is set up.
    pub scanner: Option<String>,
    /// By the database's clock.
    pub uploaded_at: DateTime<Utc>,
}

/// A file as a funder received it.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct ReceivedFileRow {
    /// Id of the funder's copy.
    pub received_file_id: Uuid,
    /// Frozen version it came with.
    pub submission_id: Uuid,
    /// `quotation`, `audited_accounts`, …
    pub kind: String,
    /// As its owner wrote it.
    pub name: String,
    /// Type by content.
    pub format: String,
    /// Length.
    pub bytes: i64,
    /// Of the bytes.
    pub sha256: String,
    /// Where the bytes are.
    pub object_name: String,
    /// `quarantined`, `clean`, `refused`.
    pub state: String,
    /// Code, when it was refused.
    pub reason: Option<String>,
    /// Who settled it.
    pub scanner: Option<String>,
    /// When its owner attached it.
    pub uploaded_at: DateTime<Utc>,
}

/// A file that passed the checks of its content.
pub struct NewFile<'a> {
    /// Id.
    pub file_id: Uuid,
    /// The application it supports.
    pub application_id: Uuid,
    /// `quotation`, …
    pub kind: &'a str,
    /// As its owner wrote it.
    pub name: &'a str,
    /// Type by content.
    pub format: &'a str,
    /// Length.
    pub bytes: i64,
    /// Of the bytes.
    pub sha256: &'a str,
    /// Where the bytes are.
    pub object_name: &'a str,
    /// Who sent it.
    pub by: (Uuid, &'a str),
}

/// What an upload was announced as.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct UploadGrant {
    /// For which application.
    pub application_id: Uuid,
    /// `quotation`, …
    pub kind: String,
    /// As its owner wrote it.
    pub name: String,
    /// Length.
    pub bytes: i64,
}

const FILE: &str = "select file_id, application_id, kind, name, format, bytes, sha256, object_name, state, reason, \
     scanner, uploaded_at from tenant.files";
const RECEIVED: &str = "select received_file_id, submission_id, kind, name, format, bytes, sha256, object_name, state, \
     reason, scanner, uploaded_at from tenant.received_files";

/// The files of an application that were not removed, oldest first.
pub async fn list(tx: &mut TenantTx, application: Uuid) -> Result<Vec<FileRow>, StoreError> {
    Ok(sqlx::query_as(sqlx::AssertSqlSafe(format!(
        "{FILE} where tenant_id = $1 and application_id = $2 and state <> 'removed' order by file_id"
    )))
    .bind(tx.tenant_uuid())
    .bind(application)
    .fetch_all(tx.connection())
    .await?)
}

/// One file of one's own.
pub async fn find(tx: &mut TenantTx, file: Uuid) -> Result<Option<FileRow>, StoreError> {
    Ok(sqlx::query_as(sqlx::AssertSqlSafe(format!(
        "{FILE} where tenant_id = $1 and file_id = $2"
    )))
    .bind(tx.tenant_uuid())
    .bind(file)
    .fetch_optional(tx.connection())
    .await?)
}

/// Files that came with several submissions.
pub async fn received(
    tx: &mut TenantTx,
    submissions: &[Uuid],
) -> Result<Vec<ReceivedFileRow>, StoreError> {
    Ok(sqlx::query_as(sqlx::AssertSqlSafe(format!(
        "{RECEIVED} where tenant_id = $1 and submission_id = any($2) order by submission_id, file_id"
    )))
    .bind(tx.tenant_uuid())
    .bind(submissions)
    .fetch_all(tx.connection())
    .await?)
}

/// One received file.
pub async fn find_received(
    tx: &mut TenantTx,
    file: Uuid,
) -> Result<Option<ReceivedFileRow>, StoreError> {
    Ok(sqlx::query_as(sqlx::AssertSqlSafe(format!(
        "{RECEIVED} where tenant_id = $1 and received_file_id = $2"
    )))
    .bind(tx.tenant_uuid())
    .bind(file)
    .fetch_optional(tx.connection())
    .await?)
}

/// Keeps a file in quarantine.
pub async fn insert(tx: &mut TenantTx, new: &NewFile<'_>) -> Result<(), StoreError> {
    sqlx::query(
        "insert into tenant.files (tenant_id, file_id, application_id, kind, name, format, bytes, sha256,
             object_name, uploaded_by, uploaded_by_name)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    )
    .bind(tx.tenant_uuid())
    .bind(new.file_id)
    .bind(new.application_id)
    .bind(new.kind)
    .bind(new.name)
    .bind(new.format)
    .bind(new.bytes)
    .bind(new.sha256)
    .bind(new.object_name)
    .bind(new.by.0)
    .bind(new.by.1)
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Moves a file on from one state; false when it stands elsewhere by now.
pub async fn settle(
    tx: &mut TenantTx,
    file: Uuid,
    from: &[&str],
    state: &str,
    reason: Option<&str>,
    scanner: Option<&str>,
) -> Result<bool, StoreError> {
    let changed = sqlx::query(
        "update tenant.files
         set state = $4, reason = $5, scanner = coalesce($6, scanner), settled_at = clock_timestamp()
         where tenant_id = $1 and file_id = $2 and state = any($3)",
    )
    .bind(tx.tenant_uuid())
    .bind(file)
    .bind(from)
    .bind(state)
    .bind(reason)
    .bind(scanner)
    .execute(tx.connection())
    .await?;
    Ok(changed.rows_affected() == 1)
}

/// Tells the funder that holds a copy what became of a file.
pub async fn deliver_state(tx: &mut TenantTx, file: Uuid) -> Result<(), StoreError> {
    sqlx::query("select tenant.file_state_deliver($1)")
        .bind(file)
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// Keeps a permission to upload, and forgets the person's old ones. Returns when it ends.
pub async fn grant_upload(
    tx: &mut TenantTx,
    hash: &str,
    to: Uuid,
    what: &UploadGrant,
    lasts: Duration,
) -> Result<DateTime<Utc>, StoreError> {
    forget_grants(tx, to).await?;
    Ok(sqlx::query_scalar(
        "insert into tenant.file_grants
             (tenant_id, grant_hash, deed, granted_to, application_id, kind, name, bytes, expires_at)
         values ($1, $2, 'upload', $3, $4, $5, $6, $7, statement_timestamp() + $8) returning expires_at",
    )
    .bind(tx.tenant_uuid())
    .bind(hash)
    .bind(to)
    .bind(what.application_id)
    .bind(&what.kind)
    .bind(&what.name)
    .bind(what.bytes)
    .bind(lasts)
    .fetch_one(tx.connection())
    .await?)
}

/// Keeps a permission to download, and forgets the person's old ones. Returns when it ends.
pub async fn grant_download(
    tx: &mut TenantTx,
    hash: &str,
    to: Uuid,
    file: Uuid,
    lasts: Duration,
) -> Result<DateTime<Utc>, StoreError> {
    forget_grants(tx, to).await?;
    Ok(sqlx::query_scalar(
        "insert into tenant.file_grants (tenant_id, grant_hash, deed, granted_to, file_id, expires_at)
         values ($1, $2, 'download', $3, $4, statement_timestamp() + $5) returning expires_at",
    )
    .bind(tx.tenant_uuid())
    .bind(hash)
    .bind(to)
    .bind(file)
    .bind(lasts)
    .fetch_one(tx.connection())
    .await?)
}

async fn forget_grants(tx: &mut TenantTx, to: Uuid) -> Result<(), StoreError> {
    sqlx::query(
        "delete from tenant.file_grants
         where tenant_id = $1 and granted_to = $2 and expires_at < clock_timestamp() - interval '1 day'",
    )
    .bind(tx.tenant_uuid())
    .bind(to)
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// What a valid permission of this person is for, without using it.
pub async fn upload_granted(
    tx: &mut TenantTx,
    hash: &str,
    to: Uuid,
) -> Result<Option<UploadGrant>, StoreError> {
    Ok(sqlx::query_as(
        "select application_id, kind, name, bytes from tenant.file_grants
         where tenant_id = $1 and grant_hash = $2 and granted_to = $3 and deed = 'upload'
           and used_at is null and expires_at > clock_timestamp()",
    )
    .bind(tx.tenant_uuid())
    .bind(hash)
    .bind(to)
    .fetch_optional(tx.connection())
    .await?)
}

/// Uses a permission to upload up; false when it was used, has run out or is not this person's.
pub async fn use_upload(tx: &mut TenantTx, hash: &str, to: Uuid) -> Result<bool, StoreError> {
    let used = sqlx::query(
        "update tenant.file_grants set used_at = clock_timestamp()
         where tenant_id = $1 and grant_hash = $2 and granted_to = $3 and deed = 'upload'
           and used_at is null and expires_at > clock_timestamp()",
    )
    .bind(tx.tenant_uuid())
    .bind(hash)
    .bind(to)
    .execute(tx.connection())
    .await?;
    Ok(used.rows_affected() == 1)
}

/// Uses a permission to download up and says for which file it was.
pub async fn use_download(
    tx: &mut TenantTx,
    hash: &str,
    to: Uuid,
) -> Result<Option<Uuid>, StoreError> {
    Ok(sqlx::query_scalar(
        "update tenant.file_grants set used_at = clock_timestamp()
         where tenant_id = $1 and grant_hash = $2 and granted_to = $3 and deed = 'download'
           and used_at is null and expires_at > clock_timestamp()
         returning file_id",
    )
    .bind(tx.tenant_uuid())
    .bind(hash)
    .bind(to)
    .fetch_optional(tx.connection())
    .await?)
}
