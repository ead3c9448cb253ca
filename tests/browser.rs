//! A browser with all its cookies, for ways of signing in that need more than the session's.
use std::collections::BTreeMap;

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Method, Request, StatusCode, header},
};
use serde_json::{Value, json};
use testkit::{PASSWORD, World};
use tower::ServiceExt as _;

/// Larger answers are a failure of their own.
const ANSWER_BYTES_MAX: usize = 1024 * 1024;

/// One browser.
#[derive(Clone)]
pub(crate) struct Browser {
    router: Router,
    pub(crate) cookies: BTreeMap<String, String>,
}

/// What came back.
pub(crate) struct Came {
    pub(crate) status: StatusCode,
    pub(crate) location: String,
    pub(crate) body: Value,
}

impl Came {
    /// The code of the first problem.
    pub(crate) fn code(&self) -> &str {
        self.body["problems"][0]["code"]
            .as_str()
            .unwrap_or_default()
    }
}

impl Browser {
    /// A fresh one.
    pub(crate) fn of(world: &World) -> Self {
        Self {
            router: world.router().clone(),
            cookies: BTreeMap::new(),
        }
    }

    /// One in which somebody is signed in by password.
    pub(crate) async fn signed_in(world: &World, email: &str) -> Self {
        let mut browser = Self::of(world);
        let body = json!({"email": email, "password": PASSWORD});
        let came = browser.post("/auth/login", body).await;
        assert_eq!(came.status, StatusCode::NO_CONTENT, "{email}");
        browser
    }

    /// A page of ours sends JSON.
    pub(crate) async fn post(&mut self, path: &str, body: Value) -> Came {
        let body = Body::from(body.to_string());
        self.send(Method::POST, path, true, body).await
    }

    /// A page of ours reads.
    pub(crate) async fn get(&mut self, path: &str) -> Came {
        self.send(Method::GET, path, true, Body::empty()).await
    }

    /// Somebody else's page leads here.
    pub(crate) async fn follow(&mut self, path: &str) -> Came {
        self.send(Method::GET, path, false, Body::empty()).await
    }

    /// Who is signed in; none: nobody.
    pub(crate) async fn who(&mut self) -> Option<String> {
        let body = json!({"query": "{ me { email } }"});
        let came = self.post("/graphql", body).await;
        came.body["data"]["me"]["email"].as_str().map(str::to_owned)
    }

    async fn send(&mut self, method: Method, path: &str, own: bool, body: Body) -> Came {
        let jar: Vec<String> = self
            .cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let mut request = Request::builder().method(method).uri(path);
        if own {
            request = request
                .header("x-plumbline", "1")
                .header(header::CONTENT_TYPE, "application/json");
        }
        if !jar.is_empty() {
            request = request.header(header::COOKIE, jar.join("; "));
        }
        let request = request.body(body).unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (head, body) = response.into_parts();
        for cookie in head.headers.get_all(header::SET_COOKIE) {
            let cookie = cookie.to_str().unwrap();
            assert!(
                cookie.contains("; Path=/; Secure; HttpOnly; SameSite=Lax"),
                "{cookie}"
            );
            let (name, value) = cookie.split(';').next().unwrap().split_once('=').unwrap();
            if value.is_empty() {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        let location = head.headers.get(header::LOCATION);
        let body = to_bytes(body, ANSWER_BYTES_MAX).await.unwrap();
        Came {
            status: head.status,
            location: location.map_or(String::new(), |place| place.to_str().unwrap().to_owned()),
            body: serde_json::from_slice(&body).unwrap_or_default(),
        }
    }
}
