//! The approval policy: refused with everything that is wrong, saved as a version, kept by the
//! purchases that were requested under it.
use serde_json::{Value, json};
use testkit::{Client, World};

use super::{AWARDED, EDITOR, FINANCE, act, codes, content, done, project, quotations, request};

async fn policy(client: &Client) -> Value {
    let query = "{ purchasePolicy { version body madeBy editable } }";
    client.ask(query, json!({})).await["purchasePolicy"].take()
}

async fn save(client: &Client, body: &Value, version: i32) -> Value {
    let mutation =
        "mutation($input: PurchasePolicySaveInput!) { purchasePolicySave(input: $input) {
        policy { version } problems { code path message params { name value } } } }";
    let input = json!({"body": body, "expectedVersion": version});
    client.ask(mutation, json!({"input": input})).await["purchasePolicySave"].take()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_policy_with_gaps_or_without_separation_is_refused_with_all_its_problems() {
    let world = World::seeded().await;
    let finance = world.graphql(Some(FINANCE)).await;
    let mut body = policy(&finance).await["body"].take();
    body["tiers"][1]["over_hkd"] = json!("6000");
    body["tiers"][0]["steps"][1]["roles"] = json!([]);
    body["separate"] = json!([["receipt", "payment"]]);
    let refused = save(&finance, &body, 1).await;
    assert_eq!(
        codes(&refused),
        [
            "step_without_role",
            "tier_gap",
            "separation_missing",
            "separation_missing",
            "separation_missing",
        ]
    );
    for problem in refused["problems"].as_array().unwrap() {
        let message = problem["message"].as_str().unwrap();
        assert!(
            message.contains(problem["path"].as_str().unwrap()),
            "{message}"
        );
    }
    body["tiers"][1]["over_hkd"] = json!("5000");
    body["tiers"][0]["steps"][1]["roles"] = json!(["team_head"]);
    let query = "query($body: JSON!) { purchasePolicyCheck(body: $body) { code path } }";
    let checked = finance.ask(query, json!({"body": body})).await;
    let found = checked["purchasePolicyCheck"].as_array().unwrap();
    assert_eq!(found.len(), 3, "three pairs must be kept apart: {found:?}");
    assert!(
        found
            .iter()
            .all(|problem| problem["code"] == "separation_missing")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_version_holds_for_new_purchases_and_the_old_for_old_ones() {
    let world = World::seeded().await;
    let (editor, finance) = (
        world.graphql(Some(EDITOR)).await,
        world.graphql(Some(FINANCE)).await,
    );
    let application = project(&world, AWARDED).await;
    let before = done(
        request(
            &editor,
            &application,
            "b2",
            content(Value::Null, "30000.00"),
        )
        .await,
    );
    let mut body = policy(&finance).await["body"].take();
    // From now on the finance director awards nothing.
    for tier in body["tiers"].as_array_mut().unwrap() {
        tier["steps"][1]["roles"] = json!(["department_head"]);
    }
    assert_eq!(save(&finance, &body, 1).await["policy"]["version"], 2);
    assert_eq!(codes(&save(&finance, &body, 1).await), ["version_conflict"]);
    let after = done(
        request(
            &editor,
            &application,
            "b2",
            content(Value::Null, "30000.00"),
        )
        .await,
    );
    let award = json!({"content": quotations(2, "28000.00")});
    let new = act(&finance, &after, "AWARD", award.clone()).await;
    assert_eq!(codes(&new), ["purchase_wrong_role"]);
    done(act(&finance, &before, "AWARD", award).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_policy_an_example_is_offered_and_nothing_can_be_requested() {
    let world = World::seeded().await;
    let cotton = world.graphql(Some("editor@cotton-tree.example")).await;
    let example = policy(&cotton).await;
    assert_eq!(
        (&example["version"], &example["editable"]),
        (&json!(0), &json!(false))
    );
    assert_eq!(example["body"]["policy_id"], "requisition-policy-demo");
    let application = project(&world, "DF-26-017").await;
    let refused = request(&cotton, &application, "b1", content(Value::Null, "100.00")).await;
    assert_eq!(codes(&refused), ["purchase_policy_missing"]);
    let own = save(&cotton, &example["body"], 0).await;
    assert_eq!(codes(&own), ["not_found"], "an editor saves no policy");
}
