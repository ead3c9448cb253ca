//! Passkeys: signing in with one, and those of the own account. Plain routes, because they set the cookie and take the
//! password.
use axum::{
    Json,
    extract::State,
    http::{Extensions, HeaderMap, StatusCode, Uri},
    response::{IntoResponse as _, Response},
};
use casework::{PasskeyAdded, PasskeyQuestion};
use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    auth::{address, browser, end_session, object, refused_sign_in, signed_in_cookies, texts},
    caller::{apart, in_session, signed_in},
    guard::{JsonBody, own_page},
    refusal::Refusal,
    state::App,
};

/// `POST /auth/passkeys/begin`: a question for whichever device is there.
pub(crate) async fn begin(
    State(app): State<App>,
    headers: HeaderMap,
    extensions: Extensions,
    JsonBody(_): JsonBody,
) -> Result<Json<Value>, Refusal> {
    let from = address(&headers, &extensions, app.behind_proxy);
    let casework = app.casework.clone();
    let asking = async move { casework::passkey_sign_in_begin(&casework, &from).await };
    Ok(asked(&apart(asking).await?))
}

/// `POST /auth/passkeys/sign-in`: `question`, and the device's answer as `credential`.
pub(crate) async fn sign_in(
    State(app): State<App>,
    headers: HeaderMap,
    extensions: Extensions,
    JsonBody(body): JsonBody,
) -> Result<Response, Refusal> {
    let mut body = object(&body)?;
    let question = question_of(&body).ok_or(Refusal::PasskeyRefused)?;
    let credential = body["credential"].take();
    let browser = browser(&headers, &extensions, app.behind_proxy);
    let from = browser.address.clone();
    let casework = app.casework.clone();
    let signing_in = async move {
        Ok(casework::passkey_sign_in(&casework, question, credential, &browser).await)
    };
    let fresh = apart(signing_in)
        .await?
        .map_err(|why| refused_sign_in(why, &from, Refusal::PasskeyRefused))?;
    end_session(&app, &headers).await?;
    let mut response = StatusCode::NO_CONTENT.into_response();
    signed_in_cookies(&mut response, &fresh);
    Ok(response)
}

/// `GET /auth/passkeys`: the own passkeys.
pub(crate) async fn list(
    State(app): State<App>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Json<Value>, Refusal> {
    own_page(&headers, &uri)?;
    let actor = signed_in(&app, &headers).await?;
    let casework = app.casework.clone();
    let passkeys = apart(async move { casework::passkeys_own(&casework, &actor).await }).await?;
    let moment = |at: DateTime<Utc>| at.to_rfc3339_opts(SecondsFormat::Secs, true);
    let passkeys: Vec<Value> = passkeys
        .into_iter()
        .map(|passkey| {
            json!({
                "id": passkey.id, "name": passkey.name, "createdAt": moment(passkey.created_at),
                "lastUsedAt": passkey.last_used_at.map(moment),
            })
        })
        .collect();
    Ok(Json(json!({"passkeys": passkeys})))
}

/// `POST /auth/passkeys/add/begin`: `password`, and `code` where the second step is on.
pub(crate) async fn add_begin(
    State(app): State<App>,
    headers: HeaderMap,
    JsonBody(body): JsonBody,
) -> Result<Json<Value>, Refusal> {
    let actor = signed_in(&app, &headers).await?;
    let body = object(&body)?;
    let [password] = texts(&body, ["password"])?;
    let code = body["code"].as_str().map(str::to_owned);
    let casework = app.casework.clone();
    let asking = async move {
        casework::passkey_add_begin(&casework, &actor, &password, code.as_deref()).await
    };
    Ok(asked(&apart(asking).await?))
}

/// `POST /auth/passkeys/add`: `question`, `name`, and the device's answer as `credential`.
pub(crate) async fn add(
    State(app): State<App>,
    headers: HeaderMap,
    JsonBody(body): JsonBody,
) -> Result<StatusCode, Refusal> {
    let (actor, secret) = in_session(&app, &headers).await?;
    let mut body = object(&body)?;
    let [name] = texts(&body, ["name"])?;
    let question = question_of(&body).ok_or(Refusal::PasskeyRefused)?;
    let added = PasskeyAdded {
        question,
        name,
        credential: body["credential"].take(),
    };
    let casework = app.casework.clone();
    apart(async move { casework::passkey_add(&casework, &actor, &secret, added).await }).await?;
    Ok(StatusCode::CREATED)
}

/// `POST /auth/passkeys/remove`: the one with this `id`, for the `password`, and `code` where the second step is on.
pub(crate) async fn remove(
    State(app): State<App>,
    headers: HeaderMap,
    JsonBody(body): JsonBody,
) -> Result<StatusCode, Refusal> {
    let (actor, secret) = in_session(&app, &headers).await?;
    let body = object(&body)?;
    let [id, password] = texts(&body, ["id", "password"])?;
    let id = Uuid::parse_str(&id).map_err(|_| Refusal::NotFound)?;
    let code = body["code"].as_str().map(str::to_owned);
    let casework = app.casework.clone();
    apart(async move {
        let code = code.as_deref();
        casework::passkey_remove(&casework, &actor, &secret, id, &password, code).await
    })
    .await?;
    Ok(StatusCode::NO_CONTENT)
}

fn asked(question: &PasskeyQuestion) -> Json<Value> {
    Json(json!({"question": question.id, "options": question.options}))
}

fn question_of(body: &Value) -> Option<Uuid> {
    Uuid::parse_str(body["question"].as_str()?).ok()
}
