//! Receiving a supporting document: what it is by its content decides, the bytes go into the store under a random
//! name, and the file waits in quarantine for its scan.
use access::{Action, Actor};
use explain::{Problems, sha256_hex};
use serde_json::json;
use store::{
    applications,
    files::{self as rows, NewFile, UploadGrant},
    work::{NewWork, WorkKind},
};
use uuid::Uuid;

use crate::{
    CaseError, CaseResult, Casework, FileView,
    context::{deed, work},
    file_grant::{grant_invalid, hash_of, refuse_more},
    files::own_view,
    section_save::not_draft,
    sign_in::new_secret,
};

/// How often a file is scanned until somebody must look: the pauses between come to some four minutes.
const SCANS_MAX: i32 = 8;

/// Takes the bytes that a permission was given for. Refused ones use it up as well.
pub async fn file_receive(
    casework: &Casework,
    actor: &Actor,
    grant: &str,
    bytes: Vec<u8>,
) -> CaseResult<FileView> {
    let hash = hash_of(grant);
    let mut tx = casework.begin(actor, Action::FileAttach).await?;
    let announced = rows::upload_granted(&mut tx, &hash, actor.user.0).await?;
    tx.end_read().await?;
    let announced = announced.ok_or_else(grant_invalid)?;
    let weighed = announced.clone();
    let (checked, sha256, bytes) = tokio::task::spawn_blocking(move || {
        let checked = inspected(&weighed, &bytes);
        let sha256 = sha256_hex(&bytes);
        (checked, sha256, bytes)
    })
    .await
    .map_err(CaseError::internal)?;
    let format = match checked {
        Ok(format) => format,
        Err(problems) => {
            return refuse(casework, actor, &hash, &announced, (&sha256, problems)).await;
        }
    };
    let random = new_secret();
    // Two letters of it are a folder, so that none grows too large.
    let object_name = format!("{}/{random}", random.get(..2).unwrap_or("00"));
    if let Err(error) = casework.files.put(&object_name, bytes).await {
        tracing::error!(%error, "a file was not kept");
        return Err(CaseError::problem(
            "file_store_unavailable",
            "file",
            "The file could not be kept just now; try again in a few minutes.",
        ));
    }
    let kept = keep(
        casework,
        actor,
        &hash,
        &announced,
        (format, &sha256, &object_name),
    )
    .await;
    if kept.is_err() {
        drop_object(casework, &object_name).await;
    }
    kept
}

fn inspected(announced: &UploadGrant, bytes: &[u8]) -> Result<&'static str, Problems> {
    let mut problems = Problems::new();
    if i64::try_from(bytes.len()).ok() != Some(announced.bytes) {
        problems.add(
            "file_length_differs",
            "file",
            "Not all of the file arrived, or it changed since it was chosen; choose it again.",
        );
    }
    match attachments::inspect(&announced.name, bytes) {
        Ok(format) => problems.into_result(Some(format.as_str())),
        Err(found) => {
            problems.extend(found);
            Err(problems)
        }
    }
}

/// Records the refusal: what was found, never the bytes.
async fn refuse(
    casework: &Casework,
    actor: &Actor,
    hash: &str,
    announced: &UploadGrant,
    (sha256, problems): (&str, Problems),
) -> CaseResult<FileView> {
    let mut tx = casework.begin(actor, Action::FileAttach).await?;
    if !rows::use_upload(&mut tx, hash, actor.user.0).await? {
        return Err(grant_invalid());
    }
    let found = problems.as_slice();
    let codes: Vec<&str> = found.iter().map(|problem| problem.code.as_str()).collect();
    let detail = json!({"codes": codes, "sha256": sha256, "bytes": announced.bytes});
    let entry = deed(
        actor,
        "file_refuse",
        "application",
        announced.application_id,
        detail,
    );
    casework.commit(tx, entry, &[]).await?;
    Err(problems.into())
}

async fn keep(
    casework: &Casework,
    actor: &Actor,
    hash: &str,
    announced: &UploadGrant,
    (format, sha256, object_name): (&str, &str, &str),
) -> CaseResult<FileView> {
    let mut tx = casework.begin(actor, Action::FileAttach).await?;
    // Attaching and submitting take turns.
    let application = applications::lock(&mut tx, announced.application_id)
        .await?
        .ok_or(CaseError::NotFound)?;
    if application.stage != "draft" {
        return Err(not_draft());
    }
    if !rows::use_upload(&mut tx, hash, actor.user.0).await? {
        return Err(grant_invalid());
    }
    let full = refuse_more(&mut tx, announced.application_id, announced.bytes).await?;
    if !full.is_empty() {
        return Err(full.into());
    }
    let file = Uuid::now_v7();
    let new = NewFile {
        file_id: file,
        application_id: announced.application_id,
        kind: &announced.kind,
        name: &announced.name,
        format,
        bytes: announced.bytes,
        sha256,
        object_name,
        by: (actor.user.0, &actor.name),
    };
    rows::insert(&mut tx, &new).await?;
    let row = rows::find(&mut tx, file)
        .await?
        .ok_or(CaseError::NotFound)?;
    let detail =
        json!({"application": announced.application_id, "kind": announced.kind, "sha256": sha256});
    let entry = deed(actor, "file_attach", "file", file, detail);
    casework
        .commit(tx, entry, &[settling(actor.tenant, file)])
        .await?;
    own_view(&row)
}

/// The work that brings a file to rest.
pub(crate) fn settling(tenant: access::TenantId, file: Uuid) -> NewWork {
    NewWork {
        attempt_max: SCANS_MAX,
        ..work(WorkKind::SettleFile, tenant, tenant, file)
    }
}

/// Forgets bytes that no row speaks of. What cannot be forgotten now lies there unread, under a random name.
pub(crate) async fn drop_object(casework: &Casework, object_name: &str) {
    if let Err(error) = casework.files.delete(object_name).await {
        tracing::warn!(%error, "an object without a row could not be deleted");
    }
}
