//! Operands: a fact, a constant or a calculation. Compiled once; evaluated without allocating.
use std::sync::Arc;

use money::Decimal;

use crate::{
    fact::{Fact, is_money_key, is_share_key},
    months::months_between,
    table::Table,
    value::{Number, Value},
};

/// The facts an evaluation sees: the whole tree and, inside a list, the current item.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scope<'a> {
    pub(crate) root: &'a Fact,
    pub(crate) item: Option<&'a Fact>,
}

/// Where a fact stands: under a root, or under the current item of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) in_item: bool,
    pub(crate) path: Vec<String>,
}

impl Place {
    pub(crate) fn find<'a>(&self, scope: Scope<'a>) -> Value<'a> {
        if self.in_item {
            scope
                .item
                .map_or(Value::Missing, |item| item.find(&self.path))
        } else {
            scope.root.find(&self.path)
        }
    }

    fn is_money(&self) -> bool {
        self.path.last().is_some_and(|key| is_money_key(key))
    }
}

/// How several numbers become one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fold {
    Add,
    Sub,
    Mul,
    Div,
    Max,
    Min,
}

/// An operand.
#[derive(Debug, Clone)]
pub(crate) enum Term {
    Field(Place),
    /// A literal, or a parameter under its name.
    Constant {
        fact: Fact,
        money: bool,
    },
    Fold(Fold, Vec<Term>),
    Sum {
        over: Place,
        of: Place,
    },
    Count(Place),
    MonthsBetween(Box<Term>, Box<Term>),
    /// Days from the first to the second; below zero when the second comes first.
    DaysBetween(Box<Term>, Box<Term>),
    /// A quotient reported as a share of the whole.
    Ratio(Box<Term>, Box<Term>),
    Table(Arc<Table>),
    /// A quotient with what stands in for it when its divisor is zero.
    IfZero {
        quotient: Box<Term>,
        divisor: Box<Term>,
        instead: Box<Term>,
    },
}

impl Term {
    pub(crate) fn evaluate<'a>(&'a self, scope: Scope<'a>) -> Value<'a> {
        match self {
            Self::Field(place) => place.find(scope),
            Self::Constant { fact, .. } => Value::of(fact),
            Self::Fold(fold, terms) => {
                fold_all(*fold, terms.iter().map(|term| term.evaluate(scope)))
            }
            Self::Sum { over, of } => match over.find(scope) {
                Value::List(items) => fold_all(
                    Fold::Add,
                    items.iter().map(|item| {
                        of.find(Scope {
                            item: Some(item),
                            ..scope
                        })
                    }),
                ),
                Value::Missing
                | Value::Nothing
                | Value::Backwards
                | Value::Bool(_)
                | Value::Number(_)
                | Value::Text(_)
                | Value::Object(_) => Value::Missing,
            },
            Self::Count(over) => over.find(scope).list().map_or(Value::Missing, |items| {
                Value::Number(Number::count(items.len()))
            }),
            Self::MonthsBetween(start, end) => {
                let days = (start.evaluate(scope).date(), end.evaluate(scope).date());
                match days {
                    (Some(start), Some(end)) => months_between(start, end)
                        .map_or(Value::Backwards, |months| {
                            Value::Number(Number::count(months))
                        }),
                    (None | Some(_), None) | (None, Some(_)) => Value::Missing,
                }
            }
            Self::DaysBetween(start, end) => {
                match (start.evaluate(scope).date(), end.evaluate(scope).date()) {
                    (Some(start), Some(end)) => {
                        Value::Number(Number::count((end - start).num_days()))
                    }
                    (None | Some(_), None) | (None, Some(_)) => Value::Missing,
                }
            }
            Self::Ratio(left, right) => fold_all(
                Fold::Div,
                [left, right].into_iter().map(|term| term.evaluate(scope)),
            ),
            Self::Table(table) => table.find(scope),
            Self::IfZero {
                quotient,
                divisor,
                instead,
            } => match divisor.evaluate(scope).number() {
                Some(divisor) if divisor.value.is_zero() => instead.evaluate(scope),
                Some(_) | None => quotient.evaluate(scope),
            },
        }
    }

    /// Whether this comes to an amount of money: known from the keys, before any value is.
    pub(crate) fn is_money(&self) -> bool {
        match self {
            Self::Field(place) => place.is_money(),
            Self::Constant { money, .. } => *money,
            Self::Fold(Fold::Div, terms) => matches!(
                terms.as_slice(),
                [left, right] if left.is_money() && !right.is_money()
            ),
            Self::Fold(Fold::Add | Fold::Sub | Fold::Mul | Fold::Max | Fold::Min, terms) => {
                terms.iter().any(Self::is_money)
            }
            Self::Sum { over, of } => of.is_money() || (of.path.is_empty() && over.is_money()),
            Self::Table(table) => table.money,
            Self::IfZero { quotient, .. } => quotient.is_money(),
            Self::Count(_) | Self::MonthsBetween(..) | Self::DaysBetween(..) | Self::Ratio(..) => {
                false
            }
        }
    }
}

impl Term {
    /// Whether people read this as a percentage.
    pub(crate) fn is_share(&self) -> bool {
        match self {
            Self::Field(place) => place.path.last().is_some_and(|key| is_share_key(key)),
            Self::Ratio(..) => true,
            Self::Table(table) => table.share,
            Self::IfZero { quotient, .. } => quotient.is_share(),
            Self::Constant { .. }
            | Self::Fold(..)
            | Self::Sum { .. }
            | Self::Count(_)
            | Self::MonthsBetween(..)
            | Self::DaysBetween(..) => false,
        }
    }
}

/// One number from several; missing as soon as one is missing or the result does not fit.
fn fold_all<'a>(fold: Fold, values: impl Iterator<Item = Value<'a>>) -> Value<'a> {
    let mut total: Option<Number> = None;
    let mut backwards = false;
    for value in values {
        if matches!(value, Value::Backwards) {
            backwards = true;
            continue;
        }
        let Some(next) = value.number() else {
            return Value::Missing;
        };
        total = match total {
            None => Some(next),
            Some(so_far) => match fold_two(fold, so_far.value, next.value) {
                Some(value) => Some(Number {
                    value,
                    whole: so_far.whole && next.whole && fold != Fold::Div,
                }),
                None => return Value::Missing,
            },
        };
    }
    if backwards {
        return Value::Backwards;
    }
    // Only a sum can be over nothing; the compiler refuses the others without operands.
    Value::Number(total.unwrap_or(Number {
        value: Decimal::ZERO,
        whole: false,
    }))
}

fn fold_two(fold: Fold, left: Decimal, right: Decimal) -> Option<Decimal> {
    match fold {
        Fold::Add => left.checked_add(right),
        Fold::Sub => left.checked_sub(right),
        Fold::Mul => left.checked_mul(right),
        Fold::Div => left.checked_div(right),
        Fold::Max => Some(left.max(right)),
        Fold::Min => Some(left.min(right)),
    }
}
