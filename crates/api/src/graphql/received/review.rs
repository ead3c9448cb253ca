//! Reviews and decisions.
use async_graphql::{ID, SimpleObject};
use casework::{DecisionView, ReviewView, ScoreView};

use crate::graphql::{
    scalars::{DateTime, Decimal},
    types::{DecisionOutcome, Problem, id},
};

/// A review: open, submitted, or a declared conflict.
#[derive(SimpleObject)]
pub(crate) struct Review {
    id: ID,
    reviewer: String,
    state: String,
    version: i32,
    #[graphql(complexity = "8 * child_complexity + 1")]
    scores: Vec<ReviewScore>,
    comment: String,
    updated_at: DateTime,
}

impl From<ReviewView> for Review {
    fn from(view: ReviewView) -> Self {
        Self {
            id: id(view.id),
            reviewer: view.reviewer,
            state: view.state,
            version: view.version,
            scores: view.scores.into_iter().map(ReviewScore::from).collect(),
            comment: view.comment,
            updated_at: view.updated_at.into(),
        }
    }
}

/// A level from 0 to 5 on one dimension.
#[derive(SimpleObject)]
pub(crate) struct ReviewScore {
    dimension: String,
    level: i32,
    comment: String,
}

impl From<ScoreView> for ReviewScore {
    fn from(view: ScoreView) -> Self {
        Self {
            dimension: view.dimension,
            level: view.level,
            comment: view.comment,
        }
    }
}

/// A decision of the chain, recorded by a named person.
#[derive(SimpleObject)]
pub(crate) struct Decision {
    id: ID,
    outcome: DecisionOutcome,
    amount: Decimal,
    lines: Vec<DecisionLine>,
    reason_codes: Vec<String>,
    reason: String,
    conditions: String,
    decided_by: String,
    decided_at: DateTime,
    departs_from_rank: bool,
    supersedes: Option<ID>,
}

impl From<DecisionView> for Decision {
    fn from(view: DecisionView) -> Self {
        let lines = view.lines.into_iter();
        Self {
            id: id(view.id),
            outcome: view.outcome.into(),
            amount: view.amount.into(),
            lines: lines
                .map(|(line_id, amount)| DecisionLine {
                    line_id,
                    amount: amount.into(),
                })
                .collect(),
            reason_codes: view.reason_codes,
            reason: view.reason,
            conditions: view.conditions,
            decided_by: view.decided_by,
            decided_at: view.decided_at.into(),
            departs_from_rank: view.departs_from_rank,
            supersedes: view.supersedes.map(id),
        }
    }
}

#[derive(SimpleObject)]
pub(crate) struct DecisionLine {
    line_id: String,
    amount: Decimal,
}

#[derive(SimpleObject)]
pub(crate) struct ReviewPayload {
    pub(super) review: Option<Review>,
    pub(super) problems: Vec<Problem>,
}
