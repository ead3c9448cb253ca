//! A provider that is away, slow, endless, elsewhere or has other keys; and none at all.
use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use axum::http::StatusCode;
use explain::Text;
use serde_json::json;
use server::{Oidc, OidcSettings};
use testkit::World;

use super::{
    PERSON, Place, SUBJECT,
    issuer::{Mood, Signs},
};
use crate::browser::Browser;

#[tokio::test(flavor = "multi_thread")]
async fn a_provider_that_hangs_or_never_ends_costs_ten_seconds_and_little_memory() {
    let place = Place::open(Signs::P256).await;
    assert_eq!(place.linked(PERSON, SUBJECT).await, "/sign-in#linked");
    let mut browser = Browser::of(&place.world);
    let back = place.away(&mut browser, SUBJECT).await;
    place.issuer.mood(Mood::Floods);
    let begun = Instant::now();
    assert_eq!(
        browser.follow(&back).await.location,
        "/sign-in#provider_refused"
    );
    assert!(place.cause().contains("larger than 262144 bytes"));
    let pieces = place.issuer.count(|counts| &counts.pieces);
    assert!(pieces < 400, "{pieces} of 1,600 pieces were taken");
    assert!(begun.elapsed() < Duration::from_secs(5));
    place.issuer.mood(Mood::Answers);
    let back = place.away(&mut browser, SUBJECT).await;
    place.issuer.mood(Mood::Redirects);
    assert_eq!(
        browser.follow(&back).await.location,
        "/sign-in#provider_refused"
    );
    place.issuer.mood(Mood::Answers);
    let back = place.away(&mut browser, SUBJECT).await;
    place.issuer.mood(Mood::Hangs);
    let begun = Instant::now();
    assert_eq!(
        browser.follow(&back).await.location,
        "/sign-in#provider_unavailable"
    );
    assert!(begun.elapsed() < Duration::from_secs(15));
    assert!(place.cause().contains("no answer within 10 s"));
    println!(
        "trust-15 pass a flood is cut off after {pieces} pieces of 64 KiB, a silence after 10 s"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_provider_that_was_never_reached_is_not_asked_again_at_once() {
    let place = Place::open(Signs::P256).await;
    place.issuer.mood(Mood::Floods);
    let mut browser = Browser::of(&place.world);
    for _ in 0..5 {
        let came = browser.post("/auth/provider/begin", json!({})).await;
        assert_eq!(came.code(), "provider_unavailable");
    }
    assert_eq!(place.issuer.count(|counts| &counts.documents), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_document_in_another_name_is_refused() {
    let place = Place::open(Signs::P256).await;
    place.issuer.mood(Mood::AnotherName);
    let mut browser = Browser::of(&place.world);
    let came = browser.post("/auth/provider/begin", json!({})).await;
    assert_eq!(came.code(), "provider_refused");
    assert!(
        place.cause().contains("unexpected issuer URI"),
        "{}",
        place.cause()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn changed_keys_are_read_anew_but_not_whenever_somebody_names_a_key() {
    let place = Place::open(Signs::P256).await;
    assert_eq!(place.linked(PERSON, SUBJECT).await, "/sign-in#linked");
    assert_eq!(place.issuer.count(|counts| &counts.documents), 1);
    place.issuer.rotate("second");
    assert_eq!(place.tried(SUBJECT).await.0, "/sign-in#done");
    assert_eq!(place.issuer.count(|counts| &counts.documents), 2);
    for name in ["third", "fourth"] {
        place.issuer.rotate(name);
        assert_eq!(place.tried(SUBJECT).await.0, "/sign-in#provider_refused");
    }
    assert_eq!(place.issuer.count(|counts| &counts.documents), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn journeys_from_one_place_are_bounded() {
    let place = Place::open(Signs::P256).await;
    let mut browser = Browser::of(&place.world);
    let mut sent = 0;
    for _ in 0..103 {
        let came = browser.post("/auth/provider/begin", json!({})).await;
        sent += i32::from(came.status == StatusCode::OK);
    }
    assert_eq!(sent, 100);
}

#[tokio::test]
async fn without_a_provider_nothing_of_it_exists_and_settings_that_cannot_work_are_refused() {
    let world = World::seeded().await;
    let mut browser = Browser::signed_in(&world, PERSON).await;
    assert_eq!(
        browser.get("/auth/ways").await.body["provider"],
        json!(null)
    );
    for path in [
        "/auth/provider/begin",
        "/auth/provider/link",
        "/auth/provider/unlink",
    ] {
        let came = browser
            .post(path, json!({"password": testkit::PASSWORD}))
            .await;
        assert_eq!(came.status, StatusCode::NOT_FOUND, "{path}");
    }
    assert_eq!(
        browser.get("/auth/provider").await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        browser
            .follow("/auth/provider/back?state=x&code=y")
            .await
            .status,
        StatusCode::NOT_FOUND
    );
    for issuer in [
        "http://login.example",
        "login.example",
        "",
        "ftp://127.0.0.1",
    ] {
        let settings = OidcSettings {
            issuer: issuer.to_owned(),
            client_id: "plumbline".to_owned(),
            client_secret: None,
            label: Text::new("x", "x"),
        };
        assert!(Oidc::try_new(settings).is_err(), "{issuer}");
    }
    let settings = OidcSettings {
        issuer: "https://login.example".to_owned(),
        client_id: "plumbline".to_owned(),
        client_secret: None,
        label: Text::new("Login", "登入"),
    };
    let world = world.with_provider(Arc::new(Oidc::try_new(settings).unwrap()));
    let mut browser = Browser::of(&world);
    assert_eq!(
        browser.get("/auth/ways").await.body["provider"]["zh"],
        "登入"
    );
}
