//! The own account: another password, and the places where one is signed in. Plain routes, because a password
//! never passes through GraphQL and a change of it sets the cookie.
use axum::{
    Json,
    extract::State,
    http::{HeaderMap, Uri},
    response::Response,
};
use casework::SessionEnding;
use chrono::SecondsFormat;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    auth::{object, texts, with_cookie},
    caller::{apart, in_session},
    cookie,
    guard::{JsonBody, own_page},
    refusal::Refusal,
    state::App,
};

/// `POST /auth/password`: `current` and `new`. Ends every other session.
pub(crate) async fn password(
    State(app): State<App>,
    headers: HeaderMap,
    JsonBody(body): JsonBody,
) -> Result<Response, Refusal> {
    let (actor, secret) = in_session(&app, &headers).await?;
    let body = object(&body)?;
    let [current, new] = texts(&body, ["current", "new"])?;
    let casework = app.casework.clone();
    let changing =
        async move { casework::password_change(&casework, &actor, &secret, &current, &new).await };
    Ok(with_cookie(cookie::keep(&apart(changing).await?)))
}

/// `GET /auth/sessions`: where one is signed in.
pub(crate) async fn sessions(
    State(app): State<App>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Json<Value>, Refusal> {
    own_page(&headers, &uri)?;
    let (actor, secret) = in_session(&app, &headers).await?;
    let casework = app.casework.clone();
    let reading = async move { casework::sessions_own(&casework, &actor, &secret).await };
    let sessions: Vec<Value> = apart(reading)
        .await?
        .into_iter()
        .map(|session| {
            let moment =
                |at: chrono::DateTime<chrono::Utc>| at.to_rfc3339_opts(SecondsFormat::Secs, true);
            json!({
                "id": session.session_id, "device": session.device, "address": session.address,
                "createdAt": moment(session.created_at),
                "lastSeenAt": moment(session.last_seen_at), "way": session.way, "current": session.current,
            })
        })
        .collect();
    Ok(Json(json!({"sessions": sessions})))
}

/// `POST /auth/sessions/end`: one by `id`, or all the others without it.
pub(crate) async fn end(
    State(app): State<App>,
    headers: HeaderMap,
    JsonBody(body): JsonBody,
) -> Result<Json<Value>, Refusal> {
    let (_, secret) = in_session(&app, &headers).await?;
    let body = object(&body)?;
    let ending = match body["id"].as_str() {
        Some(id) => SessionEnding::One(Uuid::parse_str(id).map_err(|_| Refusal::NotFound)?),
        None => SessionEnding::Others,
    };
    let casework = app.casework.clone();
    let deed = async move { casework::sessions_end(&casework, &secret, ending).await };
    Ok(Json(json!({"ended": apart(deed).await?})))
}
