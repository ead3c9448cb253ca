//! Bounds by prices (Lagrange multipliers): put a price on money and a premium on money for small
//! organisations, and each application is worth its score less its price. Whatever the prices,
//! the applications with positive worth bound every feasible set from above; the best prices
//! give the same bound as the linear relaxation, cap per group included. Whole numbers throughout.
use super::whole::{Item, Task};

/// Bits of the price scale at first; sums of 2,000 scores of 50 bits stay well below 127 bits.
const SCALE_BITS: u32 = 50;
/// Prices finer than this do not move a bound by a score unit.
const PRICE_MAX: i128 = 1 << 34;
/// How far above the best score per cost the premium may rise; beyond it the search prunes by
/// what small organisations can still take.
const PREMIUM_FACTOR: i128 = 16;

/// Prices in score units × `scale` per cost unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Prices {
    pub(super) scale: i128,
    pub(super) spend: i128,
    pub(super) small: i128,
}

impl Prices {
    /// What taking this much changes: score less price plus premium.
    pub(super) fn worth(&self, score: i64, spend: i64, small: i64) -> i128 {
        self.scale * i128::from(score) - self.spend * i128::from(spend)
            + self.small * i128::from(small)
    }

    pub(super) fn worth_of(&self, item: &Item) -> i128 {
        self.worth(
            item.score,
            item.cost,
            if item.small { item.cost } else { 0 },
        )
    }

    /// What the budget is worth, less what the small share has to bring.
    pub(super) fn base(&self, task: &Task) -> i128 {
        self.spend * i128::from(task.budget) - self.small * i128::from(task.floor)
    }
}

/// The items of a task by group; a group that the cap cannot bind falls apart into single items.
pub(super) fn groups(task: &Task) -> Vec<Vec<Item>> {
    let mut sorted = task.items.clone();
    sorted.sort_by_key(|item| (item.group, item.place));
    let mut groups = Vec::new();
    for group in sorted.chunk_by(|a, b| a.group == b.group) {
        if group.len() <= task.cap {
            groups.extend(group.iter().map(|item| vec![*item]));
        } else {
            groups.push(group.to_vec());
        }
    }
    groups
}

/// The prices with the (nearly) least bound.
pub(super) fn best_prices(task: &Task, groups: &[Vec<Item>]) -> Prices {
    let mut scale = 1 << SCALE_BITS;
    let mut rate = task
        .items
        .iter()
        .map(|item| scale * i128::from(item.score.abs()) / i128::from(item.cost))
        .max()
        .unwrap_or(0);
    while rate > PRICE_MAX && scale > 1 {
        scale /= 2;
        rate /= 2;
    }
    let mut relaxed = Relaxed {
        task,
        groups,
        scale,
        rate: rate + 1,
        scratch: Vec::new(),
    };
    let mut low = 0;
    let mut high = if task.floor > 0 {
        (rate + 1) * PREMIUM_FACTOR
    } else {
        0
    };
    while high > low {
        let step = ((high - low) / 8).max(1);
        let middle = low + (high - low - step) / 2;
        if relaxed.best_spend_price(middle).0 <= relaxed.best_spend_price(middle + step).0 {
            high = if step == 1 { middle } else { middle + step };
        } else {
            low = if step == 1 { middle + 1 } else { middle };
        }
    }
    Prices {
        scale,
        spend: relaxed.best_spend_price(low).1,
        small: low,
    }
}

struct Relaxed<'a> {
    task: &'a Task,
    groups: &'a [Vec<Item>],
    scale: i128,
    /// Above the largest score per cost, in price units.
    rate: i128,
    scratch: Vec<(i128, i64)>,
}

impl Relaxed<'_> {
    /// The least bound at this premium, and the price of money that gives it.
    fn best_spend_price(&mut self, small: i128) -> (i128, i128) {
        // Spending falls as the price rises: find where it starts to fit.
        let (mut low, mut high) = (0, self.rate + small + 1);
        while low < high {
            let middle = low + (high - low) / 2;
            if self.bound(middle, small).1 <= self.task.budget {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        let here = (self.bound(low, small).0, low);
        let before = (low - 1).max(0);
        here.min((self.bound(before, small).0, before))
    }

    /// The bound at these prices and what its set spends.
    fn bound(&mut self, spend: i128, small: i128) -> (i128, i64) {
        let prices = Prices {
            scale: self.scale,
            spend,
            small,
        };
        let mut value = prices.base(self.task);
        let mut used = 0;
        for group in self.groups {
            let positive = group
                .iter()
                .map(|item| (prices.worth_of(item), item.cost))
                .filter(|(worth, _)| *worth > 0);
            self.scratch.clear();
            self.scratch.extend(positive);
            if self.scratch.len() > self.task.cap {
                self.scratch.sort_unstable_by(|a, b| b.cmp(a));
            }
            for (worth, cost) in self.scratch.iter().take(self.task.cap) {
                value += worth;
                used += cost;
            }
        }
        (value, used)
    }
}
