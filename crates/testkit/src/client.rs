//! A browser as far as the API can tell: it keeps the cookie, sends the header of the web app, and
//! reads JSON.
use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Method, Request, StatusCode, header},
};
use serde_json::{Value, json};
use tower::ServiceExt as _;

use crate::PASSWORD;

/// Larger answers are a failure of their own.
const ANSWER_BYTES_MAX: usize = 16 * 1024 * 1024;

/// One person's browser.
#[derive(Clone)]
pub struct Client {
    router: Router,
    cookie: Option<String>,
}

impl Client {
    pub(crate) async fn open(router: &Router, email: Option<&str>) -> Self {
        let mut client = Self {
            router: router.clone(),
            cookie: None,
        };
        if let Some(email) = email {
            client.sign_in(email, PASSWORD).await;
        }
        client
    }

    /// The browser of somebody who is signed in already.
    #[must_use]
    pub fn with_session(mut self, secret: &str) -> Self {
        self.cookie = Some(format!("__Host-plumbline={secret}"));
        self
    }

    async fn sign_in(&mut self, email: &str, password: &str) {
        let body = json!({"email": email, "password": password});
        let request = self.request("/auth/login", &body);
        let response = self.router.clone().oneshot(request).await.unwrap();
        assert_eq!(response.status(), StatusCode::NO_CONTENT, "{email}");
        let cookie = response.headers()[header::SET_COOKIE].to_str().unwrap();
        let pair = cookie.split(';').next().unwrap();
        self.cookie = Some(pair.to_owned());
    }

    fn request(&self, path: &str, body: &Value) -> Request<Body> {
        let mut request = Request::post(path)
            .header(header::CONTENT_TYPE, "application/json")
            .header("x-plumbline", "1");
        if let Some(cookie) = &self.cookie {
            request = request.header(header::COOKIE, cookie);
        }
        request.body(Body::from(body.to_string())).unwrap()
    }

    /// The session's cookie, as a header has it.
    pub fn cookie(&self) -> Option<&str> {
        self.cookie.as_deref()
    }

    /// Sends any request of the web app and returns status, headers and body.
    pub async fn fetch(
        &self,
        method: Method,
        path: &str,
        kind: Option<&str>,
        body: Vec<u8>,
    ) -> (StatusCode, HeaderMap, Vec<u8>) {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header("x-plumbline", "1");
        if let Some(kind) = kind {
            request = request.header(header::CONTENT_TYPE, kind);
        }
        if let Some(cookie) = &self.cookie {
            request = request.header(header::COOKIE, cookie);
        }
        let request = request.body(Body::from(body)).unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (head, body) = response.into_parts();
        let bytes = to_bytes(body, ANSWER_BYTES_MAX).await.unwrap();
        (head.status, head.headers, bytes.to_vec())
    }

    /// Sends one operation and returns the whole answer, errors included.
    pub async fn send(&self, query: &str, variables: Value) -> Value {
        let request = self.request("/graphql", &json!({"query": query, "variables": variables}));
        let response = self.router.clone().oneshot(request).await.unwrap();
        assert_eq!(response.status(), StatusCode::OK, "{query}");
        let bytes = to_bytes(response.into_body(), ANSWER_BYTES_MAX).await;
        serde_json::from_slice(&bytes.unwrap()).unwrap()
    }

    /// Sends one operation that must not fail and returns its data.
    pub async fn ask(&self, query: &str, variables: Value) -> Value {
        let mut answer = self.send(query, variables).await;
        assert!(
            answer["errors"].is_null(),
            "{query}\n{:#}",
            answer["errors"]
        );
        answer["data"].take()
    }
}
