//! Agreeing to the notice that holds.
use async_graphql::{Context, InputObject, Object};

use super::types::NoticePayload;
use crate::{answer::outcome, caller::Caller, graphql::types::problems};

#[derive(InputObject)]
pub(crate) struct NoticeAgreeInput {
    version: String,
}

#[derive(Default)]
pub(crate) struct NoticesMutation;

#[Object]
impl NoticesMutation {
    /// Keeps that one has read and agreed to the version that holds now.
    async fn notice_agree(
        &self,
        context: &Context<'_>,
        input: NoticeAgreeInput,
    ) -> async_graphql::Result<NoticePayload> {
        let done = Caller::of(context)?.act(|casework, actor| async move {
            casework::notice_agree(&casework, &actor, &input.version).await
        });
        let (_, wrong) = outcome(done.await)?;
        Ok(NoticePayload {
            problems: problems(wrong),
        })
    }
}
