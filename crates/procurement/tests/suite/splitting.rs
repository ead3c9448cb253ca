//! Purchases of one need within twelve months are summed, whatever their order, and the tier of
//! the largest such sum applies to each.
use std::{collections::BTreeMap, sync::LazyLock};

use chrono::{Days, Months, NaiveDate};
use explain::{json::Json, read::Given};
use money::{Amount, Decimal};
use procurement::{
    Method, Ruleset,
    purchase::{
        self, Code, Evaluation, Part, Purchase, Question, Settings, Severity, calc, evaluate,
    },
    read_ruleset,
};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::rules;

/// The goods of the rule file alone: ten thousand questions are hashed with it.
static RULES: LazyLock<Ruleset> = LazyLock::new(|| {
    let mut ruleset = read_ruleset(&Json::from(&rules())).unwrap();
    ruleset.categories.retain(|category| category == "goods");
    for version in &mut ruleset.versions {
        version.tiers.retain(|category, _| category == "goods");
    }
    ruleset
});

fn stated(id: &str, need: &str, day: &str, amount: &str) -> Value {
    json!({"id": id, "requirement": need, "invited_on": day,
           "parts": [{"category": "goods", "estimated": {"item": amount, "maintenance": null}}]})
}

fn look(purchases: &[Value]) -> Value {
    let body = json!({"ruleset": rules(), "purchases": purchases});
    calc(&Json::from(&body)).unwrap()["purchases"].clone()
}

#[test]
fn two_halves_of_one_need_fall_in_the_tier_of_their_sum() {
    let result = look(&[
        stated("a", "tablets", "2025-06-01", "30000"),
        stated("b", "tablets", "2025-11-01", "30000"),
        stated("c", "chairs", "2025-11-01", "30000"),
    ]);
    for (position, other) in [(0, "b"), (1, "a")] {
        let one = &result[position];
        assert_eq!(one["requirement"]["min_quotations"], 5);
        assert_eq!(one["aggregate"]["sum"], "60000");
        assert_eq!(one["aggregate"]["others"], json!([other]));
        let codes: Vec<&Value> = one["findings"]
            .as_array()
            .unwrap()
            .iter()
            .map(|f| &f["code"])
            .collect();
        assert!(codes.contains(&&json!("aggregate_raises_tier")), "{one}");
    }
    assert_eq!(result[2]["requirement"]["min_quotations"], 2);
    assert_eq!(result[2]["aggregate"], Value::Null);
}

#[test]
fn both_end_days_belong_to_the_window_and_the_day_after_does_not() {
    let pair = |second: &str| {
        look(&[
            stated("a", "tablets", "2025-06-01", "30000"),
            stated("b", "tablets", second, "30000"),
        ])
    };
    assert_eq!(pair("2026-05-31")[0]["aggregate"]["sum"], "60000");
    assert_eq!(pair("2026-05-31")[0]["aggregate"]["last_day"], "2026-05-31");
    assert_eq!(pair("2026-06-01")[0]["aggregate"], Value::Null);
}

#[test]
fn a_purchase_between_two_others_counts_with_the_larger_side_only() {
    let result = look(&[
        stated("a", "tablets", "2025-06-01", "20000"),
        stated("b", "tablets", "2026-01-01", "20000"),
        stated("c", "tablets", "2026-08-01", "25000"),
    ]);
    assert_eq!(result[0]["aggregate"]["sum"], "40000");
    assert_eq!(
        result[1]["aggregate"]["sum"], "45000",
        "never all three: no twelve months hold them"
    );
    assert_eq!(result[1]["aggregate"]["others"], json!(["c"]));
}

#[test]
fn a_purchase_of_the_need_without_day_or_value_makes_the_others_unknown() {
    let result = look(&[
        stated("a", "tablets", "2025-06-01", "30000"),
        json!({"id": "b", "requirement": "tablets", "invited_on": "2025-07-01"}),
    ]);
    let related = result[0]["findings"].as_array().unwrap().iter();
    let related: Vec<&Value> = related.filter(|f| f["code"] == "related_unknown").collect();
    assert_eq!(related[0]["params"]["others"], "b");
    assert_eq!(result[0]["satisfied"], Value::Null);
}

/// Day, amount in millionths, and which of two needs.
type Drawn = Vec<(u64, i64, bool)>;

fn asked(drawn: &Drawn) -> Question {
    let numbered = drawn.iter().enumerate();
    let purchases = numbered.map(|(position, (days, micros, need))| Purchase {
        id: format!("p{position}"),
        requirement: Given::Some(if *need { "x" } else { "y" }.to_owned()),
        requested_on: None,
        invited_on: Some(day(*days)),
        ordered_on: None,
        parts: Some(vec![Part {
            category: Some("goods".to_owned()),
            estimated: purchase::Value {
                item: Some(amount(*micros)),
                maintenance: Some(Amount::ZERO),
            },
        }]),
        accepted: purchase::Value::default(),
        method: None,
        quotations: purchase::Quotations::default(),
        chosen: None,
        lowest_reason: Given::Missing,
        waiver: Given::Missing,
        people: BTreeMap::new(),
        interests: BTreeMap::new(),
    });
    Question {
        path: String::new(),
        ruleset: RULES.clone(),
        settings: Settings::default(),
        purchases: purchases.collect(),
    }
}

fn day(days: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2023, 12, 1).unwrap() + Days::new(days)
}

fn amount(micros: i64) -> Amount {
    Amount::from_decimal(Decimal::new(micros, 6))
}

/// The sum that counts, by trying a window from every day on.
fn by_trying_every_day(drawn: &Drawn, position: usize) -> Amount {
    let (own, _, need) = drawn[position];
    let sums = (own.saturating_sub(366)..=own).map(|first| {
        let end = day(first).checked_add_months(Months::new(12)).unwrap();
        if day(own) >= end {
            return Decimal::ZERO;
        }
        let inside = drawn
            .iter()
            .filter(|(days, _, other)| *other == need && *days >= first && day(*days) < end);
        inside.map(|(_, micros, _)| Decimal::new(*micros, 6)).sum()
    });
    Amount::from_decimal(sums.max().unwrap())
}

fn sum_of(evaluation: &Evaluation, position: usize) -> Amount {
    let result = &evaluation.purchases[position];
    let own = result.estimated.unwrap();
    result
        .aggregate
        .as_ref()
        .map_or(own, |aggregate| aggregate.sum)
}

fn strictness(evaluation: &Evaluation, position: usize) -> (Method, u8) {
    let needed = evaluation.purchases[position].requirement.as_ref().unwrap();
    (needed.method, needed.quotations_min)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn the_sum_is_the_largest_of_any_twelve_months_that_hold_the_purchase(
        drawn in prop::collection::vec((0_u64..900, 1_i64..2_000_000_000_000, any::<bool>()), 1..6),
        at in any::<prop::sample::Index>(),
    ) {
        let evaluation = evaluate(&asked(&drawn)).unwrap();
        let position = at.index(drawn.len());
        prop_assert_eq!(sum_of(&evaluation, position), by_trying_every_day(&drawn, position));
    }

    #[test]
    fn splitting_never_lightens_what_is_asked(
        days in 0_u64..500, first in 1_i64..2_000_000_000_000, second in 1_i64..2_000_000_000_000, gap in 0_u64..365,
    ) {
        // One purchase on one day, or two halves of it within twelve months in one version.
        let start = 600_u64.saturating_add(days);
        let whole = evaluate(&asked(&vec![(start, first + second, true)])).unwrap();
        let halves = evaluate(&asked(&vec![(start, first, true), (start.saturating_add(gap), second, true)])).unwrap();
        prop_assert_eq!(strictness(&halves, 0), strictness(&whole, 0));
        prop_assert_eq!(strictness(&halves, 1), strictness(&whole, 0));
    }

    #[test]
    fn the_order_of_purchases_means_nothing_and_another_never_lowers_a_sum(
        drawn in prop::collection::vec((0_u64..900, 1_i64..2_000_000_000_000, any::<bool>()), 2..6),
    ) {
        let forward = evaluate(&asked(&drawn)).unwrap();
        let mut turned = drawn.clone();
        turned.reverse();
        let backward = evaluate(&asked(&turned)).unwrap();
        let last = drawn.len() - 1;
        let fewer = evaluate(&asked(&drawn[..last].to_vec())).unwrap();
        for position in 0..drawn.len() {
            prop_assert_eq!(sum_of(&forward, position), sum_of(&backward, last - position));
            prop_assert_eq!(strictness(&forward, position), strictness(&backward, last - position));
            if position < last {
                prop_assert!(sum_of(&fewer, position) <= sum_of(&forward, position));
            }
        }
    }

    #[test]
    fn a_raised_tier_is_said_exactly_where_the_sum_is_stricter_than_the_purchase(
        drawn in prop::collection::vec((600_u64..1_200, 1_i64..100_000_000_000, Just(true)), 1..6),
    ) {
        let together = evaluate(&asked(&drawn)).unwrap();
        for (position, one) in drawn.iter().enumerate() {
            let alone = evaluate(&asked(&vec![*one])).unwrap();
            let said = together.purchases[position].findings.iter().any(|finding| {
                finding.code == Code::AggregateRaisesTier && finding.severity == Severity::Warning
            });
            prop_assert_eq!(said, strictness(&together, position) > strictness(&alone, 0));
        }
    }
}
