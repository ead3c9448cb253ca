//! One figure of a cost plan is changed and the rest is solved: the cost of every line and year stays,
//! money moves as little as it can, and the programme's limits hold or are named.
//!
//! With one source changing and another taking up the difference, every limit is kept on one side of a
//! turning point, which is found to the cent by halving. A second source moves only as far as the first
//! cannot. Years that are matched apart make the turning point depend on how cents fall, so that every
//! answer is checked against all limits once more before it is given.
use std::collections::BTreeMap;

use explain::FinancialYear;
use money::{Hkd, MoneyError};

use crate::{
    Asked, Counted, Source,
    grid::{Grid, move_between},
    limits::{Paid, Rules, Standing},
};

/// Steps of one cent by which an answer is corrected where cents of matched years fall unevenly.
const CORRECTIONS_MAX: i64 = 64;

/// The last value from the first end on at which `keeps` holds, by halving.
fn turning_point(
    (mut kept, mut broken): (i64, i64),
    keeps: impl Fn(i64) -> Result<bool, MoneyError>,
) -> Result<i64, MoneyError> {
    while (kept - broken).abs() > 1 {
        let middle = i64::midpoint(kept, broken);
        if keeps(middle)? {
            kept = middle;
        } else {
            broken = middle;
        }
    }
    Ok(kept)
}

/// Money that goes from one source to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// Who pays less.
    pub from: Source,
    /// Who pays more.
    pub to: Source,
    /// By how much.
    pub amount: Hkd,
}

/// How far a source can go while every limit holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Range {
    /// The least it can pay.
    pub low: Hkd,
    /// The most it can pay.
    pub high: Hkd,
    /// The limit that one cent less would break; none where nothing is left to move.
    pub low_limit: Option<&'static str>,
    /// The limit that one cent more would break; none where nothing is left to move.
    pub high_limit: Option<&'static str>,
}

/// What each source pays, year by year.
type Years = BTreeMap<FinancialYear, BTreeMap<Source, Hkd>>;

/// The answer to one change.
#[derive(Debug, Clone)]
pub(crate) struct Solution {
    pub(crate) grid: Grid,
    pub(crate) moved: Vec<Moved>,
    pub(crate) broken: Vec<Standing>,
    /// By how much more than there is the change asks for; below zero never.
    pub(crate) beyond: Hkd,
}

/// The sources that move, and where they stand.
pub(crate) struct Solver<'a> {
    rules: &'a Rules<'a>,
    grid: &'a Grid,
    paid: Paid,
    /// Those that move: the changed one, then those that take up the difference.
    movers: Vec<&'a Source>,
    /// What each mover pays in each slot.
    columns: Vec<Vec<Hkd>>,
    /// Cents that each mover may give up: changed, first, second.
    movable: [i64; 3],
    /// Cents of the changed source on lines that stay.
    fixed: i64,
}

impl<'a> Solver<'a> {
    /// None where no source takes up the difference.
    pub(crate) fn of(
        rules: &'a Rules<'a>,
        grid: &'a Grid,
        changed: &'a Source,
        absorb: &'a [Source],
    ) -> Result<Option<Self>, MoneyError> {
        if absorb.is_empty() {
            return Ok(None);
        }
        let movers: Vec<&Source> = std::iter::once(changed).chain(absorb).take(3).collect();
        let columns: Vec<Vec<Hkd>> = movers.iter().map(|source| grid.column(source)).collect();
        let mut movable = [0; 3];
        for (cents, column) in movable.iter_mut().zip(&columns) {
            *cents = Hkd::checked_sum(column.iter().copied())?.cents();
        }
        let paid = grid.paid()?;
        let whole = paid.total.get(changed).copied().unwrap_or_default();
        Ok(Some(Self {
            fixed: whole.cents() - movable[0],
            rules,
            grid,
            paid,
            movers,
            columns,
            movable,
        }))
    }

    fn all(&self) -> i64 {
        self.movable.iter().sum()
    }

    /// The change, solved; or the nearest that there is, with every limit that it breaks.
    pub(crate) fn solve(&self, asked: &Asked) -> Result<Solution, MoneyError> {
        let wanted = asked.to.cents() - self.fixed;
        let open = wanted.clamp(0, self.all());
        let second = match self.second_for(open)? {
            Some(second) => second,
            None => self.movable[2].clamp(0, self.all() - open),
        };
        let (grid, moved) = self.moved(open, second)?;
        let broken = self.rules.standings(&grid.paid()?)?;
        Ok(Solution {
            grid,
            moved,
            broken: broken.into_iter().filter(|one| !one.keeps()).collect(),
            beyond: Hkd::from_cents((wanted - open).abs()),
        })
    }

    /// How far the changed source can go; none where no plan keeps every limit.
    pub(crate) fn range(&self) -> Result<Option<Range>, MoneyError> {
        let Some(seed) = self.seed()? else {
            return Ok(None);
        };
        let low = self.furthest(seed, 0)?;
        let high = self.furthest(seed, self.all())?;
        let total = |open: i64| Hkd::from_cents(open + self.fixed);
        Ok(Some(Range {
            low: total(low),
            high: total(high),
            low_limit: self.stopped_by(low, -1)?,
            high_limit: self.stopped_by(high, 1)?,
        }))
    }

    /// A value of the changed source at which every limit holds.
    fn seed(&self) -> Result<Option<i64>, MoneyError> {
        let mut tried = vec![self.movable[0], 0, self.all()];
        let second = self.movable[2];
        let spans = self.spans(0, self.all() - second, |open| (open, second))?;
        tried.extend(
            spans
                .into_iter()
                .flatten()
                .flat_map(|(low, high)| [low, high]),
        );
        for open in tried {
            if self.second_for(open)?.is_some() {
                return Ok(Some(open));
            }
        }
        Ok(None)
    }

    /// The value furthest from `seed` towards `end` at which every limit holds.
    fn furthest(&self, seed: i64, end: i64) -> Result<i64, MoneyError> {
        if self.second_for(end)?.is_some() {
            return Ok(end);
        }
        turning_point((seed, end), |open| Ok(self.second_for(open)?.is_some()))
    }

    fn stopped_by(&self, open: i64, step: i64) -> Result<Option<&'static str>, MoneyError> {
        let next = open + step;
        if !(0..=self.all()).contains(&next) {
            return Ok(None);
        }
        let second = self.movable[2].clamp(0, self.all() - next);
        let (grid, _) = self.moved(next, second)?;
        let standings = self.rules.standings(&grid.paid()?)?;
        let broken = standings.iter().find(|one| !one.keeps());
        Ok(broken.map(|one| one.limit.name))
    }

    /// The cents of the second source nearest to what it pays now at which every limit holds.
    fn second_for(&self, open: i64) -> Result<Option<i64>, MoneyError> {
        let top = self.all() - open;
        let now = self.movable[2].clamp(0, top);
        if self.movers.len() < 3 {
            return Ok(self.holds(open, 0)?.then_some(0));
        }
        if self.holds(open, now)? {
            return Ok(Some(now));
        }
        let (mut low, mut high) = (0, top);
        for span in self.spans(0, top, |second| (open, second))? {
            let Some(span) = span else {
                return Ok(None);
            };
            (low, high) = (low.max(span.0), high.min(span.1));
        }
        if low > high {
            return Ok(None);
        }
        let nearest = now.clamp(low, high);
        let inward = if nearest == low { 1 } else { -1 };
        for step in 0..=CORRECTIONS_MAX {
            let second = nearest + step * inward;
            if (low..=high).contains(&second) && self.holds(open, second)? {
                return Ok(Some(second));
            }
        }
        Ok(None)
    }

    /// Where each limit holds between `low` and `high`, as it is kept on one side of a point.
    fn spans(
        &self,
        low: i64,
        high: i64,
        at: impl Fn(i64) -> (i64, i64),
    ) -> Result<Vec<Option<(i64, i64)>>, MoneyError> {
        if low > high {
            return Ok(Vec::new());
        }
        let kept = |value: i64| -> Result<Vec<bool>, MoneyError> {
            let (open, second) = at(value);
            let margins = self.margins(open, second)?;
            Ok(margins.iter().map(|margin| *margin >= Hkd::ZERO).collect())
        };
        let ends = kept(low)?.into_iter().zip(kept(high)?);
        ends.enumerate()
            .map(|(limit, (at_low, at_high))| {
                if at_low == at_high {
                    return Ok(at_low.then_some((low, high)));
                }
                let ends = if at_low { (low, high) } else { (high, low) };
                let turn = turning_point(ends, |value| {
                    Ok(kept(value)?.get(limit).is_none_or(|keeps| *keeps))
                })?;
                Ok(Some(if at_low { (low, turn) } else { (turn, high) }))
            })
            .collect()
    }

    fn holds(&self, open: i64, second: i64) -> Result<bool, MoneyError> {
        let margins = self.margins(open, second)?;
        Ok(margins.iter().all(|margin| *margin >= Hkd::ZERO))
    }

    fn margins(&self, open: i64, second: i64) -> Result<Vec<Hkd>, MoneyError> {
        let by_year = self
            .rules
            .matching
            .is_some_and(|matching| matching.counted == Counted::PerYear);
        let mut paid = self.totals(open, second)?;
        if by_year {
            paid.years = self.years(open, second)?;
        }
        self.rules.margins(&paid)
    }

    /// The totals after the change, without touching a cell.
    fn totals(&self, open: i64, second: i64) -> Result<Paid, MoneyError> {
        let mut total = self.paid.total.clone();
        for (source, (_, by)) in self.movers.iter().zip(self.differences(open, second)) {
            let sum = total.entry((*source).clone()).or_default();
            *sum = sum.checked_add(Hkd::from_cents(by))?;
        }
        Ok(Paid {
            total,
            years: BTreeMap::new(),
        })
    }

    /// What each source pays in each year after the change.
    fn years(&self, open: i64, second: i64) -> Result<Years, MoneyError> {
        let mut years = self.paid.years.clone();
        let (columns, _) = self.moved_columns(open, second)?;
        let changed = self.movers.iter().zip(self.columns.iter().zip(&columns));
        for (source, (was, now)) in changed {
            for (slot, (was, now)) in self.grid.slots.iter().zip(was.iter().zip(now)) {
                let year = years.entry(slot.financial_year).or_default();
                let sum = year.entry((*source).clone()).or_default();
                *sum = sum.checked_sub(*was)?.checked_add(*now)?;
            }
        }
        Ok(years)
    }

    /// Cents by which each mover changes; they sum to nothing.
    fn differences(&self, open: i64, second: i64) -> [(usize, i64); 3] {
        let first = self.all() - open - second;
        [
            (0, open - self.movable[0]),
            (1, first - self.movable[1]),
            (2, second - self.movable[2]),
        ]
    }

    /// The columns after the change: every giver to every taker until all is moved.
    fn moved_columns(
        &self,
        open: i64,
        second: i64,
    ) -> Result<(Vec<Vec<Hkd>>, Vec<Moved>), MoneyError> {
        let mut columns = self.columns.clone();
        let mut left = self.differences(open, second);
        let mut moved = Vec::new();
        while let (Some(giver), Some(taker)) = (
            left.iter().position(|(_, by)| *by < 0),
            left.iter().position(|(_, by)| *by > 0),
        ) {
            let cents = left[taker].1.min(-left[giver].1);
            let amount = Hkd::from_cents(cents);
            let mut taken = std::mem::take(&mut columns[taker]);
            move_between(&mut columns[giver], &mut taken, amount)?;
            columns[taker] = taken;
            moved.push(Moved {
                from: self.movers[giver].clone(),
                to: self.movers[taker].clone(),
                amount,
            });
            left[giver].1 += cents;
            left[taker].1 -= cents;
        }
        Ok((columns, moved))
    }

    /// The cells after the change.
    fn moved(&self, open: i64, second: i64) -> Result<(Grid, Vec<Moved>), MoneyError> {
        let (columns, moved) = self.moved_columns(open, second)?;
        let mut grid = self.grid.clone();
        for (source, column) in self.movers.iter().zip(&columns) {
            grid.set_column(source, column);
        }
        Ok((grid, moved))
    }
}
