//! The document that `plumbline calc sroi` prints: fields, hash and working.
use std::collections::BTreeSet;

use explain::json::Json;
use serde_json::{Value, json};

use crate::cases::{calc, map, plain_outcome, timebank};

fn step_ids(step: &Value, ids: &mut Vec<String>) {
    ids.push(step["id"].as_str().unwrap().to_owned());
    for key in ["code", "formula", "result", "method"] {
        assert!(
            step[key].as_str().is_some_and(|text| !text.is_empty()),
            "{key} of {step}"
        );
    }
    for child in step["children"].as_array().into_iter().flatten() {
        step_ids(child, ids);
    }
}

#[test]
fn every_displayed_figure_leads_to_a_step_of_its_own() {
    let result = calc(&timebank());
    let mut ids = Vec::new();
    step_ids(&result["working"], &mut ids);
    let unique: BTreeSet<&String> = ids.iter().collect();
    assert_eq!(unique.len(), ids.len());
    for wanted in [
        "ratio",
        "net_ratio",
        "total_present_value",
        "investment",
        "net_present_value",
        "gross_value",
        "impact",
        "other_timing.total_present_value",
        "other_timing.ratio",
        "payback.simple_months",
        "payback.discounted_months",
        "year.1.value",
        "year.2.present_value",
        "outcome.o1.gross",
        "outcome.o1.impact",
        "outcome.o1.year.2",
        "outcome.o4.present_value",
        "bridge.gross",
        "bridge.total",
    ] {
        assert!(ids.iter().any(|id| id == wanted), "{wanted}");
    }
}

#[test]
fn the_result_has_every_field_of_the_format() {
    let result = calc(&timebank());
    for key in [
        "engine",
        "input_hash",
        "convention",
        "gross_value",
        "impact",
        "total_present_value",
        "total_present_value_exact",
        "investment",
        "net_present_value",
        "ratio",
        "ratio_exact",
        "net_ratio",
        "other_timing",
        "years",
        "outcomes",
        "unvalued",
        "payback",
        "bridge",
        "warnings",
        "working",
    ] {
        assert!(result.get(key).is_some(), "{key}");
    }
    assert_eq!(result["engine"]["name"], sroi::ENGINE_NAME);
    assert_eq!(result["engine"]["version"], sroi::ENGINE_VERSION);
    assert_eq!(result["convention"]["timing"], "year1_undiscounted");
    assert!(result.get("sensitivity").is_none() && result.get("simulation").is_none());
}

#[test]
fn inputs_that_mean_the_same_hash_the_same() {
    let hash = |body: &Value| calc(body)["input_hash"].clone();
    let base = map(
        "1000",
        "0.035",
        "end_of_year",
        &json!([plain_outcome("10", "5", 1)]),
    );
    let mut same = base.clone();
    same["format"] = json!(1);
    same.as_object_mut().unwrap().remove("convention");
    same["discount_rate"] = json!("0.0350");
    same["inputs"][0]["amount"] = json!("1000.00");
    same["inputs"][0]["duration"] = json!(1);
    let outcome = same["outcomes"][0].as_object_mut().unwrap();
    outcome.remove("quantity");
    outcome.remove("start");
    outcome.insert(
        "cohorts".to_owned(),
        json!([{"quantity": "10.0", "start": 1}]),
    );
    assert_eq!(hash(&base), hash(&same));
    let mut other = base.clone();
    other["convention"]["timing"] = json!("year1_undiscounted");
    assert_ne!(hash(&base), hash(&other));
    assert!(hash(&base).as_str().unwrap().starts_with("v1:"));
}

#[test]
fn the_order_of_keys_changes_nothing() {
    let one = r#"{"currency":"HKD","discount_rate":"0.035","inputs":[{"name":"Grant","amount":"100",
        "year":0,"kind":"cash"}],"outcomes":[{"id":"o1","stakeholder":"M","name":"N","quantity":"3",
        "proxy":"50","deadweight":"0.1","displacement":"0","attribution":"0.2","dropoff":"0.3",
        "duration":3,"start":2}]}"#;
    let two = r#"{"outcomes":[{"start":2,"duration":3,"dropoff":"0.3","attribution":"0.2",
        "displacement":"0","deadweight":"0.1","proxy":"50","quantity":"3","name":"N",
        "stakeholder":"M","id":"o1"}],"inputs":[{"kind":"cash","year":0,"amount":"100",
        "name":"Grant"}],"discount_rate":"0.035","currency":"HKD"}"#;
    let result = |text: &str| sroi::calc(&Json::parse(text).unwrap()).unwrap().to_string();
    assert_eq!(result(one), result(two));
}

#[test]
fn payback_is_interpolated_and_missing_when_not_reached() {
    let body = |investment: &str, start: u32| {
        let mut outcome = plain_outcome("1", "1000", 3);
        outcome["start"] = json!(start);
        calc(&map(investment, "0", "end_of_year", &json!([outcome])))["payback"].clone()
    };
    let payback = body("1500", 1);
    assert_eq!(
        payback,
        json!({"simple_months": "18.0000", "discounted_months": "18.0000"})
    );
    let late = body("1500", 2);
    assert_eq!(
        late,
        json!({"simple_months": null, "discounted_months": "30.0000"})
    );
    assert_eq!(body("3001", 1)["discounted_months"], Value::Null);
}

#[test]
fn the_bridge_takes_deductions_in_order() {
    let mut outcome = plain_outcome("10", "100", 2);
    for (key, share) in [
        ("deadweight", "0.1"),
        ("displacement", "0.2"),
        ("attribution", "0.5"),
        ("dropoff", "0.25"),
    ] {
        outcome[key] = json!(share);
    }
    let result = calc(&map("100", "0.25", "end_of_year", &json!([outcome])));
    assert_eq!(
        result["bridge"],
        json!({
            "gross": "2000.00", "deadweight": "-200.00", "displacement": "-360.00",
            "attribution": "-720.00", "dropoff": "-90.00", "discounting": "-169.20",
            "total": "460.80",
        })
    );
    assert_eq!(result["gross_value"], "1000.00");
}

#[test]
fn cohorts_carry_their_own_clock_of_drop_off() {
    let mut outcome = plain_outcome("1", "100", 2);
    for key in ["quantity", "start"] {
        outcome.as_object_mut().unwrap().remove(key);
    }
    outcome["dropoff"] = json!("0.5");
    outcome["cohorts"] = json!([{"start": 1, "quantity": "1"}, {"start": 2, "quantity": "4"}]);
    let result = calc(&map("100", "0", "end_of_year", &json!([outcome])));
    let values: Vec<&str> = result["years"]
        .as_array()
        .unwrap()
        .iter()
        .map(|year| year["value"].as_str().unwrap())
        .collect();
    assert_eq!(values, ["100.00", "450.00", "200.00"]);
    assert_eq!(result["impact"], "500.00");
}

#[test]
fn negative_outcomes_are_summed_and_never_clamped() {
    let outcomes = json!([plain_outcome("1", "100", 1), plain_outcome("-3", "100", 1)]);
    let result = calc(&map("100", "0", "end_of_year", &outcomes));
    assert_eq!(result["total_present_value"], "-200.00");
    assert_eq!(result["ratio"], "-2.0000");
    assert_eq!(
        result["payback"],
        json!({"simple_months": null, "discounted_months": null})
    );
}

#[test]
fn a_stated_ratio_is_compared_at_its_own_digits() {
    let warnings = |stated: Value| {
        let mut body = timebank();
        body["stated"] = stated;
        calc(&body)["warnings"].clone()
    };
    assert_eq!(warnings(json!({"ratio": "16.06"})), json!([]));
    assert_eq!(warnings(json!({"ratio": "16"})), json!([]));
    assert_eq!(
        warnings(json!({"ratio": "16.0636"}))[0]["code"],
        "stated_ratio_differs"
    );
    // 803,184 was rounded to the unit when printed: still consistent with 16.06.
    let rounded = json!({"ratio": "16.06", "total_present_value": "803184", "investment": "50000"});
    assert_eq!(warnings(rounded), json!([]));
}
