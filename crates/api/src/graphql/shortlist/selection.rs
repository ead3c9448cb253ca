//! The exact best set beside best-first, and how robust an order is.
use async_graphql::{Enum, ID, SimpleObject};
use casework::{
    RelaxationView, RunRefView, SecondOpinionView, SelectionView, SmallestMoveView, SpreadView,
    WeightRangeView,
};

use crate::graphql::{
    names::PersonName,
    scalars::Decimal,
    types::{Text, id},
};

/// How an application stands against the line when weights vary.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    RobustlyShortlisted,
    Contested,
    RobustlyOut,
}

impl Standing {
    pub(crate) fn of(word: &str) -> Option<Self> {
        match word {
            "robustly_shortlisted" => Some(Self::RobustlyShortlisted),
            "contested" => Some(Self::Contested),
            "robustly_out" => Some(Self::RobustlyOut),
            _ => None,
        }
    }
}

/// How far one weight may move, the others in proportion, before something changes for a row.
#[derive(SimpleObject)]
pub(crate) struct WeightRange {
    criterion: String,
    weight: Decimal,
    rank_from: Decimal,
    rank_to: Decimal,
    line_from: Option<Decimal>,
    line_to: Option<Decimal>,
}

impl From<WeightRangeView> for WeightRange {
    fn from(view: WeightRangeView) -> Self {
        let (line_from, line_to) = view.line.unzip();
        Self {
            criterion: view.criterion,
            weight: Decimal(view.weight),
            rank_from: Decimal(view.rank.0),
            rank_to: Decimal(view.rank.1),
            line_from: line_from.map(Decimal),
            line_to: line_to.map(Decimal),
        }
    }
}

/// The smallest move of a weight that changes who is above the line.
#[derive(SimpleObject)]
pub(crate) struct SmallestMove {
    criterion: String,
    submission_id: ID,
    from: Decimal,
    to: Decimal,
}

impl From<SmallestMoveView> for SmallestMove {
    fn from(view: SmallestMoveView) -> Self {
        Self {
            criterion: view.criterion,
            submission_id: id(view.submission),
            from: Decimal(view.from),
            to: Decimal(view.to),
        }
    }
}

/// What another method says, and how far it agrees.
#[derive(SimpleObject)]
pub(crate) struct SecondOpinion {
    method: String,
    label: Text,
    kendall_tau: Option<Decimal>,
    spearman: Option<Decimal>,
    /// How many stand above the line in both.
    same_above_line: Option<u32>,
}

impl From<SecondOpinionView> for SecondOpinion {
    fn from(view: SecondOpinionView) -> Self {
        Self {
            method: view.method,
            label: view.label.into(),
            kendall_tau: view.kendall_tau.map(Decimal),
            spearman: view.spearman.map(Decimal),
            same_above_line: view.same_above_line,
        }
    }
}

/// A stored run that anybody entitled can ask again.
#[derive(SimpleObject)]
pub(crate) struct RunRef {
    id: ID,
    kind: String,
    input_hash: String,
    engine_version: String,
}

impl From<RunRefView> for RunRef {
    fn from(view: RunRefView) -> Self {
        Self {
            id: id(view.id),
            kind: view.kind,
            input_hash: view.input_hash,
            engine_version: view.engine_version,
        }
    }
}

/// How far reviewers lie apart on one criterion.
#[derive(SimpleObject)]
pub(crate) struct Spread {
    criterion: String,
    lowest: Decimal,
    highest: Decimal,
    outliers: Vec<Outlier>,
}

/// A level far from the mean of the others.
#[derive(SimpleObject)]
pub(crate) struct Outlier {
    reviewer: PersonName,
    level: Decimal,
    distance: Decimal,
}

impl From<SpreadView> for Spread {
    fn from(view: SpreadView) -> Self {
        let outliers = view.outliers.into_iter();
        Self {
            criterion: view.criterion,
            lowest: Decimal(view.lowest),
            highest: Decimal(view.highest),
            outliers: outliers
                .map(|(reviewer, level, distance)| Outlier {
                    reviewer: reviewer.into(),
                    level: Decimal(level),
                    distance: Decimal(distance),
                })
                .collect(),
        }
    }
}

/// The exact best set beside best-first.
#[derive(SimpleObject)]
pub(crate) struct Selection {
    /// `optimal`, `infeasible`, `time_limit`.
    status: String,
    objective: Option<Decimal>,
    spent: Decimal,
    /// No set that meets the rules scores more.
    bound: Option<Decimal>,
    gap: Option<Decimal>,
    method: Text,
    greedy_objective: Decimal,
    spent_greedy: Decimal,
    selected: Vec<ID>,
    greedy: Vec<ID>,
    price_of_fairness: Vec<PriceOfFairness>,
    /// The set checked again in decimals.
    checks: Vec<SelectionCheck>,
    relaxation: Vec<Relaxation>,
    /// Rules that must give way together, where none suffices alone.
    together: Vec<String>,
}

impl From<SelectionView> for Selection {
    fn from(view: SelectionView) -> Self {
        let prices = view.price_of_fairness.into_iter();
        let checks = view.checks.into_iter();
        Self {
            status: view.status,
            objective: Some(view.objective)
                .filter(|text| !text.is_empty())
                .map(Decimal),
            spent: Decimal(view.spent),
            bound: view.bound.map(Decimal),
            gap: view.gap.map(Decimal),
            method: view.method.into(),
            greedy_objective: Decimal(view.greedy_objective),
            spent_greedy: Decimal(view.greedy_spent),
            selected: view.selected.into_iter().map(id).collect(),
            greedy: view.greedy.into_iter().map(id).collect(),
            price_of_fairness: prices
                .map(|(rule, points, spent)| PriceOfFairness {
                    rule,
                    points: points.map(Decimal),
                    spent: spent.map(Decimal),
                })
                .collect(),
            checks: checks
                .map(|(rule, value, limit, holds)| SelectionCheck {
                    rule,
                    value: Decimal(value),
                    limit: Decimal(limit),
                    holds,
                })
                .collect(),
            relaxation: view.relaxation.into_iter().map(Relaxation::from).collect(),
            together: view.together,
        }
    }
}

/// What a fairness rule costs, in points and in money; null where not proven.
#[derive(SimpleObject)]
pub(crate) struct PriceOfFairness {
    rule: String,
    points: Option<Decimal>,
    spent: Option<Decimal>,
}

/// One rule, on the set that was found.
#[derive(SimpleObject)]
pub(crate) struct SelectionCheck {
    rule: String,
    value: Decimal,
    limit: Decimal,
    holds: bool,
}

/// By how much one rule would have to give while all others are kept.
#[derive(SimpleObject)]
pub(crate) struct Relaxation {
    rule: String,
    required: Option<Decimal>,
    achievable: Option<Decimal>,
    shortfall: Decimal,
}

impl From<RelaxationView> for Relaxation {
    fn from(view: RelaxationView) -> Self {
        Self {
            rule: view.rule,
            required: view.required.map(Decimal),
            achievable: view.achievable.map(Decimal),
            shortfall: Decimal(view.shortfall),
        }
    }
}
