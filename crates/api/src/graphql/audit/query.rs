//! Reading and checking the own trail.
use async_graphql::{Context, Object};
use casework::AuditLooking;

use super::types::{AuditCheck, AuditConnection, AuditEntry, AuditFilter, AuditState};
use crate::{
    answer::answer,
    caller::Caller,
    graphql::types::{PageInfo, page_size, uuid},
};

#[derive(Default)]
pub(crate) struct AuditQuery;

#[Object]
impl AuditQuery {
    /// Entries of the own organisation's trail, newest first.
    #[graphql(complexity = "page_size(first, 50) * child_complexity + 1")]
    async fn audit_entries(
        &self,
        context: &Context<'_>,
        filter: Option<AuditFilter>,
        #[graphql(default_with = "Some(50)")] first: Option<i32>,
        after: Option<String>,
    ) -> async_graphql::Result<AuditConnection> {
        let filter = filter.unwrap_or_default();
        let subject = filter.subject.as_ref().map(uuid);
        let looking = AuditLooking {
            subject: answer(subject.transpose())?,
            action: filter.action,
            actor: filter.actor,
            from: filter.from.map(|moment| moment.0),
            until: filter.until.map(|moment| moment.0),
            ..AuditLooking::default()
        };
        let read = Caller::of(context)?.act(move |casework, actor| async move {
            let (size, after) = (page_size(first, 50), after.as_deref());
            casework::audit_entries(&casework, &actor, looking, size, after).await
        });
        let page = answer(read.await)?;
        Ok(AuditConnection {
            nodes: page.rows.into_iter().map(AuditEntry::from).collect(),
            page_info: PageInfo {
                has_next_page: page.has_next,
                end_cursor: page.end_cursor,
            },
        })
    }

    /// Where the chain stands, and the key that checks it.
    async fn audit_state(&self, context: &Context<'_>) -> async_graphql::Result<AuditState> {
        let read = Caller::of(context)?
            .act(|casework, actor| async move { casework::audit_state(&casework, &actor).await });
        Ok(answer(read.await)?.into())
    }

    /// Walks the whole trail: every entry, every link, every checkpoint.
    #[graphql(complexity = "2000 + child_complexity")]
    async fn audit_check(&self, context: &Context<'_>) -> async_graphql::Result<AuditCheck> {
        let read = Caller::of(context)?
            .act(|casework, actor| async move { casework::audit_check(&casework, &actor).await });
        Ok(answer(read.await)?.into())
    }
}
