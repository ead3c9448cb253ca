//! What is held about the own person: taken away as a file, or erased. Plain routes, because a file is handed out and
//! a password never passes through GraphQL.
use axum::{
    extract::State,
    http::HeaderMap,
    response::{IntoResponse as _, Response},
};

use crate::{
    auth::{object, texts, with_cookie},
    caller::{apart, in_session},
    cookie,
    download::attached,
    guard::JsonBody,
    refusal::Refusal,
    state::App,
};

/// `POST /auth/personal-data`: everything held about the person, as JSON.
pub(crate) async fn take(
    State(app): State<App>,
    headers: HeaderMap,
    JsonBody(_): JsonBody,
) -> Result<Response, Refusal> {
    let (actor, secret) = in_session(&app, &headers).await?;
    let casework = app.casework.clone();
    let reading = async move { casework::personal_data_export(&casework, &actor, &secret).await };
    let data = apart(reading).await?;
    let body = format!("{data:#}").into_response();
    Ok(attached(
        body,
        "application/json",
        "plumbline-personal-data",
        "json",
    ))
}

/// `POST /auth/erase`: `password`, and `code` where there is a second step. Nothing of the person can be read
/// afterwards; the cookie is taken away.
pub(crate) async fn erase(
    State(app): State<App>,
    headers: HeaderMap,
    JsonBody(body): JsonBody,
) -> Result<Response, Refusal> {
    let (actor, _) = in_session(&app, &headers).await?;
    let body = object(&body)?;
    let [password] = texts(&body, ["password"])?;
    let code = body["code"].as_str().map(str::to_owned);
    let casework = app.casework.clone();
    apart(async move {
        casework::person_erase_own(&casework, &actor, &password, code.as_deref()).await
    })
    .await?;
    Ok(with_cookie(cookie::forget()))
}
