//! Adopting a ranking.
use async_graphql::{Context, ID, InputObject, Object};

use super::types::{Shortlist, ShortlistPayload};
use crate::{
    answer::outcome,
    caller::Caller,
    graphql::types::{problems, uuid},
};

#[derive(InputObject)]
pub(crate) struct RankingAdoptInput {
    ranking_id: ID,
}

#[derive(Default)]
pub(crate) struct ShortlistMutation;

#[Object]
impl ShortlistMutation {
    async fn ranking_adopt(
        &self,
        context: &Context<'_>,
        input: RankingAdoptInput,
    ) -> async_graphql::Result<ShortlistPayload> {
        let done = Caller::of(context)?.act(|casework, actor| async move {
            let ranking = uuid(&input.ranking_id)?;
            let view = casework::ranking_adopt(&casework, &actor, ranking).await?;
            Shortlist::try_from(view)
        });
        let (shortlist, found) = outcome(done.await)?;
        Ok(ShortlistPayload {
            shortlist,
            problems: problems(found),
        })
    }
}
