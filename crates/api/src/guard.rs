//! What a request must be before anybody looks into it: JSON or a workbook by content type, marked with a header
//! that no foreign page can set, from our own origin, and not larger or slower than allowed.
use std::time::Duration;

use axum::{
    body::{Body, Bytes},
    extract::{FromRequest, Request},
    http::{HeaderMap, Uri, header},
};
use futures_util::StreamExt as _;
use tokio::time::Instant;

use crate::refusal::Refusal;

/// A draft's largest section is some 100 KiB.
pub(crate) const BODY_BYTES_MAX: usize = 1024 * 1024;
/// Largest workbook.
pub(crate) const WORKBOOK_BYTES_MAX: usize = 2 * 1024 * 1024;
pub(crate) const JSON: &str = "application/json";
const BYTES: &str = "application/octet-stream";
/// The slowest line that a file is awaited on: 32 kB a second.
const MICROSECONDS_PER_BYTE: u64 = 31;
/// What an Excel workbook is called.
pub(crate) const WORKBOOK: &str =
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
/// A body that drips in one byte at a time is cut off.
const BODY_WAIT: Duration = Duration::from_secs(30);
/// How JSON writes the character U+0000.
const NUL: &[u8] = b"\\u0000";
/// Its presence makes the browser ask us first before it sends a foreign page's request.
const OWN_HEADER: &str = "x-plumbline";

/// The body of a request that passed the guard.
#[derive(Debug)]
pub(crate) struct JsonBody(pub(crate) Bytes);

impl<S: Send + Sync> FromRequest<S> for JsonBody {
    type Rejection = Refusal;

    async fn from_request(request: Request, _: &S) -> Result<Self, Refusal> {
        json_only(request.headers())?;
        own_page(request.headers(), request.uri())?;
        Ok(Self(json_body(request).await?))
    }
}

/// Refuses every other content type.
pub(crate) fn json_only(headers: &HeaderMap) -> Result<(), Refusal> {
    if is_of(headers, JSON) {
        Ok(())
    } else {
        Err(Refusal::NotJson)
    }
}

/// A JSON body, read to its end.
pub(crate) async fn json_body(request: Request) -> Result<Bytes, Refusal> {
    let body = whole_body(request, BODY_BYTES_MAX, Refusal::TooLarge).await?;
    if holds_nul(&body) {
        return Err(Refusal::NulCharacter);
    }
    Ok(body)
}

/// Whether a JSON text holds the character U+0000, which the database stores in no text. It can only be written
/// as an escape, in JSON or in a GraphQL text within.
pub(crate) fn holds_nul(json: &[u8]) -> bool {
    json.windows(NUL.len()).any(|piece| piece == NUL)
}

/// A workbook that passed the guard; what is in it is weighed by whoever reads it.
#[derive(Debug)]
pub(crate) struct WorkbookBody(pub(crate) Bytes);

impl<S: Send + Sync> FromRequest<S> for WorkbookBody {
    type Rejection = Refusal;

    async fn from_request(request: Request, _: &S) -> Result<Self, Refusal> {
        if !is_of(request.headers(), WORKBOOK) {
            return Err(Refusal::NotWorkbook);
        }
        own_page(request.headers(), request.uri())?;
        let body = whole_body(request, WORKBOOK_BYTES_MAX, Refusal::WorkbookTooLarge).await?;
        Ok(Self(body))
    }
}

/// A file of rules that passed the guard, and whether it is JSON rather than a workbook.
#[derive(Debug)]
pub(crate) struct RulesBody(pub(crate) Bytes, pub(crate) bool);

impl<S: Send + Sync> FromRequest<S> for RulesBody {
    type Rejection = Refusal;

    async fn from_request(request: Request, state: &S) -> Result<Self, Refusal> {
        if is_of(request.headers(), JSON) {
            let JsonBody(body) = JsonBody::from_request(request, state).await?;
            return Ok(Self(body, true));
        }
        let WorkbookBody(body) = WorkbookBody::from_request(request, state).await?;
        Ok(Self(body, false))
    }
}

/// The bytes of a supporting document; what they are is weighed by whoever reads them. A file may take as long as
/// a slow line needs, but must keep coming.
pub(crate) async fn file_body(request: Request) -> Result<Vec<u8>, Refusal> {
    file_body_within(request, BODY_WAIT).await
}

async fn file_body_within(request: Request, wait: Duration) -> Result<Vec<u8>, Refusal> {
    if !is_of(request.headers(), BYTES) {
        return Err(Refusal::NotBytes);
    }
    own_page(request.headers(), request.uri())?;
    let most = casework::FILE_BYTES_MAX;
    if declared_length(request.headers()).is_some_and(|length| length > most) {
        return Err(Refusal::DocumentTooLarge);
    }
    let mut pieces = request.into_body().into_data_stream();
    let mut until = Instant::now() + wait;
    let mut whole = Vec::new();
    loop {
        let piece = tokio::time::timeout_at(until, pieces.next()).await;
        let Some(piece) = piece.map_err(|_| Refusal::TooSlow)? else {
            return Ok(whole);
        };
        let piece = piece.map_err(|_| Refusal::Broken)?;
        if piece.len() > most.saturating_sub(whole.len()) {
            return Err(Refusal::DocumentTooLarge);
        }
        let length = u64::try_from(piece.len()).unwrap_or(u64::MAX);
        until += Duration::from_micros(length.saturating_mul(MICROSECONDS_PER_BYTE));
        whole.extend_from_slice(&piece);
    }
}

/// A request of our own page: marked with our header, from our own origin.
pub(crate) fn own_page(headers: &HeaderMap, uri: &Uri) -> Result<(), Refusal> {
    if !headers.contains_key(OWN_HEADER) {
        return Err(Refusal::HeaderMissing);
    }
    own_origin(headers, uri)
}

async fn whole_body(request: Request, most: usize, too_large: Refusal) -> Result<Bytes, Refusal> {
    if declared_length(request.headers()).is_some_and(|length| length > most) {
        return Err(too_large);
    }
    let reading = read(request.into_body(), most, too_large);
    let body = tokio::time::timeout(BODY_WAIT, reading).await;
    body.map_err(|_| Refusal::TooSlow)?
}

fn is_of(headers: &HeaderMap, wanted: &str) -> bool {
    let Some(kind) = headers
        .get(header::CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok())
    else {
        return false;
    };
    let essence = kind.split(';').next().unwrap_or_default();
    essence.trim().eq_ignore_ascii_case(wanted)
}

fn declared_length(headers: &HeaderMap) -> Option<usize> {
    headers
        .get(header::CONTENT_LENGTH)?
        .to_str()
        .ok()?
        .parse()
        .ok()
}

/// An `Origin`, where there is one, names the host that the request was sent to.
pub(crate) fn own_origin(headers: &HeaderMap, uri: &Uri) -> Result<(), Refusal> {
    let host = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok())
        .or_else(|| uri.authority().map(axum::http::uri::Authority::as_str));
    let own = headers.get_all(header::ORIGIN).iter().all(|origin| {
        let origin = origin
            .to_str()
            .ok()
            .and_then(|origin| origin.split_once("://"));
        match (origin, host) {
            (Some((scheme, from)), Some(host)) => is_same_host(scheme, from, host),
            (None, _) | (_, None) => false,
        }
    });
    if own {
        Ok(())
    } else {
        Err(Refusal::ForeignOrigin)
    }
}

fn is_same_host(scheme: &str, from: &str, host: &str) -> bool {
    let usual_port = match scheme {
        "http" => ":80",
        "https" => ":443",
        _ => return false,
    };
    let bare = |name: &str| {
        name.strip_suffix(usual_port)
            .unwrap_or(name)
            .to_ascii_lowercase()
    };
    bare(from) == bare(host)
}

async fn read(body: Body, most: usize, too_large: Refusal) -> Result<Bytes, Refusal> {
    let mut pieces = body.into_data_stream();
    let mut whole = Vec::new();
    while let Some(piece) = pieces.next().await {
        let piece = piece.map_err(|_| Refusal::Broken)?;
        if piece.len() > most.saturating_sub(whole.len()) {
            return Err(too_large);
        }
        whole.extend_from_slice(&piece);
    }
    Ok(whole.into())
}

#[cfg(test)]
mod tests {
    use axum::{
        Router,
        http::{Method, StatusCode},
        routing::post,
    };
    use tower::ServiceExt as _;

    use super::*;
    use crate::{credential::Credential, endpoint::read_request};

    async fn answer_to(request: axum::http::request::Builder, body: Body) -> StatusCode {
        let reader = |request: Request| async move {
            json_only(request.headers())?;
            Credential::read(request.headers(), request.uri())?;
            let body = json_body(request).await?;
            read_request(&body).map(|_| "read")
        };
        let router: Router = Router::new().route("/graphql", post(reader));
        let response = router.oneshot(request.body(body).unwrap()).await.unwrap();
        response.status()
    }

    fn well_formed() -> axum::http::request::Builder {
        Request::builder()
            .method(Method::POST)
            .uri("/graphql")
            .header(header::HOST, "grants.example")
            .header(header::CONTENT_TYPE, "application/json; charset=utf-8")
            .header(OWN_HEADER, "1")
    }

    fn query() -> Body {
        Body::from(r#"{"query":"{ serverTime }"}"#)
    }

    #[tokio::test]
    async fn a_json_request_of_our_own_page_is_read() {
        let request = well_formed().header(header::ORIGIN, "https://grants.example");
        assert_eq!(answer_to(request, query()).await, StatusCode::OK);
        assert_eq!(answer_to(well_formed(), query()).await, StatusCode::OK);
    }

    #[tokio::test]
    async fn trust_14_requests_that_a_foreign_page_could_send_are_refused() {
        let get = Request::builder().uri("/graphql?query={serverTime}");
        assert_eq!(
            answer_to(get, Body::empty()).await,
            StatusCode::METHOD_NOT_ALLOWED
        );
        for kind in [
            "text/plain",
            "application/x-www-form-urlencoded",
            "multipart/form-data",
        ] {
            let request = Request::post("/graphql")
                .header(header::CONTENT_TYPE, kind)
                .header(OWN_HEADER, "1");
            assert_eq!(
                answer_to(request, query()).await,
                StatusCode::UNSUPPORTED_MEDIA_TYPE
            );
        }
        let unmarked = Request::post("/graphql").header(header::CONTENT_TYPE, "application/json");
        assert_eq!(answer_to(unmarked, query()).await, StatusCode::FORBIDDEN);
        for origin in [
            "https://evil.example",
            "https://grants.example.evil.example",
            "null",
        ] {
            let request = well_formed().header(header::ORIGIN, origin);
            assert_eq!(
                answer_to(request, query()).await,
                StatusCode::FORBIDDEN,
                "{origin}"
            );
        }
    }

    #[tokio::test]
    async fn trust_20_a_body_over_the_limit_is_refused_declared_or_not() {
        let declared = well_formed().header(header::CONTENT_LENGTH, BODY_BYTES_MAX + 1);
        assert_eq!(
            answer_to(declared, query()).await,
            StatusCode::PAYLOAD_TOO_LARGE
        );
        let pieces = std::iter::repeat_with(|| Ok::<_, std::io::Error>(vec![b' '; 65_536]));
        let endless = Body::from_stream(futures_util::stream::iter(pieces));
        assert_eq!(
            answer_to(well_formed(), endless).await,
            StatusCode::PAYLOAD_TOO_LARGE
        );
    }

    #[tokio::test]
    async fn trust_20_a_file_that_drips_is_cut_off_and_a_steady_one_may_take_longer() {
        const WAIT: Duration = Duration::from_millis(100);
        let dripping = |bytes: usize, pieces: u64| {
            let every = tokio::time::interval(Duration::from_millis(20));
            let piece = move |mut every: tokio::time::Interval| async move {
                every.tick().await;
                Some((Ok::<_, std::io::Error>(vec![b'x'; bytes]), every))
            };
            let stream = futures_util::stream::unfold(every, piece);
            let take = usize::try_from(pieces).unwrap();
            Request::post("/files/upload/x")
                .header(header::CONTENT_TYPE, BYTES)
                .header(OWN_HEADER, "1")
                .body(Body::from_stream(stream.take(take)))
                .unwrap()
        };
        let slow = file_body_within(dripping(1, 1_000), WAIT).await;
        assert_eq!(slow, Err(Refusal::TooSlow));
        let steady = file_body_within(dripping(4_096, 20), WAIT).await;
        assert_eq!(steady.map(|body| body.len()), Ok(20 * 4_096));
        let endless = file_body_within(dripping(8 * 1024 * 1024, 1_000), WAIT).await;
        assert_eq!(endless, Err(Refusal::DocumentTooLarge));
    }

    #[tokio::test]
    async fn trust_16_a_batch_is_refused() {
        let batch = Body::from(r#" [{"query":"{ serverTime }"},{"query":"{ serverTime }"}]"#);
        assert_eq!(
            answer_to(well_formed(), batch).await,
            StatusCode::BAD_REQUEST
        );
        let broken = Body::from(r#"{"query":"#);
        assert_eq!(
            answer_to(well_formed(), broken).await,
            StatusCode::BAD_REQUEST
        );
    }

    #[tokio::test]
    async fn trust_19_the_character_that_no_text_can_hold_is_refused_at_the_door() {
        for body in [
            r#"{"query":"{ serverTime }","variables":{"a":"\u0000"}}"#,
            r#"{"query":"{ a(b: \"\\u0000\") }"}"#,
        ] {
            let status = answer_to(well_formed(), Body::from(body)).await;
            assert_eq!(status, StatusCode::BAD_REQUEST, "{body}");
        }
    }

    #[test]
    fn an_origin_with_its_usual_port_is_the_same_origin() {
        assert!(is_same_host(
            "https",
            "Grants.example",
            "grants.example:443"
        ));
        assert!(is_same_host("http", "127.0.0.1:8080", "127.0.0.1:8080"));
        assert!(!is_same_host("http", "127.0.0.1:8080", "127.0.0.1:8081"));
        assert!(!is_same_host(
            "chrome-extension",
            "grants.example",
            "grants.example"
        ));
    }
}
