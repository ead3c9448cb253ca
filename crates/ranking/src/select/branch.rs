//! Branch and bound on a core: columns are decided one after the other, depth first, and a branch
//! is left as soon as its bound, exact in whole numbers, shows nothing better than the best known.
use super::{
    core::{Core, Prices, Relaxed},
    dictionary::Ended,
    search::Work,
};

/// How far from a whole number a value counts as fractional.
const FRACTION_MIN: f64 = 1e-6;
/// From here on a value counts as taken.
const TAKEN_MIN: f64 = 0.999_999;
/// A side that costs less than this counts as costing this much.
const PENALTY_MIN: f64 = 1e-9;

/// What is asked of a search.
#[derive(Debug, Clone, Copy)]
pub(super) struct Goal {
    /// Only what gains more is looked for.
    pub(super) above: i128,
    /// The search ends as soon as so much is gained; `None`: only at the optimum.
    pub(super) enough: Option<i128>,
    /// The search ends as soon as best and bound are this close.
    pub(super) close: Option<Close>,
    /// Sets that gain as much as the best are collected too, up to so many; 0: the best alone.
    pub(super) equals_max: usize,
}

/// A relative distance between the best and the bound.
#[derive(Debug, Clone, Copy)]
pub(super) struct Close {
    /// One part in so many.
    pub(super) parts: i128,
    /// What is gained outside the core.
    pub(super) base: i128,
}

impl Close {
    pub(super) fn is_met(self, best: i128, bound: i128) -> bool {
        (bound - best).saturating_mul(self.parts) <= best.saturating_add(self.base)
    }
}

/// How a search ended.
pub(super) struct Outcome {
    /// The best selection met and its gain, which may fall short of the goal.
    pub(super) best: Option<(i128, Vec<bool>)>,
    /// Every selection that gains as much, when they were asked for, proven and not too many.
    pub(super) equals: Option<Vec<Vec<bool>>>,
    /// Nothing gains more than this, or than what was asked for, whichever is higher.
    pub(super) bound: i128,
    /// Nothing better exists.
    pub(super) proven: bool,
}

/// Searches a core; columns in `fixed` are decided beforehand.
pub(super) fn search(core: &Core, fixed: &[(usize, bool)], goal: Goal, work: &mut Work) -> Outcome {
    let mut search = Search {
        core,
        relaxed: Relaxed::of(core),
        decided: vec![None; core.gain.len()],
        trail: Vec::new(),
        open: Vec::new(),
        best: None,
        equals: Vec::new(),
        equals_max: goal.equals_max,
        level: goal.above,
    };
    for (column, taken) in fixed {
        search.decide(*column, *taken);
    }
    search.run(goal, work)
}

/// A decision whose other side is still to be looked at.
struct Open {
    column: usize,
    other: bool,
    trail: usize,
    bound: i128,
}

struct Search<'a> {
    core: &'a Core,
    relaxed: Relaxed,
    decided: Vec<Option<bool>>,
    trail: Vec<usize>,
    open: Vec<Open>,
    best: Option<(i128, Vec<bool>)>,
    /// Selections as good as the best, and one more than asked for when they are too many.
    equals: Vec<Vec<bool>>,
    equals_max: usize,
    /// What a selection must exceed to be looked for.
    level: i128,
}

/// What is known at a node.
struct Node {
    bound: i128,
    next: Option<(usize, bool)>,
}

impl Search<'_> {
    fn run(mut self, goal: Goal, work: &mut Work) -> Outcome {
        let mut above = i128::MAX;
        loop {
            let node = self.look(above, work);
            let enough = goal.enough.is_some_and(|enough| self.level >= enough);
            if enough && self.best.is_some() {
                return self.ended(node.bound, false);
            }
            if let Some((column, taken)) = node.next.filter(|_| node.bound > self.level) {
                self.open.push(Open {
                    column,
                    other: !taken,
                    trail: self.trail.len(),
                    bound: node.bound,
                });
                self.decide(column, taken);
                above = node.bound;
            } else {
                let Some(open) = self.back() else {
                    let level = self.level;
                    return self.ended(level, true);
                };
                above = open;
            }
            if work.is_used_up() {
                return self.ended(above, false);
            }
            let best = self.best.as_ref().map(|(gain, _)| *gain);
            if best.zip(goal.close).is_some_and(|(best, close)| {
                close.is_met(best, self.open_bound(above).max(goal.above))
            }) {
                return self.ended(above, false);
            }
        }
    }

    fn open_bound(&self, here: i128) -> i128 {
        let bounds = self.open.iter().map(|open| open.bound);
        bounds.max().unwrap_or(i128::MIN).max(here)
    }

    fn ended(self, here: i128, proven: bool) -> Outcome {
        let best = self.best.as_ref().map_or(i128::MIN, |(gain, _)| *gain);
        let least = self.level.max(best);
        let bound = if proven {
            least
        } else {
            self.open_bound(here).max(least)
        };
        Outcome {
            best: self.best,
            equals: (proven && self.equals.len() <= self.equals_max).then_some(self.equals),
            bound,
            proven,
        }
    }

    fn decide(&mut self, column: usize, taken: bool) {
        self.decided[column] = Some(taken);
        let value = if taken { 1.0 } else { 0.0 };
        self.relaxed.dictionary.confine(column, value, value);
        self.trail.push(column);
    }

    /// Turns to the latest decision whose other side may still be better; its bound.
    fn back(&mut self) -> Option<i128> {
        loop {
            let open = self.open.pop()?;
            for column in self.trail.split_off(open.trail) {
                self.decided[column] = None;
                self.relaxed.dictionary.confine(column, 0.0, 1.0);
            }
            if open.bound > self.level {
                self.decide(open.column, open.other);
                return Some(open.bound);
            }
        }
    }

    /// Bounds the node, keeps what it offers, decides what is clear and says where to branch.
    fn look(&mut self, above: i128, work: &mut Work) -> Node {
        let level = self.relaxed.level(self.level);
        let ended = self.relaxed.dictionary.solve(level, work);
        if let Ended::Infeasible(row) = ended {
            let ray = self.relaxed.dictionary.ray(row);
            let prices = self.relaxed.prices(&ray);
            if self.priced(&prices, false).1 < 0 {
                return Node {
                    bound: i128::MIN,
                    next: None,
                };
            }
        }
        let prices = self.relaxed.prices(&self.relaxed.dictionary.prices());
        let (worths, value) = self.priced(&prices, true);
        let scale = prices.scale;
        let bound = value.div_euclid(scale).min(above);
        if bound <= self.level {
            return Node { bound, next: None };
        }
        if ended == Ended::Optimal {
            self.keep_rounded(&worths);
        }
        for (column, worth) in worths.iter().enumerate() {
            let without = (value - worth.abs()).div_euclid(scale);
            if self.decided[column].is_none() && without <= self.level {
                self.decide(column, *worth > 0);
            }
        }
        let next = self.branching(&worths);
        if next.is_none() {
            self.keep(
                self.decided
                    .iter()
                    .map(|taken| *taken == Some(true))
                    .collect(),
            );
        }
        Node { bound, next }
    }

    /// Worth of every column at these prices and the bound they give, times the price scale.
    fn priced(&self, prices: &Prices, with_gain: bool) -> (Vec<i128>, i128) {
        let (worths, limits) = self.core.worths(prices, with_gain);
        let best: i128 = worths
            .iter()
            .zip(&self.decided)
            .map(|(worth, decided)| match decided {
                Some(true) => *worth,
                Some(false) => 0,
                None => (*worth).max(0),
            })
            .sum();
        (worths, limits + best)
    }

    fn value(&self, column: usize) -> f64 {
        self.relaxed.dictionary.value(column)
    }

    /// The column to decide next and the side to look at first: the fraction whose sides both
    /// cost most by the next exchange, else any that is open.
    #[expect(
        clippy::float_arithmetic,
        reason = "the order of the search is a guess; bounds are whole numbers"
    )]
    fn branching(&self, worths: &[i128]) -> Option<(usize, bool)> {
        let mut found = None;
        let mut most = -1.0;
        for (column, _) in self.undecided() {
            let value = self.value(column);
            if value.min(1.0 - value) <= FRACTION_MIN {
                continue;
            }
            let (down, up) = self.relaxed.dictionary.penalties(column);
            let score = down.max(PENALTY_MIN) * up.max(PENALTY_MIN);
            if score > most {
                most = score;
                found = Some((column, up <= down));
            }
        }
        found.or_else(|| {
            self.undecided()
                .min_by_key(|(column, _)| (worths[*column].abs(), *column))
                .map(|(column, _)| (column, self.value(column) >= 0.5))
        })
    }

    fn undecided(&self) -> impl Iterator<Item = (usize, &Option<bool>)> {
        let columns = self.decided.iter().enumerate();
        columns.filter(|(_, decided)| decided.is_none())
    }

    /// Rounds the relaxation down, fills up with what still fits, best worth first, and keeps the
    /// result when it is better.
    fn keep_rounded(&mut self, worths: &[i128]) {
        let columns = self.core.gain.len();
        let taken: Vec<bool> = (0..columns)
            .map(|column| self.value(column) > TAKEN_MIN)
            .collect();
        let rest = self.undecided().map(|(column, _)| column);
        let rest = rest.filter(|column| !taken[*column]).collect();
        self.keep(self.core.filled(taken, worths, rest));
    }

    fn keep(&mut self, taken: Vec<bool>) {
        let Some(gain) = self.core.gain_of(&taken) else {
            return;
        };
        let best = self.best.as_ref().map_or(i128::MIN, |(gain, _)| *gain);
        if gain < best {
            return;
        }
        if gain > best {
            self.equals.clear();
        }
        if self.equals.len() <= self.equals_max && !self.equals.contains(&taken) {
            self.equals.push(taken.clone());
        }
        let equals = self.equals.len() <= self.equals_max;
        self.level = self.level.max(gain - i128::from(equals));
        if gain > best {
            self.best = Some((gain, taken));
        }
    }
}
