//! The stable JSON form and the hash of the input.
#![expect(
    clippy::unwrap_used,
    reason = "helpers of this test; what they unwrap is written here"
)]
use explain::json::Json;
use serde_json::{Value, json};

use crate::facts::{PLAIN, SEED, complete, value, with};

fn calc(ruleset: &str, facts: &Value) -> Value {
    let body = json!({"ruleset": value(ruleset), "facts": facts});
    eligibility::calc(&Json::from(&body)).unwrap()
}

#[test]
fn the_result_has_exactly_the_stated_fields() {
    let out = calc(
        SEED,
        &with(complete(), "/org/awarded_to_date_hkd", json!("0.01")),
    );
    let keys =
        |value: &Value| -> Vec<String> { value.as_object().unwrap().keys().cloned().collect() };
    assert_eq!(
        keys(&out),
        ["criteria", "engine", "input_hash", "ruleset", "state"]
    );
    assert_eq!(out["state"], "not_eligible");
    assert_eq!(
        out["ruleset"],
        json!({"id": "demo-dedicated-fund-it", "version": "1"})
    );
    assert_eq!(out["engine"]["name"], eligibility::ENGINE_NAME);
    let cap = &out["criteria"][5];
    assert_eq!(
        keys(cap),
        [
            "facts_used",
            "fix",
            "id",
            "outcome",
            "reason",
            "severity",
            "shortfall",
            "threshold",
            "value"
        ]
    );
    assert_eq!(cap["id"], "DF-E06");
    assert_eq!(cap["severity"], "hard");
    assert_eq!(cap["outcome"], "fail");
    assert_eq!(cap["value"], "500000.01");
    assert_eq!(cap["threshold"], "500000.00");
    assert_eq!(cap["shortfall"], "0.01");
    assert_eq!(cap["fix"]["zh"], "請將申請款額減少HK$0.01。");
    assert_eq!(
        cap["facts_used"],
        json!([
            "application.requested_hkd",
            "org.awarded_to_date_hkd",
            "org.provisional_subvention_hkd"
        ])
    );
    assert_eq!(out["criteria"][0]["shortfall"], Value::Null);
    assert_eq!(out["criteria"][0]["fix"], Value::Null);
}

#[test]
fn a_rule_file_without_words_gets_them_from_its_operators() {
    let out = calc(
        PLAIN,
        &with(complete(), "/org/awarded_to_date_hkd", json!("0.01")),
    );
    let cap = &out["criteria"][5];
    assert_eq!(
        cap["reason"]["en"],
        "HK$500,000.01 is above the limit of HK$500,000.00."
    );
    assert_eq!(
        cap["reason"]["zh"],
        "HK$500,000.01，超過上限HK$500,000.00。"
    );
    assert_eq!(
        cap["fix"]["en"],
        "Reduce it by HK$0.01, or correct the entry."
    );
}

#[test]
fn inputs_that_mean_the_same_hash_the_same() {
    let hash = |ruleset: &str, facts: &Value| calc(ruleset, facts)["input_hash"].clone();
    let first = hash(SEED, &complete());
    assert!(first.as_str().unwrap().starts_with("v1:"));
    let same = with(complete(), "/application/requested_hkd", json!("500000"));
    assert_eq!(hash(SEED, &same), first);
    let other = with(complete(), "/application/requested_hkd", json!("500000.01"));
    assert_ne!(hash(SEED, &other), first);
    assert_ne!(hash(PLAIN, &complete()), first);
    // A number that a pattern looks at is not shortened: 01234567 is another identifier.
    let long = with(complete(), "/org/identifiers/0/value", json!("01234567"));
    let short = with(complete(), "/org/identifiers/0/value", json!("1234567"));
    assert_ne!(hash(SEED, &long), hash(SEED, &short));
}

#[test]
fn the_hash_is_that_of_the_whole_canonical_input() {
    let facts = json!({"org": {"subvention_mode": "lsg"}});
    let input = json!({"facts": facts, "format": 1, "ruleset": value(SEED)});
    assert_eq!(
        calc(SEED, &facts)["input_hash"],
        explain::input_hash(&input)
    );
}

#[test]
fn the_seed_programme_is_the_received_one_with_words_stages_levels_three_criteria_and_a_guard_added()
 {
    let mut seed = value(SEED);
    for added in ["words", "stages"] {
        seed.as_object_mut().unwrap().remove(added).unwrap();
    }
    for criterion in seed["criteria"].as_array_mut().unwrap() {
        let entries = criterion.as_object_mut().unwrap();
        for key in ["reason", "fix", "fix_field"] {
            assert!(entries.remove(key).is_some(), "{key}");
        }
        entries.remove("evidence_zh");
    }
    let criteria = seed["criteria"].as_array_mut().unwrap();
    let added: Vec<Value> = criteria.drain(26..).collect();
    let ids: Vec<&Value> = added.iter().map(|criterion| &criterion["id"]).collect();
    assert_eq!(ids, ["DF-E27", "DF-E28", "DF-E29"]);
    let reserve = criteria[18]["rule"].as_object_mut().unwrap();
    assert_eq!(reserve.remove("if_zero"), Some(Value::Null));
    for dimension in seed["rubric"]["dimensions"].as_array_mut().unwrap() {
        let look_for = dimension["look_for"]["en"].take();
        dimension["look_for"] = look_for;
        dimension["source"] = dimension["source_marks"].take();
        let entries = dimension.as_object_mut().unwrap();
        for added in ["levels", "levels_source", "source_marks"] {
            assert!(entries.remove(added).is_some(), "{added}");
        }
    }
    assert_eq!(seed, value(PLAIN));
}
