//! Two maps of one project: what changed, and what each change did.
use explain::json::Json;
use money::Decimal;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::cases::calc;

fn outcome(id: &str, quantity: &str, proxy: &str, deadweight: &str) -> Value {
    json!({"id": id, "stakeholder": "Members", "name": id, "quantity": quantity, "proxy": proxy,
           "deadweight": deadweight, "displacement": "0.1", "attribution": "0.2",
           "dropoff": "0.25", "duration": 3, "start": 1})
}

fn map(outcomes: &[Value]) -> Value {
    json!({"currency": "HKD", "discount_rate": "0.035",
           "inputs": [{"name": "Grant", "amount": "50000", "year": 0, "kind": "cash"}],
           "outcomes": outcomes})
}

fn compare(before: &Value, after: &Value) -> Value {
    let body = json!({"before": before, "after": after});
    sroi::calc_compare(&Json::from(&body)).unwrap_or_else(|problems| panic!("{problems}"))
}

fn decimal(value: &Value) -> Decimal {
    value.as_str().unwrap().parse().unwrap()
}

/// The effects on one total, and the difference of that total.
fn sums(difference: &Value, on: &str) -> (Decimal, Decimal) {
    let steps = difference["steps"].as_array().unwrap().iter();
    let sum = steps
        .filter(|step| step["effect_on"] == on)
        .map(|step| decimal(&step["effect"]))
        .sum();
    let side = |end: &str| decimal(&difference[format!("{on}_{end}")]);
    (sum, side("after") - side("before"))
}

#[test]
fn every_change_is_named_with_its_effect_and_the_effects_add_up() {
    let before = map(&[
        outcome("o1", "95", "3432", "0.10"),
        outcome("o2", "40", "810.55", "0.3"),
        outcome("gone", "7", "99.99", "0.5"),
    ]);
    let mut after = map(&[
        outcome("o2", "40", "750", "0.35"),
        outcome("o1", "95", "3432", "0.10"),
        outcome("new", "-3", "1200", "0"),
    ]);
    after["discount_rate"] = json!("0.05");
    after["inputs"][0]["amount"] = json!("52000.50");
    let difference = compare(&before, &after);
    let steps: Vec<(&str, &str)> = difference["steps"]
        .as_array()
        .unwrap()
        .iter()
        .map(|step| {
            (
                step["path"].as_str().unwrap(),
                step["parameter"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        steps,
        [
            ("discount_rate", "discount_rate"),
            ("inputs[0].amount", "input"),
            ("outcomes[2]", "removed"),
            ("outcomes[0].proxy", "proxy"),
            ("outcomes[0].deadweight", "deadweight"),
            ("outcomes[2]", "added"),
        ]
    );
    for on in ["total", "investment"] {
        let (sum, whole) = sums(&difference, on);
        assert_eq!(sum, whole, "{on}");
        assert_ne!(sum, Decimal::ZERO, "{on}");
    }
    assert_eq!(difference["ratio_before"], calc(&before)["ratio"]);
    assert_eq!(difference["ratio_after"], calc(&after)["ratio"]);
}

#[test]
fn equal_maps_have_no_steps() {
    let map = map(&[outcome("o1", "95", "3432", "0.10")]);
    let difference = compare(&map, &map);
    assert_eq!(difference["steps"], json!([]));
    assert_eq!(difference["before_hash"], difference["after_hash"]);
}

#[test]
fn problems_of_both_sides_come_out_together() {
    let mut before = map(&[outcome("o1", "95", "3432", "1.10")]);
    before["inputs"] = json!([]);
    let mut after = map(&[outcome("o1", "95", "3432", "0.1")]);
    after["outcomes"][0]["duration"] = json!("3");
    let body = json!({"before": before, "after": after, "beside": 1});
    let found = sroi::calc_compare(&Json::from(&body))
        .unwrap_err()
        .into_vec();
    let paths: Vec<&str> = found.iter().map(|problem| problem.path.as_str()).collect();
    for path in [
        "before.outcomes[0].deadweight",
        "after.outcomes[0].duration",
        "beside",
    ] {
        assert!(paths.contains(&path), "{path} is not among {paths:?}");
    }
}

#[test]
fn scenarios_are_compared_from_the_stated_map() {
    let mut body = map(&[
        outcome("o1", "95", "3432", "0.10"),
        outcome("o2", "40", "810.55", "0.3"),
    ]);
    body["sensitivity"] = json!({"scenarios": [
        {"name": "as stated", "changes": []},
        {"name": "cautious", "changes": [
            {"parameter": "quantity", "scope": "all", "unit": "multiplier", "value": "0.8"},
            {"parameter": "deadweight", "scope": "o1", "value": "0.4"},
            {"parameter": "discount_rate", "value": "0.05"},
        ]},
    ]});
    let result = calc(&body);
    let scenarios = &result["sensitivity"]["scenarios"];
    assert_eq!(scenarios[0]["ratio"], result["ratio"]);
    let mut cautious = map(&[
        outcome("o1", "76", "3432", "0.4"),
        outcome("o2", "32", "810.55", "0.3"),
    ]);
    cautious["discount_rate"] = json!("0.05");
    let expected = calc(&cautious);
    assert_eq!(scenarios[1]["ratio"], expected["ratio"]);
    assert_eq!(
        scenarios[1]["net_present_value"],
        expected["net_present_value"]
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]
    #[test]
    fn effects_always_add_up(
        figures in prop::collection::vec((0_u32..5000, 1_u32..900_000, 0_u32..=100, 0_u32..=100), 1..8),
        changed in prop::collection::vec((0_u32..5000, 1_u32..900_000, 0_u32..=100, 0_u32..=100), 1..8),
    ) {
        let rows = |figures: &[(u32, u32, u32, u32)]| -> Vec<Value> {
            figures.iter().enumerate().map(|(at, (units, cents, deadweight, dropoff))| {
                let mut row = outcome(
                    &format!("o{at}"), &units.to_string(),
                    &format!("{}.{:02}", cents / 100, cents % 100),
                    &format!("{}.{:02}", deadweight / 100, deadweight % 100));
                row["dropoff"] = json!(format!("{}.{:02}", dropoff / 100, dropoff % 100));
                row
            }).collect()
        };
        let difference = compare(&map(&rows(&figures)), &map(&rows(&changed)));
        let (sum, whole) = sums(&difference, "total");
        prop_assert_eq!(sum, whole);
    }
}
