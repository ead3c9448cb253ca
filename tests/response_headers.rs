//! What every response tells the browser, whichever door it came from, and that no door takes TRACE.
use axum::http::{HeaderMap, Method, StatusCode, header};
use testkit::World;

/// Header and what it must say.
const ALWAYS: &[(&str, &str)] = &[
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    (
        "strict-transport-security",
        "max-age=31536000; includeSubDomains",
    ),
];
/// Parts of the policy on contents without which a page could load or run what is not ours.
const POLICY: &[&str] = &[
    "default-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
];

fn wrong_with(path: &str, headers: &HeaderMap) -> Vec<String> {
    let said = |name: &str| {
        let value = headers.get(name).and_then(|value| value.to_str().ok());
        value.unwrap_or_default().to_owned()
    };
    let mut wrong: Vec<String> = ALWAYS
        .iter()
        .filter(|(name, value)| said(name) != *value)
        .map(|(name, _)| format!("{path}: {name} is `{}`", said(name)))
        .collect();
    let policy = said("content-security-policy");
    let parts: Vec<&str> = policy.split(';').map(str::trim).collect();
    wrong.extend(
        POLICY
            .iter()
            .filter(|part| !parts.contains(*part))
            .map(|part| format!("{path}: the policy lacks {part}")),
    );
    // Pages run our own files and no inline code; what is no page runs nothing.
    let scripts = parts.iter().find(|part| part.starts_with("script-src"));
    if scripts.is_some_and(|scripts| *scripts != "script-src 'self'") {
        wrong.push(format!("{path}: the policy opens scripts"));
    }
    if headers.contains_key(header::ACCESS_CONTROL_ALLOW_ORIGIN) {
        wrong.push(format!("{path}: another site may read it"));
    }
    wrong
}

#[tokio::test(flavor = "multi_thread")]
async fn every_response_keeps_the_browser_on_our_side() {
    let world = World::empty().await;
    let client = world.graphql(None).await;
    let json = Some("application/json");
    let query = br#"{"query":"{ serverTime }"}"#.to_vec();
    let doors = [
        (Method::POST, "/graphql", json, query, StatusCode::OK),
        (
            Method::POST,
            "/graphql",
            None,
            Vec::new(),
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
        ),
        (
            Method::GET,
            "/auth/sessions",
            None,
            Vec::new(),
            StatusCode::UNAUTHORIZED,
        ),
        (
            Method::GET,
            "/files/audit/trail.jsonl",
            None,
            Vec::new(),
            StatusCode::UNAUTHORIZED,
        ),
        (Method::GET, "/readyz", None, Vec::new(), StatusCode::OK),
        (
            Method::TRACE,
            "/graphql",
            None,
            Vec::new(),
            StatusCode::METHOD_NOT_ALLOWED,
        ),
        (
            Method::TRACE,
            "/auth/login",
            None,
            Vec::new(),
            StatusCode::METHOD_NOT_ALLOWED,
        ),
    ];
    let mut wrong = Vec::new();
    for (method, path, kind, body, expected) in doors {
        let (status, headers, _) = client.fetch(method, path, kind, body).await;
        assert_eq!(status, expected, "{path}");
        wrong.extend(wrong_with(path, &headers));
        assert_eq!(headers[header::CACHE_CONTROL], "no-store", "{path}");
    }
    // What no route knows goes to the web app's files, which are not there in this world.
    for method in [Method::GET, Method::TRACE] {
        let (status, headers, _) = client.fetch(method, "/nowhere", None, Vec::new()).await;
        assert_eq!(status, StatusCode::NOT_FOUND);
        wrong.extend(wrong_with("/nowhere", &headers));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
