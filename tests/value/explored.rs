//! Trying things on a value map: computed on demand, nothing stored; and the method anybody may read.
use serde_json::{Value, json};
use testkit::{Client, World};

use super::{OFFICER, found, seen, submission};

async fn explore(client: &Client, input: &Value) -> Value {
    let query = "query($input: SroiExploreInput!) { sroiExplore(input: $input) {
        grid { row { values } ratios } scenarios { name ratio }
        simulation { draws p5 p50 p95 histogram { from to count } } problems { code path } } }";
    let mut data = client.ask(query, json!({"input": input})).await;
    data["sroiExplore"].take()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_grid_holds_the_stated_ratio_and_a_simulation_its_draws() {
    let world = World::seeded().await;
    let officer = world.graphql(Some(OFFICER)).await;
    let id = submission(&world, "DF-26-006").await;
    let claim = seen(&officer, &id).await["sroi"].clone();
    let lever = |parameter: &str, unit: &str, values: Value| json!({"parameter": parameter, "scope": "all", "unit": unit, "values": values});
    let found = explore(
        &officer,
        &json!({"submissionId": id, "draws": 2_000, "distribution": "pert",
            "row": lever("quantity", "multiplier", json!(["0.8", "1", "1.2"])),
            "column": lever("discount_rate", "value", json!(["0", "0.035"])),
            "scenarios": [{"name": "as stated", "changes": []}]}),
    )
    .await;
    assert_eq!(found["problems"], json!([]));
    assert_eq!(found["grid"]["ratios"][1][1], claim["ratio"]);
    assert_eq!(found["scenarios"][0]["ratio"], claim["ratio"]);
    let bins = found["simulation"]["histogram"].as_array().unwrap();
    let draws: i64 = bins.iter().map(|bin| bin["count"].as_i64().unwrap()).sum();
    assert_eq!(draws, 2_000);
    for pair in bins.windows(2) {
        assert_eq!(
            pair[0]["to"], pair[1]["from"],
            "neighbours share their edge"
        );
    }
    let runs: i64 =
        sqlx::query_scalar("select count(*) from tenant.runs where subject_id = $1::uuid")
            .bind(&id)
            .fetch_one(world.sql())
            .await
            .unwrap();
    let again = explore(&officer, &json!({"submissionId": id, "draws": 10_000})).await;
    assert_eq!(again["simulation"]["draws"], 10_000);
    let still: i64 =
        sqlx::query_scalar("select count(*) from tenant.runs where subject_id = $1::uuid")
            .bind(&id)
            .fetch_one(world.sql())
            .await
            .unwrap();
    assert_eq!(runs, still, "nothing is stored");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_tried_is_said_in_the_words_of_the_question() {
    let world = World::seeded().await;
    let officer = world.graphql(Some(OFFICER)).await;
    let id = submission(&world, "DF-26-006").await;
    let lever = json!({"parameter": "deadweight", "scope": "nobody", "unit": "value",
                       "values": ["0.2", "1.4"]});
    let refused = explore(
        &officer,
        &json!({"submissionId": id, "row": lever, "column": lever, "draws": 1}),
    )
    .await;
    let paths: Vec<&str> = found(&refused).into_iter().map(|(_, path)| path).collect();
    for path in ["row.scope", "column.scope", "simulation.draws"] {
        assert!(paths.contains(&path), "{path} is not among {paths:?}");
    }
    let both = explore(&officer, &json!({"submissionId": id, "applicationId": id})).await;
    assert_eq!(found(&both), [("contradiction", "applicationId")]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_method_is_read_by_anybody_in_both_languages() {
    let world = World::empty().await;
    let nobody = world.graphql(None).await;
    let data = nobody
        .ask(
            "{ method { id title { en zh } formula { en zh } text { en zh } source } }",
            json!({}),
        )
        .await;
    let steps = data["method"].as_array().unwrap();
    assert!(steps.len() > 25, "{}", steps.len());
    for step in steps {
        for key in ["title", "text"] {
            for language in ["en", "zh"] {
                let text = step[key][language].as_str().unwrap();
                assert!(!text.is_empty(), "{} {key} {language}", step["id"]);
            }
        }
        let formula = &step["formula"];
        assert_eq!(formula["en"] == "", formula["zh"] == "", "{}", step["id"]);
    }
}
