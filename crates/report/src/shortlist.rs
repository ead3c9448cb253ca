//! A ranked shortlist as it is exported: everything that the workbook and the printed list show,
//! in one plain value, so that the two can never show different figures.
use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use explain::{Problem, Problems, Text};
use money::{Decimal, Hkd, Ratio, Share};

pub mod words;

/// Most rows of an exported shortlist: as many as a ranking holds.
pub const ROWS_MAX: usize = 5_000;
/// Most criteria of an exported shortlist: as many as a ranking holds.
pub const CRITERIA_MAX: usize = 50;

/// A ranked round with its reasons.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShortlistSheet {
    /// `DF-2026-1`.
    pub round_code: String,
    /// What the round is called.
    pub round_name: Text,
    /// Who funds it.
    pub funder: Text,
    /// Whether every organisation, person and figure is made up.
    pub fictional: bool,
    /// When the ranking was computed. The only instant that the files carry as their own.
    pub computed_at: DateTime<Utc>,
    /// Who adopted it; `None` while it is a proposal.
    pub adopted: Option<Adoption>,
    /// Id of the ranking.
    pub ranking_id: String,
    /// The calculation behind ranks and scores.
    pub rank_run: Run,
    /// The calculation behind the exact best set.
    pub select_run: Option<Run>,
    /// Version of the programme's rules.
    pub rules_version: String,
    /// What the round may spend.
    pub budget: Hkd,
    /// Sum of what is asked above the line.
    pub committed: Hkd,
    /// Budget minus committed.
    pub left: Hkd,
    /// In the order in which they are shown.
    pub criteria: Vec<CriterionLine>,
    /// Ranked first and best first, then those without a rank.
    pub rows: Vec<ShortlistLine>,
    /// The exact best set, where one was computed.
    pub selection: Option<SelectionLine>,
    /// What else a reader must know.
    pub notes: Vec<Text>,
}

/// Who took a ranking as the round's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adoption {
    /// The person's name.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// A stored calculation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// Id of the run.
    pub id: String,
    /// `v1:` and the hash of its input.
    pub input_hash: String,
    /// `plumbline-ranking 1.0.0`.
    pub engine: String,
}

/// One criterion with its weight and its two fixed anchors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CriterionLine {
    /// Id among the criteria.
    pub id: String,
    /// What it is called.
    pub name: Text,
    /// Part of the whole.
    pub weight: Share,
    /// The score worth 0 points.
    pub zero: Decimal,
    /// The score worth 100 points.
    pub hundred: Decimal,
}

/// One application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShortlistLine {
    /// 1 is best; `None`: not ranked.
    pub rank: Option<u32>,
    /// `DF-26-001`.
    pub reference: String,
    /// Who applies.
    pub organisation: Text,
    /// Title of the project.
    pub title: Text,
    /// `small`, `medium` or `large`.
    pub size_band: String,
    /// Where it works.
    pub districts: Vec<Text>,
    /// What it asks for.
    pub ask: Hkd,
    /// Sum of what is asked down to here; none without a rank.
    pub cumulative: Option<Hkd>,
    /// Whether it stands above the budget line.
    pub above_line: bool,
    /// Whether it stands below the line and what is left would pay for it.
    pub would_still_fit: bool,
    /// Its social return.
    pub sroi: Option<SroiLine>,
    /// 0..100; none without a rank.
    pub score: Option<Decimal>,
    /// What each criterion adds to the score, by criterion id; the parts sum to the score.
    pub points: BTreeMap<String, Decimal>,
    /// Share of the weightings in which it stands above the line.
    pub stability: Option<Decimal>,
    /// What the stability comes to.
    pub standing: Option<Standing>,
    /// Rank by the second method, which is never the official one.
    pub second_rank: Option<u32>,
    /// Rank with reviewers' severity adjusted, or raw where the adjusted one is official.
    pub beside_rank: Option<u32>,
    /// `approve`, `approve_in_part`, `reserve` or `decline`; none while undecided.
    pub decision: Option<String>,
    /// What was decided.
    pub decided_amount: Option<Hkd>,
    /// Whether the exact best set holds it.
    pub selected_exact: bool,
    /// The part-funding level that the exact best set chose; none for full funding.
    pub level: Option<Text>,
}

/// A ratio with its range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SroiLine {
    /// Point estimate.
    pub point: Ratio,
    /// Fifth percentile.
    pub low: Option<Ratio>,
    /// Ninety-fifth percentile.
    pub high: Option<Ratio>,
    /// Whether it is read from the funder's assessed copy.
    pub assessed: bool,
}

/// How an application stands when weights vary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Above the line in almost every weighting.
    RobustlyShortlisted,
    /// It depends on the weights.
    Contested,
    /// Below the line in almost every weighting.
    RobustlyOut,
}

/// The exact best set beside best-first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SelectionLine {
    /// `optimal`, `infeasible` or `time_limit`.
    pub status: String,
    /// Sum of the selected scores.
    pub objective: Option<Decimal>,
    /// Sum of what the selected ask for.
    pub spent: Hkd,
    /// No permitted set scores more.
    pub bound: Option<Decimal>,
    /// Bound minus objective.
    pub gap: Option<Decimal>,
    /// Sum of the scores of best-first.
    pub greedy_objective: Decimal,
    /// How it was found and proven.
    pub method: Text,
    /// Each rule, checked again on the set.
    pub checks: Vec<CheckLine>,
    /// What each fairness rule costs.
    pub prices: Vec<PriceLine>,
}

/// A rule checked on the selected set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckLine {
    /// `budget`, `small_share`, `at_most:district:kwun_tong:spend`, ….
    pub rule: String,
    /// What the set comes to.
    pub value: Decimal,
    /// What the rule allows or asks for.
    pub limit: Decimal,
    /// Whether the set keeps it.
    pub holds: bool,
}

/// What a rule costs: the optimum without it minus the optimum with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PriceLine {
    /// The rule, as in [`CheckLine::rule`].
    pub rule: String,
    /// In points; none where it is not proven.
    pub points: Option<Decimal>,
    /// In money; none where it is not proven.
    pub spent: Option<Decimal>,
}

impl ShortlistSheet {
    /// Whether it fits into a file: all problems at once.
    pub fn check(&self) -> Result<(), Problems> {
        let mut problems = Problems::default();
        let bounds = [
            ("rows", self.rows.len(), ROWS_MAX),
            ("criteria", self.criteria.len(), CRITERIA_MAX),
        ];
        for (path, length, most) in bounds {
            if length > most {
                let message = format!(
                    "{path} has {length} entries; an exported shortlist holds at most {most}."
                );
                let problem = Problem::new("too_many_rows", path, message);
                problems.push(problem.with("most", most.to_string()));
            }
        }
        problems.into_result(Some(()))
    }

    /// References of those below the line that what is left would pay for.
    pub fn would_still_fit(&self) -> Vec<&str> {
        let fits = self.rows.iter().filter(|row| row.would_still_fit);
        fits.map(|row| row.reference.as_str()).collect()
    }
}
