//! GraphQL over HTTP: one operation by POST, read by hand. The ready-made extractor also takes
//! mutations by GET, as forms and without a size limit.
use std::time::Duration;

use async_graphql::Request;
use axum::{
    Json,
    extract::State,
    http::HeaderMap,
    response::{IntoResponse as _, Response},
};

use crate::{
    caller::{Caller, actor_of},
    cookie,
    graphql::loaders,
    guard::JsonBody,
    refusal::Refusal,
    state::App,
};

/// Longer than the longest statement of the database may take.
const ANSWER_WAIT: Duration = Duration::from_secs(30);

/// `POST /graphql`.
pub(crate) async fn graphql(
    State(app): State<App>,
    headers: HeaderMap,
    JsonBody(body): JsonBody,
) -> Result<Response, Refusal> {
    let request = read_request(&body)?;
    let actor = actor_of(&app.casework, cookie::secret_of(&headers)).await?;
    let caller = Caller {
        casework: app.casework.clone(),
        actor,
    };
    let request = request.data(loaders(caller.clone())).data(caller);
    let answering = app.schema.execute(request);
    let response = tokio::time::timeout(ANSWER_WAIT, answering).await;
    Ok(Json(response.map_err(|_| Refusal::TooSlow)?).into_response())
}

/// One operation; a list of them is refused.
pub(crate) fn read_request(body: &[u8]) -> Result<Request, Refusal> {
    if body.trim_ascii_start().first() == Some(&b'[') {
        return Err(Refusal::Batch);
    }
    serde_json::from_slice(body).map_err(|_| Refusal::Malformed)
}
