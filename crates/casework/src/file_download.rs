//! Reading a supporting document: the permission is used up, the reading is an audit entry, and the bytes must
//! still be those whose hash is on record.
use access::Actor;
use attachments::Format;
use explain::sha256_hex;
use serde_json::json;
use store::files as rows;

use crate::{
    CaseError, CaseResult, Casework, FetchedFile,
    context::deed,
    file_grant::{begin_reading, grant_invalid, hash_of, readable},
};

/// The bytes that a permission was given for.
pub async fn file_fetch(
    casework: &Casework,
    actor: &Actor,
    grant: &str,
) -> CaseResult<FetchedFile> {
    let mut tx = begin_reading(casework, actor).await?;
    let file = rows::use_download(&mut tx, &hash_of(grant), actor.user.0)
        .await?
        .ok_or_else(grant_invalid)?;
    let found = readable(&mut tx, actor, file).await?;
    let (kind, subject) = found.of;
    let detail = json!({"file": file, "sha256": found.sha256});
    let entry = deed(actor, "file_read", kind, subject, detail);
    casework.commit(tx, entry, &[]).await?;
    let bytes = casework
        .files
        .get(&found.object_name)
        .await
        .map_err(CaseError::internal)?;
    let (sha256, bytes) = tokio::task::spawn_blocking(move || (sha256_hex(&bytes), bytes))
        .await
        .map_err(CaseError::internal)?;
    if sha256 != found.sha256 {
        return Err(CaseError::internal(format!(
            "the bytes of file {file} have changed in the store"
        )));
    }
    let format = Format::from_name(&found.format)
        .ok_or_else(|| CaseError::internal(format!("file format {}", found.format)))?;
    Ok(FetchedFile {
        name: found.name,
        media: format.media(),
        bytes,
    })
}
