//! The check before publishing reaches into every operator and every operand: whatever stands around it, a
//! fact that does not exist is found where it stands, and every comparison is weighed by its own sense.
#![expect(
    clippy::unwrap_used,
    reason = "helpers of this test; what they unwrap is written here"
)]
use eligibility::{Catalogue, check};
use explain::json::Json;
use serde_json::{Value, json};

/// A small catalogue whose every type is written beside its name.
pub(crate) fn catalogue() -> Catalogue {
    let facts = json!({"facts": [
        {"path": "project.cost_hkd", "type": "hkd"}, {"path": "project.own_hkd", "type": "hkd"},
        {"path": "project.part_share", "type": "share"}, {"path": "project.staff", "type": "integer"},
        {"path": "project.score", "type": "decimal"}, {"path": "project.drift", "type": "decimal", "min": null},
        {"path": "project.starts_on", "type": "date"}, {"path": "project.ends_on", "type": "date"},
        {"path": "project.uses_ai", "type": "boolean"}, {"path": "project.note", "type": "text"},
        {"path": "project.kind", "type": "code", "options": ["a", "b"]},
        {"path": "project.tags", "type": "list", "options": ["red", "blue"]},
        {"path": "project.lines", "type": "list"}, {"path": "project.lines[].cost_hkd", "type": "hkd"},
        {"path": "project.lines[].kind", "type": "code", "options": ["x", "y"]},
        {"path": "rulesets.exit", "type": "boolean"}]});
    Catalogue::try_new(&Json::from(&facts)).unwrap()
}

/// A fact of the project, or a part of the item that is looked at.
pub(crate) fn field(path: &str) -> Value {
    let item = path == "item" || path.starts_with("item.");
    let full = if item {
        path.to_owned()
    } else {
        format!("project.{path}")
    };
    json!({"field": full})
}

/// Code and path below the rule of everything that is refused.
fn found(rule: &Value) -> Vec<(String, String)> {
    let both = json!({"en": "words", "zh": "文字"});
    let ruleset = json!({"id": "r", "version": "1", "sources": {"ILL": {}},
        "parameters": {"cap_hkd": "500000.00", "part_share": "0.25", "levy_rate": "0.05", "most": 36},
        "criteria": [{"id": "E1", "severity": "hard", "question_en": "Is it?", "question_zh": "是否？",
            "source": ["ILL"], "rule": rule, "reason": both, "fix": both}]});
    check(&Json::from(&ruleset), &catalogue())
        .into_vec()
        .into_iter()
        .map(|problem| {
            let path = problem.path.trim_start_matches("criteria[0].rule");
            (problem.code, path.to_owned())
        })
        .collect()
}

pub(crate) fn refused(rule: &Value, code: &str, path: &str) {
    assert_eq!(found(rule), [(code.to_owned(), path.to_owned())], "{rule}");
}

pub(crate) fn accepted(rule: &Value) {
    assert_eq!(found(rule), [], "{rule}");
}

/// A rule about a fact that nobody knows.
fn lost() -> Value {
    json!({"op": "present", "left": field("no_such_fact")})
}

#[test]
fn a_lost_fact_is_found_inside_every_rule() {
    let whole = json!({"op": "present", "left": field("note")});
    let inside = [
        (
            json!({"op": "and", "args": [whole, lost()]}),
            ".args[1].left.field",
        ),
        (
            json!({"op": "or", "args": [lost(), whole]}),
            ".args[0].left.field",
        ),
        (json!({"op": "not", "arg": lost()}), ".arg.left.field"),
        (
            json!({"op": "implies", "if": lost(), "then": whole}),
            ".if.left.field",
        ),
        (
            json!({"op": "implies", "if": whole, "then": lost()}),
            ".then.left.field",
        ),
        (
            json!({"op": "any", "over": field("lines"), "where": lost()}),
            ".where.left.field",
        ),
        (
            json!({"op": "all", "over": field("lines"), "where": lost()}),
            ".where.left.field",
        ),
        (
            json!({"op": "none", "over": field("lines"), "where": lost()}),
            ".where.left.field",
        ),
        (
            json!({"op": "all_present", "fields": ["project.note", "project.no_such_fact"]}),
            ".fields[1]",
        ),
        (json!({"op": "ruleset", "name": "no_such_set"}), ".name"),
    ];
    for (rule, path) in inside {
        refused(&rule, "unknown_field", path);
    }
    accepted(&json!({"op": "ruleset", "name": "exit"}));
    accepted(&json!({"op": "all_present", "fields": ["project.note", "project.kind"]}));
}

#[test]
fn a_lost_fact_is_found_inside_every_comparison_and_calculation() {
    let gone = field("no_such_fact");
    for op in ["eq", "ne", "lt", "lte", "gt", "gte"] {
        refused(
            &json!({"op": op, "left": gone, "right": "5"}),
            "unknown_field",
            ".left.field",
        );
    }
    let inside = [
        (
            json!({"op": "between", "left": field("cost_hkd"), "low": gone, "high": "5"}),
            ".low.field",
        ),
        (
            json!({"op": "in", "left": gone, "right": ["a"]}),
            ".left.field",
        ),
        (
            json!({"op": "subset", "left": gone, "right": ["red"]}),
            ".left.field",
        ),
        (
            json!({"op": "matches", "left": gone, "right": "^a$"}),
            ".left.field",
        ),
        (
            json!({"op": "max_length", "left": gone, "right": 5}),
            ".left.field",
        ),
        (
            json!({"op": "max_count", "left": gone, "right": 5}),
            ".left.field",
        ),
    ];
    for (rule, path) in inside {
        refused(&rule, "unknown_field", path);
    }
    let both = |op: &str| json!({"op": op, "args": [field("cost_hkd"), gone]});
    for op in ["add", "sub", "max", "min", "mul"] {
        refused(
            &json!({"op": "lte", "left": both(op), "right": "5"}),
            "unknown_field",
            ".left.args[1].field",
        );
    }
    for op in ["div", "months_between", "days_between"] {
        let calculation = json!({"op": op, "left": field("starts_on"), "right": gone});
        let codes = found(&json!({"op": "lte", "left": calculation, "right": "5"}));
        let at = ("unknown_field".to_owned(), ".left.right.field".to_owned());
        assert!(codes.contains(&at), "{op}: {codes:?}");
    }
    for op in ["count", "sum"] {
        let calculation = json!({"op": op, "over": gone, "of": "item.cost_hkd"});
        refused(
            &json!({"op": "lte", "left": calculation, "right": "5"}),
            "unknown_field",
            ".left.over.field",
        );
    }
}

#[test]
fn a_calculation_has_the_unit_of_what_it_is_made_of() {
    let (cost, own) = (field("cost_hkd"), field("own_hkd"));
    let share = field("part_share");
    let days = json!({"op": "days_between", "left": field("starts_on"), "right": field("ends_on")});
    let count = json!({"op": "count", "over": field("lines")});
    let sum = json!({"op": "sum", "over": field("lines"), "of": "item.cost_hkd"});
    for op in ["add", "sub", "max", "min"] {
        let together = json!({"op": op, "args": [cost, own]});
        accepted(&json!({"op": "lte", "left": together, "right": {"param": "cap_hkd"}}));
        refused(
            &json!({"op": "lte", "left": together, "right": share}),
            "wrong_unit",
            ".right",
        );
    }
    for other in [&days, &count] {
        refused(
            &json!({"op": "lte", "left": other, "right": cost}),
            "wrong_unit",
            ".right",
        );
    }
    accepted(&json!({"op": "lte", "left": days, "right": 365}));
    accepted(&json!({"op": "lte", "left": count, "right": field("staff")}));
    accepted(&json!({"op": "lte", "left": sum, "right": cost}));
    refused(
        &json!({"op": "lte", "left": sum, "right": share}),
        "wrong_unit",
        ".right",
    );
}

#[test]
fn the_name_of_a_parameter_tells_its_unit() {
    let (cost, share) = (field("cost_hkd"), field("part_share"));
    for name in ["part_share", "levy_rate"] {
        accepted(&json!({"op": "lte", "left": share, "right": {"param": name}}));
        refused(
            &json!({"op": "lte", "left": cost, "right": {"param": name}}),
            "wrong_unit",
            ".right",
        );
    }
    refused(
        &json!({"op": "lte", "left": share, "right": {"param": "cap_hkd"}}),
        "wrong_unit",
        ".right",
    );
    accepted(&json!({"op": "lte", "left": field("staff"), "right": {"param": "most"}}));
}

#[test]
fn what_stands_in_for_a_division_by_zero_is_looked_at_too() {
    let quotient = |instead: Value| {
        json!({"op": "lte", "right": "0.5", "left": {"op": "div", "left": field("own_hkd"),
            "right": field("cost_hkd"), "if_zero": instead}})
    };
    accepted(&quotient(Value::Null));
    accepted(&quotient(json!("0")));
    refused(
        &quotient(field("no_such_fact")),
        "unknown_field",
        ".left.if_zero.field",
    );
}

#[test]
fn a_comparison_is_weighed_by_its_own_sense() {
    let share = field("part_share");
    // Of what can be stated, which lies between 0 and 1.
    let impossible = [
        ("eq", "2"),
        ("lt", "0"),
        ("lte", "-1"),
        ("gt", "1"),
        ("gte", "2"),
    ];
    for (op, right) in impossible {
        refused(
            &json!({"op": op, "left": share, "right": right}),
            "impossible_rule",
            "",
        );
    }
    let possible = [
        ("eq", "1"),
        ("ne", "2"),
        ("lt", "0.01"),
        ("lte", "0"),
        ("gt", "0.99"),
        ("gte", "1"),
    ];
    for (op, right) in possible {
        accepted(&json!({"op": op, "left": share, "right": right}));
    }
    // Of two values that the rules state, each comparison comes out one way.
    let stated =
        |op: &str, left: Value, right: Value| json!({"op": op, "left": left, "right": right});
    let (always, never) = ("rule_always_passes", "impossible_rule");
    for (op, lower, same, higher) in [
        ("eq", never, always, never),
        ("ne", always, never, always),
        ("lt", always, never, never),
        ("lte", always, always, never),
        ("gt", never, never, always),
        ("gte", never, always, always),
    ] {
        refused(&stated(op, json!("1"), json!("2")), lower, "");
        refused(&stated(op, json!("2"), json!("2")), same, "");
        refused(&stated(op, json!("3"), json!("2")), higher, "");
        refused(
            &stated(op, json!("2026-01-01"), json!("2026-01-02")),
            lower,
            "",
        );
        refused(
            &stated(op, json!("2026-01-02"), json!("2026-01-02")),
            same,
            "",
        );
        refused(
            &stated(op, json!("2026-01-03"), json!("2026-01-02")),
            higher,
            "",
        );
    }
}

#[test]
fn between_two_ends_something_must_lie() {
    let between = |left: &str, low: &str, high: &str| json!({"op": "between", "left": field(left), "low": low, "high": high});
    accepted(&between("starts_on", "2026-01-01", "2026-01-01"));
    accepted(&between("starts_on", "2026-01-01", "2026-12-31"));
    refused(
        &between("starts_on", "2026-01-02", "2026-01-01"),
        "impossible_rule",
        ".high",
    );
    accepted(&between("part_share", "0.5", "0.5"));
    accepted(&between("part_share", "1", "2"));
    accepted(&between("drift", "-2", "-1"));
    refused(&between("part_share", "-2", "-1"), "impossible_rule", "");
    refused(&between("part_share", "2", "3"), "impossible_rule", "");
    refused(
        &between("part_share", "2026-01-01", "0.5"),
        "wrong_type",
        ".low",
    );
}
