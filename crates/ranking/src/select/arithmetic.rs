//! Whole numbers from decimals, and the way between whole numbers and floats without a cast.
use money::Decimal;

/// Millionths in one: inputs carry at most six places.
pub(super) const MILLION: i64 = 1_000_000;
/// Places of a mantissa.
const MANTISSA_BITS: u32 = 52;
/// Exponent of the last place of a mantissa whose stored exponent is zero.
const EXPONENT_BIAS: i32 = 1_075;
/// Beyond this many bits a float is cut off; nothing that large is computed with.
const BITS_MAX: i32 = 126;

/// A decimal of at most six places in millionths.
pub(super) fn millionths(value: Decimal) -> Option<i64> {
    let scaled = value.checked_mul(Decimal::from(MILLION))?;
    if !scaled.fract().is_zero() {
        return None;
    }
    i64::try_from(scaled.trunc()).ok()
}

/// Greatest common divisor.
pub(super) fn common(a: i128, b: i128) -> i128 {
    let (mut a, mut b) = (a.unsigned_abs(), b.unsigned_abs());
    while b != 0 {
        (a, b) = (b, a % b);
    }
    i128::try_from(a).unwrap_or(i128::MAX)
}

/// The nearest float, or one next to it.
#[expect(
    clippy::float_arithmetic,
    reason = "floats only guess prices; every bound is recomputed in whole numbers"
)]
pub(super) fn float(value: i128) -> f64 {
    const LIMB: f64 = 4_294_967_296.0;
    let mut rest = value.unsigned_abs();
    let (mut sum, mut unit) = (0.0, 1.0);
    while rest > 0 {
        sum += f64::from(u32::try_from(rest & u128::from(u32::MAX)).unwrap_or(0)) * unit;
        unit *= LIMB;
        rest >>= 32;
    }
    if value < 0 { -sum } else { sum }
}

/// A float cut to a whole number towards zero; what is not a number becomes zero.
pub(super) fn whole(value: f64) -> i128 {
    if !value.is_finite() {
        return 0;
    }
    let bits = value.to_bits();
    let stored = i32::try_from(bits >> MANTISSA_BITS & 0x7ff).unwrap_or(0);
    let mantissa = i128::from(bits & ((1 << MANTISSA_BITS) - 1) | 1 << MANTISSA_BITS);
    let shift = stored - EXPONENT_BIAS;
    let size = if shift >= 0 {
        mantissa << shift.min(BITS_MAX - 53)
    } else {
        mantissa >> (-shift).min(BITS_MAX)
    };
    if value < 0.0 { -size } else { size }
}
