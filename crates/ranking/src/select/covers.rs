//! Covers: columns that together exceed a row's limit cannot all be taken. Rows that say so cut
//! off fractions which the relaxation would otherwise use. Every such row follows from a row of
//! the core in whole numbers, so bounds with them hold as much as bounds without.
use super::{
    core::{Core, Prices, Relaxed},
    dictionary::Ended,
    search::Work,
};

/// Rounds of looking for covers.
const ROUNDS: usize = 12;
/// Least violation of a cover that is worth a row.
const VIOLATED: f64 = 0.02;
/// From here on a value counts as more than nothing.
const FRACTION_MIN: f64 = 1e-6;
/// From here on a value counts as all.
const TAKEN_MIN: f64 = 0.999_999;

/// What the relaxation says before any branching.
pub(super) struct Root {
    /// Prices with the stated rows alone.
    pub(super) stated: Prices,
    /// Prices with the covers.
    with_covers: Prices,
}

impl Root {
    /// Columns that are so in every selection which gains more than this.
    pub(super) fn settled(&self, core: &Core, level: i128) -> Vec<Option<bool>> {
        let (worths, limits) = core.worths(&self.with_covers, true);
        let value = limits + worths.iter().map(|worth| (*worth).max(0)).sum::<i128>();
        worths
            .iter()
            .map(|worth| {
                let otherwise = (value - worth.abs()).div_euclid(self.with_covers.scale);
                (otherwise <= level).then_some(*worth > 0)
            })
            .collect()
    }
}

/// The core with rows for covers that its relaxation violates, and what that says.
pub(super) fn strengthened(core: Core, work: &mut Work) -> (Core, Option<Root>) {
    let stated = core.limits.len();
    let mut core = core;
    let mut root: Option<Root> = None;
    for _ in 0..ROUNDS {
        let mut relaxed = Relaxed::of(&core);
        if relaxed.dictionary.solve(f64::NEG_INFINITY, work) != Ended::Optimal {
            break;
        }
        let mut prices = relaxed.prices(&relaxed.dictionary.prices());
        let values: Vec<f64> = (0..core.gain.len())
            .map(|column| relaxed.dictionary.value(column))
            .collect();
        core.keep_priced(stated, &mut prices);
        root = Some(Root {
            stated: root.map_or_else(|| prices.clone(), |root| root.stated),
            with_covers: prices,
        });
        let mut fractions = values.iter().filter(|value| **value > FRACTION_MIN);
        if fractions.all(|value| *value > TAKEN_MIN) || work.is_used_up() {
            break;
        }
        let rows = core.rows(stated);
        let covers: Vec<Cover> = rows
            .iter()
            .filter_map(|row| row.violated(&values))
            .collect();
        if covers.is_empty() {
            break;
        }
        for cover in covers {
            core.add(cover, root.as_mut());
        }
    }
    (core, root)
}

/// One row of a core with every entry positive: a column with a negative entry stands for its
/// opposite.
struct Knapsack {
    /// Column, size, and whether it stands for its opposite.
    items: Vec<(usize, i128, bool)>,
    room: i128,
}

/// A row to add.
struct Cover {
    entries: Vec<(usize, i64)>,
    limit: i64,
}

impl Core {
    /// Adds a cover, at no price yet.
    fn add(&mut self, cover: Cover, root: Option<&mut Root>) {
        let row = self.limits.len();
        self.limits.push(cover.limit);
        self.origin.push(usize::MAX);
        for (column, entry) in cover.entries {
            self.entries[column].push((row, entry));
        }
        if let Some(root) = root {
            root.with_covers.rows.push(0);
        }
    }

    /// Drops covers that no longer bind.
    fn keep_priced(&mut self, stated: usize, prices: &mut Prices) {
        let kept: Vec<usize> = (0..self.limits.len())
            .filter(|row| *row < stated || prices.rows[*row] > 0)
            .collect();
        let mut renumbered = vec![None; self.limits.len()];
        for (to, from) in kept.iter().enumerate() {
            renumbered[*from] = Some(to);
        }
        for entries in &mut self.entries {
            entries.retain_mut(|(row, _)| match renumbered[*row] {
                Some(to) => {
                    *row = to;
                    true
                }
                None => false,
            });
        }
        self.limits = kept.iter().map(|row| self.limits[*row]).collect();
        self.origin = kept.iter().map(|row| self.origin[*row]).collect();
        prices.rows = kept.iter().map(|row| prices.rows[*row]).collect();
    }

    /// The stated rows in which sizes differ.
    fn rows(&self, stated: usize) -> Vec<Knapsack> {
        let mut rows: Vec<Knapsack> = self.limits[..stated]
            .iter()
            .map(|limit| Knapsack {
                items: Vec::new(),
                room: i128::from(*limit),
            })
            .collect();
        for (column, entries) in self.entries.iter().enumerate() {
            for (row, entry) in entries.iter().filter(|(row, _)| *row < stated) {
                let size = i128::from(entry.abs());
                let opposite = *entry < 0;
                rows[*row].items.push((column, size, opposite));
                if opposite {
                    rows[*row].room += size;
                }
            }
        }
        rows.retain(|row| row.items.iter().any(|item| item.1 != row.items[0].1));
        rows
    }
}

#[expect(
    clippy::float_arithmetic,
    reason = "floats choose the cover; that it is one is checked in whole numbers"
)]
impl Knapsack {
    /// A cover that these values violate, lifted to the other columns.
    fn violated(&self, values: &[f64]) -> Option<Cover> {
        let missing = |item: &(usize, i128, bool)| {
            let value = values[item.0];
            if item.2 { value } else { 1.0 - value }
        };
        let mut order: Vec<usize> = (0..self.items.len()).collect();
        order.sort_by(|a, b| {
            let (a, b) = (&self.items[*a], &self.items[*b]);
            let size = |item: &(usize, i128, bool)| super::arithmetic::float(item.1);
            (missing(a) / size(a))
                .total_cmp(&(missing(b) / size(b)))
                .then(b.1.cmp(&a.1))
                .then(a.0.cmp(&b.0))
        });
        let mut cover = Vec::new();
        let mut sum = 0;
        for at in order {
            if sum > self.room {
                break;
            }
            sum += self.items[at].1;
            cover.push(at);
        }
        if sum <= self.room {
            return None;
        }
        // What misses most leaves first, as long as the rest still exceeds the room.
        cover.sort_by(|a, b| {
            let (a, b) = (&self.items[*a], &self.items[*b]);
            missing(b).total_cmp(&missing(a)).then(a.0.cmp(&b.0))
        });
        cover.retain(|at| {
            let without = sum - self.items[*at].1;
            let goes = without > self.room;
            if goes {
                sum = without;
            }
            !goes
        });
        let lack: f64 = cover.iter().map(|at| missing(&self.items[*at])).sum();
        (lack < 1.0 - VIOLATED).then(|| self.lifted(&cover))
    }

    /// "At most all but one of the cover", where a column outside counts as many as the largest of
    /// the cover that it is as large as together.
    fn lifted(&self, cover: &[usize]) -> Cover {
        let mut sizes: Vec<i128> = cover.iter().map(|at| self.items[*at].1).collect();
        sizes.sort_unstable_by(|a, b| b.cmp(a));
        let sums: Vec<i128> = sizes
            .iter()
            .scan(0, |sum, size| {
                *sum += size;
                Some(*sum)
            })
            .collect();
        let mut inside = vec![false; self.items.len()];
        for at in cover {
            inside[*at] = true;
        }
        let mut limit = i64::try_from(cover.len()).unwrap_or(i64::MAX) - 1;
        let mut entries = Vec::new();
        for (at, (column, size, opposite)) in self.items.iter().enumerate() {
            let count = if inside[at] {
                1
            } else {
                let whole = sums.partition_point(|sum| sum <= size);
                i64::try_from(whole).unwrap_or(0)
            };
            if count > 0 && *opposite {
                limit -= count;
                entries.push((*column, -count));
            } else if count > 0 {
                entries.push((*column, count));
            }
        }
        Cover { entries, limit }
    }
}
