//! What an operand is, known before any application is: its unit, and the range in which its
//! numbers lie.
use std::{cmp::Ordering, fmt};

use chrono::NaiveDate;
use money::{Decimal, normal_text};

/// What a number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    /// A literal fits wherever it stands.
    Any,
    Plain,
    Money,
    Share,
    Count,
    Months,
    Days,
    Characters,
}

impl Unit {
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Any | Self::Plain => "a plain number",
            Self::Money => "an amount of money",
            Self::Share => "a share or rate",
            Self::Count => "a count",
            Self::Months => "months",
            Self::Days => "days",
            Self::Characters => "characters",
        }
    }

    /// The unit of two that stand side by side; none when they cannot.
    pub(super) fn beside(self, other: Self) -> Option<Self> {
        match (self, other) {
            (Self::Any, unit) | (unit, Self::Any) => Some(unit),
            (one, other) => (one == other).then_some(one),
        }
    }

    /// The unit of a product; none when it has no meaning.
    #[expect(clippy::unnested_or_patterns, reason = "pairs read as pairs")]
    pub(super) fn times(self, other: Self) -> Option<Self> {
        match (self, other) {
            (Self::Any, unit)
            | (unit, Self::Any)
            | (Self::Share, unit)
            | (unit, Self::Share)
            | (Self::Plain, unit)
            | (unit, Self::Plain) => Some(unit),
            (Self::Count, Self::Count) => Some(Self::Count),
            (Self::Count, Self::Money) | (Self::Money, Self::Count) => Some(Self::Money),
            (
                Self::Money | Self::Count | Self::Months | Self::Days | Self::Characters,
                Self::Money | Self::Count | Self::Months | Self::Days | Self::Characters,
            ) => None,
        }
    }

    /// The unit of a quotient; none when it has no meaning.
    pub(super) fn over(self, divisor: Self) -> Option<Self> {
        match (self, divisor) {
            (unit, Self::Any | Self::Plain | Self::Share) => Some(unit),
            (one, other) if one == other => Some(Self::Share),
            (Self::Money, Self::Count | Self::Months | Self::Days) => Some(Self::Money),
            (Self::Any | Self::Plain, _) => Some(Self::Plain),
            (
                Self::Money
                | Self::Share
                | Self::Count
                | Self::Months
                | Self::Days
                | Self::Characters,
                _,
            ) => None,
        }
    }
}

/// The ends between which a number lies; an end that is not known is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Range {
    pub(super) low: Option<Decimal>,
    pub(super) high: Option<Decimal>,
}

impl Range {
    pub(super) const OPEN: Self = Self {
        low: None,
        high: None,
    };

    pub(super) const fn at(value: Decimal) -> Self {
        Self {
            low: Some(value),
            high: Some(value),
        }
    }

    pub(super) const fn from(low: Decimal) -> Self {
        Self {
            low: Some(low),
            high: None,
        }
    }

    pub(super) fn is_point(self) -> bool {
        self.low.is_some() && self.low == self.high
    }

    pub(super) fn holds_zero(self) -> bool {
        self.low.is_none_or(|low| low <= Decimal::ZERO)
            && self.high.is_none_or(|high| high >= Decimal::ZERO)
    }

    fn both(
        one: Option<Decimal>,
        other: Option<Decimal>,
        fold: impl FnOnce(Decimal, Decimal) -> Option<Decimal>,
    ) -> Option<Decimal> {
        one.zip(other).and_then(|(one, other)| fold(one, other))
    }

    pub(super) fn plus(self, other: Self) -> Self {
        Self {
            low: Self::both(self.low, other.low, Decimal::checked_add),
            high: Self::both(self.high, other.high, Decimal::checked_add),
        }
    }

    pub(super) fn minus(self, other: Self) -> Self {
        Self {
            low: Self::both(self.low, other.high, Decimal::checked_sub),
            high: Self::both(self.high, other.low, Decimal::checked_sub),
        }
    }

    /// Of two that are never below zero; anything else is open.
    pub(super) fn times(self, other: Self) -> Self {
        let never_below = |range: Self| range.low.is_some_and(|low| low >= Decimal::ZERO);
        if never_below(self) && never_below(other) {
            Self {
                low: Self::both(self.low, other.low, Decimal::checked_mul),
                high: Self::both(self.high, other.high, Decimal::checked_mul),
            }
        } else {
            Self::OPEN
        }
    }

    pub(super) fn larger(self, other: Self) -> Self {
        Self {
            low: self.low.max(other.low),
            high: Self::both(self.high, other.high, |one, other| Some(one.max(other))),
        }
    }

    pub(super) fn smaller(self, other: Self) -> Self {
        let high = match (self.high, other.high) {
            (Some(one), Some(other)) => Some(one.min(other)),
            (one, other) => one.or(other),
        };
        Self {
            low: Self::both(self.low, other.low, |one, other| Some(one.min(other))),
            high,
        }
    }

    /// The only orders in which a number of this range can stand to one of the other.
    pub(super) fn orders(self, other: Self) -> Vec<Ordering> {
        let below = match (self.low, other.high) {
            (Some(low), Some(high)) => low < high,
            (None, _) | (_, None) => true,
        };
        let above = match (self.high, other.low) {
            (Some(high), Some(low)) => high > low,
            (None, _) | (_, None) => true,
        };
        let apart = matches!((self.high, other.low), (Some(high), Some(low)) if high < low)
            || matches!((self.low, other.high), (Some(low), Some(high)) if low > high);
        let mut orders = Vec::new();
        if below {
            orders.push(Ordering::Less);
        }
        if !apart {
            orders.push(Ordering::Equal);
        }
        if above {
            orders.push(Ordering::Greater);
        }
        orders
    }
}

impl fmt::Display for Range {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.low, self.high) {
            (Some(low), Some(high)) if low == high => formatter.write_str(&normal_text(low)),
            (Some(low), Some(high)) => {
                write!(
                    formatter,
                    "between {} and {}",
                    normal_text(low),
                    normal_text(high)
                )
            }
            (Some(low), None) => write!(formatter, "{} or more", normal_text(low)),
            (None, Some(high)) => write!(formatter, "{} or less", normal_text(high)),
            (None, None) => formatter.write_str("any number"),
        }
    }
}

/// What an operand is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Type {
    Number(Unit, Range),
    Date,
    /// A date that is written in the rule set.
    Day(NaiveDate),
    Year,
    Boolean,
    Text,
    /// A literal text, which fits texts, codes and years.
    Word(String),
    /// One of these; an empty list names none.
    Code(Vec<String>),
    /// A list; its entries are these codes where any are named.
    List(Vec<String>),
    /// A literal list.
    Words(Vec<Type>),
    Record,
}

impl Type {
    pub(super) const fn word(&self) -> &'static str {
        match self {
            Self::Number(unit, _) => unit.word(),
            Self::Date | Self::Day(_) => "a date",
            Self::Year => "a financial year",
            Self::Boolean => "yes or no",
            Self::Text | Self::Word(_) => "text",
            Self::Code(_) => "a code",
            Self::List(_) | Self::Words(_) => "a list",
            Self::Record => "a record of several values",
        }
    }

    /// Whether the two can be compared.
    pub(super) fn beside(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Number(one, _), Self::Number(other, _)) => one.beside(*other).is_some(),
            (Self::Date | Self::Day(_), Self::Date | Self::Day(_))
            | (Self::Boolean, Self::Boolean)
            | (
                Self::Text | Self::Word(_) | Self::Code(_),
                Self::Text | Self::Word(_) | Self::Code(_),
            )
            | (Self::Year, Self::Year) => true,
            (Self::Year, Self::Word(word)) | (Self::Word(word), Self::Year) => {
                explain::FinancialYear::from_text(word).is_some()
            }
            _ => false,
        }
    }
}
