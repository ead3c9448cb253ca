//! Severity: against exact fractions worked by hand and against a dense least squares, properties,
//! designs that allow no adjustment, bad input.
mod dense;

use std::collections::BTreeMap;

use explain::json::Json;
use money::Decimal;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{Request, Review, Severity, evaluate};
use crate::calc_severity;

fn dec(text: &str) -> Decimal {
    text.parse().unwrap()
}

/// Reviews on one dimension.
fn request(levels: &[(usize, usize, i64)]) -> Request {
    Request {
        reviews: levels
            .iter()
            .map(|(reviewer, application, level)| Review {
                reviewer: format!("r{reviewer:02}"),
                application: format!("a{application:02}"),
                scores: BTreeMap::from([("R1".to_owned(), Some(Decimal::from(*level)))]),
            })
            .collect(),
        from: Decimal::ZERO,
        to: dec("5"),
        gap: dec("2"),
    }
}

fn adjusted(found: &Severity) -> Vec<Decimal> {
    found.dimensions[0]
        .applications
        .iter()
        .map(|application| application.adjusted.unwrap())
        .collect()
}

#[test]
fn a_strict_and_a_generous_reviewer_are_told_apart() {
    // Two by two, additive but for one level: with a balanced design the estimates are the row and
    // column means: severities ±(3.5 − 2.5)/2, applications (3.5, 2.5), residuals ±0.5, one degree.
    let found = evaluate(&request(&[(1, 1, 4), (1, 2, 4), (2, 1, 3), (2, 2, 1)])).unwrap();
    let json = found.to_json();
    let dimension = &json["dimensions"][0];
    assert_eq!(dimension["connected"], true);
    assert_eq!(dimension["degrees_of_freedom"], 1);
    assert_eq!(dimension["residual_sd"], "1.000000");
    assert_eq!(
        dimension["reviewers"][0],
        json!({"id": "r01", "severity": "1.000000", "standard_error": "0.500000", "reviews": 2})
    );
    assert_eq!(
        dimension["applications"][0],
        json!({"id": "a01", "raw": "3.500000", "adjusted": "3.500000", "why": null,
               "clamped": false, "standard_error": "0.707107", "lowest": "3", "highest": "4",
               "spread": "1", "outliers": []})
    );
    assert_eq!(dimension["applications"][1]["spread"], "3");
    assert_eq!(
        dimension["applications"][1]["outliers"][0],
        json!({"reviewer": "r01", "level": "4", "distance": "3.000000"})
    );
    assert_eq!(
        json["reviewers"][1],
        json!({"id": "r02", "severity": "-1.000000", "dimensions": 1})
    );
}

#[test]
fn reviewers_who_share_no_application_are_not_adjusted_and_the_parts_are_named() {
    let found = evaluate(&request(&[
        (1, 1, 4),
        (2, 1, 3),
        (1, 2, 2),
        (2, 2, 2),
        (3, 3, 5),
        (4, 3, 1),
    ]))
    .unwrap();
    let json = found.to_json();
    let dimension = &json["dimensions"][0];
    assert_eq!(dimension["parts"], json!([["r01", "r02"], ["r03", "r04"]]));
    assert_eq!(dimension["why"], "not_connected");
    let first = &dimension["applications"][0];
    assert_eq!(
        (&first["adjusted"], &first["why"]),
        (&Value::Null, &json!("not_connected"))
    );
    assert_eq!(dimension["reviewers"][2]["severity"], "2.000000");
    assert_eq!(json["reviewers"][0]["severity"], Value::Null);
    assert_eq!(json["flags"][0]["code"], "not_connected");
}

#[test]
fn a_chain_without_a_spare_level_is_not_adjusted() {
    let found = evaluate(&request(&[(1, 1, 4), (2, 1, 3), (2, 2, 2)])).unwrap();
    let json = found.to_json();
    assert_eq!(json["dimensions"][0]["connected"], true);
    assert_eq!(json["dimensions"][0]["why"], "no_spare");
    assert_eq!(json["dimensions"][0]["applications"][0]["raw"], "3.500000");
    assert_eq!(json["dimensions"][0]["residual_sd"], Value::Null);
}

#[test]
fn an_adjusted_level_outside_the_levels_is_moved_to_the_end_and_said() {
    // r1 is generous by 3 on average; a4 was read by r2 only.
    let found = evaluate(&request(&[
        (1, 1, 5),
        (2, 1, 1),
        (1, 2, 5),
        (2, 2, 2),
        (1, 3, 4),
        (2, 3, 2),
        (2, 4, 5),
    ]))
    .unwrap();
    let last = &found.dimensions[0].applications[3];
    assert_eq!(last.adjusted, Some(dec("5.000000")));
    assert!(last.clamped);
    let flag = found
        .flags
        .iter()
        .find(|flag| flag.code == "clamped")
        .unwrap();
    assert_eq!(flag.application.as_deref(), Some("a04"));
}

#[test]
fn abstentions_count_for_nothing_and_every_problem_is_listed_at_once() {
    let body = r#"{"format":1,"reviews":[
        {"reviewer":"r1","application":"a","scores":{"R1":"6","R3":null}},
        {"reviewer":"r1","application":"a","scores":{"R1":"3"}},
        {"reviewer":"r2","application":"b","scores":{"R1":"-1"}}],
        "levels":{"from":"5","to":"5"},"outlier":{"gap":"0"}}"#;
    let problems = calc_severity(&Json::parse(body).unwrap()).unwrap_err();
    let found: Vec<(&str, &str)> = problems
        .as_slice()
        .iter()
        .map(|problem| (problem.code.as_str(), problem.path.as_str()))
        .collect();
    assert_eq!(
        found,
        [
            ("levels_contradict", "levels.to"),
            ("out_of_range", "outlier.gap"),
            ("out_of_range", "reviews[0].scores.R1"),
            ("duplicate_review", "reviews[1]"),
            ("out_of_range", "reviews[1].scores.R1"),
            ("out_of_range", "reviews[2].scores.R1"),
        ]
    );
    let empty = r#"{"reviews":[],"levels":{"from":"0","to":"5"},"outlier":{"gap":"2"}}"#;
    let problems = calc_severity(&Json::parse(empty).unwrap()).unwrap_err();
    assert_eq!(problems.as_slice()[0].code, "empty");
}

/// Some levels of a table of reviewers and applications.
fn designs() -> impl Strategy<Value = Vec<(usize, usize, i64)>> {
    (2_usize..7, 2_usize..9).prop_flat_map(|(reviewers, applications)| {
        prop::collection::vec(
            prop::option::weighted(0.7, 0_i64..=5),
            reviewers * applications,
        )
        .prop_map(move |levels| {
            levels
                .into_iter()
                .enumerate()
                .filter_map(|(cell, level)| Some((cell % reviewers, cell / reviewers, level?)))
                .collect()
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn estimates_agree_with_a_dense_least_squares(levels in designs()) {
        prop_assume!(!levels.is_empty());
        let found = evaluate(&request(&levels)).unwrap();
        let dimension = &found.dimensions[0];
        prop_assume!(dimension.why.is_none());
        let dense = dense::solve(&levels);
        for (reviewer, known) in dimension.reviewers.iter().zip(&dense.severities) {
            prop_assert!(dense::near(reviewer.severity, *known), "{} {known}", reviewer.severity);
        }
        for (application, known) in dimension.applications.iter().zip(&dense.applications) {
            let known = known.clamp(0.0, 5.0);
            let own = application.adjusted.unwrap();
            prop_assert!(dense::near(own, known), "{own} {known}");
        }
        prop_assert!(dense::near(dimension.residual_sd.unwrap(), dense.residual_sd));
        for (reviewer, known) in dimension.reviewers.iter().zip(&dense.severity_errors) {
            prop_assert!(dense::near(reviewer.standard_error.unwrap(), *known));
        }
        for (application, known) in dimension.applications.iter().zip(&dense.application_errors) {
            prop_assert!(dense::near(application.standard_error.unwrap(), *known));
        }
    }

    #[test]
    fn a_reviewer_who_adds_a_constant_changes_no_adjusted_difference(levels in designs()) {
        prop_assume!(!levels.is_empty());
        let mut wide = request(&levels);
        (wide.from, wide.to) = (dec("-50"), dec("50"));
        let before = evaluate(&wide).unwrap();
        prop_assume!(before.dimensions[0].why.is_none());
        for review in wide.reviews.iter_mut().filter(|review| review.reviewer == "r00") {
            for level in review.scores.values_mut().flatten() {
                *level += dec("3.25");
            }
        }
        let after = evaluate(&wide).unwrap();
        let differences = |levels: Vec<Decimal>| -> Vec<Decimal> {
            levels.iter().map(|level| *level - levels[0]).collect()
        };
        let pairs = differences(adjusted(&before)).into_iter().zip(differences(adjusted(&after)));
        for (before, after) in pairs {
            // Each of two adjusted levels is rounded once.
            prop_assert!((before - after).abs() <= dec("0.000002"));
        }
    }

    #[test]
    fn the_order_of_the_reviews_reaches_no_digit(levels in designs(), turn in 0_usize..40) {
        prop_assume!(!levels.is_empty());
        let mut turned = levels.clone();
        turned.rotate_left(turn % levels.len());
        turned.reverse();
        prop_assert_eq!(evaluate(&request(&levels)), evaluate(&request(&turned)));
        prop_assert_eq!(request(&levels).input_hash(), request(&turned).input_hash());
    }
}
