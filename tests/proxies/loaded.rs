//! The library as it is loaded: what it says of itself, how it is searched, and that loading it again
//! changes nothing.
use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use testkit::{World, seed_file};

use super::{SEARCH, search};
use crate::drafting::EDITOR;

fn entries() -> Vec<Value> {
    let library = seed_file("proxies/library.json");
    library["entries"].as_array().unwrap().clone()
}

#[test]
fn every_hong_kong_value_says_that_it_is_illustrative_and_every_other_where_it_is_from() {
    let (mut home, mut foreign) = (0, 0);
    for entry in entries() {
        let id = &entry["id"];
        if entry["region"] == "HK" {
            home += 1;
            assert_eq!(entry["illustrative"], true, "{id}");
            assert!(
                entry["source"].as_str().unwrap().contains("fictional"),
                "{id}"
            );
        } else {
            foreign += 1;
            assert_eq!(entry["illustrative"], false, "{id}");
            assert!(entry["source_url"].is_string(), "{id}");
            assert_ne!(entry["currency"], "HKD", "{id}: converted");
        }
    }
    println!("{home} illustrative values, {foreign} foreign ones");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_search_finds_words_in_either_language_and_outcomes() {
    let world = World::seeded().await;
    let client = world.graphql(Some(EDITOR)).await;
    let ids = async |variables: Value| -> Vec<String> {
        let found = search(&client, variables).await;
        found.into_iter().map(|(id, _)| id).collect()
    };
    assert_eq!(
        ids(json!({"search": "RESPITE day"})).await,
        ["carer-stress-step", "respite-day"]
    );
    // Chinese is found inside longer words; simplified spellings are not guessed.
    assert_eq!(ids(json!({"search": "住院一"})).await, ["hospital-bed-day"]);
    assert!(
        ids(json!({"search": "照顧者"}))
            .await
            .contains(&"carer-stress-step".to_owned())
    );
    assert_eq!(
        ids(json!({"search": "暫託 residential"})).await,
        ["respite-day"]
    );
    let priced = ids(json!({"outcome": "carer_respite"})).await;
    assert_eq!(
        priced,
        ["residential-care-day", "respite-day", "respite-hour"]
    );
    let both = ids(json!({"outcome": "carer_respite", "search": "hour"})).await;
    assert_eq!(both, ["respite-hour"]);
    for nothing in ["100%_", "no such words", "';--"] {
        assert_eq!(ids(json!({"search": nothing})).await, [""; 0], "{nothing}");
    }
    assert_eq!(ids(json!({"outcome": "world_peace"})).await, [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_pages_of_the_library_hold_the_newest_version_of_every_entry_once() {
    let world = World::seeded().await;
    let client = world.graphql(Some("reviewer1@funder.example")).await;
    let mut newest = BTreeMap::<String, i64>::new();
    for entry in entries() {
        let version = newest
            .entry(entry["id"].as_str().unwrap().to_owned())
            .or_default();
        *version = (*version).max(entry["version"].as_i64().unwrap());
    }
    let mut seen = Vec::new();
    let mut after = Value::Null;
    loop {
        let data = client
            .ask(SEARCH, json!({"first": 7, "after": after}))
            .await;
        let page = &data["proxies"];
        seen.extend(page["nodes"].as_array().unwrap().iter().map(|node| {
            (
                node["id"].as_str().unwrap().to_owned(),
                node["version"].as_i64().unwrap(),
            )
        }));
        after = page["pageInfo"]["endCursor"].clone();
        if page["pageInfo"]["hasNextPage"] == false {
            break;
        }
    }
    // The approved proposal of the demonstration is there as well.
    seen.retain(|(id, _)| !id.starts_with("repair-of-an-assistive-device"));
    assert_eq!(seen, newest.into_iter().collect::<Vec<_>>());
    let answer = client
        .send(SEARCH, json!({"after": "nothing of ours"}))
        .await;
    assert_eq!(answer["errors"][0]["extensions"]["code"], "bad_cursor");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_catalogue_gives_every_outcome_its_group_and_indicators() {
    let world = World::seeded().await;
    let client = world.graphql(Some(EDITOR)).await;
    let data = client
        .ask(
            "{ reference { outcomes { code label { en zh } group { en zh } indicators { code label { zh } }
                 codes { system code } }
               volunteerRates { from to rate label { en } source }
               priceIndex { name source baseYear values { year value } } } }",
            json!({}),
        )
        .await;
    let reference = &data["reference"];
    let outcomes = reference["outcomes"].as_array().unwrap();
    let codes: BTreeSet<&str> = outcomes
        .iter()
        .map(|row| row["code"].as_str().unwrap())
        .collect();
    assert_eq!(codes.len(), outcomes.len(), "a code is listed twice");
    assert!(codes.len() >= 25, "only {}", codes.len());
    for outcome in outcomes {
        let indicators = outcome["indicators"].as_array().unwrap().len();
        assert!((1..=3).contains(&indicators), "{}", outcome["code"]);
    }
    for entry in entries() {
        for code in entry["outcomes"].as_array().unwrap() {
            assert!(
                codes.contains(code.as_str().unwrap()),
                "{}: {code}",
                entry["id"]
            );
        }
    }
    let rates = reference["volunteerRates"].as_array().unwrap();
    assert_eq!(
        rates.last().unwrap()["to"],
        Value::Null,
        "the newest rate is open"
    );
    assert!(
        rates
            .iter()
            .all(|rate| rate["source"].as_str().unwrap().contains("fictional"))
    );
    let index = &reference["priceIndex"];
    assert_eq!(index["baseYear"], 2026);
    let years = index["values"].as_array().unwrap();
    assert_eq!(years.len(), 9);
    assert_eq!(years[8], json!({"year": 2026, "value": "100"}));
}

#[tokio::test(flavor = "multi_thread")]
async fn loading_the_demonstration_again_adds_no_row() {
    let world = World::seeded().await;
    let before = rows(&world).await;
    assert!(before.values().all(|count| *count > 0), "{before:?}");
    assert!(world.seed_again().await.was_there);
    assert_eq!(rows(&world).await, before);
    // What an update brings is added to a world that was there before.
    world
        .arrange(
            "alter table published.proxies disable trigger user;
             delete from published.proxies where proxy_id = 'respite-day';
             alter table published.proxies enable trigger user",
        )
        .await;
    world.seed_again().await;
    assert_eq!(rows(&world).await, before);
}

/// How many rows there are of everything that the library touches.
async fn rows(world: &World) -> BTreeMap<String, i64> {
    let counted: Vec<(String, i64)> = sqlx::query_as(
        "select 'proxies', count(*) from published.proxies
         union all select 'library', count(*) from published.proxy_library
         union all select 'proposals', count(*) from tenant.proxy_proposals
         union all select 'received', count(*) from tenant.received_proxy_proposals
         union all select 'decisions', count(*) from tenant.proxy_decisions
         union all select 'delivered', count(*) from tenant.delivered_proxy_decisions
         union all select 'audit', count(*) from tenant.audit_entries where action like 'proxy%'",
    )
    .fetch_all(world.sql())
    .await
    .unwrap();
    counted.into_iter().collect()
}
