//! From a proposal to an entry that everybody finds.
use serde_json::json;
use testkit::World;

use super::{HISTORY, STEWARD, decide, problems, proposal, proposals, propose, publish, search};
use crate::drafting::FINANCE;

const NEIGHBOUR: &str = "editor@harbour-lantern.example";

#[tokio::test(flavor = "multi_thread")]
async fn what_an_ngo_proposes_and_the_steward_approves_is_found_by_everybody() {
    let world = World::seeded().await;
    let own = world.graphql(Some(FINANCE)).await;
    let steward = world.graphql(Some(STEWARD)).await;
    let made = propose(&own, &proposal()).await;
    assert_eq!(made["problems"], json!([]));
    let proposed = &made["proposal"];
    assert_eq!(proposed["state"], "proposed");
    let name = &proposed["proposedBy"]["en"];
    assert!(name.as_str().unwrap().starts_with("Kestrel"), "{name}");
    let proxy = &proposed["proxy"];
    assert_eq!(proxy["value"], "175.5");
    assert_eq!(
        (&proxy["own"], &proxy["illustrative"]),
        (&json!(true), &json!(true))
    );
    let id = proxy["id"].as_str().unwrap();
    assert!(id.starts_with("guide-dog-walk-"), "{id}");

    // Before the decision: the proposer and the council see it, nobody else.
    let everybody = [
        FINANCE,
        STEWARD,
        NEIGHBOUR,
        "officer@funder.example",
        "reviewer1@funder.example",
    ];
    let words = json!({"search": "guide walk"});
    for address in everybody {
        let client = world.graphql(Some(address)).await;
        let found = search(&client, words.clone()).await;
        assert_eq!(found.len(), usize::from(address == FINANCE), "{address}");
        let listed = proposals(&client).await;
        let listed = listed.iter().any(|row| row["id"] == proposed["id"]);
        assert_eq!(listed, [FINANCE, STEWARD].contains(&address), "{address}");
        let history = client.ask(HISTORY, json!({"id": id})).await;
        assert_eq!(history["proxy"].is_null(), address != FINANCE, "{address}");
    }

    let decided = decide(&steward, &proposed["id"], true, " Invoices were shown. ").await;
    assert_eq!(decided["problems"], json!([]));
    assert_eq!(decided["proposal"]["state"], "approved");
    for address in everybody {
        let client = world.graphql(Some(address)).await;
        let found = search(&client, words.clone()).await;
        assert_eq!(found, [(id.to_owned(), 1)], "{address}");
        let history = client.ask(HISTORY, json!({"id": id})).await;
        let versions = json!([{"version": 1, "value": "175.5", "own": false}]);
        assert_eq!(history["proxy"]["versions"], versions, "{address}");
    }
    let told = proposals(&own).await;
    let told = told.iter().find(|row| row["id"] == proposed["id"]).unwrap();
    assert_eq!(
        (&told["state"], &told["reason"]),
        (&json!("approved"), &json!("Invoices were shown."))
    );
    assert!(told["decidedBy"].is_string() && told["decidedAt"].is_string());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_version_stands_before_the_old_one_and_both_stay() {
    let world = World::seeded().await;
    let id = publish(&world, FINANCE, &proposal()).await;
    let mut second = proposal();
    second["id"] = json!(id);
    second["value"] = json!("190");
    // Anybody may propose a better value for an entry.
    assert_eq!(publish(&world, NEIGHBOUR, &second).await, id);
    let reader = world.graphql(Some("viewer@kestrel.example")).await;
    assert_eq!(
        search(&reader, json!({"search": "導盲犬"})).await,
        [(id.clone(), 2)]
    );
    let history = reader.ask(HISTORY, json!({"id": id})).await;
    let versions = json!([{"version": 2, "value": "190", "own": false},
                          {"version": 1, "value": "175.5", "own": false}]);
    assert_eq!(history["proxy"]["versions"], versions);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_proposal_keeps_its_reason_and_is_published_to_nobody() {
    let world = World::seeded().await;
    let own = world.graphql(Some(FINANCE)).await;
    let made = propose(&own, &proposal()).await;
    let steward = world.graphql(Some(STEWARD)).await;
    let decided = decide(&steward, &made["proposal"]["id"], false, "No source.").await;
    assert_eq!(decided["proposal"]["state"], "refused");
    let listed = proposals(&own).await;
    let refused = listed
        .iter()
        .find(|row| row["id"] == made["proposal"]["id"]);
    let refused = refused.unwrap();
    assert_eq!(
        (&refused["state"], &refused["reason"]),
        (&json!("refused"), &json!("No source."))
    );
    assert_eq!(search(&own, json!({"search": "guide dog"})).await, []);
    // Mended, it is another proposal.
    let again = propose(&own, &proposal()).await;
    assert_ne!(again["proposal"]["id"], made["proposal"]["id"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_proposals_of_one_version_the_second_cannot_be_published_any_more() {
    let world = World::seeded().await;
    let steward = world.graphql(Some(STEWARD)).await;
    let mut input = proposal();
    input["id"] = json!("respite-day");
    let mut made = Vec::new();
    for address in [FINANCE, NEIGHBOUR] {
        let proposed = propose(&world.graphql(Some(address)).await, &input).await;
        assert_eq!(proposed["proposal"]["proxy"]["version"], 3, "{address}");
        made.push(proposed["proposal"]["id"].clone());
    }
    decide(&steward, &made[0], true, "Checked.").await;
    let late = decide(&steward, &made[1], true, "Checked.").await;
    assert_eq!(problems(&late), [("proxy_version_taken", "proposalId")]);
    // Nothing of the failed decision remains: it can still be refused.
    let refused = decide(&steward, &made[1], false, "Another was first.").await;
    assert_eq!(refused["proposal"]["state"], "refused");
    let count: i64 = sqlx::query_scalar(
        "select count(*) from tenant.audit_entries where action = 'proxy_decide'
         and subject_id = $1::uuid",
    )
    .bind(made[1].as_str())
    .fetch_one(world.sql())
    .await
    .unwrap();
    assert_eq!(count, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_key_twice_is_one_proposal() {
    let world = World::seeded().await;
    let own = world.graphql(Some(FINANCE)).await;
    let input = proposal();
    let first = propose(&own, &input).await;
    assert_eq!(propose(&own, &input).await, first);
    let mut other = input.clone();
    other["value"] = json!("180");
    let reused = propose(&own, &other).await;
    assert_eq!(
        problems(&reused),
        [("idempotency_key_reused", "idempotencyKey")]
    );
    let count: i64 = sqlx::query_scalar(
        "select count(*) from tenant.received_proxy_proposals where body -> 'name' ->> 'en' = 'Guide dog walk'",
    )
    .fetch_one(world.sql())
    .await
    .unwrap();
    assert_eq!(count, 1);
}
