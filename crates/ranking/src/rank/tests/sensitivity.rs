//! Weight intervals: worked by hand, and held against rankings made anew inside and just outside.
use std::collections::BTreeSet;

use explain::Problems;
use money::Hkd;
use proptest::prelude::*;

use super::{super::evaluate, *};
use crate::rank::{
    Interval, LineRule, ROBUST, Ranked, Room, Sensitivity, TieKey, evaluate_checked, line,
};

fn asked(criteria: Vec<Criterion>, applications: Vec<Application>, room: Option<Room>) -> Request {
    let mut request = request(criteria, applications);
    request.asks.sensitivity = true;
    request.asks.line = room.map(|room| LineRule {
        room,
        robust: ROBUST,
    });
    request
}

fn weighed(request: &Request) -> Sensitivity {
    evaluate(request).unwrap().sensitivity.unwrap()
}

fn interval(from: &str, to: &str) -> Interval {
    Interval {
        from: dec(from),
        to: dec(to),
    }
}

#[test]
fn two_applications_change_places_where_their_lines_cross() {
    // a: 100 and 40, b: 20 and 80; equal where 100t + 40(1−t) = 20t + 80(1−t), t = 1/3.
    let criteria = vec![
        criterion("x", "0.5", Direction::Max, "0", "10"),
        criterion("y", "0.5", Direction::Max, "0", "10"),
    ];
    let applications = vec![
        application("a", &[("x", "10"), ("y", "4")]),
        application("b", &[("x", "2"), ("y", "8")]),
    ];
    let found = weighed(&asked(criteria, applications, Some(Room::Places(1))));
    let first = &found.ranges[0];
    assert_eq!(
        (first.criterion.as_str(), first.application.as_str()),
        ("x", "a")
    );
    assert_eq!(first.rank, interval("0.333334", "1"));
    assert_eq!(first.line, Some(interval("0.333334", "1")));
    assert_eq!(found.ranges[2].rank, interval("0", "0.666666"));
    let smallest = found.smallest_move.unwrap();
    assert_eq!(
        (
            smallest.criterion.as_str(),
            smallest.application.as_str(),
            smallest.to
        ),
        ("x", "b", dec("0.333333"))
    );
}

#[test]
fn at_an_exact_crossing_the_better_one_keeps_its_rank_and_the_other_gains_one() {
    // a: 100 and 0, b: 0 and 100, equal at exactly 0.5.
    let criteria = vec![
        criterion("x", "0.7", Direction::Max, "0", "10"),
        criterion("y", "0.3", Direction::Max, "0", "10"),
    ];
    let applications = vec![
        application("a", &[("x", "10"), ("y", "0")]),
        application("b", &[("x", "0"), ("y", "10")]),
    ];
    let found = weighed(&asked(criteria, applications, None));
    assert_eq!(found.ranges[0].rank, interval("0.5", "1"));
    assert_eq!(found.ranges[1].rank, interval("0.500001", "1"));
    assert_eq!(found.ranges[0].line, None);
    assert_eq!(found.smallest_move, None);
}

#[test]
fn what_nothing_can_change_runs_from_zero_to_one() {
    let criteria = vec![criterion("x", "1", Direction::Max, "0", "10")];
    let applications = vec![
        application("a", &[("x", "10")]),
        application("b", &[("x", "2")]),
    ];
    let found = weighed(&asked(criteria, applications, Some(Room::Places(1))));
    assert!(
        found
            .ranges
            .iter()
            .all(|range| range.rank == interval("0", "1"))
    );
    assert_eq!(found.smallest_move, None);
}

#[test]
fn a_tie_that_any_move_breaks_leaves_no_room_to_the_one_who_falls() {
    let criteria = vec![
        criterion("x", "0.5", Direction::Max, "0", "10"),
        criterion("y", "0.5", Direction::Max, "0", "10"),
    ];
    let applications = vec![
        application("a", &[("x", "6"), ("y", "4")]),
        application("b", &[("x", "4"), ("y", "6")]),
    ];
    let found = weighed(&asked(criteria, applications, None));
    assert_eq!(found.ranges[0].rank, interval("0.5", "1"));
    assert_eq!(found.ranges[1].rank, interval("0", "0.5"));
}

/// The ranking with one weight moved and the others rescaled in proportion.
fn moved(request: &Request, criterion: &str, weight: Decimal) -> Vec<Ranked> {
    let stated = request
        .criteria
        .iter()
        .find(|each| each.id == criterion)
        .unwrap()
        .weight;
    let criteria: Vec<Criterion> = request
        .criteria
        .iter()
        .map(|each| Criterion {
            weight: if each.id == criterion {
                weight
            } else {
                each.weight * (Decimal::ONE - weight) / (Decimal::ONE - stated)
            },
            ..each.clone()
        })
        .collect();
    evaluate_checked(&criteria, &request.applications, &mut Problems::new()).unwrap()
}

/// Who stands strictly above an application.
fn better(ranked: &[Ranked], id: &str) -> BTreeSet<String> {
    let own = ranked
        .iter()
        .find(|each| each.id == id)
        .unwrap()
        .rank
        .unwrap();
    let above = ranked
        .iter()
        .filter(|each| each.rank.is_some_and(|rank| rank < own));
    above.map(|each| each.id.clone()).collect()
}

fn above(request: &Request, ranked: &[Ranked]) -> BTreeSet<String> {
    let line = line::draw(request.asks.line.unwrap(), request, ranked);
    line.above.into_iter().collect()
}

/// At the very ends a criterion or all others weigh nothing; the intervals hold up to there.
fn inside(weight: Decimal) -> Decimal {
    weight.clamp(dec("0.000001"), dec("0.999999"))
}

fn requests() -> impl Strategy<Value = Request> {
    let row = prop::collection::vec(prop::option::weighted(0.85, 0_i64..=500), 3);
    let weights = (1_i64..=98).prop_flat_map(|first| (Just(first), 1_i64..=(99 - first)));
    (
        prop::collection::vec((row, 1_i64..6), 2..8),
        weights,
        0_i64..20,
        any::<bool>(),
    )
        .prop_map(|(rows, (first, second), money, by_places)| {
            let weights = [first, second, 100 - first - second];
            let criteria = ["x", "y", "z"]
                .into_iter()
                .zip(weights)
                .map(|(id, weight)| {
                    criterion(
                        id,
                        &Decimal::new(weight, 2).to_string(),
                        Direction::Max,
                        "0",
                        "5",
                    )
                })
                .collect();
            let applications: Vec<Application> = rows
                .into_iter()
                .enumerate()
                .map(|(place, (row, cost))| Application {
                    id: format!("a{place}"),
                    scores: ["x", "y", "z"]
                        .into_iter()
                        .zip(row)
                        .map(|(id, score)| {
                            (id.to_owned(), score.map(|score| Decimal::new(score, 2)))
                        })
                        .collect(),
                    cost: Some(Hkd::from_cents(cost)),
                })
                .collect();
            let room = if by_places {
                Room::Places(u32::try_from(money % 5 + 1).unwrap())
            } else {
                Room::Budget(Hkd::from_cents(money))
            };
            let mut request = asked(criteria, applications, Some(room));
            request.tie_break.push(TieKey {
                key: "y".to_owned(),
                direction: Direction::Min,
            });
            request
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn an_interval_holds_inside_and_ends_just_outside(request in requests()) {
        let now = evaluate(&request).unwrap();
        let sensitivity = now.sensitivity.as_ref().unwrap();
        let step = dec("0.000001");
        for range in &sensitivity.ranges {
            let id = range.application.as_str();
            let ranked = now.applications.clone();
            let rank = |weight: Decimal| better(&moved(&request, &range.criterion, weight), id);
            let Interval { from, to } = range.rank;
            for weight in [from, to, (from + to) / Decimal::TWO] {
                prop_assert_eq!(rank(inside(weight)).len(), better(&ranked, id).len(), "{:?} at {}", range, weight);
            }
            for outside in [from - step, to + step] {
                if outside > Decimal::ZERO && outside < Decimal::ONE {
                    prop_assert_ne!(rank(outside), better(&ranked, id), "{:?} at {}", range, outside);
                }
            }
            let side = |weight: Decimal| {
                above(&request, &moved(&request, &range.criterion, weight)).contains(id)
            };
            let own = above(&request, &ranked).contains(id);
            let Interval { from, to } = range.line.unwrap();
            for weight in [from, to, (from + to) / Decimal::TWO] {
                prop_assert_eq!(side(inside(weight)), own, "{:?} at {}", range, weight);
            }
            for outside in [from - step, to + step] {
                if outside > Decimal::ZERO && outside < Decimal::ONE {
                    prop_assert_ne!(side(outside), own, "{:?} at {}", range, outside);
                }
            }
        }
    }

    #[test]
    fn the_smallest_move_changes_who_is_above_and_no_interval_ends_nearer(request in requests()) {
        let now = evaluate(&request).unwrap();
        let sensitivity = now.sensitivity.as_ref().unwrap();
        let weight = |id: &str| request.criteria.iter().find(|each| each.id == id).unwrap().weight;
        let nearest = sensitivity
            .ranges
            .iter()
            .flat_map(|range| {
                let Interval { from, to } = range.line.unwrap();
                let stated = weight(&range.criterion);
                let down = (from > Decimal::ZERO).then(|| stated - from);
                let up = (to < Decimal::ONE).then(|| to - stated);
                [down, up]
            })
            .flatten()
            .min();
        let Some(found) = &sensitivity.smallest_move else {
            prop_assert_eq!(nearest, None);
            return Ok(());
        };
        let length = (found.to - weight(&found.criterion)).abs();
        prop_assert_eq!(nearest, Some(length - dec("0.000001")));
        let there = above(&request, &moved(&request, &found.criterion, inside(found.to)));
        let here = above(&request, &now.applications);
        prop_assert_ne!(&there, &here);
        prop_assert!(there.contains(&found.application) != here.contains(&found.application));
    }
}
