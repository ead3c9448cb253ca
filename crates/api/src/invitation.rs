//! The link of an invitation: what it invites to, and joining. Plain routes, because a new account's password never
//! passes through GraphQL.
use axum::{Json, extract::State, http::StatusCode};
use casework::Joining;
use chrono::SecondsFormat;
use serde_json::{Value, json};

use crate::{
    auth::{object, texts},
    caller::apart,
    guard::JsonBody,
    refusal::Refusal,
    state::App,
};

/// `POST /auth/invitation`: `token` of the link. Answers who invites whom to what.
pub(crate) async fn read(
    State(app): State<App>,
    JsonBody(body): JsonBody,
) -> Result<Json<Value>, Refusal> {
    let [token] = texts(&object(&body)?, ["token"])?;
    let casework = app.casework.clone();
    let view = apart(async move { casework::invitation_read(&casework, &token).await }).await?;
    let roles: Vec<&str> = view.roles.iter().map(|role| role.as_str()).collect();
    let until = view
        .member_until
        .map(|at| at.to_rfc3339_opts(SecondsFormat::Secs, true));
    Ok(Json(json!({
        "email": view.email, "tenant": {"en": view.tenant.en, "zh": view.tenant.zh},
        "inviter": view.inviter, "roles": roles, "memberUntil": until, "hasAccount": view.has_account,
        "notice": view.notice,
    })))
}

/// `POST /auth/invitation/accept`: `token`, `notice` where one is to be agreed to, and `name` and `new` (the password) of
/// a new account.
pub(crate) async fn accept(
    State(app): State<App>,
    JsonBody(body): JsonBody,
) -> Result<StatusCode, Refusal> {
    let body = object(&body)?;
    let [token] = texts(&body, ["token"])?;
    let text = |name: &str| body[name].as_str().unwrap_or_default().to_owned();
    let (name, password) = (text("name"), text("new"));
    let notice = body["notice"].as_str().map(str::to_owned);
    let casework = app.casework.clone();
    apart(async move {
        let joining = Joining {
            name: &name,
            password: &password,
            notice: notice.as_deref(),
        };
        casework::invitation_accept(&casework, &token, &joining).await
    })
    .await?;
    Ok(StatusCode::NO_CONTENT)
}
