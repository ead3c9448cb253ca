//! What must hold for every value map (the properties listed with the method).
use proptest::prelude::*;
use serde_json::{Value, json};
use sroi::Evaluation;

use crate::{
    cases::{CASES, evaluated, text},
    fractions::value_map,
};

/// Text of a fixed number of places compares as a whole number.
fn number(text: &str) -> i128 {
    text.replace('.', "").parse().unwrap()
}

/// A figure in trillionths.
fn exact_units(text: &str) -> i128 {
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

/// Ratio, total, impact and gross value as the interface prints them.
fn exact(result: &Evaluation) -> [String; 4] {
    [
        result.ratio().to_exact_text(),
        result.total_present_value.exact_text(),
        result.impact.exact_text(),
        result.gross_value.exact_text(),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(CASES))]
    #[test]
    fn the_ratio_is_the_same_in_another_currency(body in value_map()) {
        let mut other = each_outcome(&body, |outcome| outcome["proxy"] = times_ten(&outcome["proxy"]));
        for input in other["inputs"].as_array_mut().unwrap() {
            input["amount"] = times_ten(&input["amount"]);
        }
        other["currency"] = json!("TWD");
        let [ratio, ..] = exact(&evaluated(&body));
        prop_assert_eq!(ratio, evaluated(&other).ratio().to_exact_text());
    }

    #[test]
    fn without_discounting_both_timings_agree(body in value_map()) {
        let mut body = body;
        body["discount_rate"] = json!("0");
        let result = evaluated(&body);
        let other = &result.other_timing;
        prop_assert_eq!(result.total_present_value, other.total_present_value);
        prop_assert_eq!(result.ratio().decimal(), other.ratio);
    }

    #[test]
    fn an_undiscounted_first_year_raises_the_total_by_one_years_growth(body in value_map()) {
        let total = |timing: &str| {
            let mut body = body.clone();
            body["convention"]["timing"] = json!(timing);
            exact_units(&evaluated(&body).total_present_value.exact_text())
        };
        let growth: i128 = 1_000_000 + exact_units(text(&body["discount_rate"])) / 1_000_000;
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
        prop_assert_eq!(exact(&evaluated(&body)), exact(&evaluated(&turned)));
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
        let (result, split) = (evaluated(&body), evaluated(&split));
        prop_assert_eq!(exact(&result), exact(&split));
        let years = |result: &Evaluation| -> Vec<String> {
            result.years.iter().map(|year| year.exact_text()).collect()
        };
        prop_assert_eq!(years(&result), years(&split));
    }

    #[test]
    fn losing_everything_each_year_equals_lasting_one_year(body in value_map()) {
        let lost = each_outcome(&body, |outcome| outcome["dropoff"] = json!("1"));
        let short = each_outcome(&body, |outcome| outcome["duration"] = json!(1));
        prop_assert_eq!(exact(&evaluated(&lost)), exact(&evaluated(&short)));
    }

    #[test]
    fn more_deadweight_never_raises_the_value_of_positive_rows(body in value_map()) {
        let positive = each_outcome(&body, |outcome| {
            for cohort in outcome["cohorts"].as_array_mut().unwrap() {
                cohort["quantity"] = json!(text(&cohort["quantity"]).trim_start_matches('-'));
            }
        });
        let more = each_outcome(&positive, |outcome| outcome["deadweight"] = json!("1"));
        let total = |body: &Value| evaluated(body).total_present_value;
        let none = each_outcome(&positive, |outcome| outcome["deadweight"] = json!("0"));
        prop_assert!(total(&none) >= total(&positive));
        prop_assert!(total(&positive) >= total(&more));
        prop_assert!(total(&more).is_zero());
    }

    #[test]
    fn the_parts_of_the_bridge_sum_exactly(body in value_map()) {
        let result = evaluated(&body);
        let [parts @ .., (_, total)] = result.bridge.parts();
        let sum: i128 = parts.iter().map(|(_, part)| number(part)).sum();
        prop_assert_eq!(sum, number(&total));
        prop_assert_eq!(total, result.total_present_value.cents_text());
    }
}

fn minus_one(quantity: &str) -> Value {
    let value: money::Amount = serde_json::from_value(json!(quantity)).unwrap();
    let one = money::Amount::try_from_text("1").unwrap();
    json!(value.checked_sub(one).unwrap())
}
