//! An appeal is decided by somebody who took no part, on a file of which every run gives the same answer
//! again.
use serde_json::{Value, json};
use testkit::{Client, World};
use uuid::Uuid;

use super::{APPROVER, CHAIR, codes, opened, submission};

/// Awarded to the applicant of the demonstration that has an endorser.
const DECIDED: &str = "DF-26-006";
const ENDORSER: &str = "endorser@kestrel.example";

const SEND: &str = "mutation($input: AppealSendInput!) { appealSend(input: $input) {
    application { appeal { id grounds outcome } } problems { code path } } }";
const DECIDE: &str = "mutation($input: AppealDecideInput!) { appealDecide(input: $input) {
    received { appeals { outcome decidedBy bundleSha256 } } problems { code path } } }";
const BUNDLE: &str = "query($id: ID!) { appealBundle(appealId: $id) {
    sha256 allEqual checks { kind equal } document } }";

async fn application(world: &World) -> Uuid {
    sqlx::query_scalar("select application_id from tenant.applications where reference = $1")
        .bind(DECIDED)
        .fetch_one(world.sql())
        .await
        .unwrap()
}

async fn appeal(world: &World, grounds: &str, key: &str) -> Value {
    let client = world.graphql(Some(ENDORSER)).await;
    let application = application(world).await;
    let input = json!({"applicationId": application, "grounds": grounds, "idempotencyKey": key});
    let mut data = client.ask(SEND, json!({"input": input})).await;
    data["appealSend"].take()
}

async fn decide(client: &Client, appeal: &Value, sha256: &Value) -> Value {
    let input = json!({"appealId": appeal, "outcome": "UPHELD", "bundleSha256": sha256,
                       "reason": "The quotation was not read."});
    let mut data = client.ask(DECIDE, json!({"input": input})).await;
    data["appealDecide"].take()
}

/// Everything the file rests on was computed again and came out the same, and it names no reviewer.
fn bundle_replays(bundle: &Value) {
    let kinds: Vec<&str> = bundle["checks"]
        .as_array()
        .unwrap()
        .iter()
        .map(|check| check["kind"].as_str().unwrap())
        .collect();
    for kind in [
        "costshare",
        "eligibility",
        "rank",
        "select",
        "severity",
        "sroi",
    ] {
        assert!(kinds.contains(&kind), "{kind} is not in {kinds:?}");
    }
    assert_eq!(bundle["allEqual"], true, "{}", bundle["checks"]);
    let text = explain::canonical_json(&bundle["document"]);
    assert_eq!(bundle["sha256"], explain::sha256_hex(text.as_bytes()));
    assert!(
        !text.contains("Reviewer"),
        "reviewers are numbered, not named"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_appeal_is_decided_by_another_person_on_a_file_that_replays() {
    let world = World::seeded().await;
    let blank = appeal(&world, "  ", "a blank appeal").await;
    assert_eq!(codes(&blank), [("grounds_missing", "grounds")]);
    for _ in 0..2 {
        let sent = appeal(
            &world,
            "The quotation for line b2 was not read.",
            "the appeal",
        )
        .await;
        assert_eq!(codes(&sent), []);
    }
    let again = appeal(&world, "And another thing.", "another appeal").await;
    assert_eq!(codes(&again), [("nothing_to_appeal", "")]);

    let chair = world.graphql(Some(CHAIR)).await;
    let approver = world.graphql(Some(APPROVER)).await;
    let id = submission(&world, DECIDED).await;
    let query = "query($id: ID!) { received(id: $id) { appeals { id mayDecide whyNot } } }";
    let seen = chair.ask(query, json!({"id": id})).await;
    let own = &seen["received"]["appeals"][0];
    assert_eq!(
        (&own["mayDecide"], &own["whyNot"]),
        (&json!(false), &json!("took_part"))
    );
    let data = approver.ask(BUNDLE, json!({"id": own["id"]})).await;
    let bundle = &data["appealBundle"];
    bundle_replays(bundle);

    let refused = decide(&chair, &own["id"], &bundle["sha256"]).await;
    assert_eq!(codes(&refused), [("took_part", "")]);
    let other = decide(&approver, &own["id"], &json!("0")).await;
    assert_eq!(codes(&other), [("bundle_changed", "bundleSha256")]);
    let done = decide(&approver, &own["id"], &bundle["sha256"]).await;
    assert_eq!(codes(&done), []);
    assert_eq!(
        done["received"]["appeals"][0]["bundleSha256"],
        bundle["sha256"]
    );
    let twice = decide(&approver, &own["id"], &bundle["sha256"]).await;
    assert_eq!(codes(&twice), [("already_decided", "appealId")]);

    // The decision stands until the panel makes it again.
    let decisions = opened(&chair, id).await["decisions"].clone();
    assert_eq!(decisions.as_array().unwrap().len(), 1);
    let told = world.graphql(Some(ENDORSER)).await;
    let query =
        "query($id: ID!) { application(id: $id) { appeal { outcome reason } appealUntil } }";
    let data = told
        .ask(query, json!({"id": application(&world).await}))
        .await;
    assert_eq!(
        data["application"]["appeal"],
        json!({"outcome": "UPHELD", "reason": "The quotation was not read."})
    );
    assert_eq!(data["application"]["appealUntil"], Value::Null);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_database_itself_refuses_a_judge_who_took_part() {
    let world = World::seeded().await;
    let (tenant, appeal, decider): (Uuid, Uuid, Uuid) = sqlx::query_as(
        "select a.tenant_id, a.appeal_id, d.decided_by from tenant.received_appeals a
         join tenant.decisions d using (tenant_id, decision_id) limit 1",
    )
    .fetch_one(world.sql())
    .await
    .unwrap();
    let owner = world.sql_as("plumbline_owner").await;
    let mut tx = owner.begin().await.unwrap();
    sqlx::query("select set_config('app.tenant', $1, true)")
        .bind(tenant.to_string())
        .execute(&mut *tx)
        .await
        .unwrap();
    let refused = sqlx::query(
        "insert into tenant.appeal_decisions
             (tenant_id, appeal_id, outcome, reason, bundle_sha256, decided_by, decided_by_name, decided_at)
         values ($1, $2, 'upheld', 'a', repeat('0', 64), $3, 'b', now())",
    )
    .bind(tenant)
    .bind(appeal)
    .bind(decider)
    .execute(&mut *tx)
    .await
    .unwrap_err();
    let error = refused.as_database_error().unwrap();
    assert_eq!(error.constraint(), Some("appeal_decisions_other_person"));
}
