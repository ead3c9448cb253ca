//! Deciding: a later decision supersedes the one before, money goes into both ledgers, and the
//! council's report counts what was awarded.
use money::Hkd;
use serde_json::{Value, json};
use testkit::{Client, World};
use uuid::Uuid;

use super::{codes, followed, received};

/// Approved in full in the demonstration: HK$468,000.00 over six lines.
const DECIDED: &str = "DF-26-006";

const DECIDE: &str = "mutation($input: DecisionRecordInput!) { decisionRecord(input: $input) {
    received { reference } problems { code path } } }";

struct Case {
    submission: Uuid,
    application: Uuid,
    applicant: Uuid,
    programme: Uuid,
}

async fn case(world: &World) -> Case {
    let (submission, application, applicant, programme) = sqlx::query_as(
        "select s.submission_id, s.application_id, s.applicant_tenant_id, r.programme_id
         from tenant.received_submissions s join published.rounds r using (round_id)
         where s.reference = $1",
    )
    .bind(DECIDED)
    .fetch_one(world.sql())
    .await
    .unwrap();
    Case {
        submission,
        application,
        applicant,
        programme,
    }
}

async fn decide(client: &Client, submission: Uuid, key: &str, b1: &str) -> Value {
    let input = json!({
        "submissionId": submission, "outcome": "APPROVE_IN_PART",
        "lines": [{"lineId": "b1", "amount": b1}], "reasonCodes": ["over_cap"],
        "reason": "The panel met again.", "conditions": "", "idempotencyKey": key,
    });
    let mut data = client.ask(DECIDE, json!({"input": input})).await;
    data["decisionRecord"].take()
}

/// Awards less refunds, as one tenant's copy of the ledger has them.
async fn ledger(world: &World, case: &Case, tenant: Uuid) -> String {
    sqlx::query_scalar(
        "select coalesce(sum(case kind when 'award' then amount else -amount end), 0)::numeric(20, 2)::text
         from tenant.award_ledger where tenant_id = $1 and reference = $2 and programme_id = $3",
    )
    .bind(tenant)
    .bind(DECIDED)
    .bind(case.programme)
    .fetch_one(world.sql())
    .await
    .unwrap()
}

async fn awarded_in_sector(world: &World) -> Hkd {
    let analyst = world.graphql(Some("analyst@council.example")).await;
    let query = "{ sectorReport(dimension: DISTRICT) { total { awarded } } }";
    let data = analyst.ask(query, json!({})).await;
    Hkd::try_from_text(data["sectorReport"]["total"]["awarded"].as_str().unwrap()).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_decision_supersedes_the_one_before_and_reaches_both_ledgers_and_the_council() {
    let world = World::seeded().await;
    let case = case(&world).await;
    let chair = world.graphql(Some("chair@funder.example")).await;
    let funder = world.actor("chair@funder.example").await.tenant.0;
    let before = received(&chair, &case.submission.to_string()).await;
    let first = &before["decisions"][0];
    assert_eq!(
        (&first["outcome"], &first["amount"]),
        (&json!("APPROVE"), &json!("468000.00"))
    );
    let sector = awarded_in_sector(&world).await;

    let done = decide(
        &chair,
        case.submission,
        "the panel's second meeting",
        "100000.00",
    )
    .await;
    assert_eq!(codes(&done), [""; 0]);

    let after = received(&chair, &case.submission.to_string()).await;
    let decisions = after["decisions"].as_array().unwrap();
    assert_eq!(decisions.len(), 2);
    assert_eq!(decisions[0]["supersedes"], first["id"]);
    assert_eq!(decisions[0]["amount"], "100000.00");
    assert_eq!(
        decisions[0]["lines"],
        json!([{"lineId": "b1", "amount": "100000.00"}])
    );
    assert_eq!(&decisions[1], first, "the earlier decision is as it was");
    for tenant in [funder, case.applicant] {
        assert_eq!(ledger(&world, &case, tenant).await, "100000.00", "{tenant}");
    }
    assert_eq!(world.run_jobs().await, 1);
    let less = Hkd::try_from_text("368000.00").unwrap();
    assert_eq!(
        awarded_in_sector(&world).await.checked_add(less).unwrap(),
        sector
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn one_key_is_one_decision_and_a_wrong_amount_is_none() {
    let world = World::seeded().await;
    let case = case(&world).await;
    let chair = world.graphql(Some("chair@funder.example")).await;
    let refused = decide(&chair, case.submission, "a key of this test", "128300.01").await;
    assert_eq!(codes(&refused), ["amount_outside_line"]);
    for _ in 0..3 {
        let done = decide(&chair, case.submission, "a key of this test", "50000.00").await;
        assert_eq!(codes(&done), [""; 0]);
    }
    let other = decide(&chair, case.submission, "a key of this test", "60000.00").await;
    assert_eq!(codes(&other), ["idempotency_key_reused"]);
    let seen = received(&chair, &case.submission.to_string()).await;
    assert_eq!(seen["decisions"].as_array().unwrap().len(), 2);
    world.run_jobs().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_applicant_learns_the_outcome_and_not_the_reason() {
    let world = World::seeded().await;
    let case = case(&world).await;
    let chair = world.graphql(Some("chair@funder.example")).await;
    decide(&chair, case.submission, "a key of this test", "50000.00").await;
    world.run_jobs().await;
    let address: String = sqlx::query_scalar(
        "select u.email from identity.users u join identity.memberships m using (user_id)
         where m.tenant_id = $1 order by u.email limit 1",
    )
    .bind(case.applicant)
    .fetch_one(world.sql())
    .await
    .unwrap();
    let applicant = world.graphql(Some(&address)).await;
    let told = followed(&applicant, &case.application.to_string()).await;
    let timeline = told["timeline"].as_array().unwrap();
    let decided: Vec<&Value> = timeline
        .iter()
        .filter(|event| event["code"] == "decided")
        .collect();
    assert_eq!(decided.len(), 2);
    for event in decided {
        let params = event["params"].as_array().unwrap();
        assert_eq!(params.len(), 1);
        assert_eq!(params[0]["name"], "outcome");
    }
    assert!(!told.to_string().contains("The panel met again."));
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_decided_before_a_ranking_was_adopted() {
    let world = World::seeded().await;
    world
        .arrange("update published.rounds set stage = 'closed', adopted_ranking = null where stage = 'ranked'")
        .await;
    let case = case(&world).await;
    let chair = world.graphql(Some("chair@funder.example")).await;
    let refused = decide(&chair, case.submission, "a key of this test", "50000.00").await;
    assert_eq!(codes(&refused), ["ranking_not_adopted"]);
}
