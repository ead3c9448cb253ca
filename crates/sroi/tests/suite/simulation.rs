//! Simulation: deterministic, sensible, never narrower than the programme's bands.
use serde_json::{Value, json};

use crate::cases::{calc, map, plain_outcome, problems, text, timebank};

fn banded(grade: &str) -> Value {
    let mut body = timebank();
    body["bands"] = json!({"A": "0.05", "B": "0.15", "C": "0.30", "D": "0.50"});
    for outcome in body["outcomes"].as_array_mut().unwrap() {
        outcome["evidence_grade"] = json!(grade);
    }
    body["simulation"] = json!({"draws": 10000, "seed": 7});
    body
}

fn number(value: &Value) -> f64 {
    text(value).parse().unwrap()
}

#[test]
fn without_ranges_or_bands_a_simulation_is_refused() {
    let refused = [(
        "simulation_needs_ranges".to_owned(),
        "simulation".to_owned(),
    )];
    let mut body = timebank();
    body["simulation"] = json!({"draws": 10000, "seed": "input_hash"});
    assert_eq!(problems(&body), refused);
    body["bands"] = json!({"A": "0.05"});
    assert_eq!(problems(&body), refused);
    body["outcomes"][0]["evidence_grade"] = json!("B");
    assert_eq!(problems(&body)[0].0, "band_missing");
    body["outcomes"][0]["evidence_grade"] = json!({"proxy": "A"});
    assert_eq!(calc(&body)["simulation"]["draws"], 10000);
}

#[test]
fn the_same_seed_gives_the_same_digits_and_another_seed_others() {
    let mut body = banded("C");
    let first = calc(&body)["simulation"].clone();
    assert_eq!(calc(&body)["simulation"], first);
    // Pinned so that another machine, compiler or library that drew otherwise would be noticed.
    assert_eq!(
        [&first["p5"], &first["p50"], &first["p95"], &first["mean"]].map(text),
        PINNED
    );
    body["simulation"]["seed"] = json!(8);
    let other = calc(&body)["simulation"].clone();
    assert_ne!(other["mean"], first["mean"]);
    body["simulation"]["seed"] = json!("input_hash");
    let hashed = calc(&body);
    assert_eq!(hashed["simulation"]["seed"], hashed["input_hash"]);
    assert_eq!(hashed["simulation"]["generator"], "chacha8");
}

const PINNED: [&str; 4] = ["9.4746", "12.5880", "16.5096", "12.7391"];

#[test]
fn the_histogram_counts_every_draw_between_the_outer_percentiles() {
    let simulation = calc(&banded("C"))["simulation"].clone();
    let histogram = &simulation["histogram"];
    let counts: Vec<u64> = histogram["counts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|count| count.as_u64().unwrap())
        .collect();
    assert_eq!(counts.len(), 40);
    assert_eq!(counts.iter().sum::<u64>(), 10_000);
    assert!(number(&histogram["width"]) > 0.0);
    // P0.5 lies below P5, and its tail of 50 draws is in the first bar.
    assert!(number(&histogram["from"]) < number(&simulation["p5"]));
    assert!(counts[0] >= 50 && counts[39] >= 50, "{counts:?}");
}

#[test]
fn weaker_evidence_widens_the_range() {
    let widths: Vec<f64> = ["A", "B", "C", "D"]
        .into_iter()
        .map(|grade| {
            let result = calc(&banded(grade));
            let simulation = &result["simulation"];
            let (p5, p50) = (number(&simulation["p5"]), number(&simulation["p50"]));
            let p95 = number(&simulation["p95"]);
            assert!(p5 < p50 && p50 < p95);
            difference(p95, p5)
        })
        .collect();
    assert!(
        widths.windows(2).all(|pair| pair[0] < pair[1]),
        "{widths:?}"
    );
}

#[expect(clippy::float_arithmetic, reason = "the width of a printed interval")]
fn difference(left: f64, right: f64) -> f64 {
    left - right
}

#[test]
fn a_stated_range_widens_a_band_and_never_narrows_it() {
    let width = |range: Option<Value>| {
        let mut body = banded("C");
        if let Some(range) = range {
            body["outcomes"][3]["range"] = json!({"proxy": range});
        }
        let simulation = calc(&body)["simulation"].clone();
        difference(number(&simulation["p95"]), number(&simulation["p5"]))
    };
    let plain = width(None);
    let narrow = width(Some(json!(["4350", "4360"])));
    let wide = width(Some(json!(["500", "12000"])));
    assert!(difference(plain, narrow).abs() < 1e-9);
    assert!(wide > plain);
}

#[test]
fn a_symmetric_triangle_has_its_known_quantiles() {
    // Ratio = quantity alone, triangular on 1 ± 0.5: P5 = 0.5 + √0.025, mean 1, sd 0.5/√6.
    let mut body = map(
        "1000",
        "0",
        "end_of_year",
        &json!([plain_outcome("1", "1000", 1)]),
    );
    body["outcomes"][0]["range"] = json!({"proxy": ["500", "1500"]});
    body["simulation"] = json!({"draws": 100_000, "seed": 1});
    for distribution in ["triangular", "pert", "lognormal"] {
        body["simulation"]["distribution"] = json!(distribution);
        let simulation = calc(&body)["simulation"].clone();
        let near = |key: &str, expected: f64, within: f64| {
            let found = number(&simulation[key]);
            assert!(
                difference(found, expected).abs() < within,
                "{distribution} {key} {found}"
            );
        };
        match distribution {
            "triangular" => {
                near("p5", 0.658_114, 0.005);
                near("p95", 1.341_886, 0.005);
                near("mean", 1.0, 0.003);
                near("standard_error", 0.000_645, 0.000_06);
            }
            // Beta(3, 3) on 0.5..1.5: P5 = 0.5 + 0.189255.
            "pert" => {
                near("p5", 0.689_255, 0.005);
                near("mean", 1.0, 0.003);
            }
            // Median 1, the wider side (1000 ÷ 500) at P5.
            _ => {
                near("p5", 0.5, 0.005);
                near("p95", 2.0, 0.02);
            }
        }
        near("p50", 1.0, 0.005);
        near("probability_above_1", 0.5, 0.01);
        near("point_percentile", 0.5, 0.01);
    }
}

#[test]
fn cohorts_and_harms_vary_with_their_total() {
    let mut harm = plain_outcome("-10", "100", 2);
    harm["range"] = json!({"quantity": ["-20", "-5"]});
    let mut cohorts = plain_outcome("1", "100", 2);
    for key in ["quantity", "start"] {
        cohorts.as_object_mut().unwrap().remove(key);
    }
    cohorts["cohorts"] = json!([{"start": 1, "quantity": "50"}, {"start": 2, "quantity": "150"}]);
    cohorts["range"] = json!({"quantity": ["100", "300"], "dropoff": ["0", "0.4"]});
    let mut body = map("10000", "0.035", "end_of_year", &json!([harm, cohorts]));
    body["simulation"] = json!({"draws": 5000, "seed": "input_hash"});
    let result = calc(&body);
    let (p5, p95) = (
        number(&result["simulation"]["p5"]),
        number(&result["simulation"]["p95"]),
    );
    let point = number(&result["ratio"]);
    assert!(p5 < point && p95 > p5, "{p5} {point} {p95}");
}

#[test]
fn draws_are_bounded() {
    let mut body = banded("A");
    body["simulation"]["draws"] = json!(1);
    assert_eq!(problems(&body)[0].0, "out_of_range");
    body["simulation"]["draws"] = json!(1_000_001);
    assert_eq!(problems(&body)[0].0, "out_of_range");
    body["simulation"] = json!({"draws": 1_000_000, "distribution": "pert"});
    assert_eq!(problems(&body)[0].0, "too_many");
    body["simulation"] = json!({"seed": "tomorrow"});
    assert_eq!(problems(&body)[0].0, "bad_seed");
}
