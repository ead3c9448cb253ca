//! Supporting documents as plain data.
use chrono::{DateTime, Utc};
use uuid::Uuid;

/// What a supporting document is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// An offer by a supplier.
    Quotation,
    /// Accounts with the auditor's report.
    AuditedAccounts,
    /// Minutes of the board.
    BoardMinutes,
    /// What the organisation is registered as.
    Registration,
    /// How the project is to be carried out.
    ProjectPlan,
    /// Anything else.
    Other,
}

impl FileKind {
    /// Every kind, in the order of the list.
    pub const ALL: [Self; 6] = [
        Self::Quotation,
        Self::AuditedAccounts,
        Self::BoardMinutes,
        Self::Registration,
        Self::ProjectPlan,
        Self::Other,
    ];

    /// The stable name, as stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Quotation => "quotation",
            Self::AuditedAccounts => "audited_accounts",
            Self::BoardMinutes => "board_minutes",
            Self::Registration => "registration",
            Self::ProjectPlan => "project_plan",
            Self::Other => "other",
        }
    }

    /// Reads the stable name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

/// Where a supporting document stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileState {
    /// Nobody can read it before it is checked.
    Quarantined,
    /// It can be read.
    Clean,
    /// Nobody will ever read it.
    Refused,
}

impl FileState {
    /// Reads the stable name; a removed file has none.
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "quarantined" => Some(Self::Quarantined),
            "clean" => Some(Self::Clean),
            "refused" => Some(Self::Refused),
            _ => None,
        }
    }
}

/// A supporting document, without its bytes.
#[derive(Debug, Clone)]
pub struct FileView {
    /// Id.
    pub id: Uuid,
    /// What it is for.
    pub kind: FileKind,
    /// As its owner wrote it.
    pub name: String,
    /// Length in bytes.
    pub bytes: i64,
    /// Of the bytes.
    pub sha256: String,
    /// Where it stands.
    pub state: FileState,
    /// Code of why it was refused.
    pub reason: Option<String>,
    /// Whether a virus scanner looked at it.
    pub scanned: bool,
    /// By the database's clock.
    pub uploaded_at: DateTime<Utc>,
}

/// What may be attached.
#[derive(Debug, Clone)]
pub struct FileRulesView {
    /// How names may end.
    pub endings: Vec<&'static str>,
    /// Largest file, in bytes.
    pub bytes_max: i64,
    /// Most files of an application.
    pub files_max: usize,
    /// Largest sum of an application's files, in bytes.
    pub total_max: i64,
    /// Whether a virus scanner is set up.
    pub scanned: bool,
}

/// Permission for one deed, once.
#[derive(Debug, Clone)]
pub struct FileGrantView {
    /// The secret: part of the address to be used.
    pub grant: String,
    /// When it ends.
    pub expires_at: DateTime<Utc>,
}

/// A file on its way to its reader.
#[derive(Debug)]
pub struct FetchedFile {
    /// As its owner wrote it.
    pub name: String,
    /// What it is by its content.
    pub media: &'static str,
    /// The bytes.
    pub bytes: Vec<u8>,
}
