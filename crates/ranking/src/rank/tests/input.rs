//! Reading and printing `calc rank`.
use explain::json::Json;

use crate::{calc_rank, rank};

fn codes(body: &str) -> Vec<(String, String)> {
    calc_rank(&Json::parse(body).unwrap())
        .unwrap_err()
        .into_vec()
        .into_iter()
        .map(|problem| (problem.code, problem.path))
        .collect()
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected
        .iter()
        .map(|(code, path)| ((*code).to_owned(), (*path).to_owned()))
        .collect()
}

const EXAMPLE: &str = r#"{"criteria":[
    {"id":"sroi","weight":"0.30","direction":"max","zero":"0","hundred":"5"},
    {"id":"review","weight":"0.70","direction":"max","zero":"0","hundred":"100"}],
    "applications":[{"id":"a","scores":{"sroi":"2.4","review":"71.005"}}],
    "tie_break":["sroi:max","cost:min"],
    "stability":{"samples":100,"seed":1,"weights":"dirichlet","concentration":50}}"#;

#[test]
fn a_ranking_is_printed_as_documented() {
    let answer = calc_rank(&Json::parse(EXAMPLE).unwrap()).unwrap();
    assert_eq!(
        answer,
        serde_json::json!({"applications": [{
            "id": "a",
            "rank": 1,
            "score": "64.10",
            "score_exact": "64.1035",
            "contributions": {"sroi": "14.4", "review": "49.7035"},
            "reweighted": [],
            "missing": [],
            "tie_group": 1,
            "rank_acceptability": ["1.0000"],
        }]})
    );
}

#[test]
fn the_hash_ignores_order_and_trailing_zeros() {
    let other = EXAMPLE.replace("\"0.30\"", "\"0.3\"").replace(
        "\"sroi\":\"2.4\",\"review\":\"71.005\"",
        "\"review\":\"71.0050\",\"sroi\":\"2.4\"",
    );
    let hash = |body: &str| {
        rank::read(&Json::parse(body).unwrap())
            .unwrap()
            .input_hash()
    };
    assert_eq!(hash(EXAMPLE), hash(&other));
    assert_ne!(hash(EXAMPLE), hash(&EXAMPLE.replace("\"2.4\"", "\"2.5\"")));
}

#[test]
fn every_problem_of_a_ranking_is_listed_at_once() {
    let body = r#"{"criteria":[
        {"id":"sroi","weight":"0.30","direction":"max","zero":"5","hundred":"0"},
        {"id":"sroi","weight":"0.30","direction":"min","zero":"1","hundred":"1"},
        {"id":"need","weight":"0.20","direction":"up","zero":"0","hundred":"1"}],
        "applications":[{"id":"a","scores":{"sroi":2.4,"typo":"1"}},{"id":"a","scores":[]}],
        "tie_break":["cost"],
        "stability":{"samples":0,"weights":"dirichlet"},"more":true}"#;
    assert_eq!(
        codes(body),
        pairs(&[
            ("unknown_field", "more"),
            ("anchors_contradict", "criteria[0].hundred"),
            ("anchors_contradict", "criteria[1].hundred"),
            ("not_one_of", "criteria[2].direction"),
            ("duplicate_id", "criteria[1].id"),
            ("weights_not_one", "criteria"),
            ("not_tie_key", "tie_break[0]"),
            ("number_not_string", "applications[0].scores.sroi"),
            ("unknown_criterion", "applications[0].scores.typo"),
            ("not_object", "applications[1].scores"),
            ("duplicate_id", "applications[1].id"),
            ("out_of_range", "stability.samples"),
            ("missing", "stability.seed"),
            ("missing", "stability.concentration"),
        ])
    );
}

#[test]
fn weights_sum_to_exactly_one() {
    for weight in ["0.699999", "0.700001", "0.7000001"] {
        let body = EXAMPLE.replace("0.70", weight);
        assert_eq!(codes(&body).len(), 1, "{weight}");
    }
    assert_eq!(
        codes(r#"{"criteria":[],"applications":[]}"#),
        pairs(&[("empty", "criteria")])
    );
}

#[test]
fn typed_requests_are_checked_like_read_ones() {
    let mut request = rank::read(&Json::parse(EXAMPLE).unwrap()).unwrap();
    request.criteria[0].weight = super::dec("0.4");
    request.criteria[1].hundred = super::dec("0");
    let problems = rank::evaluate(&request).unwrap_err().into_vec();
    let found: Vec<_> = problems
        .iter()
        .map(|problem| problem.code.as_str())
        .collect();
    assert_eq!(found, ["anchors_contradict", "weights_not_one"]);
}
