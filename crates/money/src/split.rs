//! Splitting a whole into parts that add up to it: integer cents by largest remainder.
use rust_decimal::Decimal;

use crate::{Hkd, MoneyError};

/// Splits `total` in proportion to `weights`. Each part is first cut to whole cents; the cents
/// left over go one each to the largest remainders, ties to the earlier position. The parts sum
/// to the total exactly, and each lies within one cent of its exact share.
pub fn split_by_largest_remainder(total: Hkd, weights: &[Decimal]) -> Result<Vec<Hkd>, MoneyError> {
    let mut basis = Decimal::ZERO;
    for weight in weights {
        if weight.is_sign_negative() && !weight.is_zero() {
            return Err(MoneyError::BadWeights);
        }
        basis = basis.checked_add(*weight).ok_or(MoneyError::Overflow)?;
    }
    if basis.is_zero() {
        return Err(MoneyError::BadWeights);
    }
    // Integers throughout: cents × weight in millionths, divided by the basis in millionths.
    let scaled: Vec<i128> = weights
        .iter()
        .map(|weight| millionths(*weight))
        .collect::<Result<_, _>>()?;
    let basis = millionths(basis)?;
    let cents = i128::from(total.cents().unsigned_abs());
    let mut parts = Vec::with_capacity(weights.len());
    let mut left = cents;
    for (position, weight) in scaled.iter().enumerate() {
        let product = cents.checked_mul(*weight).ok_or(MoneyError::Overflow)?;
        let whole = product / basis;
        left -= whole;
        parts.push((product % basis, position, whole));
    }
    parts.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    for part in &mut parts {
        if left == 0 {
            break;
        }
        part.2 += 1;
        left -= 1;
    }
    parts.sort_by_key(|part| part.1);
    let sign = if total.cents() < 0 { -1 } else { 1 };
    parts
        .into_iter()
        .map(|(_, _, whole)| {
            i64::try_from(whole * sign)
                .map(Hkd::from_cents)
                .map_err(|_| MoneyError::Overflow)
        })
        .collect()
}

fn millionths(value: Decimal) -> Result<i128, MoneyError> {
    let scaled = value
        .checked_mul(Decimal::new(1_000_000, 0))
        .ok_or(MoneyError::Overflow)?;
    if !scaled.fract().is_zero() {
        return Err(MoneyError::TooManyPlaces);
    }
    i128::try_from(scaled.trunc()).map_err(|_| MoneyError::Overflow)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn parts(total: &str, weights: &[&str]) -> Vec<String> {
        let weights: Vec<Decimal> = weights.iter().map(|text| text.parse().unwrap()).collect();
        split_by_largest_remainder(Hkd::try_from_text(total).unwrap(), &weights)
            .unwrap()
            .iter()
            .map(ToString::to_string)
            .collect()
    }

    #[test]
    fn left_over_cents_go_to_the_largest_remainder_then_to_the_earlier_part() {
        assert_eq!(
            parts("100.00", &["1", "1", "1"]),
            ["33.34", "33.33", "33.33"]
        );
        assert_eq!(
            parts("98765.43", &["12.5", "7.5", "3", "2"]),
            ["49382.72", "29629.63", "11851.85", "7901.23"]
        );
        assert_eq!(
            parts("0.05", &["1", "1", "1", "1", "1", "1"]),
            ["0.01", "0.01", "0.01", "0.01", "0.01", "0.00"]
        );
        assert_eq!(
            parts("-100.00", &["1", "1", "1"]),
            ["-33.34", "-33.33", "-33.33"]
        );
    }

    #[test]
    fn weights_without_a_basis_are_refused() {
        let total = Hkd::from_cents(100);
        assert_eq!(
            split_by_largest_remainder(total, &[]),
            Err(MoneyError::BadWeights)
        );
        assert_eq!(
            split_by_largest_remainder(total, &[Decimal::ZERO]),
            Err(MoneyError::BadWeights)
        );
        assert_eq!(
            split_by_largest_remainder(total, &[Decimal::ONE, -Decimal::ONE]),
            Err(MoneyError::BadWeights)
        );
    }

    proptest! {
        #[test]
        fn parts_sum_to_the_whole_and_each_is_within_a_cent(
            cents in 0_i64..10_000_000_000_000,
            weights in proptest::collection::vec(0_i64..1_000_000_000_000, 1..20),
        ) {
            prop_assume!(weights.iter().any(|weight| *weight > 0));
            let decimals: Vec<Decimal> = weights.iter().map(|w| Decimal::new(*w, 6)).collect();
            let parts = split_by_largest_remainder(Hkd::from_cents(cents), &decimals).unwrap();
            prop_assert_eq!(parts.iter().map(|part| part.cents()).sum::<i64>(), cents);
            let basis: i128 = weights.iter().map(|w| i128::from(*w)).sum();
            for (part, weight) in parts.iter().zip(&weights) {
                let exact = i128::from(cents) * i128::from(*weight);
                let distance = (i128::from(part.cents()) * basis - exact).abs();
                prop_assert!(distance < basis);
            }
        }
    }
}
