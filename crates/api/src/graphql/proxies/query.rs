//! Searching the library, and reading proposals.
use async_graphql::{Context, Object};

use super::types::{Proxy, ProxyConnection, ProxyHistory, ProxyProposal};
use crate::{
    answer::{answer, found},
    caller::Caller,
    graphql::types::{PageInfo, page_size},
};

#[derive(Default)]
pub(crate) struct ProxiesQuery;

#[Object]
impl ProxiesQuery {
    /// The newest version of every entry that holds all the words, and one's own open proposals.
    #[graphql(complexity = "page_size(first, 50) * child_complexity + 1")]
    async fn proxies(
        &self,
        context: &Context<'_>,
        search: Option<String>,
        outcome: Option<String>,
        #[graphql(default_with = "Some(50)")] first: Option<i32>,
        after: Option<String>,
    ) -> async_graphql::Result<ProxyConnection> {
        let read = Caller::of(context)?.act(move |casework, actor| async move {
            let (search, outcome) = (search.as_deref(), outcome.as_deref());
            let (size, after) = (page_size(first, 50), after.as_deref());
            casework::proxies_search(&casework, &actor, search, outcome, size, after).await
        });
        let page = answer(read.await)?;
        Ok(ProxyConnection {
            nodes: page.rows.into_iter().map(Proxy::from).collect(),
            page_info: PageInfo {
                has_next_page: page.has_next,
                end_cursor: page.end_cursor,
            },
        })
    }

    /// One entry with all its versions.
    async fn proxy(
        &self,
        context: &Context<'_>,
        id: String,
    ) -> async_graphql::Result<Option<ProxyHistory>> {
        let named = id.clone();
        let read = Caller::of(context)?.act(move |casework, actor| async move {
            casework::proxy_history(&casework, &actor, &named).await
        });
        let versions = found(read.await)?;
        Ok(versions.map(|versions| ProxyHistory {
            id,
            versions: versions.into_iter().map(Proxy::from).collect(),
        }))
    }

    /// An NGO's own; all that the council received; open ones first.
    #[graphql(complexity = "50 * child_complexity + 1")]
    async fn proxy_proposals(
        &self,
        context: &Context<'_>,
    ) -> async_graphql::Result<Vec<ProxyProposal>> {
        let read = Caller::of(context)?.act(|casework, actor| async move {
            casework::proxy_proposals(&casework, &actor).await
        });
        let proposals = answer(read.await)?;
        Ok(proposals.into_iter().map(ProxyProposal::from).collect())
    }
}
