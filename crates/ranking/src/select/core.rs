//! A small program of yes-or-no columns and rows that must not exceed their limits: what is left
//! of a selection once everything clear is decided. Its bounds by prices are exact.
use super::{
    arithmetic::{float, whole},
    dictionary::Dictionary,
};

/// Bits that sums of worths may take.
const SUM_BITS: u32 = 120;
/// Bits of a price scale at most.
const SCALE_BITS_MAX: u32 = 60;

/// Most `gain` such that every row stays within its limit.
#[derive(Debug, Clone, Default)]
pub(super) struct Core {
    pub(super) gain: Vec<i128>,
    /// Entries of each column: row and coefficient, not zero.
    pub(super) entries: Vec<Vec<(usize, i64)>>,
    pub(super) limits: Vec<i64>,
    /// How many rows are caps of groups.
    pub(super) cap_rows: usize,
    /// Where each row stood before idle rows were left out.
    pub(super) origin: Vec<usize>,
}

/// The price scale that leaves room for sums of these gains.
pub(super) fn scale(gains: &[i128]) -> i128 {
    let total: u128 = gains.iter().map(|gain| gain.unsigned_abs()).sum();
    let bits = u128::BITS - total.leading_zeros();
    1 << SUM_BITS.saturating_sub(bits).min(SCALE_BITS_MAX)
}

/// The most each price may be without sums overflowing, from the sum of a row's entries without
/// their signs and its limit.
pub(super) fn room(sums: &[i128], limits: &[i64]) -> Vec<i128> {
    let share = (1_i128 << 125) / i128::try_from(sums.len() + 1).unwrap_or(i128::MAX);
    let rows = sums.iter().zip(limits);
    rows.map(|(sum, limit)| share / (sum + i128::from(*limit).abs() + 1))
        .collect()
}

/// Prices of the rows, at `scale` per unit of gain; never negative.
#[derive(Debug, Clone)]
pub(super) struct Prices {
    pub(super) scale: i128,
    pub(super) rows: Vec<i128>,
}

impl Core {
    /// Adds a column and returns its position.
    pub(super) fn column(&mut self, gain: i128, entries: Vec<(usize, i64)>) -> usize {
        self.gain.push(gain);
        self.entries.push(entries);
        self.gain.len() - 1
    }

    /// Rows that no choice of columns can break only slow the search down.
    pub(super) fn without_idle_rows(mut self) -> Self {
        let mut most = vec![0_i128; self.limits.len()];
        for (row, entry) in self.entries.iter().flatten() {
            most[*row] += i128::from(*entry).max(0);
        }
        let mut kept = Vec::new();
        let renumbered: Vec<Option<usize>> = most
            .iter()
            .zip(&self.limits)
            .enumerate()
            .map(|(row, (most, limit))| {
                (*most > i128::from(*limit)).then(|| {
                    self.origin.push(row);
                    kept.push(*limit);
                    kept.len() - 1
                })
            })
            .collect();
        for entries in &mut self.entries {
            *entries = entries
                .iter()
                .filter_map(|(row, entry)| Some((renumbered[*row]?, *entry)))
                .collect();
        }
        self.limits = kept;
        self
    }

    /// What these columns gain, when every row holds.
    pub(super) fn gain_of(&self, taken: &[bool]) -> Option<i128> {
        let used = self.used(taken);
        let holds = used
            .iter()
            .zip(&self.limits)
            .all(|(used, limit)| *used <= i128::from(*limit));
        holds.then(|| {
            self.gain
                .iter()
                .zip(taken)
                .filter(|(_, taken)| **taken)
                .map(|(gain, _)| *gain)
                .sum()
        })
    }

    pub(super) fn used(&self, taken: &[bool]) -> Vec<i128> {
        let mut used = vec![0; self.limits.len()];
        for (entries, _) in self.entries.iter().zip(taken).filter(|(_, taken)| **taken) {
            for (row, entry) in entries {
                used[*row] += i128::from(*entry);
            }
        }
        used
    }

    /// The worth of each column at these prices, and what the limits are worth.
    pub(super) fn worths(&self, prices: &Prices, with_gain: bool) -> (Vec<i128>, i128) {
        let limits: i128 = prices
            .rows
            .iter()
            .zip(&self.limits)
            .map(|(price, limit)| price * i128::from(*limit))
            .sum();
        let worths = self
            .entries
            .iter()
            .zip(&self.gain)
            .map(|(entries, gain)| {
                let charge: i128 = entries
                    .iter()
                    .map(|(row, entry)| prices.rows[*row] * i128::from(*entry))
                    .sum();
                if with_gain {
                    gain * prices.scale - charge
                } else {
                    -charge
                }
            })
            .collect();
        (worths, limits)
    }
}

/// The relaxation of a core, with what it takes to read whole prices from it.
pub(super) struct Relaxed {
    pub(super) dictionary: Dictionary,
    row_scale: Vec<f64>,
    gain_scale: f64,
    /// The most a price may be without sums overflowing.
    price_max: Vec<i128>,
    scale: i128,
}

#[expect(
    clippy::float_arithmetic,
    reason = "floats guess prices; every bound is recomputed in whole numbers"
)]
impl Relaxed {
    pub(super) fn of(core: &Core) -> Self {
        let (columns, rows) = (core.gain.len(), core.limits.len());
        let mut size = vec![0_i64; rows];
        let mut sum = vec![0_i128; rows];
        for (row, entry) in core.entries.iter().flatten() {
            size[*row] = size[*row].max(entry.abs());
            sum[*row] += i128::from(entry.abs());
        }
        let row_scale: Vec<f64> = size.iter().map(|s| float((*s).max(1).into())).collect();
        let most = core.gain.iter().map(|gain| gain.abs()).max();
        let gain_scale = float(most.unwrap_or(0).max(1));
        let mut table = vec![0.0; rows * columns];
        for (column, entries) in core.entries.iter().enumerate() {
            for (row, entry) in entries {
                table[row * columns + column] = float((*entry).into()) / row_scale[*row];
            }
        }
        let limits = core.limits.iter().zip(&row_scale);
        let right = limits
            .map(|(limit, s)| float((*limit).into()) / s)
            .collect();
        let costs = core.gain.iter().map(|gain| float(*gain) / gain_scale);
        Self {
            dictionary: Dictionary::new(table, right, costs.collect()),
            row_scale,
            gain_scale,
            price_max: room(&sum, &core.limits),
            scale: scale(&core.gain),
        }
    }

    /// A gain on the scale of the relaxation's objective.
    pub(super) fn level(&self, gain: i128) -> f64 {
        float(gain) / self.gain_scale
    }

    /// Whole prices from those of the relaxation.
    pub(super) fn prices(&self, raw: &[f64]) -> Prices {
        let unit = self.gain_scale * float(self.scale);
        let rows = raw
            .iter()
            .zip(&self.row_scale)
            .zip(&self.price_max)
            .map(|((price, row), most)| whole(price * unit / row).clamp(0, *most))
            .collect();
        Prices {
            scale: self.scale,
            rows,
        }
    }
}
