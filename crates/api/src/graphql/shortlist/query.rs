//! Reading a shortlist.
use async_graphql::{Context, ID, Object};

use super::types::Shortlist;
use crate::{answer::found, caller::Caller, graphql::types::uuid};

#[derive(Default)]
pub(crate) struct ShortlistQuery;

#[Object]
impl ShortlistQuery {
    /// Null until there is a ranking that may be shown.
    async fn shortlist(
        &self,
        context: &Context<'_>,
        round_id: ID,
    ) -> async_graphql::Result<Option<Shortlist>> {
        let read = Caller::of(context)?.act(|casework, actor| async move {
            let view = casework::shortlist(&casework, &actor, uuid(&round_id)?).await?;
            view.map(Shortlist::try_from).transpose()
        });
        found(read.await)
    }
}
