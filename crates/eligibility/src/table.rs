//! Decision tables: a value looked up by several facts at once, such as a cap per size band or
//! the rate of a matching tier. Rows never overlap, so their order decides nothing.
use crate::{
    Truth,
    fact::Fact,
    rule::Comparison,
    term::{Place, Scope},
    value::Value,
};

/// What a row asks of one column.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Cell {
    /// Whatever it is, known or not.
    Any,
    /// One of these.
    OneOf(Vec<Fact>),
    /// Above the first, up to and including the second; an end may be open.
    Range {
        over: Option<Fact>,
        up_to: Option<Fact>,
    },
}

/// One row: what it asks of each column, and the value it gives.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Row {
    pub(crate) when: Vec<Cell>,
    pub(crate) value: Fact,
}

/// A table whose columns are facts.
#[derive(Debug, Clone)]
pub(crate) struct Table {
    pub(crate) columns: Vec<Place>,
    pub(crate) rows: Vec<Row>,
    pub(crate) default: Option<Fact>,
    pub(crate) money: bool,
    pub(crate) share: bool,
}

impl Table {
    /// The value of the row that holds; the default where none does; missing while a fact is
    /// that could still decide.
    pub(crate) fn find<'a>(&'a self, scope: Scope<'a>) -> Value<'a> {
        let mut open = false;
        for row in &self.rows {
            let holds = self
                .columns
                .iter()
                .zip(&row.when)
                .map(|(column, cell)| cell.holds(column.find(scope)))
                .fold(Truth::True, Truth::and);
            match holds {
                Truth::True => return Value::of(&row.value),
                Truth::Unknown => open = true,
                Truth::False => {}
            }
        }
        match &self.default {
            Some(value) if !open => Value::of(value),
            Some(_) | None => Value::Missing,
        }
    }
}

impl Cell {
    fn holds(&self, value: Value<'_>) -> Truth {
        match self {
            Self::Any => Truth::True,
            Self::OneOf(items) => value.among(items),
            Self::Range { over, up_to } => {
                let end = |how: Comparison, end: &Option<Fact>| {
                    end.as_ref()
                        .map_or(Truth::True, |end| how.test(value, Value::of(end), false).0)
                };
                end(Comparison::Gt, over).and(end(Comparison::Lte, up_to))
            }
        }
    }

    /// Whether some value satisfies both cells.
    pub(crate) fn meets(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Any, _) | (_, Self::Any) => true,
            (Self::OneOf(items), cell) | (cell, Self::OneOf(items)) => items
                .iter()
                .any(|item| cell.holds(Value::of(item)) == Truth::True),
            (
                Self::Range { over, up_to },
                Self::Range {
                    over: other_over,
                    up_to: other_up_to,
                },
            ) => {
                below(over.as_ref(), other_up_to.as_ref())
                    && below(other_over.as_ref(), up_to.as_ref())
            }
        }
    }

    /// Whether no value at all satisfies it.
    pub(crate) fn is_empty(&self) -> bool {
        match self {
            Self::Any => false,
            Self::OneOf(items) => items.is_empty(),
            Self::Range { over, up_to } => !below(over.as_ref(), up_to.as_ref()),
        }
    }
}

/// Whether a range that starts above `over` can hold something up to `up_to`.
fn below(over: Option<&Fact>, up_to: Option<&Fact>) -> bool {
    match (over, up_to) {
        (Some(over), Some(up_to)) => {
            let (truth, _) = Comparison::Lt.test(Value::of(over), Value::of(up_to), false);
            truth == Truth::True
        }
        (None, _) | (_, None) => true,
    }
}

impl Row {
    /// Whether both rows can hold for the same facts.
    pub(crate) fn overlaps(&self, other: &Self) -> bool {
        self.when
            .iter()
            .zip(&other.when)
            .all(|(one, other)| one.meets(other))
    }
}
