//! Passkeys: added for the password, good for both steps, each answer once, gone at once when removed.
mod device;

use axum::http::StatusCode;
use serde_json::{Value, json};
use testkit::{PASSWORD, World};

use crate::{
    browser::{Browser, Came},
    second_step,
};
use device::Device;

const PERSON: &str = "viewer@kestrel.example";
const OTHER: &str = "finance@kestrel.example";
/// Where the product of a world is reached; a passkey cannot be bound to its number.
const ORIGIN: &str = "http://localhost:8080";

async fn asked(browser: &mut Browser) -> Value {
    let came = browser.post("/auth/passkeys/begin", json!({})).await;
    assert_eq!(came.status, StatusCode::OK, "{}", came.body);
    came.body
}

async fn answered(browser: &mut Browser, question: &Value, credential: &Value) -> Came {
    let body = json!({"question": question["question"], "credential": credential});
    browser.post("/auth/passkeys/sign-in", body).await
}

/// Signs in by a device in a fresh browser; what came, and who is signed in then.
async fn tried(world: &World, device: &mut Device) -> (String, Option<String>) {
    let mut browser = Browser::of(world);
    let question = asked(&mut browser).await;
    let answer = device.answer(&question["options"]);
    let came = answered(&mut browser, &question, &answer).await;
    (came.code().to_owned(), browser.who().await)
}

async fn refused(world: &World, device: &mut Device, what: &str) {
    let (code, who) = tried(world, device).await;
    assert_eq!((code.as_str(), who), ("passkey_refused", None), "{what}");
}

/// Adds a passkey to the account of whoever uses this browser.
async fn added(browser: &mut Browser, name: &str) -> Device {
    let body = json!({"password": PASSWORD});
    let question = browser.post("/auth/passkeys/add/begin", body).await.body;
    let (device, answer) = Device::make(&question["options"], ORIGIN);
    let body = json!({"question": question["question"], "name": name, "credential": answer});
    let came = browser.post("/auth/passkeys/add", body).await;
    assert_eq!(came.status, StatusCode::CREATED, "{}", came.body);
    device
}

#[tokio::test(flavor = "multi_thread")]
async fn a_passkey_signs_in_and_one_that_is_not_as_it_should_be_does_not() {
    let world = World::seeded().await;
    let mut owner = Browser::signed_in(&world, PERSON).await;
    assert_eq!(owner.get("/auth/ways").await.body["passkeys"], ORIGIN);
    let mut device = added(&mut owner, "Office laptop").await;
    let (_, who) = tried(&world, &mut device).await;
    assert_eq!(who.as_deref(), Some(PERSON));

    let mut other = device.clone();
    other.origin = "https://evil.example".to_owned();
    refused(&world, &mut other, "asked from elsewhere").await;
    other = device.clone();
    other.recognises = false;
    refused(&world, &mut other, "did not recognise its owner").await;
    other = device.clone();
    other.counter = 1;
    refused(&world, &mut other, "a counter that fell: a copy").await;
    other = device.clone();
    let someone: uuid::Uuid = sqlx::query_scalar(
        "select user_id from identity.users where email = 'finance@kestrel.example'",
    )
    .fetch_one(world.sql())
    .await
    .unwrap();
    other.belongs_to(someone.as_bytes());
    refused(&world, &mut other, "says that it is somebody else's").await;
    other.belongs_to(b"x");
    refused(&world, &mut other, "says nothing that is an id").await;

    let mut browser = Browser::of(&world);
    let question = asked(&mut browser).await;
    let answer = device.answer(&question["options"]);
    let mut broken = answer.clone();
    broken["response"]["signature"] = json!("AAAA");
    assert_eq!(
        answered(&mut browser, &question, &broken).await.code(),
        "passkey_refused"
    );
    let late = answered(&mut browser, &question, &answer).await;
    assert_eq!(late.code(), "passkey_refused", "the question was answered");
    let question = asked(&mut browser).await;
    assert_eq!(
        answered(&mut browser, &question, &answer).await.code(),
        "passkey_refused"
    );
    let question = asked(&mut browser).await;
    world
        .arrange("update identity.passkey_questions set expires_at = clock_timestamp()")
        .await;
    let answer = device.answer(&question["options"]);
    assert_eq!(
        answered(&mut browser, &question, &answer).await.code(),
        "passkey_refused"
    );
    assert_eq!(
        answered(&mut browser, &question, &Value::Null).await.code(),
        "passkey_refused"
    );
    assert_eq!(browser.who().await, None);
    let (_, who) = tried(&world, &mut device).await;
    assert_eq!(
        who.as_deref(),
        Some(PERSON),
        "the one that is as it should be still does"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn of_fifty_answers_to_one_question_one_signs_in() {
    let world = World::seeded().await;
    let mut owner = Browser::signed_in(&world, PERSON).await;
    let mut device = added(&mut owner, "Phone").await;
    let mut browser = Browser::of(&world);
    let question = asked(&mut browser).await;
    let answer = device.answer(&question["options"]);
    let tries = (0..50).map(|_| {
        let mut browser = browser.clone();
        let (question, answer) = (question.clone(), answer.clone());
        async move { answered(&mut browser, &question, &answer).await.status }
    });
    let came = futures_util::future::join_all(tries).await;
    let taken = came
        .iter()
        .filter(|status| **status == StatusCode::NO_CONTENT)
        .count();
    assert_eq!(taken, 1);
    println!("passkeys pass 1 of 50 parallel answers to one question");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_passkey_is_added_in_person_and_counts_as_both_steps() {
    let world = World::seeded().await;
    second_step::early_in_a_step(&world).await;
    let (_, recovery) = second_step::turned_on(&world).await;
    let mut owner = Browser::of(&world);
    let body = json!({"email": PERSON, "password": PASSWORD, "code": recovery[0]});
    owner.post("/auth/login", body).await;
    let begin = async |browser: &mut Browser, body: Value| {
        browser.post("/auth/passkeys/add/begin", body).await
    };
    let wrong = begin(&mut owner, json!({"password": "not mine"})).await;
    assert_eq!(wrong.code(), "password_wrong");
    let without = begin(&mut owner, json!({"password": PASSWORD})).await;
    assert_eq!(without.code(), "second_step_wanted");
    let body = json!({"password": PASSWORD, "code": recovery[1]});
    let question = begin(&mut owner, body).await.body;
    let (mut device, answer) = Device::make(&question["options"], ORIGIN);
    let add =
        |name: &str| json!({"question": question["question"], "name": name, "credential": answer});
    let nameless = owner.post("/auth/passkeys/add", add(" ")).await;
    assert_eq!(nameless.code(), "blank");
    let mut stranger = Browser::signed_in(&world, OTHER).await;
    let theirs = stranger.post("/auth/passkeys/add", add("Mine now")).await;
    assert_eq!(theirs.code(), "passkey_refused");
    let came = owner.post("/auth/passkeys/add", add("Key ring")).await;
    assert_eq!(came.status, StatusCode::CREATED, "{}", came.body);
    let twice = owner.post("/auth/passkeys/add", add("Twice")).await;
    assert_eq!(twice.code(), "passkey_refused");
    let (_, who) = tried(&world, &mut device).await;
    assert_eq!(who.as_deref(), Some(PERSON), "no code is asked for");
    let list = owner.get("/auth/passkeys").await.body;
    assert_eq!(list["passkeys"][0]["name"], "Key ring");
    assert!(list["passkeys"][0]["lastUsedAt"].is_string());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_removed_passkey_ends_its_sessions_and_leaves_its_trail() {
    let world = World::seeded().await;
    let mut owner = Browser::signed_in(&world, PERSON).await;
    let mut device = added(&mut owner, "Key ring").await;
    let mut by_passkey = Browser::of(&world);
    let question = asked(&mut by_passkey).await;
    let answer = device.answer(&question["options"]);
    let came = answered(&mut by_passkey, &question, &answer).await;
    assert_eq!(came.status, StatusCode::NO_CONTENT);
    let sessions = by_passkey.get("/auth/sessions").await.body;
    assert_eq!(sessions["sessions"][0]["way"], "passkey");
    // Acting for an organisation anew keeps what the session was begun with.
    let tenant: uuid::Uuid =
        sqlx::query_scalar("select tenant_id from identity.sessions where way = 'passkey'")
            .fetch_one(world.sql())
            .await
            .unwrap();
    let switched = json!({"tenantId": tenant});
    let came = by_passkey.post("/auth/switch", switched).await;
    assert_eq!(came.status, StatusCode::NO_CONTENT);
    let id = owner.get("/auth/passkeys").await.body["passkeys"][0]["id"].clone();
    let body = json!({"id": id, "password": PASSWORD});
    let mut stranger = Browser::signed_in(&world, OTHER).await;
    let theirs = stranger.post("/auth/passkeys/remove", body.clone()).await;
    assert_eq!(theirs.status, StatusCode::NOT_FOUND);
    let gone = owner.post("/auth/passkeys/remove", body).await;
    assert_eq!(gone.status, StatusCode::NO_CONTENT);
    assert_eq!(by_passkey.who().await, None, "its session ended with it");
    assert_eq!(owner.who().await.as_deref(), Some(PERSON));
    refused(&world, &mut device, "removed").await;
    let deeds: Vec<(String, Value)> = sqlx::query_as(
        "select action, detail from tenant.audit_entries
         where action like 'passkey%' or detail->>'way' = 'passkey' order by entry_id",
    )
    .fetch_all(world.sql())
    .await
    .unwrap();
    let actions: Vec<&str> = deeds.iter().map(|(action, _)| action.as_str()).collect();
    assert_eq!(actions, ["passkey_add", "sign_in", "passkey_remove"]);
    // By its id: what its owner calls it ends with them, and the trail never does.
    let named = deeds[0].1["passkey"].as_str().unwrap();
    assert!(named.parse::<uuid::Uuid>().is_ok(), "{named}");
    assert_eq!(deeds[1].1["second_step"], "passkey");
}

#[tokio::test(flavor = "multi_thread")]
async fn questions_and_passkeys_are_bounded_and_need_a_place_that_passkeys_can_be_bound_to() {
    let world = World::seeded().await;
    let mut browser = Browser::of(&world);
    let mut given = 0;
    for _ in 0..103 {
        let came = browser.post("/auth/passkeys/begin", json!({})).await;
        given += i32::from(came.status == StatusCode::OK);
    }
    assert_eq!(given, 100);
    let mut owner = Browser::signed_in(&world, PERSON).await;
    for number in 0..20 {
        added(&mut owner, &format!("Key {number}")).await;
    }
    let more = owner
        .post("/auth/passkeys/add/begin", json!({"password": PASSWORD}))
        .await;
    assert_eq!(more.code(), "passkey_too_many");
    let numeric = World::seeded()
        .await
        .at(std::sync::Arc::new(casework::NoMailer), "https://192.0.2.7");
    let mut browser = Browser::of(&numeric);
    assert_eq!(
        browser.get("/auth/ways").await.body["passkeys"],
        Value::Null
    );
    let came = browser.post("/auth/passkeys/begin", json!({})).await;
    assert_eq!(came.status, StatusCode::NOT_FOUND);
}
