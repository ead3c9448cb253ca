//! Reading the notice, which anybody may, and what one has agreed to.
use async_graphql::{Context, Object};

use super::types::{Notice, NoticeAgreement};
use crate::{
    answer::answer,
    caller::{Caller, apart},
};

#[derive(Default)]
pub(crate) struct NoticesQuery;

#[Object]
impl NoticesQuery {
    /// Every version of the notice on personal data, newest first; for anybody.
    async fn notices(&self, context: &Context<'_>) -> async_graphql::Result<Vec<Notice>> {
        let casework = Caller::of(context)?.casework.clone();
        let read = apart(async move { casework::notices(&casework).await });
        Ok(answer(read.await)?.into_iter().map(Notice::from).collect())
    }

    /// What one has agreed to, newest first.
    async fn notices_agreed(
        &self,
        context: &Context<'_>,
    ) -> async_graphql::Result<Vec<NoticeAgreement>> {
        let read = Caller::of(context)?.act(|casework, actor| async move {
            casework::notices_agreed(&casework, &actor).await
        });
        let agreed = answer(read.await)?;
        Ok(agreed.into_iter().map(NoticeAgreement::from).collect())
    }
}
