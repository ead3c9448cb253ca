//! Reviews and decisions.
use async_graphql::{ComplexObject, Context, ID, SimpleObject};
use casework::{DecisionView, ReviewView, ScoreView};
use uuid::Uuid;

use crate::graphql::{
    loaders::{DecidingOf, Once},
    names::PersonName,
    panel::Letter,
    scalars::{DateTime, Decimal},
    types::{DecisionOutcome, Problem, id},
};

/// A review: open, submitted, or a declared conflict.
#[derive(SimpleObject)]
pub(crate) struct Review {
    id: ID,
    reviewer: PersonName,
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
            reviewer: view.reviewer.into(),
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
#[graphql(complex)]
pub(crate) struct Decision {
    id: ID,
    outcome: DecisionOutcome,
    amount: Decimal,
    lines: Vec<DecisionLine>,
    reason_codes: Vec<String>,
    reason: String,
    conditions: String,
    decided_by: PersonName,
    decided_at: DateTime,
    departs_from_rank: bool,
    departure_reason: String,
    /// The second person, where one was needed.
    confirmed_by: Option<PersonName>,
    supersedes: Option<ID>,
    #[graphql(skip)]
    key: Uuid,
    #[graphql(skip)]
    deciding: Once<DecidingOf>,
}

impl Decision {
    /// With what stands around all decisions on the same copy.
    pub(super) fn new(view: DecisionView, deciding: Once<DecidingOf>) -> Self {
        let lines = view.lines.into_iter();
        Self {
            id: id(view.id),
            outcome: view.outcome.into(),
            amount: view.amount.into(),
            lines: lines.map(DecisionLine::from).collect(),
            reason_codes: view.reason_codes,
            reason: view.reason,
            conditions: view.conditions,
            decided_by: view.decided_by.into(),
            decided_at: view.decided_at.into(),
            departs_from_rank: view.departs_from_rank,
            departure_reason: view.departure_reason,
            confirmed_by: view.confirmed_by.map(PersonName::from),
            key: view.id,
            deciding,
            supersedes: view.supersedes.map(id),
        }
    }
}

#[derive(SimpleObject)]
pub(crate) struct DecisionLine {
    line_id: String,
    amount: Decimal,
}

impl From<(String, money::Hkd)> for DecisionLine {
    fn from((line_id, amount): (String, money::Hkd)) -> Self {
        Self {
            line_id,
            amount: amount.into(),
        }
    }
}

#[ComplexObject]
impl Decision {
    /// Null until it is sent.
    #[graphql(complexity = "20 + child_complexity")]
    async fn letter(&self, context: &Context<'_>) -> async_graphql::Result<Option<Letter>> {
        let around = self.deciding.read(context).await?;
        Ok(around.letters.get(&self.key).cloned().map(Letter::from))
    }
}

#[derive(SimpleObject)]
pub(crate) struct ReviewPayload {
    pub(super) review: Option<Review>,
    pub(super) problems: Vec<Problem>,
}
