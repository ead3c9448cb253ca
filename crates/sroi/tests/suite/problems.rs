//! Bad input: every problem at once, each with code and path.
use explain::json::Json;
use serde_json::{Value, json};

use crate::cases::{calc, plain_outcome, problems, timebank};

fn pair(code: &str, path: &str) -> (String, String) {
    (code.to_owned(), path.to_owned())
}

#[test]
fn every_problem_of_a_document_is_listed_at_once() {
    let body = json!({
        "format": 2,
        "currency": "",
        "convention": {"timing": "mid_year"},
        "discount_rate": 0.035,
        "inputs": [{"name": "Grant", "amount": 50000, "year": 99, "kind": "gift"}],
        "outcomes": [{
            "id": "o1", "stakeholder": "Members", "name": "Less lonely", "quantity": "1e3",
            "proxy": "1.1234567", "deadweight": "1.5", "displacement": "-0.1", "start": 0,
            "duration": 31, "dropoff": "0.1", "colour": "red",
        }],
        "extra": true,
    });
    let found = problems(&body);
    let expected = [
        pair("unsupported_format", "format"),
        pair("blank", "currency"),
        pair("not_one_of", "convention.timing"),
        pair("number_not_string", "discount_rate"),
        pair("number_not_string", "inputs[0].amount"),
        pair("out_of_range", "inputs[0].year"),
        pair("not_one_of", "inputs[0].kind"),
        pair("not_decimal", "outcomes[0].quantity"),
        pair("out_of_range", "outcomes[0].start"),
        pair("out_of_range", "outcomes[0].duration"),
        pair("too_many_places", "outcomes[0].proxy"),
        pair("out_of_range", "outcomes[0].deadweight"),
        pair("out_of_range", "outcomes[0].displacement"),
        pair("missing", "outcomes[0].attribution"),
        pair("unknown_field", "outcomes[0].colour"),
        pair("unknown_field", "extra"),
    ];
    assert_eq!(found, expected);
}

#[test]
fn duplicate_keys_are_refused_by_path() {
    let text = r#"{"currency":"HKD","currency":"EUR","discount_rate":"0","inputs":
        [{"name":"a","amount":"1","amount":"2","year":0,"kind":"cash"}],"outcomes":[]}"#;
    let found = sroi::calc(&Json::parse(text).unwrap()).unwrap_err();
    let codes: Vec<&str> = found
        .as_slice()
        .iter()
        .map(|problem| problem.code.as_str())
        .collect();
    assert_eq!(codes, ["duplicate_key", "duplicate_key", "too_few"]);
}

#[test]
fn a_value_map_inside_a_larger_document_reports_that_documents_paths() {
    let mut body = timebank();
    body["outcomes"][1]["deadweight"] = json!("2");
    body["outcomes"][2]["id"] = json!("o1");
    let found = sroi::read_at(&Json::from(&body), "answers.value_map").unwrap_err();
    assert_eq!(
        found.as_slice()[0].path,
        "answers.value_map.outcomes[1].deadweight"
    );
    body["outcomes"][1]["deadweight"] = json!("0.2");
    let found = sroi::read_at(&Json::from(&body), "answers.value_map").unwrap_err();
    assert_eq!(found.as_slice()[0].path, "answers.value_map.outcomes[2].id");
    assert_eq!(found.as_slice()[0].code, "duplicate_id");
}

#[test]
fn nothing_put_in_is_refused() {
    for amount in ["0", "-5"] {
        let mut body = timebank();
        body["inputs"][0]["amount"] = json!(amount);
        assert_eq!(problems(&body), [pair("investment_not_positive", "inputs")]);
    }
    let mut body = timebank();
    body["inputs"] = json!([]);
    assert_eq!(problems(&body), [pair("investment_not_positive", "inputs")]);
}

#[test]
fn a_null_proxy_needs_a_reason_and_a_reason_needs_a_null_proxy() {
    let mut body = timebank();
    body["outcomes"][0]["proxy"] = Value::Null;
    assert_eq!(
        problems(&body),
        [pair("missing", "outcomes[0].unvalued_reason")]
    );
    body["outcomes"][0]["unvalued_reason"] = json!("No credible price");
    assert_eq!(calc(&body)["unvalued"][0]["reason"], "No credible price");
    body["outcomes"][0]["proxy"] = json!("5");
    assert_eq!(
        problems(&body),
        [pair("contradiction", "outcomes[0].unvalued_reason")]
    );
    body["outcomes"][0].as_object_mut().unwrap().remove("proxy");
    assert_eq!(problems(&body), [pair("missing", "outcomes[0].proxy")]);
}

#[test]
fn one_rate_or_one_schedule_without_gaps_is_needed() {
    let schedule = |spans: Value| {
        let mut body = timebank();
        body.as_object_mut().unwrap().remove("discount_rate");
        body["discount_schedule"] = spans;
        problems(&body)
    };
    let gap = [pair("schedule_gap", "discount_schedule")];
    let span = |from: u32, to: Value| json!({"from_year": from, "to_year": to, "rate": "0.03"});
    assert_eq!(schedule(json!([])), gap);
    assert_eq!(schedule(json!([span(5, Value::Null)])), gap);
    assert_eq!(
        schedule(json!([span(0, json!(3)), span(5, Value::Null)])),
        gap
    );
    assert_eq!(
        schedule(json!([span(0, Value::Null), span(5, Value::Null)])),
        gap
    );
    assert_eq!(schedule(json!([span(0, json!(1))])), gap);
    let mut body = timebank();
    body["discount_schedule"] = json!([span(0, Value::Null)]);
    assert_eq!(
        problems(&body),
        [pair("contradiction", "discount_schedule")]
    );
    body.as_object_mut().unwrap().remove("discount_schedule");
    body.as_object_mut().unwrap().remove("discount_rate");
    assert_eq!(problems(&body), [pair("missing", "discount_rate")]);
}

#[test]
fn bounds_on_size_are_enforced() {
    let mut body = timebank();
    let outcome = body["outcomes"][0].clone();
    let many: Vec<Value> = (0..501)
        .map(|at| {
            let mut outcome = outcome.clone();
            outcome["id"] = json!(at.to_string());
            outcome
        })
        .collect();
    body["outcomes"] = json!(many);
    assert_eq!(problems(&body), [pair("too_many", "outcomes")]);
    body["outcomes"].as_array_mut().unwrap().pop();
    assert_eq!(calc(&body)["outcomes"].as_array().unwrap().len(), 500);
    let mut late = timebank();
    late["inputs"][0]["year"] = json!(60);
    late["inputs"][0]["duration"] = json!(2);
    assert_eq!(
        problems(&late),
        [pair("out_of_range", "inputs[0].duration")]
    );
}

#[test]
fn figures_too_large_to_compute_are_refused_and_large_ones_are_exact() {
    let body = |quantity: &str| {
        let mut outcome = plain_outcome(quantity, "99999999999999.999999", 30);
        outcome["dropoff"] = json!("0.000001");
        crate::cases::map("1", "0.035", "end_of_year", &json!([outcome]))
    };
    assert_eq!(
        calc(&body("1000"))["gross_value_exact"],
        "99999999999999999.999"
    );
    let found = problems(&body("99999999999999.999999"));
    assert_eq!(found, [pair("overflow", "outcomes[0]")]);
}

#[test]
fn quantities_are_given_once() {
    let mut body = timebank();
    body["outcomes"][0]["cohorts"] = json!([{"start": 1, "quantity": "50"}]);
    let expected = [
        pair("contradiction", "outcomes[0].quantity"),
        pair("contradiction", "outcomes[0].start"),
    ];
    assert_eq!(problems(&body), expected);
}

#[test]
fn ranges_surround_the_stated_value() {
    let mut body = timebank();
    body["outcomes"][0]["range"] = json!({
        "proxy": ["4000", "5000"], "deadweight": ["0", "1.1"], "dropoff": ["0.8", "0.6"],
    });
    let expected = [
        pair("bad_range", "outcomes[0].range.dropoff"),
        pair("range_excludes_value", "outcomes[0].range.proxy"),
        pair("out_of_range", "outcomes[0].range.deadweight"),
    ];
    assert_eq!(problems(&body), expected);
}
