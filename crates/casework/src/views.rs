//! What a person gets to see, as plain data: the signed-in person, rounds, an applicant's side, the
//! sector report. The API turns these into GraphQL types.
use std::collections::BTreeMap;

use access::{Role, TenantId, TenantKind};
use chrono::{DateTime, Utc};
use explain::{Problem, Text};
use grants::{ApplicationStage, RoundStage};
use money::{Amount, Hkd};
use serde_json::Value;
use uuid::Uuid;

/// One page of a list.
#[derive(Debug, Clone)]
pub struct Page<T> {
    /// The rows.
    pub rows: Vec<T>,
    /// Whether there are more.
    pub has_next: bool,
    /// Where the next page starts.
    pub end_cursor: Option<String>,
}

/// A tenant with its names.
#[derive(Debug, Clone)]
pub struct TenantView {
    /// Id.
    pub id: TenantId,
    /// Kind.
    pub kind: TenantKind,
    /// Names.
    pub name: Text,
    /// Made up for demonstration.
    pub fictional: bool,
}

/// A tenant a person belongs to, and what they do there.
#[derive(Debug, Clone)]
pub struct MembershipView {
    /// The tenant.
    pub tenant: TenantView,
    /// The roles.
    pub roles: Vec<Role>,
}

/// The signed-in person.
#[derive(Debug, Clone)]
pub struct MeView {
    /// Id.
    pub user: Uuid,
    /// Name.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// The membership acted under.
    pub current: MembershipView,
    /// All of them.
    pub memberships: Vec<MembershipView>,
    /// The version of the notice on personal data that is yet to be agreed to.
    pub notice_wanted: Option<String>,
}

/// A demonstration user on the sign-in page.
#[derive(Debug, Clone)]
pub struct DemoUserView {
    /// E-mail address.
    pub email: String,
    /// Name.
    pub name: String,
    /// Tenant's names.
    pub tenant: Text,
    /// Roles.
    pub roles: Vec<Role>,
}

/// A round with the programme version it runs under.
#[derive(Debug, Clone)]
pub struct RoundView {
    /// Id.
    pub id: Uuid,
    /// The funder.
    pub owner: TenantId,
    /// `DF-IT-2026-1`.
    pub code: String,
    /// Names.
    pub name: Text,
    /// Stage.
    pub stage: RoundStage,
    /// Opening.
    pub opens_at: DateTime<Utc>,
    /// Closing, extensions counted.
    pub closes_at: DateTime<Utc>,
    /// Money available.
    pub budget: Hkd,
    /// Programme.
    pub programme_id: Uuid,
    /// Its version.
    pub programme_version: String,
    /// Ranking that was adopted.
    pub adopted_ranking: Option<Uuid>,
}

/// How far a round has come; for its funder only.
#[derive(Debug, Clone, Default)]
pub struct RoundCounts {
    /// Delivered.
    pub received: usize,
    /// Screened.
    pub screened: usize,
    /// Eligible.
    pub eligible: usize,
    /// Not eligible.
    pub not_eligible: usize,
    /// Lacking information.
    pub needs_information: usize,
    /// With two submitted reviews.
    pub reviewed: usize,
    /// With a decision.
    pub decided: usize,
}

/// A programme version: rules and form are data.
#[derive(Debug, Clone)]
pub struct ProgrammeView {
    /// Id.
    pub id: Uuid,
    /// Version.
    pub version: String,
    /// Criteria, parameters, rubric, settings, names.
    pub body: Value,
    /// The form.
    pub sections: Value,
}

/// An application as its applicant sees it.
#[derive(Debug, Clone)]
pub struct ApplicationView {
    /// Id.
    pub id: Uuid,
    /// `DF-26-001`.
    pub reference: String,
    /// Stage.
    pub stage: ApplicationStage,
    /// Project titles; empty before they are written.
    pub title: Text,
    /// Round.
    pub round_id: Uuid,
    /// When it was started.
    pub created_at: DateTime<Utc>,
    /// When anything was last saved.
    pub updated_at: DateTime<Utc>,
}

/// How far a section has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SectionState {
    /// Nothing saved.
    Empty,
    /// Something is missing, nothing is wrong.
    InProgress,
    /// Something is wrong.
    NeedsChanges,
    /// Complete.
    Completed,
    /// Nothing saved, and nothing asked for.
    Optional,
}

/// A section of a draft, with everything that is wrong or missing.
#[derive(Debug, Clone)]
pub struct SectionView {
    /// `project`, `budget`, …
    pub code: String,
    /// What was typed.
    pub content: Value,
    /// Counts saves; 0 = never saved.
    pub version: i32,
    /// Last save.
    pub saved_at: Option<DateTime<Utc>>,
    /// How far it has come.
    pub state: SectionState,
    /// What is wrong or missing.
    pub problems: Vec<Problem>,
}

/// A frozen version as the applicant sees it.
#[derive(Debug, Clone)]
pub struct SubmissionView {
    /// Id.
    pub id: Uuid,
    /// 1, 2, …
    pub version_no: i32,
    /// SHA-256 of the canonical JSON.
    pub sha256: String,
    /// By the database's clock.
    pub received_at: DateTime<Utc>,
    /// The document.
    pub document: Value,
}

/// One event of the timeline.
#[derive(Debug, Clone)]
pub struct StatusView {
    /// `received`, `screened`, …
    pub code: String,
    /// When.
    pub at: DateTime<Utc>,
    /// Values for its words.
    pub params: BTreeMap<String, String>,
}

/// Where a piece of work stands.
#[derive(Debug, Clone)]
pub struct ProgressView {
    /// Increases; a subscriber resumes after the last one it saw.
    pub sequence: i64,
    /// What it is about.
    pub subject: Uuid,
    /// `screen`, `evaluate_sroi`, …
    pub kind: String,
    /// `queued`, `running`, …
    pub state: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// What the engines say about a draft as it stands: the same engines as the workers'.
#[derive(Debug, Clone)]
pub struct PreviewView {
    /// Output of the eligibility engine.
    pub eligibility: Value,
    /// Output of the SROI engine, or what keeps it from running.
    pub sroi: Result<Value, Vec<Problem>>,
    /// Output of the cost-sharing engine, or what keeps it from running.
    pub cost_share: Result<Value, Vec<Problem>>,
    /// Sum of the grant cells that can be read.
    pub ask: Hkd,
    /// Sum of all cells that can be read.
    pub total_cost: Hkd,
    /// Cap of the organisation under the programme.
    pub cap: Option<Hkd>,
}

/// A cell of the sector report; figures are absent when it is suppressed.
#[derive(Debug, Clone)]
pub struct SectorCellView {
    /// Code within the dimension.
    pub code: String,
    /// Names.
    pub label: Text,
    /// Too few organisations, or needed to protect such a cell.
    pub suppressed: bool,
    /// Distinct organisations.
    pub organisations: Option<i32>,
    /// Sum of shares of applications.
    pub applications: Option<Amount>,
    /// Amount asked.
    pub asked: Option<Hkd>,
    /// Amount awarded.
    pub awarded: Option<Hkd>,
}

/// One dimension of the sector report.
#[derive(Debug, Clone)]
pub struct SectorReportView {
    /// When the snapshot was taken, and its id.
    pub snapshot: Option<(Uuid, DateTime<Utc>)>,
    /// Least number of organisations in a cell that is shown.
    pub threshold: i32,
    /// Cells in the order of the reference data.
    pub cells: Vec<SectorCellView>,
    /// The whole.
    pub total: SectorCellView,
}
