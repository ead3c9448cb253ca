//! A funder's inbox.
use async_graphql::{Context, ID, Object};

use super::types::{Received, ReceivedConnection};
use crate::{
    answer::{answer, found},
    caller::Caller,
    graphql::types::{PageInfo, page_size, uuid},
};

#[derive(Default)]
pub(crate) struct ReceivedQuery;

#[Object]
impl ReceivedQuery {
    #[graphql(complexity = "page_size(first, 100) * child_complexity + 1")]
    async fn inbox(
        &self,
        context: &Context<'_>,
        round_id: ID,
        #[graphql(default_with = "Some(100)")] first: Option<i32>,
        after: Option<String>,
    ) -> async_graphql::Result<ReceivedConnection> {
        let read = Caller::of(context)?.act(move |casework, actor| async move {
            let (round, size) = (uuid(&round_id)?, page_size(first, 100));
            casework::inbox(&casework, &actor, round, size, after.as_deref()).await
        });
        let page = answer(read.await)?;
        Ok(ReceivedConnection {
            nodes: page.rows.into_iter().map(Received::from).collect(),
            page_info: PageInfo {
                has_next_page: page.has_next,
                end_cursor: page.end_cursor,
            },
        })
    }

    /// One delivered copy. That it was read is recorded.
    async fn received(
        &self,
        context: &Context<'_>,
        id: ID,
    ) -> async_graphql::Result<Option<Received>> {
        let read = Caller::of(context)?.act(|casework, actor| async move {
            casework::received(&casework, &actor, uuid(&id)?).await
        });
        Ok(found(read.await)?.map(Received::from))
    }
}
