//! Signed fixed-point numbers of 36 places in 256 bits. A decimal of 28 digits cannot hold 12
//! correct places after thirty years of drop-off and sixty of discounting a sum of billions;
//! here every step keeps 36, and the last six only absorb the rounding of divisions.
use std::cmp::Ordering;

use money::{Decimal, MoneyError};

use crate::{
    limbs::{
        Divisor, Limbs, ONE, POWERS_OF_TEN, add, compared, multiply, multiply_wide, round_by,
        split, subtract,
    },
    model::position,
};

/// Digits after the point.
const PLACES: usize = 36;
/// Digits after the point that printing may use.
const PRINTED_PLACES_MAX: usize = 30;
/// Factors and divisors are whole numbers of this part of one.
const FACTOR_PLACES: u32 = 12;
const TRILLION: u64 = 1_000_000_000_000;
/// Decimal digits that are printed at once.
const CHUNK: usize = 18;
/// Room for the digits of 256 bits, in whole chunks.
const DIGITS: usize = 5 * CHUNK;

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
        let value = Factor::try_from_decimal(value)?;
        let mut limbs = split(value.trillionths);
        multiply(&mut limbs, TRILLION)?;
        multiply(&mut limbs, TRILLION)?;
        Ok(Self::of(value.negative, limbs))
    }

    #[inline]
    fn of(negative: bool, limbs: Limbs) -> Self {
        Self {
            negative: negative && limbs != [0; 4],
            limbs,
        }
    }

    /// This times a decimal of at most twelve places.
    pub fn times(self, factor: Decimal) -> Result<Self, MoneyError> {
        let mut product = self;
        product.multiply(Factor::try_from_decimal(factor)?)?;
        Ok(product)
    }

    /// Becomes itself times a factor, rounded half away from zero at the 36th place.
    #[inline]
    pub(crate) fn multiply(&mut self, factor: Factor) -> Result<(), MoneyError> {
        multiply_wide(&mut self.limbs, factor.trillionths)?;
        let rest = POWERS_OF_TEN[12].divide(&mut self.limbs);
        if rest >= TRILLION / 2 {
            add(&mut self.limbs, &ONE)?;
        }
        self.negative = self.negative != factor.negative && self.limbs != [0; 4];
        Ok(())
    }

    /// This times a whole number.
    pub fn times_count(self, count: u32) -> Result<Self, MoneyError> {
        let mut product = self;
        multiply(&mut product.limbs, u64::from(count))?;
        Ok(Self::of(self.negative, product.limbs))
    }

    /// Becomes itself divided by so many trillionths, rounded half away from zero at the 36th
    /// place.
    #[inline]
    pub(crate) fn divide(&mut self, trillionths: &Divisor) -> Result<(), MoneyError> {
        multiply(&mut self.limbs, TRILLION)?;
        let rest = trillionths.divide(&mut self.limbs);
        if rest >= trillionths.value() - rest {
            add(&mut self.limbs, &ONE)?;
        }
        self.negative = self.negative && self.limbs != [0; 4];
        Ok(())
    }

    /// Sum.
    pub fn plus(self, other: Self) -> Result<Self, MoneyError> {
        let mut sum = self;
        sum.add(&other)?;
        Ok(sum)
    }

    /// Becomes itself and another.
    #[inline]
    pub(crate) fn add(&mut self, other: &Self) -> Result<(), MoneyError> {
        if self.negative == other.negative {
            return add(&mut self.limbs, &other.limbs);
        }
        match compared(&self.limbs, &other.limbs) {
            Ordering::Less => {
                let mut limbs = other.limbs;
                subtract(&mut limbs, &self.limbs);
                *self = Self::of(other.negative, limbs);
            }
            Ordering::Equal => *self = Self::ZERO,
            Ordering::Greater => subtract(&mut self.limbs, &other.limbs),
        }
        Ok(())
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
    #[inline]
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
        let mut limbs = self.limbs;
        round_by(&mut limbs, PLACES - PRINTED_PLACES_MAX);
        round_by(&mut limbs, PRINTED_PLACES_MAX - 2);
        // Back to 36 places: a number that came from there fits again but for its last digit.
        if multiply_wide(&mut limbs, 10_u128.pow(34)).is_err() {
            limbs = self.limbs;
        }
        Self::of(self.negative, limbs)
    }

    /// Plain text with exactly `places` (at most 30) digits, rounded half away from zero.
    pub fn text(self, places: usize) -> String {
        let places = places.min(PRINTED_PLACES_MAX);
        let mut limbs = self.limbs;
        round_by(&mut limbs, PLACES - PRINTED_PLACES_MAX);
        round_by(&mut limbs, PRINTED_PLACES_MAX - places);
        let negative = self.negative && limbs != [0; 4];
        let mut digits = [b'0'; DIGITS];
        for chunk in digits.rchunks_exact_mut(CHUNK) {
            let mut units = POWERS_OF_TEN[CHUNK].divide(&mut limbs);
            for digit in chunk.iter_mut().rev() {
                *digit = b'0' + u8::try_from(units % 10).unwrap_or_default();
                units /= 10;
            }
            if limbs == [0; 4] {
                break;
            }
        }
        let point = DIGITS - places;
        // At least one digit stands before the point.
        let zeros = digits.iter().take_while(|digit| **digit == b'0').count();
        let first = zeros.min(point - 1);
        let mut text = String::with_capacity(DIGITS - first + 2);
        if negative {
            text.push('-');
        }
        for (at, digit) in digits.into_iter().enumerate().skip(first) {
            if at == point {
                text.push('.');
            }
            text.push(char::from(digit));
        }
        text
    }

    /// Presentation with two places.
    pub fn cents_text(self) -> String {
        self.text(2)
    }

    /// The `*_exact` form: twelve places, trailing zeros trimmed.
    pub fn exact_text(self) -> String {
        let mut text = self.text(12);
        let kept = text.trim_end_matches('0').trim_end_matches('.').len();
        text.truncate(kept);
        text
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

/// A decimal as a whole number of trillionths, to multiply by more than once.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Factor {
    negative: bool,
    trillionths: u128,
}

impl Factor {
    /// Digits beyond the twelfth place are rounded half away from zero.
    pub(crate) fn try_from_decimal(value: Decimal) -> Result<Self, MoneyError> {
        let value = if value.scale() > FACTOR_PLACES {
            money::round_half_away(value, FACTOR_PLACES)
        } else {
            value
        };
        let missing = position(FACTOR_PLACES.saturating_sub(value.scale()));
        let units = value.mantissa().unsigned_abs();
        let trillionths = units
            .checked_mul(u128::from(POWERS_OF_TEN[missing].value()))
            .ok_or(MoneyError::Overflow)?;
        Ok(Self {
            negative: value.is_sign_negative(),
            trillionths,
        })
    }

    /// The divisor of so many trillionths; only numbers above zero and below 18 millions divide.
    pub(crate) fn divisor(self) -> Result<Divisor, MoneyError> {
        match u64::try_from(self.trillionths) {
            Ok(units) if units > 0 && !self.negative => Ok(Divisor::of(units)),
            Ok(_) | Err(_) => Err(MoneyError::Overflow),
        }
    }
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
        let mut third = fixed("1");
        third.divide(&Divisor::of(3 * TRILLION)).unwrap();
        let whole = third.plus(third).unwrap().plus(third).unwrap();
        assert_eq!(whole.text(30), "1.000000000000000000000000000000");
        assert_eq!(third.text(12), "0.333333333333");
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let large = fixed("99999999999999");
        let square = large.times("99999999999999".parse().unwrap()).unwrap();
        assert!(square.times("99999999999999".parse().unwrap()).is_err());
        assert!(
            Factor::try_from_decimal(Decimal::ZERO)
                .unwrap()
                .divisor()
                .is_err()
        );
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
