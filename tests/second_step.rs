//! The second step of signing in: every code is taken once, whoever tries at the same time; guesses are bounded;
//! nothing that a copy of the database holds opens an account.
use axum::http::{Method, StatusCode};
use casework::{SignInError, SignInInput, SignedIn, sign_in};
use serde_json::{Value, json};
use sqlx::Row as _;
use testkit::{Client, PASSWORD, World};
use totp_rs::{Builder, Secret};

const PERSON: &str = "viewer@kestrel.example";

fn attempt(code: Option<&str>) -> SignInInput {
    SignInInput {
        email: PERSON.to_owned(),
        password: PASSWORD.to_owned(),
        code: code.map(str::to_owned),
        address: "192.0.2.1".to_owned(),
        device: None,
        agent: String::new(),
    }
}

async fn tried(world: &World, code: Option<&str>) -> Result<SignedIn, SignInError> {
    sign_in(world.casework(), attempt(code)).await
}

async fn post(client: &Client, path: &str, body: Value) -> (StatusCode, Value) {
    let body = body.to_string().into_bytes();
    let kind = Some("application/json");
    let (status, headers, body) = client.fetch(Method::POST, path, kind, body).await;
    let mut answer: Value = serde_json::from_slice(&body).unwrap_or_default();
    if let Some(cookie) = headers.get("set-cookie") {
        answer["cookie"] = json!(cookie.to_str().unwrap());
    }
    (status, answer)
}

/// The code that an app shows, some steps of thirty seconds from now by the database's clock.
async fn shown(world: &World, secret: &str, steps: i64) -> String {
    let now: i64 = sqlx::query_scalar("select extract(epoch from clock_timestamp())::bigint")
        .fetch_one(world.sql())
        .await
        .unwrap();
    let secret = Secret::try_from_base32(secret).unwrap();
    let totp = Builder::new().with_secret(secret).build().unwrap();
    let at = u64::try_from(now + steps * 30).unwrap();
    totp.generate(at).to_string()
}

/// Waits for a step of the app that has at least ten seconds left.
pub(crate) async fn early_in_a_step(world: &World) {
    loop {
        let left: i64 =
            sqlx::query_scalar("select 30 - (extract(epoch from clock_timestamp())::bigint % 30)")
                .fetch_one(world.sql())
                .await
                .unwrap();
        if left >= 10 {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    }
}

/// Turns the second step on; returns the shared secret and the recovery codes.
pub(crate) async fn turned_on(world: &World) -> (String, Vec<String>) {
    let client = world.graphql(Some(PERSON)).await;
    let (status, setup) = post(
        &client,
        "/auth/second-step/begin",
        json!({"password": PASSWORD}),
    )
    .await;
    assert_eq!(status, StatusCode::OK, "{setup}");
    let secret = setup["secret"].as_str().unwrap().to_owned();
    assert!(
        setup["url"]
            .as_str()
            .unwrap()
            .starts_with("otpauth://totp/Plumbline")
    );
    assert!(setup["picture"].as_str().unwrap().contains("<svg"));
    // The step before this one, so that this one's code is still there to sign in with.
    let code = shown(world, &secret, -1).await;
    let (status, begun) = post(&client, "/auth/second-step/confirm", json!({"code": code})).await;
    assert_eq!(status, StatusCode::OK, "{begun}");
    assert!(
        begun["cookie"].is_string(),
        "the session got a fresh secret"
    );
    let codes: Vec<String> = serde_json::from_value(begun["recoveryCodes"].clone()).unwrap();
    (secret, codes)
}

#[tokio::test(flavor = "multi_thread")]
async fn trust_13_a_code_is_taken_once_and_a_recovery_code_once_of_fifty_at_the_same_time() {
    let world = World::seeded().await;
    early_in_a_step(&world).await;
    let (secret, recovery) = turned_on(&world).await;
    assert!(matches!(
        tried(&world, None).await,
        Err(SignInError::CodeWanted)
    ));
    assert!(matches!(
        tried(&world, Some(" ")).await,
        Err(SignInError::CodeWanted)
    ));
    let used = shown(&world, &secret, -1).await;
    let replayed = tried(&world, Some(&used)).await;
    assert!(
        matches!(replayed, Err(SignInError::CodeRefused)),
        "used to turn it on"
    );
    let now = shown(&world, &secret, 0).await;
    let spaced = format!("{} {}", &now[..3], &now[3..]);
    assert!(tried(&world, Some(&spaced)).await.is_ok());
    let replayed = tried(&world, Some(&now)).await;
    assert!(
        matches!(replayed, Err(SignInError::CodeRefused)),
        "within its own step"
    );
    // Past the limit of guesses nothing is looked at, so each count begins anew.
    let forget = async || {
        sqlx::query("delete from identity.sign_in_attempts")
            .execute(world.sql())
            .await
            .unwrap();
    };
    let mut taken = 0;
    let mut refused = 0;
    // In fives, because more than five guesses are not looked at.
    for _ in 0..10 {
        forget().await;
        let tries = (0..5).map(|_| tried(&world, Some(&recovery[0])));
        for outcome in futures_util::future::join_all(tries).await {
            match outcome {
                Ok(_) => taken += 1,
                Err(SignInError::CodeRefused) => refused += 1,
                Err(other) => panic!("{other}"),
            }
        }
    }
    assert_eq!((taken, refused), (1, 49));
    println!(
        "trust-13 pass replay within its step refused, recovery code taken {taken} of 50 times"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_takings_of_one_recovery_code_at_once_succeed_once() {
    let world = World::seeded().await;
    early_in_a_step(&world).await;
    let (_, recovery) = turned_on(&world).await;
    let user: uuid::Uuid =
        sqlx::query_scalar("select user_id from identity.users where email = $1")
            .bind(PERSON)
            .fetch_one(world.sql())
            .await
            .unwrap();
    let hash = explain::sha256_hex(recovery[0].replace('-', "").as_bytes());
    let pool = &world.databases().identity;
    let bytes: Vec<u8> = sqlx::query_scalar("select decode($1, 'hex')")
        .bind(&hash)
        .fetch_one(world.sql())
        .await
        .unwrap();
    let tries = (0..50).map(|_| store::second_factors::take_recovery(pool, user, &bytes));
    let taken = futures_util::future::join_all(tries).await;
    let taken = taken
        .into_iter()
        .filter(|each| *each.as_ref().unwrap())
        .count();
    assert_eq!(taken, 1);
    let steps = (0..50).map(|_| store::second_factors::take_step(pool, user, i64::MAX));
    let taken = futures_util::future::join_all(steps).await;
    let taken = taken
        .into_iter()
        .filter(|each| *each.as_ref().unwrap())
        .count();
    assert_eq!(taken, 1);
    println!("trust-13 pass 1 of 50 parallel takings of one recovery code, 1 of 50 of one step");
}

#[tokio::test(flavor = "multi_thread")]
async fn guesses_at_a_code_are_bounded_and_a_wrong_password_learns_nothing_of_it() {
    let world = World::seeded().await;
    early_in_a_step(&world).await;
    let (secret, _) = turned_on(&world).await;
    let mut wrong = attempt(Some("000000"));
    wrong.password = "not the password".to_owned();
    let told = sign_in(world.casework(), wrong).await;
    assert!(matches!(told, Err(SignInError::Refused)));
    let mut looked_at = 0;
    for guess in 0..8 {
        let outcome = tried(&world, Some(&format!("{:06}", 900_000 + guess))).await;
        looked_at += i32::from(matches!(outcome, Err(SignInError::CodeRefused)));
    }
    assert!(looked_at <= 5, "{looked_at} codes were looked at");
    let right = shown(&world, &secret, 0).await;
    assert!(matches!(
        tried(&world, Some(&right)).await,
        Err(SignInError::Throttled)
    ));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_second_step_ends_for_password_and_code_only_and_leaves_its_trail() {
    let world = World::seeded().await;
    early_in_a_step(&world).await;
    let (secret, recovery) = turned_on(&world).await;
    let code = shown(&world, &secret, 0).await;
    let signed_in = tried(&world, Some(&code)).await.unwrap();
    let client = world.graphql(None).await.with_session(&signed_in.secret);
    let (status, told) = post(
        &client,
        "/auth/second-step/end",
        json!({"password": "not the password", "code": recovery[1]}),
    )
    .await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(told["problems"][0]["code"], "password_wrong");
    let (status, fresh) = post(
        &client,
        "/auth/second-step/recovery",
        json!({"code": recovery[2]}),
    )
    .await;
    assert_eq!(status, StatusCode::OK);
    let fresh: Vec<String> = serde_json::from_value(fresh["recoveryCodes"].clone()).unwrap();
    let end = async |code: &str| {
        post(
            &client,
            "/auth/second-step/end",
            json!({"password": PASSWORD, "code": code}),
        )
        .await
        .0
    };
    assert_eq!(
        end(&recovery[1]).await,
        StatusCode::UNPROCESSABLE_ENTITY,
        "the earlier ones are void"
    );
    assert_eq!(end(&fresh[0].to_uppercase()).await, StatusCode::NO_CONTENT);
    assert!(
        tried(&world, None).await.is_ok(),
        "the password is enough again"
    );
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
            "second_step_on",
            "session_renew",
            "sign_in",
            "recovery_codes_renew",
            "second_step_off",
            "sessions_end",
            "sign_in"
        ]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_of_the_database_holds_no_secret_and_rotated_keys_still_open() {
    let world = World::seeded().await;
    early_in_a_step(&world).await;
    let (secret, recovery) = turned_on(&world).await;
    let raw = Secret::try_from_base32(&secret).unwrap();
    let row = sqlx::query("select f.secret, k.wrapped from identity.second_factors f join identity.person_keys k using (user_id)")
        .fetch_one(world.sql())
        .await
        .unwrap();
    for column in ["secret", "wrapped"] {
        let kept: Vec<u8> = row.get(column);
        assert!(!kept.windows(20).any(|part| part == raw.as_bytes()));
    }
    let stored: String =
        sqlx::query_scalar("select string_agg(c::text, ' ') from identity.recovery_codes c")
            .fetch_one(world.sql())
            .await
            .unwrap();
    assert!(
        recovery
            .iter()
            .all(|code| !stored.contains(&code.replace('-', "")))
    );
    let entry = |id: &str, digit: char| privacy::KeyRingEntry {
        id: id.to_owned(),
        key: digit.to_string().repeat(64),
    };
    let old = privacy::KeyRingEntry {
        id: "tests".to_owned(),
        key: testkit::FIELD_KEY.to_owned(),
    };
    let rotated = world.casework_with_keys(&[entry("newer", 'c'), old]);
    let people: i64 = sqlx::query_scalar("select count(*) from identity.person_keys")
        .fetch_one(world.sql())
        .await
        .unwrap();
    let sealed_anew = casework::field_keys_rewrap(&rotated).await.unwrap();
    assert_eq!(i64::try_from(sealed_anew), Ok(people));
    assert_eq!(casework::field_keys_rewrap(&rotated).await.unwrap(), 0);
    let only_new = world.casework_with_keys(&[entry("newer", 'c')]);
    let code = shown(&world, &secret, 0).await;
    assert!(sign_in(&only_new, attempt(Some(&code))).await.is_ok());
    let name = world.actor(PERSON).await.name;
    let read = casework::names_read(&only_new, vec![name.clone()]).await;
    assert!(!read.unwrap()[&name].is_empty());
    let lost = world.casework_with_keys(&[entry("other", 'd')]);
    let code = shown(&world, &secret, 1).await;
    assert!(matches!(
        sign_in(&lost, attempt(Some(&code))).await,
        Err(SignInError::Internal(_))
    ));
    assert!(casework::names_read(&lost, vec![name]).await.is_err());
}
