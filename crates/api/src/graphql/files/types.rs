//! A supporting document, and what may be attached.
use async_graphql::{Enum, ID, SimpleObject};
use casework::{FileRulesView, FileView};

use crate::graphql::{scalars::DateTime, types::id};

#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "casework::FileKind")]
pub(crate) enum FileKind {
    Quotation,
    AuditedAccounts,
    BoardMinutes,
    Registration,
    ProjectPlan,
    Other,
}

#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "casework::FileState")]
pub(crate) enum FileState {
    Quarantined,
    Clean,
    Refused,
}

/// A supporting document. It can be fetched when it is clean.
#[derive(SimpleObject)]
pub(crate) struct SupportingFile {
    id: ID,
    kind: FileKind,
    name: String,
    bytes: i64,
    sha256: String,
    state: FileState,
    /// Code of why it was refused.
    reason: Option<String>,
    /// Whether a virus scanner looked at it; false where none is set up.
    scanned: bool,
    uploaded_at: DateTime,
}

impl From<FileView> for SupportingFile {
    fn from(view: FileView) -> Self {
        Self {
            id: id(view.id),
            kind: view.kind.into(),
            name: view.name,
            bytes: view.bytes,
            sha256: view.sha256,
            state: view.state.into(),
            reason: view.reason,
            scanned: view.scanned,
            uploaded_at: view.uploaded_at.into(),
        }
    }
}

/// What may be attached to an application.
#[derive(SimpleObject)]
pub(crate) struct FileRules {
    /// How names may end.
    endings: Vec<String>,
    bytes_max: i64,
    files_max: usize,
    total_max: i64,
    /// Whether a virus scanner is set up.
    scanned: bool,
}

impl From<FileRulesView> for FileRules {
    fn from(view: FileRulesView) -> Self {
        Self {
            endings: view.endings.into_iter().map(str::to_owned).collect(),
            bytes_max: view.bytes_max,
            files_max: view.files_max,
            total_max: view.total_max,
            scanned: view.scanned,
        }
    }
}
