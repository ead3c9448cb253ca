//! Signing in and out, and acting for another tenant: plain routes, because they set the cookie.
use std::net::SocketAddr;

use axum::{
    Json,
    extract::{ConnectInfo, State},
    http::{Extensions, HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use casework::{Browser, CaseError, SignInError, SignInInput, SignedIn};
use explain::Problem;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{caller::apart, cookie, guard::JsonBody, refusal::Refusal, state::App};

/// `POST /auth/login`.
pub(crate) async fn login(
    State(app): State<App>,
    headers: HeaderMap,
    extensions: Extensions,
    JsonBody(body): JsonBody,
) -> Result<Response, Refusal> {
    let body = object(&body)?;
    let [email, password] = texts(&body, ["email", "password"])?;
    let Browser {
        address,
        device,
        agent,
    } = browser(&headers, &extensions, app.behind_proxy);
    let from = address.clone();
    let input = SignInInput {
        email,
        password,
        code: body["code"].as_str().map(str::to_owned),
        address,
        device,
        agent,
    };
    let casework = app.casework.clone();
    let signing_in = async move { Ok(casework::sign_in(&casework, input).await) };
    // Without the address that was typed: people type passwords into that field.
    let fresh = apart(signing_in)
        .await?
        .map_err(|why| refused_sign_in(why, &from, Refusal::SignInRefused))?;
    end_session(&app, &headers).await?;
    let mut response = StatusCode::NO_CONTENT.into_response();
    signed_in_cookies(&mut response, &fresh);
    Ok(response)
}

/// Why nobody was signed in, for the log and for the browser.
pub(crate) fn refused_sign_in(why: SignInError, from: &str, refused: Refusal) -> Refusal {
    tracing::warn!(from, %why, "a sign-in failed");
    match why {
        SignInError::Refused => refused,
        SignInError::Throttled => Refusal::SignInThrottled,
        SignInError::CodeWanted => Refusal::CodeWanted,
        SignInError::CodeRefused => Refusal::CodeRefused,
        SignInError::Internal(cause) => CaseError::Internal(cause).into(),
    }
}

/// Hands both secrets to the browser.
pub(crate) fn signed_in_cookies(response: &mut Response, fresh: &SignedIn) {
    let cookies = [cookie::keep(&fresh.secret), cookie::know(&fresh.device)];
    for cookie in cookies.into_iter().flatten() {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
}

/// The browser that asks.
pub(crate) fn browser(headers: &HeaderMap, extensions: &Extensions, behind_proxy: bool) -> Browser {
    let agent = headers.get(header::USER_AGENT);
    Browser {
        address: address(headers, extensions, behind_proxy),
        device: cookie::device_of(headers),
        agent: agent
            .and_then(|agent| agent.to_str().ok())
            .unwrap_or_default()
            .to_owned(),
    }
}

/// `POST /auth/logout`.
pub(crate) async fn logout(
    State(app): State<App>,
    headers: HeaderMap,
    JsonBody(_): JsonBody,
) -> Result<Response, Refusal> {
    end_session(&app, &headers).await?;
    Ok(with_cookie(cookie::forget()))
}

/// `POST /auth/switch`.
pub(crate) async fn switch(
    State(app): State<App>,
    headers: HeaderMap,
    JsonBody(body): JsonBody,
) -> Result<Response, Refusal> {
    let secret = cookie::secret_of(&headers).ok_or(Refusal::NotSignedIn)?;
    let body = object(&body)?;
    let [tenant] = texts(&body, ["tenantId"])?;
    let tenant = Uuid::parse_str(&tenant).map_err(|_| Refusal::NotFound)?;
    let casework = app.casework.clone();
    let fresh =
        apart(async move { casework::switch_tenant(&casework, &secret, tenant).await }).await?;
    Ok(with_cookie(cookie::keep(&fresh)))
}

/// `GET /auth/demo`: who may be signed in as in a demonstration. Never their passwords.
pub(crate) async fn demo(State(app): State<App>) -> Result<Json<Value>, Refusal> {
    if !app.casework.demo {
        return Err(Refusal::NotFound);
    }
    let casework = app.casework.clone();
    let users = apart(async move { casework::demo_users(&casework).await }).await?;
    let users: Vec<Value> = users
        .iter()
        .map(|user| {
            let roles: Vec<&str> = user.roles.iter().map(|role| role.as_str()).collect();
            json!({
                "email": user.email,
                "name": user.name,
                "tenant": {"en": user.tenant.en, "zh": user.tenant.zh},
                "roles": roles,
            })
        })
        .collect();
    Ok(Json(json!({"fictional": true, "users": users})))
}

/// Ends the session that a browser had before.
pub(crate) async fn end_session(app: &App, headers: &HeaderMap) -> Result<(), Refusal> {
    let Some(secret) = cookie::secret_of(headers) else {
        return Ok(());
    };
    let casework = app.casework.clone();
    Ok(apart(async move { casework::sign_out(&casework, &secret).await }).await?)
}

pub(crate) fn with_cookie(cookie: Option<HeaderValue>) -> Response {
    let mut response = StatusCode::NO_CONTENT.into_response();
    if let Some(cookie) = cookie {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    response
}

pub(crate) fn object(body: &[u8]) -> Result<Value, Refusal> {
    let body: Value = serde_json::from_slice(body).map_err(|_| Refusal::Malformed)?;
    if body.is_object() {
        Ok(body)
    } else {
        Err(Refusal::Malformed)
    }
}

/// The named texts, or a problem for each that is missing.
pub(crate) fn texts<const N: usize>(
    body: &Value,
    names: [&str; N],
) -> Result<[String; N], Refusal> {
    let missing: Vec<Problem> = names
        .iter()
        .filter(|name| body[**name].as_str().is_none())
        .map(|name| Problem::new("required", *name, format!("Give {name} as text.")))
        .collect();
    if missing.is_empty() {
        Ok(names.map(|name| body[name].as_str().unwrap_or_default().to_owned()))
    } else {
        Err(Refusal::Problems(missing))
    }
}

/// The address whose guesses are counted. A proxy appends the address it sees, so the last one is
/// the only one that a stranger cannot choose.
pub(crate) fn address(headers: &HeaderMap, extensions: &Extensions, behind_proxy: bool) -> String {
    let forwarded = headers
        .get_all("x-forwarded-for")
        .iter()
        .next_back()
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.rsplit(',').next())
        .filter(|_| behind_proxy);
    let peer = extensions.get::<ConnectInfo<SocketAddr>>();
    match (forwarded, peer) {
        (Some(address), _) => address.trim().to_owned(),
        (None, Some(ConnectInfo(peer))) => peer.ip().to_string(),
        (None, None) => "unknown".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_missing_field_is_named() {
        let refusal = texts(&json!({"email": 5}), ["email", "password"]).unwrap_err();
        let Refusal::Problems(problems) = refusal else {
            panic!("expected problems");
        };
        let paths: Vec<&str> = problems
            .iter()
            .map(|problem| problem.path.as_str())
            .collect();
        assert_eq!(paths, ["email", "password"]);
    }

    #[test]
    fn a_forwarded_address_counts_only_behind_our_proxy() {
        let mut headers = HeaderMap::new();
        headers.insert(
            "x-forwarded-for",
            HeaderValue::from_static("1.2.3.4, 198.51.100.7"),
        );
        let mut extensions = Extensions::new();
        extensions.insert(ConnectInfo(SocketAddr::from(([203, 0, 113, 9], 4000))));
        assert_eq!(address(&headers, &extensions, true), "198.51.100.7");
        assert_eq!(address(&headers, &extensions, false), "203.0.113.9");
    }
}
