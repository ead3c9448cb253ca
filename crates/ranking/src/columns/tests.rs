//! Columns: the same order and scores as the ranking itself, exact where decimals end, bad input.
use proptest::prelude::*;

use super::*;
use crate::rank::{Application, Asks, Criterion, Direction, Request, evaluate};

fn column(weight: i64, zero: i64, hundred: i64, values: &[i64]) -> Column<'_> {
    Column {
        weight: Decimal::new(weight, 2),
        zero,
        hundred,
        values,
    }
}

#[test]
fn equal_scores_keep_the_order_given_and_share_a_rank() {
    let order = order(&[
        column(50, 0, 3, &[1, 0, 3, 2, -5]),
        column(50, 10, 0, &[10, 10, 0, 99, 7]),
    ])
    .unwrap();
    // Points (33.3, 0, 100, 66.7, 0) and (0, 0, 100, 0, 30).
    assert_eq!(order.places, [2, 3, 0, 4, 1]);
    assert_eq!(order.ranks(), [1, 2, 3, 4, 5]);
    assert_eq!(order.full, 60);
    assert_eq!(order.points(order.scores[3]), Some(Decimal::from(15)));
    // A third of 30 % and a seventh of 70 % are equal, although neither ends.
    let order = super::order(&[column(30, 0, 3, &[0, 1]), column(70, 0, 7, &[1, 0])]).unwrap();
    assert_eq!(order.ranks(), [1, 1]);
    assert_eq!(order.places, [0, 1]);
}

#[test]
fn every_problem_of_the_columns_is_listed_at_once() {
    let codes = |columns: &[Column<'_>]| -> Vec<String> {
        let problems = order(columns).unwrap_err().into_vec();
        problems.into_iter().map(|problem| problem.code).collect()
    };
    let mut fine = column(40, 0, 5, &[1]);
    fine.weight = Decimal::new(4, 7);
    assert_eq!(
        codes(&[column(70, 5, 5, &[1, 2]), fine]),
        [
            "anchors_contradict",
            "uneven",
            "out_of_range",
            "weights_not_one"
        ]
    );
    assert_eq!(codes(&[]), ["weights_not_one"]);
    let primes = [999_999_999_989, 999_999_999_961, 999_999_999_959];
    let wide: Vec<Column<'_>> = primes
        .iter()
        .zip([30, 30, 40])
        .map(|(prime, weight)| column(weight, 0, *prime, &[1]))
        .collect();
    assert_eq!(codes(&wide), ["overflow"]);
}

#[test]
fn very_many_rows_are_in_order_whatever_the_number_of_threads() {
    let values: Vec<i64> = (0..150_000).map(|n| (n * 7_919) % 100_003).collect();
    let order = order(&[column(100, 0, 100_003, &values)]).unwrap();
    assert_eq!(order.places.len(), 150_000);
    let in_order = |pair: &[u32]| {
        let value = |place: u32| values[usize::try_from(place).unwrap()];
        (value(pair[1]), pair[0]) < (value(pair[0]), pair[1]) || value(pair[0]) > value(pair[1])
    };
    assert!(order.places.windows(2).all(in_order));
    let mut places = order.places.clone();
    places.sort_unstable();
    assert!(places.into_iter().eq(0..150_000));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn the_order_is_that_of_the_ranking(
        rows in prop::collection::vec((-50_i64..600, -50_i64..600), 1..40),
        weight in 0_i64..=100, hundred in 1_i64..500,
    ) {
        let (x, y): (Vec<i64>, Vec<i64>) = rows.iter().copied().unzip();
        let found = order(&[column(weight, 0, hundred, &x), column(100 - weight, 500, 0, &y)]).unwrap();
        let criterion = |id: &str, weight, direction, zero, hundred| Criterion {
            id: id.to_owned(),
            weight: Decimal::new(weight, 2),
            direction,
            zero: Decimal::new(zero, 2),
            hundred: Decimal::new(hundred, 2),
            source: None,
        };
        let applications = rows
            .iter()
            .enumerate()
            .map(|(place, (x, y))| Application {
                id: format!("{place:02}"),
                scores: [("x", *x), ("y", *y)]
                    .map(|(id, value)| (id.to_owned(), Some(Decimal::new(value, 2))))
                    .into(),
                cost: None,
            })
            .collect();
        let ranking = evaluate(&Request {
            criteria: vec![
                criterion("x", weight, Direction::Max, 0, hundred),
                criterion("y", 100 - weight, Direction::Min, 500, 0),
            ],
            applications,
            stability: None,
            tie_break: Vec::new(),
            asks: Asks::default(),
        })
        .unwrap();
        for ((ranked, rank), (place, score)) in ranking
            .applications
            .iter()
            .zip(found.ranks())
            .zip(found.places.iter().zip(&found.scores))
        {
            prop_assert_eq!(&ranked.id, &format!("{place:02}"));
            prop_assert_eq!(ranked.rank, Some(rank));
            let distance = found.points(*score).unwrap() - ranked.score.unwrap();
            prop_assert!(distance.abs() < Decimal::new(1, 20));
        }
    }
}
