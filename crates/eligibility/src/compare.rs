//! How single values, lists, sizes and patterns are held against each other.
use std::cmp::Ordering;

use crate::{
    Truth,
    evaluate::Threshold,
    fact::Fact,
    rule::{Comparison, Patterns, Sets, Size},
    value::{Number, Value},
};

impl Comparison {
    const fn holds(self, order: Ordering) -> bool {
        match self {
            Self::Eq => order.is_eq(),
            Self::Ne => order.is_ne(),
            Self::Lt => order.is_lt(),
            Self::Lte => order.is_le(),
            Self::Gt => order.is_gt(),
            Self::Gte => order.is_ge(),
        }
    }

    /// Truth of the comparison, and the threshold as it was used.
    pub(crate) fn test<'a>(
        self,
        left: Value<'a>,
        right: Value<'a>,
        money: bool,
    ) -> (Truth, Value<'a>) {
        match self {
            Self::Eq => (left.same(right), right),
            Self::Ne if matches!(left, Value::Backwards) => (Truth::False, right),
            Self::Ne => (left.same(right).negated(), right),
            Self::Lt | Self::Lte | Self::Gt | Self::Gte => {
                let right = if money { right.cut_to_cent() } else { right };
                (left.ordered(right, |order| self.holds(order)), right)
            }
        }
    }
}

/// Whether something is given; stated as none is not.
pub(crate) fn presence(value: Value<'_>) -> Truth {
    match value {
        Value::Missing => Truth::Unknown,
        Value::Nothing => Truth::False,
        Value::Backwards
        | Value::Bool(_)
        | Value::Number(_)
        | Value::Text(_)
        | Value::List(_)
        | Value::Object(_) => Truth::True,
    }
}

impl Sets {
    pub(crate) fn test(self, left: &[Fact], right: &[Fact]) -> Truth {
        let all_among = |some: &[Fact], others: &[Fact]| {
            some.iter()
                .map(|item| Value::of(item).among(others))
                .fold(Truth::True, Truth::and)
        };
        match self {
            Self::Superset => all_among(right, left),
            Self::Subset => all_among(left, right),
            Self::Intersects => left
                .iter()
                .map(|item| Value::of(item).among(right))
                .fold(Truth::False, Truth::or),
        }
    }
}

impl Size {
    pub(crate) const fn comparison(self) -> Comparison {
        match self {
            Self::MinLength | Self::MinCount => Comparison::Gte,
            Self::MaxLength | Self::MaxCount => Comparison::Lte,
        }
    }

    pub(crate) fn measure(self, value: Value<'_>) -> Value<'_> {
        let size = match self {
            Self::MinLength | Self::MaxLength => value.text().map(|text| text.chars().count()),
            Self::MinCount | Self::MaxCount => value.list().map(<[Fact]>::len),
        };
        size.map_or(Value::Missing, |size| Value::Number(Number::count(size)))
    }
}

impl Patterns {
    /// Tests a text, or an item `{"type":…,"value":…}` against the pattern of its own type.
    pub(crate) fn test<'a>(&'a self, value: Value<'a>) -> (Truth, Value<'a>, Threshold<'a>) {
        let (pattern, tested) = match (self, value) {
            (Self::One(shown, pattern), _) => (Some((shown, pattern)), value),
            (Self::ByType(patterns), Value::Object(entries)) => {
                let part = |key: &str| {
                    entries
                        .iter()
                        .find(|(name, _)| name == key)
                        .map_or(Value::Missing, |(_, found)| Value::of(found))
                };
                let pattern = part("type").text().and_then(|kind| patterns.get(kind));
                (pattern.map(|(shown, regex)| (shown, regex)), part("value"))
            }
            (
                Self::ByType(_),
                Value::Missing
                | Value::Nothing
                | Value::Backwards
                | Value::Bool(_)
                | Value::Number(_)
                | Value::Text(_)
                | Value::List(_),
            ) => (None, value),
        };
        let threshold = pattern.map_or(Threshold::None, |(shown, _)| Threshold::Pattern(shown));
        let truth = match (pattern, tested.text()) {
            (Some((_, pattern)), Some(text)) => pattern.is_match(text).into(),
            (None | Some(_), None) | (None, Some(_)) => Truth::Unknown,
        };
        (truth, tested, threshold)
    }
}
