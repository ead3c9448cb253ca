//! Access: the file says what is held about its owner, what for, and nothing about anybody else.
use axum::http::{Method, StatusCode};
use serde_json::Value;
use testkit::World;

use super::{codes, post};

const PERSON: &str = "endorser@kestrel.example";

async fn taken(world: &World, email: &str) -> (Value, String) {
    let client = world.graphql(Some(email)).await;
    let kind = Some("application/json");
    let (status, headers, body) = client
        .fetch(Method::POST, "/auth/personal-data", kind, b"{}".to_vec())
        .await;
    assert_eq!(status, StatusCode::OK);
    let disposition = headers["content-disposition"].to_str().unwrap();
    assert!(disposition.starts_with("attachment;"), "{disposition}");
    let text = String::from_utf8(body).unwrap();
    (serde_json::from_str(&text).unwrap(), text)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_takes_what_is_held_about_them_and_of_nobody_else() {
    let world = World::seeded().await;
    let (data, text) = taken(&world, PERSON).await;
    let held = data["held"].as_array().unwrap();
    let users = &held[0];
    assert_eq!(users["table"], "identity.users");
    assert_eq!(users["rows"][0]["email"], PERSON);
    let actor = world.actor(PERSON).await;
    let name = casework::names_read(world.casework(), vec![actor.name.clone()])
        .await
        .unwrap();
    assert_eq!(users["rows"][0]["name"], name[&actor.name]);
    let sessions = held
        .iter()
        .find(|table| table["table"] == "identity.sessions");
    let address = sessions.unwrap()["rows"][0]["address"].as_str().unwrap();
    assert!(
        !address.is_empty() && !address.starts_with("sealed:"),
        "{address}"
    );
    for table in held {
        assert!(!table["fields"].as_array().unwrap().is_empty(), "{table}");
        for field in table["fields"].as_array().unwrap() {
            assert!(field["purpose"]["zh"].is_string(), "{field}");
        }
    }
    let deeds: i64 = sqlx::query_scalar(
        "select count(*) from tenant.audit_entries where actor_id = $1 and action <> 'personal_data_export'",
    )
    .bind(actor.user.0)
    .fetch_one(world.sql())
    .await
    .unwrap();
    assert_eq!(data["deeds"][0]["total"], deeds);
    // Nobody else's name, address or id, and no sealed text.
    let others: Vec<(uuid::Uuid, String, String)> =
        sqlx::query_as("select user_id, email, name from identity.users where user_id <> $1")
            .bind(actor.user.0)
            .fetch_all(world.sql())
            .await
            .unwrap();
    let sealed: Vec<String> = others.iter().map(|(_, _, name)| name.clone()).collect();
    let names = casework::names_read(world.casework(), sealed)
        .await
        .unwrap();
    let names: Vec<&String> = names.values().collect();
    for (_, email, _) in &others {
        assert!(!text.contains(email.as_str()), "{email}");
    }
    for name in names {
        assert!(!text.contains(name.as_str()), "{name}");
    }
    assert!(!text.contains("sealed:1:"));
    let recorded: i64 = sqlx::query_scalar(
        "select count(*) from tenant.audit_entries where actor_id = $1 and action = 'personal_data_export'",
    )
    .bind(actor.user.0)
    .fetch_one(world.sql())
    .await
    .unwrap();
    assert_eq!(recorded, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_file_is_for_its_owner_in_front_of_the_page_and_not_without_end() {
    let world = World::seeded().await;
    let nobody = world.graphql(None).await;
    let (status, _) = post(&nobody, "/auth/personal-data", serde_json::json!({})).await;
    assert_eq!(status, StatusCode::UNAUTHORIZED);
    let client = world.graphql(Some(PERSON)).await;
    for _ in 0..5 {
        let (status, _) = post(&client, "/auth/personal-data", serde_json::json!({})).await;
        assert_eq!(status, StatusCode::OK);
    }
    let (_, answer) = post(&client, "/auth/personal-data", serde_json::json!({})).await;
    assert_eq!(codes(&answer), ["export_throttled"]);
}
