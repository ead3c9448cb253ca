//! Hong Kong dollars in whole cents: the type of everything that is paid, asked for or awarded.
use std::fmt;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::{MoneyError, decimal_from_text};

/// Whole Hong Kong cents. Fractions of a cent are refused at the door.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Hkd {
    cents: i64,
}

impl Hkd {
    /// Nothing.
    pub const ZERO: Self = Self { cents: 0 };

    /// From a count of cents.
    pub const fn from_cents(cents: i64) -> Self {
        Self { cents }
    }

    /// Reads `37000.00` or `37000`; more than two meaningful places are refused.
    pub fn try_from_text(text: &str) -> Result<Self, MoneyError> {
        Self::try_from_decimal(decimal_from_text(text)?)
    }

    /// From a decimal that must be a whole number of cents.
    pub fn try_from_decimal(value: Decimal) -> Result<Self, MoneyError> {
        let cents = value
            .checked_mul(Decimal::ONE_HUNDRED)
            .ok_or(MoneyError::Overflow)?;
        if !cents.fract().is_zero() {
            return Err(MoneyError::FractionOfCent);
        }
        i64::try_from(cents.trunc())
            .map(Self::from_cents)
            .map_err(|_| MoneyError::OutOfRange)
    }

    /// The count of cents.
    pub const fn cents(self) -> i64 {
        self.cents
    }

    /// The amount in dollars.
    pub fn decimal(self) -> Decimal {
        Decimal::new(self.cents, 2)
    }

    /// Sum, refused when it does not fit.
    pub fn checked_add(self, other: Self) -> Result<Self, MoneyError> {
        self.cents
            .checked_add(other.cents)
            .map(Self::from_cents)
            .ok_or(MoneyError::Overflow)
    }

    /// Difference, refused when it does not fit.
    pub fn checked_sub(self, other: Self) -> Result<Self, MoneyError> {
        self.cents
            .checked_sub(other.cents)
            .map(Self::from_cents)
            .ok_or(MoneyError::Overflow)
    }

    /// Sum of many, refused when it does not fit.
    pub fn checked_sum(parts: impl IntoIterator<Item = Self>) -> Result<Self, MoneyError> {
        parts.into_iter().try_fold(Self::ZERO, Self::checked_add)
    }
}

impl fmt::Display for Hkd {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.decimal())
    }
}

impl Serialize for Hkd {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Hkd {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::try_from_text(&text).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fractions_of_a_cent_are_refused() {
        assert_eq!(Hkd::try_from_text("0.015"), Err(MoneyError::FractionOfCent));
        assert_eq!(Hkd::try_from_text("37000.10").unwrap().cents(), 3_700_010);
        assert_eq!(
            Hkd::try_from_text("37000.100000").unwrap().to_string(),
            "37000.10"
        );
        assert_eq!(Hkd::from_cents(-5).to_string(), "-0.05");
    }

    #[test]
    fn sums_that_do_not_fit_are_refused() {
        let most = Hkd::from_cents(i64::MAX);
        assert_eq!(
            most.checked_add(Hkd::from_cents(1)),
            Err(MoneyError::Overflow)
        );
    }
}
