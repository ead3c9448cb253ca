//! How deep and how large a rule set may be, and which names may stand in it.
#![expect(
    clippy::unwrap_used,
    reason = "helpers of this test; what they unwrap is written here"
)]
use eligibility::Compiled;
use explain::json::Json;
use serde_json::{Map, Value, json};

use crate::facts::facts;

/// Codes of everything that keeps a rule set from being read.
fn refused(ruleset: &Value) -> Vec<String> {
    let problems = Compiled::try_new(&Json::from(ruleset)).err();
    let problems = problems
        .map(explain::Problems::into_vec)
        .unwrap_or_default();
    problems.into_iter().map(|problem| problem.code).collect()
}

fn set(rule: &Value) -> Value {
    json!({"id": "r", "version": "1", "criteria": [{"id": "E1", "severity": "hard", "rule": rule}]})
}

fn x() -> Value {
    json!({"field": "org.x"})
}

/// The same thing around the same thing, so many times.
fn nested(times: usize, innermost: Value, around: impl Fn(Value) -> Value) -> Value {
    (0..times).fold(innermost, |inner, _| around(inner))
}

#[test]
fn whatever_is_nested_is_nested_to_a_depth() {
    let rules = |times| {
        nested(
            times,
            json!({"op": "present", "left": x()}),
            |inner| json!({"op": "and", "args": [inner]}),
        )
    };
    let compared = |left: Value| json!({"op": "lte", "left": left, "right": "1"});
    let sums = |times| {
        compared(nested(
            times,
            x(),
            |inner| json!({"op": "add", "args": [inner, "1"]}),
        ))
    };
    let quotients = |times| {
        compared(nested(
            times,
            x(),
            |inner| json!({"op": "div", "left": inner, "right": "2"}),
        ))
    };
    let instead = |times| {
        compared(nested(
            times,
            x(),
            |inner| json!({"op": "div", "left": "1", "right": x(), "if_zero": inner}),
        ))
    };
    let shapes: [&dyn Fn(usize) -> Value; 4] = [&rules, &sums, &quotients, &instead];
    for (shape, build) in shapes.iter().enumerate() {
        assert_eq!(refused(&set(&build(8))), [""; 0], "{shape}");
        assert!(
            refused(&set(&build(24))).contains(&"too_deep".to_owned()),
            "{shape}"
        );
    }
}

#[test]
fn a_path_is_made_of_letters_digits_and_two_signs() {
    let named = |field: &str| refused(&set(&json!({"op": "present", "left": {"field": field}})));
    for fine in ["org.x", "org.a-b", "org.a_b2"] {
        assert_eq!(named(fine), [""; 0], "{fine}");
    }
    for wrong in ["org..x", "org.a b", "org.a!", "org.甲", "elsewhere.x"] {
        assert_eq!(named(wrong), ["bad_field"], "{wrong}");
    }
}

#[test]
fn a_criterion_may_hold_on_one_day() {
    let dated = |to: &str| {
        let mut set = set(&json!({"op": "present", "left": x()}));
        set["criteria"][0]["effective_from"] = json!("2026-01-01");
        set["criteria"][0]["effective_to"] = json!(to);
        refused(&set)
    };
    assert_eq!(dated("2026-01-01"), [""; 0]);
    assert_eq!(dated("2025-12-31"), ["end_before_start"]);
}

fn with_tables(tables: Value) -> Value {
    let mut set = set(&json!({"op": "present", "left": x()}));
    set["tables"] = tables;
    set
}

#[test]
fn tables_are_bounded_in_number_and_none_is_empty() {
    let table =
        json!({"columns": [{"field": "org.kind"}], "rows": [{"when": [["a"]], "value": "1"}]});
    let many = |count: usize| {
        let tables: Map<String, Value> = (0..count)
            .map(|number| (format!("t{number}"), table.clone()))
            .collect();
        refused(&with_tables(Value::Object(tables)))
    };
    assert_eq!(many(TABLES), [""; 0]);
    assert_eq!(many(TABLES - 1), [""; 0]);
    assert_eq!(many(TABLES + 1), ["too_many"]);
    let without = |key: &str| {
        let mut table = table.clone();
        table[key] = json!([]);
        refused(&with_tables(json!({"t": table})))
    };
    assert!(without("rows").contains(&"empty".to_owned()));
}

/// The English threshold of a rule that fails, as people read it.
fn threshold(set: &Value) -> String {
    let compiled = Compiled::try_new(&Json::from(set)).unwrap();
    let stated = facts(&json!({"org": {"x": "11", "x_hkd": "11", "kind": "a"}}));
    let said = compiled.evaluate(&stated).to_json();
    said["criteria"][0]["reason"]["en"]
        .as_str()
        .unwrap()
        .to_owned()
}

#[test]
fn a_table_says_in_what_its_values_are_and_one_money_end_makes_a_range_money() {
    let both = json!({"en": "{threshold}", "zh": "{threshold}"});
    let looked_up = |unit: &str| {
        json!({"id": "r", "version": "1",
            "tables": {"cap": {"columns": [{"field": "org.kind"}], "unit": unit,
                "rows": [{"when": [["a"]], "value": "0.5"}]}},
            "criteria": [{"id": "c", "severity": "hard", "reason": both, "fix": both,
                "rule": {"op": "lte", "left": x(), "right": {"op": "table", "name": "cap"}}}]})
    };
    assert_eq!(threshold(&looked_up("hkd")), "HK$0.50");
    let mut share = looked_up("share");
    let rule = json!({"op": "lte", "left": {"op": "table", "name": "cap"}, "right": "0.25"});
    share["criteria"][0]["rule"] = rule;
    assert_eq!(threshold(&share), "25%");
    let ranged = json!({"id": "r", "version": "1", "criteria": [{"id": "c", "severity": "hard",
        "reason": both, "fix": both,
        "rule": {"op": "between", "left": {"field": "org.x_hkd"}, "low": "1", "high": "5.5"}}]});
    assert!(
        threshold(&ranged).contains("HK$5.50"),
        "{}",
        threshold(&ranged)
    );
}

/// Most tables of one rule set.
const TABLES: usize = 50;
