//! Bounds by prices on the rows of a whole program, exact in whole numbers: whatever the prices,
//! the best levels of each application and the best applications of each group bound every
//! feasible set. What deviating in one column loses at least settles that column for good once
//! the loss leaves nothing better than the best set known.
use super::{
    core::{Prices, room, scale},
    descent::Descent,
    program::Program,
};

/// Worth below every other.
const NONE: i128 = i128::MIN >> 2;

/// A program as prices see it.
pub(super) struct Pricing<'a> {
    program: &'a Program,
    gains: &'a [i128],
    /// How many columns of each application may be taken.
    usable: Vec<usize>,
    crowded: Vec<Vec<usize>>,
    alone: Vec<usize>,
    scale: i128,
    room: Vec<i128>,
}

/// What prices tell.
pub(super) struct Priced {
    pub(super) prices: Prices,
    /// The bound times the scale of the prices.
    pub(super) value: i128,
    /// What the prices suggest.
    pub(super) taken: Vec<bool>,
    /// What deviating in one column loses at least, times the scale.
    pub(super) loss: Vec<i128>,
}

impl Priced {
    /// No feasible set gains more.
    pub(super) fn bound(&self) -> i128 {
        self.value.div_euclid(self.prices.scale)
    }

    /// Columns that are as suggested in every set that gains at least this much.
    pub(super) fn settled(&self, gain: i128) -> Vec<Option<bool>> {
        let pairs = self.taken.iter().zip(&self.loss);
        pairs
            .map(|(taken, loss)| {
                let otherwise = (self.value - loss).div_euclid(self.prices.scale);
                (otherwise < gain).then_some(*taken)
            })
            .collect()
    }
}

impl<'a> Pricing<'a> {
    pub(super) fn of(program: &'a Program, gains: &'a [i128], out: &[Option<bool>]) -> Self {
        let usable = program
            .applications
            .iter()
            .map(|listed| {
                let open = listed.columns.clone().take_while(|c| out[*c].is_none());
                open.count()
            })
            .collect();
        let crowded: Vec<Vec<usize>> = program.crowded().cloned().collect();
        let mut alone = vec![true; program.applications.len()];
        for place in crowded.iter().flatten() {
            alone[*place] = false;
        }
        let sums = program.sums();
        let limits: Vec<i64> = program.rows.iter().map(|r| r.limit.unwrap_or(0)).collect();
        Self {
            program,
            gains,
            usable,
            crowded,
            alone: (0..alone.len()).filter(|place| alone[*place]).collect(),
            scale: scale(gains),
            room: room(&sums, &limits),
        }
    }

    pub(super) const fn scale(&self) -> i128 {
        self.scale
    }

    /// A search for good prices.
    pub(super) fn descent(&self) -> Descent<'_> {
        Descent::of(self.program, self.gains, &self.usable, &self.crowded)
    }

    /// The bound and the losses at these prices, which are cut so that sums fit.
    pub(super) fn at(&self, rows: Vec<i128>) -> Priced {
        let mut rows = rows;
        for ((price, most), row) in rows.iter_mut().zip(&self.room).zip(&self.program.rows) {
            *price = if row.limit.is_some() {
                (*price).clamp(0, *most)
            } else {
                0
            };
        }
        let columns = self.program.owner.len();
        let mut told = Told {
            pricing: self,
            worth: self.worths(&rows),
            value: 0,
            taken: vec![false; columns],
            loss: vec![0; columns],
        };
        for (price, row) in rows.iter().zip(&self.program.rows) {
            told.value += price * i128::from(row.limit.unwrap_or(0));
        }
        for place in &self.alone {
            told.group(&[*place], 1);
        }
        for group in &self.crowded {
            told.group(group, self.program.cap.unwrap_or(usize::MAX));
        }
        Priced {
            value: told.value,
            taken: told.taken,
            loss: told.loss,
            prices: Prices {
                scale: self.scale,
                rows,
            },
        }
    }

    fn worths(&self, prices: &[i128]) -> Vec<i128> {
        let columns = self.program.entries.iter().zip(self.gains);
        columns
            .map(|(entries, gain)| {
                let charge: i128 = entries
                    .iter()
                    .map(|(row, entry)| prices[*row] * i128::from(*entry))
                    .sum();
                gain * self.scale - charge
            })
            .collect()
    }
}

struct Told<'a> {
    pricing: &'a Pricing<'a>,
    worth: Vec<i128>,
    value: i128,
    taken: Vec<bool>,
    loss: Vec<i128>,
}

/// An application at its best level.
#[derive(Clone, Copy)]
struct Offer {
    place: usize,
    best: i128,
    /// Columns taken at that level.
    columns: usize,
}

impl Told<'_> {
    fn offer(&self, place: usize) -> Offer {
        let mut offer = Offer {
            place,
            best: NONE,
            columns: 0,
        };
        let start = self.pricing.program.applications[place].columns.start;
        let mut sum = 0;
        for step in 0..self.pricing.usable[place] {
            sum += self.worth[start + step];
            if sum > offer.best {
                offer.best = sum;
                offer.columns = step + 1;
            }
        }
        offer
    }

    fn group(&mut self, group: &[usize], cap: usize) {
        let mut offers: Vec<Offer> = group.iter().map(|place| self.offer(*place)).collect();
        if offers.len() > 1 {
            offers.sort_unstable_by_key(|offer| (std::cmp::Reverse(offer.best), offer.place));
        }
        let most = offers.iter().take(cap);
        let count = most.take_while(|offer| offer.best > 0).count();
        let (selected, others) = offers.split_at(count);
        // Who comes in for one that leaves, and who leaves for one that comes in.
        let (next, least) = if count == cap {
            (
                others.first().map_or(0, |offer| offer.best.max(0)),
                selected.last().map_or(0, |offer| offer.best),
            )
        } else {
            (0, 0)
        };
        for offer in selected {
            self.value += offer.best;
            self.losses(*offer, true, next);
        }
        for offer in others {
            self.losses(*offer, false, least);
        }
    }

    fn losses(&mut self, offer: Offer, selected: bool, instead: i128) {
        let start = self.pricing.program.applications[offer.place].columns.start;
        let usable = self.pricing.usable[offer.place];
        let mut sums = Vec::with_capacity(usable);
        let mut sum = 0;
        for column in start..start + usable {
            sum += self.worth[column];
            sums.push(sum);
        }
        let mut below = NONE;
        for step in 0..usable {
            let taken = selected && step < offer.columns;
            self.taken[start + step] = taken;
            let from_here = || sums[step..].iter().copied().max().unwrap_or(NONE);
            self.loss[start + step] = if taken {
                // A lower level, or nothing and the next one of the group.
                offer.best - below.max(instead)
            } else if selected {
                offer.best - from_here()
            } else {
                instead - from_here()
            };
            below = below.max(sums[step]);
        }
        for column in self.pricing.program.applications[offer.place]
            .columns
            .clone()
            .skip(usable)
        {
            self.loss[column] = i128::MAX >> 2;
        }
    }
}
