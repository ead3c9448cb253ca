//! Whole numbers of 256 bits for [`crate::fixed`]: four words, the least first. Dividing is
//! multiplying by a reciprocal made once per divisor, because a machine's own division of 128
//! bits costs twenty times as much.
use std::cmp::Ordering;

use money::MoneyError;

pub(crate) type Limbs = [u64; 4];
pub(crate) const ONE: Limbs = [1, 0, 0, 0];

/// Ten to the power of the position; the last fits in 64 bits.
pub(crate) const POWERS_OF_TEN: [Divisor; 19] = {
    let mut powers = [Divisor::of(1); 19];
    let (mut at, mut power) = (1, 1);
    while at < powers.len() {
        power *= 10;
        powers[at] = Divisor::of(power);
        at += 1;
    }
    powers
};

/// A divisor with its reciprocal (Möller and Granlund 2011, "Improved division by invariant
/// integers").
#[derive(Debug, Clone, Copy)]
pub(crate) struct Divisor {
    value: u64,
    /// The value moved up until its top bit is set, and by how much.
    normal: u64,
    shift: u32,
    /// ⌊(2^128 − 1) ÷ normal⌋ − 2^64.
    reciprocal: u64,
}

impl Divisor {
    /// Zero cannot divide and is taken for one; whoever reads divisors refuses it before.
    #[expect(
        clippy::as_conversions,
        clippy::cast_possible_truncation,
        reason = "`From` is not const; the quotient less 2^64 fits in 64 bits"
    )]
    pub(crate) const fn of(value: u64) -> Self {
        let value = if value == 0 { 1 } else { value };
        let shift = value.leading_zeros();
        let normal = value << shift;
        Self {
            value,
            normal,
            shift,
            reciprocal: (u128::MAX / normal as u128) as u64,
        }
    }

    pub(crate) const fn value(&self) -> u64 {
        self.value
    }

    /// Divides in place and returns the rest. In place, because a number that is handed back by
    /// value is copied before its words have left the processor, which then waits for them.
    #[inline]
    pub(crate) fn divide(&self, limbs: &mut Limbs) -> u64 {
        let [first, second, third, fourth] = *limbs;
        let mut rest;
        if fourth != 0 {
            (limbs[3], rest) = self.step(self.carried(fourth), self.moved(fourth, third));
            (limbs[2], rest) = self.step(rest, self.moved(third, second));
        } else if third != 0 {
            (limbs[2], rest) = self.step(self.carried(third), self.moved(third, second));
        } else {
            rest = self.carried(second);
        }
        (limbs[1], rest) = self.step(rest, self.moved(second, first));
        (limbs[0], rest) = self.step(rest, self.moved(first, 0));
        rest >> self.shift
    }

    /// The bits that leave a word when it is moved up by `shift`.
    #[inline]
    const fn carried(&self, word: u64) -> u64 {
        (word >> 1) >> (63 - self.shift)
    }

    #[inline]
    const fn moved(&self, word: u64, below: u64) -> u64 {
        (word << self.shift) | self.carried(below)
    }

    /// Quotient and rest of `rest × 2^64 + next` by `normal`; `rest` is below `normal`.
    #[inline]
    fn step(&self, rest: u64, next: u64) -> (u64, u64) {
        let estimate = u128::from(self.reciprocal) * u128::from(rest)
            + ((u128::from(rest) << 64) | u128::from(next));
        let mut quotient = high_half(estimate).wrapping_add(1);
        let mut rest = next.wrapping_sub(quotient.wrapping_mul(self.normal));
        if rest > low_half(estimate) {
            quotient = quotient.wrapping_sub(1);
            rest = rest.wrapping_add(self.normal);
        }
        if rest >= self.normal {
            quotient = quotient.wrapping_add(1);
            rest -= self.normal;
        }
        (quotient, rest)
    }
}

#[inline]
fn low_half(value: u128) -> u64 {
    u64::try_from(value & u128::from(u64::MAX)).unwrap_or_default()
}

#[inline]
fn high_half(value: u128) -> u64 {
    u64::try_from(value >> 64).unwrap_or_default()
}

#[inline]
pub(crate) fn split(value: u128) -> Limbs {
    [low_half(value), high_half(value), 0, 0]
}

#[inline]
pub(crate) fn multiply(limbs: &mut Limbs, factor: u64) -> Result<(), MoneyError> {
    let mut carry = 0;
    for limb in limbs {
        (*limb, carry) = limb.carrying_mul(factor, carry);
    }
    if carry == 0 {
        Ok(())
    } else {
        Err(MoneyError::Overflow)
    }
}

#[inline]
pub(crate) fn multiply_wide(limbs: &mut Limbs, factor: u128) -> Result<(), MoneyError> {
    let high = high_half(factor);
    if high == 0 {
        return multiply(limbs, low_half(factor));
    }
    let mut upper = *limbs;
    multiply(limbs, low_half(factor))?;
    multiply(&mut upper, high)?;
    let [first, second, third, most] = upper;
    if most != 0 {
        return Err(MoneyError::Overflow);
    }
    add(limbs, &[0, first, second, third])
}

#[inline]
pub(crate) fn add(limbs: &mut Limbs, other: &Limbs) -> Result<(), MoneyError> {
    let mut carry = false;
    for (limb, other) in limbs.iter_mut().zip(other) {
        (*limb, carry) = limb.carrying_add(*other, carry);
    }
    if carry {
        Err(MoneyError::Overflow)
    } else {
        Ok(())
    }
}

/// `left - right` into `left`, which is not the smaller.
#[inline]
pub(crate) fn subtract(left: &mut Limbs, right: &Limbs) {
    let mut borrow = false;
    for (left, right) in left.iter_mut().zip(right) {
        (*left, borrow) = left.borrowing_sub(*right, borrow);
    }
}

#[inline]
pub(crate) fn compared(left: &Limbs, right: &Limbs) -> Ordering {
    left.iter().rev().cmp(right.iter().rev())
}

/// Drops so many decimal digits, half away from zero: the first digit dropped decides.
pub(crate) fn round_by(limbs: &mut Limbs, places: usize) {
    let Some(mut left) = places.checked_sub(1) else {
        return;
    };
    while left > 0 {
        let now = left.min(POWERS_OF_TEN.len() - 1);
        POWERS_OF_TEN[now].divide(limbs);
        left -= now;
    }
    if POWERS_OF_TEN[1].divide(limbs) >= 5 {
        // One more than a tenth of 256 bits always fits.
        let _ = add(limbs, &ONE);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Long division with the machine's own division of 128 bits.
    fn by_hand(limbs: Limbs, divisor: u64) -> (Limbs, u64) {
        let mut out = [0; 4];
        let mut rest = 0;
        for (place, limb) in out.iter_mut().rev().zip(limbs.into_iter().rev()) {
            let value = (u128::from(rest) << 64) | u128::from(limb);
            *place = low_half(value / u128::from(divisor));
            rest = low_half(value % u128::from(divisor));
        }
        (out, rest)
    }

    fn limb() -> impl Strategy<Value = u64> {
        prop_oneof![any::<u64>(), Just(0), Just(u64::MAX), 0..10_u64]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]
        #[test]
        fn quotient_and_rest_are_those_of_long_division(
            limbs in [limb(), limb(), limb(), limb()],
            divisor in prop_oneof![1..=u64::MAX, 1..1000_u64, Just(u64::MAX), Just(1 << 63)],
        ) {
            let mut quotient = limbs;
            let rest = Divisor::of(divisor).divide(&mut quotient);
            prop_assert_eq!((quotient, rest), by_hand(limbs, divisor));
        }
    }

    #[test]
    fn the_powers_of_ten_are_in_order() {
        for (power, divisor) in (0_u32..).zip(POWERS_OF_TEN) {
            assert_eq!(divisor.value(), 10_u64.pow(power));
        }
    }
}
