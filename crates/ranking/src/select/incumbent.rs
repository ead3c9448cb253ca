//! A good selection from a relaxation: what it takes whole is kept, what still fits is added, and
//! selected columns make room for better ones.
use std::cmp::Reverse;

use super::{core::Core, search::Work};

/// Most columns of a core in which pairs make room, too.
const PAIRS_MAX: usize = 220;
/// Entries that count as one unit of work.
const ENTRIES_PER_WORK: usize = 1_024;
/// Most rounds of exchanges.
const ROUNDS: usize = 20;

/// A selection and what is left of every limit.
struct Filling<'a> {
    core: &'a Core,
    /// Columns in the order in which they are added.
    order: Vec<usize>,
    taken: Vec<bool>,
    left: Vec<i128>,
    gain: i128,
}

impl Core {
    /// Adds to these columns what still fits, best worth first; the result may break a row.
    pub(super) fn filled(&self, taken: Vec<bool>, worths: &[i128], open: Vec<usize>) -> Vec<bool> {
        let mut filling = Filling::of(self, taken, worths, open);
        filling.fill(None);
        filling.taken
    }

    /// The same, then improved by exchanges.
    pub(super) fn exchanged(
        &self,
        taken: Vec<bool>,
        worths: &[i128],
        pairs: bool,
        work: &mut Work,
    ) -> Vec<bool> {
        let open = (0..self.gain.len()).collect();
        let mut filling = Filling::of(self, taken, worths, open);
        filling.fill(None);
        if filling.left.iter().any(|left| *left < 0) {
            return filling.taken;
        }
        for _ in 0..ROUNDS {
            let better = filling.exchange(work) || pairs && filling.exchange_pairs(work);
            if !better || work.is_used_up() {
                break;
            }
        }
        filling.taken
    }
}

impl<'a> Filling<'a> {
    fn of(core: &'a Core, taken: Vec<bool>, worths: &[i128], open: Vec<usize>) -> Self {
        let mut order = open;
        order.sort_unstable_by_key(|column| (Reverse(worths[*column]), *column));
        let used = core.used(&taken);
        let limits = core.limits.iter().zip(used);
        let left = limits
            .map(|(limit, used)| i128::from(*limit) - used)
            .collect();
        let gains = core.gain.iter().zip(&taken);
        let gain = gains.filter(|(_, taken)| **taken).map(|(gain, _)| gain);
        Self {
            gain: gain.sum(),
            core,
            order,
            taken,
            left,
        }
    }

    fn set(&mut self, column: usize, taken: bool) {
        let sign = if taken { 1 } else { -1 };
        for (row, entry) in &self.core.entries[column] {
            self.left[*row] -= sign * i128::from(*entry);
        }
        self.gain += sign * self.core.gain[column];
        self.taken[column] = taken;
    }

    /// Adds what fits and gains or repairs a row, except this column; what was added.
    fn fill(&mut self, except: Option<usize>) -> Vec<usize> {
        let mut added = Vec::new();
        for at in 0..self.order.len() {
            let column = self.order[at];
            if self.taken[column] || Some(column) == except {
                continue;
            }
            let entries = &self.core.entries[column];
            // A row that is broken already may only get better.
            let fits = entries
                .iter()
                .all(|(row, entry)| *entry < 0 || self.left[*row] >= i128::from(*entry));
            let repairs = || {
                entries
                    .iter()
                    .any(|(row, entry)| *entry < 0 && self.left[*row] < 0)
            };
            if fits && (self.core.gain[column] > 0 || repairs()) {
                self.set(column, true);
                added.push(column);
            }
        }
        added
    }

    /// Whether every row holds and more is gained than before.
    fn is_better(&self, before: i128) -> bool {
        self.gain > before && self.left.iter().all(|left| *left >= 0)
    }

    /// Each selected column in turn makes room for others, where that gains.
    fn exchange(&mut self, work: &mut Work) -> bool {
        let mut better = false;
        for column in 0..self.taken.len() {
            if !self.taken[column] {
                continue;
            }
            work.add(1 + 4 * self.order.len() / ENTRIES_PER_WORK);
            better |= self.replace(&[column], None);
        }
        better
    }

    /// Each column left out displaces one that is selected, and what still fits is added.
    fn exchange_pairs(&mut self, work: &mut Work) -> bool {
        if self.order.len() > PAIRS_MAX {
            return false;
        }
        for first in 0..self.taken.len() {
            if !self.taken[first] {
                continue;
            }
            work.add(1 + 4 * self.order.len() * self.order.len() / ENTRIES_PER_WORK);
            for second in first + 1..self.taken.len() {
                if self.taken[second] && self.replace(&[first, second], None) {
                    return true;
                }
            }
            for second in 0..self.taken.len() {
                let is_out = !self.taken[second] && self.core.gain[second] > 0;
                if is_out && self.replace(&[first], Some(second)) {
                    return true;
                }
            }
        }
        false
    }

    /// Takes columns out, puts one in, fills up; undone unless it gains.
    fn replace(&mut self, out: &[usize], within: Option<usize>) -> bool {
        let before = self.gain;
        for column in out {
            self.set(*column, false);
        }
        if let Some(column) = within {
            self.set(column, true);
        }
        let except = out.first().copied().filter(|_| out.len() == 1);
        let added = self.fill(except);
        if self.is_better(before) {
            return true;
        }
        for column in added.into_iter().chain(within) {
            self.set(column, false);
        }
        for column in out {
            self.set(*column, true);
        }
        false
    }
}
