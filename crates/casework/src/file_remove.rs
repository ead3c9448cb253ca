//! Taking a supporting document off a draft. What was submitted stays.
use access::{Action, Actor};
use serde_json::json;
use store::{applications, files as rows};
use uuid::Uuid;

use crate::{
    CaseError, CaseResult, Casework, context::deed, file_upload::settling, section_save::not_draft,
};

/// Removes a file from a draft; the bytes are dropped by a job. Answers with the application.
pub async fn file_remove(casework: &Casework, actor: &Actor, file: Uuid) -> CaseResult<Uuid> {
    let mut tx = casework.begin(actor, Action::FileAttach).await?;
    let row = rows::find(&mut tx, file)
        .await?
        .ok_or(CaseError::NotFound)?;
    let application = applications::lock(&mut tx, row.application_id)
        .await?
        .ok_or(CaseError::NotFound)?;
    if application.stage != "draft" {
        return Err(not_draft());
    }
    let from = ["quarantined", "clean", "refused"];
    if !rows::settle(&mut tx, file, &from, "removed", None, None).await? {
        return Err(CaseError::NotFound);
    }
    let detail = json!({"application": row.application_id, "sha256": row.sha256});
    let entry = deed(actor, "file_remove", "file", file, detail);
    casework
        .commit(tx, entry, &[settling(actor.tenant, file)])
        .await?;
    Ok(row.application_id)
}
