//! A declared conflict of interest closes an application to its reviewer by every way of reading, in every version.
use serde_json::{Value, json};
use testkit::{Client, World};

use crate::value::{OFFICER, REVIEWER, submission};

/// What one person can read of a delivered copy, way by way.
async fn read(client: &Client, id: &str) -> Value {
    let opened = client
        .ask(
            "query($id: ID!) { received(id: $id) { document sroi { ratio } } }",
            json!({"id": id}),
        )
        .await;
    let explored = client
        .ask(
            "query($input: SroiExploreInput!) { sroiExplore(input: $input) { simulation { p5 } problems { code } } }",
            json!({"input": {"submissionId": id, "draws": 100}}),
        )
        .await;
    let planned = client
        .ask(
            "query($input: CostPlanInput!) { costPlan(input: $input) { plan problems { code } } }",
            json!({"input": {"submissionId": id}}),
        )
        .await;
    json!({
        "opened": opened["received"],
        "explored": explored["sroiExplore"],
        "planned": planned["costPlan"],
    })
}

/// What the list of its round says of it.
async fn listed(client: &Client, world: &World, id: &str) -> Value {
    let round: uuid::Uuid = sqlx::query_scalar(
        "select round_id from tenant.received_submissions where submission_id = $1::uuid",
    )
    .bind(id)
    .fetch_one(world.sql())
    .await
    .unwrap();
    let mut data = client
        .ask(
            "query($id: ID!) { inbox(roundId: $id, first: 100) { nodes { id reference document verdict { state }
                sroi { ratio } assessment { version } outturn { content } decisions { id } fundingLevels { name { en } }
                myReview { state } } } }",
            json!({"id": round}),
        )
        .await;
    let rows = data["inbox"]["nodes"].take();
    let rows = rows.as_array().unwrap();
    rows.iter().find(|row| row["id"] == id).unwrap().clone()
}

fn is_closed(seen: &Value) {
    assert!(seen["opened"].is_null(), "{}", seen["opened"]);
    for way in ["explored", "planned"] {
        assert_eq!(seen[way]["problems"][0]["code"], "not_found", "{way}");
    }
    assert!(seen["explored"]["simulation"].is_null());
    assert!(seen["planned"]["plan"].is_null());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_declared_conflict_closes_every_way_of_reading_and_every_version() {
    let world = World::seeded().await;
    let reviewer = world.graphql(Some(REVIEWER)).await;
    let id = submission(&world, "DF-26-006").await;
    let before = read(&reviewer, &id).await;
    assert!(before["opened"]["document"]["sections"].is_object());
    assert_eq!(before["explored"]["problems"], json!([]));
    assert_eq!(before["planned"]["problems"], json!([]));
    let row = listed(&reviewer, &world, &id).await;
    assert!(row["sroi"]["ratio"].is_string(), "{row}");
    assert!(row["document"].is_null(), "a list opens no document");

    let declared = reviewer
        .ask(
            "mutation($input: ReviewDeclareConflictInput!) {
                reviewDeclareConflict(input: $input) { review { state } problems { code } } }",
            json!({"input": {"submissionId": id, "reason": "board member of the applicant"}}),
        )
        .await;
    assert_eq!(
        declared["reviewDeclareConflict"]["review"]["state"],
        "conflict"
    );
    is_closed(&read(&reviewer, &id).await);
    let row = listed(&reviewer, &world, &id).await;
    assert_eq!(row["myReview"]["state"], "conflict");
    for field in ["document", "verdict", "sroi", "assessment", "outturn"] {
        assert!(row[field].is_null(), "{field}: {row}");
    }
    for field in ["decisions", "fundingLevels"] {
        assert_eq!(row[field], json!([]), "{row}");
    }

    // A later version of the same application is no other application.
    world
        .arrange(
            "insert into tenant.received_submissions
             select tenant_id, 'c0f11c70-0000-4000-8000-000000000001', round_id, applicant_tenant_id, application_id,
                    reference, version_no + 1, document, sha256, received_at, applicant_en, applicant_zh, size_band,
                    title_en, title_zh, ask, total_cost, false
             from tenant.received_submissions where reference = 'DF-26-006'",
        )
        .await;
    let later = "c0f11c70-0000-4000-8000-000000000001";
    is_closed(&read(&reviewer, later).await);
    let saved = reviewer
        .ask(
            "mutation($input: ReviewSaveInput!) { reviewSave(input: $input) { review { state } problems { code } } }",
            json!({"input": {"submissionId": later, "expectedVersion": 0, "scores": [], "comment": "", "submit": false}}),
        )
        .await;
    assert_eq!(saved["reviewSave"]["problems"][0]["code"], "not_found");

    let officer = world.graphql(Some(OFFICER)).await;
    let open = read(&officer, &id).await;
    assert!(
        open["opened"]["document"]["sections"].is_object(),
        "an officer's role reads it"
    );
    let row = listed(&officer, &world, later).await;
    assert!(row["document"].is_null(), "a list opens no document");
}
