//! What a stranger can do: register once, be told everything that is wrong at once, and learn nothing of anybody.
use std::time::{Duration, Instant};

use axum::http::StatusCode;
use casework::{CaseError, mail_send_due, registration_accept, registration_read};
use serde_json::json;
use testkit::World;

use super::{NEWCOMER, PASSWORD, count, filled, link, post, proven};
use crate::letterbox::Letterbox;

const KNOWN: &str = "viewer@kestrel.example";

#[tokio::test(flavor = "multi_thread")]
async fn everything_that_is_wrong_is_named_at_once_and_nothing_is_kept() {
    let world = World::seeded().await;
    let before = count(&world, "select count(*) from identity.registrations").await;
    let mut wrong = filled("nobody");
    wrong["kind"] = json!("council");
    wrong["nameZh"] = json!(" ");
    wrong["name"] = json!("");
    wrong["notice"] = json!("0");
    wrong["identifiers"] = json!([
        {"type": "ubi_brn", "value": "1234567"},
        {"type": "passport", "value": "K1"},
        {"type": "other", "value": ""},
    ]);
    let (status, problems) = post(&world, &wrong).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(
        problems,
        [
            "registration_kind kind",
            "registration_name_blank nameZh",
            "identifier_digits identifiers[0].value",
            "identifier_type_unknown identifiers[1].type",
            "identifier_blank identifiers[2].value",
            "blank name",
            "not_email email",
            "notice_changed notice",
        ]
    );
    let mut bare = filled(NEWCOMER);
    bare["identifiers"] = json!([]);
    bare["notice"] = json!(null);
    let (_, problems) = post(&world, &bare).await;
    assert_eq!(
        problems,
        [
            "registration_identifier_wanted identifiers",
            "notice_wanted notice"
        ]
    );
    let after = count(&world, "select count(*) from identity.registrations").await;
    assert_eq!(before, after);
    assert_eq!(
        count(&world, "select count(*) from identity.mail_queue").await,
        0
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn sent_twice_it_is_kept_once_and_its_link_works_once() {
    let world = World::seeded().await;
    let (casework, letterbox) = Letterbox::of(&world);
    let body = filled(NEWCOMER);
    let (first, second) = tokio::join!(post(&world, &body), post(&world, &body));
    assert_eq!(
        (first.0, second.0),
        (StatusCode::NO_CONTENT, StatusCode::NO_CONTENT)
    );
    let mut other = body.clone();
    other["nameEn"] = json!("Another Society");
    let (_, problems) = post(&world, &other).await;
    assert_eq!(problems, ["idempotency_key_reused requestId"]);
    assert_eq!(mail_send_due(&casework).await.unwrap(), 1);
    let mail = letterbox.taken().remove(0);
    assert_eq!(mail.to, NEWCOMER);
    // A stranger may have typed it, and writes to nobody through our mail.
    for typed in ["Pebble", "石灣", "KWAN"] {
        assert!(!mail.text.contains(typed), "{typed}");
    }
    let token = mail.text.split("confirm#").nth(1).unwrap();
    let token = token.split_whitespace().next().unwrap();
    let kept: String =
        sqlx::query_scalar("select string_agg(r::text, ' ') from identity.registrations r")
            .fetch_one(world.sql())
            .await
            .unwrap();
    assert!(
        token.len() == 64 && !kept.contains(token),
        "only its hash is kept"
    );
    let view = registration_read(&casework, token).await.unwrap();
    assert_eq!((view.email.as_str(), view.has_account), (NEWCOMER, false));
    let weak = registration_accept(&casework, token, "pebble cove").await;
    assert!(matches!(weak, Err(CaseError::Problems(_))));
    registration_accept(&casework, token, PASSWORD)
        .await
        .unwrap();
    let again = registration_accept(&casework, token, PASSWORD).await;
    let Err(CaseError::Problems(problems)) = again else {
        panic!("a link works once");
    };
    assert_eq!(problems.as_slice()[0].code, "registration_link_void");
    // Proven is not let in: there is no tenant, no account, and nothing to sign in to.
    let made = "select count(*) from identity.users where email = 'kwan@pebble-cove.example'";
    assert_eq!(count(&world, made).await, 0);
    let made = "select count(*) from identity.tenants where name_en like 'Pebble%'";
    assert_eq!(count(&world, made).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_nobody_proves_is_seen_by_nobody_and_forgotten_with_its_link() {
    let world = World::seeded().await;
    let (casework, letterbox) = Letterbox::of(&world);
    post(&world, &filled(NEWCOMER)).await;
    let token = link(&casework, &letterbox).await;
    let operator = world.graphql(Some(super::OPERATOR)).await;
    let seen = operator.ask(super::WAITING, json!({})).await;
    let seen = seen["registrations"].as_array().unwrap().len();
    assert_eq!(seen, 1, "the demonstration's alone");
    world
        .arrange("update identity.registrations set expires_at = clock_timestamp() where confirmed_at is null")
        .await;
    assert!(registration_read(&casework, &token).await.is_err());
    post(&world, &filled("other@pebble-cove.example")).await;
    let left =
        "select count(*) from identity.registrations where email = 'kwan@pebble-cove.example'";
    assert_eq!(count(&world, left).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_has_an_account_is_asked_for_no_password_and_registers_another_organisation() {
    let world = World::seeded().await;
    let (casework, letterbox) = Letterbox::of(&world);
    post(&world, &filled(" Viewer@Kestrel.example ")).await;
    let token = link(&casework, &letterbox).await;
    let view = registration_read(&casework, &token).await.unwrap();
    assert!(view.has_account);
    registration_accept(&casework, &token, "").await.unwrap();
    let hash = "select count(*) from identity.registrations
                where email = 'viewer@kestrel.example' and password_hash is null";
    assert_eq!(count(&world, hash).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_address_is_sent_three_links_an_hour_and_one_place_registers_twenty_times() {
    let world = World::seeded().await;
    let (casework, letterbox) = Letterbox::of(&world);
    for _ in 0..5 {
        let (status, _) = post(&world, &filled(NEWCOMER)).await;
        assert_eq!(status, StatusCode::NO_CONTENT, "nothing tells");
    }
    assert_eq!(mail_send_due(&casework).await.unwrap(), 3);
    assert!(letterbox.taken().iter().all(|mail| mail.to == NEWCOMER));
    for place in 0..15 {
        post(&world, &filled(&format!("n{place}@pebble-cove.example"))).await;
    }
    let (status, problems) = post(&world, &filled("late@pebble-cove.example")).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(problems, ["registration_throttled "]);
}

#[tokio::test(flavor = "multi_thread")]
async fn registration_is_shut_until_the_operator_has_published_a_notice() {
    let world = World::empty().await;
    let (status, problems) = post(&world, &filled(NEWCOMER)).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(problems, ["registration_closed "]);
}

/// The middle of many measurements.
fn median(mut times: Vec<Duration>) -> f64 {
    times.sort();
    times[times.len() / 2].as_secs_f64()
}

#[tokio::test(flavor = "multi_thread")]
async fn trust_09_registering_tells_neither_whether_an_account_exists_nor_what_is_registered() {
    let world = World::seeded().await;
    // Somebody else's number and name are registered already.
    proven(&world, &filled("first@pebble-cove.example")).await;
    let long = std::env::var("PLUMBLINE_SOAK").is_ok();
    let pairs = if long { 200 } else { 30 };
    let (mut known, mut unknown) = (Vec::new(), Vec::new());
    for pair in 0..pairs {
        world.arrange("delete from identity.sign_in_attempts").await;
        let mut there = filled(KNOWN);
        let mut new = filled(&format!("nobody{pair:03}@cove.example"));
        // The same name and number as the first, against one that nobody has.
        new["nameEn"] = json!("Quince Harbour Society");
        new["nameZh"] = json!("榲桲港協會");
        new["identifiers"] = json!([{"type": "ubi_brn", "value": "99990977"}, {"type": "societies", "value": "No. 1"}]);
        there["requestId"] = json!(uuid::Uuid::new_v4());
        let order = if pair % 2 == 0 {
            [(&there, true), (&new, false)]
        } else {
            [(&new, false), (&there, true)]
        };
        for (body, is_known) in order {
            let begun = Instant::now();
            let answer = post(&world, body).await;
            let took = begun.elapsed();
            assert_eq!(answer, (StatusCode::NO_CONTENT, Vec::new()));
            if is_known {
                known.push(took);
            } else {
                unknown.push(took);
            }
        }
    }
    let ratio = median(known) / median(unknown);
    let most = if long { 1.05 } else { 1.5 };
    assert!(ratio < most && ratio > 1.0 / most, "{ratio:.3}");
    println!("trust-09 pass registering: same answer, medians over {pairs} pairs {ratio:.3}");
}
