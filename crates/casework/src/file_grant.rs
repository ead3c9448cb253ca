//! Permissions to send or fetch one file: a secret that one person can use once, soon, for one deed. The database
//! keeps its hash only.
use std::time::Duration;

use access::{Action, Actor, may};
use attachments::{Format, check_name};
use explain::{Problem, Problems, sha256_hex};
use serde_json::json;
use store::{
    TenantTx, applications,
    files::{self as rows, UploadGrant},
};
use uuid::Uuid;

use crate::{
    CaseError, CaseResult, Casework, FileGrantView, FileKind,
    conflict::refuse_closed,
    context::deed,
    files::{FILES_MAX, TOTAL_BYTES_MAX, bytes_max},
    section_save::not_draft,
    sign_in::new_secret,
};

/// How long a permission lasts: the longest upload, and a moment to begin it.
const LASTS: Duration = Duration::from_mins(15);

/// A file that is about to be sent.
#[derive(Debug, Clone)]
pub struct FileAnnounced {
    /// The application it supports.
    pub application: Uuid,
    /// What it is for.
    pub kind: FileKind,
    /// As its owner calls it.
    pub name: String,
    /// Length in bytes.
    pub bytes: i64,
}

/// Permits one upload, after everything that can be said of the file before it is sent.
pub async fn file_upload_grant(
    casework: &Casework,
    actor: &Actor,
    announced: &FileAnnounced,
) -> CaseResult<FileGrantView> {
    let mut tx = casework.begin(actor, Action::FileAttach).await?;
    let row = applications::find(&mut tx, announced.application)
        .await?
        .ok_or(CaseError::NotFound)?;
    if row.stage != "draft" {
        return Err(not_draft());
    }
    refuse_announced(&mut tx, announced).await?;
    let (grant, hash) = secret();
    let what = UploadGrant {
        application_id: announced.application,
        kind: announced.kind.as_str().to_owned(),
        name: announced.name.clone(),
        bytes: announced.bytes,
    };
    let expires_at = rows::grant_upload(&mut tx, &hash, actor.user.0, &what, LASTS).await?;
    let detail = json!({"kind": what.kind, "bytes": what.bytes});
    let entry = deed(
        actor,
        "file_upload_grant",
        "application",
        row.application_id,
        detail,
    );
    casework.commit(tx, entry, &[]).await?;
    Ok(FileGrantView { grant, expires_at })
}

/// Everything that is wrong with a file before its first byte.
async fn refuse_announced(tx: &mut TenantTx, announced: &FileAnnounced) -> CaseResult<()> {
    let mut problems = check_name(&announced.name);
    let ending = announced
        .name
        .rsplit_once('.')
        .map_or("", |(_, ending)| ending);
    if Format::of_ending(ending).is_none() {
        problems.push(
            Problem::new(
                "file_type_refused",
                "name",
                "The file's type is not taken; PDF, Word (.docx), Excel (.xlsx), CSV, text, JPEG and PNG are.",
            )
            .with("found", format!(".{ending}")),
        );
    }
    let mib = (bytes_max() / (1024 * 1024)).to_string();
    if announced.bytes > bytes_max() {
        let message = format!("The file is larger than {mib} MiB; send it in parts.");
        problems.push(Problem::new("file_over_limit", "file", message).with("mib", mib));
    } else if announced.bytes < 1 {
        problems.add("file_empty", "file", "The file is empty; choose another.");
    }
    problems.extend(refuse_more(tx, announced.application, announced.bytes).await?);
    if problems.is_empty() {
        Ok(())
    } else {
        Err(problems.into())
    }
}

/// What the application holds already leaves no room for it.
pub(crate) async fn refuse_more(
    tx: &mut TenantTx,
    application: Uuid,
    bytes: i64,
) -> CaseResult<Problems> {
    let mut problems = Problems::new();
    let held: Vec<i64> = rows::list(tx, application)
        .await?
        .into_iter()
        .filter(|row| row.state != "refused")
        .map(|row| row.bytes)
        .collect();
    if held.len() >= FILES_MAX {
        let message = format!("An application takes {FILES_MAX} files; remove one first.");
        let problem = Problem::new("files_too_many", "file", message);
        problems.push(problem.with("max", FILES_MAX.to_string()));
    }
    let total = held.iter().sum::<i64>().saturating_add(bytes);
    if total > TOTAL_BYTES_MAX {
        let mib = (TOTAL_BYTES_MAX / (1024 * 1024)).to_string();
        let message =
            format!("The files of an application come to at most {mib} MiB; remove one first.");
        problems.push(Problem::new("files_total", "file", message).with("mib", mib));
    }
    Ok(problems)
}

/// Permits one download of a file that is clean: one's own, or one that was received.
pub async fn file_download_grant(
    casework: &Casework,
    actor: &Actor,
    file: Uuid,
) -> CaseResult<FileGrantView> {
    let mut tx = begin_reading(casework, actor).await?;
    let found = readable(&mut tx, actor, file).await?;
    let (grant, hash) = secret();
    let expires_at = rows::grant_download(&mut tx, &hash, actor.user.0, file, LASTS).await?;
    let detail = json!({"sha256": found.sha256});
    let entry = deed(actor, "file_download_grant", "file", file, detail);
    casework.commit(tx, entry, &[]).await?;
    Ok(FileGrantView { grant, expires_at })
}

/// Begins for whoever reads applications: their own, or delivered ones.
pub(crate) async fn begin_reading(casework: &Casework, actor: &Actor) -> CaseResult<TenantTx> {
    let action = if may(actor, Action::ApplicationRead) {
        Action::ApplicationRead
    } else {
        Action::ReceivedRead
    };
    casework.begin(actor, action).await
}

/// A file that may be read now.
pub(crate) struct Readable {
    pub(crate) name: String,
    pub(crate) format: String,
    pub(crate) sha256: String,
    pub(crate) object_name: String,
    /// What its reading is recorded under.
    pub(crate) of: (&'static str, Uuid),
}

/// The file, or why it cannot be read; what is not theirs to see does not exist.
pub(crate) async fn readable(tx: &mut TenantTx, actor: &Actor, file: Uuid) -> CaseResult<Readable> {
    let (found, state) = if may(actor, Action::ApplicationRead) {
        let row = rows::find(tx, file).await?.ok_or(CaseError::NotFound)?;
        let found = Readable {
            name: row.name,
            format: row.format,
            sha256: row.sha256,
            object_name: row.object_name,
            of: ("application", row.application_id),
        };
        (found, row.state)
    } else {
        let row = rows::find_received(tx, file)
            .await?
            .ok_or(CaseError::NotFound)?;
        refuse_closed(tx, actor, row.submission_id).await?;
        let found = Readable {
            name: row.name,
            format: row.format,
            sha256: row.sha256,
            object_name: row.object_name,
            of: ("submission", row.submission_id),
        };
        (found, row.state)
    };
    match state.as_str() {
        "clean" => Ok(found),
        "quarantined" => Err(CaseError::problem(
            "file_quarantined",
            "",
            "The file is still being checked; it can be opened when it is clean.",
        )),
        "refused" => Err(CaseError::problem(
            "file_was_refused",
            "",
            "The file was refused and deleted; its owner can send another.",
        )),
        _ => Err(CaseError::NotFound),
    }
}

/// 256 random bits in hexadecimal, and their hash.
fn secret() -> (String, String) {
    let secret = new_secret();
    let hash = hash_of(&secret);
    (secret, hash)
}

/// What the database knows a permission by.
pub(crate) fn hash_of(grant: &str) -> String {
    sha256_hex(grant.as_bytes())
}

/// The one answer to every permission that does not hold, whatever the cause.
pub(crate) fn grant_invalid() -> CaseError {
    CaseError::problem(
        "grant_invalid",
        "",
        "This permission was used, has run out or was given to somebody else; ask for a new one.",
    )
}
