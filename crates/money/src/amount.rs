//! Amounts of any currency and ratios: decimals with checked arithmetic, text at the edge.
use std::fmt;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::{MoneyError, decimal_from_text, exact_text, fixed_text, normal_text};

/// An amount of money or a quantity in any unit, with at most six places when read from outside.
/// Results of arithmetic keep full precision; they are rounded only when printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Amount(Decimal);

impl Amount {
    /// Nothing.
    pub const ZERO: Self = Self(Decimal::ZERO);

    /// Reads `1850000.00`; see [`decimal_from_text`] for the grammar.
    pub fn try_from_text(text: &str) -> Result<Self, MoneyError> {
        decimal_from_text(text).map(Self)
    }

    /// Wraps a decimal that a calculation produced.
    pub const fn from_decimal(value: Decimal) -> Self {
        Self(value)
    }

    /// The value with full precision.
    pub const fn decimal(self) -> Decimal {
        self.0
    }

    /// Sum, refused when it does not fit.
    pub fn checked_add(self, other: Self) -> Result<Self, MoneyError> {
        self.0
            .checked_add(other.0)
            .map(Self)
            .ok_or(MoneyError::Overflow)
    }

    /// Difference, refused when it does not fit.
    pub fn checked_sub(self, other: Self) -> Result<Self, MoneyError> {
        self.0
            .checked_sub(other.0)
            .map(Self)
            .ok_or(MoneyError::Overflow)
    }

    /// Product with a pure number, refused when it does not fit.
    pub fn checked_mul(self, factor: Decimal) -> Result<Self, MoneyError> {
        self.0
            .checked_mul(factor)
            .map(Self)
            .ok_or(MoneyError::Overflow)
    }

    /// This amount per unit of `other`; refused when `other` is zero.
    pub fn ratio_to(self, other: Self) -> Result<Ratio, MoneyError> {
        self.0
            .checked_div(other.0)
            .map(Ratio)
            .ok_or(MoneyError::Overflow)
    }

    /// Presentation with two places.
    pub fn to_cents_text(self) -> String {
        fixed_text(self.0, 2)
    }

    /// The `*_exact` form with up to twelve places.
    pub fn to_exact_text(self) -> String {
        exact_text(self.0)
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&normal_text(self.0))
    }
}

impl Serialize for Amount {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::try_from_text(&text).map_err(serde::de::Error::custom)
    }
}

/// A pure number such as a social return ratio; printed with four places.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Ratio(Decimal);

impl Ratio {
    /// Wraps a decimal that a calculation produced.
    pub const fn from_decimal(value: Decimal) -> Self {
        Self(value)
    }

    /// The value with full precision.
    pub const fn decimal(self) -> Decimal {
        self.0
    }

    /// Presentation with four places.
    pub fn to_text(self) -> String {
        fixed_text(self.0, 4)
    }

    /// The `*_exact` form with up to twelve places.
    pub fn to_exact_text(self) -> String {
        exact_text(self.0)
    }
}
