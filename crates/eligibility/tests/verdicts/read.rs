//! What a compiled rule set tells about its criteria, and what is refused at the edges of facts and
//! documents.
#![expect(
    clippy::unwrap_used,
    reason = "helpers of this test; what they unwrap is written here"
)]
use eligibility::{Compiled, Facts, Outcome};
use explain::{date_from_text, json::Json};
use serde_json::{Value, json};

use crate::facts::{SEED, compiled, complete, facts, with, without};

#[test]
fn a_criterion_tells_its_source_evidence_note_field_and_dates() {
    let set = compiled(SEED);
    assert_eq!(set.criteria().len(), 29);
    let first = set.criterion("DF-E01").unwrap();
    assert_eq!(first.source(), ["F0", "P-DF"]);
    assert_eq!(
        first.evidence().unwrap().en,
        "SWD allocation list or letter"
    );
    assert_eq!(first.note(), None);
    let cap = set.criterion("DF-E06").unwrap();
    assert_eq!(cap.fix_field(), Some("application.requested_hkd"));
    assert!(cap.note().unwrap().starts_with("One press report"));
    assert_eq!(cap.evidence(), None);
    assert_eq!(cap.effective(), (None, None));
    let dated = json!({"id": "r", "version": "1", "criteria": [{"id": "E1", "severity": "info",
        "effective_from": "2026-12-01", "effective_to": "2027-11-30",
        "rule": {"op": "present", "left": {"field": "org.x"}}}]});
    let dated = Compiled::try_new(&Json::from(&dated)).unwrap();
    assert_eq!(
        dated.criteria()[0].effective(),
        (date_from_text("2026-12-01"), date_from_text("2027-11-30"))
    );
}

#[test]
fn how_many_of_the_required_statements_are_given_is_counted() {
    let set = compiled(SEED);
    let some = with(complete(), "/project/ai_plan/testing", Value::Null);
    let some = facts(&with(
        some,
        "/project/ai_plan/emergency_procedure",
        Value::Null,
    ));
    let verdict = set.evaluate(&some);
    let result = verdict.result("DF-E17").unwrap();
    assert_eq!(result.outcome(), Outcome::Fail);
    assert_eq!((result.value(), result.threshold()), (json!(2), json!(4)));
    assert_eq!(result.shortfall(), json!(2));
    let fields: Vec<String> = result
        .changes()
        .into_iter()
        .map(|change| change.field)
        .collect();
    assert_eq!(
        fields,
        [
            "project.ai_plan.testing",
            "project.ai_plan.emergency_procedure"
        ]
    );
}

#[test]
fn of_several_unknown_parts_the_first_is_told_and_a_failing_part_before_it() {
    let set = json!({"id": "r", "version": "1", "criteria": [{"id": "E1", "severity": "hard",
        "rule": {"op": "and", "args": [
            {"op": "lte", "left": {"field": "org.a"}, "right": "1"},
            {"op": "lte", "left": {"field": "org.b"}, "right": "2"},
            {"op": "lte", "left": {"field": "org.c"}, "right": "3"}]}}]});
    let set = Compiled::try_new(&Json::from(&set)).unwrap();
    let threshold = |stated: Value| {
        let stated = facts(&stated);
        set.evaluate(&stated).results()[0].threshold()
    };
    assert_eq!(threshold(json!({"org": {"a": "0"}})), json!("2"));
    assert_eq!(threshold(json!({"org": {"c": "9"}})), json!("3"));
    assert_eq!(
        threshold(json!({"org": {"a": "0", "b": "0", "c": "0"}})),
        json!("1")
    );
}

fn refused(stated: &Value) -> Vec<(String, String)> {
    let problems = Facts::try_new(&Json::from(stated)).unwrap_err();
    problems
        .into_vec()
        .into_iter()
        .map(|problem| (problem.code, problem.path))
        .collect()
}

#[test]
fn amounts_shares_and_rates_are_decimal_texts_and_may_be_none() {
    for key in ["ask_hkd", "own_share", "cap_rate"] {
        let path = format!("org.{key}");
        let stated = |value: Value| json!({"org": {key: value}});
        for wrong in [json!("many"), json!(5), json!(["1"]), json!(true)] {
            let found = refused(&stated(wrong.clone()));
            assert_eq!(found[0].1, path, "{wrong}");
        }
        for right in [json!("5.25"), Value::Null, json!("")] {
            assert!(Facts::try_new(&Json::from(&stated(right))).is_ok());
        }
    }
    // Another key may hold any text.
    assert!(Facts::try_new(&Json::from(&json!({"org": {"shared": "many"}}))).is_ok());
}

#[test]
fn results_of_rule_sets_are_yes_no_or_none() {
    let stated = |value: Value| json!({"rulesets": {"x": value}});
    assert_eq!(refused(&stated(json!("yes")))[0].1, "rulesets.x");
    for right in [json!(true), json!(false), Value::Null] {
        assert!(Facts::try_new(&Json::from(&stated(right))).is_ok());
    }
    assert_eq!(refused(&json!({"org": "me"}))[0].1, "org");
}

#[test]
fn facts_may_be_nested_as_deep_as_documents_and_no_deeper() {
    let nested = |depth: usize| {
        let mut value = json!("leaf");
        for _ in 0..depth {
            value = json!({"a": [value]});
        }
        json!({"org": {"x": value}})
    };
    let deepest = (1..100)
        .rev()
        .find(|depth| Facts::try_new(&Json::from(&nested(*depth))).is_ok())
        .unwrap();
    let found = refused(&nested(deepest + 1));
    assert!(
        found.iter().all(|(code, _)| code == "too_deep"),
        "{found:?}"
    );
    assert!((5..100).contains(&deepest), "{deepest}");
}

#[test]
fn a_rule_set_translates_a_thousand_words_and_no_more() {
    let with_words = |count: usize| {
        let words: serde_json::Map<String, Value> = (0..count)
            .map(|number| (format!("w{number}"), json!({"en": "a", "zh": "甲"})))
            .collect();
        json!({"id": "r", "version": "1", "words": words, "criteria": [{"id": "E1",
            "severity": "info", "rule": {"op": "present", "left": {"field": "org.x"}}}]})
    };
    let read = |count: usize| Compiled::try_new(&Json::from(&with_words(count)));
    let most = read(1_000).unwrap();
    assert!(most.word("w999").is_some());
    let problems = read(1_001).unwrap_err();
    assert_eq!(problems.as_slice()[0].code, "too_many");
}

#[test]
fn without_its_facts_the_seed_asks_for_information_and_refuses_nothing() {
    let set = compiled(SEED);
    let bare = facts(&without(json!({"org": {"x": 1}}), "/org/x"));
    let verdict = set.evaluate(&bare);
    assert_eq!(verdict.state(), eligibility::State::NeedsInformation);
    assert!(
        verdict
            .results()
            .iter()
            .all(|result| result.outcome() == Outcome::Unknown)
    );
}

#[test]
fn a_range_is_missed_by_the_distance_to_its_nearer_end_and_never_by_nothing() {
    let rule = json!({"op": "between", "left": {"field": "org.x"}, "low": "3", "high": "9"});
    let set = json!({"id": "r", "version": "1",
        "criteria": [{"id": "E1", "severity": "hard", "rule": rule}]});
    let set = Compiled::try_new(&Json::from(&set)).unwrap();
    let shortfall = |x: &str| {
        let stated = facts(&json!({"org": {"x": x}}));
        set.evaluate(&stated).results()[0].shortfall()
    };
    assert_eq!(shortfall("1"), json!("2"));
    assert_eq!(shortfall("12.5"), json!("3.5"));
    assert_eq!(shortfall("3"), Value::Null);
    assert_eq!(shortfall("9"), Value::Null);
}

#[test]
fn amounts_are_printed_with_their_cents_and_other_numbers_in_their_shortest_form() {
    let value = |field: &str, text: &str| {
        let (root, key) = field.split_once('.').unwrap();
        let rule = json!({"op": "lte", "left": {"field": field}, "right": "1"});
        let set = json!({"id": "r", "version": "1",
            "criteria": [{"id": "E1", "severity": "hard", "rule": rule}]});
        let set = Compiled::try_new(&Json::from(&set)).unwrap();
        let stated = facts(&json!({root: {key: text}}));
        set.evaluate(&stated).results()[0].value()
    };
    assert_eq!(value("org.ask_hkd", "5.5"), json!("5.50"));
    assert_eq!(value("org.other", "5.50"), json!("5.5"));
}

#[test]
fn a_placeholder_that_does_not_exist_is_answered_with_those_that_do() {
    let set = json!({"id": "r", "version": "1", "criteria": [{"id": "E1", "severity": "info",
        "reason": {"en": "{limit}", "zh": "{value}"},
        "rule": {"op": "present", "left": {"field": "org.x"}}}]});
    let problems = Compiled::try_new(&Json::from(&set)).unwrap_err();
    let problem = &problems.as_slice()[0];
    assert_eq!(
        (problem.code.as_str(), problem.path.as_str()),
        ("unknown_placeholder", "criteria[0].reason.en")
    );
    for known in ["{value}", "{threshold}", "{shortfall}", "{missing}"] {
        assert!(problem.message.contains(known), "{}", problem.message);
    }
}
