//! Decision tables, calculations with days, guards against zero, and criteria that build on others.
#![expect(
    clippy::unwrap_used,
    reason = "helpers of this test; what they unwrap is written here"
)]
use eligibility::{Compiled, Outcome, Outcome::*};
use explain::json::Json;
use serde_json::{Value, json};

use crate::facts::facts;

/// A cap by size band, and a higher one for first-time applicants of small organisations.
fn caps() -> Value {
    json!({"cap_hkd": {
        "label": {"en": "Cap", "zh": "上限"},
        "columns": [{"field": "org.size_band"}, {"field": "org.first_time_applicant"}],
        "rows": [
            {"when": ["small", true], "value": "600000.00"},
            {"when": ["small", false], "value": "500000.00"},
            {"when": [["medium", "large"], null], "value": "800000.00"}
        ],
        "default": null
    }})
}

fn ruleset(tables: &Value, rule: &Value) -> Value {
    json!({"id": "r", "version": "1", "tables": tables,
           "criteria": [{"id": "E1", "severity": "hard", "rule": rule}]})
}

fn outcome(ruleset: &Value, stated: &Value) -> Outcome {
    let compiled = Compiled::try_new(&Json::from(ruleset)).unwrap();
    compiled.evaluate(&facts(stated)).results()[0].outcome()
}

fn codes(ruleset: &Value) -> Vec<(String, String)> {
    let problems = Compiled::try_new(&Json::from(ruleset)).unwrap_err();
    problems
        .as_slice()
        .iter()
        .map(|problem| (problem.code.clone(), problem.path.clone()))
        .collect()
}

#[test]
fn a_cap_is_looked_up_by_size_band_and_history() {
    let rule = json!({"op": "lte", "left": {"field": "application.requested_hkd"},
                      "right": {"op": "table", "name": "cap_hkd"}});
    let set = ruleset(&caps(), &rule);
    let asks = |ask: &str, org: Value| json!({"org": org, "application": {"requested_hkd": ask}});
    let small = json!({"size_band": "small", "first_time_applicant": true});
    assert_eq!(outcome(&set, &asks("600000.00", small.clone())), Pass);
    assert_eq!(outcome(&set, &asks("600000.01", small)), Fail);
    let again = json!({"size_band": "small", "first_time_applicant": false});
    assert_eq!(outcome(&set, &asks("500000.01", again)), Fail);
    // A column that decides nothing may stay unknown; one that decides may not.
    assert_eq!(
        outcome(&set, &asks("700000.00", json!({"size_band": "large"}))),
        Pass
    );
    assert_eq!(
        outcome(&set, &asks("100.00", json!({"size_band": "small"}))),
        Unknown
    );
    assert_eq!(
        outcome(&set, &asks("100.00", json!({"size_band": "tiny"}))),
        Unknown
    );
}

#[test]
fn a_matching_tier_is_exclusive_below_and_inclusive_above() {
    let tiers = json!({"match_rate": {
        "columns": [{"field": "application.own_contribution_hkd"}],
        "rows": [
            {"when": [{"over": null, "up_to": "50000"}], "value": "1"},
            {"when": [{"over": "50000", "up_to": "200000"}], "value": "0.5"}
        ],
        "default": "0.25"
    }});
    let rule = json!({"op": "lte", "left": {"field": "application.requested_hkd"},
        "right": {"op": "mul", "args": [{"op": "table", "name": "match_rate"},
                                        {"field": "application.own_contribution_hkd"}]}});
    let set = ruleset(&tiers, &rule);
    let stated = |ask: &str, own: &str| json!({"application": {"requested_hkd": ask, "own_contribution_hkd": own}});
    assert_eq!(outcome(&set, &stated("50000.00", "50000.00")), Pass);
    assert_eq!(outcome(&set, &stated("50000.00", "50000.01")), Fail);
    assert_eq!(outcome(&set, &stated("100000.00", "200000.00")), Pass);
    assert_eq!(outcome(&set, &stated("50000.01", "200000.01")), Fail);
}

#[test]
fn rows_that_overlap_or_hold_for_nothing_are_refused_with_their_place() {
    let rule = json!({"op": "present", "left": {"op": "table", "name": "t"}});
    let column = json!([{"field": "application.requested_hkd"}]);
    let table = |rows: Value| json!({"t": {"columns": column, "rows": rows}});
    let overlap = table(json!([
        {"when": [{"over": "0", "up_to": "100"}], "value": "1"},
        {"when": [{"over": "100", "up_to": "200"}], "value": "2"},
        {"when": ["150"], "value": "3"},
        {"when": [{"over": "9", "up_to": "9"}], "value": "4"},
        {"when": [null, null], "value": "5"}
    ]));
    let expected = [
        ("impossible_rule", "tables.t.rows[3].when[0]"),
        ("wrong_count", "tables.t.rows[4].when"),
    ];
    let found = codes(&ruleset(&overlap, &rule));
    for (code, path) in expected {
        assert!(
            found.contains(&(code.to_owned(), path.to_owned())),
            "{found:?}"
        );
    }
    let overlap = table(json!([
        {"when": [{"over": "0", "up_to": "100"}], "value": "1"},
        {"when": [{"over": "100", "up_to": null}], "value": "2"},
        {"when": [["7", "150"]], "value": "3"}
    ]));
    assert_eq!(
        codes(&ruleset(&overlap, &rule)),
        [("table_overlap".to_owned(), "tables.t.rows[2]".to_owned())]
    );
    let unknown = ruleset(&json!({}), &rule);
    assert_eq!(codes(&unknown)[0].0, "unknown_table");
}

#[test]
fn days_are_counted_from_the_first_to_the_second() {
    let rule = json!({"op": "gte", "right": 30, "left": {"op": "days_between",
        "left": {"field": "application.submitted_on"}, "right": {"field": "project.start_on"}}});
    let set = ruleset(&json!({}), &rule);
    let stated = |start: &str| json!({"application": {"submitted_on": "2026-12-01"}, "project": {"start_on": start}});
    assert_eq!(outcome(&set, &stated("2026-12-31")), Pass);
    assert_eq!(outcome(&set, &stated("2026-12-30")), Fail);
    assert_eq!(outcome(&set, &stated("2026-11-30")), Fail);
    assert_eq!(
        outcome(
            &set,
            &json!({"application": {"submitted_on": "2026-12-01"}})
        ),
        Unknown
    );
}

#[test]
fn a_quotient_by_zero_is_what_its_author_says() {
    let quotient = |if_zero: Value| {
        let mut quotient =
            json!({"op": "div", "left": {"field": "org.x"}, "right": {"field": "org.y"}});
        if if_zero != json!("without") {
            quotient["if_zero"] = if_zero;
        }
        ruleset(
            &json!({}),
            &json!({"op": "lte", "left": quotient, "right": "0.5"}),
        )
    };
    let zero = json!({"org": {"x": "1", "y": "0"}});
    assert_eq!(outcome(&quotient(json!("without")), &zero), Unknown);
    assert_eq!(outcome(&quotient(Value::Null), &zero), Unknown);
    assert_eq!(outcome(&quotient(json!("0")), &zero), Pass);
    assert_eq!(outcome(&quotient(json!("1")), &zero), Fail);
    assert_eq!(
        outcome(&quotient(json!("1")), &json!({"org": {"x": "1", "y": "2"}})),
        Pass
    );
    assert_eq!(
        outcome(&quotient(json!("1")), &json!({"org": {"x": "1"}})),
        Unknown
    );
}

#[test]
fn a_criterion_may_build_on_an_earlier_one_only() {
    let set = |first: Value, second: Value| {
        json!({"id": "r", "version": "1", "criteria": [
            {"id": "E1", "severity": "info", "rule": first},
            {"id": "E2", "severity": "hard", "rule": second}]})
    };
    let is_small = json!({"op": "eq", "left": {"field": "org.size_band"}, "right": "small"});
    let named = json!({"op": "or", "args": [{"op": "criterion", "id": "E1"},
        {"op": "present", "left": {"field": "org.audited_accounts_fy"}}]});
    let compiled = Compiled::try_new(&Json::from(&set(is_small.clone(), named.clone()))).unwrap();
    let outcome = |stated: Value| compiled.evaluate(&facts(&stated)).results()[1].outcome();
    assert_eq!(outcome(json!({"org": {"size_band": "small"}})), Pass);
    assert_eq!(
        outcome(json!({"org": {"size_band": "large", "audited_accounts_fy": null}})),
        Fail
    );
    assert_eq!(outcome(json!({"org": {"size_band": "large"}})), Unknown);
    assert_eq!(
        compiled.criterion("E2").unwrap().facts_used(),
        ["org.size_band", "org.audited_accounts_fy"]
    );
    let found = codes(&set(named, is_small));
    assert_eq!(
        found,
        [(
            "unknown_criterion".to_owned(),
            "criteria[0].rule.args[0].id".to_owned()
        )]
    );
}

#[test]
fn criteria_that_name_each_other_twice_stay_within_the_bound() {
    let mut criteria = vec![json!({"id": "E0", "severity": "info",
        "rule": {"op": "present", "left": {"field": "org.x"}}})];
    for number in 1..40 {
        let before = format!("E{}", number - 1);
        let twice = json!({"op": "and", "args": [{"op": "criterion", "id": before},
                                                 {"op": "criterion", "id": before}]});
        criteria.push(json!({"id": format!("E{number}"), "severity": "info", "rule": twice}));
    }
    let set = json!({"id": "r", "version": "1", "criteria": criteria});
    assert!(codes(&set).iter().any(|(code, _)| code == "too_many"));
}
