//! Every set of a small instance is looked at, so that optimum, ties, prices and shortfalls are
//! known beyond doubt.
use std::collections::BTreeMap;

use proptest::prelude::*;

use super::{super::evaluate, *};
use crate::select::Status;

/// Score, spend and sorted ids of the best set, by looking at all of them.
fn best_of_all(request: &Request) -> Option<(Decimal, Decimal, Vec<String>)> {
    let count = u32::try_from(request.applications.len()).unwrap();
    (0_u32..1 << count)
        .filter_map(|set| {
            let chosen: Vec<&Application> = (0..count)
                .filter(|bit| set >> bit & 1 == 1)
                .map(|bit| &request.applications[usize::try_from(bit).unwrap()])
                .collect();
            let spend: Decimal = chosen.iter().map(|app| app.cost.decimal()).sum();
            let small: Decimal = chosen
                .iter()
                .filter(|app| app.small)
                .map(|app| app.cost.decimal())
                .sum();
            let mut groups: BTreeMap<&str, u32> = BTreeMap::new();
            for app in &chosen {
                *groups.entry(&app.group).or_default() += 1;
            }
            let budget = request.budget.decimal();
            let rules = &request.constraints;
            let meets = spend <= budget
                && rules
                    .small_share
                    .is_none_or(|share| small >= share.decimal() * budget)
                && rules
                    .max_per_group
                    .is_none_or(|cap| groups.values().all(|count| *count <= cap));
            let mut ids: Vec<String> = chosen.iter().map(|app| app.id.clone()).collect();
            ids.sort();
            let score: Decimal = chosen.iter().map(|app| app.score).sum();
            meets.then_some((score, spend, ids))
        })
        .max_by(|a, b| {
            a.0.cmp(&b.0)
                .then_with(|| b.1.cmp(&a.1))
                .then_with(|| b.2.cmp(&a.2))
        })
}

fn some_application() -> impl Strategy<Value = Application> {
    // Few distinct costs and scores, so that ties are common; now and then fractions of a cent.
    let cost = prop_oneof![
        8 => (1_i64..12).prop_map(|units| Decimal::new(units * 5_000, 0)),
        1 => (1_i64..60_000_000).prop_map(|cents| Decimal::new(cents, 3)),
    ];
    let score = prop_oneof![
        8 => (0_i64..8).prop_map(|score| Decimal::new(score * 10, 0)),
        2 => (-300_i64..8_000).prop_map(|score| Decimal::new(score, 2)),
    ];
    (0_usize..4, any::<bool>(), cost, score).prop_map(|(group, small, cost, score)| Application {
        id: String::new(),
        group: format!("g{group}"),
        small,
        cost: Amount::from_decimal(cost),
        score,
        parts: BTreeMap::new(),
        levels: Vec::new(),
    })
}

fn some_request() -> impl Strategy<Value = Request> {
    (
        proptest::collection::vec(some_application(), 1..13),
        0_i64..60,
        proptest::option::of(0_i64..=100),
        proptest::option::of(1_u32..4),
    )
        .prop_map(|(mut applications, budget, share, cap)| {
            // Ids whose order as text differs from the order given.
            for (position, app) in applications.iter_mut().enumerate() {
                app.id = (position * 7 % 13).to_string();
            }
            Request {
                budget: Amount::from_decimal(Decimal::new(budget * 5_000, 0)),
                applications,
                constraints: Constraints {
                    small_share: share
                        .map(|share| Share::try_from_decimal(Decimal::new(share, 2)).unwrap()),
                    max_per_group: cap,
                    ..Constraints::default()
                },
                work_max: None,
            }
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]
    #[test]
    fn the_optimum_is_that_of_enumeration_down_to_the_last_tie(request in some_request()) {
        let selection = evaluate(&request).unwrap();
        if let Some((score, spend, ids)) = best_of_all(&request) {
            prop_assert_eq!(selection.status, Status::Optimal);
            prop_assert_eq!(selection.objective, Some(score));
            prop_assert_eq!(selection.spent.decimal(), spend);
            prop_assert_eq!(&selection.selected, &ids);
            let free = |request: &Request| best_of_all(request).map(|best| best.0);
            if let Some(price) = selection.price_of_fairness.get("small_share") {
                let mut without = request.clone();
                without.constraints.small_share = None;
                prop_assert_eq!(price.points, free(&without).map(|best| best - score));
            }
            if let Some(price) = selection.price_of_fairness.get("max_per_group") {
                let mut without = request.clone();
                without.constraints.max_per_group = None;
                prop_assert_eq!(price.points, free(&without).map(|best| best - score));
            }
        } else {
            prop_assert_eq!(selection.status, Status::Infeasible);
            let relaxation = selection.relaxation.unwrap();
            let least = (1..=13).find(|cap| {
                let mut raised = request.clone();
                raised.constraints.max_per_group =
                    request.constraints.max_per_group.map(|_| *cap);
                best_of_all(&raised).is_some()
            });
            let needed = relaxation.max_per_group.map(|short| short.needed);
            prop_assert_eq!(needed, least);
            // The most that small organisations can take: their cost is the score.
            let mut small_only = request.clone();
            small_only.constraints.small_share = None;
            small_only.applications.retain(|app| app.small);
            for app in &mut small_only.applications {
                app.score = app.cost.decimal();
            }
            let most = best_of_all(&small_only).map(|best| best.0);
            let short = relaxation.small_share.unwrap();
            prop_assert_eq!(Some(short.achievable.decimal()), most);
        }
    }
}

#[test]
fn among_equal_optima_the_cheaper_then_the_lexicographically_smaller_wins() {
    let apps = |ids: [&str; 4]| {
        vec![
            application(ids[0], "a", false, "10", "5"),
            application(ids[1], "b", false, "10", "5"),
            application(ids[2], "c", false, "20", "10"),
            application(ids[3], "d", false, "15", "10"),
        ]
    };
    // 20 buys 10 points as c, as d, or as a and b; d is cheapest.
    let selection = evaluate(&request("20", apps(["a", "b", "c", "d"]))).unwrap();
    assert_eq!(selection.selected, ["d"]);
    // "10" stands before "9" as text.
    let equal = vec![
        application("9", "a", false, "10", "5"),
        application("10", "b", false, "10", "5"),
    ];
    assert_eq!(evaluate(&request("10", equal)).unwrap().selected, ["10"]);
}

#[test]
fn best_score_first_stops_at_the_first_that_does_not_fit() {
    let apps = vec![
        application("a", "a", false, "60", "50"),
        application("b", "b", false, "50", "40"),
        application("c", "c", false, "40", "30"),
    ];
    let selection = evaluate(&request("100", apps)).unwrap();
    assert_eq!(selection.greedy.selected, ["a"]);
    assert_eq!(selection.greedy.objective, dec("50"));
    assert_eq!(selection.objective, Some(dec("80")));
}
