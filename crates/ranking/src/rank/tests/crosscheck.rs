//! Five applications on five criteria against pymcdm 1.4.0 and numpy; see
//! `tests/vectors/README.md`. Its min-max scale of the batch is stated here as fixed anchors.
#![expect(
    clippy::float_arithmetic,
    reason = "the published shares come from a simulation; the distance is in standard errors"
)]
use serde_json::Value;

use super::{super::evaluate, *};
use crate::rank::{Ranking, Stability, WeightSpread};

pub(super) fn stored() -> Value {
    serde_json::from_str(include_str!(
        "../../../tests/vectors/20_mcda_crosscheck.json"
    ))
    .unwrap()
}

pub(super) fn stored_request(stored: &Value) -> Request {
    let matrix: Vec<Vec<Decimal>> = stored["matrix"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| {
            row.as_array()
                .unwrap()
                .iter()
                .map(|x| dec(&x.to_string()))
                .collect()
        })
        .collect();
    // In the order of their ids, which is the order in which weights are drawn.
    let names = ["1_sroi", "2_reviewer", "3_cost", "4_feasibility", "5_need"];
    let criteria = names
        .iter()
        .enumerate()
        .map(|(column, name)| {
            let values: Vec<Decimal> = matrix.iter().map(|row| row[column]).collect();
            let (low, high) = (*values.iter().min().unwrap(), *values.iter().max().unwrap());
            let up = stored["types"][column] == 1;
            Criterion {
                id: (*name).to_owned(),
                weight: dec(&stored["weights"][column].to_string()),
                direction: if up { Direction::Max } else { Direction::Min },
                zero: if up { low } else { high },
                hundred: if up { high } else { low },
                source: None,
            }
        })
        .collect();
    let applications = matrix
        .iter()
        .enumerate()
        .map(|(row, values)| Application {
            id: row.to_string(),
            scores: names
                .iter()
                .zip(values)
                .map(|(name, value)| ((*name).to_owned(), Some(*value)))
                .collect(),
            cost: None,
        })
        .collect();
    request(criteria, applications)
}

fn sampled(seed: u64, weights: WeightSpread) -> Ranking {
    let mut request = stored_request(&stored());
    request.stability = Some(Stability {
        samples: 20_000,
        seed,
        weights,
    });
    evaluate(&request).unwrap()
}

#[test]
fn the_weighted_sum_agrees_with_pymcdm() {
    let stored = stored();
    let ranking = evaluate(&stored_request(&stored)).unwrap();
    let expected = &stored["results"]["wsm_minmax"];
    for (row, score) in expected["scores"].as_array().unwrap().iter().enumerate() {
        let ours = ranking.find(&row.to_string()).unwrap().score.unwrap();
        let distance = ours / Decimal::ONE_HUNDRED - dec(&score.to_string());
        assert!(distance.abs() <= dec("0.0000000001"), "{row}: {ours}");
    }
    let order: Vec<String> = expected["order"]
        .as_array()
        .unwrap()
        .iter()
        .map(ToString::to_string)
        .collect();
    let ours: Vec<&str> = ranking
        .applications
        .iter()
        .map(|ranked| ranked.id.as_str())
        .collect();
    assert_eq!(ours, order);
}

fn assert_within_three_standard_errors(ranking: &Ranking, name: &str) {
    let stored = stored();
    let expected = &stored["results"][name];
    let theirs_samples = expected["samples"].as_f64().unwrap();
    for (row, shares) in expected["rank_acceptability"]
        .as_array()
        .unwrap()
        .iter()
        .enumerate()
    {
        let ours = &ranking.find(&row.to_string()).unwrap().rank_acceptability;
        assert_eq!(ours.iter().sum::<Decimal>(), Decimal::ONE);
        for (rank, share) in shares.as_array().unwrap().iter().enumerate() {
            let share = share.as_f64().unwrap();
            let own: f64 = ours[rank].to_string().parse().unwrap();
            // Both sides are sampled, and the published shares are printed to four places.
            let variance = share.max(0.000_05) * (1.0 - share);
            let error = (variance * (1.0 / 20_000.0 + 1.0 / theirs_samples)).sqrt();
            let distance = (own - share).abs();
            assert!(
                distance <= 3.0 * error + 0.000_05,
                "{name}, application {row}, rank {}: {own} against {share}",
                rank + 1
            );
        }
    }
}

#[test]
fn acceptability_under_any_weights_agrees_with_the_published_simulation() {
    let ranking = sampled(1, WeightSpread::Uniform);
    assert_within_three_standard_errors(&ranking, "smaa uniform simplex");
}

#[test]
fn acceptability_around_the_stated_weights_agrees_with_the_published_simulation() {
    let ranking = sampled(1, WeightSpread::Dirichlet { concentration: 50 });
    assert_within_three_standard_errors(&ranking, "smaa Dirichlet(50*w)");
}

#[test]
fn the_same_seed_gives_the_same_digits_and_another_seed_does_not() {
    let spread = WeightSpread::Dirichlet { concentration: 50 };
    assert_eq!(sampled(7, spread), sampled(7, spread));
    assert_ne!(sampled(7, spread), sampled(8, spread));
}

#[test]
fn a_poor_application_added_to_the_batch_reverses_no_rank() {
    // The published case reverses the order of TOPSIS on the batch's minimum and maximum.
    let stored = stored();
    let case = &stored["results"]["topsis_rank_reversal"];
    let row = |values: &Value| -> Vec<String> {
        values
            .as_array()
            .unwrap()
            .iter()
            .map(ToString::to_string)
            .collect()
    };
    let criteria: Vec<Criterion> = row(&case["weights"])
        .iter()
        .enumerate()
        .map(|(column, weight)| {
            criterion(&format!("c{column}"), weight, Direction::Max, "0", "100")
        })
        .collect();
    let entry = |id: String, values: &Value| Application {
        id,
        scores: row(values)
            .iter()
            .enumerate()
            .map(|(column, value)| (format!("c{column}"), Some(dec(value))))
            .collect(),
        cost: None,
    };
    let mut applications: Vec<Application> = case["matrix"]
        .as_array()
        .unwrap()
        .iter()
        .enumerate()
        .map(|(place, values)| entry(place.to_string(), values))
        .collect();
    let order = |applications: &[Application]| -> Vec<String> {
        let ranking = evaluate(&request(criteria.clone(), applications.to_vec())).unwrap();
        ranking
            .applications
            .into_iter()
            .map(|ranked| ranked.id)
            .filter(|id| id != "added")
            .collect()
    };
    let before = order(&applications);
    applications.push(entry("added".to_owned(), &case["added"]));
    assert_eq!(order(&applications), before);
}

#[test]
fn the_digits_of_a_seed_are_the_same_on_every_machine() {
    let mut request = stored_request(&stored());
    request.stability = Some(Stability {
        samples: 2_500,
        seed: 42,
        weights: WeightSpread::Dirichlet { concentration: 50 },
    });
    let json = evaluate(&request).unwrap().to_json();
    assert_eq!(
        json["applications"][0]["rank_acceptability"],
        serde_json::json!(["0.5644", "0.4008", "0.0348", "0.0000", "0.0000"])
    );
}
