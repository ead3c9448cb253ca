//! Signed fixed-point numbers of 36 places in 256 bits. A decimal of 28 digits cannot hold 12
//! correct places after thirty years of drop-off and sixty of discounting a sum of billions;
//! here every step keeps 36, and the last six only absorb the rounding of divisions.
use std::{cmp::Ordering, fmt::Write as _};

use money::{Decimal, MoneyError};

/// Digits after the point.
const PLACES: u32 = 36;
/// Digits after the point that printing may use.
const PRINTED_PLACES_MAX: u32 = 30;
/// Factors and divisors are whole numbers of this part of one.
const FACTOR_PLACES: u32 = 12;
const TRILLION: u64 = 1_000_000_000_000;
/// Ten to the 18th, the largest power of a thousand millions that fits in 64 bits.
const CHUNK: u64 = 1_000_000_000_000_000_000;
const CHUNK_PLACES: u32 = 18;

type Limbs = [u64; 4];

/// A figure of the calculation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fixed {
    negative: bool,
    limbs: Limbs,
}

impl Fixed {
    /// Nothing.
    pub const ZERO: Self = Self {
        negative: false,
        limbs: [0; 4],
    };

    /// From a decimal; digits beyond the twelfth place are rounded half away from zero.
    pub fn try_from_decimal(value: Decimal) -> Result<Self, MoneyError> {
        let units = trillionths(value)?;
        let limbs = times_wide(split(units.unsigned_abs()), u128::from(TRILLION))?;
        let limbs = times_wide(limbs, u128::from(TRILLION))?;
        Ok(Self::of(units < 0, limbs))
    }

    fn of(negative: bool, limbs: Limbs) -> Self {
        Self {
            negative: negative && limbs != [0; 4],
            limbs,
        }
    }

    /// This times a decimal of at most twelve places.
    pub fn times(self, factor: Decimal) -> Result<Self, MoneyError> {
        let units = trillionths(factor)?;
        let product = times_wide(self.limbs, units.unsigned_abs())?;
        let (limbs, rest) = divided(product, TRILLION);
        let limbs = rounded_up_if(limbs, rest >= TRILLION / 2)?;
        Ok(Self::of(self.negative != (units < 0), limbs))
    }

    /// This times a whole number.
    pub fn times_count(self, count: u32) -> Result<Self, MoneyError> {
        let limbs = times_wide(self.limbs, u128::from(count))?;
        Ok(Self::of(self.negative, limbs))
    }

    /// This divided by so many trillionths, rounded half away from zero at the 36th place.
    pub(crate) fn over(self, divisor: u64) -> Result<Self, MoneyError> {
        if divisor == 0 {
            return Err(MoneyError::Overflow);
        }
        let (limbs, rest) = divided(times_wide(self.limbs, u128::from(TRILLION))?, divisor);
        let limbs = rounded_up_if(limbs, rest >= divisor - rest)?;
        Ok(Self::of(self.negative, limbs))
    }

    /// Sum.
    pub fn plus(self, other: Self) -> Result<Self, MoneyError> {
        if self.negative == other.negative {
            return Ok(Self::of(self.negative, added(self.limbs, other.limbs)?));
        }
        Ok(match compared(&self.limbs, &other.limbs) {
            Ordering::Less => Self::of(other.negative, subtracted(other.limbs, self.limbs)),
            Ordering::Equal => Self::ZERO,
            Ordering::Greater => Self::of(self.negative, subtracted(self.limbs, other.limbs)),
        })
    }

    /// Difference.
    pub fn minus(self, other: Self) -> Result<Self, MoneyError> {
        self.plus(Self::of(!other.negative, other.limbs))
    }

    /// The size without the sign.
    #[must_use]
    pub const fn absolute(self) -> Self {
        Self {
            negative: false,
            limbs: self.limbs,
        }
    }

    /// Whether it is nothing.
    pub fn is_zero(self) -> bool {
        self.limbs == [0; 4]
    }

    /// Whether it is below zero.
    pub const fn is_negative(self) -> bool {
        self.negative
    }

    /// Whether it is above zero.
    pub fn is_positive(self) -> bool {
        !self.negative && !self.is_zero()
    }

    /// The nearest decimal of up to 28 digits.
    pub fn to_decimal(self) -> Result<Decimal, MoneyError> {
        self.text(PRINTED_PLACES_MAX)
            .parse()
            .map_err(|_| MoneyError::Overflow)
    }

    /// Rounded half away from zero to whole hundredths.
    pub(crate) fn rounded_to_cents(self) -> Self {
        let cents = rounded_by(
            rounded_by(self.limbs, PLACES - PRINTED_PLACES_MAX),
            PRINTED_PLACES_MAX - 2,
        );
        // Back to 36 places: a number that came from there fits again but for its last digit.
        let limbs = times_wide(cents, 10_u128.pow(PLACES - 2)).unwrap_or(self.limbs);
        Self::of(self.negative, limbs)
    }

    /// Plain text with exactly `places` (at most 30) digits, rounded half away from zero.
    pub fn text(self, places: u32) -> String {
        let places = places.min(PRINTED_PLACES_MAX);
        let mut limbs = rounded_by(self.limbs, PLACES - PRINTED_PLACES_MAX);
        limbs = rounded_by(limbs, PRINTED_PLACES_MAX - places);
        let mut chunks = Vec::with_capacity(5);
        while limbs != [0; 4] {
            let (quotient, chunk) = divided(limbs, CHUNK);
            chunks.push(chunk);
            limbs = quotient;
        }
        let mut digits = String::with_capacity(96);
        for chunk in chunks.iter().rev() {
            // Writing into a string cannot fail.
            let _ = write!(digits, "{chunk:018}");
        }
        let places = usize::try_from(places).unwrap_or_default();
        let trimmed = digits.trim_start_matches('0');
        let sign = if self.negative && !trimmed.is_empty() {
            "-"
        } else {
            ""
        };
        let padded = format!("{trimmed:0>width$}", width = places + 1);
        let (whole, part) = padded.split_at(padded.len() - places);
        if part.is_empty() {
            format!("{sign}{whole}")
        } else {
            format!("{sign}{whole}.{part}")
        }
    }

    /// Presentation with two places.
    pub fn cents_text(self) -> String {
        self.text(2)
    }

    /// The `*_exact` form: twelve places, trailing zeros trimmed.
    pub fn exact_text(self) -> String {
        let text = self.text(12);
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    }
}

impl PartialOrd for Fixed {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Fixed {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.negative, other.negative) {
            (false, true) => Ordering::Greater,
            (true, false) => Ordering::Less,
            (false, false) => compared(&self.limbs, &other.limbs),
            (true, true) => compared(&other.limbs, &self.limbs),
        }
    }
}

/// A decimal as a whole number of trillionths; digits beyond are rounded half away from zero.
pub(crate) fn trillionths(value: Decimal) -> Result<i128, MoneyError> {
    let value = if value.scale() > FACTOR_PLACES {
        money::round_half_away(value, FACTOR_PLACES)
    } else {
        value
    };
    let missing = FACTOR_PLACES.saturating_sub(value.scale());
    value
        .mantissa()
        .checked_mul(10_i128.pow(missing))
        .ok_or(MoneyError::Overflow)
}

fn low_half(value: u128) -> u64 {
    u64::try_from(value & u128::from(u64::MAX)).unwrap_or_default()
}

fn high_half(value: u128) -> u64 {
    u64::try_from(value >> 64).unwrap_or_default()
}

fn split(value: u128) -> Limbs {
    [low_half(value), high_half(value), 0, 0]
}

fn times_word(limbs: Limbs, factor: u64) -> Result<Limbs, MoneyError> {
    let mut out = [0; 4];
    let mut carry = 0_u64;
    for (place, limb) in out.iter_mut().zip(limbs) {
        let product = u128::from(limb) * u128::from(factor) + u128::from(carry);
        *place = low_half(product);
        carry = high_half(product);
    }
    if carry == 0 {
        Ok(out)
    } else {
        Err(MoneyError::Overflow)
    }
}

fn times_wide(limbs: Limbs, factor: u128) -> Result<Limbs, MoneyError> {
    let low = times_word(limbs, low_half(factor))?;
    let high = high_half(factor);
    if high == 0 {
        return Ok(low);
    }
    let [first, second, third, most] = times_word(limbs, high)?;
    if most != 0 {
        return Err(MoneyError::Overflow);
    }
    added(low, [0, first, second, third])
}

fn divided(limbs: Limbs, divisor: u64) -> (Limbs, u64) {
    let mut out = [0; 4];
    let mut rest = 0_u64;
    for (place, limb) in out.iter_mut().rev().zip(limbs.into_iter().rev()) {
        if rest == 0 {
            *place = limb / divisor;
            rest = limb % divisor;
        } else {
            let value = (u128::from(rest) << 64) | u128::from(limb);
            let divisor = u128::from(divisor);
            *place = low_half(value / divisor);
            rest = low_half(value % divisor);
        }
    }
    (out, rest)
}

fn added(left: Limbs, right: Limbs) -> Result<Limbs, MoneyError> {
    let mut out = [0; 4];
    let mut carry = false;
    for (place, (left, right)) in out.iter_mut().zip(left.into_iter().zip(right)) {
        let (sum, first) = left.overflowing_add(right);
        let (sum, second) = sum.overflowing_add(u64::from(carry));
        *place = sum;
        carry = first || second;
    }
    if carry {
        Err(MoneyError::Overflow)
    } else {
        Ok(out)
    }
}

/// `left - right`, where `left` is not the smaller.
fn subtracted(left: Limbs, right: Limbs) -> Limbs {
    let mut out = [0; 4];
    let mut borrow = false;
    for (place, (left, right)) in out.iter_mut().zip(left.into_iter().zip(right)) {
        let (difference, first) = left.overflowing_sub(right);
        let (difference, second) = difference.overflowing_sub(u64::from(borrow));
        *place = difference;
        borrow = first || second;
    }
    out
}

fn compared(left: &Limbs, right: &Limbs) -> Ordering {
    left.iter().rev().cmp(right.iter().rev())
}

fn rounded_up_if(limbs: Limbs, up: bool) -> Result<Limbs, MoneyError> {
    if up {
        added(limbs, [1, 0, 0, 0])
    } else {
        Ok(limbs)
    }
}

/// Drops so many decimal digits, half away from zero: the first digit dropped decides.
fn rounded_by(mut limbs: Limbs, places: u32) -> Limbs {
    let Some(mut left) = places.checked_sub(1) else {
        return limbs;
    };
    while left > 0 {
        let now = left.min(CHUNK_PLACES);
        limbs = divided(limbs, 10_u64.pow(now)).0;
        left -= now;
    }
    let (quotient, digit) = divided(limbs, 10);
    // One more than a tenth of 256 bits always fits.
    rounded_up_if(quotient, digit >= 5).unwrap_or(quotient)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn fixed(text: &str) -> Fixed {
        Fixed::try_from_decimal(text.parse().unwrap()).unwrap()
    }

    #[test]
    fn half_goes_away_from_zero_at_every_scale() {
        assert_eq!(fixed("2.345").text(2), "2.35");
        assert_eq!(fixed("-2.345").text(2), "-2.35");
        assert_eq!(fixed("-0.001").text(2), "0.00");
        assert_eq!(fixed("0.5").text(0), "1");
        assert_eq!(fixed("12.300").exact_text(), "12.3");
        assert_eq!(fixed("100").exact_text(), "100");
        assert_eq!(Fixed::ZERO.exact_text(), "0");
    }

    #[test]
    fn a_division_that_comes_out_even_is_printed_even() {
        let third = fixed("1").over(3 * TRILLION).unwrap();
        let whole = third.plus(third).unwrap().plus(third).unwrap();
        assert_eq!(whole.text(30), "1.000000000000000000000000000000");
        assert_eq!(third.text(12), "0.333333333333");
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let large = fixed("99999999999999");
        let square = large.times("99999999999999".parse().unwrap()).unwrap();
        assert!(square.times("99999999999999".parse().unwrap()).is_err());
        assert!(fixed("1").over(0).is_err());
    }

    proptest! {
        #[test]
        fn products_sums_and_order_agree_with_whole_numbers(
            left in -1_000_000_000_000_i64..1_000_000_000_000,
            right in -1_000_000_000_000_i64..1_000_000_000_000,
        ) {
            let decimal = |value: i64| Decimal::new(value, 6);
            let (a, b) = (
                Fixed::try_from_decimal(decimal(left)).unwrap(),
                Fixed::try_from_decimal(decimal(right)).unwrap(),
            );
            prop_assert_eq!(a.cmp(&b), left.cmp(&right));
            prop_assert_eq!(a.plus(b).unwrap().to_decimal().unwrap(), decimal(left + right));
            prop_assert_eq!(a.minus(b).unwrap().to_decimal().unwrap(), decimal(left - right));
            let product = Decimal::from_i128_with_scale(i128::from(left) * i128::from(right), 12);
            prop_assert_eq!(a.times(decimal(right)).unwrap().to_decimal().unwrap(), product);
        }
    }
}
