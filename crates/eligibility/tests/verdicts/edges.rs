//! Small things whose loss no larger case would notice: which factor stands first, what is money, where a plain item
//! stands, and how far sums and differences can reach.
#![expect(
    clippy::unwrap_used,
    reason = "helpers of this test; what they unwrap is written here"
)]
use eligibility::{Change, Compiled, Outcome};
use explain::json::Json;
use serde_json::{Value, json};

use crate::{
    facts::facts,
    reach::{accepted, field, refused},
};

/// What is offered where one rule fails on these facts of an organisation.
fn offered(rule: &Value, org: &Value) -> Vec<Value> {
    let set = json!({"id": "r", "version": "1",
        "criteria": [{"id": "E1", "severity": "hard", "rule": rule}]});
    let compiled = Compiled::try_new(&Json::from(&set)).unwrap();
    let stated = facts(&json!({"org": org}));
    let verdict = compiled.evaluate(&stated);
    let result = &verdict.results()[0];
    assert_eq!(result.outcome(), Outcome::Fail, "{rule}");
    result.changes().iter().map(Change::to_json).collect()
}

/// The English value of a rule that fails on these facts, as people read it.
fn read(rule: &Value, org: &Value) -> String {
    let both = json!({"en": "{value}", "zh": "{value}"});
    let set = json!({"id": "r", "version": "1", "criteria": [
        {"id": "c", "severity": "hard", "rule": rule, "reason": both, "fix": both}]});
    let compiled = Compiled::try_new(&Json::from(&set)).unwrap();
    let stated = facts(&json!({"org": org}));
    let said = compiled.evaluate(&stated).to_json();
    said["criteria"][0]["reason"]["en"]
        .as_str()
        .unwrap()
        .to_owned()
}

fn at_most(left: &Value, right: &str) -> Value {
    json!({"op": "lte", "left": left, "right": right})
}

#[test]
fn a_factor_may_stand_on_either_side_of_the_fact() {
    let x = json!({"field": "org.x"});
    for args in [json!([x, "2"]), json!(["2", x])] {
        let rule = at_most(&json!({"op": "mul", "args": args}), "100");
        assert_eq!(offered(&rule, &json!({"x": "60"}))[0]["to"], "50", "{args}");
    }
}

#[test]
fn an_item_without_parts_is_named_by_its_place() {
    let rule = json!({"op": "all", "over": {"field": "org.n"},
                      "where": at_most(&json!({"field": "item"}), "10")});
    let found = offered(&rule, &json!({"n": ["1", "11"]}));
    assert_eq!(found[0]["field"], "org.n[1]");
    let rule = json!({"op": "all", "over": {"field": "org.lines"},
                      "where": at_most(&json!({"field": "item.cost_hkd"}), "10")});
    let found = offered(
        &rule,
        &json!({"lines": [{"cost_hkd": "1"}, {"cost_hkd": "11"}]}),
    );
    assert_eq!(found[0]["field"], "org.lines[1].cost_hkd");
}

#[test]
fn a_count_is_offered_as_a_count_and_money_to_the_cent() {
    let rule = at_most(&json!({"field": "org.staff"}), "10");
    assert_eq!(offered(&rule, &json!({"staff": 11}))[0]["to"], json!(10));
    let rule = at_most(&json!({"field": "org.cost_hkd"}), "10");
    assert_eq!(offered(&rule, &json!({"cost_hkd": "11"}))[0]["to"], "10.00");
}

#[test]
fn sums_and_quotients_are_money_where_their_parts_are() {
    let org = json!({"lines": [{"cost_hkd": "11"}], "n": ["11"],
                     "x_hkd": "1100", "y_hkd": "100", "z": "100"});
    let sum = |over: &str, of: Value| {
        let mut sum = json!({"op": "sum", "over": {"field": format!("org.{over}")}});
        if of.is_string() {
            sum["of"] = of;
        }
        read(&at_most(&sum, "10"), &org)
    };
    assert_eq!(sum("lines", json!("cost_hkd")), "HK$11.00");
    assert_eq!(sum("n", Value::Null), "11");
    let quotient = |left: &str, right: &str| {
        let (left, right) = (format!("org.{left}"), format!("org.{right}"));
        let rule = json!({"op": "div", "left": {"field": left}, "right": {"field": right}});
        read(&at_most(&rule, "10"), &org)
    };
    assert_eq!(quotient("x_hkd", "z"), "HK$11.00");
    assert_eq!(quotient("x_hkd", "y_hkd"), "11");
}

#[test]
fn sums_and_differences_reach_further_than_their_parts() {
    let than = |op: &str, args: Value, how: &str, right: &str| json!({"op": how, "left": {"op": op, "args": args}, "right": right});
    let share = field("part_share");
    accepted(&than("add", json!([share, "1"]), "gte", "1.5"));
    refused(
        &than("add", json!([share, "1"]), "gte", "2.5"),
        "impossible_rule",
        "",
    );
    accepted(&than("sub", json!([share, "1"]), "lte", "-0.5"));
    refused(
        &than("sub", json!([share, "1"]), "lte", "-1.5"),
        "impossible_rule",
        "",
    );
}

#[test]
fn a_sum_of_what_is_never_negative_is_never_negative() {
    let sum = json!({"op": "sum", "over": field("lines"), "of": "cost_hkd"});
    accepted(&at_most(&sum, "0.00"));
    refused(&at_most(&sum, "-0.01"), "impossible_rule", "");
}
