//! What a verdict says, to programs and to people: amounts as money, shares in per cent, counts as counts, text
//! of the applicant's own cut where it is long, and one figure where both ends of a range are the same.
#![expect(
    clippy::unwrap_used,
    reason = "helpers of this test; what they unwrap is written here"
)]
use eligibility::Compiled;
use explain::json::Json;
use serde_json::{Value, json};

use crate::facts::facts;

/// The one result of a rule, as it leaves.
fn result(rule: &Value, org: &Value) -> Value {
    let both = |text: &str| json!({"en": text, "zh": text});
    let every = "{value} | {threshold} | {low} | {high} | {shortfall} | {missing}";
    let body = json!({"id": "r", "version": "1",
        "tables": {"cap": {"columns": [{"field": "org.kind"}],
            "rows": [{"when": [["a"]], "value": "5"}], "default": "9"}},
        "criteria": [{"id": "c", "severity": "hard", "rule": rule, "reason": both(every), "fix": both(every)}]});
    let compiled = Compiled::try_new(&Json::from(&body)).unwrap();
    let stated = facts(&json!({"org": org}));
    compiled.evaluate(&stated).to_json()["criteria"][0].clone()
}

/// The English reason, part by part.
fn said(rule: &Value, org: &Value) -> Vec<String> {
    let result = result(rule, org);
    let reason = result["reason"]["en"].as_str().unwrap();
    reason.split(" | ").map(str::to_owned).collect()
}

fn two(op: &str, left: &str, right: &Value) -> Value {
    json!({"op": op, "left": {"field": format!("org.{left}")}, "right": right})
}

#[test]
fn money_shares_and_plain_numbers_are_each_written_in_their_own_way() {
    for (left, value, threshold, expected) in [
        (
            "x_hkd",
            "1234.5",
            "1000",
            ["HK$1,234.50", "HK$1,000.00", "HK$234.50"],
        ),
        ("x_share", "0.255", "0.25", ["25.5%", "25%", "0.5%"]),
        ("x", "1234.5", "1000", ["1234.5", "1000", "234.5"]),
    ] {
        let said = said(&two("lte", left, &json!(threshold)), &json!({left: value}));
        assert_eq!([&said[0], &said[1], &said[4]], expected, "{left}");
    }
}

#[test]
fn text_that_is_a_number_stays_as_the_applicant_wrote_it() {
    let rule = json!({"op": "in", "left": {"field": "org.number"}, "right": ["12345678"]});
    assert_eq!(said(&rule, &json!({"number": "0123.4500"}))[0], "0123.4500");
}

#[test]
fn an_applicants_own_text_is_cut_after_sixty_letters() {
    let rule = json!({"op": "in", "left": {"field": "org.note"}, "right": ["short"]});
    for (letters, shown) in [(59, 59), (60, 60), (61, 60)] {
        let note = "甲".repeat(letters);
        let said = said(&rule, &json!({"note": note}));
        let expected = if letters > shown {
            format!("{}…", "甲".repeat(shown))
        } else {
            note
        };
        assert_eq!(said[0], expected, "{letters}");
    }
}

#[test]
fn an_empty_list_is_a_dash_and_several_values_are_listed() {
    let rule = json!({"op": "superset", "left": {"field": "org.tags"}, "right": ["a", "b"]});
    let none = said(&rule, &json!({"tags": []}));
    assert_eq!((none[0].as_str(), none[5].as_str()), ("—", "a, b"));
    let some = said(&rule, &json!({"tags": ["a", "c"]}));
    assert_eq!((some[0].as_str(), some[5].as_str()), ("a, c", "b"));
}

#[test]
fn a_range_whose_ends_are_the_same_is_one_figure() {
    let between = |low: &str, high: &str| {
        let rule = json!({"op": "between", "left": {"field": "org.x"}, "low": low, "high": high});
        said(&rule, &json!({"x": "9"}))
    };
    assert_eq!(between("2", "5")[1..5], ["2 – 5", "2", "5", "4"]);
    assert_eq!(between("5", "5")[1..5], ["5", "5", "5", "4"]);
    let rule = json!({"op": "between", "left": {"field": "org.x"}, "low": "2", "high": "5"});
    assert_eq!(said(&rule, &json!({"x": "0.5"}))[4], "1.5");
}

#[test]
fn a_shortfall_counts_whole_things_and_measures_the_rest() {
    let shortfall = |left: Value, right: Value| {
        result(&two("lte", "x", &right), &json!({"x": left}))["shortfall"].clone()
    };
    assert_eq!(shortfall(json!(5), json!(3)), json!(2));
    assert_eq!(shortfall(json!("5"), json!(3)), json!("2"));
    assert_eq!(shortfall(json!(5), json!("3")), json!("2"));
    assert_eq!(shortfall(json!("5.5"), json!("3")), json!("2.5"));
}

#[test]
fn a_calculation_is_whole_only_when_everything_in_it_is() {
    let value = |op: &str, one: Value, other: Value| {
        let calculation = json!({"op": op, "args": [{"field": "org.x"}, {"field": "org.y"}]});
        let rule = json!({"op": "lt", "left": calculation, "right": 0});
        result(&rule, &json!({"x": one, "y": other}))["value"].clone()
    };
    assert_eq!(value("add", json!(6), json!(3)), json!(9));
    assert_eq!(value("add", json!("6"), json!(3)), json!("9"));
    assert_eq!(value("add", json!(6), json!("3")), json!("9"));
    assert_eq!(value("sub", json!(6), json!(3)), json!(3));
    assert_eq!(value("div", json!(6), json!(3)), json!("2"));
}

#[test]
fn money_divided_by_money_is_no_money_and_money_divided_by_a_count_is() {
    let divided = |right: &str| {
        let quotient =
            json!({"op": "div", "left": {"field": "org.cost_hkd"}, "right": {"field": right}});
        let rule = json!({"op": "lt", "left": quotient, "right": "1"});
        said(
            &rule,
            &json!({"cost_hkd": "100.00", "own_hkd": "50.00", "staff": 4, "x": "8"}),
        )
    };
    assert_eq!(divided("org.own_hkd")[0], "2");
    assert_eq!(divided("org.staff")[0], "HK$25.00");
    let rule = json!({"op": "lt", "right": "1",
        "left": {"op": "div", "left": {"field": "org.x"}, "right": {"field": "org.own_hkd"}}});
    assert_eq!(
        said(&rule, &json!({"own_hkd": "50.00", "x": "100"}))[0],
        "2"
    );
    let total = json!({"op": "lt", "right": "1", "left": {"op": "ratio",
        "left": {"field": "org.own_hkd"}, "right": {"field": "org.cost_hkd"}}});
    let share = said(&total, &json!({"cost_hkd": "50.00", "own_hkd": "100.00"}));
    assert_eq!(share[0], "200%");
}

#[test]
fn all_present_counts_what_is_there() {
    let rule = json!({"op": "all_present", "fields": ["org.a", "org.b", "org.c"]});
    let result = result(&rule, &json!({"a": "x", "b": null, "c": "y"}));
    assert_eq!(
        (&result["value"], &result["threshold"]),
        (&json!(2), &json!(3))
    );
}

#[test]
fn a_table_whose_row_cannot_be_told_does_not_fall_back_on_its_default() {
    let rule =
        json!({"op": "lte", "left": {"field": "org.x"}, "right": {"op": "table", "name": "cap"}});
    let outcome = |org: Value| result(&rule, &org)["outcome"].clone();
    assert_eq!(outcome(json!({"kind": "a", "x": "5"})), "pass");
    assert_eq!(outcome(json!({"kind": "a", "x": "6"})), "fail");
    assert_eq!(outcome(json!({"kind": "b", "x": "9"})), "pass");
    assert_eq!(outcome(json!({"kind": "b", "x": "10"})), "fail");
    assert_eq!(outcome(json!({"x": "1"})), "unknown");
}

#[test]
fn without_texts_of_its_own_a_date_is_moved_and_a_number_is_raised_or_lowered() {
    let fix = |op: &str, value: Value, right: Value| {
        let body = json!({"id": "r", "version": "1",
            "criteria": [{"id": "c", "severity": "hard", "rule": two(op, "x", &right)}]});
        let compiled = Compiled::try_new(&Json::from(&body)).unwrap();
        let stated = facts(&json!({"org": {"x": value}}));
        let out = compiled.evaluate(&stated).to_json();
        out["criteria"][0]["fix"]["en"].as_str().unwrap().to_owned()
    };
    let (late, early) = (json!("2026-02-01"), json!("2026-01-01"));
    assert_eq!(
        fix("lte", json!("5"), json!("3")),
        "Reduce it by 2, or correct the entry."
    );
    assert_eq!(
        fix("gte", json!("3"), json!("5")),
        "Raise it by 2, or correct the entry."
    );
    assert_eq!(
        fix("lte", late.clone(), early.clone()),
        "It must not go beyond 1 January 2026; change or correct the entry."
    );
    assert_eq!(
        fix("gte", early, late),
        "It must be 1 February 2026 or later or higher; change or correct the entry."
    );
}
