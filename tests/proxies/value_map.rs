//! A value map that takes a price from the library: what must be there, and what is frozen with it.
use casework::{application_submit, section_save};
use serde_json::{Value, json};
use testkit::World;
use uuid::Uuid;

use super::{STEWARD, decide, proposal, propose};
use crate::drafting::{ENDORSER, EXAMPLE, FINANCE, complete_draft, sections};

/// The example's value map, its first outcome priced by the library.
fn priced_by(id: &str, version: i64) -> Value {
    let mut map = sections(EXAMPLE)["value_map"].clone();
    map["outcomes"][0]["library"] = json!({"id": id, "version": version});
    map
}

#[tokio::test(flavor = "multi_thread")]
async fn an_outcome_names_a_published_entry_or_an_own_proposal_and_nothing_else() {
    let world = World::seeded().await;
    let actor = world.actor(ENDORSER).await;
    let application = complete_draft(&world, &actor).await;
    let own = propose(&world.graphql(Some(FINANCE)).await, &proposal()).await;
    let neighbour = world.graphql(Some("editor@harbour-lantern.example")).await;
    let theirs = propose(&neighbour, &proposal()).await;
    let id =
        |made: &Value| -> String { made["proposal"]["proxy"]["id"].as_str().unwrap().to_owned() };
    let tries = [
        ("respite-day".to_owned(), 1, true),
        ("respite-day".to_owned(), 2, true),
        ("respite-day".to_owned(), 3, false),
        ("respite-day".to_owned(), 99_999_999_999, false),
        (id(&own), 1, true),
        (id(&theirs), 1, false),
    ];
    let mut version = 1;
    for (named, number, known) in tries {
        let map = priced_by(&named, number);
        let saved = section_save(
            world.casework(),
            &actor,
            application,
            "value_map",
            &map,
            version,
        )
        .await
        .unwrap();
        version = saved.version;
        let found: Vec<(&str, &str)> = saved
            .problems
            .iter()
            .map(|problem| (problem.code.as_str(), problem.path.as_str()))
            .collect();
        let expected = [("proxy_unknown", "outcomes[0].library")];
        assert_eq!(found, &expected[usize::from(known)..], "{named} {number}");
    }
    let key = Uuid::now_v7().to_string();
    let refused = application_submit(world.casework(), &actor, application, &key).await;
    assert_eq!(crate::drafting::problem_codes(refused), ["proxy_unknown"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_submitted_version_keeps_the_entries_as_they_stood() {
    let world = World::seeded().await;
    let actor = world.actor(ENDORSER).await;
    let application = complete_draft(&world, &actor).await;
    let proposed = propose(&world.graphql(Some(FINANCE)).await, &proposal()).await;
    let own = proposed["proposal"]["proxy"]["id"].as_str().unwrap();
    let mut map = priced_by(own, 1);
    map["outcomes"][1]["library"] = json!({"id": "gb-gp-consultation", "version": 1});
    section_save(world.casework(), &actor, application, "value_map", &map, 1)
        .await
        .unwrap();
    let key = Uuid::now_v7().to_string();
    application_submit(world.casework(), &actor, application, &key)
        .await
        .unwrap();
    let document: String = sqlx::query_scalar(
        "select document from tenant.received_submissions where application_id = $1",
    )
    .bind(application)
    .fetch_one(world.sql())
    .await
    .unwrap();
    let document: Value = serde_json::from_str(&document).unwrap();
    let expected = json!([
        {"id": "gb-gp-consultation", "version": 1, "value": "44", "low": "33", "high": "44",
         "unit": {"en": "consultation", "zh": "次"}, "price_year": 2015, "needs_local_basis": true,
         "state": "published"},
        {"id": own, "version": 1, "value": "175.5", "low": "120", "high": "230",
         "unit": {"en": "walk", "zh": "次"}, "price_year": 2024, "needs_local_basis": false,
         "state": "proposed"},
    ]);
    let named = ["gb-gp-consultation", own];
    let frozen: Value = document["proxies"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|entry| named.contains(&entry["id"].as_str().unwrap()))
        .cloned()
        .collect();
    assert_eq!(frozen, expected);

    // The run asks about the entries as they were frozen, not as they came to stand.
    let steward = world.graphql(Some(STEWARD)).await;
    decide(&steward, &proposed["proposal"]["id"], true, "Checked.").await;
    world.run_jobs().await;
    let input: String = sqlx::query_scalar(
        "select input from tenant.runs r join tenant.received_submissions s
             on s.tenant_id = r.tenant_id and s.submission_id = r.subject_id
         where s.application_id = $1 and r.kind = 'sroi'",
    )
    .bind(application)
    .fetch_one(world.sql())
    .await
    .unwrap();
    let input: Value = serde_json::from_str(&input).unwrap();
    let asked = |position: usize| &input["outcomes"][position]["library"];
    assert_eq!(
        (&asked(0)["id"], &asked(0)["state"]),
        (&json!(own), &json!("proposed"))
    );
    assert_eq!(asked(1)["needs_local_basis"], true);
}
