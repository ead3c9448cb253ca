//! Exact numbers: amounts, whole Hong Kong cents, shares and ratios. It exists so that no figure
//! anywhere passes through a float, is rounded twice, or loses a cent when it is split.
//!
//! Amounts are text outside and decimals inside. Rounding happens once, by name, half away from
//! zero, at the edge. This crate must never import another crate of ours, and must never do I/O.
#![deny(clippy::wildcard_enum_match_arm)]

mod amount;
mod hkd;
mod parse;
mod round;
mod share;
mod split;

pub use amount::{Amount, Ratio};
pub use hkd::Hkd;
pub use parse::{INTEGER_DIGITS_MAX, PLACES_MAX, decimal_from_text};
pub use round::{exact_text, fixed_text, normal_text, round_half_away, truncate_to_cent};
pub use rust_decimal::Decimal;
pub use share::Share;
pub use split::split_by_largest_remainder;

/// Why a number was refused or a calculation stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// The text is not a plain decimal such as `1850000.00`.
    #[error("is not a plain decimal number")]
    NotDecimal,
    /// More than [`PLACES_MAX`] digits after the point.
    #[error("has more than 6 decimal places")]
    TooManyPlaces,
    /// Outside what a NUMERIC(20,6) column holds, or outside the type's own range.
    #[error("is out of range")]
    OutOfRange,
    /// A whole number of cents was needed.
    #[error("is not a whole number of cents")]
    FractionOfCent,
    /// A product, sum or quotient does not fit in 28 digits, or a division by zero.
    #[error("is too large to compute exactly")]
    Overflow,
    /// Weights that are negative, or none above zero.
    #[error("weights must be zero or more, with at least one above zero")]
    BadWeights,
}

impl MoneyError {
    /// The stable code under which the problem is listed for users.
    pub fn code(self) -> &'static str {
        match self {
            Self::NotDecimal => "not_decimal",
            Self::TooManyPlaces => "too_many_places",
            Self::OutOfRange => "out_of_range",
            Self::FractionOfCent => "fraction_of_cent",
            Self::Overflow => "overflow",
            Self::BadWeights => "bad_weights",
        }
    }
}
