//! The social return beside its claim: the funder's assessed copy, statements of assurance, what came of
//! a project, and trying things out.

mod assessed;
mod came;
mod explored;

use serde_json::{Value, json};
use testkit::{Client, World};
use uuid::Uuid;

pub(crate) const OFFICER: &str = "officer@funder.example";
pub(crate) const REVIEWER: &str = "reviewer1@funder.example";

/// The frozen version of a demonstration application.
pub(crate) async fn submission(world: &World, reference: &str) -> String {
    let found: Uuid = sqlx::query_scalar(
        "select submission_id from tenant.received_submissions where reference = $1",
    )
    .bind(reference)
    .fetch_one(world.sql())
    .await
    .unwrap();
    found.to_string()
}

/// Code and path of each problem of a payload.
pub(crate) fn found(payload: &Value) -> Vec<(&str, &str)> {
    let problems = payload["problems"].as_array().unwrap();
    problems
        .iter()
        .map(|problem| {
            (
                problem["code"].as_str().unwrap(),
                problem["path"].as_str().unwrap(),
            )
        })
        .collect()
}

/// What the funder sees around the figure.
pub(crate) async fn seen(client: &Client, submission: &str) -> Value {
    let query = "query($id: ID!) { received(id: $id) {
        sroi { ratio low runId assurances { assurer } principles { code state } }
        sroiAssessed { ratio low runId unvalued { id reason } assurances { assurer conclusion }
            principles { code state } }
        assessment { version by content changes { path from to reason } }
        sroiDifference { ratioBefore ratioAfter totalBefore totalAfter
            steps { path parameter from to effect effectOn } }
        outturn { receivedAt sroi { ratio } difference { ratioBefore ratioAfter
            steps { path effect effectOn } } } } }";
    let mut data = client.ask(query, json!({"id": submission})).await;
    data["received"].take()
}

/// Saves an assessed copy; the payload.
pub(crate) async fn assess(
    client: &Client,
    submission: &str,
    version: i32,
    changes: &Value,
) -> Value {
    let mutation = "mutation($input: AssessmentSaveInput!) { assessmentSave(input: $input) {
        received { id } problems { code path message } } }";
    let input = json!({"submissionId": submission, "expectedVersion": version, "changes": changes});
    let mut data = client.ask(mutation, json!({"input": input})).await;
    data["assessmentSave"].take()
}
