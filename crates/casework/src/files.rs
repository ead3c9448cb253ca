//! The supporting documents of an application, in lists: the applicant's own, and those a funder received.
use std::collections::BTreeMap;

use access::{Action, Actor};
use attachments::{FILE_BYTES_MAX, Format};
use store::files::{self as rows, FileRow, ReceivedFileRow};
use uuid::Uuid;

use crate::{
    CaseError, CaseResult, Casework, FileKind, FileRulesView, FileState, FileView,
    conflict::open_to,
};

/// Most supporting documents of one application.
pub(crate) const FILES_MAX: usize = 30;
/// Largest sum of their lengths.
pub(crate) const TOTAL_BYTES_MAX: i64 = 100 * 1024 * 1024;
/// What stands in the records where no scanner is set up.
pub(crate) const NO_SCANNER: &str = "none";

/// Largest file, as stored.
pub(crate) fn bytes_max() -> i64 {
    i64::try_from(FILE_BYTES_MAX).unwrap_or(i64::MAX)
}

/// What may be attached; the same for everybody.
pub fn file_rules(casework: &Casework) -> FileRulesView {
    let endings = Format::ALL.into_iter().flat_map(Format::endings);
    FileRulesView {
        endings: endings.copied().collect(),
        bytes_max: bytes_max(),
        files_max: FILES_MAX,
        total_max: TOTAL_BYTES_MAX,
        scanned: casework.scanner.is_some(),
    }
}

/// What is attached to an application of one's own, oldest first.
pub async fn application_files(
    casework: &Casework,
    actor: &Actor,
    application: Uuid,
) -> CaseResult<Vec<FileView>> {
    let mut tx = casework.begin(actor, Action::ApplicationRead).await?;
    let found = rows::list(&mut tx, application).await?;
    tx.end_read().await?;
    found.iter().map(own_view).collect()
}

/// What came with several submissions, oldest first. A reviewer with a declared conflict sees nothing.
pub async fn received_files(
    casework: &Casework,
    actor: &Actor,
    ids: &[Uuid],
) -> CaseResult<BTreeMap<Uuid, Vec<FileView>>> {
    let mut tx = casework.begin(actor, Action::ReceivedRead).await?;
    let open = open_to(&mut tx, actor, ids).await?;
    let mut found: BTreeMap<Uuid, Vec<FileView>> = BTreeMap::new();
    for row in rows::received(&mut tx, &open).await? {
        let view = received_view(&row)?;
        found.entry(row.submission_id).or_default().push(view);
    }
    tx.end_read().await?;
    Ok(found)
}

pub(crate) fn own_view(row: &FileRow) -> CaseResult<FileView> {
    Ok(FileView {
        id: row.file_id,
        kind: kind(&row.kind)?,
        name: row.name.clone(),
        bytes: row.bytes,
        sha256: row.sha256.clone(),
        state: state(&row.state)?,
        reason: row.reason.clone(),
        scanned: is_scanned(row.scanner.as_deref()),
        uploaded_at: row.uploaded_at,
    })
}

fn received_view(row: &ReceivedFileRow) -> CaseResult<FileView> {
    Ok(FileView {
        id: row.received_file_id,
        kind: kind(&row.kind)?,
        name: row.name.clone(),
        bytes: row.bytes,
        sha256: row.sha256.clone(),
        state: state(&row.state)?,
        reason: row.reason.clone(),
        scanned: is_scanned(row.scanner.as_deref()),
        uploaded_at: row.uploaded_at,
    })
}

fn is_scanned(scanner: Option<&str>) -> bool {
    scanner.is_some_and(|scanner| scanner != NO_SCANNER)
}

fn kind(name: &str) -> CaseResult<FileKind> {
    FileKind::from_name(name).ok_or_else(|| CaseError::internal(format!("file kind {name}")))
}

fn state(name: &str) -> CaseResult<FileState> {
    FileState::from_name(name).ok_or_else(|| CaseError::internal(format!("file state {name}")))
}
