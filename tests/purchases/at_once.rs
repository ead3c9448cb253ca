//! Two people acting at once: one deed happens, the other learns that it was too late.
use access::Actor;
use casework::{
    CaseError, CaseResult, Deed, PurchaseActInput, PurchaseRequestInput, PurchaseStep,
    purchase_act, purchase_request,
};
use serde_json::Value;
use testkit::World;
use tokio::task::JoinSet;
use uuid::Uuid;

use super::{AWARDED, EDITOR, HEAD, OTHER_HEAD, content, project, quotations};

fn asked(application: Uuid, item: &str, key: &str) -> PurchaseRequestInput {
    PurchaseRequestInput {
        application,
        line_id: "b2".to_owned(),
        content: content(Value::Null, item),
        interest: Some(false),
        note: String::new(),
        idempotency_key: key.to_owned(),
    }
}

fn award(purchase: Uuid, count: usize, price: &str) -> PurchaseActInput {
    PurchaseActInput {
        purchase,
        deed: Deed::Step(PurchaseStep::Award),
        expected_seq: 1,
        content: quotations(count, price),
        amount: None,
        interest: Some(false),
        reasons: Vec::new(),
        note: String::new(),
    }
}

async fn at_once(world: &World, tries: Vec<(Actor, PurchaseActInput)>) -> Vec<CaseResult<()>> {
    let mut acting = JoinSet::new();
    for (actor, input) in tries {
        let casework = world.casework().clone();
        acting.spawn(async move { purchase_act(&casework, &actor, input).await });
    }
    acting.join_all().await
}

fn codes(outcomes: &[CaseResult<()>]) -> Vec<String> {
    let refused = outcomes.iter().filter_map(|outcome| match outcome {
        Err(CaseError::Problems(problems)) => Some(problems.as_slice()[0].code.clone()),
        Ok(()) | Err(_) => None,
    });
    refused.collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_heads_awarding_at_once_one_does() {
    let world = World::seeded().await;
    let editor = world.actor(EDITOR).await;
    let application: Uuid = project(&world, AWARDED).await.parse().unwrap();
    let asked = asked(application, "30000.00", "a key of this test");
    let purchase = purchase_request(world.casework(), &editor, asked)
        .await
        .unwrap();
    let mut tries = Vec::new();
    for _ in 0..5 {
        for address in [HEAD, OTHER_HEAD] {
            tries.push((world.actor(address).await, award(purchase, 2, "28000.00")));
        }
    }
    let outcomes = at_once(&world, tries).await;
    assert_eq!(codes(&outcomes), vec!["version_conflict"; 9]);
    let acts: i64 =
        sqlx::query_scalar("select count(*) from tenant.purchase_acts where purchase_id = $1")
            .bind(purchase)
            .fetch_one(world.sql())
            .await
            .unwrap();
    assert_eq!(acts, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_awards_on_one_line_at_once_never_exceed_it() {
    let world = World::seeded().await;
    let editor = world.actor(EDITOR).await;
    let application: Uuid = project(&world, AWARDED).await.parse().unwrap();
    let mut tries = Vec::new();
    for (key, address) in [("first key", HEAD), ("second key", OTHER_HEAD)] {
        let asked = asked(application, "40000.00", key);
        let purchase = purchase_request(world.casework(), &editor, asked)
            .await
            .unwrap();
        tries.push((world.actor(address).await, award(purchase, 2, "40000.00")));
    }
    // 63,500 are left: either one fits, both do not.
    let outcomes = at_once(&world, tries).await;
    assert_eq!(codes(&outcomes), ["purchase_over_award"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_key_is_one_request_however_often_it_is_sent() {
    let world = World::seeded().await;
    let editor = world.actor(EDITOR).await;
    let application: Uuid = project(&world, AWARDED).await.parse().unwrap();
    let mut asking = JoinSet::new();
    for _ in 0..10 {
        let (casework, actor) = (world.casework().clone(), editor.clone());
        let asked = asked(application, "30000.00", "one key for all tries");
        asking.spawn(async move { purchase_request(&casework, &actor, asked).await.unwrap() });
    }
    let mut answers = asking.join_all().await;
    answers.dedup();
    assert_eq!(answers.len(), 1);
    let other = asked(application, "30000.01", "one key for all tries");
    let refused = purchase_request(world.casework(), &editor, other).await;
    assert!(
        matches!(refused, Err(CaseError::Problems(_))),
        "another body under the same key"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_done_never_changes() {
    let world = World::seeded().await;
    for statement in [
        "update tenant.purchase_acts set note = 'x'",
        "delete from tenant.purchase_acts",
        "update tenant.purchases set line_id = 'b1'",
        "update tenant.purchase_policies set body = '{}'",
    ] {
        let refused = sqlx::query(statement)
            .execute(world.sql())
            .await
            .unwrap_err();
        assert!(
            refused.to_string().contains("its rows are evidence"),
            "{refused}"
        );
    }
}
