//! The own link: made in person, for password and code; one account for one subject; taken away with its sessions. The
//! second step is asked for whatever the provider says of its own.
use axum::http::StatusCode;
use serde_json::{Value, json};
use testkit::PASSWORD;

use super::{PERSON, Place, SUBJECT, issuer::Signs};
use crate::{browser::Browser, second_step};

const OTHER: &str = "finance@kestrel.example";

#[tokio::test(flavor = "multi_thread")]
async fn an_account_is_linked_in_person_and_found_by_nothing_else() {
    let place = Place::open(Signs::P256).await;
    let mut owner = Browser::signed_in(&place.world, PERSON).await;
    let state = owner.get("/auth/provider").await;
    assert_eq!(state.body["label"]["zh"], "海港帳戶");
    assert_eq!(state.body["since"], Value::Null);
    let wrong = owner
        .post("/auth/provider/link", json!({"password": "not mine"}))
        .await;
    assert_eq!(wrong.code(), "password_wrong");
    let mut nobody = Browser::of(&place.world);
    let refused = nobody
        .post("/auth/provider/link", json!({"password": PASSWORD}))
        .await;
    assert_eq!(refused.status, StatusCode::UNAUTHORIZED);
    // Begun by the owner, but signed out on the way: nothing is linked.
    let asked = owner
        .post("/auth/provider/link", json!({"password": PASSWORD}))
        .await;
    let back = place
        .issuer
        .signed_in_as(asked.body["to"].as_str().unwrap(), SUBJECT);
    let mut out = owner.clone();
    out.cookies.remove("__Host-plumbline");
    assert_eq!(out.follow(&back).await.location, "/sign-in#not_signed_in");
    assert_eq!(place.tried(SUBJECT).await.0, "/sign-in#provider_not_linked");
    assert_eq!(place.linked(PERSON, SUBJECT).await, "/sign-in#linked");
    assert_eq!(
        place.linked(PERSON, "another").await,
        "/sign-in#provider_linked_before"
    );
    assert_eq!(
        place.linked(OTHER, SUBJECT).await,
        "/sign-in#provider_linked_before"
    );
    assert!(owner.get("/auth/provider").await.body["since"].is_string());

    let mut by_provider = Browser::of(&place.world);
    let back = place.away(&mut by_provider, SUBJECT).await;
    assert_eq!(by_provider.follow(&back).await.location, "/sign-in#done");
    let sessions = by_provider.get("/auth/sessions").await;
    assert_eq!(sessions.body["sessions"][0]["way"], "provider");
    let gone = owner
        .post("/auth/provider/unlink", json!({"password": PASSWORD}))
        .await;
    assert_eq!(gone.status, StatusCode::NO_CONTENT);
    assert_eq!(by_provider.who().await, None, "its session ended with it");
    assert_eq!(owner.who().await.as_deref(), Some(PERSON));
    assert_eq!(place.tried(SUBJECT).await.0, "/sign-in#provider_not_linked");
    let deeds: Vec<String> = sqlx::query_scalar(
        "select action || coalesce(' ' || (detail->>'way'), '') from tenant.audit_entries
         where subject_kind = 'person' and actor_name = (select name from identity.users where email = $1)
         order by entry_id",
    )
    .bind(PERSON)
    .fetch_all(place.world.sql())
    .await
    .unwrap();
    let last: Vec<&str> = deeds
        .iter()
        .map(String::as_str)
        .filter(|deed| !deed.ends_with("password"))
        .collect();
    assert_eq!(
        last,
        ["provider_link", "sign_in provider", "provider_unlink"]
    );
    let topics: Vec<String> =
        sqlx::query_scalar("select topic from identity.mail_queue order by mail_id")
            .fetch_all(place.world.sql())
            .await
            .unwrap();
    assert_eq!(topics, ["provider_linked", "provider_unlinked"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_second_step_is_asked_for_whatever_the_provider_says() {
    let place = Place::open(Signs::P256).await;
    assert_eq!(place.linked(PERSON, SUBJECT).await, "/sign-in#linked");
    second_step::early_in_a_step(&place.world).await;
    let (_, recovery) = second_step::turned_on(&place.world).await;
    let mut browser = Browser::of(&place.world);
    place
        .issuer
        .wrong_once(|claims| claims["amr"] = json!(["mfa", "hwk"]));
    let back = place.away(&mut browser, SUBJECT).await;
    assert_eq!(browser.follow(&back).await.location, "/sign-in#code");
    assert_eq!(browser.who().await, None);
    let mut stranger = Browser::of(&place.world);
    let refused = stranger
        .post("/auth/provider/code", json!({"code": recovery[0]}))
        .await;
    assert_eq!(refused.code(), "provider_state");
    let wrong = browser
        .post("/auth/provider/code", json!({"code": "000000"}))
        .await;
    assert_eq!(wrong.code(), "second_step_refused");
    let waiting = browser.clone();
    let right = browser
        .post("/auth/provider/code", json!({"code": recovery[0]}))
        .await;
    assert_eq!(right.status, StatusCode::NO_CONTENT);
    assert_eq!(browser.who().await.as_deref(), Some(PERSON));
    let replayed = waiting
        .clone()
        .post("/auth/provider/code", json!({"code": recovery[1]}))
        .await;
    assert_eq!(replayed.code(), "provider_state");
    let unlink = browser
        .post("/auth/provider/unlink", json!({"password": PASSWORD}))
        .await;
    assert_eq!(unlink.code(), "second_step_wanted");
    let body = json!({"password": PASSWORD, "code": recovery[2]});
    let unlink = browser.post("/auth/provider/unlink", body).await;
    assert_eq!(unlink.status, StatusCode::NO_CONTENT);
}

#[tokio::test(flavor = "multi_thread")]
async fn guesses_at_the_code_are_bounded_and_a_membership_that_ended_opens_nothing() {
    let place = Place::open(Signs::P256).await;
    assert_eq!(place.linked(PERSON, SUBJECT).await, "/sign-in#linked");
    second_step::early_in_a_step(&place.world).await;
    second_step::turned_on(&place.world).await;
    let mut browser = Browser::of(&place.world);
    let back = place.away(&mut browser, SUBJECT).await;
    browser.follow(&back).await;
    let mut looked_at = 0;
    for guess in 0..8 {
        let code = format!("{:06}", 900_000 + guess);
        let came = browser
            .post("/auth/provider/code", json!({"code": code}))
            .await;
        looked_at += i32::from(came.code() == "second_step_refused");
    }
    assert!(looked_at <= 5, "{looked_at} codes were looked at");
    assert_eq!(place.linked(OTHER, "finance").await, "/sign-in#linked");
    place
        .world
        .arrange(
            "update identity.memberships set expires_at = clock_timestamp() where user_id =
                 (select user_id from identity.users where email = 'finance@kestrel.example')",
        )
        .await;
    let (location, who) = place.tried("finance").await;
    assert_eq!(
        (location.as_str(), who),
        ("/sign-in#provider_not_linked", None)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_of_the_database_holds_nothing_that_opens_an_account() {
    let place = Place::open(Signs::P256).await;
    let mut browser = Browser::of(&place.world);
    let back = place.away(&mut browser, SUBJECT).await;
    let state = back.split("state=").nth(1).unwrap();
    let secret = browser.cookies["__Host-plumbline-visit"].clone();
    let kept: String =
        sqlx::query_scalar("select string_agg(v::text, ' ') from identity.provider_visits v")
            .fetch_one(place.world.sql())
            .await
            .unwrap();
    for part in [state, &secret, super::issuer::SECRET] {
        assert!(!kept.contains(part));
    }
    assert_eq!(place.tried(SUBJECT).await.0, "/sign-in#provider_not_linked");
}
