//! Weights from pairs: the published case, consistency, bad input.
use explain::json::Json;
use money::Decimal;
use proptest::prelude::*;

use super::{Judgement, Request, evaluate};
use crate::calc_weights;

fn answer(body: &str) -> serde_json::Value {
    calc_weights(&Json::parse(body).unwrap()).unwrap()
}

fn near(text: &serde_json::Value, known: f64) -> bool {
    let value: f64 = text.as_str().unwrap().parse().unwrap();
    let known: f64 = known;
    (value..=value).contains(&known) || format!("{value:.8}") == format!("{known:.8}")
}

#[test]
fn three_items_agree_with_the_published_cross_check() {
    // tests/vectors/20_mcda_crosscheck.json, ahp_3x3: 1,2,3;1/2,1,2;1/3,1/2,1 (numpy).
    let stored: serde_json::Value =
        serde_json::from_str(include_str!("../../tests/vectors/20_mcda_crosscheck.json")).unwrap();
    let known = &stored["results"]["ahp_3x3"];
    let found = answer(
        r#"{"format":1,"items":["R1","R2","R3"],"judgements":[
            {"a":"R1","b":"R2","value":"2"},{"a":"R3","b":"R1","value":"1/3"},
            {"a":"R2","b":"R3","value":"2"}]}"#,
    );
    for (place, id) in ["R1", "R2", "R3"].into_iter().enumerate() {
        let weight = known["weights"][place].as_f64().unwrap();
        assert!(near(&found["weights_exact"][id], weight), "{found}");
    }
    assert!(near(
        &found["lambda_max"],
        known["lambda_max"].as_f64().unwrap()
    ));
    assert!(near(
        &found["consistency_index"],
        known["CI"].as_f64().unwrap()
    ));
    let ratio: Decimal = found["consistency_ratio"]
        .as_str()
        .unwrap()
        .parse()
        .unwrap();
    assert_eq!(money::fixed_text(ratio, 6), "0.007933");
    assert_eq!(found["consistent"], true);
    assert_eq!(
        found["weights"],
        serde_json::json!({"R1": "0.5396", "R2": "0.2970", "R3": "0.1634"})
    );
}

#[test]
fn judgements_that_go_in_a_circle_are_inconsistent_and_the_worst_are_named() {
    let found = answer(
        r#"{"items":["a","b","c"],"judgements":[{"a":"a","b":"b","value":"5"},
            {"a":"b","b":"c","value":"5"},{"a":"c","b":"a","value":"5"}]}"#,
    );
    assert_eq!(found["consistent"], false);
    assert_eq!(found["weights"]["a"], "0.3334");
    assert_eq!(
        found["worst"][0],
        serde_json::json!({"a": "a", "b": "b", "stated": "5.0000", "implied": "1.0000"})
    );
}

#[test]
fn every_problem_of_the_judgements_is_listed_at_once() {
    let body = r#"{"items":["a","b","c","a"],"judgements":[{"a":"a","b":"x","value":"2"},
        {"a":"b","b":"b","value":"1"},{"a":"a","b":"b","value":"3"},{"a":"b","b":"a","value":"2"}]}"#;
    let problems = calc_weights(&Json::parse(body).unwrap()).unwrap_err();
    let found: Vec<(&str, &str)> = problems
        .as_slice()
        .iter()
        .map(|problem| (problem.code.as_str(), problem.path.as_str()))
        .collect();
    assert_eq!(
        found,
        [
            ("duplicate_id", "items[3]"),
            ("unknown_item", "judgements[0].b"),
            ("same_item", "judgements[1]"),
            ("duplicate_pair", "judgements[3]"),
            ("incomplete", "judgements"),
        ]
    );
    for value in ["0", "10", "1/0", "1/10", "-2", "x", "2/"] {
        let body = format!(
            r#"{{"items":["a","b"],"judgements":[{{"a":"a","b":"b","value":"{value}"}}]}}"#
        );
        let problems = calc_weights(&Json::parse(&body).unwrap()).unwrap_err();
        assert_eq!(problems.as_slice()[0].code, "not_judgement", "{value}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn judgements_made_from_weights_give_those_weights_back(
        points in prop::collection::vec(1_i64..=9, 1..=9),
    ) {
        let items: Vec<String> = (0..points.len()).map(|place| format!("i{place}")).collect();
        let mut judgements = Vec::new();
        for a in 0..points.len() {
            for b in a + 1..points.len() {
                judgements.push(Judgement {
                    a: items[a].clone(),
                    b: items[b].clone(),
                    value: Decimal::from(points[a]) / Decimal::from(points[b]),
                });
            }
        }
        let found = evaluate(&Request { items: items.clone(), judgements }).unwrap();
        let sum = Decimal::from(points.iter().sum::<i64>());
        for (item, points) in items.iter().zip(&points) {
            let distance = (found.weights[item] - Decimal::from(*points) / sum).abs();
            prop_assert!(distance < Decimal::new(1, 18), "{item}: {distance}");
        }
        prop_assert!(found.consistent());
        prop_assert!(found.worst.is_empty());
        prop_assert_eq!(found.shown().values().sum::<Decimal>(), Decimal::ONE);
    }
}
