//! What a caller may cost: over it there is a wait with a reason, for that caller alone; a lost Redis changes nothing
//! but the sharing.
use std::sync::Arc;

use api::{CostSettings, Documents, MemoryBudget};
use axum::http::StatusCode;
use serde_json::json;
use testkit::World;

use super::{Answer, PAGE, free, post, served::Served};
use crate::work::redis;

/// About nine tenths of what the heaviest operation may cost.
const HEAVY: &str = "{ audit: auditEntries(first: 100) { nodes { id at actor action subjectKind subjectId sequence sha256 } } }";

async fn as_person(world: &World, cookie: &str, query: &str) -> Answer {
    post(world, &[PAGE, ("cookie", cookie)], free(query)).await
}

#[tokio::test(flavor = "multi_thread")]
async fn over_the_budget_one_caller_waits_and_nobody_else() {
    let settings = CostSettings::try_new(20_010, 1).unwrap();
    let budget = Arc::new(MemoryBudget::new(settings));
    let world = World::seeded().await.with_doors(Documents::free(), budget);
    let greedy = world.graphql(Some("endorser@kestrel.example")).await;
    let modest = world
        .graphql(Some("endorser@harbour-lantern.example"))
        .await;
    let (greedy, modest) = (greedy.cookie().unwrap(), modest.cookie().unwrap());
    let mut served = 0;
    let refused = loop {
        let answer = as_person(&world, greedy, HEAVY).await;
        if answer.status != StatusCode::OK {
            break answer;
        }
        served += 1;
        assert!(served < 100, "never refused");
    };
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(refused.code(), "cost_budget_spent");
    let wait: u64 = refused.headers["retry-after"]
        .to_str()
        .unwrap()
        .parse()
        .unwrap();
    assert!(wait > 0);
    assert_eq!(
        refused.json()["problems"][0]["params"],
        json!([{"name": "seconds", "value": wait.to_string()}])
    );
    assert!(refused.json()["data"].is_null(), "nothing was done");
    assert_eq!(
        as_person(&world, modest, HEAVY).await.status,
        StatusCode::OK
    );
    // Refusing costs too: whoever sends only what is refused is stopped as well.
    let mut tries = 0;
    while post(&world, &[PAGE], free("{ nonsense }")).await.status == StatusCode::OK {
        tries += 1;
        assert!(tries <= 2_001, "refused documents cost nothing");
    }
    println!("cost pass {served} heavy queries, then 429 and {wait} s; others are served");
}

#[tokio::test(flavor = "multi_thread")]
async fn processes_share_a_budget_over_redis_and_go_on_without_it() {
    let world = World::seeded().await;
    let (mut server, url) = redis().await;
    let limits = ["--cost-capacity", "20010", "--cost-per-second", "1"];
    let web = world.plumbline_folder().to_owned();
    let one = Served::start(&world, &web, &limits, Some(&url)).await;
    let two = Served::start(&world, &web, &limits, Some(&url)).await;
    let owner = world.graphql(Some("endorser@kestrel.example")).await;
    let (secret, _) = super::tokens::make(&owner, &["audit:read"]).await;
    let bearer = format!("authorization: Bearer {secret}\r\n");
    let mut granted = 0;
    while one.post("/graphql", &bearer, &free(HEAVY)).await.status == 200 {
        granted += 1;
        assert!(granted < 100, "never refused");
    }
    let other = two.post("/graphql", &bearer, &free(HEAVY)).await;
    assert_eq!(other.status, 429, "{}", other.body);
    assert!(other.head.contains("retry-after: "));
    server.kill();
    let without = two.post("/graphql", &bearer, &free(HEAVY)).await;
    assert_eq!(without.status, 200, "{}", without.body);
    println!("cost pass shared by two processes; a killed Redis refuses nobody");
}
