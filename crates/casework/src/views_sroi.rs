//! What there is to see around an SROI figure, as plain data: assessed copies, statements of assurance,
//! what came of a project, explorations.
use chrono::{DateTime, NaiveDate, Utc};
use explain::Problem;
use serde_json::Value;
use uuid::Uuid;

/// A difference between two maps, as the engine prints it.
#[derive(Debug, Clone)]
pub struct DifferenceView(pub Value);

/// Path, value before, value after, reason.
pub type ChangeView = (String, Option<String>, String, String);

/// The newest assessed copy of a claim.
#[derive(Debug, Clone)]
pub struct AssessmentView {
    /// 1, 2, …
    pub version: i32,
    /// Every change against the claim.
    pub changes: Vec<ChangeView>,
    /// The assessed value map.
    pub content: Value,
    /// What the changes do.
    pub difference: Option<DifferenceView>,
    /// Who saved it.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// A statement of assurance.
#[derive(Debug, Clone)]
pub struct AssuranceView {
    /// Id.
    pub id: Uuid,
    /// The run it speaks of.
    pub run: Uuid,
    /// Who assured it.
    pub assurer: String,
    /// For which organisation.
    pub organisation: String,
    /// What was looked at.
    pub scope: String,
    /// What was found.
    pub findings: String,
    /// unqualified, qualified, adverse.
    pub conclusion: String,
    /// Day of the statement.
    pub assured_on: NaiveDate,
    /// Who recorded it.
    pub recorded_by: String,
    /// When.
    pub recorded_at: DateTime<Utc>,
}

/// What came of one's own awarded project.
#[derive(Debug, Clone)]
pub struct OutturnView {
    /// `{value_map, spent}` as saved; as promised before the first save.
    pub content: Value,
    /// Counts saves; 0 before the first.
    pub version: i32,
    /// When it was sent.
    pub sent_at: Option<DateTime<Utc>>,
    /// What is wrong or missing.
    pub problems: Vec<Problem>,
    /// What was promised, in the same shape.
    pub forecast: Value,
    /// The engine's answer about what came.
    pub sroi: Result<Value, Vec<Problem>>,
    /// From what was promised to what came.
    pub difference: Option<DifferenceView>,
}

/// What came of a project, as delivered to the funder.
#[derive(Debug, Clone)]
pub struct ReceivedOutturnView {
    /// `{value_map, spent}`.
    pub content: Value,
    /// By the database's clock.
    pub received_at: DateTime<Utc>,
    /// From what was promised to what came.
    pub difference: Option<DifferenceView>,
}
