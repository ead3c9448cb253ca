//! The words of the ledger: what is written down, what a worker receives, what a row can be.

use std::time::Duration;

use access::TenantId;
use uuid::Uuid;

/// What is to be done. A new kind is a new variant here and a handler in `jobs`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum WorkKind {
    /// Judge a submission against the criteria of its round.
    Screen,
    /// Compute the SROI of a submission.
    EvaluateSroi,
    /// Evaluate the funder's assessed copy of a value map.
    EvaluateAssessed,
    /// Evaluate what came of an awarded project.
    EvaluateOutturn,
    /// Apportion the shared costs of a submission.
    Apportion,
    /// Rank the applications of a round.
    RankRound,
    /// Refresh a cube of the sector report.
    ReportSector,
    /// Bring a supporting document to rest: scan it, or drop what was refused or removed.
    SettleFile,
}

impl WorkKind {
    /// Every kind.
    pub const ALL: [Self; 8] = [
        Self::Screen,
        Self::EvaluateSroi,
        Self::EvaluateAssessed,
        Self::EvaluateOutturn,
        Self::Apportion,
        Self::RankRound,
        Self::ReportSector,
        Self::SettleFile,
    ];

    /// The word in the column `kind`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Screen => "screen",
            Self::EvaluateSroi => "evaluate_sroi",
            Self::EvaluateAssessed => "evaluate_assessed",
            Self::EvaluateOutturn => "evaluate_outturn",
            Self::Apportion => "apportion",
            Self::RankRound => "rank_round",
            Self::ReportSector => "report_sector",
            Self::SettleFile => "settle_file",
        }
    }

    /// The kind with that word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

/// Where a row stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WorkState {
    /// Waiting for a worker, from its due time on.
    Queued,
    /// Held by a worker until its lease runs out.
    Running,
    /// Done, or made superfluous by the same work queued again.
    Done,
    /// Cannot succeed; a person decides.
    Failed,
    /// Out of attempts; a person decides.
    Dead,
}

impl WorkState {
    /// The word in the column `state`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Running => "running",
            Self::Done => "done",
            Self::Failed => "failed",
            Self::Dead => "dead",
        }
    }

    /// The state with that word.
    pub fn from_word(word: &str) -> Option<Self> {
        [
            Self::Queued,
            Self::Running,
            Self::Done,
            Self::Failed,
            Self::Dead,
        ]
        .into_iter()
        .find(|state| state.as_str() == word)
    }
}

/// Work to be written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewWork {
    /// Version 7, made by the caller.
    pub work_id: Uuid,
    /// What is to be done.
    pub kind: WorkKind,
    /// The tenant in which the handler works.
    pub tenant_id: TenantId,
    /// On whose behalf: claims are fair across origins.
    pub origin_id: TenantId,
    /// Submission, round, …
    pub subject_id: Uuid,
    /// Asked for twice under one key while it waits, work is done once.
    pub dedup_key: String,
    /// Higher first, among the work of one origin.
    pub priority: i16,
    /// Tried at most this often, 1 to 8.
    pub attempt_max: i32,
    /// Not before this much time has passed.
    pub delay: Duration,
    /// Joins the handler's trace to the request that caused it.
    pub trace_id: Option<String>,
}

/// Work that a worker holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimedWork {
    /// The row.
    pub work_id: Uuid,
    /// What is to be done.
    pub kind: WorkKind,
    /// The tenant in which to work.
    pub tenant_id: TenantId,
    /// On whose behalf.
    pub origin_id: TenantId,
    /// Submission, round, …
    pub subject_id: Uuid,
    /// The key under which it was asked for.
    pub dedup_key: String,
    /// This attempt, from 1.
    pub attempt: i32,
    /// The last attempt there is.
    pub attempt_max: i32,
    /// Proves that the claim still holds; see [`super::finish`].
    pub fence: i64,
    /// How often a worker fell silent while holding the row.
    pub expiries: i32,
    /// The trace of the request that caused it.
    pub trace_id: Option<String>,
}

impl ClaimedWork {
    /// Whether the row may have killed the workers that held it.
    pub fn is_suspect(&self) -> bool {
        self.expiries >= super::SUSPECT_EXPIRIES
    }
}

/// The state of the ledger for operators. Finished rows are not counted: they only grow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::FromRow)]
pub struct WorkStats {
    /// Rows that wait, those due later included.
    pub queued: i64,
    /// Rows that wait and could run now.
    pub due: i64,
    /// Rows that a worker holds.
    pub running: i64,
    /// Rows that cannot succeed.
    pub failed: i64,
    /// Rows out of attempts.
    pub dead: i64,
    /// How long the longest waiting due row has been due.
    pub oldest_due_seconds: Option<i64>,
    /// How long the longest running row has been held.
    pub oldest_running_seconds: Option<i64>,
}
