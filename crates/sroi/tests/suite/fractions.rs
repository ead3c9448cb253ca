//! The engine against exact fractions: the same formulas with numerator and denominator as whole
//! numbers of any size, rounded once at the end. Nothing of the engine's arithmetic is reused.
use num_bigint::{BigInt, BigUint};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::cases::{CASES, evaluated, text};

/// Places after the point that hold every value of a year exactly: quantity, proxy and three
/// deductions of six each and 29 years of drop-off of six each.
const PLACES: u32 = 30 + 29 * 6;

/// A fraction, never reduced.
#[derive(Debug, Clone)]
struct Fraction {
    over: BigInt,
    under: BigInt,
}

impl Fraction {
    fn divided_by(&self, other: &Self) -> Self {
        Self {
            over: &self.over * &other.under,
            under: &self.under * &other.over,
        }
    }

    /// Half away from zero, with exactly `places` digits.
    fn fixed(&self, places: usize) -> String {
        let zero = BigInt::from(0);
        let negative = (self.over < zero) != (self.under < zero);
        let (over, under) = (self.over.magnitude(), self.under.magnitude());
        let scaled = over * BigUint::from(10_u8).pow(u32::try_from(places).unwrap()) * 2_u8 + under;
        let digits = format!("{:0>width$}", scaled / (under * 2_u8), width = places + 1);
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

fn power_of_ten(exponent: u32) -> BigInt {
    BigInt::from(10).pow(exponent)
}

/// A decimal text of at most six places, in millionths.
fn millionths(text: &str) -> BigInt {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    format!("{whole}{part:0<6}").parse().unwrap()
}

fn field(value: &Value, key: &str) -> BigInt {
    millionths(text(&value[key]))
}

/// One less a share, in millionths.
fn kept(value: &Value, key: &str) -> BigInt {
    BigInt::from(1_000_000) - field(value, key)
}

fn count(value: &Value) -> u32 {
    u32::try_from(value.as_u64().unwrap()).unwrap()
}

fn position(count: u32) -> usize {
    usize::try_from(count).unwrap()
}

/// Sum of the values over (1 + rate) to the power of the year, less one if the first year is not
/// discounted. Over the common denominator growth^60 nothing has to be divided.
fn present_value(years: &[BigInt], places: u32, rate: &BigInt, late: bool) -> Fraction {
    let unit = BigInt::from(1_000_000);
    let growth = &unit + rate;
    let powers = |base: &BigInt| {
        let mut powers = vec![BigInt::from(1)];
        for at in 0..60 {
            powers.push(&powers[at] * base);
        }
        powers
    };
    let (units, growths) = (powers(&unit), powers(&growth));
    let mut over = BigInt::from(0);
    for (year, value) in years.iter().enumerate() {
        let power = if late { year.saturating_sub(1) } else { year };
        over += value * &units[power] * &growths[60 - power];
    }
    Fraction {
        over,
        under: &growths[60] * power_of_ten(places),
    }
}

fn by_hand(body: &Value) -> Expected {
    let mut years = vec![BigInt::from(0); 61];
    let mut impact_sum = BigInt::from(0);
    for outcome in body["outcomes"].as_array().unwrap() {
        let price = field(outcome, "proxy")
            * kept(outcome, "deadweight")
            * kept(outcome, "displacement")
            * kept(outcome, "attribution");
        // Quantity and price take 30 of the places, each year of drop-off six of the rest.
        let mut values = vec![price * power_of_ten(PLACES - 30)];
        for _ in 1..count(&outcome["duration"]) {
            let lowered = values.last().unwrap() * kept(outcome, "dropoff");
            let unit = BigInt::from(1_000_000);
            assert_eq!(
                &lowered % &unit,
                BigInt::from(0),
                "a year needs more places"
            );
            values.push(lowered / unit);
        }
        for cohort in outcome["cohorts"].as_array().unwrap() {
            let quantity = field(cohort, "quantity");
            impact_sum += &quantity * &values[0];
            for (year, value) in years[position(count(&cohort["start"]))..]
                .iter_mut()
                .zip(&values)
            {
                *year += &quantity * value;
            }
        }
    }
    let mut inputs = vec![BigInt::from(0); 61];
    for input in body["inputs"].as_array().unwrap() {
        for offset in 0..count(&input["duration"]) {
            inputs[position(count(&input["year"]) + offset)] += field(input, "amount");
        }
    }
    let late = body["convention"]["timing"] == "year1_undiscounted";
    let rate = field(body, "discount_rate");
    let in_places = |over: BigInt| Fraction {
        over,
        under: power_of_ten(PLACES),
    };
    Expected {
        total: present_value(&years, PLACES, &rate, late),
        investment: present_value(&inputs, 6, &rate, late),
        impact: in_places(impact_sum),
        years: years.into_iter().map(in_places).collect(),
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
    #![proptest_config(ProptestConfig::with_cases(CASES))]
    #[test]
    fn trust_25_every_exact_figure_equals_the_exact_fraction(body in value_map()) {
        let result = evaluated(&body);
        let expected = by_hand(&body);
        let ratio = expected.total.divided_by(&expected.investment);
        prop_assert_eq!(result.total_present_value.exact_text(), expected.total.exact());
        prop_assert_eq!(result.total_present_value.cents_text(), expected.total.fixed(2));
        prop_assert_eq!(result.investment.exact_text(), expected.investment.exact());
        prop_assert_eq!(result.impact.exact_text(), expected.impact.exact());
        prop_assert_eq!(result.ratio().to_text(), ratio.fixed(4));
        prop_assert_eq!(result.ratio().to_exact_text(), ratio.exact());
        for (value, expected) in result.years.iter().zip(&expected.years) {
            prop_assert_eq!(value.exact_text(), expected.exact());
        }
    }
}
