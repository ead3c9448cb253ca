//! The same figures whoever computes them, in whatever order and beside whomever; and nothing done for a page that is
//! not ours.
use std::collections::BTreeSet;

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use costshare::{evaluate, read};
use explain::json::Json;
use money::Hkd;
use rand::{RngExt as _, SeedableRng as _, rngs::StdRng, seq::SliceRandom as _};
use serde_json::{Value, json};
use testkit::World;
use tower::ServiceExt as _;
use uuid::Uuid;

use crate::{
    abuse::rounds,
    drafting::{ENDORSER, OPEN_ROUND, PAST_ROUND, open_the_round},
    work::{Process, UNDONE, count, evaluate_all_again, eventually},
};

const START: &str = "mutation($input: ApplicationStartInput!) { applicationStart(input: $input) { problems { code } } }";
const STARTED: &str = "select count(*) from tenant.applications";

/// A mutation of somebody signed in, as a page of ours sends it, but for what one case takes away.
async fn forged(
    world: &World,
    cookie: &str,
    kind: &str,
    own: bool,
    origin: Option<&str>,
    get: bool,
) -> StatusCode {
    let input = json!({"roundId": OPEN_ROUND, "idempotencyKey": Uuid::new_v4()});
    let body = json!({"query": START, "variables": {"input": input}}).to_string();
    let mut request = if get {
        Request::get(format!("/graphql?query={}", START.replace(' ', "+")))
    } else {
        Request::post("/graphql")
    };
    request = request
        .header(header::COOKIE, cookie)
        .header(header::CONTENT_TYPE, kind);
    if own {
        request = request.header("x-plumbline", "1");
    }
    if let Some(origin) = origin {
        request = request.header(header::ORIGIN, origin);
    }
    let request = request.body(Body::from(body)).unwrap();
    world
        .router()
        .clone()
        .oneshot(request)
        .await
        .unwrap()
        .status()
}

#[tokio::test(flavor = "multi_thread")]
async fn trust_14_what_a_foreign_page_could_send_changes_nothing() {
    const JSON: &str = "application/json";
    let world = World::seeded().await;
    open_the_round(&world).await;
    let owner = world.graphql(Some(ENDORSER)).await;
    let cookie = owner.cookie().unwrap();
    let before = count(world.sql(), STARTED).await;
    let evil = Some("https://evil.example");
    let mut refused = 0;
    for (kind, own, origin, get) in [
        (JSON, true, None, true),
        ("text/plain", true, None, false),
        ("application/x-www-form-urlencoded", true, None, false),
        ("multipart/form-data; boundary=x", true, None, false),
        (JSON, false, None, false),
        (JSON, true, evil, false),
    ] {
        let status = forged(&world, cookie, kind, own, origin, get).await;
        assert!(
            status.is_client_error(),
            "{kind} {own} {origin:?} {get}: {status}"
        );
        refused += 1;
    }
    assert_eq!(count(world.sql(), STARTED).await, before);
    let status = forged(&world, cookie, JSON, true, None, false).await;
    assert_eq!(
        (status, count(world.sql(), STARTED).await),
        (StatusCode::OK, before + 1)
    );
    println!("trust-14 pass {refused}/6 refused, 0 mutations; as our page sends it, it is done");
}

/// Shares of a pool by fractions of integers: whole cents first, the rest to the largest remainders, ties by name.
fn by_hand(cents: i128, weights: &[(String, i128)]) -> Vec<(String, i128)> {
    let whole: i128 = weights.iter().map(|(_, weight)| weight).sum();
    let mut parts: Vec<(String, i128, i128)> = weights
        .iter()
        .map(|(name, weight)| (name.clone(), cents * weight / whole, cents * weight % whole))
        .collect();
    let given: i128 = parts.iter().map(|part| part.1).sum();
    parts.sort_by(|a, b| b.2.cmp(&a.2).then_with(|| a.0.cmp(&b.0)));
    for part in parts
        .iter_mut()
        .take(usize::try_from(cents - given).unwrap())
    {
        part.1 += 1;
    }
    let mut shares: Vec<(String, i128)> = parts
        .into_iter()
        .map(|(name, share, _)| (name, share))
        .collect();
    shares.sort();
    shares
}

#[test]
fn trust_25_ten_thousand_pools_split_as_fractions_by_hand_and_add_up() {
    let mut dice = StdRng::seed_from_u64(25);
    for case in 0..10_000 {
        let cents: i64 = dice.random_range(0..100_000_000_000);
        let names: BTreeSet<String> = (0..dice.random_range(1..12))
            .map(|_| format!("a{}", dice.random_range(0..100)))
            .collect();
        let mut weights: Vec<(String, i128)> = names
            .into_iter()
            .map(|name| (name, dice.random_range(0..100_000_000)))
            .collect();
        weights[0].1 += 1;
        let written: serde_json::Map<String, Value> = weights
            .iter()
            .map(|(name, weight)| (name.clone(), json!(weight.to_string())))
            .collect();
        let amount = Hkd::from_cents(cents);
        let pool = json!({"id": "x", "amount": amount.to_string(), "basis": "staff_time", "weights": written});
        let body = json!({"financial_year": "2025-26", "pools": [pool]}).to_string();
        let result = evaluate(&read(&Json::parse(&body).unwrap()).unwrap()).unwrap();
        let shares: Vec<(String, i128)> = result.pools[0]
            .shares
            .iter()
            .map(|(name, share)| (name.clone(), share.cents().into()))
            .collect();
        assert_eq!(
            shares,
            by_hand(cents.into(), &weights),
            "case {case}: {body}"
        );
    }
    println!(
        "trust-25 pass 10,000 random pools equal exact fractions to the cent; parts sum to the whole"
    );
}

/// The question of the newest official ranking of the past round, and its answer, as they are stored.
async fn ranked(world: &World) -> (String, String, String) {
    sqlx::query_as(
        "select r.input, r.input_hash, r.output from tenant.rankings k
         join tenant.runs r on r.tenant_id = k.tenant_id and r.run_id = k.rank_run_id
         where k.round_id = $1::uuid order by k.computed_at desc limit 1",
    )
    .bind(PAST_ROUND)
    .fetch_one(world.sql())
    .await
    .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn trust_26_one_two_and_four_workers_rank_alike_whatever_comes_first() {
    let mut seen = BTreeSet::new();
    let mut runs = 0;
    for turn in 0..rounds(33, 1) {
        for workers in [1, 2, 4] {
            let world = World::seeded().await;
            let (_, _, before) = ranked(&world).await;
            let order = u64::try_from(turn * 10 + workers).unwrap();
            evaluate_all_again(&world, &mut StdRng::seed_from_u64(order)).await;
            let many = || Process::start(world.plumbline(&["work", "--concurrency", "2"]));
            let processes: Vec<Process> = (0..workers).map(|_| many()).collect();
            eventually(async || count(world.sql(), UNDONE).await == 0).await;
            drop(processes);
            let (_, hash, output) = ranked(&world).await;
            assert!(output.len() > 1_000 && before.len() > 1_000);
            seen.insert((hash, output));
            runs += 1;
        }
    }
    assert_eq!(seen.len(), 1, "{} different rankings", seen.len());
    println!(
        "trust-26 pass {runs} runs with 1, 2 and 4 workers, work in another order each time: one ranking to the byte"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn trust_26_a_hundred_orders_of_arrival_give_the_same_bytes() {
    let world = World::seeded().await;
    let (input, _, _) = ranked(&world).await;
    let mut question: Value = serde_json::from_str(&input).unwrap();
    if question["stability"].is_object() {
        // The draws are seeded by the question; fewer are as good for this.
        question["stability"]["samples"] = json!(200);
    }
    let mut dice = StdRng::seed_from_u64(26);
    let mut seen = BTreeSet::new();
    for threads in [1, 2, 4] {
        for _ in 0..=(100 / (threads * 3)) {
            let mut asked = Vec::new();
            for _ in 0..threads {
                question["applications"]
                    .as_array_mut()
                    .unwrap()
                    .shuffle(&mut dice);
                let question = Json::parse(&question.to_string()).unwrap();
                asked.push(tokio::task::spawn_blocking(move || {
                    ranking::calc_rank(&question).unwrap().to_string()
                }));
            }
            for answer in asked {
                seen.insert(answer.await.unwrap());
            }
        }
    }
    assert_eq!(seen.len(), 1, "{} different answers", seen.len());
    println!(
        "trust-26 pass 100 orders on 1, 2 and 4 threads: the same bytes; ties by the documented key"
    );
}
