//! Signing in under attack, and the own account: guesses are bounded without shutting the owner out, sessions
//! are opaque and end at once, old hashes are made anew.
use argon2::{Algorithm, Argon2, Params, Version, password_hash::PasswordHasher as _};
use axum::http::{Method, StatusCode};
use casework::{SignInError, SignInInput, SignedIn, sign_in};
use serde_json::{Value, json};
use testkit::{PASSWORD, World};

const PERSON: &str = "viewer@kestrel.example";

fn attempt(password: &str, address: &str, device: Option<&str>) -> SignInInput {
    SignInInput {
        email: PERSON.to_owned(),
        password: password.to_owned(),
        code: None,
        address: address.to_owned(),
        device: device.map(str::to_owned),
        agent: "a browser\nof\u{7} tests".to_owned(),
    }
}

async fn tried(world: &World, input: SignInInput) -> Result<SignedIn, SignInError> {
    sign_in(world.casework(), input).await
}

#[tokio::test(flavor = "multi_thread")]
async fn trust_10_strangers_use_up_ten_guesses_and_the_owner_still_gets_in() {
    let world = World::seeded().await;
    let owner = tried(&world, attempt(PASSWORD, "192.0.2.1", None))
        .await
        .unwrap();
    let (mut evaluated, mut throttled) = (0, 0);
    for guess in 0..1_000 {
        // From a hundred addresses, half of them pretending to be a known browser.
        let address = format!("198.51.100.{}", guess % 100);
        let device = (guess % 2 == 0).then(|| format!("made up {guess}"));
        let wrong = attempt("not the password", &address, device.as_deref());
        match tried(&world, wrong).await {
            Err(SignInError::Refused) => evaluated += 1,
            Err(SignInError::Throttled) => throttled += 1,
            other => panic!("{:?}", other.err()),
        }
    }
    assert!(evaluated <= 10, "{evaluated} guesses were looked at");
    assert_eq!(evaluated + throttled, 1_000);
    let stranger = tried(&world, attempt(PASSWORD, "203.0.113.9", None)).await;
    assert!(matches!(stranger, Err(SignInError::Throttled)));
    let known = attempt(PASSWORD, "192.0.2.1", Some(&owner.device));
    assert!(tried(&world, known).await.is_ok(), "the owner is shut out");
    // A browser that is known has ten guesses of its own, not any number.
    let mut looked_at = 0;
    for _ in 0..30 {
        let wrong = attempt("not the password", "192.0.2.1", Some(&owner.device));
        looked_at += i32::from(matches!(
            tried(&world, wrong).await,
            Err(SignInError::Refused)
        ));
    }
    assert_eq!(looked_at, 10);
    println!(
        "trust-10 pass {evaluated} of 1000 guesses evaluated, owner on a known device gets in"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn trust_10_a_secret_that_was_planted_in_a_browser_does_not_become_known() {
    let world = World::seeded().await;
    let planted = "put here by somebody else";
    let input = attempt(PASSWORD, "192.0.2.1", Some(planted));
    let first = tried(&world, input).await.unwrap();
    assert_ne!(first.device, planted);
    let again = attempt(PASSWORD, "192.0.2.1", Some(&first.device));
    let again = tried(&world, again).await.unwrap();
    assert_eq!(
        again.device, first.device,
        "a known browser keeps its secret"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn trust_08_a_hash_of_weaker_settings_is_made_anew_when_its_owner_signs_in() {
    let world = World::seeded().await;
    let weak = Argon2::new(
        Algorithm::Argon2id,
        Version::V0x13,
        Params::new(8_192, 1, 1, None).unwrap(),
    );
    let weak = weak.hash_password(PASSWORD.as_bytes()).unwrap().to_string();
    let hash = async || -> String {
        sqlx::query_scalar("select password_hash from identity.users where email = $1")
            .bind(PERSON)
            .fetch_one(world.sql())
            .await
            .unwrap()
    };
    sqlx::query("update identity.users set password_hash = $2 where email = $1")
        .bind(PERSON)
        .bind(&weak)
        .execute(world.sql())
        .await
        .unwrap();
    let wrong = tried(&world, attempt("not the password", "192.0.2.1", None)).await;
    assert!(wrong.is_err());
    assert_eq!(hash().await, weak, "a wrong password changes nothing");
    tried(&world, attempt(PASSWORD, "192.0.2.1", None))
        .await
        .unwrap();
    let made_anew = hash().await;
    assert!(made_anew.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
    assert!(casework::verify_password(PASSWORD, &made_anew));
    println!("trust-08 pass argon2id 19456 KiB, t=2, p=1; 1 of 1 old hashes made anew");
}

/// A password is changed between the look at it and the session's beginning.
#[tokio::test(flavor = "multi_thread")]
async fn a_password_that_was_changed_meanwhile_begins_no_session() {
    let world = World::seeded().await;
    let mut change = world.sql().begin().await.unwrap();
    sqlx::query("select 1 from identity.users where email = $1 for update")
        .bind(PERSON)
        .execute(&mut *change)
        .await
        .unwrap();
    let casework = world.casework().clone();
    let signing =
        tokio::spawn(async move { sign_in(&casework, attempt(PASSWORD, "192.0.2.1", None)).await });
    let waiting = async || -> bool {
        sqlx::query_scalar(
            "select exists (select from pg_stat_activity
             where datname = current_database() and wait_event_type = 'Lock')",
        )
        .fetch_one(world.sql())
        .await
        .unwrap()
    };
    while !waiting().await {
        assert!(
            !signing.is_finished(),
            "the session did not wait for its person's turn"
        );
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    sqlx::query("update identity.users set password_hash = 'another' where email = $1")
        .bind(PERSON)
        .execute(&mut *change)
        .await
        .unwrap();
    change.commit().await.unwrap();
    assert!(matches!(signing.await.unwrap(), Err(SignInError::Refused)));
    let begun: i64 = sqlx::query_scalar(
        "select count(*) from identity.sessions s join identity.users u using (user_id) where u.email = $1",
    )
    .bind(PERSON)
    .fetch_one(world.sql())
    .await
    .unwrap();
    assert_eq!(begun, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn trust_12_sessions_are_listed_end_at_once_and_change_their_secret() {
    let world = World::seeded().await;
    let (one, two) = (
        world.graphql(Some(PERSON)).await,
        world.graphql(Some(PERSON)).await,
    );
    let list = async || -> Value {
        let (status, _, body) = one
            .fetch(Method::GET, "/auth/sessions", None, Vec::new())
            .await;
        assert_eq!(status, StatusCode::OK);
        serde_json::from_slice::<Value>(&body).unwrap()["sessions"].take()
    };
    let sessions = list().await;
    assert_eq!(sessions.as_array().unwrap().len(), 2);
    let own: Vec<bool> = sessions
        .as_array()
        .unwrap()
        .iter()
        .map(|session| session["current"].as_bool().unwrap())
        .collect();
    assert_eq!(own.iter().filter(|own| **own).count(), 1);
    let other = sessions
        .as_array()
        .unwrap()
        .iter()
        .find(|session| session["current"] == false)
        .unwrap();
    let end = json!({"id": other["id"]}).to_string().into_bytes();
    let kind = Some("application/json");
    let (status, ..) = one
        .fetch(Method::POST, "/auth/sessions/end", kind, end.clone())
        .await;
    assert_eq!(status, StatusCode::OK);
    let seen = two.send("{ me { email } }", json!({})).await;
    assert_eq!(seen["data"]["me"], Value::Null);
    // Somebody else's session is answered like one that nobody has.
    let stranger = world.graphql(Some("editor@kestrel.example")).await;
    let theirs = json!({"id": list().await[0]["id"]})
        .to_string()
        .into_bytes();
    let (status, ..) = stranger
        .fetch(Method::POST, "/auth/sessions/end", kind, theirs)
        .await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    assert_eq!(list().await.as_array().unwrap().len(), 1);
    let lengths: Vec<i32> =
        sqlx::query_scalar("select distinct octet_length(secret_hash) from identity.sessions")
            .fetch_all(world.sql())
            .await
            .unwrap();
    assert_eq!(lengths, [32], "only hashes are stored");
    println!("trust-12 pass 256-bit secrets, stored hashed, ended at once");
}

/// Code and path of everything that was wrong.
fn told(body: &[u8]) -> Vec<(String, String)> {
    let answer: Value = serde_json::from_slice(body).unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let problems = answer["problems"].as_array().unwrap();
    problems
        .iter()
        .map(|each| (text(&each["code"]), text(&each["path"])))
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn another_password_ends_every_other_session_and_is_told_all_that_is_wrong_with_it() {
    let world = World::seeded().await;
    let (one, two) = (
        world.graphql(Some(PERSON)).await,
        world.graphql(Some(PERSON)).await,
    );
    let change = async |current: &str, new: &str| {
        let body = json!({"current": current, "new": new})
            .to_string()
            .into_bytes();
        one.fetch(
            Method::POST,
            "/auth/password",
            Some("application/json"),
            body,
        )
        .await
    };
    let (status, _, body) = change("not the password", "password1234").await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(
        told(&body),
        [("password_guessable", "new"), ("password_wrong", "current")]
            .map(|(code, path)| (code.to_owned(), path.to_owned()))
    );
    let (status, headers, _) = change(PASSWORD, "harbour kettle ladder seven").await;
    assert_eq!(status, StatusCode::NO_CONTENT);
    assert!(
        headers.contains_key("set-cookie"),
        "a fresh secret for this browser"
    );
    for ended in [&one, &two] {
        let answer = ended.send("{ me { email } }", json!({})).await;
        assert_eq!(
            answer["data"]["me"],
            Value::Null,
            "the old secrets open nothing"
        );
    }
    assert!(
        tried(&world, attempt(PASSWORD, "192.0.2.1", None))
            .await
            .is_err()
    );
    let new = attempt("harbour kettle ladder seven", "192.0.2.1", None);
    assert!(tried(&world, new).await.is_ok());
    let deeds: Vec<String> = sqlx::query_scalar(
        "select action from tenant.audit_entries where subject_kind = 'person' order by entry_id",
    )
    .fetch_all(world.sql())
    .await
    .unwrap();
    assert_eq!(
        deeds,
        [
            "sign_in",
            "sign_in",
            "sessions_end",
            "password_change",
            "sign_in"
        ]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_nobody_uses_for_four_hours_is_over() {
    let world = World::seeded().await;
    let client = world.graphql(Some(PERSON)).await;
    let email = async || {
        let data = client.send("{ me { email } }", json!({})).await;
        data["data"]["me"]["email"].clone()
    };
    world
        .arrange(
            "update identity.sessions set last_seen_at = now() - interval '3 hours 50 minutes'",
        )
        .await;
    assert_eq!(email().await, PERSON, "being used keeps it");
    world
        .arrange("update identity.sessions set last_seen_at = now() - interval '4 hours 1 minute'")
        .await;
    assert_eq!(email().await, Value::Null);
}
