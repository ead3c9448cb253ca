//! Registering an organisation, and the link by which its first person proves their address. Plain routes: nobody is
//! signed in, and a password never passes through GraphQL. Registering is answered alike for every address.
use axum::{
    Json,
    extract::State,
    http::{Extensions, HeaderMap, StatusCode},
};
use casework::RegistrationInput;
use explain::{Problem, Text};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    auth::{address, object, texts},
    caller::apart,
    guard::JsonBody,
    refusal::Refusal,
    state::App,
};

/// `POST /auth/register`: `requestId`, `kind`, `nameEn`, `nameZh`, `identifiers` of `type` and `value`, `name`, `email`
/// and `notice`.
pub(crate) async fn ask(
    State(app): State<App>,
    headers: HeaderMap,
    extensions: Extensions,
    JsonBody(body): JsonBody,
) -> Result<StatusCode, Refusal> {
    let body = object(&body)?;
    let names = ["requestId", "kind", "nameEn", "nameZh", "name", "email"];
    let [id, kind, en, zh, person, email] = texts(&body, names)?;
    let id = Uuid::parse_str(&id).map_err(|_| {
        let message = "Give a random UUID, such as 6f1f6a3e-8f0e-4b5a-9d53-0c8f5f0e7f11.";
        Refusal::Problems(vec![Problem::new("not_uuid", "requestId", message)])
    })?;
    let listed = body["identifiers"].as_array().into_iter().flatten();
    let text = |row: &Value, name: &str| row[name].as_str().unwrap_or_default().to_owned();
    let input = RegistrationInput {
        id,
        kind,
        name: Text::new(en, zh),
        identifiers: listed
            .map(|row| (text(row, "type"), text(row, "value")))
            .collect(),
        person,
        email,
        notice: body["notice"].as_str().map(str::to_owned),
    };
    let from = address(&headers, &extensions, app.behind_proxy);
    let casework = app.casework.clone();
    apart(async move { casework::registration_ask(&casework, &input, &from).await }).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// `POST /auth/registration`: `token` of the link. Answers what it belongs to.
pub(crate) async fn read(
    State(app): State<App>,
    JsonBody(body): JsonBody,
) -> Result<Json<Value>, Refusal> {
    let [token] = texts(&object(&body)?, ["token"])?;
    let casework = app.casework.clone();
    let view = apart(async move { casework::registration_read(&casework, &token).await }).await?;
    Ok(Json(json!({
        "email": view.email, "person": view.person, "name": {"en": view.name.en, "zh": view.name.zh},
        "hasAccount": view.has_account,
    })))
}

/// `POST /auth/registration/accept`: `token`, and `new` (the password) where the address has no account.
pub(crate) async fn accept(
    State(app): State<App>,
    JsonBody(body): JsonBody,
) -> Result<StatusCode, Refusal> {
    let body = object(&body)?;
    let [token] = texts(&body, ["token"])?;
    let password = body["new"].as_str().unwrap_or_default().to_owned();
    let casework = app.casework.clone();
    apart(async move { casework::registration_accept(&casework, &token, &password).await }).await?;
    Ok(StatusCode::NO_CONTENT)
}
