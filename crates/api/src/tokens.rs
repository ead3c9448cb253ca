//! API tokens of the person signed in: making, listing and ending them. Plain routes beside GraphQL, because a
//! password and a secret pass through them; a token itself reaches none of them.
use axum::{
    Json,
    extract::State,
    http::{HeaderMap, StatusCode, Uri},
};
use casework::{TokenInput, TokenView};
use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    auth::{object, texts},
    caller::apart,
    files::signed_in,
    guard::{JsonBody, own_page},
    refusal::Refusal,
    state::App,
};

/// Scopes that one request names; more than there are.
const SCOPES_MAX: usize = 50;

/// `GET /auth/tokens`: the person's tokens for the organisation acted for, and what a new one could be used for.
pub(crate) async fn list(
    State(app): State<App>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Json<Value>, Refusal> {
    own_page(&headers, &uri)?;
    let actor = signed_in(&app, &headers).await?;
    let scopes: Vec<Value> = casework::token_scopes(&actor)
        .into_iter()
        .map(|scope| json!({"code": scope.as_str(), "writes": scope.writes()}))
        .collect();
    let casework = app.casework.clone();
    let tokens = apart(async move { casework::tokens_own(&casework, &actor).await }).await?;
    let tokens: Vec<Value> = tokens.iter().map(shown).collect();
    Ok(Json(json!({"tokens": tokens, "scopes": scopes})))
}

/// `POST /auth/tokens`: `name`, `scopes`, `days` and `password`. The secret is in this answer and nowhere else.
pub(crate) async fn make(
    State(app): State<App>,
    headers: HeaderMap,
    JsonBody(body): JsonBody,
) -> Result<(StatusCode, Json<Value>), Refusal> {
    let actor = signed_in(&app, &headers).await?;
    let body = object(&body)?;
    let [name, password] = texts(&body, ["name", "password"])?;
    let scopes: Vec<String> = body["scopes"]
        .as_array()
        .into_iter()
        .flatten()
        .take(SCOPES_MAX)
        .map(|scope| scope.as_str().unwrap_or_default().to_owned())
        .collect();
    let input = TokenInput {
        name,
        scopes,
        days: body["days"].as_i64().unwrap_or_default(),
        password,
    };
    let casework = app.casework.clone();
    let making = async move { casework::token_make(&casework, &actor, input).await };
    let made = apart(making).await?;
    let answer = json!({"token": shown(&made.token), "secret": made.secret});
    Ok((StatusCode::CREATED, Json(answer)))
}

/// `POST /auth/tokens/end`: the one with this `id`.
pub(crate) async fn end(
    State(app): State<App>,
    headers: HeaderMap,
    JsonBody(body): JsonBody,
) -> Result<StatusCode, Refusal> {
    let actor = signed_in(&app, &headers).await?;
    let body = object(&body)?;
    let [id] = texts(&body, ["id"])?;
    let id = Uuid::parse_str(&id).map_err(|_| Refusal::NotFound)?;
    let casework = app.casework.clone();
    apart(async move { casework::token_end(&casework, &actor, id).await }).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn shown(token: &TokenView) -> Value {
    let moment = |at: DateTime<Utc>| at.to_rfc3339_opts(SecondsFormat::Secs, true);
    let scopes: Vec<&str> = token.scopes.iter().map(|scope| scope.as_str()).collect();
    json!({
        "id": token.id, "name": token.name, "prefix": token.prefix, "scopes": scopes,
        "createdAt": moment(token.created_at), "expiresAt": moment(token.expires_at),
        "lastUsedAt": token.last_used_at.map(moment),
    })
}
