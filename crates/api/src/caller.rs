//! Who asks, and the one way in which anything is asked of `casework`: in a task of its own, so
//! that a client who disconnects cannot cancel database work half way.
use std::sync::Arc;

use access::Actor;
use async_graphql::Context;
use axum::http::HeaderMap;
use casework::{CaseError, CaseResult, Casework};
use tracing::Instrument as _;

use crate::{cookie, refusal::Refusal, state::App};

/// The product and the person in front of it, if one is signed in.
#[derive(Clone)]
pub(crate) struct Caller {
    pub(crate) casework: Casework,
    pub(crate) actor: Option<Arc<Actor>>,
}

impl Caller {
    /// The caller of the GraphQL request that is being answered.
    pub(crate) fn of<'a>(context: &Context<'a>) -> async_graphql::Result<&'a Self> {
        context.data::<Self>()
    }

    /// Does something as the signed-in person; without one, nothing exists.
    pub(crate) async fn act<T, F>(
        &self,
        deed: impl FnOnce(Casework, Arc<Actor>) -> F,
    ) -> CaseResult<T>
    where
        T: Send + 'static,
        F: Future<Output = CaseResult<T>> + Send + 'static,
    {
        let Some(actor) = self.actor.clone() else {
            return Err(CaseError::problem("not_signed_in", "", "Sign in first."));
        };
        apart(deed(self.casework.clone(), actor)).await
    }
}

/// Runs in a task that goes on when nobody waits for it any more.
pub(crate) async fn apart<T>(
    deed: impl Future<Output = CaseResult<T>> + Send + 'static,
) -> CaseResult<T>
where
    T: Send + 'static,
{
    match tokio::spawn(deed.in_current_span()).await {
        Ok(result) => result,
        Err(ended) => Err(CaseError::Internal(format!("a task ended early: {ended}"))),
    }
}

/// Who a cookie's secret stands for now.
pub(crate) async fn actor_of(
    casework: &Casework,
    secret: Option<String>,
) -> CaseResult<Option<Arc<Actor>>> {
    let Some(secret) = secret else {
        return Ok(None);
    };
    let casework = casework.clone();
    let actor = apart(async move { casework::session_actor(&casework, &secret).await }).await?;
    Ok(actor.map(Arc::new))
}

/// The person signed in; refused where nobody is.
pub(crate) async fn signed_in(app: &App, headers: &HeaderMap) -> Result<Arc<Actor>, Refusal> {
    Ok(in_session(app, headers).await?.0)
}

/// The person signed in, with the secret of the session.
pub(crate) async fn in_session(
    app: &App,
    headers: &HeaderMap,
) -> Result<(Arc<Actor>, String), Refusal> {
    let secret = cookie::secret_of(headers).ok_or(Refusal::NotSignedIn)?;
    let actor = actor_of(&app.casework, Some(secret.clone())).await?;
    Ok((actor.ok_or(Refusal::NotSignedIn)?, secret))
}
