//! How an organisation comes in: it registers under an address that a link proves, an operator approves it, two of them
//! where there are two, and only then is there a tenant.

mod adviser;
mod ask;
mod decide;
mod facts;
mod notices;
mod operator;

use axum::http::{Method, StatusCode};
use casework::{Casework, mail_send_due, registration_accept};
use serde_json::{Value, json};
use testkit::World;
use uuid::Uuid;

use crate::letterbox::Letterbox;

pub(crate) use notices::new_notice;

pub(crate) const OPERATOR: &str = "operator@plumbline.example";
pub(crate) const SECOND: &str = "operator2@plumbline.example";
pub(crate) const PASSWORD: &str = "harbour kettle ladder seven";
pub(crate) const NEWCOMER: &str = "kwan@pebble-cove.example";

pub(crate) const WAITING: &str = "{ registrations { id kind name { en } identifiers { type value } person email notice
    alike { name { en } registered identifier } proposals { approve reasonCode reason proposer } } }";
pub(crate) const ANSWER: &str =
    "mutation($input: RegistrationAnswerInput!) { registrationAnswer(input: $input)
    { registrations { id proposals { approve } } problems { code path } } }";
pub(crate) const CONFIRM: &str =
    "mutation($input: RegistrationConfirmInput!) { registrationConfirm(input: $input)
    { registrations { id proposals { approve confirmed } } problems { code path } } }";

/// What a page sends; nothing wrong with it.
pub(crate) fn filled(email: &str) -> Value {
    json!({
        "requestId": Uuid::new_v4(),
        "kind": "ngo",
        "nameEn": "Pebble Cove Carers Society",
        "nameZh": "石灣照顧者協會",
        "identifiers": [{"type": "ubi_brn", "value": "9999 0911"}, {"type": "societies", "value": "No. 77/B"}],
        "name": "KWAN Wai-lam",
        "email": email,
        "notice": "1",
    })
}

/// Sends it as a page does: status, and the codes with paths of what is wrong.
pub(crate) async fn post(world: &World, body: &Value) -> (StatusCode, Vec<String>) {
    let client = world.graphql(None).await;
    let (status, _, answer) = client
        .fetch(
            Method::POST,
            "/auth/register",
            Some("application/json"),
            body.to_string().into_bytes(),
        )
        .await;
    let answer: Value = serde_json::from_slice(&answer).unwrap_or_default();
    let problems = answer["problems"].as_array().into_iter().flatten();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let found = problems
        .map(|each| format!("{} {}", text(&each["code"]), text(&each["path"])))
        .collect();
    (status, found)
}

/// Registers, and proves the address with a password.
pub(crate) async fn proven(world: &World, body: &Value) {
    let (casework, letterbox) = Letterbox::of(world);
    let (status, problems) = post(world, body).await;
    assert_eq!(status, StatusCode::NO_CONTENT, "{problems:?}");
    let token = link(&casework, &letterbox).await;
    registration_accept(&casework, &token, PASSWORD)
        .await
        .unwrap();
}

/// The token of the newest mail's link.
pub(crate) async fn link(casework: &Casework, letterbox: &Letterbox) -> String {
    mail_send_due(casework).await.unwrap();
    letterbox.link("register/confirm")
}

/// The id of the registration with this address.
pub(crate) async fn id_of(world: &World, email: &str) -> Uuid {
    sqlx::query_scalar("select registration_id from identity.registrations where email = $1")
        .bind(email)
        .fetch_one(world.sql())
        .await
        .unwrap()
}

pub(crate) async fn count(world: &World, statement: &'static str) -> i64 {
    sqlx::query_scalar(statement)
        .fetch_one(world.sql())
        .await
        .unwrap()
}

pub(crate) fn codes(problems: &Value) -> Vec<&str> {
    let problems = problems.as_array().unwrap().iter();
    problems
        .map(|each| each["code"].as_str().unwrap())
        .collect()
}

/// The proposal that waits for another person.
pub(crate) async fn open_of(world: &World, registration: Uuid) -> Uuid {
    sqlx::query_scalar(
        "select proposal_id from identity.registration_proposals
         where registration_id = $1 and answered_at is null and withdrawn_at is null",
    )
    .bind(registration)
    .fetch_one(world.sql())
    .await
    .unwrap()
}
