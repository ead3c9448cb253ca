//! The main job through the doors that people use: an applicant writes and submits, the machine
//! evaluates, a funder scores, ranks and decides, the council's report counts it.

mod assess;
mod decide;
mod rank;
mod write;

use serde_json::{Value, json};
use testkit::Client;

/// Problem codes of a mutation's payload.
fn codes(payload: &Value) -> Vec<&str> {
    let problems = payload["problems"].as_array().unwrap();
    problems
        .iter()
        .map(|problem| problem["code"].as_str().unwrap())
        .collect()
}

/// What an applicant sees of one application after submitting.
async fn followed(client: &Client, application: &str) -> Value {
    let query = "query($id: ID!) { application(id: $id) {
        stage submission { id versionNo sha256 receivedAt document }
        timeline { code params { name value } } progress { kind state } } }";
    let mut data = client.ask(query, json!({"id": application})).await;
    data["application"].take()
}

/// What the funder sees of one delivered copy.
async fn received(client: &Client, submission: &str) -> Value {
    let query = "query($id: ID!) { received(id: $id) {
        reference sha256 ask totalCost applicant { name { en } sizeBand }
        verdict { state inputHash criteria { id severity outcome } }
        sroi { ratio low mid high runId tornado { parameter } }
        costShare procurement
        reviews { reviewer state version scores { dimension level } } myReview { state }
        decisions { id outcome amount supersedes departsFromRank decidedBy
                    lines { lineId amount } } } }";
    let mut data = client.ask(query, json!({"id": submission})).await;
    data["received"].take()
}
