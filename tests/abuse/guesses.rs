//! A guess at a password is one request: nothing multiplies it (trust 11).
use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use testkit::{World, root};

use super::{PAGE, free, post};

async fn guesses(world: &World) -> i64 {
    sqlx::query_scalar(
        "select count(*) from identity.sign_in_attempts where subject like 'account:%'",
    )
    .fetch_one(world.sql())
    .await
    .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn trust_11_aliases_batches_and_persisted_operations_make_no_guess_into_many() {
    let world = World::seeded().await;
    // GraphQL has no field that takes a password, a secret or a code.
    let schema = std::fs::read_to_string(root().join("graphql/schema.graphql")).unwrap();
    let lower = schema.to_lowercase();
    for word in [
        "password", "signin", "login", "secret", "totp", "passkey", "token",
    ] {
        assert!(!lower.contains(word), "the schema speaks of {word}");
    }
    let aliased: Vec<String> = (0..1_000)
        .map(|count| {
            format!("a{count}: login(email: \"viewer@kestrel.example\", password: \"{count}\")")
        })
        .collect();
    let aliased = free(&format!("mutation {{ {} }}", aliased.join(" ")));
    let answer = post(&world, &[PAGE], aliased).await;
    assert!(answer.json()["errors"].is_array());
    let one = json!({"email": "viewer@kestrel.example", "password": "not it"});
    let batch = Value::Array(vec![one.clone(); 50]).to_string();
    assert_eq!(
        post(&world, &[PAGE], batch.clone()).await.code(),
        "batch_refused"
    );
    let persisted = json!({"documentId": "sha256:00", "variables": one}).to_string();
    assert_eq!(
        post(&world, &[PAGE], persisted).await.code(),
        "document_unknown"
    );
    assert_eq!(guesses(&world).await, 0, "none of this was a guess");
    // The one door to signing in reads one pair from one object.
    let browser = world.graphql(None).await;
    let kind = Some("application/json");
    let sent = [
        (batch, StatusCode::BAD_REQUEST, 0),
        (
            json!({"email": vec!["viewer@kestrel.example"; 9], "password": vec!["a"; 9]})
                .to_string(),
            StatusCode::UNPROCESSABLE_ENTITY,
            0,
        ),
        (
            json!({"email": "viewer@kestrel.example", "password": "a", "passwords": ["b", "c"]})
                .to_string(),
            StatusCode::UNAUTHORIZED,
            1,
        ),
        (
            r#"{"email":"viewer@kestrel.example","password":"a","password":"b"}"#.to_owned(),
            StatusCode::UNAUTHORIZED,
            1,
        ),
    ];
    let mut most = 0;
    for (body, expected, evaluated) in sent {
        let before = guesses(&world).await;
        let (status, ..) = browser
            .fetch(Method::POST, "/auth/login", kind, body.clone().into_bytes())
            .await;
        assert_eq!(status, expected, "{body}");
        let made = guesses(&world).await - before;
        assert_eq!(made, evaluated, "{body}");
        most = most.max(made);
    }
    assert!(most <= 1);
    println!("trust-11 pass at most {most} guess per request; sign-in is not in the schema");
}
