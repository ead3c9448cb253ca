//! Reading one's own applications.
use async_graphql::{Context, ID, Object};

use super::types::{Application, ApplicationConnection};
use crate::{
    answer::{answer, found},
    caller::Caller,
    graphql::types::{PageInfo, page_size, uuid},
};

#[derive(Default)]
pub(crate) struct ApplicationQuery;

#[Object]
impl ApplicationQuery {
    /// Own applications, newest first.
    #[graphql(complexity = "page_size(first, 50) * child_complexity + 1")]
    async fn applications(
        &self,
        context: &Context<'_>,
        #[graphql(default_with = "Some(50)")] first: Option<i32>,
        after: Option<String>,
    ) -> async_graphql::Result<ApplicationConnection> {
        let read = Caller::of(context)?.act(move |casework, actor| async move {
            let size = page_size(first, 50);
            casework::applications(&casework, &actor, size, after.as_deref()).await
        });
        let page = answer(read.await)?;
        Ok(ApplicationConnection {
            nodes: page.rows.into_iter().map(Application::from).collect(),
            page_info: PageInfo {
                has_next_page: page.has_next,
                end_cursor: page.end_cursor,
            },
        })
    }

    /// One of one's own.
    async fn application(
        &self,
        context: &Context<'_>,
        id: ID,
    ) -> async_graphql::Result<Option<Application>> {
        let read = Caller::of(context)?.act(|casework, actor| async move {
            casework::application(&casework, &actor, uuid(&id)?).await
        });
        Ok(found(read.await)?.map(Application::from))
    }
}
