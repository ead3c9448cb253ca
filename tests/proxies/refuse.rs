//! What is refused, to whom, and with which words.
use serde_json::{Value, json};
use testkit::World;

use super::{DECIDE, PROPOSE, STEWARD, decide, problems, proposal, propose};
use crate::drafting::FINANCE;

#[tokio::test(flavor = "multi_thread")]
async fn every_fault_of_a_proposal_is_named_at_once() {
    let world = World::seeded().await;
    let own = world.graphql(Some(FINANCE)).await;
    let mut input = proposal();
    input["name"]["zh"] = json!("");
    input["value"] = json!("119.99");
    input["high"] = json!("a lot");
    input["currency"] = json!("dollars");
    input["sourceUrl"] = json!("http://insecure.example");
    input["priceYear"] = json!(1066);
    input["region"] = json!("Hong Kong");
    input["licence"] = json!(" ");
    input["evidenceGrade"] = json!("A+");
    input["outcomes"] = json!(["loneliness_reduced", "world_peace"]);
    let refused = propose(&own, &input).await;
    let expected = [
        ("blank", "name.zh"),
        ("not_decimal", "high"),
        ("range_order", "low"),
        ("not_code", "currency"),
        ("not_address", "sourceUrl"),
        ("out_of_range", "priceYear"),
        ("not_code", "region"),
        ("blank", "licence"),
        ("not_one_of", "evidenceGrade"),
        ("unknown_outcome", "outcomes[1]"),
    ];
    assert_eq!(problems(&refused), expected);
    assert_eq!(refused["proposal"], Value::Null);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_version_needs_an_entry_and_waits_for_the_decision_on_the_one_before() {
    let world = World::seeded().await;
    let own = world.graphql(Some(FINANCE)).await;
    let mut input = proposal();
    input["id"] = json!("no-such-entry");
    assert_eq!(
        problems(&propose(&own, &input).await),
        [("proxy_unknown", "id")]
    );
    for expected in [vec![], vec![("proxy_proposal_open", "id")]] {
        let mut input = proposal();
        input["id"] = json!("respite-day");
        assert_eq!(problems(&propose(&own, &input).await), expected);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_decision_needs_a_reason_and_is_made_once_by_somebody_else() {
    let world = World::seeded().await;
    let own = world.graphql(Some(FINANCE)).await;
    let made = propose(&own, &proposal()).await;
    let id = &made["proposal"]["id"];
    let steward = world.graphql(Some(STEWARD)).await;
    let blank = decide(&steward, id, true, "  ").await;
    assert_eq!(problems(&blank), [("reason_missing", "reason")]);
    assert_eq!(problems(&decide(&steward, id, true, "Checked.").await), []);
    let again = decide(&steward, id, false, "On second thought.").await;
    assert_eq!(problems(&again), [("already_decided", "proposalId")]);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_decides_on_what_they_proposed_themselves() {
    let world = World::seeded().await;
    let made = propose(&world.graphql(Some(FINANCE)).await, &proposal()).await;
    world
        .arrange(
            "delete from identity.sessions where user_id =
                 (select user_id from identity.users where email = 'finance@kestrel.example');
             update identity.memberships set roles = array['council_steward'], tenant_id =
                 (select tenant_id from identity.tenants where kind = 'council')
             where user_id = (select user_id from identity.users where email = 'finance@kestrel.example')",
        )
        .await;
    let turned = world.graphql(Some(FINANCE)).await;
    let refused = decide(&turned, &made["proposal"]["id"], true, "It is mine.").await;
    assert_eq!(problems(&refused), [("own_proposal", "proposalId")]);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_those_with_the_role_propose_or_decide_and_an_operator_reads_nothing() {
    let world = World::seeded().await;
    let open: String = sqlx::query_scalar(
        "select proposal_id::text from tenant.received_proxy_proposals p where not exists
             (select from tenant.proxy_decisions d where d.proposal_id = p.proposal_id) limit 1",
    )
    .fetch_one(world.sql())
    .await
    .unwrap();
    let may_not_propose = ["viewer@kestrel.example", "officer@funder.example", STEWARD];
    let may_not_decide = ["analyst@council.example", FINANCE, "chair@funder.example"];
    for address in may_not_propose {
        let client = world.graphql(Some(address)).await;
        let data = client.ask(PROPOSE, json!({"input": proposal()})).await;
        assert_eq!(
            problems(&data["proxyPropose"]),
            [("not_found", "")],
            "{address}"
        );
    }
    for address in may_not_decide {
        let client = world.graphql(Some(address)).await;
        let input = json!({"proposalId": open, "approve": true, "reason": "Because."});
        let data = client.ask(DECIDE, json!({"input": input})).await;
        assert_eq!(
            problems(&data["proxyDecide"]),
            [("not_found", "")],
            "{address}"
        );
    }
    let operator = world.graphql(Some("operator@plumbline.example")).await;
    for query in ["{ proxies { nodes { id } } }", "{ proxyProposals { id } }"] {
        let answer = operator.send(query, json!({})).await;
        let code = &answer["errors"][0]["extensions"]["code"];
        assert_eq!(code, "not_found", "{query}");
    }
}
