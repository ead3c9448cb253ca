//! A share of a whole, between 0 and 1: deadweight, attribution, drop-off, apportionment.
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::{MoneyError, decimal_from_text, normal_text};

/// A part of a whole: at least 0, at most 1. 30% is `0.30`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Share(Decimal);

impl Share {
    /// No part.
    pub const NONE: Self = Self(Decimal::ZERO);
    /// The whole.
    pub const WHOLE: Self = Self(Decimal::ONE);

    /// Reads `0.30`; anything below 0 or above 1 is refused.
    pub fn try_from_text(text: &str) -> Result<Self, MoneyError> {
        Self::try_from_decimal(decimal_from_text(text)?)
    }

    /// From a decimal within 0..1.
    pub fn try_from_decimal(value: Decimal) -> Result<Self, MoneyError> {
        if value < Decimal::ZERO || value > Decimal::ONE {
            return Err(MoneyError::OutOfRange);
        }
        Ok(Self(value))
    }

    /// The value.
    pub const fn decimal(self) -> Decimal {
        self.0
    }

    /// What is left of the whole: `1 - share`.
    pub fn complement(self) -> Decimal {
        Decimal::ONE - self.0
    }
}

impl std::fmt::Display for Share {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&normal_text(self.0))
    }
}

impl Serialize for Share {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Share {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::try_from_text(&text).map_err(serde::de::Error::custom)
    }
}
