//! Signing in by an identity provider, and the own link to it. The browser is sent away by a page of ours and comes
//! back by a link of the provider's: the way back is known by its state and by a cookie, and ends on a page of ours.
use axum::{
    Json,
    extract::{Query, State, rejection::QueryRejection},
    http::{Extensions, HeaderMap, HeaderValue, StatusCode, Uri, header},
    response::{IntoResponse as _, Response},
};
use casework::{CaseError, ProviderBack, ProviderJourney, ProviderOutcome, SignedIn};
use chrono::{DateTime, SecondsFormat, Utc};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    answer,
    auth::{address, browser, end_session, object, refused_sign_in, signed_in_cookies, texts},
    caller::{apart, in_session, signed_in},
    cookie,
    guard::{JsonBody, own_page},
    refusal::Refusal,
    state::App,
};

/// The page that reads how it went after its `#`, which reaches no server log.
const PAGE: &str = "/sign-in";

/// What the provider puts behind the address.
#[derive(Default, Deserialize)]
pub(crate) struct Answered {
    #[serde(default)]
    state: String,
    code: Option<String>,
    error: Option<String>,
    iss: Option<String>,
}

/// `GET /auth/ways`: how one may sign in beside address and password.
pub(crate) async fn ways(
    State(app): State<App>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Json<Value>, Refusal> {
    own_page(&headers, &uri)?;
    let provider = casework::provider_label(&app.casework)
        .map(|label| json!({"en": label.en, "zh": label.zh}));
    let passkeys = casework::passkeys_place(&app.casework);
    Ok(Json(json!({"provider": provider, "passkeys": passkeys})))
}

/// `POST /auth/provider/begin`: answers where to go.
pub(crate) async fn begin(
    State(app): State<App>,
    headers: HeaderMap,
    extensions: Extensions,
    JsonBody(_): JsonBody,
) -> Result<Response, Refusal> {
    let from = address(&headers, &extensions, app.behind_proxy);
    let casework = app.casework.clone();
    let journey =
        apart(async move { casework::provider_sign_in_begin(&casework, &from).await }).await?;
    Ok(sent_away(&journey))
}

/// `POST /auth/provider/link`: `password`, and `code` where the second step is on. Answers where to go.
pub(crate) async fn link(
    State(app): State<App>,
    headers: HeaderMap,
    extensions: Extensions,
    JsonBody(body): JsonBody,
) -> Result<Response, Refusal> {
    let actor = signed_in(&app, &headers).await?;
    let body = object(&body)?;
    let [password] = texts(&body, ["password"])?;
    let code = body["code"].as_str().map(str::to_owned);
    let from = address(&headers, &extensions, app.behind_proxy);
    let casework = app.casework.clone();
    let beginning = async move {
        casework::provider_link_begin(&casework, &actor, &password, code.as_deref(), &from).await
    };
    Ok(sent_away(&apart(beginning).await?))
}

/// `GET /auth/provider/back`: where the provider sends browsers.
pub(crate) async fn back(
    State(app): State<App>,
    headers: HeaderMap,
    extensions: Extensions,
    answered: Result<Query<Answered>, QueryRejection>,
) -> Response {
    let arrived = arrive(&app, &headers, &extensions, answered).await;
    let outcome = match arrived {
        Ok(outcome) => outcome,
        Err(CaseError::Problems(problems)) => {
            let first = problems.into_vec().into_iter().next();
            let code = first.map_or_else(|| "internal".to_owned(), |problem| problem.code);
            return ended(&code);
        }
        Err(CaseError::NotFound) => return Refusal::NotFound.into_response(),
        Err(CaseError::Internal(cause)) => {
            answer::internal(&cause);
            return ended("internal");
        }
    };
    match outcome {
        ProviderOutcome::CodeWanted => moved("code"),
        ProviderOutcome::Linked => with_forgotten_visit(moved("linked")),
        ProviderOutcome::SignedIn(fresh) => match arrived_in(&app, &headers, &fresh).await {
            Ok(response) => response,
            Err(refusal) => refusal.into_response(),
        },
    }
}

async fn arrive(
    app: &App,
    headers: &HeaderMap,
    extensions: &Extensions,
    answered: Result<Query<Answered>, QueryRejection>,
) -> Result<ProviderOutcome, CaseError> {
    let answered = answered.map_or_else(|_| Answered::default(), |Query(answered)| answered);
    let said = answered
        .error
        .unwrap_or_else(|| "neither code nor error".to_owned());
    let input = ProviderBack {
        state: answered.state,
        secret: cookie::visit_of(headers).unwrap_or_default(),
        code: answered.code.ok_or_else(|| said.chars().take(80).collect()),
        issuer: answered.iss,
        session: cookie::secret_of(headers),
        browser: browser(headers, extensions, app.behind_proxy),
    };
    let casework = app.casework.clone();
    apart(async move { casework::provider_back(&casework, input).await }).await
}

async fn arrived_in(app: &App, headers: &HeaderMap, fresh: &SignedIn) -> Result<Response, Refusal> {
    end_session(app, headers).await?;
    let mut response = moved("done");
    signed_in_cookies(&mut response, fresh);
    Ok(with_forgotten_visit(response))
}

/// `POST /auth/provider/code`: the `code` of the second step, from the browser that the provider named somebody to.
pub(crate) async fn code(
    State(app): State<App>,
    headers: HeaderMap,
    extensions: Extensions,
    JsonBody(body): JsonBody,
) -> Result<Response, Refusal> {
    let [code] = texts(&object(&body)?, ["code"])?;
    let secret = cookie::visit_of(&headers).ok_or(Refusal::ProviderState)?;
    let browser = browser(&headers, &extensions, app.behind_proxy);
    let from = browser.address.clone();
    let casework = app.casework.clone();
    let taking =
        async move { Ok(casework::provider_code(&casework, &secret, &code, &browser).await) };
    let fresh = apart(taking)
        .await?
        .map_err(|why| refused_sign_in(why, &from, Refusal::ProviderState))?;
    end_session(&app, &headers).await?;
    let mut response = StatusCode::NO_CONTENT.into_response();
    signed_in_cookies(&mut response, &fresh);
    Ok(with_forgotten_visit(response))
}

/// `GET /auth/provider`: how the own link stands.
pub(crate) async fn own(
    State(app): State<App>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Json<Value>, Refusal> {
    own_page(&headers, &uri)?;
    let actor = signed_in(&app, &headers).await?;
    let label = casework::provider_label(&app.casework).ok_or(Refusal::NotFound)?;
    let casework = app.casework.clone();
    let view = apart(async move { casework::provider_link_own(&casework, &actor).await }).await?;
    let moment = |at: DateTime<Utc>| at.to_rfc3339_opts(SecondsFormat::Secs, true);
    Ok(Json(json!({
        "label": {"en": label.en, "zh": label.zh},
        "since": view.since.map(moment), "lastUsedAt": view.last_used_at.map(moment),
    })))
}

/// `POST /auth/provider/unlink`: `password`, and `code` where the second step is on.
pub(crate) async fn unlink(
    State(app): State<App>,
    headers: HeaderMap,
    JsonBody(body): JsonBody,
) -> Result<StatusCode, Refusal> {
    let (actor, secret) = in_session(&app, &headers).await?;
    let body = object(&body)?;
    let [password] = texts(&body, ["password"])?;
    let code = body["code"].as_str().map(str::to_owned);
    let casework = app.casework.clone();
    apart(async move {
        casework::provider_unlink(&casework, &actor, &secret, &password, code.as_deref()).await
    })
    .await?;
    Ok(StatusCode::NO_CONTENT)
}

fn sent_away(journey: &ProviderJourney) -> Response {
    let mut response = Json(json!({"to": journey.to})).into_response();
    if let Some(visit) = cookie::visit(&journey.secret) {
        response.headers_mut().append(header::SET_COOKIE, visit);
    }
    response
}

fn with_forgotten_visit(mut response: Response) -> Response {
    if let Some(visit) = cookie::forget_visit() {
        response.headers_mut().append(header::SET_COOKIE, visit);
    }
    response
}

fn ended(code: &str) -> Response {
    with_forgotten_visit(moved(code))
}

fn moved(how: &str) -> Response {
    let mut response = StatusCode::SEE_OTHER.into_response();
    if let Ok(place) = HeaderValue::from_str(&format!("{PAGE}#{how}")) {
        response.headers_mut().insert(header::LOCATION, place);
    }
    response
}
