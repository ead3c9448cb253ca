//! A ranking with its reasons, the budget line, and the exact best set beside it.
use async_graphql::{ComplexObject, Context, ID, SimpleObject};
use casework::{CaseResult, SelectionView, ShortlistRowView, ShortlistView, WeightView};
use serde_json::Value;
use uuid::Uuid;

use crate::graphql::{
    engine::EligibilityState,
    loaders::load_round,
    round::Round,
    scalars::{DateTime, Decimal},
    types::{DecisionOutcome, Problem, Shared, SizeBand, Text, id},
};

/// A ranked round.
#[derive(SimpleObject)]
#[graphql(complex)]
pub(crate) struct Shortlist {
    ranking_id: ID,
    computed_at: DateTime,
    adopted: bool,
    adopted_by: Option<String>,
    adopted_at: Option<DateTime>,
    provisional: bool,
    engine_version: String,
    input_hash: String,
    #[graphql(complexity = "8 * child_complexity + 1")]
    weights: Vec<Weight>,
    budget: Decimal,
    committed: Decimal,
    left: Decimal,
    /// Ranked first, then those without a rank.
    #[graphql(complexity = "100 * child_complexity + 1")]
    rows: Vec<ShortlistRow>,
    selection: Option<Selection>,
    #[graphql(skip)]
    round: Uuid,
}

impl TryFrom<ShortlistView> for Shortlist {
    type Error = casework::CaseError;

    fn try_from(view: ShortlistView) -> CaseResult<Self> {
        let (adopted_by, adopted_at) = view.adopted.unzip();
        Ok(Self {
            ranking_id: id(view.ranking),
            computed_at: view.computed_at.into(),
            adopted: adopted_by.is_some(),
            adopted_by,
            adopted_at: adopted_at.map(DateTime),
            provisional: view.provisional,
            engine_version: view.engine_version,
            input_hash: view.input_hash,
            weights: view.weights.into_iter().map(Weight::from).collect(),
            budget: view.budget.into(),
            committed: view.committed.into(),
            left: view.left.into(),
            rows: view
                .rows
                .into_iter()
                .map(ShortlistRow::try_from)
                .collect::<CaseResult<_>>()?,
            selection: view.selection.map(Selection::from),
            round: view.round_id,
        })
    }
}

#[ComplexObject]
impl Shortlist {
    async fn round(&self, context: &Context<'_>) -> async_graphql::Result<Round> {
        Ok(load_round(context, self.round).await?.into())
    }
}

/// A criterion with its weight and the anchors of 0 and 100 points.
#[expect(clippy::struct_field_names, reason = "the schema's own names")]
#[derive(SimpleObject)]
pub(crate) struct Weight {
    criterion: String,
    name: Text,
    weight: Decimal,
    zero: Decimal,
    hundred: Decimal,
}

impl From<WeightView> for Weight {
    fn from(view: WeightView) -> Self {
        Self {
            criterion: view.criterion,
            name: view.name.into(),
            weight: view.weight.into(),
            zero: view.zero.into(),
            hundred: view.hundred.into(),
        }
    }
}

/// One application of a ranking.
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent facts about a row"
)]
#[derive(SimpleObject)]
pub(crate) struct ShortlistRow {
    submission_id: ID,
    reference: String,
    rank: Option<u32>,
    organisation: Text,
    title: Text,
    size_band: SizeBand,
    districts: Vec<Shared>,
    ask: Decimal,
    cumulative: Option<Decimal>,
    above_line: bool,
    would_still_fit: bool,
    sroi: Option<Decimal>,
    sroi_low: Option<Decimal>,
    sroi_high: Option<Decimal>,
    /// The ratio is that of the funder's assessed copy.
    sroi_assessed: bool,
    score: Option<Decimal>,
    #[graphql(complexity = "8 * child_complexity + 1")]
    contributions: Vec<Contribution>,
    missing: Vec<String>,
    reweighted: Vec<String>,
    tied: bool,
    /// Share of weightings in which it stays above the line.
    stability: Option<Decimal>,
    eligibility: EligibilityState,
    decision: Option<DecisionOutcome>,
    selected_exact: bool,
    #[graphql(complexity = 20)]
    working: Option<Value>,
}

impl TryFrom<ShortlistRowView> for ShortlistRow {
    type Error = casework::CaseError;

    fn try_from(view: ShortlistRowView) -> CaseResult<Self> {
        let (sroi, sroi_low, sroi_high) =
            view.sroi.map_or((None, None, None), |(point, low, high)| {
                (Some(point), low, high)
            });
        let contributions = view.contributions.into_iter();
        Ok(Self {
            submission_id: id(view.submission),
            reference: view.reference,
            rank: view.rank,
            organisation: view.organisation.into(),
            title: view.title.into(),
            size_band: view.size_band.into(),
            districts: view.districts.into_iter().map(Shared::from).collect(),
            ask: view.ask.into(),
            cumulative: view.cumulative.map(Decimal::from),
            above_line: view.above_line,
            would_still_fit: view.would_still_fit,
            sroi: sroi.map(Decimal::from),
            sroi_low: sroi_low.map(Decimal::from),
            sroi_high: sroi_high.map(Decimal::from),
            sroi_assessed: view.sroi_assessed,
            score: view.score.map(Decimal),
            contributions: contributions
                .map(|(criterion, points)| Contribution {
                    criterion,
                    points: Decimal(points),
                })
                .collect(),
            missing: view.missing,
            reweighted: view.reweighted,
            tied: view.tied,
            stability: view.stability.map(Decimal),
            eligibility: EligibilityState::from_word(&view.eligibility)?,
            decision: view.decision.map(DecisionOutcome::from),
            selected_exact: view.selected_exact,
            working: Some(view.working).filter(|working| !working.is_null()),
        })
    }
}

/// Weighted points of one criterion.
#[derive(SimpleObject)]
pub(crate) struct Contribution {
    criterion: String,
    points: Decimal,
}

/// The exact best set beside best-first.
#[derive(SimpleObject)]
pub(crate) struct Selection {
    status: String,
    objective: Decimal,
    spent: Decimal,
    greedy_objective: Decimal,
    selected: Vec<ID>,
    greedy: Vec<ID>,
    price_of_fairness: Vec<PriceOfFairness>,
}

impl From<SelectionView> for Selection {
    fn from(view: SelectionView) -> Self {
        let prices = view.price_of_fairness.into_iter();
        Self {
            status: view.status,
            objective: view.objective.into(),
            spent: view.spent.into(),
            greedy_objective: view.greedy_objective.into(),
            selected: view.selected.into_iter().map(id).collect(),
            greedy: view.greedy.into_iter().map(id).collect(),
            price_of_fairness: prices
                .map(|(rule, points)| PriceOfFairness {
                    rule,
                    points: Decimal(points),
                })
                .collect(),
        }
    }
}

/// What a fairness rule costs in points.
#[derive(SimpleObject)]
pub(crate) struct PriceOfFairness {
    rule: String,
    points: Decimal,
}

#[derive(SimpleObject)]
pub(crate) struct ShortlistPayload {
    pub(super) shortlist: Option<Shortlist>,
    pub(super) problems: Vec<Problem>,
}
