//! Shared ranks, rescaled weights, missing scores, ties and working.
use proptest::prelude::*;

use super::{super::evaluate, *};
use crate::rank::{Ranked, TieKey};

fn two_criteria() -> Vec<Criterion> {
    vec![
        criterion("sroi", "0.60", Direction::Max, "0", "5"),
        criterion("cost", "0.40", Direction::Min, "1000", "0"),
    ]
}

fn places(ranked: &[Ranked]) -> Vec<(&str, Option<u32>, Option<u32>)> {
    ranked
        .iter()
        .map(|ranked| (ranked.id.as_str(), ranked.rank, ranked.tie_group))
        .collect()
}

#[test]
fn equal_scores_share_a_rank_and_stand_by_id() {
    let one = vec![criterion("x", "1", Direction::Max, "0", "10")];
    let applications = vec![
        application("d", &[("x", "1")]),
        application("c", &[("x", "5")]),
        application("b", &[("x", "5.000")]),
        application("a", &[("x", "9")]),
    ];
    let ranking = evaluate(&request(one, applications)).unwrap();
    assert_eq!(
        places(&ranking.applications),
        [
            ("a", Some(1), Some(1)),
            ("b", Some(2), Some(2)),
            ("c", Some(2), Some(2)),
            ("d", Some(4), Some(3)),
        ]
    );
    assert_eq!(ranking.tie_at_line(2), Some(2));
    assert_eq!(ranking.tie_at_line(1), None);
    assert_eq!(ranking.tie_at_line(4), None);
}

#[test]
fn points_stay_between_the_anchors_in_both_directions() {
    let applications = vec![
        application("above", &[("sroi", "9"), ("cost", "-5")]),
        application("below", &[("sroi", "-1"), ("cost", "2000")]),
        application("within", &[("sroi", "2"), ("cost", "250")]),
    ];
    let ranking = evaluate(&request(two_criteria(), applications)).unwrap();
    let score = |id: &str| ranking.find(id).unwrap().score.unwrap();
    assert_eq!(score("above"), dec("100"));
    assert_eq!(score("below"), dec("0"));
    assert_eq!(
        score("within"),
        dec("0.6") * dec("40") + dec("0.4") * dec("75")
    );
}

#[test]
fn an_abstention_rescales_the_other_weights_and_is_said() {
    let applications = vec![application("a", &[("sroi", "2.5"), ("cost", "-")])];
    let ranking = evaluate(&request(two_criteria(), applications)).unwrap();
    let json = ranking.to_json();
    let first = &json["applications"][0];
    assert_eq!(first["score_exact"], "50");
    assert_eq!(first["reweighted"], serde_json::json!(["cost"]));
    assert_eq!(first["contributions"], serde_json::json!({"sroi": "50"}));
}

#[test]
fn a_missing_score_is_listed_last_without_a_rank() {
    let applications = vec![
        application("a", &[("sroi", "5")]),
        application("b", &[("sroi", "0"), ("cost", "1000")]),
        application("c", &[("sroi", "-"), ("cost", "-")]),
    ];
    let ranking = evaluate(&request(two_criteria(), applications)).unwrap();
    assert_eq!(
        places(&ranking.applications),
        [
            ("b", Some(1), Some(1)),
            ("a", None, None),
            ("c", None, None)
        ]
    );
    assert_eq!(ranking.applications[1].missing, ["cost"]);
    assert_eq!(ranking.applications[2].reweighted, ["cost", "sroi"]);
    assert!(ranking.score_working("a").is_none());
}

#[test]
fn thirds_that_are_equal_are_a_tie() {
    let criteria = vec![
        criterion("x", "0.3", Direction::Max, "0", "3"),
        criterion("y", "0.7", Direction::Max, "0", "7"),
    ];
    // 0.3 × 1/3 = 0.7 × 1/7: equal, although neither quotient ends.
    let applications = vec![
        application("a", &[("x", "1"), ("y", "0")]),
        application("b", &[("x", "0"), ("y", "1")]),
    ];
    let ranking = evaluate(&request(criteria, applications)).unwrap();
    let ranks: Vec<_> = ranking
        .applications
        .iter()
        .map(|ranked| ranked.rank)
        .collect();
    assert_eq!(ranks, [Some(1), Some(1)]);
}

#[test]
fn tie_keys_order_a_tie_and_say_which_key_decided() {
    let mut request = request(
        vec![criterion("x", "1", Direction::Max, "0", "10")],
        vec![
            application("a", &[("x", "5"), ("cost", "300")]),
            application("b", &[("x", "5"), ("cost", "100")]),
            application("c", &[("x", "5"), ("cost", "100")]),
            application("d", &[("x", "5")]),
        ],
    );
    request.tie_break = vec![TieKey {
        key: "cost".to_owned(),
        direction: Direction::Min,
    }];
    let ranking = evaluate(&request).unwrap();
    // Shown by id; the keys speak only where a line falls inside the tie.
    assert!(
        ranking
            .applications
            .iter()
            .all(|ranked| ranked.rank == Some(1))
    );
    assert_eq!(
        ranking.to_json()["ties"],
        serde_json::json!([{
            "tie_group": 1,
            "rank": 1,
            "order": ["b", "c", "a", "d"],
            "decided_by": [null, "cost:min", "cost:min"],
        }])
    );
}

#[test]
fn the_working_leads_from_the_score_to_the_anchors() {
    let applications = vec![application("a", &[("sroi", "2"), ("cost", "250")])];
    let ranking = evaluate(&request(two_criteria(), applications)).unwrap();
    let step = ranking.score_working("a").unwrap();
    assert_eq!((step.id.as_str(), step.result.as_str()), ("score.a", "54"));
    let parts: Vec<_> = step
        .children
        .iter()
        .map(|part| part.result.as_str())
        .collect();
    assert_eq!(parts, ["30", "24"]);
    let points = &step.children[0].children[0];
    assert_eq!(points.values["zero"], "1000");
    assert_eq!(points.result, "75");
}

proptest! {
    #[test]
    fn contributions_add_up_and_ranks_follow_scores(
        scores in proptest::collection::vec((0_i64..600, 0_i64..1200), 1..12),
    ) {
        let applications = scores
            .iter()
            .enumerate()
            .map(|(place, (sroi, cost))| Application {
                id: place.to_string(),
                scores: [
                    ("sroi".to_owned(), Some(Decimal::new(*sroi, 2))),
                    ("cost".to_owned(), Some(Decimal::from(*cost))),
                ]
                .into(),
                cost: None,
            })
            .collect();
        let ranking = evaluate(&request(two_criteria(), applications)).unwrap();
        for ranked in &ranking.applications {
            let sum: Decimal = ranked.contributions.iter().map(|part| part.value).sum();
            prop_assert_eq!(ranked.score, Some(sum));
            let better = ranking.applications.iter().filter(|other| other.score > ranked.score);
            prop_assert_eq!(ranked.rank, Some(u32::try_from(better.count()).unwrap() + 1));
        }
    }
}
