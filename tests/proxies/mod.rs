//! The proxy library: who may grow it, what everybody then finds in it, and what a value map keeps of it.

mod grow;
mod loaded;
mod refuse;
mod value_map;

use serde_json::{Value, json};
use testkit::{Client, World};
use uuid::Uuid;

const STEWARD: &str = "steward@council.example";

const PROPOSE: &str = "mutation($input: ProxyProposeInput!) { proxyPropose(input: $input) {
    proposal { id state proposedBy { en } reason decidedBy
               proxy { id version value own illustrative needsLocalBasis } }
    problems { code path } } }";
const DECIDE: &str = "mutation($input: ProxyDecideInput!) { proxyDecide(input: $input) {
    proposal { id state reason decidedBy proxy { id version own } } problems { code path } } }";
const PROPOSALS: &str =
    "{ proxyProposals { id state reason decidedBy decidedAt proposedBy { en zh }
    proxy { id version name { zh } own } } }";
const SEARCH: &str = "query($search: String, $outcome: String, $first: Int, $after: String) {
    proxies(search: $search, outcome: $outcome, first: $first, after: $after) {
        nodes { id version value own } pageInfo { hasNextPage endCursor } } }";
const HISTORY: &str =
    "query($id: String!) { proxy(id: $id) { id versions { version value own } } }";

/// A proposal without a fault; its words are nowhere else in the library.
pub(crate) fn proposal() -> Value {
    json!({
        "name": {"en": "Guide dog walk", "zh": "導盲犬散步"},
        "description": {"en": "One walk with a trainer.", "zh": "與訓練員散步一次。"},
        "value": "175.50", "low": "120", "high": "230", "currency": "HKD",
        "unit": {"en": "walk", "zh": "次"},
        "source": "Own accounts (fictional)", "priceYear": 2024, "region": "HK",
        "licence": "CC BY 4.0", "evidenceGrade": "C", "outcomes": ["loneliness_reduced"],
        "idempotencyKey": Uuid::now_v7(),
    })
}

/// What came of proposing.
async fn propose(client: &Client, input: &Value) -> Value {
    let mut data = client.ask(PROPOSE, json!({"input": input})).await;
    data["proxyPropose"].take()
}

/// What came of deciding.
async fn decide(client: &Client, proposal: &Value, approve: bool, reason: &str) -> Value {
    let input = json!({"proposalId": proposal, "approve": approve, "reason": reason});
    let mut data = client.ask(DECIDE, json!({"input": input})).await;
    data["proxyDecide"].take()
}

/// Proposes and approves; the entry's id.
async fn publish(world: &World, address: &str, input: &Value) -> String {
    let proposed = propose(&world.graphql(Some(address)).await, input).await;
    assert_eq!(proposed["problems"], json!([]));
    let steward = world.graphql(Some(STEWARD)).await;
    let decided = decide(&steward, &proposed["proposal"]["id"], true, "Checked.").await;
    assert_eq!(decided["problems"], json!([]));
    let id = decided["proposal"]["proxy"]["id"].as_str();
    id.unwrap().to_owned()
}

/// Ids and versions that a search finds.
async fn search(client: &Client, variables: Value) -> Vec<(String, i64)> {
    let data = client.ask(SEARCH, variables).await;
    let nodes = data["proxies"]["nodes"].as_array().unwrap();
    nodes
        .iter()
        .map(|node| {
            let id = node["id"].as_str().unwrap().to_owned();
            (id, node["version"].as_i64().unwrap())
        })
        .collect()
}

async fn proposals(client: &Client) -> Vec<Value> {
    let mut data = client.ask(PROPOSALS, json!({})).await;
    match data["proxyProposals"].take() {
        Value::Array(listed) => listed,
        other => panic!("{other}"),
    }
}

/// Code and path of each problem.
fn problems(payload: &Value) -> Vec<(&str, &str)> {
    let listed = payload["problems"].as_array().unwrap();
    listed
        .iter()
        .map(|problem| {
            let word = |key: &str| problem[key].as_str().unwrap();
            (word("code"), word("path"))
        })
        .collect()
}
