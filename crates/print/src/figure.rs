//! Figures as they stand on paper: thousands set apart, a stated number of places, rounded once.
use money::{Decimal, Hkd, fixed_text};

/// `1,850,000.00`.
pub(crate) fn money(amount: Hkd) -> String {
    grouped(&amount.to_string())
}

/// A number with a fixed number of places, thousands set apart.
pub(crate) fn number(value: Decimal, places: u32) -> String {
    grouped(&fixed_text(value, places))
}

/// A number with all its places, thousands set apart.
pub(crate) fn exact(value: Decimal) -> String {
    grouped(&money::normal_text(value))
}

/// `96.2 %`.
pub(crate) fn percent(share: Decimal, places: u32) -> String {
    let hundredfold = share.checked_mul(Decimal::ONE_HUNDRED).unwrap_or(share);
    format!("{} %", number(hundredfold, places))
}

/// `33.333333 %`, with all its places.
pub(crate) fn exact_percent(share: Decimal) -> String {
    let hundredfold = share.checked_mul(Decimal::ONE_HUNDRED).unwrap_or(share);
    format!("{} %", exact(hundredfold))
}

fn grouped(text: &str) -> String {
    let (sign, digits) = text
        .strip_prefix('-')
        .map_or(("", text), |rest| ("−", rest));
    let (whole, places) = digits.split_once('.').unwrap_or((digits, ""));
    let mut shown = String::from(sign);
    for (position, digit) in whole.chars().enumerate() {
        if position > 0 && (whole.len() - position).is_multiple_of(3) {
            shown.push(',');
        }
        shown.push(digit);
    }
    if !places.is_empty() {
        shown.push('.');
        shown.push_str(places);
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_set_apart() {
        assert_eq!(grouped("1850000.00"), "1,850,000.00");
        assert_eq!(grouped("-999.5"), "−999.5");
        assert_eq!(grouped("-123456"), "−123,456");
        assert_eq!(grouped("0"), "0");
    }

    #[test]
    fn a_figure_is_rounded_once_and_half_away_from_zero() {
        assert_eq!(number(Decimal::new(2_345, 3), 2), "2.35");
        assert_eq!(percent(Decimal::new(9_625, 4), 1), "96.3 %");
        assert_eq!(exact(Decimal::new(12_345_600, 3)), "12,345.6");
    }
}
