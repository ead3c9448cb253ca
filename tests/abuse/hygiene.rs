//! What leaves the house when something is wrong: words about the document, never about the inside.
use axum::http::StatusCode;
use serde_json::json;
use testkit::World;

use super::{Answer, PAGE, free, generate::Generator, ids, post, rounds};
use crate::isolation::EVERYBODY;

/// What no answer may hold outside its data: SQL, paths, type names, the words of a panic.
const INSIDE: [&str; 23] = [
    "::",
    "select ",
    "insert into",
    "update tenant",
    "delete from",
    "relation \"",
    "syntax error at",
    "constraint",
    "violates",
    "postgres",
    "sqlx",
    "tokio",
    "serde",
    "async_graphql",
    "/src/",
    ".rs",
    "/home",
    "Option<",
    "Vec<",
    "unwrap",
    "panicked",
    "stack backtrace",
    "column \"",
];

/// The names of GraphQL's own errors may be told; everything that was asked is taken out first.
fn inside(answer: &Answer, asked: &str) -> Option<String> {
    let told = answer.json();
    for error in told["errors"].as_array().into_iter().flatten() {
        let message = error["message"].as_str().unwrap_or_default();
        if error["extensions"]["code"] == "internal" {
            return Some(message.to_owned());
        }
        let lower = message.to_lowercase();
        for word in INSIDE {
            if lower.contains(&word.to_lowercase()) && !asked.contains(word) {
                return Some(format!("{word}: {message}"));
            }
        }
    }
    None
}

#[tokio::test(flavor = "multi_thread")]
async fn trust_19_no_operation_brings_the_server_down_or_the_inside_out() {
    let world = World::seeded().await;
    let mut generator = Generator::new(19, ids(&world).await);
    let mut cookies = vec![None];
    for address in EVERYBODY {
        if address != crate::isolation::OTHER_FUNDER {
            cookies.push(Some(
                world
                    .graphql(Some(address))
                    .await
                    .cookie()
                    .unwrap()
                    .to_owned(),
            ));
        }
    }
    let wanted = rounds(10_000, 1_500);
    let (mut refused, mut wrong) = (0, Vec::new());
    for count in 0..wanted {
        let document = match count % 3 {
            0 => generator.query(),
            1 => generator.mutation(),
            _ => generator.broken(),
        };
        let mut headers = vec![PAGE];
        let cookie = &cookies[count % cookies.len()];
        headers.extend(cookie.iter().map(|cookie| ("cookie", cookie.as_str())));
        let answer = post(&world, &headers, free(&document)).await;
        if answer.status.is_server_error() {
            wrong.push(format!("{}: {document}", answer.status));
        } else if let Some(found) = inside(&answer, &document) {
            wrong.push(format!("{found}\n  {document}"));
        }
        refused += usize::from(answer.json()["errors"].is_array());
    }
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    println!(
        "trust-19 pass {wanted} operations ({refused} with errors): 0 panics, 0 5xx, nothing of the inside"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn trust_19_bodies_that_are_no_operation_are_refused_and_say_why() {
    let world = World::empty().await;
    let bodies = [
        ("", "body_malformed"),
        ("null", "body_malformed"),
        ("5", "body_malformed"),
        ("[]", "batch_refused"),
        ("{", "body_malformed"),
        (r#"{"query": 5}"#, "body_malformed"),
        (r#"{"query": "{ a }", "variables": []}"#, "body_malformed"),
        (
            r#"{"query": "{ a }", "documentId": "sha256:1"}"#,
            "body_malformed",
        ),
        (r#"{"documentId": 5}"#, "body_malformed"),
        (r#"{"documentId": "sha256:1"}"#, "document_unknown"),
        (r#"{"query": "{ a(b: \"\\u0000\") }"}"#, "nul_character"),
    ];
    for (body, code) in bodies {
        let answer = post(&world, &[PAGE], body).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{body}");
        assert_eq!(answer.code(), code, "{body}");
    }
    let bytes = vec![0xff_u8, 0xfe, 0x7b];
    assert_eq!(post(&world, &[PAGE], bytes).await.code(), "body_malformed");
    let nested = format!(
        "{{\"query\":\"{{ a }}\",\"variables\":{}{}}}",
        "[".repeat(100_000),
        "]".repeat(100_000)
    );
    assert_eq!(post(&world, &[PAGE], nested).await.code(), "body_malformed");
    let deep = json!({"query": "query($a: JSON) { a }", "variables": {"a": "x".repeat(900_000)}});
    let answer = post(&world, &[PAGE], deep.to_string()).await;
    assert_eq!(answer.status, StatusCode::OK);
}
