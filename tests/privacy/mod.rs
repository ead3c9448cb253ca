//! Personal data: a person who is erased is found nowhere any more, and everything that was evidence still is; what
//! has aged goes; a person takes away what is held about them and nothing else.

mod aged;
mod commands;
mod erased;
mod search;
mod taken;

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use testkit::{Client, World};
use uuid::Uuid;

/// Sends a request of the account page; returns its status and answer.
async fn post(client: &Client, path: &str, body: Value) -> (StatusCode, Value) {
    let body = body.to_string().into_bytes();
    let kind = Some("application/json");
    let (status, headers, body) = client.fetch(Method::POST, path, kind, body).await;
    let mut answer: Value = serde_json::from_slice(&body).unwrap_or_default();
    if let (Some(cookie), Some(answer)) = (headers.get("set-cookie"), answer.as_object_mut()) {
        answer.insert("cookie".to_owned(), json!(cookie.to_str().unwrap()));
    }
    (status, answer)
}

/// The codes of the problems in an answer.
fn codes(answer: &Value) -> Vec<&str> {
    let problems = answer["problems"].as_array().into_iter().flatten();
    problems.filter_map(|each| each["code"].as_str()).collect()
}

/// The id of whoever has this address.
async fn id_of(world: &World, email: &str) -> Uuid {
    sqlx::query_scalar("select user_id from identity.users where email = $1")
        .bind(email)
        .fetch_one(world.sql())
        .await
        .unwrap()
}
