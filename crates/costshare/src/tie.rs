//! A total held against the sum that should equal it.
use money::{Hkd, MoneyError};
use serde_json::{Value, json};

/// One comparison of two sums that were reached on different ways.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tie {
    /// What was added up.
    pub what: &'static str,
    /// Its sum.
    pub sum: Hkd,
    /// What it should come to.
    pub total: Hkd,
}

impl Tie {
    /// Adds up `parts` and keeps the sum beside the total; nothing is assumed to hold.
    pub(crate) fn sum<'a>(
        what: &'static str,
        parts: impl IntoIterator<Item = &'a Hkd>,
        total: Hkd,
    ) -> Result<Self, MoneyError> {
        let sum = Hkd::checked_sum(parts.into_iter().copied())?;
        Ok(Self { what, sum, total })
    }

    /// Whether both are equal to the cent.
    pub fn holds(&self) -> bool {
        self.sum == self.total
    }

    pub(crate) fn to_json(&self) -> Value {
        json!({
            "what": self.what,
            "sum": self.sum.to_string(),
            "total": self.total.to_string(),
            "holds": self.holds(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sum_that_is_a_cent_off_does_not_hold() {
        let cents = Hkd::from_cents;
        let tie = |total| Tie::sum("years", &[cents(60), cents(40)], cents(total)).unwrap();
        assert!(tie(100).holds());
        assert!(!tie(101).holds());
        assert_eq!(tie(99).to_json()["holds"], false);
    }
}
