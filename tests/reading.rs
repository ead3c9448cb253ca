//! What a funder's people read of an application is in the trail, by whatever way they read it; a list shows figures
//! and opens nothing.
use serde_json::{Value, json};
use testkit::{Client, World};

use crate::{
    drafting::PAST_ROUND,
    value::{REVIEWER, submission},
};

/// Awarded in the demonstration, with an assessed copy or not, and what came of it.
const READ: &str = "DF-26-006";

async fn opened(world: &World, id: &str) -> i64 {
    let reviewer = world.actor(REVIEWER).await.user.0;
    sqlx::query_scalar(
        "select count(*) from tenant.audit_entries
         where action = 'application_read' and subject_id = $1::uuid and actor_id = $2",
    )
    .bind(id)
    .bind(reviewer)
    .fetch_one(world.sql())
    .await
    .unwrap()
}

async fn compute(client: &Client, id: &str) {
    let explore =
        "query($input: SroiExploreInput!) { sroiExplore(input: $input) { problems { code } } }";
    let input = json!({"input": {"submissionId": id, "draws": 100}});
    let explored = client.ask(explore, input).await;
    assert_eq!(explored["sroiExplore"]["problems"], json!([]));
    let plan =
        "query($input: CostPlanInput!) { costPlan(input: $input) { plan problems { code } } }";
    let planned = client
        .ask(plan, json!({"input": {"submissionId": id}}))
        .await;
    assert!(planned["costPlan"]["plan"].is_object());
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_has_it_computed_or_opens_it_is_in_the_trail_and_a_list_opens_nothing() {
    let world = World::seeded().await;
    let reviewer = world.graphql(Some(REVIEWER)).await;
    let id = submission(&world, READ).await;
    let fields = "document costShare procurement assessment { content } outturn { content }
        sroi { ratio working outcomes { name } hints { message } tornado { parameter } }";
    let list = format!(
        "query($id: ID!) {{ inbox(roundId: $id, first: 20) {{ nodes {{ id {fields} }} }} }}"
    );
    let listed = reviewer.ask(&list, json!({"id": PAST_ROUND})).await;
    let rows = listed["inbox"]["nodes"].as_array().unwrap();
    let row = rows.iter().find(|row| row["id"] == id).unwrap();
    assert!(row["sroi"]["ratio"].is_string(), "{row}");
    for word in ["working", "outcomes", "hints", "tornado"] {
        assert_eq!(row["sroi"][word], json!([]), "{row}");
    }
    for word in [
        "document",
        "costShare",
        "procurement",
        "assessment",
        "outturn",
    ] {
        assert_eq!(row[word], Value::Null, "{row}");
    }
    assert_eq!(opened(&world, &id).await, 0);

    // Not once for each figure that is moved.
    for _ in 0..2 {
        compute(&reviewer, &id).await;
        assert_eq!(opened(&world, &id).await, 1);
    }
    let open = format!("query($id: ID!) {{ received(id: $id) {{ {fields} }} }}");
    let received = reviewer.ask(&open, json!({"id": id})).await;
    for word in ["document", "costShare", "procurement", "outturn"] {
        assert!(received["received"][word].is_object(), "{word}");
    }
    assert!(received["received"]["sroi"]["outcomes"][0]["name"].is_string());
    compute(&reviewer, &id).await;
    assert_eq!(opened(&world, &id).await, 2);

    // Tomorrow it is read anew.
    world
        .arrange(
            "alter table tenant.audit_entries disable trigger user;
             update tenant.audit_entries set at = at - interval '1 day' where action = 'application_read'",
        )
        .await;
    compute(&reviewer, &id).await;
    assert_eq!(opened(&world, &id).await, 3);
    let nobody = world.graphql(Some("viewer@kestrel.example")).await;
    let seen = nobody.ask(&open, json!({"id": id})).await;
    assert_eq!(seen["received"], Value::Null);
}
