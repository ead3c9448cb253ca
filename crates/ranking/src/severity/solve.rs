//! The least squares: applications drop out of the normal equations, which leaves one row per
//! reviewer. Rows of ones within each part fix the sum of its severities at zero and make the
//! matrix positive definite, so that elimination in the order of the ids meets no zero pivot.
use std::{collections::BTreeMap, rc::Rc};

use money::Decimal;

use super::design::Design;

type Matrix = Vec<Vec<Decimal>>;

/// What the levels of one dimension say.
pub(super) struct Solved {
    /// By reviewer.
    pub(super) severities: Vec<Decimal>,
    /// Mean level less mean severity, by application.
    pub(super) applications: Vec<Decimal>,
    /// Squared residuals added up.
    pub(super) residual_squares: Decimal,
    /// Variance factors of the severities: the generalised inverse.
    inverse: Rc<Matrix>,
}

impl Solved {
    /// `None` when a step does not fit.
    pub(super) fn of(design: &Design<'_>, inverses: &mut Inverses) -> Option<Self> {
        let inverse = inverses.of(design)?;
        let target = target(design)?;
        let severities: Vec<Decimal> = inverse
            .iter()
            .map(|row| product(row, &target))
            .collect::<Option<_>>()?;
        let mut applications = Vec::with_capacity(design.levels.len());
        let mut residual_squares = Decimal::ZERO;
        for row in &design.levels {
            let count = Decimal::from(row.len());
            let mut sum = Decimal::ZERO;
            for (reviewer, level) in row {
                sum = sum.checked_add(level.checked_sub(*severities.get(*reviewer)?)?)?;
            }
            let own = sum.checked_div(count)?;
            for (reviewer, level) in row {
                let residual = level
                    .checked_sub(own)?
                    .checked_sub(*severities.get(*reviewer)?)?;
                residual_squares = residual_squares.checked_add(residual.checked_mul(residual)?)?;
            }
            applications.push(own);
        }
        Some(Self {
            severities,
            applications,
            residual_squares,
            inverse,
        })
    }

    /// Variance factor of a reviewer's severity.
    pub(super) fn reviewer_factor(&self, reviewer: usize) -> Option<Decimal> {
        self.inverse.get(reviewer)?.get(reviewer).copied()
    }

    /// Variance factor of an application's adjusted level.
    pub(super) fn application_factor(&self, row: &[(usize, Decimal)]) -> Option<Decimal> {
        let count = Decimal::from(row.len());
        let mut sum = Decimal::ZERO;
        for (a, _) in row {
            for (b, _) in row {
                sum = sum.checked_add(*self.inverse.get(*a)?.get(*b)?)?;
            }
        }
        let own = Decimal::ONE.checked_div(count)?;
        own.checked_add(sum.checked_div(count)?.checked_div(count)?)
    }
}

/// Dimensions are mostly scored by the same people for the same applications: one elimination then
/// serves them all.
#[derive(Default)]
pub(super) struct Inverses(BTreeMap<Vec<Vec<usize>>, Rc<Matrix>>);

impl Inverses {
    /// The generalised inverse of the normal equations of a design.
    fn of(&mut self, design: &Design<'_>) -> Option<Rc<Matrix>> {
        let who = |row: &Vec<(usize, Decimal)>| row.iter().map(|(place, _)| *place).collect();
        let pattern: Vec<Vec<usize>> = design.levels.iter().map(who).collect();
        if let Some(known) = self.0.get(&pattern) {
            return Some(Rc::clone(known));
        }
        let found = Rc::new(generalised_inverse(design)?);
        self.0.insert(pattern, Rc::clone(&found));
        Some(found)
    }
}

fn generalised_inverse(design: &Design<'_>) -> Option<Matrix> {
    let mut matrix = normal_equations(design)?;
    change_parts(design, &mut matrix, |_| Some(Decimal::ONE))?;
    let mut inverse = inverted(matrix)?;
    // What the rows of ones added to the inverse goes out again.
    change_parts(design, &mut inverse, |size| {
        let share = Decimal::ONE.checked_div(size)?.checked_div(size)?;
        Some(-share)
    })?;
    Some(inverse)
}

/// Adds a number that depends on the size of the part to every cell of each part.
fn change_parts(
    design: &Design<'_>,
    matrix: &mut Matrix,
    add: impl Fn(Decimal) -> Option<Decimal>,
) -> Option<()> {
    for part in &design.parts {
        let added = add(Decimal::from(part.len()))?;
        for row in part {
            for column in part {
                let cell = matrix.get_mut(*row)?.get_mut(*column)?;
                *cell = cell.checked_add(added)?;
            }
        }
    }
    Some(())
}

/// Reviews of everybody on the diagonal less one over the size of each shared application.
fn normal_equations(design: &Design<'_>) -> Option<Matrix> {
    let size = design.reviewers.len();
    let mut matrix = vec![vec![Decimal::ZERO; size]; size];
    for row in &design.levels {
        let share = Decimal::ONE.checked_div(Decimal::from(row.len()))?;
        for (a, _) in row {
            let cells = matrix.get_mut(*a)?;
            let own = cells.get_mut(*a)?;
            *own = own.checked_add(Decimal::ONE)?;
            for (b, _) in row {
                let cell = cells.get_mut(*b)?;
                *cell = cell.checked_sub(share)?;
            }
        }
    }
    Some(matrix)
}

/// Every reviewer's levels above the means of their applications.
fn target(design: &Design<'_>) -> Option<Vec<Decimal>> {
    let mut target = vec![Decimal::ZERO; design.reviewers.len()];
    for row in &design.levels {
        let sum = row
            .iter()
            .try_fold(Decimal::ZERO, |sum, (_, level)| sum.checked_add(*level))?;
        let mean = sum.checked_div(Decimal::from(row.len()))?;
        for (reviewer, level) in row {
            let right = target.get_mut(*reviewer)?;
            *right = right.checked_add(level.checked_sub(mean)?)?;
        }
    }
    Some(target)
}

/// Gauss-Jordan elimination of a positive definite matrix.
fn inverted(mut matrix: Matrix) -> Option<Matrix> {
    let size = matrix.len();
    let mut inverse = vec![vec![Decimal::ZERO; size]; size];
    for (place, row) in inverse.iter_mut().enumerate() {
        *row.get_mut(place)? = Decimal::ONE;
    }
    for pivot in 0..size {
        let scale = Decimal::ONE.checked_div(*matrix.get(pivot)?.get(pivot)?)?;
        for rows in [&mut matrix, &mut inverse] {
            for cell in rows.get_mut(pivot)? {
                *cell = cell.checked_mul(scale)?;
            }
        }
        let (left, right) = (matrix.get(pivot)?.clone(), inverse.get(pivot)?.clone());
        for row in (0..size).filter(|row| *row != pivot) {
            let factor = *matrix.get(row)?.get(pivot)?;
            if factor.is_zero() {
                continue;
            }
            subtract(matrix.get_mut(row)?, &left, factor)?;
            subtract(inverse.get_mut(row)?, &right, factor)?;
        }
    }
    Some(inverse)
}

/// Takes so many times another row away.
fn subtract(row: &mut [Decimal], other: &[Decimal], factor: Decimal) -> Option<()> {
    for (cell, other) in row.iter_mut().zip(other) {
        if !other.is_zero() {
            *cell = cell.checked_sub(factor.checked_mul(*other)?)?;
        }
    }
    Some(())
}

fn product(row: &[Decimal], column: &[Decimal]) -> Option<Decimal> {
    row.iter()
        .zip(column)
        .try_fold(Decimal::ZERO, |sum, (a, b)| {
            sum.checked_add(a.checked_mul(*b)?)
        })
}
