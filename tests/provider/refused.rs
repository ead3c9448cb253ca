//! Everything that may be wrong with a provider's answer, one thing at a time beside an answer that holds.
use axum::http::StatusCode;
use serde_json::{Value, json};

use super::{
    PERSON, Place, SUBJECT,
    issuer::{Signs, now},
};
use crate::browser::Browser;

const REFUSED: &str = "/sign-in#provider_refused";

type Wrong = fn(&mut Value);

async fn holds(place: &Place) {
    let (location, who) = place.tried(SUBJECT).await;
    assert_eq!(location, "/sign-in#done", "{}", place.cause());
    assert_eq!(who.as_deref(), Some(PERSON));
}

/// One answer with one thing wrong in it: refused for that cause, and nobody is signed in.
async fn refused(place: &Place, what: &str, wrong: Wrong, cause: &str) {
    place.issuer.wrong_once(wrong);
    let (location, who) = place.tried(SUBJECT).await;
    assert_eq!((location.as_str(), who), (REFUSED, None), "{what}");
    let said = place.cause();
    assert!(said.contains(cause), "{what}: {said}");
}

async fn refused_signature(place: &Place, signs: Signs, cause: &str) {
    place.issuer.signs(signs);
    let (location, who) = place.tried(SUBJECT).await;
    assert_eq!((location.as_str(), who), (REFUSED, None), "{cause}");
    let said = place.cause();
    assert!(said.contains(cause), "{cause}: {said}");
    place.issuer.signs(Signs::P256);
}

#[tokio::test(flavor = "multi_thread")]
async fn trust_15_seven_wrong_answers_are_refused_beside_one_that_holds() {
    let place = Place::open(Signs::P256).await;
    assert_eq!(place.linked(PERSON, SUBJECT).await, "/sign-in#linked");
    let seven: [(&str, Wrong, &str); 4] = [
        (
            "iss",
            |claims| claims["iss"] = json!("https://other.example"),
            "Invalid issuer",
        ),
        (
            "aud",
            |claims| claims["aud"] = json!("another-client"),
            "Invalid audiences",
        ),
        (
            "nonce",
            |claims| claims["nonce"] = json!("another"),
            "Invalid nonce",
        ),
        (
            "expired",
            |claims| {
                claims["iat"] = json!(now() - 400);
                claims["exp"] = json!(now() - 1);
            },
            "Expired",
        ),
    ];
    let mut count = 0;
    for (what, wrong, cause) in seven {
        refused(&place, what, wrong, cause).await;
        holds(&place).await;
        count += 1;
    }
    refused_signature(&place, Signs::Nothing, "No signature found").await;
    holds(&place).await;
    count += 1;

    // Another state than the browser was sent away with: the code is not even redeemed.
    let mut browser = Browser::of(&place.world);
    let back = place.away(&mut browser, SUBJECT).await;
    let redeemed = place.issuer.count(|counts| &counts.tokens);
    let other = back.replace("state=", "state=f");
    let came = browser.follow(&other).await;
    assert_eq!(came.status, StatusCode::SEE_OTHER);
    assert_eq!(came.location, "/sign-in#provider_state");
    assert_eq!(browser.who().await, None);
    assert_eq!(place.issuer.count(|counts| &counts.tokens), redeemed);
    holds(&place).await;
    count += 1;

    // Somebody else's account at the provider that claims the person's address, verified.
    let (location, who) = place.tried("somebody-else").await;
    assert_eq!(
        (location.as_str(), who),
        ("/sign-in#provider_not_linked", None)
    );
    holds(&place).await;
    count += 1;
    assert_eq!(count, 7);
    println!("trust-15 pass {count}/7 refused, an answer that holds is taken beside each");
}

#[tokio::test(flavor = "multi_thread")]
async fn trust_15_further_wrong_answers_are_refused() {
    let place = Place::open(Signs::P256).await;
    assert_eq!(place.linked(PERSON, SUBJECT).await, "/sign-in#linked");
    let further: [(&str, Wrong, &str); 8] = [
        (
            "azp",
            |claims| claims["azp"] = json!("another-client"),
            "authorised party",
        ),
        (
            "two audiences",
            |claims| claims["aud"] = json!(["plumbline", "other"]),
            "not a trusted audience",
        ),
        (
            "iat long ago",
            |claims| claims["iat"] = json!(now() - 3_600),
            "Expired",
        ),
        (
            "iat to come",
            |claims| claims["iat"] = json!(now() + 3_600),
            "Expired",
        ),
        (
            "no nonce",
            |claims| drop(claims.as_object_mut().unwrap().remove("nonce")),
            "missing nonce",
        ),
        (
            "no subject",
            |claims| claims["sub"] = json!(""),
            "Invalid subject",
        ),
        (
            "no audience",
            |claims| claims["aud"] = json!([]),
            "Invalid audiences",
        ),
        (
            "long subject",
            |claims| claims["sub"] = json!("x".repeat(256)),
            "Invalid subject",
        ),
    ];
    for (what, wrong, cause) in further {
        refused(&place, what, wrong, cause).await;
    }
    refused_signature(
        &place,
        Signs::WithOurSecret,
        "Disallowed signature algorithm",
    )
    .await;
    refused_signature(&place, Signs::WithAnotherKey, "Crypto error").await;
    holds(&place).await;
    place.issuer.signs(Signs::Rsa);
    holds(&place).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_counts_once_and_in_its_own_browser_only() {
    let place = Place::open(Signs::P256).await;
    assert_eq!(place.linked(PERSON, SUBJECT).await, "/sign-in#linked");
    let mut browser = Browser::of(&place.world);
    let back = place.away(&mut browser, SUBJECT).await;
    let before = browser.clone();
    let mut stranger = Browser::of(&place.world);
    assert_eq!(
        stranger.follow(&back).await.location,
        "/sign-in#provider_state"
    );
    // A browser that was sent away itself does not come back with another's state.
    place.away(&mut stranger, SUBJECT).await;
    assert_eq!(
        stranger.follow(&back).await.location,
        "/sign-in#provider_state"
    );
    assert_eq!(browser.follow(&back).await.location, "/sign-in#done");
    let mut again = before.clone();
    assert_eq!(
        again.follow(&back).await.location,
        "/sign-in#provider_state"
    );
    // The same code under a fresh state is used up at the provider, and bound to the first proof.
    let fresh = place.away(&mut again, SUBJECT).await;
    let code = |path: &str| path.split(['=', '&']).nth(1).unwrap().to_owned();
    let mixed = fresh.replace(&code(&fresh), &code(&back));
    assert_eq!(
        again.follow(&mixed).await.location,
        "/sign-in#provider_refused"
    );
    // An answer in another provider's name (RFC 9207), and none at all.
    let back = place.away(&mut again, SUBJECT).await;
    let named = format!("{back}&iss=https%3A%2F%2Fother.example");
    assert_eq!(
        again.follow(&named).await.location,
        "/sign-in#provider_refused"
    );
    let back = place.away(&mut again, SUBJECT).await;
    let state = back.split("state=").nth(1).unwrap();
    let declined = format!("/auth/provider/back?error=access_denied&state={state}");
    assert_eq!(
        again.follow(&declined).await.location,
        "/sign-in#provider_declined"
    );
    assert_eq!(
        again.follow("/auth/provider/back").await.location,
        "/sign-in#provider_state"
    );
    // Ten minutes later.
    let back = place.away(&mut again, SUBJECT).await;
    place
        .world
        .arrange("update identity.provider_visits set expires_at = clock_timestamp()")
        .await;
    assert_eq!(
        again.follow(&back).await.location,
        "/sign-in#provider_state"
    );
    assert_eq!(again.who().await, None);
}
