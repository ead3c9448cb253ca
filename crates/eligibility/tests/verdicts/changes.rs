//! The smallest change that would pass: enough, and not a cent or a day more than enough.
#![expect(
    clippy::unwrap_used,
    reason = "helpers of this test; what they unwrap is written here"
)]
use std::sync::LazyLock;

use eligibility::{Change, ChangeKind, Compiled, Outcome};
use explain::json::Json;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::facts::{SEED, compiled, complete, facts, with, without};

fn changes(stated: &Value, id: &str) -> Vec<Change> {
    let compiled = compiled(SEED);
    let stated = facts(stated);
    let verdict = compiled.evaluate(&stated);
    let result = verdict.result(id).unwrap();
    assert_eq!(result.outcome(), Outcome::Fail, "{id}");
    result.changes()
}

fn shown(change: &Change) -> Value {
    change.to_json()
}

#[test]
fn the_cap_may_be_met_by_asking_less_or_by_a_larger_subvention() {
    let over = with(complete(), "/application/requested_hkd", json!("500000.01"));
    let found = changes(&over, "DF-E06");
    assert_eq!(
        shown(&found[0]),
        json!({"field": "application.requested_hkd", "kind": "number", "from": "500000.01",
               "to": "500000.00", "by": "-0.01"})
    );
    let subvention = found
        .iter()
        .find(|change| change.field == "org.provisional_subvention_hkd")
        .unwrap();
    assert_eq!(subvention.to, json!("50000001.00"));
}

#[test]
fn an_earlier_award_larger_than_the_cap_leaves_nothing_to_ask_for() {
    let over = with(complete(), "/org/awarded_to_date_hkd", json!("600000.00"));
    let ask = changes(&over, "DF-E06")
        .into_iter()
        .find(|change| change.field == "application.requested_hkd")
        .unwrap();
    // The arithmetic answer is shown as it is: nobody can ask for less than nothing.
    assert_eq!(ask.to, json!("-100000.00"));
}

#[test]
fn a_period_may_end_sooner_or_start_later() {
    let long = with(complete(), "/project/end_on", json!("2028-01-01"));
    let found = changes(&long, "DF-E08");
    let to = |field: &str| {
        let change = found.iter().find(|change| change.field == field).unwrap();
        (change.to.clone(), change.by.clone())
    };
    assert_eq!(to("project.end_on"), (json!("2027-12-31"), json!(-1)));
    assert_eq!(to("project.start_on"), (json!("2025-01-02"), json!(1)));
}

#[test]
fn lists_lengths_choices_and_missing_statements_say_what_is_lacking() {
    let few = with(complete(), "/project/controls", json!(["audit_trail"]));
    let found = changes(&few, "DF-E16");
    assert_eq!(found[0].kind, ChangeKind::Add);
    assert_eq!(found[0].to.as_array().unwrap().len(), 7);

    let short = with(complete(), "/project/upkeep_plan", json!("too short"));
    let found = changes(&short, "DF-E25");
    assert_eq!(shown(&found[0])["by"], json!("41"));

    let other = with(complete(), "/project/scope_code", json!("office_equipment"));
    let found = changes(&other, "DF-E04");
    assert_eq!(found[0].kind, ChangeKind::Choose);
    assert_eq!(found[0].to[0], json!("it_system"));

    let none = with(complete(), "/application/board_endorsed_on", Value::Null);
    let found = changes(&none, "DF-E09");
    assert_eq!(
        (found[0].kind, found[0].field.as_str()),
        (ChangeKind::Give, "application.board_endorsed_on")
    );
}

#[test]
fn the_item_of_a_list_that_fails_is_the_one_to_change() {
    let twice = with(
        complete(),
        "/application/budget_lines/1/other_funding_hkd",
        json!("50000.01"),
    );
    let found = changes(&twice, "DF-E12");
    let ask = found
        .iter()
        .find(|change| change.field == "application.budget_lines[1].requested_hkd")
        .unwrap();
    assert_eq!(
        (ask.to.clone(), ask.by.clone()),
        (json!("199999.99"), json!("-0.01"))
    );
}

#[test]
fn a_change_that_would_not_be_enough_is_not_offered() {
    let set = json!({"id": "r", "version": "1", "criteria": [{"id": "E1", "severity": "hard",
        "rule": {"op": "and", "args": [
            {"op": "lte", "left": {"field": "org.x"}, "right": "10"},
            {"op": "lte", "left": {"field": "org.y"}, "right": "10"}]}}]});
    let compiled = Compiled::try_new(&Json::from(&set)).unwrap();
    let both = facts(&json!({"org": {"x": "11", "y": "11"}}));
    assert!(compiled.evaluate(&both).results()[0].changes().is_empty());
    let one = facts(&json!({"org": {"x": "11", "y": "10"}}));
    let found = compiled.evaluate(&one).results()[0].changes();
    assert_eq!(found[0].to, json!("10"));
    let unknown = facts(&without(json!({"org": {"x": "11", "y": "1"}}), "/org/y"));
    assert!(
        compiled.evaluate(&unknown).results()[0]
            .changes()
            .is_empty()
    );
}

#[test]
fn changes_are_printed_only_when_asked_for() {
    let body = |extra: Value| {
        let mut body =
            json!({"ruleset": serde_json::from_str::<Value>(SEED).unwrap(), "facts": complete()});
        if let Value::Object(extra) = extra {
            body.as_object_mut().unwrap().extend(extra);
        }
        eligibility::calc(&Json::from(&body)).unwrap()
    };
    let (plain, asked) = (body(json!({})), body(json!({"changes": true})));
    assert!(plain["criteria"][0].get("changes").is_none());
    assert_eq!(asked["criteria"][0]["changes"], json!([]));
    assert_eq!(plain["input_hash"], asked["input_hash"]);
}

static PROGRAMME: LazyLock<Compiled> = LazyLock::new(|| compiled(SEED));

fn cents(amount: i64) -> String {
    let sign = if amount < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", amount.abs() / 100, amount.abs() % 100)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    /// The ask that is offered passes, and one cent more does not.
    #[test]
    fn the_ask_offered_is_the_largest_that_passes(
        subvention in 0_i64..3_000_000_000_000, awarded in 0_i64..40_000_000, beyond in 1_i64..100_000_000,
    ) {
        let compiled = &*PROGRAMME;
        let stated = |ask: i64| {
            let mut stated = with(complete(), "/org/provisional_subvention_hkd", json!(cents(subvention)));
            stated["org"]["awarded_to_date_hkd"] = json!(cents(awarded));
            stated["application"]["requested_hkd"] = json!(cents(ask));
            facts(&stated)
        };
        let cap = (subvention / 100).max(50_000_000);
        let asked = stated(cap - awarded + beyond);
        let verdict = compiled.evaluate(&asked);
        let found = verdict.result("DF-E06").unwrap().changes();
        prop_assert_eq!(&found[0].to, &json!(cents(cap - awarded)));
        let outcome = |ask: i64| compiled.evaluate(&stated(ask)).result("DF-E06").unwrap().outcome();
        prop_assert_eq!(outcome(cap - awarded), Outcome::Pass);
        prop_assert_eq!(outcome(cap - awarded + 1), Outcome::Fail);
    }
}

/// What is offered where one rule fails on these facts.
fn offered(rule: &Value, stated: &Value) -> Vec<Value> {
    let set = json!({"id": "r", "version": "1",
        "criteria": [{"id": "E1", "severity": "hard", "rule": rule}]});
    let compiled = Compiled::try_new(&Json::from(&set)).unwrap();
    let stated = facts(stated);
    let verdict = compiled.evaluate(&stated);
    let result = &verdict.results()[0];
    assert_eq!(result.outcome(), Outcome::Fail);
    let changes = result.changes();
    changes.iter().map(Change::to_json).collect()
}

#[test]
fn counts_change_by_whole_numbers_and_shares_by_millionths() {
    let count = json!({"op": "eq", "left": {"field": "org.overdue_reports"}, "right": 0});
    assert_eq!(
        offered(&count, &json!({"org": {"overdue_reports": 2}})),
        [json!({"field": "org.overdue_reports", "kind": "number", "from": 2, "to": 0, "by": -2})]
    );
    let share = json!({"op": "gt", "left": {"field": "project.subvented_share"}, "right": "0.5"});
    assert_eq!(
        offered(&share, &json!({"project": {"subvented_share": "0.5"}}))[0]["to"],
        json!("0.500001")
    );
}

#[test]
fn a_share_of_an_amount_is_written_as_a_share_and_the_amount_as_money() {
    let rule = json!({"op": "lte", "right": "250.00", "left": {"op": "mul", "args": [
        {"field": "project.subvented_share"}, {"field": "application.total_cost_hkd"}]}});
    let stated = json!({"project": {"subvented_share": "0.9"},
                        "application": {"total_cost_hkd": "1000.00"}});
    let found = offered(&rule, &stated);
    assert_eq!(
        (&found[0]["to"], &found[0]["by"]),
        (&json!("0.25"), &json!("-0.65"))
    );
    assert_eq!(
        (&found[1]["to"], &found[1]["by"]),
        (&json!("277.77"), &json!("-722.23"))
    );
    let turned = json!({"op": "lte", "right": "250.00", "left": {"op": "mul", "args": [
        "2", {"field": "application.total_cost_hkd"}]}});
    assert_eq!(offered(&turned, &stated)[0]["to"], json!("125.00"));
}

#[test]
fn a_number_beside_money_keeps_its_own_form() {
    let rule = json!({"op": "lte", "left": {"op": "mul", "args": [{"field": "org.staff"}, "100"]},
                      "right": {"field": "application.requested_hkd"}});
    let found = offered(
        &rule,
        &json!({"org": {"staff": 7}, "application": {"requested_hkd": "650.00"}}),
    );
    assert_eq!((&found[0]["from"], &found[0]["to"]), (&json!(7), &json!(6)));
    assert_eq!(found[1]["to"], json!("700.00"));
}

#[test]
fn a_size_beyond_all_reason_is_not_made_up_to_be_tried() {
    let text = |most: i64| json!({"op": "min_length", "left": {"field": "org.x"}, "right": most});
    let list = |most: i64| json!({"op": "min_count", "left": {"field": "org.y"}, "right": most});
    let stated = json!({"org": {"x": "short", "y": []}});
    assert_eq!(offered(&text(20_000), &stated)[0]["to"], json!(20_000));
    for rule in [text(i64::MAX), list(i64::MAX), text(20_001), list(20_001)] {
        assert_eq!(offered(&rule, &stated), Vec::<Value>::new(), "{rule}");
    }
}

#[test]
fn what_is_no_straight_line_in_a_fact_is_not_solved_for_it() {
    let x = json!({"field": "org.x"});
    let stated = json!({"org": {"x": "4"}});
    let square = json!({"op": "lte", "left": {"op": "mul", "args": [x, x]}, "right": "9"});
    assert_eq!(offered(&square, &stated), Vec::<Value>::new());
    let below = json!({"op": "gte", "left": {"op": "div", "left": "8", "right": x}, "right": "4"});
    assert_eq!(offered(&below, &stated), Vec::<Value>::new());
    let half = json!({"op": "lte", "left": {"op": "div", "left": x, "right": "2"}, "right": "1.5"});
    assert_eq!(offered(&half, &stated)[0]["to"], json!("3"));
    let larger = json!({"op": "lte", "left": {"op": "max", "args": [x, "2"]}, "right": "3"});
    assert_eq!(offered(&larger, &stated)[0]["to"], json!("3"));
}
