//! A funder changes what it scores on: weights, levels and ranking settings are drafts like criteria,
//! and a round keeps the dimensions that its reviewers scored.
use serde_json::{Value, json};
use testkit::{Client, World};

use super::{CHAIR, draft, problems, programme, publish, save};
use crate::drafting::{OPEN_ROUND, PAST_ROUND};

const APPLY: &str = "mutation($input: RoundRulesApplyInput!) { roundRulesApply(input: $input) {
    rescreening { id } problems { code path message params { name value } } } }";
const RUBRIC: &str = "query($id: ID!) { round(id: $id) { programme { version rubric {
    id weight machineRead lookFor { zh } levels { level text { en zh } } } } } }";
const DIFFERENCE: &str = "query($input: RuleDifferenceInput!) { ruleDifference(input: $input) {
    changes { part id kind fields { path before after } } } }";

async fn apply(client: &Client, round: &str, reason: &str) -> Value {
    let input = json!({"roundId": round, "version": "2", "reason": reason});
    let mut data = client.ask(APPLY, json!({"input": input})).await;
    data["roundRulesApply"].take()
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    let owned = |(one, other): &(&str, &str)| ((*one).to_owned(), (*other).to_owned());
    expected.iter().map(owned).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_rubric_is_held_to_a_hundred_points_published_compared_and_read() {
    let world = World::seeded().await;
    let chair = world.graphql(Some(CHAIR)).await;
    let draft = draft(&chair).await;
    let mut body = draft["body"].clone();
    body["rubric"]["dimensions"][1]["weight"] = json!(15);
    body["rubric"]["dimensions"][0]["levels"][2]["zh"] = json!("");
    body["settings"]["severity"] = json!("harsh");
    let saved = save(&chair, &draft, &body).await;
    let kept = &saved["draft"];
    let wrong = pairs(&[
        ("missing_language", "rubric.dimensions[0].levels[2].zh"),
        ("weights_not_hundred", "rubric.dimensions"),
        ("not_one_of", "settings.severity"),
    ]);
    assert_eq!(problems(&kept["problems"]), wrong);
    let refused = publish(&chair, kept, "2", "2026-01-01").await;
    assert_eq!(problems(&refused["problems"]), wrong);

    body["rubric"]["dimensions"][0]["weight"] = json!(20);
    body["rubric"]["dimensions"][0]["levels"][2]["zh"] = json!("指出問題，沒有數字。");
    body["settings"]["severity"] = json!("adjusted");
    let mut typed = draft.clone();
    typed["version"] = kept["version"].clone();
    let saved = save(&chair, &typed, &body).await;
    assert_eq!(saved["draft"]["problems"], json!([]));
    let done = publish(&chair, &saved["draft"], "2", "2026-01-01").await;
    assert_eq!(done["problems"], json!([]), "{done}");

    let id = programme(&chair).await["programmeId"].clone();
    let side = |version: &str| json!({"programmeId": id, "version": version});
    let input = json!({"input": {"from": side("1"), "to": side("2")}});
    let found = chair.ask(DIFFERENCE, input).await;
    let changes = found["ruleDifference"]["changes"].as_array().unwrap();
    let paths: Vec<(&Value, Vec<&Value>)> = changes
        .iter()
        .map(|change| {
            let fields = change["fields"].as_array().unwrap();
            (
                &change["id"],
                fields.iter().map(|field| &field["path"]).collect(),
            )
        })
        .collect();
    assert_eq!(
        json!(paths),
        json!([
            ["severity", [""]],
            ["R1", ["levels.2.zh", "weight"]],
            ["R2", ["weight"]]
        ])
    );

    let applied = apply(&chair, OPEN_ROUND, "From the second round on.").await;
    assert_eq!(applied["problems"], json!([]), "{applied}");
    let found = chair.ask(RUBRIC, json!({"id": OPEN_ROUND})).await;
    let rubric = &found["round"]["programme"]["rubric"];
    assert_eq!(rubric[0]["weight"], "0.2");
    assert_eq!(rubric[0]["levels"][2]["text"]["zh"], "指出問題，沒有數字。");
    assert_eq!(rubric[1]["machineRead"], true);
    assert_eq!(rubric[7]["levels"].as_array().unwrap().len(), 6);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_round_with_reviews_keeps_the_dimensions_it_was_scored_on() {
    let world = World::seeded().await;
    let chair = world.graphql(Some(CHAIR)).await;
    let draft = draft(&chair).await;
    let mut body = draft["body"].clone();
    let dimensions = body["rubric"]["dimensions"].as_array_mut().unwrap();
    dimensions[2]["en"] = json!("Efficiency");
    dimensions.pop();
    dimensions[0]["weight"] = json!(20);
    let saved = save(&chair, &draft, &body).await;
    let done = publish(&chair, &saved["draft"], "2", "2026-01-01").await;
    assert_eq!(done["problems"], json!([]), "{done}");
    let refused = apply(&chair, PAST_ROUND, " ").await;
    assert_eq!(refused["rescreening"], Value::Null);
    assert_eq!(
        problems(&refused["problems"]),
        pairs(&[
            ("reason_missing", "reason"),
            ("rubric_differs", "version"),
            ("rubric_differs", "version"),
        ])
    );
    let named: Vec<&Value> = refused["problems"].as_array().unwrap()[1..]
        .iter()
        .map(|problem| &problem["params"][0]["value"])
        .collect();
    assert_eq!(json!(named), json!(["R3", "R8"]));
}
