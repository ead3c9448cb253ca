//! What an author reads when a rule is refused: the words for what stands there, the reach of a number, and an example
//! of what would fit.
#![expect(
    clippy::needless_pass_by_value,
    clippy::unwrap_used,
    reason = "helpers of this test; what they unwrap is written here"
)]
use eligibility::check;
use explain::json::Json;
use serde_json::{Value, json};

use crate::reach::{catalogue, field};

/// The message of the only thing that is wrong with a rule.
fn told(rule: &Value) -> String {
    let both = json!({"en": "words", "zh": "文字"});
    let ruleset = json!({"id": "r", "version": "1",
        "criteria": [{"id": "E1", "severity": "hard", "question_en": "Is it?", "question_zh": "是否？",
            "rule": rule, "reason": both, "fix": both}]});
    let problems = check(&Json::from(&ruleset), &catalogue()).into_vec();
    assert_eq!(problems.len(), 1, "{rule} {problems:?}");
    problems[0].message.clone()
}

fn two(op: &str, left: Value, right: Value) -> Value {
    json!({"op": op, "left": left, "right": right})
}

fn between_days(op: &str) -> Value {
    json!({"op": op, "args": [field("starts_on"), field("ends_on")]})
}

#[test]
fn two_units_that_do_not_go_together_are_both_named() {
    for (rule, words) in [
        (
            two("lte", field("cost_hkd"), field("staff")),
            "is a count, which does not go with an amount of money;",
        ),
        (
            two("lte", field("part_share"), field("score")),
            "is a plain number, which does not go with a share or rate;",
        ),
        (
            two(
                "lte",
                between_days("months_between"),
                between_days("days_between"),
            ),
            "is days, which does not go with months;",
        ),
    ] {
        assert!(told(&rule).contains(words), "{}", told(&rule));
    }
}

#[test]
fn two_kinds_that_cannot_be_compared_are_both_named_with_an_example_of_what_fits() {
    for (rule, words) in [
        (
            two("lte", field("starts_on"), field("uses_ai")),
            "is yes or no, which cannot be compared with a date; give a date such as \"2026-12-01\".",
        ),
        (
            two("eq", field("note"), field("tags")),
            "is a list, which cannot be compared with text; give a text such as \"lsg\".",
        ),
        (
            two("eq", field("kind"), field("cost_hkd")),
            "is an amount of money, which cannot be compared with a code; give a text such as \"lsg\".",
        ),
        (
            two("eq", field("tags"), field("uses_ai")),
            "which cannot be compared with a list; give a list such as [\"lsg\"].",
        ),
        (
            two("lte", field("cost_hkd"), json!(true)),
            "give an amount such as \"500000.00\".",
        ),
        (
            two("lte", field("part_share"), json!(true)),
            "with a share or rate; give a share such as \"0.25\".",
        ),
        (
            two("lte", field("staff"), json!(true)),
            "with a count; give a number such as 36.",
        ),
        (
            two("eq", field("uses_ai"), json!("x")),
            "is text, which cannot be compared with yes or no; give true or false.",
        ),
    ] {
        assert!(told(&rule).ends_with(words), "{}", told(&rule));
    }
}

#[test]
fn a_rule_that_can_never_hold_says_how_far_each_side_reaches() {
    let sum = json!({"op": "add", "args": ["1", "2"]});
    for (rule, words) in [
        (
            two("lte", field("part_share"), json!("-1")),
            "the left side is between 0 and 1 and the right side -1;",
        ),
        (
            two("lte", field("cost_hkd"), json!("-1")),
            "the left side is 0 or more and the right side -1;",
        ),
        (
            two("lte", sum, json!("1")),
            "the left side is 3 and the right side 1;",
        ),
    ] {
        assert!(told(&rule).contains(words), "{}", told(&rule));
    }
}

/// Code and path of every text that a criterion lacks.
fn worded(texts: &Value) -> Vec<(String, String)> {
    let mut criterion =
        json!({"id": "E1", "severity": "hard", "rule": two("lte", field("cost_hkd"), json!("5"))});
    criterion
        .as_object_mut()
        .unwrap()
        .extend(texts.as_object().unwrap().clone());
    let ruleset = json!({"id": "r", "version": "1", "criteria": [criterion]});
    let problems = check(&Json::from(&ruleset), &catalogue())
        .into_vec()
        .into_iter();
    problems
        .filter(|problem| problem.code == "missing_text")
        .map(|problem| (problem.code, problem.path))
        .collect()
}

#[test]
fn a_question_in_one_place_is_a_question_and_a_missing_one_is_told_in_both_languages() {
    let both = json!({"en": "words", "zh": "文字"});
    let with = |texts: Value| {
        let mut texts = texts;
        texts["reason"] = both.clone();
        texts["fix"] = both.clone();
        worded(&texts)
    };
    let missing = |key: &str| ("missing_text".to_owned(), format!("criteria[0].{key}"));
    assert_eq!(
        with(json!({})),
        [missing("question_en"), missing("question_zh")]
    );
    assert_eq!(
        with(json!({"question_en": " ", "question_zh": ""})),
        [missing("question_en"), missing("question_zh")]
    );
    assert_eq!(
        with(json!({"question_en": "Is it?", "question_zh": "是否？"})),
        []
    );
    assert_eq!(with(json!({"question": both})), []);
    let question = json!({"question": both});
    let mut without_reason = question.clone();
    without_reason["fix"] = both.clone();
    assert_eq!(
        worded(&without_reason),
        ["pass", "fail", "unknown"].map(|outcome| missing(&format!("reason.{outcome}")))
    );
}

#[test]
fn values_of_a_table_are_of_one_kind() {
    let table = |values: [&str; 2], default: Value| {
        let row = |when: &str, value: &str| json!({"when": [[when]], "value": value});
        json!({"id": "r", "version": "1",
            "tables": {"cap": {"columns": [{"field": "project.kind"}],
                "rows": [row("a", values[0]), row("b", values[1])], "default": default}},
            "criteria": []})
    };
    let wrong = |ruleset: Value| {
        let problems = check(&Json::from(&ruleset), &catalogue())
            .into_vec()
            .into_iter();
        problems
            .filter(|problem| problem.code == "wrong_type")
            .map(|problem| problem.path)
            .collect::<Vec<String>>()
    };
    assert_eq!(wrong(table(["1", "2"], Value::Null)), [""; 0]);
    assert_eq!(wrong(table(["1", "2"], json!("3"))), [""; 0]);
    assert_eq!(
        wrong(table(["1", "many"], Value::Null)),
        ["tables.cap.rows[1].value"]
    );
    assert_eq!(
        wrong(table(["1", "2"], json!("many"))),
        ["tables.cap.default"]
    );
}
