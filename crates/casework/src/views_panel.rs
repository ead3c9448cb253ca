//! What a panel works with, as plain data: how robust an order is, the best set and what its rules
//! cost, why ranks moved, who gets funded, how reviewers score.
use chrono::{DateTime, Utc};
use explain::Text;
use grants::DecisionOutcome;
use money::Hkd;
use serde_json::Value;
use uuid::Uuid;

/// How far one weight may move, the others in proportion, before something changes for one row.
#[derive(Debug, Clone)]
pub struct WeightRangeView {
    /// `R1`, …
    pub criterion: String,
    /// Its weight as agreed.
    pub weight: String,
    /// Its rank stays from here to there.
    pub rank: (String, String),
    /// Its side of the line stays from here to there.
    pub line: Option<(String, String)>,
}

/// The smallest move of a weight that changes who is above the line.
#[derive(Debug, Clone)]
pub struct SmallestMoveView {
    /// `R1`, …
    pub criterion: String,
    /// Who changes sides.
    pub submission: Uuid,
    /// Its weight as agreed.
    pub from: String,
    /// The weight at which the line changes.
    pub to: String,
}

/// What another method says, labelled as such.
#[derive(Debug, Clone)]
pub struct SecondOpinionView {
    /// `topsis_vector`.
    pub method: String,
    /// Its name.
    pub label: Text,
    /// Kendall's tau against the official order.
    pub kendall_tau: Option<String>,
    /// Spearman's rank correlation.
    pub spearman: Option<String>,
    /// How many stand above the line in both.
    pub same_above_line: Option<u32>,
}

/// A run by name.
#[derive(Debug, Clone)]
pub struct RunRefView {
    /// Id.
    pub id: Uuid,
    /// `rank`, `select`, `severity`, `rank_beside`, …
    pub kind: String,
    /// Hash of its input.
    pub input_hash: String,
    /// Engine's version.
    pub engine_version: String,
}

/// How far reviewers lie apart on one criterion.
#[derive(Debug, Clone)]
pub struct SpreadView {
    /// `R1`, …
    pub criterion: String,
    /// Lowest level.
    pub lowest: String,
    /// Highest level.
    pub highest: String,
    /// Reviewer, level, distance from the mean of the others.
    pub outliers: Vec<(String, String, String)>,
}

/// A level of part funding that the funder holds possible.
#[derive(Debug, Clone)]
pub struct FundingLevelView {
    /// Short name, such as `phase_1`.
    pub id: String,
    /// What it is called.
    pub name: Text,
    /// What it costs.
    pub amount: String,
    /// Share of the points that it still brings.
    pub benefit_share: String,
    /// Why.
    pub reason: String,
}

/// The exact best set beside best-first.
#[derive(Debug, Clone)]
pub struct SelectionView {
    /// optimal, infeasible, `time_limit`.
    pub status: String,
    /// Points of the best set.
    pub objective: String,
    /// Money it spends.
    pub spent: String,
    /// No set that meets the rules scores more.
    pub bound: Option<String>,
    /// Bound less objective.
    pub gap: Option<String>,
    /// How it was found.
    pub method: Text,
    /// Points of best-first.
    pub greedy_objective: String,
    /// Money best-first spends.
    pub greedy_spent: String,
    /// The best set.
    pub selected: Vec<Uuid>,
    /// The best-first set.
    pub greedy: Vec<Uuid>,
    /// What each fairness rule costs: rule, points, money.
    pub price_of_fairness: Vec<(String, Option<String>, Option<String>)>,
    /// The set checked again in decimals: rule, value, limit, holds.
    pub checks: Vec<(String, String, String, bool)>,
    /// What would have to give when the rules cannot all be met.
    pub relaxation: Vec<RelaxationView>,
    /// Rules that must give way together, where none suffices alone.
    pub together: Vec<String>,
}

/// By how much one rule would have to give.
#[derive(Debug, Clone)]
pub struct RelaxationView {
    /// Which.
    pub rule: String,
    /// As stated.
    pub required: Option<String>,
    /// What can be met.
    pub achievable: Option<String>,
    /// The difference.
    pub shortfall: String,
}

/// A ranking by name.
#[derive(Debug, Clone)]
pub struct RankingRefView {
    /// Id.
    pub id: Uuid,
    /// When it was computed.
    pub computed_at: DateTime<Utc>,
    /// Made while the round was open.
    pub provisional: bool,
    /// Who adopted it.
    pub adopted_by: Option<String>,
    /// Hash of the input.
    pub input_hash: String,
    /// Engine's version.
    pub engine_version: String,
    /// Version of the programme's rules.
    pub rules_version: String,
}

/// One application under other weights or another budget.
#[derive(Debug, Clone)]
pub struct TrialRowView {
    /// Frozen version.
    pub submission: Uuid,
    /// Rank now.
    pub rank: Option<u32>,
    /// Rank as stored.
    pub rank_before: Option<u32>,
    /// Score now.
    pub score: Option<String>,
    /// Whether the budget reaches it.
    pub above_line: bool,
    /// Below the line, but small enough for what is left.
    pub would_still_fit: bool,
    /// Sum of asks down to this row.
    pub cumulative: Option<Hkd>,
    /// Share of weightings in which it ends above the line.
    pub stability: Option<String>,
    /// `robustly_shortlisted`, `contested`, `robustly_out`.
    pub standing: Option<String>,
}

/// Another order that nothing stores.
#[derive(Debug, Clone)]
pub struct TrialView {
    /// Money available.
    pub budget: Hkd,
    /// Money above the line.
    pub committed: Hkd,
    /// Money left.
    pub left: Hkd,
    /// In the order of the ranks.
    pub rows: Vec<TrialRowView>,
    /// The exact best set.
    pub selection: Option<SelectionView>,
}

/// One step of why a rank moved.
#[derive(Debug, Clone)]
pub struct MoveStepView {
    /// `rule`, `weight`, `data`, `reviewer`.
    pub reason: String,
    /// Points gained or lost.
    pub score_change: String,
    /// Rank after this step.
    pub rank_after: Option<u32>,
    /// Criterion, from, to.
    pub parts: Vec<(String, Option<String>, Option<String>)>,
}

/// Why one rank moved.
#[derive(Debug, Clone)]
pub struct MoveView {
    /// `DF-26-001`.
    pub reference: String,
    /// Frozen version, organisation, title; none when it is not current any more.
    pub of: Option<(Uuid, Text, Text)>,
    /// Ranks before and after.
    pub ranks: (Option<u32>, Option<u32>),
    /// Scores before and after.
    pub scores: (Option<String>, Option<String>),
    /// Was not there before.
    pub came: bool,
    /// Is not there any more.
    pub went: bool,
    /// What made the difference.
    pub steps: Vec<MoveStepView>,
}

/// Why ranks moved from one ranking to another.
#[derive(Debug, Clone)]
pub struct MovesView {
    /// From.
    pub before: RankingRefView,
    /// To.
    pub after: RankingRefView,
    /// How many moved.
    pub moved: u32,
    /// How many because of what.
    pub by_reason: Vec<(String, u32)>,
    /// Row by row.
    pub rows: Vec<MoveView>,
}

/// What the panel has to talk about on one application.
#[derive(Debug, Clone)]
pub struct AgendaItemView {
    /// Frozen version.
    pub submission: Uuid,
    /// `DF-26-001`.
    pub reference: String,
    /// Organisation's names.
    pub organisation: Text,
    /// Project titles.
    pub title: Text,
    /// Rank.
    pub rank: Option<u32>,
    /// Score.
    pub score: Option<String>,
    /// Decision that stands.
    pub decision: Option<DecisionOutcome>,
    /// Code and parameters.
    pub topics: Vec<(String, Value)>,
}

/// How strictly somebody scores.
#[derive(Debug, Clone)]
pub struct SeverityView {
    /// Name.
    pub reviewer: String,
    /// Reviews handed in.
    pub reviews: u32,
    /// Levels below the others on the same applications; positive is stricter or milder as the engine says.
    pub severity: Option<String>,
    /// Standard error.
    pub standard_error: Option<String>,
    /// Declared conflicts of interest.
    pub conflicts: u32,
}

/// One criterion as reviewers scored it.
#[derive(Debug, Clone)]
pub struct SeverityDimensionView {
    /// `R1`, …
    pub criterion: String,
    /// Whether levels could be adjusted.
    pub adjusted: bool,
    /// Why not.
    pub why: Option<String>,
    /// Standard deviation of what is left.
    pub residual_sd: Option<String>,
    /// Reviewers who share applications, part by part.
    pub parts: Vec<Vec<String>>,
    /// Reviewer by reviewer.
    pub reviewers: Vec<SeverityView>,
}

/// What a panel has to talk about.
#[derive(Debug, Clone)]
pub struct PanelView {
    /// Application by application.
    pub agenda: Vec<AgendaItemView>,
    /// Over all criteria.
    pub reviewers: Vec<SeverityView>,
    /// Criterion by criterion.
    pub dimensions: Vec<SeverityDimensionView>,
}

/// Who counts as funded in a fairness report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FairnessBasis {
    /// Whoever stands above the line.
    Line,
    /// The exact best set.
    Exact,
    /// Whoever was awarded money.
    Decided,
}

/// One group of applications.
#[derive(Debug, Clone)]
pub struct FairnessRowView {
    /// Code.
    pub code: String,
    /// Its names.
    pub label: Text,
    /// How many applied.
    pub applications: u32,
    /// How many are funded.
    pub funded: u32,
    /// Share funded.
    pub funded_share: Option<String>,
    /// Mean score of the ranked.
    pub mean_score: Option<String>,
    /// Money asked.
    pub asked: String,
    /// Money given.
    pub awarded: String,
    /// Share of what was asked.
    pub awarded_share: Option<String>,
    /// Too few to read anything from.
    pub few: bool,
}

/// Who is funded.
#[derive(Debug, Clone)]
pub struct FairnessView {
    /// Who counts as funded.
    pub basis: FairnessBasis,
    /// Below this many applications a row is marked.
    pub few: u32,
    /// Hash of the question.
    pub input_hash: String,
    /// Everybody.
    pub all: FairnessRowView,
    /// `size_band`, `district`, `service_area`, `first_time`.
    pub dimensions: Vec<(String, Vec<FairnessRowView>)>,
}
