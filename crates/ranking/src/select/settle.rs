//! Most gain over the feasible sets of a program: prices settle every column whose other side
//! could not beat the best set known, branch and bound decides the few that are left. Each better
//! set settles more; when nothing is left open, the best is the optimum.
use super::{
    branch::{Close, Goal, search},
    core::Prices,
    opened::{Opened, open_columns},
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
/// Most sets that gain as much as the best to be collected.
const EQUALS_MAX: usize = 32;
/// The first aim lies this part of the way from the bound down to the best set known.
const FIRST_ALLOWANCE_OF_GAP: i128 = 8;
/// Most aims; the last is at whatever is better than the best set known.
const AIMS_MAX: usize = 16;
/// How fast the aim is lowered.
const ALLOWANCE_GROWTH: (i128, i128) = (3, 2);
/// Prices that lower the bound by less than this part of the gap asked for are good enough.
const LAST_DIGITS_PART: i128 = 4;
/// Less than any set gains.
const NOTHING: i128 = i128::MIN >> 4;

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
    /// Of all sets that gain as much, the best is known to be the first in order.
    pub(super) is_first: bool,
}

/// What is known and wanted beside the optimum.
#[derive(Default)]
pub(super) struct Asked {
    /// A feasible set.
    pub(super) start: Option<Vec<bool>>,
    /// Stop when best and bound are one part in so many apart.
    pub(super) close: Option<i128>,
    /// Of all sets that gain as much, the first in order is wanted.
    pub(super) first: bool,
}

/// Solves a program.
pub(super) fn settle(program: &Program, gains: &[i128], asked: Asked, work: &mut Work) -> Solved {
    let out = out_of_budget(program);
    let pricing = Pricing::of(program, gains, &out);
    let rows = program.rows.len();
    let small = out.iter().filter(|out| out.is_none()).count() <= WHOLE_MAX;
    let mut priced = pricing.at(vec![0; rows]);
    if !small {
        pricing.descent().prices(pricing.scale(), work, |prices| {
            let there = pricing.at(prices);
            let gained = priced.value - there.value;
            if gained > 0 {
                priced = there;
            }
            // When best and bound need only come close, the last digits of the prices do not count.
            asked
                .close
                .is_none_or(|close| gained >= priced.value / close / LAST_DIGITS_PART)
        });
    }
    let mut settling = Settling {
        program,
        gains,
        pricing: &pricing,
        best: asked.start.map(|taken| (gain_of(gains, &taken), taken)),
        bound: priced.bound(),
        priced,
        close: asked.close,
        equals_max: if asked.first { EQUALS_MAX } else { 0 },
        is_first: false,
    };
    let proven = if small {
        settling.look(&out, Some(NOTHING), work)
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
    equals_max: usize,
    is_first: bool,
}

impl Settling<'_> {
    /// Looks at more and more columns; whether the best is proven.
    fn run(&mut self, work: &mut Work) -> bool {
        let mut most = DOUBTFUL_FIRST;
        loop {
            let level = self.best_gain();
            let before = self.priced.value;
            let at_best = self.priced.settled(level);
            if self.best.is_some() && open_columns(&at_best) <= most.max(AT_ONCE) {
                return self.look(&at_best, Some(level - 1), work);
            }
            let (nearest, floor) = self.nearest(most);
            let mut guess = work.part(GUESS_PART);
            if self.look(&nearest, Some(floor), &mut guess) {
                return true;
            }
            if self.best.is_none() {
                self.look(&nearest, None, &mut guess);
            }
            work.take(&guess);
            if self.is_close() || work.is_used_up() {
                return false;
            }
            if self.best_gain() <= level && self.priced.value >= before {
                if most >= DOUBTFUL_MAX {
                    return self.best.is_none() && self.is_hopeless(work);
                }
                most *= DOUBTFUL_GROWTH;
            }
        }
    }

    fn best_gain(&self) -> i128 {
        self.best.as_ref().map_or(NOTHING, |(gain, _)| *gain)
    }

    fn is_close(&self) -> bool {
        let best = self.best.as_ref().map(|(gain, _)| *gain);
        let close = self.close.map(|parts| Close { parts, base: 0 });
        best.zip(close)
            .is_some_and(|(best, close)| close.is_met(best, self.bound))
    }

    /// All columns as the prices suggest, except the ones that are the nearest to doubt; and what a
    /// set gains at most that differs in another column.
    fn nearest(&self, most: usize) -> (Vec<Option<bool>>, i128) {
        let priced = &self.priced;
        let mut order: Vec<usize> = (0..priced.loss.len()).collect();
        let most = most.min(order.len());
        let mut floor = NOTHING;
        if most < order.len() {
            let key = |column: &usize| (priced.loss[*column], *column);
            let (_, next, _) = order.select_nth_unstable_by_key(most, key);
            floor = (priced.value - priced.loss[*next]).div_euclid(priced.prices.scale);
        }
        let mut decided: Vec<Option<bool>> = priced.taken.iter().map(|t| Some(*t)).collect();
        for column in &order[..most] {
            decided[*column] = None;
        }
        (decided, floor)
    }

    /// Searches the undecided columns; whether the best is proven. What gains more than `floor` is
    /// certainly as decided; without a floor the search is a guess.
    fn look(&mut self, decided: &[Option<bool>], floor: Option<i128>, work: &mut Work) -> bool {
        let whole = self.opened(decided.to_vec(), floor, work);
        self.offer_rounded(&whole, true, work);
        let mut allowance = self.first_allowance();
        for aims_left in (0..AIMS_MAX).rev() {
            let can_aim = aims_left > 0 && floor.is_some() && self.best.is_some();
            let aim = if can_aim {
                self.bound.saturating_sub(allowance) - 1
            } else {
                NOTHING
            };
            let opened = self.narrowed(&whole, aim, work);
            if self.is_close() {
                return false;
            }
            let level = self.level(opened.least).max(aim);
            let goal = Goal {
                above: level - opened.base,
                enough: None,
                close: self.close.map(|parts| Close {
                    parts,
                    base: opened.base,
                }),
                equals_max: self.equals_max,
            };
            let outcome = search(&opened.core, &[], goal, work);
            if let Some((gain, taken)) = &outcome.best {
                self.offer(gain + opened.base, || opened.set(taken));
            }
            let Some(certain) = floor else {
                return false;
            };
            self.lower(opened.least, outcome.bound.saturating_add(opened.base));
            let best = self.best_gain();
            if outcome.proven && level > certain.max(best) && !self.is_close() {
                // Nothing gains what was aimed at: aim lower.
                let (times, parts) = ALLOWANCE_GROWTH;
                allowance = allowance.saturating_mul(times) / parts + 1;
                continue;
            }
            if let Some(equals) = outcome.equals.filter(|_| best > certain) {
                self.keep_first(equals.iter().map(|set| opened.set(set)));
            }
            return outcome.proven && (best > certain || certain == NOTHING);
        }
        false
    }

    /// How far below the bound is aimed first.
    fn first_allowance(&self) -> i128 {
        let apart = self.bound.saturating_sub(self.best_gain()) / FIRST_ALLOWANCE_OF_GAP;
        let close = self.close.map_or(0, |close| self.bound / close);
        apart.max(close).max(1)
    }

    /// What is left when these columns are decided; its prices may bound the program better.
    fn opened(
        &mut self,
        decided: Vec<Option<bool>>,
        least: Option<i128>,
        work: &mut Work,
    ) -> Opened {
        let opened = Opened::of(self.program, self.gains, decided, least, work);
        let root = opened.root.as_ref().map(|(_, root)| &root.stated);
        self.reprice(&opened.core.origin, root);
        if let Some(bound) = opened.bound() {
            self.lower(least, bound);
        }
        opened
    }

    /// The same without the columns that are clear in all sets that gain more than is aimed at;
    /// covers bound the rest better, which makes further columns clear.
    fn narrowed(&mut self, whole: &Opened, aim: i128, work: &mut Work) -> Opened {
        let mut opened = whole.clone();
        loop {
            let level = self.level(opened.least).max(aim);
            let Some(decided) = opened.settled(level) else {
                return opened;
            };
            let least = opened.least.map(|least| least.max(level));
            opened = self.opened(decided, least, work);
            self.offer_rounded(&opened, false, work);
        }
    }

    fn offer_rounded(&mut self, opened: &Opened, pairs: bool, work: &mut Work) {
        if let Some((gain, set)) = opened.rounded(pairs, work) {
            self.offer(gain, || set);
        }
    }

    /// What a set must gain more than to be looked for.
    fn level(&self, least: Option<i128>) -> i128 {
        let equals = i128::from(self.best.is_some() && self.equals_max > 0);
        least.unwrap_or(NOTHING).max(self.best_gain() - equals)
    }

    /// A search of what gains more than the floor ended with this bound.
    fn lower(&mut self, floor: Option<i128>, bound: i128) {
        if let Some(floor) = floor {
            self.bound = self.bound.min(bound.max(floor));
        }
    }

    fn offer(&mut self, gain: i128, set: impl FnOnce() -> Vec<bool>) {
        if gain > self.best_gain() {
            self.best = Some((gain, set()));
        }
    }

    /// Of all sets that gain as much as the best, the first in order.
    fn keep_first(&mut self, sets: impl Iterator<Item = Vec<bool>>) {
        if let Some(first) = sets.min_by(|a, b| self.program.order(a, b)) {
            self.best = Some((self.best_gain(), first));
            self.is_first = true;
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
            is_first: self.is_first,
        }
    }
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
