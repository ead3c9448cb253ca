//! API tokens: what they open, for how long, and that everything done with one can be traced to it.
use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use testkit::{Client, PASSWORD, World};

use super::{Answer, PAGE, free, post};

const OWNER: &str = "editor@kestrel.example";
const JSON: Option<&str> = Some("application/json");

/// Status and answer of one of the plain routes.
async fn told(client: &Client, method: Method, path: &str, body: &Value) -> (StatusCode, Value) {
    let (status, _, bytes) = client
        .fetch(method, path, JSON, body.to_string().into_bytes())
        .await;
    (status, serde_json::from_slice(&bytes).unwrap_or_default())
}

fn wanted(scopes: &[&str]) -> Value {
    json!({"name": "Monthly report", "scopes": scopes, "days": 90, "password": PASSWORD})
}

/// A new token's secret and id.
pub(crate) async fn make(client: &Client, scopes: &[&str]) -> (String, String) {
    let (status, made) = told(client, Method::POST, "/auth/tokens", &wanted(scopes)).await;
    assert_eq!(status, StatusCode::CREATED, "{made}");
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    (text(&made["secret"]), text(&made["token"]["id"]))
}

async fn with(world: &World, secret: &str, query: &str) -> Answer {
    let bearer = format!("Bearer {secret}");
    post(world, &[("authorization", bearer.as_str())], free(query)).await
}

const READ: &str = "{ applications { nodes { id reference } } }";
const START: &str = "mutation($input: ApplicationStartInput!) { applicationStart(input: $input) {
    application { id } problems { code } } }";

#[tokio::test(flavor = "multi_thread")]
async fn a_token_reaches_what_its_scopes_and_its_owners_roles_allow_and_no_more() {
    let world = World::seeded().await;
    let owner = world.graphql(Some(OWNER)).await;
    let (secret, _) = make(&owner, &["applications:read"]).await;
    let read = with(&world, &secret, READ).await.json();
    assert!(
        !read["data"]["applications"]["nodes"]
            .as_array()
            .unwrap()
            .is_empty()
    );
    // Neither another domain nor another verb.
    let library = "{ proxies(first: 5) { nodes { __typename } } }";
    let other = with(&world, &secret, library).await.json();
    assert_eq!(other["errors"][0]["extensions"]["code"], "scope_missing");
    let (reader, _) = make(&owner, &["proxies:read"]).await;
    let other = with(&world, &reader, library).await.json();
    assert!(other["data"]["proxies"]["nodes"].is_array(), "{other}");
    let round: uuid::Uuid = crate::drafting::OPEN_ROUND.parse().unwrap();
    crate::drafting::open_the_round(&world).await;
    let start = |key: &str| {
        json!({"query": START, "variables": {"input": {"roundId": round, "idempotencyKey": key}}})
            .to_string()
    };
    let bearer = format!("Bearer {secret}");
    let refused = post(&world, &[("authorization", &bearer)], start("key-number-1"))
        .await
        .json();
    assert_eq!(
        refused["data"]["applicationStart"]["problems"][0]["code"],
        "scope_missing"
    );
    // With the scope it does, and the audit trail says through which token.
    let (writer, _) = make(&owner, &["applications:write"]).await;
    let bearer = format!("Bearer {writer}");
    let done = post(&world, &[("authorization", &bearer)], start("key-number-2"))
        .await
        .json();
    assert!(
        done["data"]["applicationStart"]["application"]["id"].is_string(),
        "{done}"
    );
    let detail: Value = sqlx::query_scalar(
        "select detail from tenant.audit_entries where action = 'application_start' order by entry_id desc limit 1",
    )
    .fetch_one(world.sql())
    .await
    .unwrap();
    assert_eq!(detail["token"], writer[..12]);
    // What the owner may no longer do, the token may not either.
    world
        .arrange(
            "update identity.memberships set roles = array['ngo_viewer'] where user_id =
                 (select user_id from identity.users where email = 'editor@kestrel.example')",
        )
        .await;
    let after = post(&world, &[("authorization", &bearer)], start("key-number-3"))
        .await
        .json();
    assert_eq!(
        after["data"]["applicationStart"]["problems"][0]["code"],
        "not_found"
    );
    println!(
        "tokens pass scopes and roles both hold; the trail names {}",
        &writer[..12]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_ends_at_once_and_is_nothing_but_a_hash_to_us() {
    let world = World::seeded().await;
    let owner = world.graphql(Some(OWNER)).await;
    let (secret, id) = make(&owner, &["applications:read"]).await;
    assert!(secret.starts_with("plt_") && secret.len() == 68);
    let kept: String = sqlx::query_scalar("select t::text from identity.api_tokens t")
        .fetch_one(world.sql())
        .await
        .unwrap();
    assert!(!kept.contains(&secret[12..]), "the secret is stored");
    assert_eq!(with(&world, &secret, READ).await.status, StatusCode::OK);
    let (_, list) = told(&owner, Method::GET, "/auth/tokens", &Value::Null).await;
    assert_eq!(list["tokens"][0]["prefix"], secret[..12]);
    assert!(list["tokens"][0]["lastUsedAt"].is_string());
    assert!(!list.to_string().contains(&secret[12..]));
    // Somebody else's token is like one that nobody has.
    let other = world.graphql(Some("finance@kestrel.example")).await;
    let (status, _) = told(&other, Method::POST, "/auth/tokens/end", &json!({"id": id})).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    let (status, _) = told(&owner, Method::POST, "/auth/tokens/end", &json!({"id": id})).await;
    assert_eq!(status, StatusCode::NO_CONTENT);
    let ended = with(&world, &secret, READ).await;
    assert_eq!(
        (ended.status, ended.code()),
        (StatusCode::UNAUTHORIZED, "token_refused".to_owned())
    );
    assert!(
        ended.headers["www-authenticate"]
            .to_str()
            .unwrap()
            .starts_with("Bearer")
    );
    let (late, _) = make(&owner, &["applications:read"]).await;
    world
        .arrange("update identity.api_tokens set created_at = created_at - interval '91 days', expires_at = expires_at - interval '91 days'")
        .await;
    assert_eq!(
        with(&world, &late, READ).await.status,
        StatusCode::UNAUTHORIZED
    );
    let deeds: Vec<String> = sqlx::query_scalar(
        "select action from tenant.audit_entries where action like 'token%' order by entry_id",
    )
    .fetch_all(world.sql())
    .await
    .unwrap();
    assert_eq!(deeds, ["token_make", "token_end", "token_make"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_comes_alone_and_manages_nothing() {
    let world = World::seeded().await;
    let owner = world.graphql(Some(OWNER)).await;
    let (secret, id) = make(&owner, &["applications:read", "applications:write"]).await;
    let bearer = format!("Bearer {secret}");
    let cookie = owner.cookie().unwrap();
    let both = [PAGE, ("authorization", bearer.as_str()), ("cookie", cookie)];
    let both = post(&world, &both, free(READ)).await;
    assert_eq!(both.code(), "token_with_cookie");
    // No header of ours and no origin is needed, and a foreign origin changes nothing: nothing is sent by itself.
    assert_eq!(with(&world, &secret, READ).await.status, StatusCode::OK);
    for wrong in ["Bearer plt_00", "Bearer", "Basic eDp5", "bearer"] {
        let answer = post(&world, &[("authorization", wrong)], free(READ)).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{wrong}");
    }
    // The routes of the account know sessions only.
    let stranger = world.graphql(None).await;
    let (status, _) = told(
        &stranger,
        Method::POST,
        "/auth/tokens/end",
        &json!({"id": id}),
    )
    .await;
    assert_eq!(status, StatusCode::UNAUTHORIZED);
}

#[tokio::test(flavor = "multi_thread")]
async fn all_that_is_wrong_with_a_token_is_told_at_once() {
    let world = World::seeded().await;
    let viewer = world.graphql(Some("viewer@kestrel.example")).await;
    let ask = json!({
        "name": " ", "scopes": ["applications:write", "everything"], "days": 366, "password": "not it",
    });
    let (status, answer) = told(&viewer, Method::POST, "/auth/tokens", &ask).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    let problems = answer["problems"].as_array().unwrap();
    let told_codes: Vec<(&str, &str)> = problems
        .iter()
        .map(|each| {
            (
                each["path"].as_str().unwrap(),
                each["code"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        told_codes,
        [
            ("name", "blank"),
            ("scopes", "token_scope"),
            ("scopes", "token_scope"),
            ("days", "token_days"),
            ("password", "password_wrong")
        ]
    );
    let (_, list) = told(&viewer, Method::GET, "/auth/tokens", &Value::Null).await;
    let offered: Vec<&str> = list["scopes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|scope| scope["code"].as_str().unwrap())
        .collect();
    assert_eq!(
        offered,
        ["applications:read", "purchases:read", "proxies:read"]
    );
    let mut made = 0;
    loop {
        let (status, answer) = told(
            &viewer,
            Method::POST,
            "/auth/tokens",
            &wanted(&["applications:read"]),
        )
        .await;
        if status != StatusCode::CREATED {
            assert_eq!(answer["problems"][0]["code"], "token_too_many");
            break;
        }
        made += 1;
    }
    assert_eq!(made, 20);
}
