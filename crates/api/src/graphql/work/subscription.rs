//! Live progress.
#![expect(
    clippy::unused_async,
    reason = "the schema's macro takes async functions only"
)]

use async_graphql::{Context, ID, Subscription};
use futures_util::Stream;

use super::{
    follow::{LiveSession, Subject, follow},
    types::ProgressEvent,
};
use crate::{answer::answer, graphql::types::uuid};

pub(crate) struct WorkSubscription;

#[Subscription(name = "Subscription")]
impl WorkSubscription {
    /// Steps of one's own application.
    async fn application_progress(
        &self,
        context: &Context<'_>,
        application_id: ID,
    ) -> async_graphql::Result<impl Stream<Item = async_graphql::Result<ProgressEvent>>> {
        let session = context.data::<LiveSession>()?.clone();
        follow(
            session,
            Subject::Application(answer(uuid(&application_id))?),
        )
    }

    /// Steps of a round of one's own.
    async fn round_progress(
        &self,
        context: &Context<'_>,
        round_id: ID,
    ) -> async_graphql::Result<impl Stream<Item = async_graphql::Result<ProgressEvent>>> {
        let session = context.data::<LiveSession>()?.clone();
        follow(session, Subject::Round(answer(uuid(&round_id))?))
    }
}
