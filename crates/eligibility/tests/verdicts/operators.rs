//! Each operator on its own: when it holds, when it does not, and when it cannot be told.
#![expect(
    clippy::unwrap_used,
    reason = "helpers of this test; what they unwrap is written here"
)]
use eligibility::{Compiled, Outcome};
use explain::json::Json;
use serde_json::{Value, json};

use crate::facts::facts;

fn ruleset(rule: &Value) -> Compiled {
    let body = json!({
        "id": "r", "version": "1",
        "parameters": {
            "patterns": {"brn": "^[0-9]{8}$"}, "floor_hkd": "100.019", "most": 3
        },
        "criteria": [{"id": "c", "severity": "hard", "rule": rule}]
    });
    Compiled::try_new(&Json::from(&body)).unwrap()
}

/// The outcome of a rule for an organisation.
pub(crate) fn outcome(rule: &Value, org: &Value) -> Outcome {
    let (ruleset, facts) = (ruleset(rule), facts(&json!({"org": org})));
    ruleset.evaluate(&facts).results()[0].outcome()
}

pub(crate) fn expect(rule: &Value, cases: &[(Value, Outcome)]) {
    for (org, expected) in cases {
        assert_eq!(outcome(rule, org), *expected, "{rule} for {org}");
    }
}

pub(crate) fn two(op: &str, right: &Value) -> Value {
    json!({"op": op, "left": {"field": "org.x"}, "right": right})
}

use Outcome::{Fail, Pass, Unknown};

#[test]
fn comparisons_order_numbers_dates_and_other_text() {
    for (op, low, same, high) in [
        ("eq", Fail, Pass, Fail),
        ("ne", Pass, Fail, Pass),
        ("lt", Pass, Fail, Fail),
        ("lte", Pass, Pass, Fail),
        ("gt", Fail, Fail, Pass),
        ("gte", Fail, Pass, Pass),
    ] {
        for (right, texts) in [
            (json!("10"), ["9.5", "10.00", "100"]),
            (
                json!("2025-03-01"),
                ["2025-02-28", "2025-03-01", "2026-01-01"],
            ),
            (json!("2024-25"), ["2023-24", "2024-25", "2025-26"]),
            (json!("\u{ff00}"), ["\u{4e00}", "\u{ff00}", "\u{1f600}"]),
        ] {
            for (text, expected) in texts.into_iter().zip([low, same, high]) {
                expect(&two(op, &right), &[(json!({"x": text}), expected)]);
            }
        }
        expect(
            &two(op, &json!(10)),
            &[
                (json!({"x": 9}), low),
                (json!({"x": "10.0"}), same),
                (json!({"x": 11}), high),
                (json!({}), Unknown),
                (json!({"x": null}), Unknown),
                (json!({"x": ""}), Unknown),
                (json!({"x": "ten"}), Unknown),
                (json!({"x": true}), Unknown),
                (json!({"x": ["10"]}), Unknown),
            ],
        );
    }
    expect(
        &two("eq", &json!(true)),
        &[
            (json!({"x": true}), Pass),
            (json!({"x": false}), Fail),
            (json!({"x": "true"}), Unknown),
        ],
    );
}

#[test]
fn between_includes_both_ends_and_fails_on_one_known_end() {
    let rule = json!({"op": "between", "left": {"field": "org.x"}, "low": "1", "high": {"field": "org.most"}});
    expect(
        &rule,
        &[
            (json!({"x": "1", "most": "3"}), Pass),
            (json!({"x": "3", "most": "3"}), Pass),
            (json!({"x": "3.01", "most": "3"}), Fail),
            (json!({"x": "0.99"}), Fail),
            (json!({"x": "2"}), Unknown),
        ],
    );
}

#[test]
fn lists_are_searched_and_compared_as_sets() {
    let ab = json!(["a", "b"]);
    expect(
        &two("in", &ab),
        &[
            (json!({"x": "a"}), Pass),
            (json!({"x": "c"}), Fail),
            (json!({"x": null}), Unknown),
            (json!({}), Unknown),
        ],
    );
    expect(
        &two("superset", &ab),
        &[
            (json!({"x": ["b", "a", "c"]}), Pass),
            (json!({"x": ["a"]}), Fail),
            (json!({"x": ["a", null]}), Unknown),
            (json!({"x": []}), Fail),
            (json!({"x": null}), Unknown),
        ],
    );
    expect(
        &two("subset", &ab),
        &[
            (json!({"x": []}), Pass),
            (json!({"x": ["b"]}), Pass),
            (json!({"x": ["b", "c"]}), Fail),
            (json!({"x": [null, "c"]}), Fail),
        ],
    );
    expect(
        &two("intersects", &ab),
        &[
            (json!({"x": ["c", "b"]}), Pass),
            (json!({"x": ["c"]}), Fail),
            (json!({"x": [null]}), Unknown),
        ],
    );
}

#[test]
fn quantifiers_follow_kleene_and_the_empty_list() {
    let each = |op: &str| {
        json!({"op": op, "over": {"field": "org.x"},
               "where": {"op": "gt", "left": {"field": "item.n"}, "right": 0}})
    };
    let list = |items: &[Value]| json!({"x": items});
    let (yes, no, open) = (json!({"n": 1}), json!({"n": 0}), json!({}));
    let cases = [
        (list(&[]), Fail, Pass, Pass),
        (list(&[yes.clone(), open.clone()]), Pass, Unknown, Fail),
        (list(&[no.clone(), open.clone()]), Unknown, Fail, Unknown),
        (list(&[no.clone(), yes.clone()]), Pass, Fail, Fail),
        (list(&[yes.clone(), yes]), Pass, Pass, Fail),
        (list(&[no.clone(), no]), Fail, Fail, Pass),
        (list(&[open]), Unknown, Unknown, Unknown),
        (json!({"x": null}), Unknown, Unknown, Unknown),
        (json!({}), Unknown, Unknown, Unknown),
    ];
    for (org, any, all, none) in cases {
        for (op, expected) in [("any", any), ("all", all), ("none", none)] {
            assert_eq!(outcome(&each(op), &org), expected, "{op} {org}");
        }
    }
}

#[test]
fn a_list_of_the_item_can_be_searched_in_turn() {
    let rule = json!({"op": "all", "over": {"field": "org.x"}, "where": {
        "op": "any", "over": {"field": "item.parts"},
        "where": {"op": "eq", "left": {"field": "item"}, "right": "a"}}});
    expect(
        &rule,
        &[
            (
                json!({"x": [{"parts": ["b", "a"]}, {"parts": ["a"]}]}),
                Pass,
            ),
            (json!({"x": [{"parts": ["b", "a"]}, {"parts": []}]}), Fail),
            (json!({"x": [{"parts": ["a"]}, {}]}), Unknown),
        ],
    );
}

#[test]
fn presence_tells_missing_from_stated_as_none() {
    let given = [
        (json!({"x": "doc"}), Pass),
        (json!({"x": false}), Pass),
        (json!({"x": null}), Fail),
        (json!({"x": ""}), Fail),
        (json!({}), Unknown),
    ];
    expect(
        &json!({"op": "present", "left": {"field": "org.x"}}),
        &given,
    );
    expect(
        &json!({"op": "all_present", "fields": ["org.p.a", "org.p.b"]}),
        &[
            (json!({"p": {"a": 1, "b": "2"}}), Pass),
            (json!({"p": {"a": 1, "b": ""}}), Fail),
            (json!({"p": {"a": null}}), Fail),
            (json!({"p": {"a": 1}}), Unknown),
            (json!({"p": null}), Fail),
            (json!({}), Unknown),
        ],
    );
}

#[test]
fn lengths_count_characters_and_counts_count_items() {
    expect(
        &two("min_length", &json!(3)),
        &[
            (json!({"x": "社福界"}), Pass),
            (json!({"x": "社福"}), Fail),
            (json!({"x": ""}), Unknown),
            (json!({}), Unknown),
        ],
    );
    expect(
        &two("max_length", &json!({"param": "most"})),
        &[(json!({"x": "abc"}), Pass), (json!({"x": "abcd"}), Fail)],
    );
    expect(
        &two("min_count", &json!(1)),
        &[
            (json!({"x": [1]}), Pass),
            (json!({"x": []}), Fail),
            (json!({"x": null}), Unknown),
        ],
    );
    expect(
        &two("max_count", &json!(1)),
        &[
            (json!({"x": []}), Pass),
            (json!({"x": [1, 2]}), Fail),
            (json!({}), Unknown),
        ],
    );
}

#[test]
fn patterns_test_a_text_or_the_item_by_its_own_type() {
    expect(
        &two("matches", &json!("^[a-z]+$")),
        &[
            (json!({"x": "abc"}), Pass),
            (json!({"x": "ABC"}), Fail),
            (json!({"x": null}), Unknown),
        ],
    );
    expect(
        &two("matches", &json!({"param": "patterns"})),
        &[
            (json!({"x": {"type": "brn", "value": "01234567"}}), Pass),
            (json!({"x": {"type": "brn", "value": "1234567"}}), Fail),
            (json!({"x": {"type": "brn", "value": null}}), Unknown),
            (
                json!({"x": {"type": "other", "value": "01234567"}}),
                Unknown,
            ),
            (json!({"x": "01234567"}), Unknown),
        ],
    );
}

#[test]
fn logic_lets_the_known_part_settle_the_matter() {
    let test =
        |name: &str| json!({"op": "eq", "left": {"field": format!("org.{name}")}, "right": true});
    let all = |op: &str| json!({"op": op, "args": [test("a"), test("b")]});
    let implies = json!({"op": "implies", "if": test("a"), "then": test("b")});
    let not = json!({"op": "not", "arg": test("a")});
    let side =
        |name: &str, truth: Option<bool>| truth.map_or(json!({}), |truth| json!({name: truth}));
    let states = [Some(true), Some(false), None];
    let word = |truth: Option<bool>| match truth {
        Some(true) => Pass,
        Some(false) => Fail,
        None => Unknown,
    };
    for a in states {
        assert_eq!(outcome(&not, &side("a", a)), word(a.map(|a| !a)));
        for b in states {
            let mut org = side("a", a);
            org.as_object_mut()
                .unwrap()
                .extend(side("b", b).as_object().unwrap().clone());
            let both = if a == Some(false) || b == Some(false) {
                Some(false)
            } else {
                a.and(b)
            };
            let either = if a == Some(true) || b == Some(true) {
                Some(true)
            } else {
                a.and(b)
            };
            let follows = if a == Some(false) || b == Some(true) {
                Some(true)
            } else {
                a.and(b)
            };
            assert_eq!(outcome(&all("and"), &org), word(both), "{a:?} and {b:?}");
            assert_eq!(outcome(&all("or"), &org), word(either), "{a:?} or {b:?}");
            assert_eq!(
                outcome(&implies, &org),
                word(follows),
                "{a:?} implies {b:?}"
            );
        }
    }
}

#[test]
fn a_rule_set_that_ran_elsewhere_is_read_from_its_result() {
    let compiled = ruleset(&json!({"op": "ruleset", "name": "purchases"}));
    for (results, expected) in [
        (json!({"purchases": true}), Pass),
        (json!({"purchases": false}), Fail),
        (json!({"purchases": null}), Unknown),
        (json!({}), Unknown),
    ] {
        let facts = facts(&json!({"rulesets": results}));
        assert_eq!(compiled.evaluate(&facts).results()[0].outcome(), expected);
    }
}
