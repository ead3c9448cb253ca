//! The square root of a decimal, without floats: Newton's method from above.
use money::Decimal;

/// The square root; `None` below zero. Its last digits may be off by a few units of the 28th.
pub(crate) fn square_root(value: Decimal) -> Option<Decimal> {
    if value.is_sign_negative() && !value.is_zero() {
        return None;
    }
    if value.is_zero() {
        return Some(Decimal::ZERO);
    }
    // Above the root, so every step goes down until the digits are used up.
    let mut root = value.max(Decimal::ONE);
    loop {
        let next = root
            .checked_add(value.checked_div(root)?)?
            .checked_div(Decimal::TWO)?;
        if next >= root {
            return Some(root);
        }
        root = next;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_square_of_the_root_is_the_value(units in 0_i64..i64::MAX, places in 0_u32..12) {
            let value = Decimal::new(units, places);
            let root = square_root(value).unwrap();
            let close = (root * root - value).abs() <= Decimal::new(1, 6) * value.max(Decimal::ONE);
            prop_assert!(close, "{value}: {root}");
        }
    }

    #[test]
    fn known_roots_are_found_to_twenty_places() {
        let root = |text: &str| square_root(text.parse().unwrap());
        assert_eq!(root("0"), Some(Decimal::ZERO));
        assert_eq!(root("-1"), None);
        let two = root("2").unwrap();
        let known: Decimal = "1.4142135623730950488016887242".parse().unwrap();
        assert!((two - known).abs() < Decimal::new(1, 20), "{two}");
        let small = root("0.00000000000000000001").unwrap();
        assert!(
            (small - Decimal::new(1, 10)).abs() < Decimal::new(1, 20),
            "{small}"
        );
    }
}
