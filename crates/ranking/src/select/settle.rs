//! Most gain over the feasible sets of a program: prices settle every column whose other side
//! could not beat the best set known, branch and bound decides the few that are left. Each better
//! set settles more; when nothing is left open, the best is the optimum.
use super::{
    branch::{Close, Goal, search},
    core::Prices,
    covers::strengthened,
    pricing::{Priced, Pricing},
    program::Program,
    search::Work,
};

/// Up to so many columns are searched without settling any beforehand.
const WHOLE_MAX: usize = 120;
/// Columns nearest to doubt that are looked at first.
const DOUBTFUL_FIRST: usize = 160;
/// So many undecided columns are searched at once when all others are certain.
const AT_ONCE: usize = 700;
/// How many times as many are looked at next.
const DOUBTFUL_GROWTH: usize = 2;
/// Most columns that a search takes at once.
const DOUBTFUL_MAX: usize = 1_500;
/// A search that cannot prove anything takes this part of the work at most.
const GUESS_PART: u64 = 16;

/// The best columns of a program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Solved {
    /// The best selection found and its gain; `None` when none was found.
    pub(super) best: Option<(i128, Vec<bool>)>,
    /// Nothing gains more than this; `None` when nothing is feasible at all.
    pub(super) bound: Option<i128>,
    /// The best is the optimum, or nothing is feasible.
    pub(super) proven: bool,
    /// Prices of the rows that gave the bound.
    pub(super) prices: Vec<i128>,
}

/// Solves a program, from a feasible set if one is known, or until best and bound are `close`.
pub(super) fn settle(
    program: &Program,
    gains: &[i128],
    start: Option<Vec<bool>>,
    close: Option<i128>,
    work: &mut Work,
) -> Solved {
    let out = out_of_budget(program);
    let pricing = Pricing::of(program, gains, &out);
    let rows = program.rows.len();
    let small = out.iter().filter(|out| out.is_none()).count() <= WHOLE_MAX;
    let mut priced = pricing.at(vec![0; rows]);
    if !small {
        pricing.descent().prices(pricing.scale(), work, |prices| {
            let there = pricing.at(prices);
            if there.value < priced.value {
                priced = there;
            }
            true
        });
    }
    let mut settling = Settling {
        program,
        gains,
        pricing: &pricing,
        best: start.map(|taken| (gain_of(gains, &taken), taken)),
        bound: priced.bound(),
        priced,
        close,
    };
    let proven = if small {
        settling.look(&out, true, work)
    } else {
        settling.run(work)
    };
    settling.solved(proven)
}

struct Settling<'a> {
    program: &'a Program,
    gains: &'a [i128],
    pricing: &'a Pricing<'a>,
    best: Option<(i128, Vec<bool>)>,
    bound: i128,
    priced: Priced,
    close: Option<i128>,
}

impl Settling<'_> {
    /// Looks at more and more columns; whether the best is proven.
    fn run(&mut self, work: &mut Work) -> bool {
        let mut most = DOUBTFUL_FIRST;
        loop {
            let level = self.best.as_ref().map(|(gain, _)| *gain);
            let settled = level.map(|level| self.priced.settled(level + 1));
            let open = settled.as_ref().map(|settled| open_columns(settled));
            let most_at_once = most.max(AT_ONCE);
            if let Some(settled) = settled.filter(|_| open.is_some_and(|open| open <= most_at_once))
            {
                return self.look(&settled, true, work);
            }
            let before = self.priced.value;
            let mut guess = work.part(GUESS_PART);
            self.look(&self.nearest(most), false, &mut guess);
            work.take(&guess);
            if self.is_close() || work.is_used_up() {
                return false;
            }
            let better = self.best.as_ref().map(|(gain, _)| *gain) > level;
            if !better && self.priced.value >= before {
                if most >= DOUBTFUL_MAX {
                    return self.best.is_none() && self.is_hopeless(work);
                }
                most *= DOUBTFUL_GROWTH;
            }
        }
    }

    fn is_close(&self) -> bool {
        let best = self.best.as_ref().map(|(gain, _)| *gain);
        let close = self.close.map(|parts| Close { parts, base: 0 });
        best.zip(close)
            .is_some_and(|(best, close)| close.is_met(best, self.bound))
    }

    /// All columns as the prices suggest, except the ones that are the nearest to doubt.
    fn nearest(&self, most: usize) -> Vec<Option<bool>> {
        let priced = &self.priced;
        let mut order: Vec<usize> = (0..priced.loss.len()).collect();
        let most = most.min(order.len());
        order.select_nth_unstable_by_key(most.saturating_sub(1), |column| {
            (priced.loss[*column], *column)
        });
        let mut decided: Vec<Option<bool>> = priced.taken.iter().map(|t| Some(*t)).collect();
        for column in &order[..most] {
            decided[*column] = None;
        }
        decided
    }

    /// Searches the undecided columns. `whole`: the decided ones are certain, so what the search
    /// proves holds for the program.
    fn look(&mut self, decided: &[Option<bool>], whole: bool, work: &mut Work) -> bool {
        let mut decided = decided.to_vec();
        let level = self.best.as_ref().map_or(i128::MIN >> 4, |(gain, _)| *gain);
        loop {
            let (stated, columns) = self.program.core(self.gains, &decided);
            let base = base_gain(self.gains, &decided);
            let (core, root) = if whole {
                strengthened(stated, work)
            } else {
                (stated, None)
            };
            self.reprice(&core.origin, root.as_ref().map(|root| &root.stated));
            // Covers bound better: what they settle makes the search smaller.
            let clear = root.map(|root| root.settled(&core, level - base));
            if let Some(clear) = clear.filter(|clear| is_much(clear)) {
                for (column, clear) in columns.iter().zip(clear) {
                    decided[*column] = clear;
                }
                continue;
            }
            let goal = Goal {
                above: level - base,
                enough: None,
                close: self.close.map(|parts| Close { parts, base }),
            };
            let outcome = search(&core, &[], goal, work);
            if let Some((gain, taken)) = &outcome.best {
                self.best = Some((gain + base, whole_set(&decided, &columns, taken)));
            }
            if whole {
                self.bound = self.bound.min(outcome.bound.saturating_add(base));
            } else {
                self.reprice(&core.origin, outcome.root.as_ref());
            }
            return outcome.proven && whole;
        }
    }

    /// The prices of a core may bound the whole program better.
    fn reprice(&mut self, origin: &[usize], root: Option<&Prices>) {
        let Some(root) = root else {
            return;
        };
        let mut rows = vec![0; self.program.rows.len()];
        for (price, row) in root.rows.iter().zip(origin) {
            if let Some(there) = rows.get_mut(*row) {
                *there = price / (root.scale / self.pricing.scale()).max(1)
                    * (self.pricing.scale() / root.scale).max(1);
            }
        }
        let there = self.pricing.at(rows);
        if there.value < self.priced.value {
            self.bound = self.bound.min(there.bound());
            self.priced = there;
        }
    }

    /// Whether prices show that no set meets every rule: without any gain the bound would fall
    /// below zero.
    fn is_hopeless(&self, work: &mut Work) -> bool {
        let nothing = vec![0; self.gains.len()];
        let pricing = Pricing::of(self.program, &nothing, &out_of_budget(self.program));
        let mut hopeless = false;
        pricing.descent().prices(pricing.scale(), work, |prices| {
            hopeless |= pricing.at(prices).value < 0;
            !hopeless
        });
        hopeless
    }

    fn solved(self, proven: bool) -> Solved {
        let bound = if proven {
            self.best.as_ref().map(|(gain, _)| *gain)
        } else {
            Some(self.bound)
        };
        Solved {
            best: self.best,
            bound,
            proven,
            prices: self.priced.prices.rows,
        }
    }
}

/// Whether so many columns are clear that a smaller core pays.
fn is_much(clear: &[Option<bool>]) -> bool {
    4 * open_columns(clear) < 3 * clear.len()
}

fn open_columns(decided: &[Option<bool>]) -> usize {
    decided.iter().filter(|decided| decided.is_none()).count()
}

/// Levels that cost more than the whole budget are out.
pub(super) fn out_of_budget(program: &Program) -> Vec<Option<bool>> {
    let mut decided = vec![None; program.owner.len()];
    let mut rows = program.rows.iter();
    if rows.any(|row| row.is_budget() && row.limit.is_some()) {
        for listed in &program.applications {
            let mut cost = 0;
            for column in listed.columns.clone() {
                cost += program.spend[column];
                if cost > program.budget {
                    decided[column] = Some(false);
                }
            }
        }
    }
    decided
}

fn gain_of(gains: &[i128], taken: &[bool]) -> i128 {
    let taken = gains.iter().zip(taken).filter(|(_, taken)| **taken);
    taken.map(|(gain, _)| *gain).sum()
}

fn base_gain(gains: &[i128], decided: &[Option<bool>]) -> i128 {
    let taken = gains.iter().zip(decided);
    taken
        .filter(|(_, decided)| **decided == Some(true))
        .map(|(gain, _)| *gain)
        .sum()
}

/// The whole set from what was decided and what a search took of the rest.
pub(super) fn whole_set(decided: &[Option<bool>], columns: &[usize], taken: &[bool]) -> Vec<bool> {
    let mut set: Vec<bool> = decided.iter().map(|d| *d == Some(true)).collect();
    for (column, taken) in columns.iter().zip(taken) {
        set[*column] = *taken;
    }
    set
}
