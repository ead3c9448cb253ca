//! Any pool splits to the cent, fairly, and the same way whatever the order of keys.
use std::collections::BTreeMap;

use costshare::{Evaluation, evaluate, read};
use explain::json::Json;
use money::{Decimal, Hkd};
use proptest::prelude::*;

fn split(amount: Hkd, weights: &[(String, Decimal)]) -> Evaluation {
    let text = |text: &str| Json::Text(text.to_owned());
    let weights = weights
        .iter()
        .map(|(activity, weight)| (activity.clone(), text(&weight.to_string())))
        .collect();
    let pool = Json::Object(vec![
        ("id".to_owned(), text("x")),
        ("amount".to_owned(), text(&amount.to_string())),
        ("basis".to_owned(), text("staff_time")),
        ("weights".to_owned(), Json::Object(weights)),
    ]);
    let body = Json::Object(vec![
        ("financial_year".to_owned(), text("2025-26")),
        ("pools".to_owned(), Json::List(vec![pool])),
    ]);
    evaluate(&read(&body).unwrap()).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn shares_sum_to_the_pool_each_within_a_cent_whatever_the_order_of_keys(
        cents in 0_i64..100_000_000_000,
        weights in proptest::collection::btree_map("[a-zA-Z]{1,4}", 0_i64..100_000_000, 1..12),
        turn in 0_usize..12,
    ) {
        prop_assume!(weights.values().any(|weight| *weight > 0));
        let amount = Hkd::from_cents(cents);
        let decimals: Vec<(String, Decimal)> = weights
            .iter()
            .map(|(activity, weight)| (activity.clone(), Decimal::new(*weight, 3)))
            .collect();
        let result = split(amount, &decimals);
        let shares: &BTreeMap<String, Hkd> = &result.pools[0].shares;

        prop_assert_eq!(Hkd::checked_sum(shares.values().copied()).unwrap(), amount);
        let basis: i128 = weights.values().map(|weight| i128::from(*weight)).sum();
        for (activity, weight) in &weights {
            let exact = i128::from(cents) * i128::from(*weight);
            let distance = (i128::from(shares[activity].cents()) * basis - exact).abs();
            prop_assert!(distance < basis, "{} is a cent or more away", activity);
        }

        let mut turned = decimals.clone();
        turned.rotate_left(turn % decimals.len());
        let again = split(amount, &turned);
        prop_assert_eq!(again.to_json(), result.to_json());
        prop_assert_eq!(again.input_hash(), result.input_hash());
    }
}
