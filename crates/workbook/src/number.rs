//! Between exact decimals and the floats of spreadsheet cells. Fifteen digits survive the way
//! there and back; a number that needs more is refused rather than bent.
use money::{Decimal, PLACES_MAX, decimal_from_text, normal_text};

/// Digits that a spreadsheet keeps of any number.
const DIGITS_MAX: usize = 15;
/// A computed cell such as `=0.1+0.2` may be this many floats beside the number that it shows.
const NOISE_STEPS: u64 = 4;
/// The first number with more digits before the point than an amount may have.
const TOO_LARGE: f64 = 1e14;

/// Why a cell's number is no decimal of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unreadable {
    /// Not finite, or too many digits before the point.
    OutOfRange,
    /// More than six digits after the point.
    TooManyPlaces,
    /// More digits than a spreadsheet keeps.
    NotExact,
}

/// The float that a cell holds for a decimal text.
pub(crate) fn float_of(text: &str) -> Option<f64> {
    decimal_from_text(text).ok()?;
    text.parse().ok()
}

/// The decimal that a cell's float stands for.
pub(crate) fn decimal_of(value: f64) -> Result<Decimal, Unreadable> {
    if !value.is_finite() || value.abs() >= TOO_LARGE {
        return Err(Unreadable::OutOfRange);
    }
    // The shortest text that means this very float is what was typed, if it was typed.
    if let Ok(typed) = decimal_from_text(&value.to_string())
        && digits(typed) <= DIGITS_MAX
    {
        return Ok(typed);
    }
    let text = format!("{value:.PLACES_MAX$}");
    let shown: f64 = text.parse().map_err(|_| Unreadable::OutOfRange)?;
    let steps = shown.abs().to_bits().abs_diff(value.abs().to_bits());
    if steps > NOISE_STEPS {
        return Err(Unreadable::TooManyPlaces);
    }
    let decimal = decimal_from_text(&text).map_err(|_| Unreadable::OutOfRange)?;
    if digits(decimal) > DIGITS_MAX {
        return Err(Unreadable::NotExact);
    }
    Ok(decimal)
}

/// How many digits a number needs.
fn digits(value: Decimal) -> usize {
    let plain = normal_text(value).replace(['-', '.'], "");
    plain.trim_matches('0').len()
}

/// Whether two cells show the same number.
pub(crate) fn same(left: f64, right: f64) -> bool {
    let shown = |value: f64| format!("{value:.*e}", DIGITS_MAX - 1);
    left.to_bits() == right.to_bits() || shown(left) == shown(right)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(value: f64) -> Result<String, Unreadable> {
        decimal_of(value).map(normal_text)
    }

    #[test]
    fn what_a_cell_shows_is_what_is_read() {
        assert_eq!(read(0.15).unwrap(), "0.15");
        assert_eq!(read(0.1 + 0.2).unwrap(), "0.3");
        assert_eq!(read(1.1 * 3.0).unwrap(), "3.3");
        assert_eq!(read(-1540.0).unwrap(), "-1540");
        assert_eq!(read(-0.0).unwrap(), "0");
        assert_eq!(read(123_456_789.123_456).unwrap(), "123456789.123456");
    }

    #[test]
    fn what_cannot_be_said_exactly_is_refused() {
        assert_eq!(read(1.0 / 3.0), Err(Unreadable::TooManyPlaces));
        assert_eq!(read(1e-9), Err(Unreadable::TooManyPlaces));
        assert_eq!(read(12_345_678_901_234.123), Err(Unreadable::NotExact));
        assert_eq!(read(1e14), Err(Unreadable::OutOfRange));
        assert_eq!(read(f64::NAN), Err(Unreadable::OutOfRange));
        assert_eq!(read(f64::INFINITY), Err(Unreadable::OutOfRange));
    }

    proptest! {
        #[test]
        fn fifteen_digits_survive_the_way_there_and_back(
            digits in -999_999_999_999_999_i64..=999_999_999_999_999,
            places in 0_u32..=6,
        ) {
            let exact = Decimal::new(digits, places);
            prop_assume!(exact.abs() < Decimal::new(100_000_000_000_000, 0));
            let float = float_of(&exact.to_string()).unwrap();
            prop_assert_eq!(decimal_of(float).unwrap(), exact);
        }
    }
}
