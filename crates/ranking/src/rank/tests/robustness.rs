//! Sampling: the fast counts against a plain computation, any number of threads, any order of the
//! input, and pairwise wins and central weights against the published simulation.
#![expect(
    clippy::float_arithmetic,
    reason = "the published figures come from a simulation; the plain path draws the same floats"
)]
use explain::json::Json;
use serde_json::{Value, json};

use super::{
    super::{draw::Draw, evaluate, sample},
    crosscheck::{stored, stored_request},
    *,
};
use crate::{
    calc_rank,
    rank::{LineRule, ROBUST, Room, Stability, WeightSpread},
};

fn all_asked(samples: u32, weights: WeightSpread) -> Request {
    let mut request = stored_request(&stored());
    request.stability = Some(Stability {
        samples,
        seed: 1,
        weights,
    });
    request.asks.pairwise = true;
    request.asks.central_weights = true;
    request.asks.line = Some(LineRule {
        room: Room::Places(2),
        robust: ROBUST,
    });
    request
}

#[test]
fn the_number_of_threads_changes_no_digit() {
    let mut request = all_asked(4_500, WeightSpread::Dirichlet { concentration: 50 });
    request.applications[1]
        .scores
        .insert("3_cost".to_owned(), None);
    let one = sample(&request, 1).unwrap();
    assert_eq!(one.samples, 4_500);
    assert_eq!(one.above.iter().sum::<u32>(), 9_000);
    for threads in [2, 4] {
        assert_eq!(sample(&request, threads).unwrap(), one, "{threads} threads");
    }
}

/// Ranks counted the plain way: weighted means, a stable sort, shared ranks.
fn plain(request: &Request, rows: &[Vec<Option<f64>>], stated: &[f64]) -> Vec<u32> {
    let stability = request.stability.unwrap();
    let mut counts = vec![0; rows.len() * rows.len()];
    for block in 0..stability.samples.div_ceil(1_000) {
        let mut draw = Draw::new(stability.seed, u64::from(block));
        let mut weights = Vec::new();
        for _ in 0..1_000.min(stability.samples - block * 1_000) {
            draw.dirichlet(&vec![1.0; stated.len()], stated, &mut weights);
            let mut scores: Vec<(f64, usize)> = rows
                .iter()
                .map(|row| {
                    let (mut sum, mut basis) = (0.0, 0.0);
                    for (points, weight) in row.iter().zip(&weights) {
                        if let Some(points) = points {
                            sum += weight * points;
                            basis += weight;
                        }
                    }
                    sum / basis
                })
                .zip(0..)
                .collect();
            scores.sort_by(|a, b| b.0.total_cmp(&a.0));
            for (score, row) in &scores {
                let better = scores.iter().filter(|other| other.0 > *score).count();
                counts[row * rows.len() + better] += 1;
            }
        }
    }
    counts
}

#[test]
fn the_counts_are_those_of_the_plain_way() {
    for left_out in [false, true] {
        let criteria: Vec<Criterion> = (0..4)
            .map(|c| criterion(&format!("c{c}"), "0.25", Direction::Max, "0", "100"))
            .collect();
        let cell = |row: usize, column: usize| (row * 37 + column * 53 + row * column * 11) % 101;
        let gone = |row: usize, column: usize| left_out && (row + column).is_multiple_of(9);
        let applications: Vec<Application> = (0..37)
            .map(|row| {
                let scores = (0..4).map(|column| {
                    // The last two are equal in everything.
                    let value = Decimal::from(cell(row.min(35), column));
                    let kept = (!gone(row.min(35), column)).then_some(value);
                    (format!("c{column}"), kept)
                });
                Application {
                    id: format!("a{row:02}"),
                    scores: scores.collect(),
                    cost: None,
                }
            })
            .collect();
        let mut request = request(criteria, applications);
        request.stability = Some(Stability {
            samples: 1_200,
            seed: 3,
            weights: WeightSpread::Uniform,
        });
        let counted = sample(&request, 2).unwrap();
        let rows: Vec<Vec<Option<f64>>> = counted
            .ids
            .iter()
            .map(|id| {
                let row: usize = id[1..].parse().unwrap();
                let points = |column: usize| {
                    let value = f64::from(u32::try_from(cell(row.min(35), column)).unwrap());
                    (!gone(row.min(35), column)).then_some(value)
                };
                (0..4).map(points).collect()
            })
            .collect();
        assert_eq!(
            counted.ranks,
            plain(&request, &rows, &[0.25; 4]),
            "{left_out}"
        );
    }
}

fn shares(value: &Value) -> Vec<Vec<f64>> {
    let number = |value: &Value| {
        let text = value.as_str().map(|text| text.parse().unwrap());
        text.unwrap_or_else(|| value.as_f64().unwrap())
    };
    let row = |row: &Value| row.as_array().unwrap().iter().map(number).collect();
    value.as_array().unwrap().iter().map(row).collect()
}

#[test]
fn wins_and_central_weights_agree_with_the_published_simulation() {
    let stored = stored();
    for (name, weights, spread) in [
        ("smaa uniform simplex", WeightSpread::Uniform, 0.2),
        (
            "smaa Dirichlet(50*w)",
            WeightSpread::Dirichlet { concentration: 50 },
            0.07,
        ),
    ] {
        let known = &stored["results"][name];
        let json = evaluate(&all_asked(20_000, weights)).unwrap().to_json();
        let place = |id: usize| {
            let ids = json["pairwise"]["ids"].as_array().unwrap();
            let id = json!(id.to_string());
            ids.iter().position(|own| *own == id).unwrap()
        };
        let wins = shares(&json["pairwise"]["wins"]);
        for (a, row) in shares(&known["pairwise"]).iter().enumerate() {
            for (b, share) in row.iter().enumerate() {
                let own = wins[place(a)][place(b)];
                if a == b {
                    assert!((own - 0.5).abs() < 1e-9);
                    continue;
                }
                let variance = share.max(0.000_05) * (1.0 - share).max(0.000_05);
                let error = (variance * (1.0 / 20_000.0 + 1.0 / 200_000.0)).sqrt();
                assert!(
                    (own - share).abs() <= 3.0 * error + 0.000_05,
                    "{name} {a} {b}: {own}"
                );
            }
        }
        for a in 0..5 {
            let row = json["applications"]
                .as_array()
                .unwrap()
                .iter()
                .find(|row| row["id"] == json!(a.to_string()));
            let own = &row.unwrap()["central_weights"];
            let central = &known["central_weights"][a];
            let first = known["rank_acceptability"][a][0].as_f64().unwrap();
            if central.is_null() {
                assert!(own.is_null(), "{name} {a}");
                continue;
            }
            // A standard error of the mean over the samples that rank it first, on both sides.
            let error = spread * (1.0 / (first * 20_000.0) + 1.0 / (first * 200_000.0)).sqrt();
            for (criterion, known) in own
                .as_object()
                .into_iter()
                .flatten()
                .zip(central.as_array().unwrap())
            {
                let own: f64 = criterion.1.as_str().unwrap().parse().unwrap();
                let distance = (own - known.as_f64().unwrap()).abs();
                assert!(distance <= 3.0 * error + 0.001, "{name} {a} {own} {known}");
            }
        }
    }
}

#[test]
fn opposite_wins_add_up_to_exactly_one_as_shown() {
    for samples in [1, 3, 7, 999] {
        let json = evaluate(&all_asked(samples, WeightSpread::Uniform))
            .unwrap()
            .to_json();
        let wins = json["pairwise"]["wins"].as_array().unwrap();
        let share = |row: usize, column: usize| dec(wins[row][column].as_str().unwrap());
        for row in 0..5 {
            for column in 0..5 {
                assert_eq!(share(row, column) + share(column, row), Decimal::ONE);
            }
        }
    }
}

/// A generator good enough to shuffle with, the same everywhere.
fn shuffled<T>(mut items: Vec<T>, state: &mut u64) -> Vec<T> {
    for last in (1..items.len()).rev() {
        *state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        items.swap(last, usize::try_from(*state >> 33).unwrap() % (last + 1));
    }
    items
}

/// The same document with every object's keys, and the lists named here, in another order.
fn reordered(json: Json, key: &str, state: &mut u64) -> Json {
    match json {
        Json::Object(entries) => Json::Object(
            shuffled(entries, state)
                .into_iter()
                .map(|(key, value)| {
                    let value = reordered(value, &key, state);
                    (key, value)
                })
                .collect(),
        ),
        Json::List(items) => {
            let items: Vec<Json> = items
                .into_iter()
                .map(|item| reordered(item, "", state))
                .collect();
            Json::List(if matches!(key, "criteria" | "applications") {
                shuffled(items, state)
            } else {
                items
            })
        }
        plain
        @ (Json::Null | Json::Bool(_) | Json::Integer(_) | Json::Fraction | Json::Text(_)) => plain,
    }
}

#[test]
fn a_hundred_shuffled_questions_give_one_answer_to_the_byte() {
    let applications: Vec<Value> = (0..12_u32)
        .map(|n| {
            let mut scores = json!({"b": ((n * 7) % 11).to_string(), "a": ((n * 5) % 7).to_string(),
                                    "c": ((n * 3) % 5).to_string(), "further": n.to_string()});
            if n == 3 {
                scores["b"] = Value::Null;
            }
            if n == 4 {
                scores.as_object_mut().unwrap().remove("c");
            }
            json!({"id": format!("n{n}"), "cost": format!("{}.50", 10 + n % 3), "scores": scores})
        })
        .collect();
    let question = json!({
        "criteria": [
            {"id": "b", "weight": "0.3", "direction": "max", "zero": "0", "hundred": "9"},
            {"id": "a", "weight": "0.3", "direction": "min", "zero": "7", "hundred": "0"},
            {"id": "c", "weight": "0.4", "direction": "max", "zero": "0", "hundred": "3", "source": "machine"}],
        "applications": applications, "tie_break": ["further:max"], "line": {"budget": "60"},
        "pairwise": true, "central_weights": true, "sensitivity": true, "second_opinion": "topsis",
        "stability": {"samples": 1500, "seed": 5, "weights": "dirichlet", "concentration": 9}});
    let first = Json::from(&question);
    let answer = calc_rank(&first).unwrap().to_string();
    let hash = crate::rank::read(&first).unwrap().input_hash();
    let mut state = 1;
    for _ in 0..100 {
        let other = reordered(first.clone(), "", &mut state);
        assert_eq!(calc_rank(&other).unwrap().to_string(), answer);
        assert_eq!(crate::rank::read(&other).unwrap().input_hash(), hash);
    }
}
