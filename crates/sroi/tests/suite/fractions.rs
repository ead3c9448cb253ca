//! The engine against exact fractions: the same formulas with numerator and denominator as whole
//! numbers of any size, rounded once at the end. Nothing of the engine's arithmetic is reused.
use num_bigint::BigInt;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::cases::{calc, text};

/// A fraction, never reduced.
#[derive(Debug, Clone)]
struct Fraction {
    over: BigInt,
    under: BigInt,
}

impl Fraction {
    fn whole(value: u64) -> Self {
        Self {
            over: value.into(),
            under: 1.into(),
        }
    }

    fn read(value: &str) -> Self {
        let (whole, part) = value.split_once('.').unwrap_or((value, ""));
        Self {
            over: format!("{whole}{part}").parse().unwrap(),
            under: BigInt::from(10).pow(u32::try_from(part.len()).unwrap()),
        }
    }

    fn plus(&self, other: &Self) -> Self {
        Self {
            over: &self.over * &other.under + &other.over * &self.under,
            under: &self.under * &other.under,
        }
    }

    fn times(&self, other: &Self) -> Self {
        Self {
            over: &self.over * &other.over,
            under: &self.under * &other.under,
        }
    }

    fn over(&self, other: &Self) -> Self {
        Self {
            over: &self.over * &other.under,
            under: &self.under * &other.over,
        }
    }

    fn complement(&self) -> Self {
        Self {
            over: &self.under - &self.over,
            under: self.under.clone(),
        }
    }

    fn power(&self, exponent: u32) -> Self {
        Self {
            over: self.over.pow(exponent),
            under: self.under.pow(exponent),
        }
    }

    /// Half away from zero, with exactly `places` digits.
    fn fixed(&self, places: usize) -> String {
        let zero = BigInt::from(0);
        let negative = (self.over < zero) != (self.under < zero);
        let size = |value: &BigInt| {
            if *value < BigInt::from(0) {
                -value
            } else {
                value.clone()
            }
        };
        let (over, under) = (size(&self.over), size(&self.under));
        let scaled: BigInt =
            over * BigInt::from(10).pow(u32::try_from(places).unwrap()) * 2 + &under;
        let digits = format!("{:0>width$}", scaled / (under * 2), width = places + 1);
        let (whole, part) = digits.split_at(digits.len() - places);
        let sign = if negative && digits.bytes().any(|byte| byte != b'0') {
            "-"
        } else {
            ""
        };
        if places == 0 {
            format!("{sign}{whole}")
        } else {
            format!("{sign}{whole}.{part}")
        }
    }

    fn exact(&self) -> String {
        self.fixed(12)
            .trim_end_matches('0')
            .trim_end_matches('.')
            .to_owned()
    }
}

struct Expected {
    total: Fraction,
    investment: Fraction,
    impact: Fraction,
    years: Vec<Fraction>,
}

fn field(value: &Value, key: &str) -> Fraction {
    Fraction::read(text(&value[key]))
}

fn count(value: &Value) -> u32 {
    u32::try_from(value.as_u64().unwrap()).unwrap()
}

fn by_hand(body: &Value) -> Expected {
    let growth = Fraction::whole(1).plus(&field(body, "discount_rate"));
    let late = u32::from(body["convention"]["timing"] == "year1_undiscounted");
    let discounted = |value: &Fraction, year: u32| {
        value.over(&growth.power(if year == 0 { 0 } else { year - late }))
    };
    let mut years = vec![Fraction::whole(0); 61];
    let mut impact_sum = Fraction::whole(0);
    for outcome in body["outcomes"].as_array().unwrap() {
        for cohort in outcome["cohorts"].as_array().unwrap() {
            let impact = field(cohort, "quantity")
                .times(&field(outcome, "proxy"))
                .times(&field(outcome, "deadweight").complement())
                .times(&field(outcome, "displacement").complement())
                .times(&field(outcome, "attribution").complement());
            impact_sum = impact_sum.plus(&impact);
            let kept = field(outcome, "dropoff").complement();
            for offset in 0..count(&outcome["duration"]) {
                let year = usize::try_from(count(&cohort["start"]) + offset).unwrap();
                years[year] = years[year].plus(&impact.times(&kept.power(offset)));
            }
        }
    }
    let mut total = Fraction::whole(0);
    for (year, value) in (0_u32..).zip(&years) {
        total = total.plus(&discounted(value, year));
    }
    let mut investment = Fraction::whole(0);
    for input in body["inputs"].as_array().unwrap() {
        for offset in 0..count(&input["duration"]) {
            let year = count(&input["year"]) + offset;
            investment = investment.plus(&discounted(&field(input, "amount"), year));
        }
    }
    Expected {
        total,
        investment,
        impact: impact_sum,
        years,
    }
}

fn decimal(most: i64, places: usize) -> impl Strategy<Value = String> {
    (0..=most).prop_map(move |units| {
        let digits = format!("{units:0>width$}", width = places + 1);
        let (whole, part) = digits.split_at(digits.len() - places);
        if places == 0 {
            whole.to_owned()
        } else {
            format!("{whole}.{part}")
        }
    })
}

fn share() -> impl Strategy<Value = String> {
    prop_oneof![
        decimal(100, 2),
        decimal(1_000_000, 6),
        Just("0".to_owned()),
        Just("1".to_owned()),
    ]
}

fn signed(most: i64, places: usize) -> impl Strategy<Value = String> {
    (decimal(most, places), prop::bool::weighted(0.2)).prop_map(|(value, negative)| {
        if negative { format!("-{value}") } else { value }
    })
}

fn outcome() -> impl Strategy<Value = Value> {
    let amounts = (
        decimal(9_999_999_999_999, 2),
        share(),
        share(),
        share(),
        share(),
    );
    let cohort = (
        1..=30_u32,
        prop_oneof![signed(5_000, 0), signed(99_999_999_999, 6)],
    )
        .prop_map(|(start, quantity)| json!({"start": start, "quantity": quantity}));
    (amounts, 1..=30_u32, prop::collection::vec(cohort, 1..3)).prop_map(
        |((proxy, deadweight, displacement, attribution, dropoff), duration, cohorts)| {
            json!({
                "stakeholder": "Members", "name": "Change", "proxy": proxy,
                "deadweight": deadweight, "displacement": displacement,
                "attribution": attribution, "dropoff": dropoff, "duration": duration,
                "cohorts": cohorts,
            })
        },
    )
}

prop_compose! {
    pub(crate) fn value_map()(
        outcomes in prop::collection::vec(outcome(), 1..5),
        rate in prop_oneof![decimal(20, 2), decimal(200_000, 6), Just("1".to_owned())],
        late in any::<bool>(),
        inputs in prop::collection::vec(
            (decimal(500_000_000_000, 2), 0..=10_u32, 1..=5_u32), 1..4
        ),
    ) -> Value {
        let outcomes: Vec<Value> = outcomes.into_iter().enumerate().map(|(at, mut outcome)| {
            outcome["id"] = json!(format!("o{at}"));
            outcome
        }).collect();
        let mut inputs: Vec<Value> = inputs.into_iter().map(|(amount, year, duration)| json!({
            "name": "Grant", "amount": amount, "year": year, "kind": "cash", "duration": duration,
        })).collect();
        inputs.push(json!({"name": "Own", "amount": "1", "year": 0, "kind": "cash", "duration": 1}));
        json!({
            "currency": "HKD", "discount_rate": rate, "inputs": inputs, "outcomes": outcomes,
            "convention": {"timing": if late { "year1_undiscounted" } else { "end_of_year" }},
        })
    }
}

proptest! {
    #[test]
    fn every_exact_figure_equals_the_exact_fraction(body in value_map()) {
        let result = calc(&body);
        let expected = by_hand(&body);
        let ratio = expected.total.over(&expected.investment);
        prop_assert_eq!(text(&result["total_present_value_exact"]), expected.total.exact());
        prop_assert_eq!(text(&result["total_present_value"]), expected.total.fixed(2));
        prop_assert_eq!(text(&result["investment_exact"]), expected.investment.exact());
        prop_assert_eq!(text(&result["impact_exact"]), expected.impact.exact());
        prop_assert_eq!(text(&result["ratio"]), ratio.fixed(4));
        prop_assert_eq!(text(&result["ratio_exact"]), ratio.exact());
        for year in result["years"].as_array().unwrap() {
            let at = usize::try_from(count(&year["year"])).unwrap();
            prop_assert_eq!(text(&year["value_exact"]), expected.years[at].exact());
        }
    }
}
