//! What a funder gets to see, as plain data: delivered copies with their runs, reviews, decisions, and
//! the ranked shortlist.
use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use explain::Text;
use grants::{DecisionOutcome, SizeBand};
use money::{Amount, Hkd, Ratio};
use serde_json::Value;
use uuid::Uuid;

use crate::{
    FundingLevelView, RunRefView, SecondOpinionView, SelectionView, SmallestMoveView, SpreadView,
    WeightRangeView,
};

/// A run with its output.
#[derive(Debug, Clone)]
pub struct RunView {
    /// Id.
    pub id: Uuid,
    /// Hash of the input.
    pub input_hash: String,
    /// Engine's version.
    pub engine_version: String,
    /// Rule set and version.
    pub ruleset: (String, String),
    /// Output of the engine.
    pub output: Value,
}

/// The newest run of each kind.
#[derive(Debug, Clone, Default)]
pub struct RunsView {
    /// Screening.
    pub eligibility: Option<RunView>,
    /// SROI of the claim.
    pub sroi: Option<RunView>,
    /// SROI of the assessed copy.
    pub sroi_assessed: Option<RunView>,
    /// SROI of what came.
    pub sroi_outturn: Option<RunView>,
    /// Cost sharing.
    pub costshare: Option<RunView>,
    /// Procurement plan.
    pub procurement: Option<RunView>,
}

/// A share over a district or service area.
#[derive(Debug, Clone)]
pub struct ShareView {
    /// Code.
    pub code: String,
    /// Its names.
    pub label: Text,
    /// Share.
    pub share: Amount,
}

/// A delivered copy as the funder sees it.
#[derive(Debug, Clone)]
pub struct ReceivedView {
    /// Id of the frozen version.
    pub id: Uuid,
    /// `DF-26-001`.
    pub reference: String,
    /// Round.
    pub round_id: Uuid,
    /// Applicant's names.
    pub applicant: Text,
    /// Applicant's size band.
    pub size_band: SizeBand,
    /// Whether the applicant is made up.
    pub fictional: bool,
    /// Project titles.
    pub title: Text,
    /// 1, 2, …
    pub version_no: i32,
    /// SHA-256 of the canonical JSON.
    pub sha256: String,
    /// By the database's clock.
    pub received_at: DateTime<Utc>,
    /// Sum of the grant cells.
    pub ask: Hkd,
    /// Sum of all cells.
    pub total_cost: Hkd,
    /// Districts.
    pub districts: Vec<ShareView>,
    /// Service areas.
    pub service_areas: Vec<ShareView>,
    /// The frozen document.
    pub document: Value,
    /// Whether it was opened, which is recorded; in a list it was not, and its document is not shown.
    pub opened: bool,
}

/// A level on one dimension.
#[derive(Debug, Clone)]
pub struct ScoreView {
    /// `R1`, …
    pub dimension: String,
    /// 0 to 5.
    pub level: i32,
    /// Remark.
    pub comment: String,
}

/// A review.
#[derive(Debug, Clone)]
pub struct ReviewView {
    /// Id.
    pub id: Uuid,
    /// Frozen version.
    pub submission: Uuid,
    /// Who.
    pub reviewer_id: Uuid,
    /// Name as it was then.
    pub reviewer: String,
    /// open, submitted, conflict.
    pub state: String,
    /// Counts saves.
    pub version: i32,
    /// Levels.
    pub scores: Vec<ScoreView>,
    /// General remark.
    pub comment: String,
    /// Last save.
    pub updated_at: DateTime<Utc>,
}

/// A decision of the chain.
#[derive(Debug, Clone)]
pub struct DecisionView {
    /// Id.
    pub id: Uuid,
    /// Frozen version it is about.
    pub submission: Uuid,
    /// Outcome.
    pub outcome: DecisionOutcome,
    /// Total awarded.
    pub amount: Hkd,
    /// Approved amount per budget line.
    pub lines: Vec<(String, Hkd)>,
    /// Coded reasons.
    pub reason_codes: Vec<String>,
    /// Reason in words.
    pub reason: String,
    /// Conditions.
    pub conditions: String,
    /// Who decided.
    pub decided_by: String,
    /// When.
    pub decided_at: DateTime<Utc>,
    /// Whether it departs from the proposed order.
    pub departs_from_rank: bool,
    /// Why it departs.
    pub departure_reason: String,
    /// The second person.
    pub confirmed_by: Option<String>,
    /// The decision it replaces.
    pub supersedes: Option<Uuid>,
}

/// A criterion of the ranking with its weight and anchors.
#[derive(Debug, Clone)]
pub struct WeightView {
    /// `R1`, …
    pub criterion: String,
    /// Names.
    pub name: Text,
    /// Weight; all sum to 1.
    pub weight: Amount,
    /// Anchor of 0 points.
    pub zero: Amount,
    /// Anchor of 100 points.
    pub hundred: Amount,
}

/// One row of the shortlist.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a column of the shortlist, and they are independent"
)]
#[derive(Debug, Clone)]
pub struct ShortlistRowView {
    /// Frozen version.
    pub submission: Uuid,
    /// `DF-26-001`.
    pub reference: String,
    /// Rank; none when it lacks scores or information.
    pub rank: Option<u32>,
    /// Organisation's names.
    pub organisation: Text,
    /// Project titles.
    pub title: Text,
    /// Size band.
    pub size_band: SizeBand,
    /// Districts.
    pub districts: Vec<ShareView>,
    /// Amount asked.
    pub ask: Hkd,
    /// Sum of asks down to this row.
    pub cumulative: Option<Hkd>,
    /// Whether the budget reaches it.
    pub above_line: bool,
    /// Below the line, but small enough for what is left.
    pub would_still_fit: bool,
    /// Point estimate, P5 and P95 of the ratio that counts: the assessed one where there is one.
    pub sroi: Option<(Ratio, Option<Ratio>, Option<Ratio>)>,
    /// Whether the ratio is that of the funder's assessed copy.
    pub sroi_assessed: bool,
    /// Score with two places.
    pub score: Option<String>,
    /// Weighted points by criterion.
    pub contributions: BTreeMap<String, String>,
    /// Criteria without a score.
    pub missing: Vec<String>,
    /// Criteria left out because of an abstention.
    pub reweighted: Vec<String>,
    /// Shares its rank with another.
    pub tied: bool,
    /// Share of weightings in which it ends above the line.
    pub stability: Option<String>,
    /// `robustly_shortlisted`, `contested`, `robustly_out`.
    pub standing: Option<String>,
    /// Share of the weightings for each rank.
    pub acceptability: Vec<String>,
    /// How far each weight may move before something changes for this row.
    pub sensitivity: Vec<WeightRangeView>,
    /// Rank and closeness of the second opinion.
    pub second: Option<(u32, String)>,
    /// Rank and score on the other reading of the reviews.
    pub beside: Option<(u32, String)>,
    /// How far reviewers lie apart.
    pub spread: Vec<SpreadView>,
    /// The level of part funding that the exact set chose.
    pub funding_level: Option<FundingLevelView>,
    /// Service areas.
    pub service_areas: Vec<ShareView>,
    /// Without an award under the programme before this round.
    pub first_time: bool,
    /// What was awarded.
    pub decided_amount: Option<Hkd>,
    /// A proposed decision waits for a second person.
    pub awaiting: bool,
    /// `eligible`, `not_eligible`, `needs_information`.
    pub eligibility: String,
    /// Latest decision.
    pub decision: Option<DecisionOutcome>,
    /// In the exact best set.
    pub selected_exact: bool,
    /// Working of the score.
    pub working: Value,
}

/// A ranked round.
#[derive(Debug, Clone)]
pub struct ShortlistView {
    /// Ranking.
    pub ranking: Uuid,
    /// Round.
    pub round_id: Uuid,
    /// When it was computed.
    pub computed_at: DateTime<Utc>,
    /// Who adopted it, and when.
    pub adopted: Option<(String, DateTime<Utc>)>,
    /// Made before somebody asked for it.
    pub provisional: bool,
    /// Engine's version.
    pub engine_version: String,
    /// Hash of the input.
    pub input_hash: String,
    /// Version of the programme's rules it was made under.
    pub rules_version: String,
    /// `off`, `beside`, `adjusted`: how reviewers' severity is read.
    pub severity: &'static str,
    /// Share of weightings that makes a standing robust.
    pub robust: String,
    /// Keys that decide inside a tie.
    pub tie_break: Vec<String>,
    /// The smallest move of a weight that changes who is above the line.
    pub smallest_move: Option<SmallestMoveView>,
    /// How far another method agrees.
    pub second_opinion: Option<SecondOpinionView>,
    /// What it rests on.
    pub runs: Vec<RunRefView>,
    /// Criteria.
    pub weights: Vec<WeightView>,
    /// Money available.
    pub budget: Hkd,
    /// Money above the line.
    pub committed: Hkd,
    /// Money left above the line.
    pub left: Hkd,
    /// Ranked first, then those without a rank.
    pub rows: Vec<ShortlistRowView>,
    /// The exact best set, when it was computed.
    pub selection: Option<SelectionView>,
}
