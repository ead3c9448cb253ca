//! The only places where a figure is rounded, each with a name. Half goes away from zero:
//! 2.345 becomes 2.35 and -2.345 becomes -2.35 (never banker's rounding).
use rust_decimal::{Decimal, RoundingStrategy};

use crate::MoneyError;

/// Digits after the point in every `*_exact` figure.
const EXACT_PLACES: u32 = 12;

/// Rounds half away from zero to `places` digits after the point.
pub fn round_half_away(value: Decimal, places: u32) -> Decimal {
    value.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero)
}

/// Cuts to whole cents towards zero: how money thresholds are read (1% of 123,456,789.01 is
/// 1,234,567.89).
pub fn truncate_to_cent(value: Decimal) -> Result<Decimal, MoneyError> {
    Ok(value.trunc_with_scale(2))
}

/// Presentation with exactly `places` digits, rounded half away from zero: `803184.47`.
pub fn fixed_text(value: Decimal, places: u32) -> String {
    let mut rounded = round_half_away(value, places);
    if rounded.is_zero() {
        rounded = Decimal::ZERO;
    }
    // A value whose 28 digits are used up cannot be padded; it keeps the digits it has.
    rounded.rescale(places);
    rounded.to_string()
}

/// The `*_exact` form: 12 places, half away from zero, trailing zeros trimmed.
pub fn exact_text(value: Decimal) -> String {
    normal_text(round_half_away(value, EXACT_PLACES))
}

/// The shortest plain form: no trailing zeros, no minus zero. Used for hashing inputs.
pub fn normal_text(value: Decimal) -> String {
    if value.is_zero() {
        "0".to_owned()
    } else {
        value.normalize().to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dec(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn half_goes_away_from_zero() {
        assert_eq!(fixed_text(dec("2.345"), 2), "2.35");
        assert_eq!(fixed_text(dec("-2.345"), 2), "-2.35");
        assert_eq!(fixed_text(dec("16.065"), 2), "16.07");
        assert_eq!(fixed_text(dec("5"), 2), "5.00");
        assert_eq!(fixed_text(dec("-0.001"), 2), "0.00");
    }

    #[test]
    fn exact_text_has_twelve_places_and_no_trailing_zeros() {
        assert_eq!(exact_text(dec("0.1234567890125")), "0.123456789013");
        assert_eq!(exact_text(dec("622693.57500000")), "622693.575");
        assert_eq!(exact_text(dec("-0.0000000000001")), "0");
    }

    #[test]
    fn a_threshold_is_cut_to_the_cent() {
        assert_eq!(
            truncate_to_cent(dec("1234567.8901")).unwrap(),
            dec("1234567.89")
        );
        assert_eq!(
            truncate_to_cent(dec("500000.019")).unwrap(),
            dec("500000.01")
        );
    }
}
