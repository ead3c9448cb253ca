//! A ranking with its reasons, the budget line, and the exact best set beside it.
use async_graphql::{ComplexObject, Context, ID, SimpleObject};
use casework::{CaseResult, ShortlistRowView, ShortlistView, WeightView};
use serde_json::Value;
use uuid::Uuid;

use super::selection::{
    RunRef, SecondOpinion, Selection, SmallestMove, Spread, Standing, WeightRange,
};
use crate::graphql::{
    engine::EligibilityState,
    loaders::load_round,
    names::PersonName,
    panel::FundingLevel,
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
    adopted_by: Option<PersonName>,
    adopted_at: Option<DateTime>,
    provisional: bool,
    engine_version: String,
    input_hash: String,
    /// Version of the programme's rules that it was made under.
    rules_version: String,
    /// `off`, `beside` or `adjusted`: how reviewers' severity is read.
    severity: String,
    /// Share of weightings that makes a standing robust.
    robust: Decimal,
    /// Keys that decide inside a tie, such as `R2:max`.
    tie_break: Vec<String>,
    /// The smallest move of a weight that changes who is above the line.
    smallest_move: Option<SmallestMove>,
    /// Another method's order, never the official one.
    second_opinion: Option<SecondOpinion>,
    runs: Vec<RunRef>,
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
            adopted_by: adopted_by.map(PersonName::from),
            adopted_at: adopted_at.map(DateTime),
            provisional: view.provisional,
            engine_version: view.engine_version,
            input_hash: view.input_hash,
            rules_version: view.rules_version,
            severity: view.severity.to_owned(),
            robust: Decimal(view.robust),
            tie_break: view.tie_break,
            smallest_move: view.smallest_move.map(SmallestMove::from),
            second_opinion: view.second_opinion.map(SecondOpinion::from),
            runs: view.runs.into_iter().map(RunRef::from).collect(),
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
    /// Share of weightings in which it ends above the line.
    stability: Option<Decimal>,
    standing: Option<Standing>,
    /// Share of the weightings for each rank.
    #[graphql(complexity = 5)]
    acceptability: Vec<Decimal>,
    #[graphql(complexity = "8 * child_complexity + 1")]
    sensitivity: Vec<WeightRange>,
    second_rank: Option<u32>,
    closeness: Option<Decimal>,
    /// With reviewers' severity taken out; as scored, where the adjusted score is official.
    beside_rank: Option<u32>,
    beside_score: Option<Decimal>,
    #[graphql(complexity = "8 * child_complexity + 1")]
    spread: Vec<Spread>,
    /// Chosen by the exact set instead of full funding.
    funding_level: Option<FundingLevel>,
    service_areas: Vec<Shared>,
    /// Without an award under the programme before this round.
    first_time: bool,
    decided_amount: Option<Decimal>,
    /// A proposed decision waits for a second person.
    awaiting: bool,
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
        let (second_rank, closeness) = view.second.unzip();
        let (beside_rank, beside_score) = view.beside.unzip();
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
            standing: view.standing.as_deref().and_then(Standing::of),
            acceptability: view.acceptability.into_iter().map(Decimal).collect(),
            sensitivity: view
                .sensitivity
                .into_iter()
                .map(WeightRange::from)
                .collect(),
            second_rank,
            closeness: closeness.map(Decimal),
            beside_rank,
            beside_score: beside_score.map(Decimal),
            spread: view.spread.into_iter().map(Spread::from).collect(),
            funding_level: view.funding_level.map(FundingLevel::from),
            service_areas: view.service_areas.into_iter().map(Shared::from).collect(),
            first_time: view.first_time,
            decided_amount: view.decided_amount.map(Decimal::from),
            awaiting: view.awaiting,
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

#[derive(SimpleObject)]
pub(crate) struct ShortlistPayload {
    pub(super) shortlist: Option<Shortlist>,
    pub(super) problems: Vec<Problem>,
}
