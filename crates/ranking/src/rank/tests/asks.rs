//! The line, standings, and what is refused among the further questions.
use explain::json::Json;
use serde_json::{Value, json};

use super::*;
use crate::{calc_rank, rank};

fn question() -> Value {
    json!({
        "criteria": [
            {"id": "need", "weight": "0.40", "direction": "max", "zero": "0", "hundred": "5"},
            {"id": "sroi", "weight": "0.60", "direction": "max", "zero": "0", "hundred": "5"}],
        "applications": [
            {"id": "a", "cost": "100.00", "scores": {"need": "5", "sroi": "5"}},
            {"id": "b", "cost": "50.00", "scores": {"need": "3", "sroi": "2"}},
            {"id": "c", "cost": "50.00", "scores": {"need": "1.5", "sroi": "3"}},
            {"id": "d", "cost": "1.00", "scores": {"need": "1", "sroi": "1"}},
            {"id": "e", "cost": "1.00", "scores": {"need": "1"}}],
        "stability": {"samples": 2000, "seed": 1, "weights": "uniform"},
        "line": {"budget": "150.00"}})
}

fn answer(question: &Value) -> Value {
    calc_rank(&Json::from(question)).unwrap()
}

fn codes(question: &Value) -> Vec<(String, String)> {
    let problems = calc_rank(&Json::from(question)).unwrap_err();
    let pair = |problem: explain::Problem| (problem.code, problem.path);
    problems.into_vec().into_iter().map(pair).collect()
}

#[test]
fn the_line_stops_at_the_first_request_that_does_not_fit() {
    // b and c share 48 points; the tie is broken by id. After a and b nothing but d would fit.
    let found = answer(&question());
    assert_eq!(
        found["line"],
        json!({"budget": "150.00", "places": 2, "above": ["a", "b"], "committed": "150.00",
               "robust": "0.95"})
    );
    let mut broken = question();
    broken["tie_break"] = json!(["sroi:max"]);
    assert_eq!(answer(&broken)["line"]["above"], json!(["a", "c"]));
    let mut nothing = question();
    nothing["line"] = json!({"budget": "99.99"});
    assert_eq!(answer(&nothing)["line"]["above"], json!([]));
    let mut places = question();
    places["line"] = json!({"places": 3, "robust": "0.9"});
    assert_eq!(
        answer(&places)["line"],
        json!({"budget": null, "places": 3, "above": ["a", "b", "c"], "committed": "200.00",
               "robust": "0.9"})
    );
}

#[test]
fn standings_say_how_firmly_each_application_stands() {
    let found = answer(&question());
    let of = |place: usize| {
        let row = &found["applications"][place];
        (
            row["id"].clone(),
            row["line_share"].clone(),
            row["standing"].clone(),
        )
    };
    assert_eq!(
        of(0),
        (json!("a"), json!("1.0000"), json!("robustly_shortlisted"))
    );
    assert_eq!(of(1).2, "contested");
    assert_eq!(of(2).2, "contested");
    assert_eq!(of(3), (json!("d"), json!("0.0000"), json!("robustly_out")));
    assert_eq!(of(4), (json!("e"), Value::Null, Value::Null));
    let share = |place: usize| dec(of(place).1.as_str().unwrap());
    assert_eq!(share(1) + share(2), Decimal::ONE);
}

#[test]
fn a_question_without_further_ones_prints_and_hashes_what_it_always_did() {
    let mut plain = question();
    for key in ["line", "stability"] {
        plain.as_object_mut().unwrap().remove(key);
    }
    for application in plain["applications"].as_array_mut().unwrap() {
        application.as_object_mut().unwrap().remove("cost");
    }
    let found = answer(&plain);
    let keys: Vec<&String> = found.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["applications"]);
    let keys: Vec<&String> = found["applications"][0]
        .as_object()
        .unwrap()
        .keys()
        .collect();
    assert_eq!(keys.len(), 9, "{keys:?}");
    // Printed by version 1.0.0 of the engine for the same question.
    assert_eq!(
        rank::read(&Json::from(&plain)).unwrap().input_hash(),
        "v1:a5385c164fb2266297816e7b81cc69380afc6db746c1fe3b4c694632548c4f9e"
    );
}

#[test]
fn every_problem_among_the_questions_is_listed_at_once() {
    let mut bad = question();
    bad["line"] = json!({"budget": "5", "places": 0, "robust": "0.5"});
    bad["stability"] = Value::Null;
    bad["pairwise"] = json!(true);
    bad["central_weights"] = json!(true);
    bad["sensitivity"] = json!("yes");
    bad["second_opinion"] = json!("ahp");
    bad["criteria"][0]["source"] = json!("people");
    bad["applications"][0]["cost"] = json!("-1");
    assert_eq!(
        codes(&bad),
        [
            ("out_of_range", "line.places"),
            ("out_of_range", "line.robust"),
            ("one_of_two", "line"),
            ("not_boolean", "sensitivity"),
            ("not_one_of", "second_opinion"),
            ("needs_stability", "pairwise"),
            ("needs_stability", "central_weights"),
            ("not_one_of", "criteria[0].source"),
            ("out_of_range", "applications[0].cost"),
        ]
        .map(|(code, path)| (code.to_owned(), path.to_owned()))
    );
    let mut costless = question();
    costless["applications"][1]
        .as_object_mut()
        .unwrap()
        .remove("cost");
    costless["applications"][2]["cost"] = json!("x");
    assert_eq!(
        codes(&costless),
        [
            ("missing", "applications[1].cost"),
            ("not_decimal", "applications[2].cost")
        ]
        .map(|(code, path)| (code.to_owned(), path.to_owned()))
    );
    let mut typed = rank::read(&Json::from(&question())).unwrap();
    typed.asks.sensitivity = true;
    typed.asks.line.as_mut().unwrap().robust = dec("2");
    typed.applications[0].cost = None;
    let many = typed.applications[1].clone();
    typed.applications.extend((0..300).map(|n| Application {
        id: format!("more{n}"),
        ..many.clone()
    }));
    let found: Vec<String> = rank::evaluate(&typed)
        .unwrap_err()
        .into_vec()
        .into_iter()
        .map(|problem| problem.path)
        .collect();
    assert_eq!(
        found,
        ["sensitivity", "line.robust", "applications[0].cost"]
    );
}
