//! The only questions that somebody who is not signed in may ask.
use async_graphql::{Context, Object};

use super::types::Me;
use crate::{
    answer::{answer, found},
    caller::{Caller, apart},
    graphql::scalars::DateTime,
};

#[derive(Default)]
pub(crate) struct SessionQuery;

#[Object]
impl SessionQuery {
    /// Null when nobody is signed in.
    async fn me(&self, context: &Context<'_>) -> async_graphql::Result<Option<Me>> {
        let caller = Caller::of(context)?;
        if caller.actor.is_none() {
            return Ok(None);
        }
        let read = caller
            .act(|casework, actor| async move { casework::me(&casework, &actor).await.map(Some) });
        Ok(found(read.await)?.map(Me::from))
    }

    /// The database's clock, by which deadlines are judged.
    async fn server_time(&self, context: &Context<'_>) -> async_graphql::Result<DateTime> {
        let casework = Caller::of(context)?.casework.clone();
        let read = apart(async move { casework::server_time(&casework).await });
        Ok(answer(read.await)?.into())
    }
}
