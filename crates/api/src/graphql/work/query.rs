//! Counts and ages of work, for operators.
use async_graphql::{Context, Object};

use super::types::Workload;
use crate::{answer::answer, caller::Caller};

#[derive(Default)]
pub(crate) struct WorkQuery;

#[Object]
impl WorkQuery {
    async fn workload(&self, context: &Context<'_>) -> async_graphql::Result<Workload> {
        let read = Caller::of(context)?
            .act(|casework, actor| async move { casework::workload(&casework, &actor).await });
        Ok(answer(read.await)?.into())
    }
}
