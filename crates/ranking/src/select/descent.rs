//! Good prices for a whole program: Newton steps on the bound, smoothed so that it bends where
//! columns change sides, and less and less so. Floats only guess; `pricing` computes what the
//! prices found are worth.
#![expect(
    clippy::float_arithmetic,
    reason = "floats guess prices; every bound is recomputed in whole numbers"
)]
use super::{
    arithmetic::{float, whole},
    program::Program,
    search::Work,
};

/// By how much the smoothing narrows from stage to stage.
const NARROWING: f64 = 0.4;
/// The narrowest smoothing, as a part of the largest gain.
const NARROWEST: f64 = 2e-5;
/// Newton steps of one stage.
const STEPS: usize = 4;
/// Halvings of a step that does not lower the bound.
const HALVINGS: usize = 4;
/// Keeps the steps finite where no column is in doubt.
const DAMPING: f64 = 1e-4;
/// Rounds of conjugate gradients for one step.
const ROUNDS: usize = 60;
/// A step's equations are solved to this part of their right side.
const PRECISION: f64 = 1e-4;
/// Entries that count as one unit of work.
const ENTRIES_PER_WORK: usize = 1_024;

/// From so many applications on, prices are first found for one in [`SAMPLED`].
const SAMPLED_FROM: usize = 4_000;
/// One application in so many stands for the others at first.
const SAMPLED: usize = 16;
/// Smoothing at first where a sample has already found about the right prices.
const WIDTH_AFTER_SAMPLE: f64 = 0.02;

/// A program in floats, rows and gains scaled to about one.
#[derive(Clone)]
pub(super) struct Descent<'a> {
    program: &'a Program,
    /// The applications seen; all of them, or a sample without the caps of groups.
    places: Vec<usize>,
    starts: Vec<usize>,
    entries: Vec<(usize, f64)>,
    gains: Vec<f64>,
    limits: Vec<f64>,
    usable: &'a [usize],
    crowded: &'a [Vec<usize>],
    row_scale: Vec<f64>,
    gain_scale: f64,
}

/// One application in doubt or taken, at some prices.
struct Seen {
    /// The smoothed bound.
    value: f64,
    /// Limits less use, per row.
    slack: Vec<f64>,
    /// Applications whose side is in doubt, with the columns of their best level.
    doubtful: Vec<(usize, usize)>,
}

impl<'a> Descent<'a> {
    pub(super) fn of(
        program: &'a Program,
        gains: &[i128],
        usable: &'a [usize],
        crowded: &'a [Vec<usize>],
    ) -> Self {
        let mut size = vec![1_i64; program.rows.len()];
        for (row, entry) in program.entries.iter().flatten() {
            size[*row] = size[*row].max(entry.abs());
        }
        let row_scale: Vec<f64> = size.iter().map(|size| float((*size).into())).collect();
        let gain_scale = float(
            gains
                .iter()
                .map(|gain| gain.abs())
                .max()
                .unwrap_or(0)
                .max(1),
        );
        let mut starts = vec![0];
        let mut entries = Vec::new();
        for column in &program.entries {
            let priced = column
                .iter()
                .filter(|(row, _)| program.rows[*row].limit.is_some());
            entries.extend(priced.map(|(row, e)| (*row, float((*e).into()) / row_scale[*row])));
            starts.push(entries.len());
        }
        let limits = program.rows.iter().zip(&row_scale);
        Self {
            program,
            places: (0..program.applications.len()).collect(),
            starts,
            entries,
            gains: gains.iter().map(|gain| float(*gain) / gain_scale).collect(),
            limits: limits
                .map(|(row, scale)| row.limit.map_or(0.0, |limit| float(limit.into()) / scale))
                .collect(),
            usable,
            crowded,
            row_scale,
            gain_scale,
        }
    }

    fn entries(&self, column: usize) -> &[(usize, f64)] {
        &self.entries[self.starts[column]..self.starts[column + 1]]
    }

    /// Prices at this scale, stage by stage from wide to narrow smoothing; `keep` says whether to
    /// go on.
    pub(super) fn prices(
        &self,
        scale: i128,
        work: &mut Work,
        mut keep: impl FnMut(Vec<i128>) -> bool,
    ) {
        let mut prices = vec![0.0; self.limits.len()];
        let mut width = 1.0;
        if self.places.len() >= SAMPLED_FROM {
            self.sampled().descend(&mut prices, width, work, |_| true);
            width = WIDTH_AFTER_SAMPLE;
        }
        self.descend(&mut prices, width, work, |prices| {
            keep(self.whole(prices, scale))
        });
    }

    /// One application in so many, with as large a part of every limit, and without caps.
    fn sampled(&self) -> Self {
        let mut sampled = self.clone();
        sampled.places = self.places.iter().copied().step_by(SAMPLED).collect();
        sampled.crowded = &[];
        for limit in &mut sampled.limits {
            *limit *= float(i128::try_from(sampled.places.len()).unwrap_or(0))
                / float(i128::try_from(self.places.len()).unwrap_or(1));
        }
        sampled
    }

    fn descend(
        &self,
        prices: &mut Vec<f64>,
        from: f64,
        work: &mut Work,
        mut keep: impl FnMut(&[f64]) -> bool,
    ) {
        let mut width = from;
        while width > NARROWEST {
            let mut seen = self.see(prices, width, work);
            for _ in 0..STEPS {
                let Some(better) = self.step(prices, &seen, width, work) else {
                    break;
                };
                let gained = seen.value - better.1.value;
                (*prices, seen) = better;
                if gained <= PRECISION * width {
                    break;
                }
            }
            // With fewer columns in doubt than rows the smoothed bound has nothing left to bend.
            if !keep(prices) || seen.doubtful.len() < prices.len() {
                return;
            }
            width *= NARROWING;
        }
    }

    fn whole(&self, prices: &[f64], scale: i128) -> Vec<i128> {
        let unit = self.gain_scale * float(scale);
        let rows = prices.iter().zip(&self.row_scale);
        rows.map(|(price, row)| whole(price * unit / row)).collect()
    }

    /// The best level of an application: its worth and how many columns it takes.
    fn offer(&self, place: usize, prices: &[f64]) -> (f64, usize) {
        let start = self.program.applications[place].columns.start;
        let (mut best, mut columns, mut sum) = (f64::NEG_INFINITY, 0, 0.0);
        for step in 0..self.usable[place] {
            let entries = self.entries(start + step).iter();
            let charge: f64 = entries.map(|(row, entry)| prices[*row] * entry).sum();
            sum += self.gains[start + step] - charge;
            if sum > best {
                best = sum;
                columns = step + 1;
            }
        }
        (best, columns)
    }

    fn see(&self, prices: &[f64], width: f64, work: &mut Work) -> Seen {
        work.add(1 + self.entries.len() / ENTRIES_PER_WORK);
        let places = self.places.iter();
        let offers: Vec<(f64, usize)> = places.map(|place| self.offer(*place, prices)).collect();
        let mut hurdle = vec![0.0; offers.len()];
        let limits = prices.iter().zip(&self.limits);
        let mut seen = Seen {
            value: limits.map(|(price, limit)| price * limit).sum(),
            slack: self.limits.clone(),
            doubtful: Vec::new(),
        };
        let cap = self.program.cap.unwrap_or(usize::MAX);
        let mut worths = Vec::new();
        for group in self.crowded {
            worths.clear();
            worths.extend(group.iter().map(|place| offers[*place].0));
            worths.sort_unstable_by(|a, b| b.total_cmp(a));
            if let (Some(last), Some(next)) = (worths.get(cap.wrapping_sub(1)), worths.get(cap)) {
                let middle = f64::midpoint(*last, *next);
                if middle.is_finite() && middle > 0.0 {
                    let slots: f64 = worths.iter().take(cap).map(|_| middle).sum();
                    seen.value += slots;
                    for place in group {
                        hurdle[*place] = middle;
                    }
                }
            }
        }
        for ((place, (worth, columns)), hurdle) in self.places.iter().zip(&offers).zip(&hurdle) {
            let over = worth - hurdle;
            let taken = if over >= width {
                seen.value += over;
                1.0
            } else if over > -width {
                let share = (over + width) / (2.0 * width);
                seen.value += share * (over + width) / 2.0;
                seen.doubtful.push((*place, *columns));
                share
            } else {
                continue;
            };
            self.each(*place, *columns, |row, entry| {
                seen.slack[row] -= taken * entry;
            });
        }
        seen
    }

    fn each(&self, place: usize, columns: usize, mut call: impl FnMut(usize, f64)) {
        let start = self.program.applications[place].columns.start;
        for (row, entry) in &self.entries[self.starts[start]..self.starts[start + columns]] {
            call(*row, *entry);
        }
    }

    /// Better prices and what they show, if a Newton step finds any.
    fn step(
        &self,
        prices: &[f64],
        seen: &Seen,
        width: f64,
        work: &mut Work,
    ) -> Option<(Vec<f64>, Seen)> {
        // Rows with slack and without a price stay as they are.
        let moving = prices
            .iter()
            .zip(&seen.slack)
            .map(|(price, slack)| *price > 0.0 || *slack < 0.0)
            .collect();
        let direction = self.direction(prices, moving, seen, width, work);
        let mut length = 1.0;
        for _ in 0..HALVINGS {
            let moved: Vec<f64> = prices
                .iter()
                .zip(&direction)
                .map(|(price, step)| (price + length * step).clamp(0.0, f64::MAX))
                .collect();
            let there = self.see(&moved, width, work);
            if there.value < seen.value {
                return Some((moved, there));
            }
            length /= 4.0;
        }
        None
    }

    /// The step that would end where the slope is zero. A price that would fall below zero goes to
    /// zero and the others are solved again.
    fn direction(
        &self,
        prices: &[f64],
        mut moving: Vec<bool>,
        seen: &Seen,
        width: f64,
        work: &mut Work,
    ) -> Vec<f64> {
        let mut diagonal = vec![DAMPING; moving.len()];
        for (place, columns) in &seen.doubtful {
            self.each(*place, *columns, |row, entry| {
                diagonal[row] += entry * entry / (2.0 * width);
            });
        }
        let bend = Bend {
            descent: self,
            seen,
            width,
            diagonal,
        };
        let mut pinned = vec![0.0; moving.len()];
        loop {
            let given = bend.times(&pinned);
            let slopes = seen.slack.iter().zip(&given).zip(&moving);
            let wanted = slopes
                .map(|((slack, given), moving)| if *moving { -slack - given } else { 0.0 })
                .collect();
            let found = bend.solve(wanted, &moving, work);
            let mut again = false;
            for (row, step) in found.iter().enumerate() {
                if moving[row] && prices[row] + step < 0.0 {
                    moving[row] = false;
                    pinned[row] = -prices[row];
                    again = true;
                }
            }
            if !again {
                return found.iter().zip(&pinned).map(|(a, b)| a + b).collect();
            }
        }
    }
}

/// How the slope of the smoothed bound changes with the prices.
struct Bend<'a> {
    descent: &'a Descent<'a>,
    seen: &'a Seen,
    width: f64,
    diagonal: Vec<f64>,
}

impl Bend<'_> {
    /// The step on the moving rows that changes the slope as wanted, by conjugate gradients.
    fn solve(&self, wanted: Vec<f64>, moving: &[bool], work: &mut Work) -> Vec<f64> {
        let rows = moving.len();
        let mut left = wanted;
        let mut found = vec![0.0; rows];
        let mut along: Vec<f64> = left
            .iter()
            .zip(&self.diagonal)
            .map(|(l, d)| l / d)
            .collect();
        let mut size = dot(&left, &along);
        let enough = size * PRECISION * PRECISION;
        for _ in 0..ROUNDS {
            if size <= enough {
                break;
            }
            work.add(1 + self.seen.doubtful.len() * 4 / ENTRIES_PER_WORK);
            let bent = self.times(&along);
            let step = size / dot(&along, &bent).max(f64::MIN_POSITIVE);
            for row in (0..rows).filter(|row| moving[*row]) {
                found[row] += step * along[row];
                left[row] -= step * bent[row];
            }
            let ahead: Vec<f64> = left
                .iter()
                .zip(&self.diagonal)
                .map(|(l, d)| l / d)
                .collect();
            let next = dot(&left, &ahead);
            for row in 0..rows {
                along[row] = ahead[row] + next / size * along[row];
            }
            size = next;
        }
        found
    }

    fn times(&self, along: &[f64]) -> Vec<f64> {
        let damped = along.iter().zip(&self.diagonal);
        let mut bent: Vec<f64> = damped.map(|(step, d)| step * d * DAMPING).collect();
        for (place, columns) in &self.seen.doubtful {
            let mut use_along = 0.0;
            self.descent.each(*place, *columns, |row, entry| {
                use_along += along[row] * entry;
            });
            let weight = use_along / (2.0 * self.width);
            self.descent
                .each(*place, *columns, |row, entry| bent[row] += weight * entry);
        }
        bent
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}
