//! Another order, stored nowhere; and weights from comparisons by pairs.
use async_graphql::{ID, InputObject, SimpleObject};
use casework::{TrialRowView, TrialView};
use serde_json::Value;

use crate::graphql::{
    scalars::Decimal,
    shortlist::{Selection, Standing},
    types::{Problem, id},
};

#[derive(InputObject)]
pub(crate) struct RankingTrialInput {
    pub(super) round_id: ID,
    /// Parts of 1 that sum to exactly 1; none: as agreed.
    pub(super) weights: Vec<TrialWeight>,
    pub(super) budget: Option<Decimal>,
}

#[derive(InputObject)]
pub(crate) struct TrialWeight {
    pub(super) criterion: String,
    pub(super) weight: Decimal,
}

#[derive(SimpleObject)]
pub(crate) struct RankingTrialPayload {
    pub(super) trial: Option<RankingTrial>,
    pub(super) problems: Vec<Problem>,
}

/// Another order of the same applications.
#[derive(SimpleObject)]
pub(crate) struct RankingTrial {
    budget: Decimal,
    committed: Decimal,
    left: Decimal,
    /// How many stand above the line.
    places: usize,
    #[graphql(complexity = "100 * child_complexity + 1")]
    rows: Vec<RankingTrialRow>,
    selection: Option<Selection>,
}

impl From<TrialView> for RankingTrial {
    fn from(view: TrialView) -> Self {
        Self {
            budget: view.budget.into(),
            committed: view.committed.into(),
            left: view.left.into(),
            places: view.rows.iter().filter(|row| row.above_line).count(),
            rows: view.rows.into_iter().map(RankingTrialRow::from).collect(),
            selection: view.selection.map(Selection::from),
        }
    }
}

/// One application of another order.
#[derive(SimpleObject)]
pub(crate) struct RankingTrialRow {
    submission_id: ID,
    rank: Option<u32>,
    rank_before: Option<u32>,
    score: Option<Decimal>,
    above_line: bool,
    would_still_fit: bool,
    cumulative: Option<Decimal>,
    stability: Option<Decimal>,
    standing: Option<Standing>,
}

impl From<TrialRowView> for RankingTrialRow {
    fn from(view: TrialRowView) -> Self {
        Self {
            submission_id: id(view.submission),
            rank: view.rank,
            rank_before: view.rank_before,
            score: view.score.map(Decimal),
            above_line: view.above_line,
            would_still_fit: view.would_still_fit,
            cumulative: view.cumulative.map(Decimal::from),
            stability: view.stability.map(Decimal),
            standing: view.standing.as_deref().and_then(Standing::of),
        }
    }
}

#[derive(InputObject)]
pub(crate) struct WeightsFromPairsInput {
    pub(super) items: Vec<String>,
    pub(super) judgements: Vec<PairJudgementInput>,
}

#[derive(InputObject)]
pub(crate) struct PairJudgementInput {
    pub(super) a: String,
    pub(super) b: String,
    /// From `1/9` to `9`: how much more `a` matters than `b`.
    pub(super) value: String,
}

#[derive(SimpleObject)]
pub(crate) struct WeightsFromPairsPayload {
    pub(super) result: Option<WeightsFromPairs>,
    pub(super) problems: Vec<Problem>,
}

/// Weights with the consistency of what was compared (Saaty 1980).
#[derive(SimpleObject)]
pub(crate) struct WeightsFromPairs {
    weights: Vec<ItemWeight>,
    lambda_max: Decimal,
    consistency_index: Decimal,
    consistency_ratio: Decimal,
    /// The ratio is 0.10 or less.
    consistent: bool,
    worst: Vec<PairDoubt>,
}

#[derive(SimpleObject)]
pub(crate) struct ItemWeight {
    item: String,
    weight: Decimal,
}

/// A comparison that fits the others least.
#[derive(SimpleObject)]
pub(crate) struct PairDoubt {
    a: String,
    b: String,
    stated: String,
    implied: String,
}

/// The answer of `calc weights`, in the order in which the items were given.
pub(super) fn weights(answer: &Value, items: &[String]) -> WeightsFromPairs {
    let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let worst = answer["worst"].as_array().into_iter().flatten();
    WeightsFromPairs {
        weights: items
            .iter()
            .map(|item| ItemWeight {
                weight: Decimal(word(&answer["weights"][item])),
                item: item.clone(),
            })
            .collect(),
        lambda_max: Decimal(word(&answer["lambda_max"])),
        consistency_index: Decimal(word(&answer["consistency_index"])),
        consistency_ratio: Decimal(word(&answer["consistency_ratio"])),
        consistent: answer["consistent"] == Value::Bool(true),
        worst: worst
            .map(|pair| PairDoubt {
                a: word(&pair["a"]),
                b: word(&pair["b"]),
                stated: word(&pair["stated"]),
                implied: word(&pair["implied"]),
            })
            .collect(),
    }
}
