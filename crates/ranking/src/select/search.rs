//! The exact search. Groups are taken one by one; a list holds every partial selection that no
//! other one dominates and whose bound still reaches a target. The target starts just below the
//! bound of the whole task and is lowered until a selection reaches it: everything that good was
//! then kept, so the best of it is the optimum, ties included.
//!
//! Groups with small organisations and groups without are listed apart and paired at the end:
//! within each list what is spent on small organisations follows from the spend, which keeps the
//! lists short even when scores and costs are strongly correlated.
use super::{
    bound::{self, Prices},
    states::{State, cut, merge},
    whole::{Item, Task},
};

/// Longest list within the work limit: bounds the memory.
const LIST_MAX: usize = 100_000;
/// Longest list beyond the work limit: enough to end with a good selection.
const LIST_MAX_TIRED: usize = 256;
/// The first target lies this part of the largest score below the bound.
const FIRST_ALLOWANCE_PART: i64 = 64;
/// How fast the target is lowered.
const ALLOWANCE_GROWTH: i64 = 4;

/// Work counted in partial selections, so that the same input always ends the same way.
#[derive(Debug, Clone, Copy)]
pub(super) struct Work {
    used: u64,
    most: u64,
}

impl Work {
    pub(super) const fn new(most: u64) -> Self {
        Self { used: 0, most }
    }

    pub(super) const fn is_used_up(&self) -> bool {
        self.used > self.most
    }

    /// A part of what is left, to be spent apart.
    pub(super) fn part(&self, parts: u64) -> Self {
        Self::new(self.most.saturating_sub(self.used) / parts.max(1))
    }

    /// Counts the work that was done apart.
    pub(super) const fn take(&mut self, other: &Self) {
        self.used = self.used.saturating_add(other.used);
    }

    /// Counts work done.
    pub(super) fn add(&mut self, states: usize) {
        self.used = self
            .used
            .saturating_add(u64::try_from(states).unwrap_or(u64::MAX));
    }

    fn list_max(&self) -> usize {
        if self.is_used_up() {
            LIST_MAX_TIRED
        } else {
            LIST_MAX
        }
    }
}

/// A feasible selection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) score: i64,
    pub(super) spend: i64,
    /// Places of its items, rising.
    pub(super) places: Vec<usize>,
}

/// What the search found out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Answer {
    pub(super) found: Option<Found>,
    /// The selection is the optimum, or there is none.
    pub(super) proven: bool,
    /// No feasible selection scores more.
    pub(super) bound: i64,
}

/// Solves a task, or stops with what it has when the work is used up.
pub(super) fn solve(task: &Task, work: &mut Work) -> Answer {
    match task.items.len() {
        0..=128 => solve_sized::<2>(task, work),
        129..=512 => solve_sized::<8>(task, work),
        _ => solve_sized::<32>(task, work),
    }
}

fn solve_sized<const W: usize>(task: &Task, work: &mut Work) -> Answer {
    let plan = Plan::of(task);
    let mut bound = plan.bound();
    let top = bound;
    let largest = task.items.iter().map(|item| item.score.abs()).max();
    let mut allowance = (largest.unwrap_or(0) / FIRST_ALLOWANCE_PART).max(1);
    let mut best: Option<State<W>> = None;
    loop {
        let mut run = Run {
            plan: &plan,
            target: top.saturating_sub(allowance),
            pruned: false,
            cut: false,
            work,
        };
        let found = run.best();
        let (target, complete) = (run.target, !run.pruned);
        let lost = run.cut;
        if lost {
            best = better(best, found);
            return Answer {
                found: best.map(|state| plan.found(&state)),
                proven: false,
                bound,
            };
        }
        if complete || found.is_some_and(|state| state.score >= target) {
            return Answer {
                found: found.map(|state| plan.found(&state)),
                proven: true,
                bound: found.map_or(bound, |state| state.score),
            };
        }
        bound = bound.min(target - 1);
        best = better(best, found);
        allowance = allowance.saturating_mul(ALLOWANCE_GROWTH);
        if let Some(best) = best {
            allowance = allowance.min(top - best.score);
        }
    }
}

fn better<const W: usize>(a: Option<State<W>>, b: Option<State<W>>) -> Option<State<W>> {
    match (a, b) {
        (Some(a), Some(b)) => Some(if a.value(&b).is_ge() { a } else { b }),
        (a, b) => a.or(b),
    }
}

/// One group in the order of the search.
struct Stage {
    /// By worth, best first, with the index in the task.
    items: Vec<(usize, Item)>,
    /// Most items to take.
    slots: usize,
    /// Sums of the positive worths of the first 0, 1, 2, … items.
    gains: Vec<i128>,
    /// Least worth lost by departing from what the prices suggest.
    clarity: i128,
    /// The most this group can spend on small organisations.
    small_most: i64,
    /// The most that everything outside this group and before it can still bring.
    rest_gain: i128,
    /// What must be spent on small organisations once this group is done, because the groups
    /// after it cannot make up for less.
    small_needed: i64,
}

impl Stage {
    fn of(task: &Task, prices: &Prices, group: &[Item]) -> Self {
        let slots = task.cap.min(group.len());
        let mut items: Vec<(usize, Item)> = group
            .iter()
            .map(|item| {
                let index = task.items.partition_point(|other| other.place < item.place);
                (index, *item)
            })
            .collect();
        items.sort_by_key(|(index, item)| (std::cmp::Reverse(prices.worth_of(item)), *index));
        let worths: Vec<i128> = items
            .iter()
            .map(|(_, item)| prices.worth_of(item))
            .collect();
        let mut gains = vec![0];
        for worth in &worths {
            gains.push(gains.last().copied().unwrap_or(0) + (*worth).max(0));
        }
        let clarity = if let [.., last] = worths[..slots]
            && let Some(next) = worths.get(slots).filter(|_| last > 0)
        {
            last - (*next).max(0)
        } else {
            worths.iter().map(|worth| worth.abs()).min().unwrap_or(0)
        };
        let mut small_costs: Vec<i64> = group
            .iter()
            .filter(|item| item.small)
            .map(|item| item.cost)
            .collect();
        small_costs.sort_unstable_by(|a, b| b.cmp(a));
        Self {
            items,
            slots,
            gains,
            clarity,
            small_most: small_costs.iter().take(slots).sum(),
            rest_gain: 0,
            small_needed: 0,
        }
    }

    fn gain(&self) -> i128 {
        self.gain_from(0, self.slots)
    }

    /// The most that `slots` items from this position on can bring.
    fn gain_from(&self, position: usize, slots: usize) -> i128 {
        let end = position.saturating_add(slots).min(self.items.len());
        self.gains[end] - self.gains[position.min(end)]
    }
}

/// The task in the order of the search.
struct Plan<'a> {
    task: &'a Task,
    prices: Prices,
    sides: [Vec<Stage>; 2],
}

impl<'a> Plan<'a> {
    fn of(task: &'a Task) -> Self {
        let groups = bound::groups(task);
        let prices = bound::best_prices(task, &groups);
        let mut stages: Vec<Stage> = groups
            .iter()
            .map(|group| Stage::of(task, &prices, group))
            .collect();
        // Clear cases first: the lists stay short until the doubtful groups come.
        stages.sort_by_key(|stage| std::cmp::Reverse(stage.clarity));
        let mut sides = [Vec::new(), Vec::new()];
        for (position, stage) in stages.into_iter().enumerate() {
            let first = if task.floor > 0 {
                stage.small_most > 0
            } else {
                position % 2 == 0
            };
            sides[usize::from(!first)].push(stage);
        }
        let total = prices.base(task) + sides.iter().flatten().map(Stage::gain).sum::<i128>();
        for side in &mut sides {
            let mut rest_gain = total;
            for stage in side {
                rest_gain -= stage.gain();
                stage.rest_gain = rest_gain;
            }
        }
        let mut small_needed = task.floor;
        for stage in sides[0].iter_mut().rev() {
            stage.small_needed = small_needed;
            small_needed -= stage.small_most;
        }
        Self {
            task,
            prices,
            sides,
        }
    }

    /// No feasible selection scores more, by prices alone.
    fn bound(&self) -> i64 {
        let gains: i128 = self.sides.iter().flatten().map(Stage::gain).sum();
        let bound = (self.prices.base(self.task) + gains).div_euclid(self.prices.scale);
        i64::try_from(bound).unwrap_or(i64::MAX)
    }

    fn prospect<const W: usize>(&self, state: &State<W>) -> i128 {
        self.prices.worth(state.score, state.spend, state.small)
    }

    fn found<const W: usize>(&self, state: &State<W>) -> Found {
        let items = self.task.items.iter().enumerate();
        Found {
            score: state.score,
            spend: state.spend,
            places: items
                .filter(|(index, _)| state.is_marked(*index))
                .map(|(_, item)| item.place)
                .collect(),
        }
    }
}

/// One pass at one target.
struct Run<'a, 'w> {
    plan: &'a Plan<'a>,
    target: i64,
    /// Something was left out because it cannot reach the target.
    pruned: bool,
    /// Something was left out because the lists grew too long.
    cut: bool,
    work: &'w mut Work,
}

impl Run<'_, '_> {
    /// The best selection among those kept; the optimum when it reaches the target.
    fn best<const W: usize>(&mut self) -> Option<State<W>> {
        let plan = self.plan;
        let [first, second] = &plan.sides;
        let first = self.list::<W>(first);
        let second = self.list::<W>(second);
        let mut best = None;
        for a in first.iter().filter(|a| a.small >= plan.task.floor) {
            let left = plan.task.budget - a.spend;
            // In the second list score rises with spend: the last that fits is the best.
            let fitting = second.partition_point(|b| b.spend <= left);
            if let Some(b) = fitting.checked_sub(1).and_then(|last| second.get(last)) {
                let mut both = State {
                    spend: a.spend + b.spend,
                    small: a.small,
                    score: a.score + b.score,
                    chosen: a.chosen,
                };
                for (word, other) in both.chosen.iter_mut().zip(b.chosen) {
                    *word |= other;
                }
                best = better(best, Some(both));
            }
        }
        best
    }

    fn list<const W: usize>(&mut self, stages: &[Stage]) -> Vec<State<W>> {
        let mut list = vec![State::EMPTY];
        for stage in stages {
            list = self.extend(stage, list);
            let width = self.work.list_max();
            self.cut |= cut(&mut list, width, |state| self.plan.prospect(state));
        }
        list
    }

    /// Every way to take up to `slots` items of this group on top of the list.
    fn extend<const W: usize>(&mut self, stage: &Stage, list: Vec<State<W>>) -> Vec<State<W>> {
        // By number of items taken from this group.
        let mut by_count = vec![list];
        for (position, (index, item)) in stage.items.iter().enumerate() {
            let room = by_count.len() - 1 < stage.slots;
            if room {
                by_count.push(Vec::new());
            }
            for count in (0..by_count.len()).rev() {
                if let Some(below) = count.checked_sub(1) {
                    let taken = self.take(&by_count[below], *index, item);
                    by_count[count] = merge(&by_count[count], &taken);
                }
                let gain = stage.gain_from(position + 1, stage.slots - count) + stage.rest_gain;
                let before = by_count[count].len();
                self.keep_promising(&mut by_count[count], gain);
                self.work.add(before);
            }
        }
        let mut all = by_count
            .into_iter()
            .reduce(|all, more| merge(&all, &more))
            .unwrap_or_default();
        all.retain(|state| state.small >= stage.small_needed);
        all
    }

    fn take<const W: usize>(&self, list: &[State<W>], index: usize, item: &Item) -> Vec<State<W>> {
        let task = self.plan.task;
        list.iter()
            .filter(|state| state.spend <= task.budget - item.cost)
            .map(|state| {
                let mut taken = *state;
                taken.spend += item.cost;
                taken.score += item.score;
                if item.small {
                    taken.small = (taken.small + item.cost).min(task.floor);
                }
                taken.mark(index);
                taken
            })
            .collect()
    }

    fn keep_promising<const W: usize>(&mut self, list: &mut Vec<State<W>>, gain: i128) {
        let plan = self.plan;
        let target = i128::from(self.target) * plan.prices.scale;
        let before = list.len();
        list.retain(|state| plan.prospect(state) + gain >= target);
        self.pruned |= list.len() < before;
    }
}
