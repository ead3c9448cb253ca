//! What came of an awarded project: reported once by its NGO, held against what was promised.
use serde_json::{Value, json};
use testkit::{Client, World};
use uuid::Uuid;

use super::{OFFICER, found, seen, submission};

/// Awarded in the demonstration; its NGO has reported.
const REPORTED: &str = "DF-26-006";
const ENDORSER: &str = "endorser@kestrel.example";

async fn application(world: &World, reference: &str) -> String {
    let id: Uuid =
        sqlx::query_scalar("select application_id from tenant.applications where reference = $1")
            .bind(reference)
            .fetch_one(world.sql())
            .await
            .unwrap();
    id.to_string()
}

async fn own(client: &Client, id: &str) -> Value {
    let query = "query($id: ID!) { application(id: $id) { outturn {
        version sent content forecast problems { code path } sroi { ratio }
        difference { ratioBefore ratioAfter } } } }";
    let mut data = client.ask(query, json!({"id": id})).await;
    data["application"]["outturn"].take()
}

async fn save(client: &Client, id: &str, content: &Value, version: i32) -> Value {
    let mutation = "mutation($input: OutturnSaveInput!) { outturnSave(input: $input) {
        application { id } problems { code path } } }";
    let input = json!({"applicationId": id, "content": content, "expectedVersion": version});
    let mut data = client.ask(mutation, json!({"input": input})).await;
    data["outturnSave"].take()
}

async fn send(client: &Client, id: &str, key: &str) -> Value {
    let mutation = "mutation($input: OutturnSendInput!) { outturnSend(input: $input) {
        application { id } problems { code path } } }";
    let input = json!({"applicationId": id, "idempotencyKey": key});
    let mut data = client.ask(mutation, json!({"input": input})).await;
    data["outturnSend"].take()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_funder_sees_what_was_promised_beside_what_came() {
    let world = World::seeded().await;
    let officer = world.graphql(Some(OFFICER)).await;
    let id = submission(&world, REPORTED).await;
    let now = seen(&officer, &id).await;
    let outturn = &now["outturn"];
    assert_eq!(outturn["difference"]["ratioBefore"], now["sroi"]["ratio"]);
    assert_eq!(
        outturn["difference"]["ratioAfter"],
        outturn["sroi"]["ratio"]
    );
    assert_eq!(outturn["difference"]["steps"].as_array().unwrap().len(), 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_sent_cannot_be_changed_or_sent_again() {
    let world = World::seeded().await;
    let endorser = world.graphql(Some(ENDORSER)).await;
    let id = application(&world, REPORTED).await;
    let own = own(&endorser, &id).await;
    assert_eq!(own["sent"], true);
    let again = save(&endorser, &id, &own["content"], 1).await;
    assert_eq!(found(&again), [("outturn_sent", "")]);
    let again = send(&endorser, &id, "another key of this test").await;
    assert_eq!(found(&again), [("outturn_sent", "")]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_project_without_an_award_reports_nothing() {
    let world = World::seeded().await;
    let endorser = world.graphql(Some("endorser@nine-bridges.example")).await;
    let id = application(&world, "DF-26-033").await;
    assert_eq!(own(&endorser, &id).await, Value::Null);
    let refused = save(&endorser, &id, &json!({}), 0).await;
    assert_eq!(found(&refused), [("nothing_awarded", "")]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_award_opens_the_report_which_keeps_what_is_typed_and_refuses_to_send_what_is_wrong() {
    let world = World::seeded().await;
    // As if nothing had been reported yet.
    world
        .arrange("alter table tenant.received_outturns disable trigger user")
        .await;
    world
        .arrange("alter table tenant.outturns disable trigger user")
        .await;
    world.arrange("delete from tenant.received_outturns").await;
    world.arrange("delete from tenant.outturns").await;
    let endorser = world.graphql(Some(ENDORSER)).await;
    let id = application(&world, REPORTED).await;
    let fresh = own(&endorser, &id).await;
    assert_eq!(fresh["version"], 0);
    assert_eq!(fresh["content"], fresh["forecast"]);
    assert_eq!(
        fresh["difference"]["ratioBefore"],
        fresh["difference"]["ratioAfter"]
    );
    let mut content = fresh["forecast"].clone();
    content["value_map"]["outcomes"][0]["quantity"] = json!("many");
    content["spent"][0]["amount"] = json!("-x");
    let saved = save(&endorser, &id, &content, 0).await;
    assert_eq!(saved["problems"], json!([]), "whatever was typed is kept");
    let kept = own(&endorser, &id).await;
    assert_eq!(
        kept["content"]["value_map"]["outcomes"][0]["quantity"],
        "many"
    );
    let paths = found(&kept);
    assert!(
        paths.contains(&("not_decimal", "value_map.outcomes[0].quantity")),
        "{paths:?}"
    );
    assert!(
        paths.iter().any(|(_, path)| *path == "spent[0].amount"),
        "{paths:?}"
    );
    let refused = send(&endorser, &id, "a key of this test").await;
    assert_eq!(found(&refused).len(), paths.len());
    let conflict = save(&endorser, &id, &content, 0).await;
    assert_eq!(found(&conflict)[0].0, "version_conflict");
    let right = save(&endorser, &id, &fresh["forecast"], 1).await;
    assert_eq!(right["problems"], json!([]));
    for _ in 0..2 {
        let sent = send(&endorser, &id, "the same key twice").await;
        assert_eq!(sent["problems"], json!([]), "{sent}");
    }
    assert_eq!(world.run_jobs().await, 1);
}
