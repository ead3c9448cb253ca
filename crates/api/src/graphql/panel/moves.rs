//! Why ranks moved from one ranking to another.
use async_graphql::{Enum, ID, SimpleObject};
use casework::{CaseError, CaseResult, MoveStepView, MoveView, MovesView, RankingRefView};

use crate::graphql::{
    names::PersonName,
    scalars::{DateTime, Decimal},
    types::{Text, id},
};

/// A ranking by name.
#[derive(SimpleObject)]
pub(crate) struct RankingRef {
    id: ID,
    computed_at: DateTime,
    provisional: bool,
    adopted: bool,
    adopted_by: Option<PersonName>,
    input_hash: String,
    engine_version: String,
    rules_version: String,
}

impl From<RankingRefView> for RankingRef {
    fn from(view: RankingRefView) -> Self {
        Self {
            id: id(view.id),
            computed_at: view.computed_at.into(),
            provisional: view.provisional,
            adopted: view.adopted_by.is_some(),
            adopted_by: view.adopted_by.map(PersonName::from),
            input_hash: view.input_hash,
            engine_version: view.engine_version,
            rules_version: view.rules_version,
        }
    }
}

/// What made ranks move: anchors and criteria, weights, figures, or reviewers' levels.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
pub(crate) enum MoveReason {
    Rule,
    Weight,
    Data,
    Reviewer,
}

impl MoveReason {
    fn of(word: &str) -> CaseResult<Self> {
        match word {
            "rule" => Ok(Self::Rule),
            "weight" => Ok(Self::Weight),
            "data" => Ok(Self::Data),
            "reviewer" => Ok(Self::Reviewer),
            other => Err(CaseError::Internal(format!("reason of a move {other}"))),
        }
    }
}

/// Why ranks moved from one ranking to another.
#[derive(SimpleObject)]
pub(crate) struct RankingMoves {
    before: RankingRef,
    after: RankingRef,
    moved: u32,
    by_reason: Vec<MoveCount>,
    #[graphql(complexity = "100 * child_complexity + 1")]
    rows: Vec<Move>,
}

impl TryFrom<MovesView> for RankingMoves {
    type Error = CaseError;

    fn try_from(view: MovesView) -> CaseResult<Self> {
        Ok(Self {
            before: view.before.into(),
            after: view.after.into(),
            moved: view.moved,
            by_reason: view
                .by_reason
                .into_iter()
                .map(|(reason, count)| {
                    let reason = MoveReason::of(&reason)?;
                    Ok(MoveCount { reason, count })
                })
                .collect::<CaseResult<_>>()?,
            rows: view
                .rows
                .into_iter()
                .map(Move::try_from)
                .collect::<CaseResult<_>>()?,
        })
    }
}

#[derive(SimpleObject)]
pub(crate) struct MoveCount {
    reason: MoveReason,
    count: u32,
}

/// One application's way from one ranking to the other.
#[derive(SimpleObject)]
pub(crate) struct Move {
    reference: String,
    organisation: Option<Text>,
    title: Option<Text>,
    submission_id: Option<ID>,
    rank_before: Option<u32>,
    rank_after: Option<u32>,
    score_before: Option<Decimal>,
    score_after: Option<Decimal>,
    came: bool,
    went: bool,
    steps: Vec<MoveStep>,
}

impl TryFrom<MoveView> for Move {
    type Error = CaseError;

    fn try_from(view: MoveView) -> CaseResult<Self> {
        let (submission, organisation, title) = match view.of {
            Some((submission, organisation, title)) => {
                (Some(submission), Some(organisation), Some(title))
            }
            None => (None, None, None),
        };
        Ok(Self {
            reference: view.reference,
            organisation: organisation.map(Text::from),
            title: title.map(Text::from),
            submission_id: submission.map(id),
            rank_before: view.ranks.0,
            rank_after: view.ranks.1,
            score_before: view.scores.0.map(Decimal),
            score_after: view.scores.1.map(Decimal),
            came: view.came,
            went: view.went,
            steps: view
                .steps
                .into_iter()
                .map(MoveStep::try_from)
                .collect::<CaseResult<_>>()?,
        })
    }
}

/// One reason with what it did; the steps' changes add up to the whole.
#[derive(SimpleObject)]
pub(crate) struct MoveStep {
    reason: MoveReason,
    score_change: Decimal,
    rank_after: Option<u32>,
    parts: Vec<MovePart>,
}

impl TryFrom<MoveStepView> for MoveStep {
    type Error = CaseError;

    fn try_from(view: MoveStepView) -> CaseResult<Self> {
        let parts = view.parts.into_iter();
        Ok(Self {
            reason: MoveReason::of(&view.reason)?,
            score_change: Decimal(view.score_change),
            rank_after: view.rank_after,
            parts: parts
                .map(|(criterion, from, to)| MovePart {
                    criterion,
                    from,
                    to,
                })
                .collect(),
        })
    }
}

#[derive(SimpleObject)]
pub(crate) struct MovePart {
    criterion: String,
    from: Option<String>,
    to: Option<String>,
}
