//! A forgotten password: asking for a link, and setting another by it. Asking is answered alike for every address.
use axum::{
    extract::State,
    http::{Extensions, HeaderMap, StatusCode},
};

use crate::{
    auth::{address, object, texts},
    caller::apart,
    guard::JsonBody,
    refusal::Refusal,
    state::App,
};

/// `POST /auth/reset/ask`: `email`.
pub(crate) async fn ask(
    State(app): State<App>,
    headers: HeaderMap,
    extensions: Extensions,
    JsonBody(body): JsonBody,
) -> Result<StatusCode, Refusal> {
    let [email] = texts(&object(&body)?, ["email"])?;
    let from = address(&headers, &extensions, app.behind_proxy);
    let casework = app.casework.clone();
    apart(async move { casework::password_reset_ask(&casework, &email, &from).await }).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// `POST /auth/reset`: `token` of the link, and `new`.
pub(crate) async fn set(
    State(app): State<App>,
    JsonBody(body): JsonBody,
) -> Result<StatusCode, Refusal> {
    let [token, new] = texts(&object(&body)?, ["token", "new"])?;
    let casework = app.casework.clone();
    apart(async move { casework::password_reset(&casework, &token, &new).await }).await?;
    Ok(StatusCode::NO_CONTENT)
}
