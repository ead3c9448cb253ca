//! What an operand comes to for one application, and how two of them compare.
use std::cmp::Ordering;

use chrono::NaiveDate;
use money::{Decimal, truncate_to_cent};

use crate::{
    Truth,
    fact::{Fact, FactText, Meaning},
};

/// The value of an operand; borrowed from the facts or the rules, or computed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Value<'a> {
    /// Not stated, or not computable from what is stated.
    Missing,
    /// `null` or `""`: stated as none.
    Nothing,
    /// A period that ends before it starts: every comparison with it is false.
    Backwards,
    Bool(bool),
    Number(Number),
    Text(&'a FactText),
    List(&'a [Fact]),
    Object(&'a [(String, Fact)]),
}

/// A number and whether it is a count (a JSON integer) rather than a decimal string.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Number {
    pub(crate) value: Decimal,
    pub(crate) whole: bool,
}

impl Number {
    pub(crate) fn count(count: impl TryInto<i64>) -> Self {
        Self {
            value: Decimal::from(count.try_into().unwrap_or(i64::MAX)),
            whole: true,
        }
    }
}

impl<'a> Value<'a> {
    pub(crate) fn of(fact: &'a Fact) -> Self {
        match fact {
            Fact::Null => Self::Nothing,
            Fact::Bool(flag) => Self::Bool(*flag),
            Fact::Whole(number) => Self::Number(Number::count(*number)),
            Fact::Text(text) => Self::Text(text),
            Fact::List(items) => Self::List(items),
            Fact::Object(entries) => Self::Object(entries),
        }
    }

    pub(crate) fn number(self) -> Option<Number> {
        match self {
            Self::Number(number) => Some(number),
            Self::Text(text) => match text.meaning {
                Meaning::Number(value) => Some(Number {
                    value,
                    whole: false,
                }),
                Meaning::Words | Meaning::Date(_) => None,
            },
            Self::Missing
            | Self::Nothing
            | Self::Backwards
            | Self::Bool(_)
            | Self::List(_)
            | Self::Object(_) => None,
        }
    }

    pub(crate) fn date(self) -> Option<NaiveDate> {
        if let Self::Text(FactText {
            meaning: Meaning::Date(date),
            ..
        }) = self
        {
            Some(*date)
        } else {
            None
        }
    }

    pub(crate) const fn text(self) -> Option<&'a str> {
        if let Self::Text(text) = self {
            Some(text.raw.as_str())
        } else {
            None
        }
    }

    pub(crate) const fn list(self) -> Option<&'a [Fact]> {
        if let Self::List(items) = self {
            Some(items)
        } else {
            None
        }
    }

    /// A money threshold, cut to the cent; anything that is not a number stays as it is.
    pub(crate) fn cut_to_cent(self) -> Self {
        match self.number() {
            Some(number) => truncate_to_cent(number.value).map_or(Self::Missing, |value| {
                Self::Number(Number {
                    value,
                    whole: false,
                })
            }),
            None => self,
        }
    }

    /// Which comes first; `None` when the two cannot be put in order.
    fn order(self, other: Self) -> Option<Ordering> {
        if let (Some(left), Some(right)) = (self.number(), other.number()) {
            return Some(left.value.cmp(&right.value));
        }
        if let (Self::Text(left), Self::Text(right)) = (self, other) {
            return Some(match (left.meaning, right.meaning) {
                (Meaning::Date(left), Meaning::Date(right)) => left.cmp(&right),
                // UTF-8 sorts by bytes as by code points.
                (Meaning::Words | Meaning::Number(_) | Meaning::Date(_), _) => {
                    left.raw.cmp(&right.raw)
                }
            });
        }
        None
    }

    /// Whether the order of the two satisfies `test`; unknown when they cannot be compared.
    pub(crate) fn ordered(self, other: Self, test: impl FnOnce(Ordering) -> bool) -> Truth {
        if matches!(self, Self::Backwards) || matches!(other, Self::Backwards) {
            return Truth::False;
        }
        self.order(other)
            .map_or(Truth::Unknown, |order| test(order).into())
    }

    /// Whether the two are equal; unknown when they are of different kinds.
    pub(crate) fn same(self, other: Self) -> Truth {
        if let (Self::Bool(left), Self::Bool(right)) = (self, other) {
            return (left == right).into();
        }
        self.ordered(other, Ordering::is_eq)
    }

    /// Whether the list holds this value.
    pub(crate) fn among(self, items: &[Fact]) -> Truth {
        let mut found = Truth::False;
        for item in items {
            found = found.or(self.same(Value::of(item)));
            if found == Truth::True {
                break;
            }
        }
        found
    }
}
