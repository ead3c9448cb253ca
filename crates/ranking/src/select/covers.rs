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
#[derive(Clone)]
pub(super) struct Root {
    /// Prices with the stated rows alone.
    pub(super) stated: Prices,
    /// Prices with the covers.
    with_covers: Prices,
    /// Columns that the relaxation takes whole.
    whole: Vec<bool>,
}

impl Root {
    pub(super) fn outlook(&self, core: &Core) -> Outlook {
        let (worths, limits) = core.worths(&self.with_covers, true);
        Outlook {
            value: limits + worths.iter().map(|worth| (*worth).max(0)).sum::<i128>(),
            scale: self.with_covers.scale,
            worths,
        }
    }

    /// A good selection near the relaxation.
    pub(super) fn rounded(
        &self,
        core: &Core,
        outlook: &Outlook,
        pairs: bool,
        work: &mut Work,
    ) -> Vec<bool> {
        core.exchanged(self.whole.clone(), &outlook.worths, pairs, work)
    }
}

/// What the prices with the covers tell about a core.
#[derive(Clone)]
pub(super) struct Outlook {
    worths: Vec<i128>,
    value: i128,
    scale: i128,
}

impl Outlook {
    /// No selection of the core gains more.
    pub(super) fn bound(&self) -> i128 {
        self.value.div_euclid(self.scale)
    }

    /// Columns that are so in every selection which gains more than this.
    pub(super) fn settled(&self, level: i128) -> Vec<Option<bool>> {
        self.worths
            .iter()
            .map(|worth| {
                let otherwise = (self.value - worth.abs()).div_euclid(self.scale);
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
            whole: values.iter().map(|value| *value > TAKEN_MIN).collect(),
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
        (lack < 1.0 - VIOLATED).then(|| self.lifted(&cover, missing))
    }

    /// "At most all but one of the cover", where a column outside counts as many as no selection
    /// with it can have beside it: one column after the other, those that
    /// the relaxation takes most of first.
    fn lifted(&self, cover: &[usize], missing: impl Fn(&(usize, i128, bool)) -> f64) -> Cover {
        let most = cover.len().saturating_sub(1);
        if cover.is_empty() {
            return Cover {
                entries: Vec::new(),
                limit: -1,
            };
        }
        let mut inside = vec![false; self.items.len()];
        for at in cover {
            inside[*at] = true;
        }
        // What so many take at least together.
        let mut sizes: Vec<i128> = cover.iter().map(|at| self.items[*at].1).collect();
        sizes.sort_unstable();
        let mut least = vec![0];
        for size in sizes.iter().take(most) {
            least.push(least.last().copied().unwrap_or(0) + size);
        }
        let mut outside: Vec<usize> = (0..self.items.len()).filter(|at| !inside[*at]).collect();
        outside.sort_by(|a, b| {
            let (a, b) = (&self.items[*a], &self.items[*b]);
            let more = missing(a).total_cmp(&missing(b));
            more.then(b.1.cmp(&a.1)).then(a.0.cmp(&b.0))
        });
        let mut counts: Vec<(usize, usize)> = cover.iter().map(|at| (*at, 1)).collect();
        for at in outside {
            let size = self.items[at].1;
            let fitting = least.partition_point(|least| *least <= self.room - size);
            let count = if fitting == 0 {
                most
            } else {
                most + 1 - fitting
            };
            if count == 0 {
                continue;
            }
            for sum in (0..=most).rev() {
                least[sum] = least[sum].min(least[sum.saturating_sub(count)] + size);
            }
            counts.push((at, count));
        }
        let number = |count: usize| i64::try_from(count).unwrap_or(0);
        let mut limit = number(most);
        let mut entries = Vec::new();
        for (at, count) in counts {
            let (column, _, opposite) = self.items[at];
            if opposite {
                limit -= number(count);
                entries.push((column, -number(count)));
            } else {
                entries.push((column, number(count)));
            }
        }
        Cover { entries, limit }
    }
}
