//! One grammar for every decimal that comes from outside: optional minus, digits, optional point
//! and at most six digits. No exponent, no plus sign, no spaces, no grouping.
use rust_decimal::Decimal;

use crate::MoneyError;

/// Digits after the point that an input may carry (the database stores NUMERIC(20,6)).
pub const PLACES_MAX: usize = 6;
/// Digits before the point that an input may carry (NUMERIC(20,6) holds 14).
pub const INTEGER_DIGITS_MAX: usize = 14;

/// Reads a plain decimal: `-12`, `0.035`, `1850000.00`.
pub fn decimal_from_text(text: &str) -> Result<Decimal, MoneyError> {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (whole, places) = match unsigned.split_once('.') {
        Some((whole, places)) if !places.is_empty() => (whole, places),
        Some(_) => return Err(MoneyError::NotDecimal),
        None => (unsigned, ""),
    };
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(places) {
        return Err(MoneyError::NotDecimal);
    }
    if places.len() > PLACES_MAX {
        return Err(MoneyError::TooManyPlaces);
    }
    if whole.trim_start_matches('0').len() > INTEGER_DIGITS_MAX {
        return Err(MoneyError::OutOfRange);
    }
    let value: Decimal = text.parse().map_err(|_| MoneyError::OutOfRange)?;
    // Minus zero would print as "-0" and hash unlike zero.
    Ok(if value.is_zero() {
        Decimal::ZERO
    } else {
        value
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_decimals_are_read_and_everything_else_is_refused() {
        for good in [
            "0",
            "-12",
            "0.035",
            "1850000.00",
            "00099999999999999.999999",
            "-0.0",
        ] {
            assert!(decimal_from_text(good).is_ok(), "{good}");
        }
        let bad = [
            ("", MoneyError::NotDecimal),
            ("-", MoneyError::NotDecimal),
            (".5", MoneyError::NotDecimal),
            ("5.", MoneyError::NotDecimal),
            ("+5", MoneyError::NotDecimal),
            ("1e3", MoneyError::NotDecimal),
            ("1,000", MoneyError::NotDecimal),
            (" 5", MoneyError::NotDecimal),
            ("NaN", MoneyError::NotDecimal),
            ("5_0", MoneyError::NotDecimal),
            ("１２", MoneyError::NotDecimal),
            ("0.1234567", MoneyError::TooManyPlaces),
            ("100000000000000", MoneyError::OutOfRange),
        ];
        for (text, error) in bad {
            assert_eq!(decimal_from_text(text), Err(error), "{text}");
        }
    }
}
