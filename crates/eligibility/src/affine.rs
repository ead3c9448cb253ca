//! Operands as straight lines in one fact: what a comparison turns on can then be solved exactly.
//! Where a larger or smaller of several is taken, each is kept as a line of its own; the caller
//! tries every crossing.
use money::Decimal;

use crate::{
    fact::{Fact, is_money_key, is_share_key},
    show::Style,
    term::{Fold, Place, Scope, Term},
};

/// Most lines kept for one operand; beyond them nothing is offered.
const LINES_MAX: usize = 16;

/// slope × fact + offset.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Affine {
    slope: Decimal,
    offset: Decimal,
}

impl Affine {
    const fn constant(offset: Decimal) -> Self {
        Self {
            slope: Decimal::ZERO,
            offset,
        }
    }

    /// Every line that the operand may follow as the fact at `place` changes; none when it is not
    /// made of lines.
    pub(crate) fn all(term: &Term, place: &Place, scope: Scope<'_>) -> Vec<Self> {
        let fixed = || {
            let number = term.evaluate(scope).number();
            number.map_or_else(Vec::new, |number| vec![Self::constant(number.value)])
        };
        let mut used = Vec::new();
        places(term, &mut used);
        if !used.contains(&place) {
            return fixed();
        }
        match term {
            Term::Field(_) => vec![Self {
                slope: Decimal::ONE,
                offset: Decimal::ZERO,
            }],
            Term::Fold(fold, terms) => {
                let parts: Vec<Vec<Self>> = terms
                    .iter()
                    .map(|term| Self::all(term, place, scope))
                    .collect();
                Self::fold(*fold, &parts)
            }
            Term::Ratio(left, right) => Self::fold(
                Fold::Div,
                &[
                    Self::all(left, place, scope),
                    Self::all(right, place, scope),
                ],
            ),
            Term::IfZero { quotient, .. } => Self::all(quotient, place, scope),
            Term::Constant { .. }
            | Term::Sum { .. }
            | Term::Count(_)
            | Term::MonthsBetween(..)
            | Term::DaysBetween(..)
            | Term::Table(_) => fixed(),
        }
    }

    fn fold(fold: Fold, parts: &[Vec<Self>]) -> Vec<Self> {
        let mut parts = parts.iter();
        let Some(first) = parts.next() else {
            return Vec::new();
        };
        let mut lines = first.clone();
        for part in parts {
            lines = match fold {
                Fold::Max | Fold::Min => lines.iter().chain(part).copied().collect(),
                Fold::Add | Fold::Sub | Fold::Mul | Fold::Div => lines
                    .iter()
                    .flat_map(|one| part.iter().map(move |other| (*one, *other)))
                    .filter_map(|(one, other)| Self::two(fold, one, other))
                    .collect(),
            };
            if lines.len() > LINES_MAX {
                return Vec::new();
            }
        }
        lines
    }

    fn two(fold: Fold, one: Self, other: Self) -> Option<Self> {
        let (slope, offset) = match fold {
            Fold::Add => (
                one.slope.checked_add(other.slope)?,
                one.offset.checked_add(other.offset)?,
            ),
            Fold::Sub => (
                one.slope.checked_sub(other.slope)?,
                one.offset.checked_sub(other.offset)?,
            ),
            Fold::Mul if other.slope.is_zero() => (
                one.slope.checked_mul(other.offset)?,
                one.offset.checked_mul(other.offset)?,
            ),
            Fold::Mul if one.slope.is_zero() => return Self::two(fold, other, one),
            Fold::Div if other.slope.is_zero() => (
                one.slope.checked_div(other.offset)?,
                one.offset.checked_div(other.offset)?,
            ),
            Fold::Mul | Fold::Div | Fold::Max | Fold::Min => return None,
        };
        Some(Self { slope, offset })
    }
}

/// The facts an operand is made of, once each. Items of a summed list are not among them: which
/// of them should change is the author's to say.
pub(crate) fn places<'t>(term: &'t Term, found: &mut Vec<&'t Place>) {
    match term {
        Term::Field(place) => {
            if !found.contains(&place) {
                found.push(place);
            }
        }
        Term::Fold(_, terms) => {
            for term in terms {
                places(term, found);
            }
        }
        Term::MonthsBetween(left, right)
        | Term::DaysBetween(left, right)
        | Term::Ratio(left, right) => {
            places(left, found);
            places(right, found);
        }
        Term::IfZero { quotient, .. } => places(quotient, found),
        Term::Constant { .. } | Term::Sum { .. } | Term::Count(_) | Term::Table(_) => {}
    }
}

/// Where two operands come to the same.
pub(crate) fn crossings(left: &[Affine], right: &[Affine]) -> Vec<Decimal> {
    left.iter()
        .flat_map(|one| right.iter().map(move |other| (one, other)))
        .filter_map(|(one, other)| {
            let slope = one.slope.checked_sub(other.slope)?;
            other.offset.checked_sub(one.offset)?.checked_div(slope)
        })
        .collect()
}

/// The values of the unit around a crossing, one step further on either side for comparisons that
/// exclude it and for thresholds that are cut to the cent.
pub(crate) fn neighbours(root: Decimal, unit: Decimal) -> Vec<Decimal> {
    let steps = |offset: i64| {
        let count = root
            .checked_div(unit)?
            .floor()
            .checked_add(Decimal::from(offset))?;
        count.checked_mul(unit).map(|value| value.normalize())
    };
    (-1..=2).filter_map(steps).collect()
}

/// The smallest step of a fact: a cent, a count, or a millionth.
pub(crate) fn unit(place: &Place, whole: bool) -> Decimal {
    match place.path.last() {
        _ if whole => Decimal::ONE,
        Some(key) if is_money_key(key) => Decimal::new(1, 2),
        Some(_) | None => Decimal::new(1, 6),
    }
}

/// How the fact itself is written, whatever the comparison is about.
pub(crate) fn style(place: &Place, otherwise: Style) -> Style {
    match place.path.last() {
        Some(key) if is_money_key(key) => Style::Money,
        Some(key) if is_share_key(key) => Style::Share,
        Some(_) | None if otherwise == Style::Money => Style::Plain,
        Some(_) | None => otherwise,
    }
}

/// A number as a fact.
pub(crate) fn fact(value: Decimal, whole: bool) -> Fact {
    match i64::try_from(value) {
        Ok(count) if whole => Fact::Whole(count),
        Ok(_) | Err(_) => Fact::text(&money::normal_text(value)),
    }
}
