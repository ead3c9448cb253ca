//! The web app's files. An address that is not a file is a page of the app, which reads the address
//! itself; an address of the API is never answered with a page.
use std::path::Path;

use axum::{
    body::Body,
    extract::{Request, State},
    http::{HeaderValue, Method, StatusCode, header, request::Parts},
    response::{IntoResponse as _, Response},
};
use tower::ServiceExt as _;
use tower_http::services::{ServeDir, ServeFile};

use crate::{refusal::Refusal, state::App};

/// Addresses that belong to the API.
const RESERVED: [&str; 6] = [
    "/graphql",
    "/auth",
    "/files",
    "/healthz",
    "/readyz",
    "/.well-known",
];
/// Files whose name carries a hash of their content.
const HASHED: &str = "/assets/";

/// Whatever the other routes left over.
pub(crate) async fn page(State(app): State<App>, request: Request) -> Response {
    match &app.web_dir {
        Some(folder) => serve(folder, request).await,
        None => Refusal::NotFound.into_response(),
    }
}

async fn serve(folder: &Path, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let path = parts.uri.path().to_owned();
    let readable = parts.method == Method::GET || parts.method == Method::HEAD;
    if !readable || is_reserved(&path) {
        return Refusal::NotFound.into_response();
    }
    let hashed = path.starts_with(HASHED);
    let mut response = file(folder, &parts).await;
    if response.status() == StatusCode::NOT_FOUND && !hashed {
        response = index(folder, parts).await;
    }
    let keep = if hashed && response.status() != StatusCode::NOT_FOUND {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static(keep));
    in_utf8(response)
}

/// Says of a text in which characters it is written: every file of the web app is UTF-8.
fn in_utf8(mut response: Response) -> Response {
    let kind = response.headers().get(header::CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if kind.starts_with("text/") && !kind.contains("charset") {
        let said = HeaderValue::from_str(&format!("{kind}; charset=utf-8"));
        if let Ok(said) = said {
            response.headers_mut().insert(header::CONTENT_TYPE, said);
        }
    }
    response
}

async fn file(folder: &Path, parts: &Parts) -> Response {
    let request = Request::from_parts(parts.clone(), Body::empty());
    match ServeDir::new(folder).oneshot(request).await {
        Ok(response) => response.map(Body::new),
        Err(never) => match never {},
    }
}

async fn index(folder: &Path, parts: Parts) -> Response {
    let request = Request::from_parts(parts, Body::empty());
    match ServeFile::new(folder.join("index.html"))
        .oneshot(request)
        .await
    {
        Ok(response) => response.map(Body::new),
        Err(never) => match never {},
    }
}

fn is_reserved(path: &str) -> bool {
    RESERVED.iter().any(|own| {
        path.strip_prefix(own)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_page_of_the_app_is_its_index_and_an_api_address_is_not() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/web");
        let get = |path: &str| Request::get(path).body(Body::empty()).unwrap();
        let cases = [
            ("/", StatusCode::OK, "no-cache", "text/html; charset=utf-8"),
            (
                "/o/7/applications/9",
                StatusCode::OK,
                "no-cache",
                "text/html; charset=utf-8",
            ),
            (
                "/assets/app-1a2b.js",
                StatusCode::OK,
                "public, max-age=31536000, immutable",
                "text/javascript; charset=utf-8",
            ),
            (
                "/assets/gone-3c4d.js",
                StatusCode::NOT_FOUND,
                "no-cache",
                "",
            ),
        ];
        for (path, status, cache, kind) in cases {
            let response = serve(&folder, get(path)).await;
            assert_eq!(response.status(), status, "{path}");
            assert_eq!(response.headers()[header::CACHE_CONTROL], cache, "{path}");
            let said = response.headers().get(header::CONTENT_TYPE);
            assert_eq!(
                said.map_or("", |said| said.to_str().unwrap()),
                kind,
                "{path}"
            );
        }
        for path in ["/graphql/other", "/auth", "/auth/x", "/files/x", "/healthz"] {
            let response = serve(&folder, get(path)).await;
            assert_eq!(response.status(), StatusCode::NOT_FOUND, "{path}");
        }
        assert!(is_reserved("/.well-known/security.txt"));
        assert!(!is_reserved("/authors"));
    }
}
