//! What must hold for every value map (the properties listed with the method).
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::{
    cases::{calc, text},
    fractions::value_map,
};

fn number(value: &Value) -> i128 {
    // Text of a fixed number of places compares as a whole number.
    text(value).replace('.', "").parse().unwrap()
}

/// A figure in trillionths.
fn exact_units(value: &Value) -> i128 {
    let text = text(value);
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    format!("{whole}{part:0<12}").parse().unwrap()
}

fn each_outcome(body: &Value, change: impl Fn(&mut Value)) -> Value {
    let mut body = body.clone();
    for outcome in body["outcomes"].as_array_mut().unwrap() {
        change(outcome);
    }
    body
}

fn times_ten(value: &Value) -> Value {
    let value: money::Amount = serde_json::from_value(value.clone()).unwrap();
    json!(value.checked_mul(money::Decimal::TEN).unwrap())
}

proptest! {
    #[test]
    fn the_ratio_is_the_same_in_another_currency(body in value_map()) {
        let mut other = each_outcome(&body, |outcome| outcome["proxy"] = times_ten(&outcome["proxy"]));
        for input in other["inputs"].as_array_mut().unwrap() {
            input["amount"] = times_ten(&input["amount"]);
        }
        other["currency"] = json!("TWD");
        prop_assert_eq!(&calc(&body)["ratio_exact"], &calc(&other)["ratio_exact"]);
    }

    #[test]
    fn without_discounting_both_timings_agree(body in value_map()) {
        let mut body = body;
        body["discount_rate"] = json!("0");
        let result = calc(&body);
        prop_assert_eq!(&result["total_present_value"], &result["other_timing"]["total_present_value"]);
        prop_assert_eq!(&result["ratio"], &result["other_timing"]["ratio"]);
    }

    #[test]
    fn an_undiscounted_first_year_raises_the_total_by_one_years_growth(body in value_map()) {
        let total = |timing: &str| {
            let mut body = body.clone();
            body["convention"]["timing"] = json!(timing);
            exact_units(&calc(&body)["total_present_value_exact"])
        };
        let growth: i128 = 1_000_000 + exact_units(&body["discount_rate"]) / 1_000_000;
        let distance = total("year1_undiscounted") * 1_000_000 - total("end_of_year") * growth;
        // Each side was rounded at the twelfth place.
        prop_assert!(distance.abs() <= 2 * growth, "{}", distance);
    }

    #[test]
    fn the_order_of_the_filters_changes_nothing(body in value_map()) {
        let turned = each_outcome(&body, |outcome| {
            let kept = outcome.clone();
            outcome["deadweight"] = kept["attribution"].clone();
            outcome["displacement"] = kept["deadweight"].clone();
            outcome["attribution"] = kept["displacement"].clone();
        });
        let (result, turned) = (calc(&body), calc(&turned));
        for key in ["impact_exact", "total_present_value_exact", "ratio_exact"] {
            prop_assert_eq!(&result[key], &turned[key]);
        }
    }

    #[test]
    fn splitting_a_row_in_two_keeps_every_total(body in value_map()) {
        let mut split = body.clone();
        let mut half = body["outcomes"][0].clone();
        half["id"] = json!("half");
        // 1 of the units leaves for a row of its own.
        let mut rest = vec![];
        for cohort in half["cohorts"].as_array_mut().unwrap() {
            let mut left = cohort.clone();
            left["quantity"] = minus_one(text(&cohort["quantity"]));
            cohort["quantity"] = json!("1");
            rest.push(left);
        }
        split["outcomes"][0]["cohorts"] = json!(rest);
        split["outcomes"].as_array_mut().unwrap().push(half);
        let (result, split) = (calc(&body), calc(&split));
        for key in ["gross_value_exact", "impact_exact", "total_present_value_exact", "ratio_exact"] {
            prop_assert_eq!(&result[key], &split[key], "{}", key);
        }
        prop_assert_eq!(&result["years"], &split["years"]);
    }

    #[test]
    fn losing_everything_each_year_equals_lasting_one_year(body in value_map()) {
        let lost = each_outcome(&body, |outcome| outcome["dropoff"] = json!("1"));
        let short = each_outcome(&body, |outcome| outcome["duration"] = json!(1));
        let (lost, short) = (calc(&lost), calc(&short));
        prop_assert_eq!(&lost["total_present_value_exact"], &short["total_present_value_exact"]);
        prop_assert_eq!(&lost["ratio_exact"], &short["ratio_exact"]);
    }

    #[test]
    fn more_deadweight_never_raises_the_value_of_positive_rows(body in value_map()) {
        let positive = each_outcome(&body, |outcome| {
            for cohort in outcome["cohorts"].as_array_mut().unwrap() {
                cohort["quantity"] = json!(text(&cohort["quantity"]).trim_start_matches('-'));
            }
        });
        let more = each_outcome(&positive, |outcome| outcome["deadweight"] = json!("1"));
        let total = |body: &Value| exact_units(&calc(body)["total_present_value_exact"]);
        let none = each_outcome(&positive, |outcome| outcome["deadweight"] = json!("0"));
        prop_assert!(total(&none) >= total(&positive));
        prop_assert!(total(&positive) >= total(&more));
        prop_assert_eq!(total(&more), 0);
    }

    #[test]
    fn the_parts_of_the_bridge_sum_exactly(body in value_map()) {
        let result = calc(&body);
        let bridge = &result["bridge"];
        let parts = ["gross", "deadweight", "displacement", "attribution", "dropoff", "discounting"];
        let sum: i128 = parts.iter().map(|part| number(&bridge[*part])).sum();
        prop_assert_eq!(sum, number(&bridge["total"]));
        prop_assert_eq!(&bridge["total"], &result["total_present_value"]);
    }
}

fn minus_one(quantity: &str) -> Value {
    let value: money::Amount = serde_json::from_value(json!(quantity)).unwrap();
    let one = money::Amount::try_from_text("1").unwrap();
    json!(value.checked_sub(one).unwrap())
}
