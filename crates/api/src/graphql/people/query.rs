//! Seeing who belongs to the own organisation.
use async_graphql::{Context, Object};

use super::types::People;
use crate::{answer::found, caller::Caller};

#[derive(Default)]
pub(crate) struct PeopleQuery;

#[Object]
impl PeopleQuery {
    /// The own organisation's people; invitations and changes that wait only for those who manage them.
    async fn people(&self, context: &Context<'_>) -> async_graphql::Result<Option<People>> {
        let read = Caller::of(context)?.act(|casework, actor| async move {
            casework::people(&casework, &actor).await.map(Some)
        });
        Ok(found(read.await)?.map(People::from))
    }
}
