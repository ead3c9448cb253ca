//! Moves: each reason by itself, changes that add up, who came and went, bad input.
use explain::json::Json;
use money::Decimal;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::calc_moves;

fn ranking() -> Value {
    json!({"criteria": [
        {"id": "need", "weight": "0.4", "direction": "max", "zero": "0", "hundred": "5",
         "source": "reviewers"},
        {"id": "sroi", "weight": "0.6", "direction": "max", "zero": "0", "hundred": "5"}],
      "applications": [
        {"id": "a", "scores": {"need": "4", "sroi": "3"}},
        {"id": "b", "scores": {"need": "3", "sroi": "3"}},
        {"id": "c", "scores": {"need": "2", "sroi": "2"}}]})
}

fn moves(before: &Value, after: &Value) -> Value {
    let body = json!({"format": 1, "before": before, "after": after});
    calc_moves(&Json::from(&body)).unwrap()
}

#[test]
fn nothing_changed_gives_no_steps() {
    let found = moves(&ranking(), &ranking());
    assert_eq!(
        found["summary"],
        json!({"moved": 0, "by_reason": {"rule": 0, "weight": 0, "data": 0, "reviewer": 0}})
    );
    let steps: Vec<_> = found["applications"]
        .as_array()
        .unwrap()
        .iter()
        .map(|a| &a["steps"])
        .collect();
    assert_eq!(steps, [&json!([]), &json!([]), &json!([])]);
}

#[test]
fn a_reviewer_who_changes_a_level_is_the_reason_and_the_other_only_moves() {
    let mut after = ranking();
    after["applications"][1]["scores"]["need"] = json!("5");
    let found = moves(&ranking(), &after);
    assert_eq!(
        found["applications"][0],
        json!({"id": "b", "rank_before": 2, "rank_after": 1, "score_before": "60", "score_after": "76",
               "came": false, "went": false, "steps": [
                 {"reason": "reviewer", "score_change": "16", "rank_after": 1,
                  "parts": [{"criterion": "need", "from": "24", "to": "40"}]}]})
    );
    assert_eq!(
        found["applications"][1]["steps"],
        json!([{"reason": "reviewer", "score_change": "0", "rank_after": 2, "parts": []}])
    );
    assert_eq!(
        found["summary"],
        json!({"moved": 2, "by_reason": {"rule": 0, "weight": 0, "data": 0, "reviewer": 2}})
    );
}

#[test]
fn every_reason_is_told_apart_in_the_documented_order() {
    let mut after = ranking();
    after["criteria"][1]["hundred"] = json!("4");
    after["criteria"][0]["weight"] = json!("0.5");
    after["criteria"][1]["weight"] = json!("0.5");
    after["applications"][0]["scores"] = json!({"need": "5", "sroi": "2"});
    let found = moves(&ranking(), &after);
    let a = found["applications"]
        .as_array()
        .unwrap()
        .iter()
        .find(|each| each["id"] == "a")
        .unwrap();
    // Points (80, 60): 68. Anchor 4: (80, 75): 77. Weights: 77.5. SROI 2: (80, 50): 65. Need 5: 75.
    let steps: Vec<(&str, &str)> = a["steps"]
        .as_array()
        .unwrap()
        .iter()
        .map(|step| {
            (
                step["reason"].as_str().unwrap(),
                step["score_change"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        steps,
        [
            ("rule", "9"),
            ("weight", "0.5"),
            ("data", "-12.5"),
            ("reviewer", "10")
        ]
    );
}

#[test]
fn who_came_and_who_went_is_data() {
    let mut after = ranking();
    after["applications"][0] = json!({"id": "z", "scores": {"need": "5", "sroi": "5"}});
    let found = moves(&ranking(), &after);
    let find = |id: &str| {
        let all = found["applications"].as_array().unwrap();
        all.iter().find(|each| each["id"] == id).unwrap()
    };
    assert_eq!(
        (&find("z")["came"], &find("z")["score_before"]),
        (&json!(true), &json!(null))
    );
    assert_eq!(
        (&find("a")["went"], &find("a")["rank_after"]),
        (&json!(true), &json!(null))
    );
    assert_eq!(find("z")["steps"][0]["reason"], "data");
    assert_eq!(find("z")["steps"][0]["score_change"], Value::Null);
    assert_eq!(find("a")["steps"][0]["reason"], "data");
}

#[test]
fn a_new_criterion_brings_its_scores_and_weight_as_a_rule() {
    let mut after = ranking();
    after["criteria"] = json!([
        {"id": "need", "weight": "0.4", "direction": "max", "zero": "0", "hundred": "5", "source": "reviewers"},
        {"id": "reach", "weight": "0.6", "direction": "max", "zero": "0", "hundred": "5", "source": "reviewers"}]);
    for place in 0..3 {
        let need = after["applications"][place]["scores"]["need"].clone();
        after["applications"][place]["scores"] = json!({"need": need, "reach": "5"});
    }
    let found = moves(&ranking(), &after);
    assert_eq!(
        found["applications"][0]["steps"],
        json!([{"reason": "rule", "score_change": "24", "rank_after": 1, "parts": [
            {"criterion": "reach", "from": null, "to": "60"},
            {"criterion": "sroi", "from": "36", "to": null}]}])
    );
}

#[test]
fn the_problems_of_both_rankings_are_listed_at_once() {
    let body =
        r#"{"before":{"criteria":[],"applications":[]},"after":{"applications":[]},"more":1}"#;
    let problems = calc_moves(&Json::parse(body).unwrap()).unwrap_err();
    let found: Vec<(&str, &str)> = problems
        .as_slice()
        .iter()
        .map(|problem| (problem.code.as_str(), problem.path.as_str()))
        .collect();
    assert_eq!(
        found,
        [
            ("unknown_field", "more"),
            ("empty", "before.criteria"),
            ("missing", "after.criteria")
        ]
    );
}

fn rankings() -> impl Strategy<Value = Value> {
    let row = prop::collection::vec(prop::option::weighted(0.9, 0_u32..=50), 3);
    (prop::collection::vec(row, 2..6), 1_u32..99, 30_u32..60).prop_map(|(rows, weight, hundred)| {
        let criteria = json!([
            {"id": "x", "weight": format!("0.{weight:02}"), "direction": "max", "zero": "0",
             "hundred": format!("{hundred}"), "source": "reviewers"},
            {"id": "y", "weight": format!("0.{:02}", 100 - weight), "direction": "max", "zero": "0",
             "hundred": "7"}]);
        let applications: Vec<Value> = rows
            .into_iter()
            .enumerate()
            .map(|(place, row)| {
                let score = |score: Option<u32>| score.map(|score| score.to_string());
                json!({"id": format!("a{place}"), "scores": {"x": score(row[0]), "y": score(row[1])}})
            })
            .collect();
        json!({"criteria": criteria, "applications": applications})
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn the_changes_of_the_steps_add_up_to_the_whole_change(before in rankings(), after in rankings()) {
        let found = moves(&before, &after);
        let decimal = |value: &Value| value.as_str().map(|text| text.parse::<Decimal>().unwrap());
        for each in found["applications"].as_array().unwrap() {
            let changes: Option<Vec<Decimal>> =
                each["steps"].as_array().unwrap().iter().map(|step| decimal(&step["score_change"])).collect();
            let ends = decimal(&each["score_before"]).zip(decimal(&each["score_after"]));
            if let (Some(changes), Some((before, after))) = (changes, ends) {
                prop_assert_eq!(changes.iter().sum::<Decimal>(), after - before);
            }
            if let Some(last) = each["steps"].as_array().unwrap().last() {
                prop_assert_eq!(&last["rank_after"], &each["rank_after"]);
            }
        }
    }
}
