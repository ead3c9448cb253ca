//! The linear relaxation of a core: the bounded dual simplex method on a dense dictionary in
//! floats. It only guesses: prices it finds are rounded and every bound is recomputed from them in
//! whole numbers, so an inexact step costs time and never an answer.
//!
//! A basis stays dual feasible when bounds of columns change, because every column is boxed; the
//! search therefore keeps one dictionary from node to node and never copies it.
#![expect(
    clippy::float_arithmetic,
    reason = "floats guess prices and fractions; bounds and answers are recomputed in whole numbers"
)]
use super::search::Work;

/// How far a value may lie outside its bounds.
const INSIDE: f64 = 1e-7;
/// Smallest entry to exchange on.
const PIVOT_MIN: f64 = 1e-8;
/// Exchanges after which the dictionary is computed afresh.
const EXCHANGES_FRESH: u32 = 400;
/// A row with fewer entries than one in so many is added entry by entry.
const SPARSE_PART: usize = 4;
/// Table entries that count as one unit of work.
const ENTRIES_PER_WORK: usize = 1_024;

/// How a relaxation ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ended {
    /// The optimum of the relaxation.
    Optimal,
    /// The row at this position cannot be met.
    Infeasible(usize),
    /// The objective fell below the level asked for, or too many steps were taken.
    Stopped,
}

/// `basic + table · nonbasic = right`, with the objective `constant + costs · nonbasic`, which is
/// maximised. Variables are the columns, then one slack per row.
pub(super) struct Dictionary {
    columns: usize,
    table: Vec<f64>,
    right: Vec<f64>,
    costs: Vec<f64>,
    constant: f64,
    /// Variable of each row.
    basic: Vec<usize>,
    /// Variable of each column of the table.
    nonbasic: Vec<usize>,
    /// Where a variable stands: below `columns` a column of the table, else a row behind it.
    place: Vec<usize>,
    low: Vec<f64>,
    high: Vec<f64>,
    /// Value of each variable.
    value: Vec<f64>,
    /// The values of the rows' variables are to be computed afresh.
    is_stale: bool,
    exchanges: u32,
    original: (Vec<f64>, Vec<f64>, Vec<f64>),
}

impl Dictionary {
    /// Rows `table · x ≤ right`, all columns between 0 and 1.
    pub(super) fn new(table: Vec<f64>, right: Vec<f64>, costs: Vec<f64>) -> Self {
        let (columns, rows) = (costs.len(), right.len());
        let mut high = vec![1.0; columns];
        high.resize(columns + rows, f64::INFINITY);
        let mut dictionary = Self {
            columns,
            original: (table.clone(), right.clone(), costs.clone()),
            table,
            right,
            costs,
            constant: 0.0,
            basic: (columns..columns + rows).collect(),
            nonbasic: (0..columns).collect(),
            place: (0..columns + rows).collect(),
            low: vec![0.0; columns + rows],
            high,
            value: vec![0.0; columns + rows],
            is_stale: true,
            exchanges: 0,
        };
        for column in 0..columns {
            dictionary.settle(column);
        }
        dictionary
    }

    /// Bounds of a column.
    pub(super) fn confine(&mut self, column: usize, low: f64, high: f64) {
        self.low[column] = low;
        self.high[column] = high;
        let at = self.place[column];
        if at < self.columns {
            let before = self.value[column];
            self.settle(at);
            let change = self.value[column] - before;
            if change != 0.0 && !self.is_stale {
                self.shift(at, change);
            }
        }
    }

    /// Puts a nonbasic variable at the bound that its cost prefers.
    fn settle(&mut self, at: usize) {
        let variable = self.nonbasic[at];
        let upper = self.costs[at] > 0.0 && self.high[variable].is_finite();
        self.value[variable] = if upper {
            self.high[variable]
        } else {
            self.low[variable]
        };
    }

    pub(super) fn value(&self, column: usize) -> f64 {
        self.value[column]
    }

    /// What the objective loses at least when this basic column goes to 0, and when it goes to 1:
    /// the cost of the first exchange either way.
    pub(super) fn penalties(&self, column: usize) -> (f64, f64) {
        let Some(row) = self.place[column].checked_sub(self.columns) else {
            return (0.0, 0.0);
        };
        let (mut down, mut up) = (f64::INFINITY, f64::INFINITY);
        for ((entry, cost), other) in self.row(row).iter().zip(&self.costs).zip(&self.nonbasic) {
            if entry.abs() <= PIVOT_MIN || self.low[*other] >= self.high[*other] {
                continue;
            }
            let rate = (cost / entry).abs();
            if (*entry > 0.0) == (self.value[*other] <= self.low[*other]) {
                down = down.min(rate);
            } else {
                up = up.min(rate);
            }
        }
        let value = self.value[column];
        (down * value, up * (1.0 - value))
    }

    /// Price of each row, at least zero.
    pub(super) fn prices(&self) -> Vec<f64> {
        let mut prices = vec![0.0; self.right.len()];
        for (variable, cost) in self.nonbasic.iter().zip(&self.costs) {
            if let Some(row) = variable.checked_sub(self.columns) {
                prices[row] = (-cost).max(0.0);
            }
        }
        prices
    }

    /// Weights of the rows that together show that the row at this position cannot be met.
    pub(super) fn ray(&self, row: usize) -> Vec<f64> {
        let mut ray = vec![0.0; self.right.len()];
        let variable = self.basic[row];
        let sign = if self.value[variable] < self.low[variable] {
            1.0
        } else {
            -1.0
        };
        if let Some(own) = variable.checked_sub(self.columns) {
            ray[own] = sign;
        }
        for (other, entry) in self.nonbasic.iter().zip(self.row(row)) {
            if let Some(at) = other.checked_sub(self.columns) {
                ray[at] = (entry * sign).max(0.0);
            }
        }
        ray
    }

    fn row(&self, row: usize) -> &[f64] {
        &self.table[row * self.columns..(row + 1) * self.columns]
    }

    fn revalue(&mut self) {
        for row in 0..self.right.len() {
            let used: f64 = self
                .row(row)
                .iter()
                .zip(&self.nonbasic)
                .map(|(entry, variable)| entry * self.value[*variable])
                .sum();
            self.value[self.basic[row]] = self.right[row] - used;
        }
    }

    fn objective(&self) -> f64 {
        let sum: f64 = self
            .costs
            .iter()
            .zip(&self.nonbasic)
            .map(|(cost, variable)| cost * self.value[*variable])
            .sum();
        self.constant + sum
    }

    /// Solves from the basis of the last time, until the objective falls below `level`.
    pub(super) fn solve(&mut self, level: f64, work: &mut Work) -> Ended {
        let rows = self.right.len();
        if self.exchanges > EXCHANGES_FRESH {
            self.refactor(work);
        }
        if self.is_stale {
            self.revalue();
            self.is_stale = false;
        }
        for _ in 0..20 * (rows + self.columns) + 50 {
            work.add(1 + rows * self.columns / ENTRIES_PER_WORK);
            let Some(row) = self.most_outside() else {
                return Ended::Optimal;
            };
            let Some(column) = self.entering(row) else {
                return Ended::Infeasible(row);
            };
            self.step(row, column);
            if self.objective() < level {
                return Ended::Stopped;
            }
        }
        Ended::Stopped
    }

    /// The row whose variable lies farthest outside its bounds.
    fn most_outside(&self) -> Option<usize> {
        let mut worst = INSIDE;
        let mut found = None;
        for (row, variable) in self.basic.iter().enumerate() {
            let value = self.value[*variable];
            let outside = (self.low[*variable] - value).max(value - self.high[*variable]);
            if outside > worst {
                worst = outside;
                found = Some(row);
            }
        }
        found
    }

    /// The column to exchange with this row: the one whose cost changes sign first, after those
    /// whose whole range cannot repair the row were moved to their other bound.
    fn entering(&mut self, row: usize) -> Option<usize> {
        let variable = self.basic[row];
        let below = self.value[variable] < self.low[variable];
        let mut outside = if below {
            self.low[variable] - self.value[variable]
        } else {
            self.value[variable] - self.high[variable]
        };
        let mut candidates: Vec<(f64, f64, usize)> = Vec::new();
        for (column, entry) in self.row(row).iter().enumerate() {
            let other = self.nonbasic[column];
            // Raising the column by one changes the row by this much in the wanted direction.
            let effect = if below { -entry } else { *entry };
            let range = self.high[other] - self.low[other];
            let at_low = self.value[other] <= self.low[other];
            let helps = if at_low {
                effect > PIVOT_MIN
            } else {
                effect < -PIVOT_MIN
            };
            if helps && range > 0.0 {
                candidates.push((
                    self.costs[column].abs() / effect.abs(),
                    effect.abs(),
                    column,
                ));
            }
        }
        candidates.sort_by(|a, b| {
            a.0.total_cmp(&b.0)
                .then(b.1.total_cmp(&a.1))
                .then(a.2.cmp(&b.2))
        });
        let mut flips = Vec::new();
        let mut found = None;
        for (_, effect, column) in candidates {
            let other = self.nonbasic[column];
            outside -= effect * (self.high[other] - self.low[other]);
            if outside <= INSIDE {
                found = Some(column);
                break;
            }
            flips.push(column);
        }
        found?;
        for column in flips {
            self.flip(column);
        }
        found
    }

    fn flip(&mut self, column: usize) {
        let variable = self.nonbasic[column];
        let before = self.value[variable];
        let after = if before <= self.low[variable] {
            self.high[variable]
        } else {
            self.low[variable]
        };
        self.shift(column, after - before);
        self.value[variable] = after;
    }

    /// Moves all basic values as the variable of this column changes.
    fn shift(&mut self, column: usize, by: f64) {
        let entries = self.table.iter().skip(column).step_by(self.columns.max(1));
        for (entry, variable) in entries.zip(&self.basic) {
            self.value[*variable] -= entry * by;
        }
    }

    /// The variable of this row goes to the bound it lies outside of; the column takes its place.
    fn step(&mut self, row: usize, column: usize) {
        let (leaving, entering) = (self.basic[row], self.nonbasic[column]);
        let bound = if self.value[leaving] < self.low[leaving] {
            self.low[leaving]
        } else {
            self.high[leaving]
        };
        let change = (self.value[leaving] - bound) / self.row(row)[column];
        self.shift(column, change);
        self.value[entering] += change;
        self.value[leaving] = bound;
        self.exchange(row, column);
    }

    fn exchange(&mut self, row: usize, column: usize) {
        let width = self.columns;
        let pivot = self.table[row * width + column];
        let mut line: Vec<f64> = self.row(row).iter().map(|entry| entry / pivot).collect();
        line[column] = pivot.recip();
        let right = self.right[row] / pivot;
        let filled: Vec<usize> = (0..width).filter(|at| line[*at] != 0.0).collect();
        let is_sparse = filled.len() * SPARSE_PART < width;
        for (at, entries) in self.table.chunks_exact_mut(width).enumerate() {
            let factor = entries[column];
            if at == row || factor == 0.0 {
                continue;
            }
            entries[column] = 0.0;
            if is_sparse {
                for other in &filled {
                    entries[*other] -= factor * line[*other];
                }
            } else {
                for (entry, other) in entries.iter_mut().zip(&line) {
                    *entry -= factor * other;
                }
            }
            self.right[at] -= factor * right;
        }
        let factor = self.costs[column];
        self.costs[column] = 0.0;
        for (cost, other) in self.costs.iter_mut().zip(&line) {
            *cost -= factor * other;
        }
        self.constant += factor * right;
        self.table[row * width..(row + 1) * width].copy_from_slice(&line);
        self.right[row] = right;
        let (leaving, entering) = (self.basic[row], self.nonbasic[column]);
        self.basic[row] = entering;
        self.nonbasic[column] = leaving;
        self.place[entering] = width + row;
        self.place[leaving] = column;
        self.exchanges += 1;
    }

    /// The same basis, computed from the original rows, so that rounding does not pile up.
    fn refactor(&mut self, work: &mut Work) {
        let (width, rows) = (self.columns, self.right.len());
        let wanted: Vec<bool> = (0..width + rows).map(|v| self.place[v] >= width).collect();
        (self.table, self.right, self.costs) = self.original.clone();
        self.constant = 0.0;
        self.basic = (width..width + rows).collect();
        self.nonbasic = (0..width).collect();
        self.place = (0..width + rows).collect();
        for column in 0..width {
            let row = (0..rows)
                .filter(|row| wanted[column] && !wanted[self.basic[*row]])
                .max_by(|a, b| {
                    let size = |row: usize| self.table[row * width + column].abs();
                    size(*a).total_cmp(&size(*b)).then(b.cmp(a))
                });
            if let Some(row) = row
                && self.table[row * width + column].abs() > PIVOT_MIN
            {
                self.exchange(row, column);
                work.add(1 + rows * width / ENTRIES_PER_WORK);
            }
        }
        for column in 0..width {
            let variable = self.nonbasic[column];
            if self.low[variable] < self.high[variable] {
                self.settle(column);
            }
        }
        self.exchanges = 0;
        self.is_stale = true;
    }
}
