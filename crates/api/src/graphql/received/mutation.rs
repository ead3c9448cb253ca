//! Reviewing and deciding.
use async_graphql::{Context, ID, InputObject, Object};
use casework::{
    CaseError, CaseResult, DecisionInput, ReceivedView, ReviewInput, ReviewView, ScoreView,
};
use explain::{Problem, Problems};
use money::Hkd;

use super::{
    review::{Review, ReviewPayload},
    types::{Received, ReceivedPayload},
};
use crate::{
    answer::outcome,
    caller::Caller,
    graphql::{
        scalars::Decimal,
        types::{DecisionOutcome, problems, uuid},
    },
};

#[derive(InputObject)]
pub(crate) struct ReviewSaveInput {
    submission_id: ID,
    expected_version: i32,
    scores: Vec<ReviewScoreInput>,
    comment: String,
    submit: bool,
}

#[derive(InputObject)]
pub(crate) struct ReviewScoreInput {
    dimension: String,
    level: i32,
    comment: String,
}

#[derive(InputObject)]
pub(crate) struct ReviewDeclareConflictInput {
    submission_id: ID,
    reason: String,
}

#[derive(InputObject)]
pub(crate) struct DecisionRecordInput {
    submission_id: ID,
    outcome: DecisionOutcome,
    lines: Vec<DecisionLineInput>,
    reason_codes: Vec<String>,
    reason: String,
    conditions: String,
    /// Why it departs from the adopted order; needed where it does.
    #[graphql(default)]
    departure_reason: String,
    idempotency_key: String,
}

#[derive(InputObject)]
pub(crate) struct DecisionLineInput {
    line_id: String,
    amount: Decimal,
}

#[derive(Default)]
pub(crate) struct ReceivedMutation;

#[Object]
impl ReceivedMutation {
    async fn review_save(
        &self,
        context: &Context<'_>,
        input: ReviewSaveInput,
    ) -> async_graphql::Result<ReviewPayload> {
        let done = Caller::of(context)?.act(|casework, actor| async move {
            let scores = input.scores.into_iter().map(|score| ScoreView {
                dimension: score.dimension,
                level: score.level,
                comment: score.comment,
            });
            let input = ReviewInput {
                submission: uuid(&input.submission_id)?,
                expected_version: input.expected_version,
                scores: scores.collect(),
                comment: input.comment,
                submit: input.submit,
            };
            casework::review_save(&casework, &actor, input).await
        });
        review_payload(done.await)
    }

    async fn review_declare_conflict(
        &self,
        context: &Context<'_>,
        input: ReviewDeclareConflictInput,
    ) -> async_graphql::Result<ReviewPayload> {
        let done = Caller::of(context)?.act(|casework, actor| async move {
            let submission = uuid(&input.submission_id)?;
            casework::review_declare_conflict(&casework, &actor, submission, &input.reason).await
        });
        review_payload(done.await)
    }

    async fn decision_record(
        &self,
        context: &Context<'_>,
        input: DecisionRecordInput,
    ) -> async_graphql::Result<ReceivedPayload> {
        let done = Caller::of(context)?.act(|casework, actor| async move {
            let submission = uuid(&input.submission_id)?;
            let input = DecisionInput {
                submission,
                outcome: input.outcome.into(),
                lines: lines(&input.lines)?,
                reason_codes: input.reason_codes,
                reason: input.reason,
                conditions: input.conditions,
                departure_reason: input.departure_reason,
                idempotency_key: input.idempotency_key,
            };
            casework::decision_record(&casework, &actor, input).await?;
            casework::received(&casework, &actor, submission).await
        });
        received_payload(done.await)
    }
}

/// The amounts, or a problem for each that is not one.
fn lines(given: &[DecisionLineInput]) -> CaseResult<Vec<(String, Hkd)>> {
    let mut problems = Problems::new();
    let mut lines = Vec::with_capacity(given.len());
    for (position, line) in given.iter().enumerate() {
        match Hkd::try_from_text(&line.amount.0) {
            Ok(amount) => lines.push((line.line_id.clone(), amount)),
            Err(error) => problems.push(Problem::new(
                error.code(),
                format!("lines[{position}].amount"),
                format!("{error}: give dollars and cents, such as 120000.00."),
            )),
        }
    }
    if problems.is_empty() {
        Ok(lines)
    } else {
        Err(problems.into())
    }
}

fn review_payload(done: CaseResult<ReviewView>) -> async_graphql::Result<ReviewPayload> {
    let (review, found) = outcome(done)?;
    Ok(ReviewPayload {
        review: review.map(Review::from),
        problems: problems(found),
    })
}

pub(crate) fn received_payload(
    done: CaseResult<Option<ReceivedView>>,
) -> async_graphql::Result<ReceivedPayload> {
    let (received, found) = outcome(done.and_then(|view| view.ok_or(CaseError::NotFound)))?;
    Ok(ReceivedPayload {
        received: received.map(Received::from),
        problems: problems(found),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_amount_that_is_none_is_named() {
        let line = |amount: &str| DecisionLineInput {
            line_id: "b1".to_owned(),
            amount: Decimal(amount.to_owned()),
        };
        let refused = lines(&[line("1e5"), line("10.00"), line("0.001")]).unwrap_err();
        let CaseError::Problems(problems) = refused else {
            panic!("expected problems");
        };
        let paths: Vec<&str> = problems
            .as_slice()
            .iter()
            .map(|problem| problem.path.as_str())
            .collect();
        assert_eq!(paths, ["lines[0].amount", "lines[2].amount"]);
    }
}
