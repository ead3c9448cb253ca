//! The own second step: set up, confirmed, ended, its recovery codes. Plain routes, because neither passwords nor
//! codes pass through GraphQL.
use axum::{
    Json,
    extract::State,
    http::{HeaderMap, StatusCode, Uri, header},
    response::{IntoResponse as _, Response},
};
use chrono::SecondsFormat;
use serde_json::{Value, json};

use crate::{
    auth::{object, texts},
    caller::apart,
    cookie,
    files::signed_in,
    guard::{JsonBody, own_page},
    refusal::Refusal,
    state::App,
};

/// `GET /auth/second-step`: since when it is asked for, and how many recovery codes are left.
pub(crate) async fn state(
    State(app): State<App>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Json<Value>, Refusal> {
    own_page(&headers, &uri)?;
    let actor = signed_in(&app, &headers).await?;
    let casework = app.casework.clone();
    let view = apart(async move { casework::second_step(&casework, &actor).await }).await?;
    let since = view
        .since
        .map(|at| at.to_rfc3339_opts(SecondsFormat::Secs, true));
    Ok(Json(
        json!({"since": since, "recoveryLeft": view.recovery_left}),
    ))
}

/// `POST /auth/second-step/begin`: `password`. Answers what an app is told, once.
pub(crate) async fn begin(
    State(app): State<App>,
    headers: HeaderMap,
    JsonBody(body): JsonBody,
) -> Result<Json<Value>, Refusal> {
    let actor = signed_in(&app, &headers).await?;
    let [password] = texts(&object(&body)?, ["password"])?;
    let casework = app.casework.clone();
    let setup =
        apart(async move { casework::second_step_begin(&casework, &actor, &password).await })
            .await?;
    Ok(Json(
        json!({"secret": setup.secret, "url": setup.url, "picture": setup.picture}),
    ))
}

/// `POST /auth/second-step/confirm`: the first `code`. Answers the recovery codes, once.
pub(crate) async fn confirm(
    State(app): State<App>,
    headers: HeaderMap,
    JsonBody(body): JsonBody,
) -> Result<Response, Refusal> {
    let actor = signed_in(&app, &headers).await?;
    let secret = cookie::secret_of(&headers).ok_or(Refusal::NotSignedIn)?;
    let [code] = texts(&object(&body)?, ["code"])?;
    let casework = app.casework.clone();
    let begun =
        apart(
            async move { casework::second_step_confirm(&casework, &actor, &secret, &code).await },
        )
        .await?;
    let mut response = Json(json!({"recoveryCodes": begun.recovery_codes})).into_response();
    if let Some(cookie) = cookie::keep(&begun.session) {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

/// `POST /auth/second-step/recovery`: a `code`. Answers new recovery codes, once; the earlier ones are void.
pub(crate) async fn recovery(
    State(app): State<App>,
    headers: HeaderMap,
    JsonBody(body): JsonBody,
) -> Result<Json<Value>, Refusal> {
    let actor = signed_in(&app, &headers).await?;
    let secret = cookie::secret_of(&headers).ok_or(Refusal::NotSignedIn)?;
    let [code] = texts(&object(&body)?, ["code"])?;
    let casework = app.casework.clone();
    let codes =
        apart(
            async move { casework::recovery_codes_renew(&casework, &actor, &secret, &code).await },
        )
        .await?;
    Ok(Json(json!({"recoveryCodes": codes})))
}

/// `POST /auth/second-step/end`: `password` and a `code`.
pub(crate) async fn end(
    State(app): State<App>,
    headers: HeaderMap,
    JsonBody(body): JsonBody,
) -> Result<StatusCode, Refusal> {
    let actor = signed_in(&app, &headers).await?;
    let secret = cookie::secret_of(&headers).ok_or(Refusal::NotSignedIn)?;
    let [password, code] = texts(&object(&body)?, ["password", "code"])?;
    let casework = app.casework.clone();
    apart(async move {
        casework::second_step_end(&casework, &actor, &secret, &password, &code).await
    })
    .await?;
    Ok(StatusCode::NO_CONTENT)
}
