//! What is refused when a rule set is saved, each with path, cause and example.
#![expect(
    clippy::unwrap_used,
    reason = "helpers of this test; what they unwrap is written here"
)]
use eligibility::{Catalogue, check};
use explain::json::Json;
use serde_json::{Value, json};

use crate::facts::{SEED, value};

const FACTS: &str = include_str!("../../../../seed/facts.json");

fn catalogue() -> Catalogue {
    let mut facts = value(FACTS);
    for fact in facts["facts"].as_array_mut().unwrap() {
        if fact["path"] == "org.subvention_mode" {
            fact["options"] = json!(["lsg", "conventional", "none"]);
        }
    }
    Catalogue::try_new(&Json::from(&facts)).unwrap()
}

fn found(ruleset: &Value) -> Vec<(String, String)> {
    let problems = check(&Json::from(ruleset), &catalogue());
    for problem in problems.as_slice() {
        assert!(
            !problem.message.is_empty() && problem.message.contains(&problem.path),
            "{problem:?}"
        );
    }
    problems
        .into_vec()
        .into_iter()
        .map(|problem| (problem.code, problem.path))
        .collect()
}

/// One criterion with all its words and this rule.
fn with_rule(rule: &Value) -> Value {
    let both = json!({"en": "words", "zh": "文字"});
    json!({"id": "r", "version": "1", "sources": {"ILL": {}}, "parameters": {"cap_hkd": "500000.00", "most": 36},
        "criteria": [{"id": "E1", "severity": "hard", "question_en": "Is it?", "question_zh": "是否？",
            "source": ["ILL"], "rule": rule, "reason": both, "fix": both}]})
}

fn refused(rule: &Value) -> (String, String) {
    let found = found(&with_rule(rule));
    assert_eq!(found.len(), 1, "{found:?}");
    let (code, path) = found[0].clone();
    (code, path.trim_start_matches("criteria[0].rule").to_owned())
}

fn at(code: &str, path: &str) -> (String, String) {
    (code.to_owned(), path.to_owned())
}

#[test]
fn the_demonstration_programme_is_fit_to_be_published() {
    assert_eq!(found(&value(SEED)), []);
}

#[test]
fn a_fact_that_does_not_exist_is_named_with_the_nearest_that_does() {
    let rule = json!({"op": "present", "left": {"field": "application.board_endorsed"}});
    assert_eq!(refused(&rule), at("unknown_field", ".left.field"));
    let problems = check(&Json::from(&with_rule(&rule)), &catalogue());
    assert!(
        problems.as_slice()[0]
            .message
            .contains("application.board_endorsed_on")
    );
    let item = json!({"op": "all", "over": {"field": "application.budget_lines"},
        "where": {"op": "lte", "left": {"field": "item.price_hkd"}, "right": "5"}});
    assert_eq!(refused(&item), at("unknown_field", ".where.left.field"));
    let sum = json!({"op": "lte", "right": "5",
        "left": {"op": "sum", "over": {"field": "application.budget_lines"}, "of": "price"}});
    assert_eq!(refused(&sum), at("unknown_field", ".left.of"));
}

#[test]
fn units_must_agree() {
    let money = json!({"field": "application.requested_hkd"});
    let share = json!({"field": "project.subvented_share"});
    let cases = [
        (
            json!({"op": "lte", "left": money, "right": share}),
            "wrong_unit",
            ".right",
        ),
        (
            json!({"op": "lte", "left": {"op": "add", "args": [money, share]}, "right": "5"}),
            "wrong_unit",
            ".left.args[1]",
        ),
        (
            json!({"op": "lte", "left": {"op": "mul", "args": [money, money]}, "right": "5"}),
            "wrong_unit",
            ".left.args[1]",
        ),
        (
            json!({"op": "lte", "left": {"op": "months_between", "left": {"field": "project.start_on"},
            "right": {"field": "project.end_on"}}, "right": {"param": "cap_hkd"}}),
            "wrong_unit",
            ".right",
        ),
        (
            json!({"op": "gte", "left": {"field": "project.start_on"}, "right": "36"}),
            "wrong_type",
            ".right",
        ),
        (
            json!({"op": "lte", "left": {"op": "months_between", "left": {"field": "project.start_on"},
            "right": money}, "right": 36}),
            "wrong_type",
            ".left.right",
        ),
        (
            json!({"op": "eq", "left": {"field": "project.uses_ai"}, "right": "yes"}),
            "wrong_type",
            ".right",
        ),
        (
            json!({"op": "min_length", "left": money, "right": 5}),
            "wrong_type",
            ".left",
        ),
        (
            json!({"op": "min_count", "left": {"field": "project.summary"}, "right": 5}),
            "wrong_type",
            ".left",
        ),
    ];
    for (rule, code, path) in cases {
        assert_eq!(refused(&rule), at(code, path), "{rule}");
    }
}

#[test]
fn operators_look_at_the_kinds_they_are_made_for() {
    let cases = [
        (
            json!({"op": "superset", "left": {"field": "project.summary"}, "right": ["a"]}),
            "wrong_type",
            ".left",
        ),
        (
            json!({"op": "any", "over": {"field": "project.summary"}, "where": {"op": "present",
            "left": {"field": "item"}}}),
            "wrong_type",
            ".over.field",
        ),
        (
            json!({"op": "gt", "left": {"field": "project.uses_ai"}, "right": true}),
            "wrong_type",
            "",
        ),
        (
            json!({"op": "gte", "left": {"field": "org.audited_accounts_fy"}, "right": "last year"}),
            "wrong_type",
            ".right",
        ),
    ];
    for (rule, code, path) in cases {
        assert_eq!(refused(&rule), at(code, path), "{rule}");
    }
}

#[test]
fn rules_whose_units_agree_are_accepted() {
    let money = json!({"field": "application.requested_hkd"});
    let share = json!({"field": "project.subvented_share"});
    let fits = [
        json!({"op": "lte", "left": money, "right": {"op": "mul", "args": [share, {"field": "application.total_cost_hkd"}]}}),
        json!({"op": "gte", "left": {"op": "div", "left": {"field": "application.own_contribution_hkd"},
            "right": {"field": "application.total_cost_hkd"}, "if_zero": null}, "right": "0.10"}),
        json!({"op": "gte", "left": {"field": "org.audited_accounts_fy"}, "right": "2024-25"}),
        json!({"op": "implies", "if": {"op": "eq", "left": {"field": "org.first_time_applicant"}, "right": false},
            "then": {"op": "lt", "left": {"op": "sub", "args": [{"field": "round.received_before"},
                {"field": "round.first_time_before"}]}, "right": 40}}),
    ];
    for rule in fits {
        assert_eq!(found(&with_rule(&rule)), [], "{rule}");
    }
}

#[test]
fn rules_that_can_only_come_out_one_way_are_refused() {
    let share = json!({"field": "project.subvented_share"});
    let money = json!({"field": "application.requested_hkd"});
    let cases = [
        (
            json!({"op": "gt", "left": share, "right": "1"}),
            "impossible_rule",
            "",
        ),
        (
            json!({"op": "lt", "left": money, "right": "0"}),
            "impossible_rule",
            "",
        ),
        (
            json!({"op": "lt", "left": {"op": "months_between", "left": {"field": "project.start_on"},
            "right": {"field": "project.end_on"}}, "right": 1}),
            "impossible_rule",
            "",
        ),
        (
            json!({"op": "between", "left": money, "low": "10", "high": "9.99"}),
            "impossible_rule",
            ".high",
        ),
        (
            json!({"op": "between", "left": share, "low": "2", "high": "3"}),
            "impossible_rule",
            "",
        ),
        (
            json!({"op": "in", "left": {"field": "org.subvention_mode"}, "right": []}),
            "impossible_rule",
            ".right",
        ),
        (
            json!({"op": "min_length", "left": {"field": "project.need"}, "right": 0}),
            "rule_always_passes",
            "",
        ),
        (
            json!({"op": "lte", "left": {"param": "most"}, "right": 36}),
            "rule_always_passes",
            "",
        ),
        (
            json!({"op": "in", "left": {"field": "org.subvention_mode"}, "right": ["lump"]}),
            "unknown_code",
            ".right[0]",
        ),
        (
            json!({"op": "eq", "left": {"field": "org.subvention_mode"}, "right": "lump"}),
            "unknown_code",
            ".right",
        ),
    ];
    for (rule, code, path) in cases {
        assert_eq!(refused(&rule), at(code, path), "{rule}");
    }
}

#[test]
fn nothing_is_divided_by_what_may_be_zero() {
    let divided = |right: Value| {
        json!({"op": "lte", "right": "0.5",
        "left": {"op": "div", "left": {"field": "application.own_contribution_hkd"}, "right": right}})
    };
    let cost = json!({"field": "application.total_cost_hkd"});
    assert_eq!(
        refused(&divided(cost.clone())),
        at("may_divide_by_zero", ".left.right")
    );
    let never_zero = json!({"op": "max", "args": [cost, "0.01"]});
    assert_eq!(found(&with_rule(&divided(never_zero))), []);
    assert_eq!(found(&with_rule(&divided(json!("2")))), []);
}

#[test]
fn every_outcome_is_explained_in_both_languages() {
    let mut set = with_rule(&json!({"op": "present", "left": {"field": "project.need"}}));
    let criterion = &mut set["criteria"][0];
    criterion["question_zh"] = Value::Null;
    criterion["reason"] = json!({"pass": {"en": "a", "zh": "甲"}, "fail": {"en": "a"}});
    criterion.as_object_mut().unwrap().remove("fix");
    criterion["fix_field"] = json!("project.needs");
    criterion["source"] = json!(["NEWS"]);
    let codes = found(&set);
    for expected in [
        at("missing_language", "criteria[0].reason.fail.zh"),
        at("missing_text", "criteria[0].reason.unknown"),
        at("missing_text", "criteria[0].fix.fail"),
        at("missing_text", "criteria[0].fix.unknown"),
        at("unknown_field", "criteria[0].fix_field"),
        at("unknown_source", "criteria[0].source[0]"),
    ] {
        assert!(codes.contains(&expected), "{expected:?} in {codes:?}");
    }
    assert!(
        codes
            .iter()
            .any(|(_, path)| path == "criteria[0].question_zh"),
        "{codes:?}"
    );
}

#[test]
fn tables_are_checked_column_by_column() {
    let mut set = with_rule(
        &json!({"op": "lte", "left": {"field": "application.requested_hkd"},
        "right": {"op": "table", "name": "cap"}}),
    );
    set["tables"] = json!({"cap": {"unit": "share",
        "columns": [{"field": "org.size"}, {"field": "project.start_on"}],
        "rows": [{"when": ["small", {"over": "5", "up_to": null}], "value": "0.5"},
                 {"when": [["medium"], null], "value": "half"}]}});
    let codes = found(&set);
    for expected in [
        at("unknown_field", "tables.cap.columns[0].field"),
        at("wrong_type", "tables.cap.rows[0].when[1]"),
        at("wrong_type", "tables.cap.rows[1].value"),
        at("wrong_unit", "criteria[0].rule.right"),
    ] {
        assert!(codes.contains(&expected), "{expected:?} in {codes:?}");
    }
}
