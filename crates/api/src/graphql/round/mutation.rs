//! Closing a round and asking for its ranking.
use std::sync::Arc;

use async_graphql::{Context, ID, InputObject, Object};
use casework::{CaseResult, RoundView};

use super::types::{Round, RoundPayload};
use crate::{
    answer::outcome,
    caller::Caller,
    graphql::types::{problems, uuid},
};

#[derive(InputObject)]
pub(crate) struct RoundRankInput {
    round_id: ID,
}

#[derive(InputObject)]
pub(crate) struct RoundCloseInput {
    round_id: ID,
}

#[derive(Default)]
pub(crate) struct RoundMutation;

#[Object]
impl RoundMutation {
    /// Queues the ranking.
    async fn round_rank(
        &self,
        context: &Context<'_>,
        input: RoundRankInput,
    ) -> async_graphql::Result<RoundPayload> {
        let done = Caller::of(context)?.act(|casework, actor| async move {
            casework::round_rank(&casework, &actor, uuid(&input.round_id)?).await
        });
        payload(done.await)
    }

    /// Only after the closing time.
    async fn round_close(
        &self,
        context: &Context<'_>,
        input: RoundCloseInput,
    ) -> async_graphql::Result<RoundPayload> {
        let done = Caller::of(context)?.act(|casework, actor| async move {
            casework::round_close(&casework, &actor, uuid(&input.round_id)?).await
        });
        payload(done.await)
    }
}

fn payload(done: CaseResult<RoundView>) -> async_graphql::Result<RoundPayload> {
    let (round, found) = outcome(done)?;
    let round = round.map(|round| Round::from(Arc::new(round)));
    Ok(RoundPayload {
        round,
        problems: problems(found),
    })
}
