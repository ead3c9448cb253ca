//! Bad input: every problem at once, each with its path.
#![expect(
    clippy::unwrap_used,
    reason = "helpers of this test; what they unwrap is written here"
)]
use explain::json::Json;
use serde_json::{Value, json};

/// Code and path of each problem.
fn problems(body: &str) -> Vec<(String, String)> {
    let problems = eligibility::calc(&Json::parse(body).unwrap()).unwrap_err();
    for problem in problems.as_slice() {
        assert!(!problem.message.is_empty());
    }
    let mut found: Vec<_> = problems
        .into_vec()
        .into_iter()
        .map(|problem| (problem.code, problem.path))
        .collect();
    found.sort();
    found
}

fn expect(body: &str, expected: &[(&str, &str)]) {
    let mut expected: Vec<_> = expected
        .iter()
        .map(|(code, path)| ((*code).to_owned(), (*path).to_owned()))
        .collect();
    expected.sort();
    assert_eq!(problems(body), expected);
}

fn with_rule(rule: &Value) -> String {
    json!({"facts": {}, "ruleset": {"id": "r", "version": "1",
        "parameters": {"list": ["a"], "none": ""},
        "criteria": [{"id": "c", "severity": "hard", "rule": rule}]}})
    .to_string()
}

#[test]
fn all_problems_of_a_document_come_out_at_once() {
    let body = r#"{"format":2,"extra":1,
      "facts":{"org":{"a_hkd":5,"b_hkd":"1,000","c":0.5,"d":1,"d":2},"applicant":{},
               "rulesets":{"x":"yes"}},
      "ruleset":{"id":"r","effective_from":"2025-13-01","note":1.5,"criteria":[
        {"id":"c1","severity":"harsh","question_en":"Q?",
         "reason":{"fail":{"en":"over by {excess}","zh":""}},
         "rule":{"op":"and","args":[
           {"op":"lte","left":{"field":"org.x"}},
           {"op":"between_","left":"1"},
           {"op":"eq","left":{"param":"no_such"},"right":{"field":"firm.x"}},
           {"op":"present","left":{"field":"item.x"}}]}},
        {"id":"c2","severity":"soft","rule":{"op":"ratio","left":"1","right":"2"}},
        {"id":"c2","severity":"soft","rule":{"op":"present","left":{"field":"org.x"}}}]}}"#;
    expect(
        body,
        &[
            ("unsupported_format", "format"),
            ("unknown_field", "extra"),
            ("number_not_string", "facts.org.a_hkd"),
            ("not_decimal", "facts.org.b_hkd"),
            ("number_not_string", "facts.org.c"),
            ("duplicate_key", "facts.org.d"),
            ("unknown_field", "facts.applicant"),
            ("not_boolean", "facts.rulesets.x"),
            ("missing", "ruleset.version"),
            ("not_date", "ruleset.effective_from"),
            ("number_not_string", "ruleset.note"),
            ("not_one_of", "ruleset.criteria[0].severity"),
            ("missing_language", "ruleset.criteria[0].question_zh"),
            ("unknown_placeholder", "ruleset.criteria[0].reason.fail.en"),
            ("blank", "ruleset.criteria[0].reason.fail.zh"),
            ("missing", "ruleset.criteria[0].rule.args[0].right"),
            ("unknown_op", "ruleset.criteria[0].rule.args[1].op"),
            (
                "unknown_param",
                "ruleset.criteria[0].rule.args[2].left.param",
            ),
            ("bad_field", "ruleset.criteria[0].rule.args[2].right.field"),
            (
                "item_outside_list",
                "ruleset.criteria[0].rule.args[3].left.field",
            ),
            ("ratio_decides_nothing", "ruleset.criteria[1].severity"),
            ("duplicate_id", "ruleset.criteria[2].id"),
        ],
    );
}

/// Each rule has exactly one problem: this code at this place in the rule.
fn expect_refused(cases: &[(Value, &str, &str)]) {
    for (rule, code, at) in cases {
        let at = format!("ruleset.criteria[0].rule.{at}");
        assert_eq!(
            problems(&with_rule(rule)),
            [((*code).to_owned(), at)],
            "{rule}"
        );
    }
}

#[test]
fn operands_that_cannot_fit_their_operator_are_refused() {
    let x = json!({"field": "org.x"});
    expect_refused(&[
        (
            json!({"op": "in", "left": x, "right": "a"}),
            "wrong_operand",
            "right",
        ),
        (
            json!({"op": "lte", "left": x, "right": {"param": "list"}}),
            "wrong_operand",
            "right.param",
        ),
        (
            json!({"op": "eq", "left": x, "right": null}),
            "wrong_operand",
            "right",
        ),
        (
            json!({"op": "eq", "left": x, "right": {"param": "none"}}),
            "wrong_operand",
            "right.param",
        ),
        (
            json!({"op": "min_length", "left": x, "right": "50"}),
            "wrong_operand",
            "right",
        ),
        (
            json!({"op": "matches", "left": x, "right": "(?=a)"}),
            "bad_pattern",
            "right",
        ),
        (
            json!({"op": "matches", "left": x, "right": x}),
            "bad_pattern",
            "right",
        ),
    ]);
}

#[test]
fn operators_need_the_right_number_and_kind_of_operands() {
    let x = json!({"field": "org.x"});
    expect_refused(&[
        (json!({"op": "and", "args": []}), "empty", "args"),
        (
            json!({"op": "not", "args": [{"op": "present", "left": x}, {"op": "present", "left": x}]}),
            "wrong_count",
            "args",
        ),
        (json!({"op": "add", "args": ["1"]}), "wrong_kind", "op"),
        (
            json!({"op": "eq", "left": {"op": "eq", "left": x, "right": "1"}, "right": "1"}),
            "wrong_kind",
            "left.op",
        ),
        (
            json!({"op": "not", "arg": {"op": "ratio", "left": x, "right": x}}),
            "wrong_kind",
            "arg.op",
        ),
        (
            json!({"op": "eq", "left": {"field": "org.x", "param": "list"}, "right": "1"}),
            "not_operand",
            "left",
        ),
        (
            json!({"op": "eq", "left": {"op": "months_between", "args": [x]}, "right": 1}),
            "wrong_count",
            "left.args",
        ),
        (
            json!({"op": "any", "over": {"field": "org.l"}, "where": {
            "op": "any", "over": {"field": "org.l"}, "where": {"op": "present", "left": {"field": "item"}}}}),
            "list_in_list",
            "where.over",
        ),
    ]);
}

#[test]
fn a_rule_may_be_sixteen_levels_deep_and_no_deeper() {
    let nested = |levels: usize| {
        let leaf = json!({"op": "ruleset", "name": "x"});
        (1..levels).fold(leaf, |inner, _| json!({"op": "not", "arg": inner}))
    };
    assert!(eligibility::calc(&Json::parse(&with_rule(&nested(16))).unwrap()).is_ok());
    let found = problems(&with_rule(&nested(17)));
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].0, "too_deep");
}

#[test]
fn a_rule_set_is_bounded_in_size() {
    let leaf = json!({"op": "ruleset", "name": "x"});
    let rule = json!({"op": "and", "args": vec![leaf; eligibility::NODES_MAX]});
    let found = problems(&with_rule(&rule));
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].0, "too_many");
    let empty = r#"{"facts":{},"ruleset":{"id":"r","version":"1","criteria":[]}}"#;
    expect(empty, &[("empty", "ruleset.criteria")]);
    expect("{}", &[("missing", "facts"), ("missing", "ruleset")]);
    expect(
        "[]",
        &[
            ("missing", "facts"),
            ("missing", "ruleset"),
            ("not_object", ""),
        ],
    );
}
