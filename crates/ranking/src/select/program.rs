//! A selection with any rules in whole numbers: yes-or-no columns, rows that must not exceed their
//! limits, and groups of which at most so many applications are taken.
//!
//! An application is one column for its cheapest level and one more for every step up to the next
//! level, so that "is it funded" is always one column. Every row carries its own unit.
use std::{
    cmp::{Ordering, Reverse},
    collections::BTreeMap,
    ops::Range,
};

use money::Decimal;

use super::{
    Application, Request,
    arithmetic::{common, millionths},
    core::Core,
    rule::Rule,
};
use rows::{Raw, Rows};

mod rows;

/// A row's unit is counted in these parts of a dollar, or of an application.
const UNITS_PER_ONE: i128 = 1_000_000_000_000;
/// Places of [`UNITS_PER_ONE`].
const UNIT_PLACES: u32 = 12;
/// Bits that the largest sum of scores and spends together may take.
const BITS_MAX: u32 = 100;

/// One rule that adds up columns.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) rule: Rule,
    /// `None`: the rule has given way.
    pub(super) limit: Option<i64>,
    unit: i128,
}

impl Row {
    pub(super) fn is_budget(&self) -> bool {
        self.rule == Rule::Budget
    }
}

/// What is solved.
#[derive(Debug, Clone)]
pub(super) struct Program {
    /// Ids and level ids of the applications, in the order of their ids.
    pub(super) applications: Vec<Listed>,
    /// Application of each column.
    pub(super) owner: Vec<usize>,
    /// Row and coefficient, per column.
    pub(super) entries: Vec<Vec<(usize, i64)>>,
    pub(super) rows: Vec<Row>,
    /// Score and spend of each column.
    pub(super) score: Vec<i64>,
    pub(super) spend: Vec<i64>,
    /// Applications by group.
    pub(super) groups: Vec<Vec<usize>>,
    pub(super) cap: Option<usize>,
    pub(super) budget: i64,
    cost_unit: i128,
    score_unit: i128,
}

/// Funded applications with their level; no level is full funding.
pub(super) type Chosen = BTreeMap<String, Option<String>>;

/// An application in a program.
#[derive(Debug, Clone)]
pub(super) struct Listed {
    pub(super) id: String,
    /// Its columns: the cheapest level, then the steps up.
    pub(super) columns: Range<usize>,
    /// Level ids from the cheapest up; `None` is full funding.
    pub(super) levels: Vec<Option<String>>,
}

/// One way to fund an application, in millionths.
struct Way {
    level: Option<String>,
    cost: i64,
    score: i64,
}

fn ways(application: &Application) -> Option<Vec<Way>> {
    let mut ways = Vec::with_capacity(application.levels.len() + 1);
    for level in &application.levels {
        ways.push(Way {
            level: Some(level.id.clone()),
            cost: millionths(level.cost.decimal())?,
            score: millionths(level.score)?,
        });
    }
    ways.sort_by(|a, b| {
        (a.cost, a.score, Reverse(&a.level)).cmp(&(b.cost, b.score, Reverse(&b.level)))
    });
    ways.push(Way {
        level: None,
        cost: millionths(application.cost.decimal())?,
        score: millionths(application.score)?,
    });
    Some(ways)
}

impl Program {
    /// `None` when sums would not fit.
    pub(super) fn of(request: &Request) -> Option<Self> {
        let mut sorted: Vec<&Application> = request.applications.iter().collect();
        sorted.sort_by(|a, b| a.id.cmp(&b.id));
        let mut raw = Raw::default();
        let mut groups: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for application in &sorted {
            let group = groups.entry(application.group.as_str()).or_default();
            group.push(raw.applications.len());
            raw.add(application, ways(application)?);
        }
        let rows = Rows::of(request, &sorted, &raw)?;
        let cost_unit = raw
            .spend
            .iter()
            .fold(0, |unit, cost| common(unit, (*cost).into()));
        let score_unit = raw
            .score
            .iter()
            .fold(0, |unit, score| common(unit, (*score).into()));
        let (cost_unit, score_unit) = (cost_unit.max(1), score_unit.max(1));
        let units = |values: Vec<i64>, unit: i128| -> Option<Vec<i64>> {
            let one = |value: i64| i64::try_from(i128::from(value) / unit).ok();
            values.into_iter().map(one).collect()
        };
        let budget = millionths(request.budget.decimal())?;
        let cap = request.constraints.max_per_group;
        let program = Self {
            owner: raw.owner,
            applications: raw.applications,
            entries: rows.entries,
            rows: rows.rows,
            score: units(raw.score, score_unit)?,
            spend: units(raw.spend, cost_unit)?,
            groups: groups.into_values().collect(),
            cap: cap.map(|cap| usize::try_from(cap).unwrap_or(usize::MAX)),
            budget: i64::try_from(i128::from(budget) / cost_unit).ok()?,
            cost_unit,
            score_unit,
        };
        let total: u128 = program.gains().iter().map(|gain| gain.unsigned_abs()).sum();
        (total < 1 << BITS_MAX).then_some(program)
    }

    /// More score is better; among equal scores, less spend.
    pub(super) fn gains(&self) -> Vec<i128> {
        let rank = i128::from(self.budget) + 1;
        let pairs = self.score.iter().zip(&self.spend);
        pairs
            .map(|(score, spend)| i128::from(*score) * rank - i128::from(*spend))
            .collect()
    }

    /// The score behind a gain, rounded up.
    pub(super) fn score_of_gain(&self, gain: i128) -> i128 {
        let rank = i128::from(self.budget) + 1;
        (gain + i128::from(self.budget)).div_euclid(rank)
    }

    /// Sum of scores in points.
    pub(super) fn points(&self, units: i128) -> Option<Decimal> {
        decimal(units.checked_mul(self.score_unit)?, 6)
    }

    /// Sum of spends in money.
    pub(super) fn money(&self, units: i128) -> Option<Decimal> {
        decimal(units.checked_mul(self.cost_unit)?, 6)
    }

    /// What a row adds up to, in money or applications.
    pub(super) fn measured(&self, row: usize, units: i128) -> Option<Decimal> {
        decimal(units.checked_mul(self.rows[row].unit)?, UNIT_PLACES)
    }

    /// Per row, the sum of its entries without their signs.
    pub(super) fn sums(&self) -> Vec<i128> {
        let mut sums = vec![0; self.rows.len()];
        for (row, entry) in self.entries.iter().flatten() {
            sums[*row] += i128::from(entry.abs());
        }
        sums
    }

    /// The row of a rule; the cap per group has none.
    pub(super) fn row_of(&self, rule: Rule) -> Option<usize> {
        self.rows.iter().position(|row| row.rule == rule)
    }

    /// Without this rule.
    pub(super) fn without(&self, rule: Rule) -> Self {
        let mut program = self.clone();
        if rule == Rule::MaxPerGroup {
            program.cap = None;
        }
        for row in program.rows.iter_mut().filter(|row| row.rule == rule) {
            row.limit = None;
        }
        program
    }

    /// Applications that more than the cap allows of stand in one group.
    pub(super) fn crowded(&self) -> impl Iterator<Item = &Vec<usize>> {
        let cap = self.cap.unwrap_or(usize::MAX);
        self.groups.iter().filter(move |group| group.len() > cap)
    }

    /// What is left when some columns are decided: the core and the column behind each of its own.
    pub(super) fn core(&self, gains: &[i128], decided: &[Option<bool>]) -> (Core, Vec<usize>) {
        let (core, columns) = self.whole_core(gains, decided);
        (core.without_idle_rows(), columns)
    }

    /// The same with every row: first those of the rules, then caps, then steps.
    pub(super) fn whole_core(
        &self,
        gains: &[i128],
        decided: &[Option<bool>],
    ) -> (Core, Vec<usize>) {
        let mut core = Core::default();
        let mut columns = Vec::new();
        let mut limits: Vec<i128> = self
            .rows
            .iter()
            .map(|row| row.limit.map_or(i128::MAX >> 1, i128::from))
            .collect();
        let mut position = vec![None; self.owner.len()];
        for (column, entries) in self.entries.iter().enumerate() {
            match decided[column] {
                Some(true) => {
                    for (row, entry) in entries {
                        limits[*row] -= i128::from(*entry);
                    }
                }
                Some(false) => {}
                None => {
                    position[column] = Some(core.column(gains[column], entries.clone()));
                    columns.push(column);
                }
            }
        }
        let most = i128::from(i64::MAX);
        let clamped = limits
            .into_iter()
            .map(|limit| i64::try_from(limit.clamp(-most, most)));
        core.limits = clamped.map(|limit| limit.unwrap_or(i64::MAX)).collect();
        let state = |column: usize| match decided[column] {
            None => Ok(position[column].unwrap_or_default()),
            Some(taken) => Err(taken),
        };
        for group in self.crowded() {
            let first = |place: &usize| state(self.applications[*place].columns.start);
            let taken = group.iter().filter(|p| first(p) == Err(true)).count();
            let free: Vec<usize> = group.iter().filter_map(|p| first(p).ok()).collect();
            let size = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
            let left = self.cap.map_or(i64::MAX, size) - size(taken);
            if size(free.len()) > left {
                core.row(left, free.into_iter().map(|column| (column, 1)));
                core.cap_rows += 1;
            }
        }
        for listed in &self.applications {
            let steps = listed.columns.clone().zip(listed.columns.clone().skip(1));
            for (below, above) in steps {
                match (state(below), state(above)) {
                    (Ok(below), Ok(above)) => core.row(0, [(above, 1), (below, -1)].into_iter()),
                    (Err(false), Ok(above)) => core.row(0, [(above, 1)].into_iter()),
                    (Ok(below), Err(true)) => core.row(-1, [(below, -1)].into_iter()),
                    // Decisions that contradict each other leave a row that nothing meets.
                    (Err(false), Err(true)) => core.row(-1, [].into_iter()),
                    (Err(true), _) | (Err(false) | Ok(_), Err(false)) => {}
                }
            }
        }
        (core, columns)
    }

    /// The funded applications with their level, by id; no level is full funding.
    pub(super) fn chosen(&self, taken: &[bool]) -> Chosen {
        let mut chosen = Chosen::new();
        for listed in &self.applications {
            let mut steps = listed.columns.clone().zip(&listed.levels);
            if let Some((_, level)) = steps.rfind(|(column, _)| taken[*column]) {
                chosen.insert(listed.id.clone(), level.clone());
            }
        }
        chosen
    }

    /// The order among sets that gain as much: first the sorted lists of ids, then the fuller levels.
    pub(super) fn order(&self, a: &[bool], b: &[bool]) -> Ordering {
        let firsts = || self.applications.iter().map(|listed| listed.columns.start);
        if let Some(differs) = firsts().find(|column| a[*column] != b[*column]) {
            let other = if a[differs] { b } else { a };
            // A list that has ended comes before every longer one.
            let goes_on = firsts().any(|column| column > differs && other[column]);
            return if a[differs] == goes_on {
                Ordering::Less
            } else {
                Ordering::Greater
            };
        }
        b.cmp(a)
    }

    /// What the taken columns use of a row.
    pub(super) fn used(&self, row: usize, taken: &[bool]) -> i128 {
        let columns = self.entries.iter().zip(taken).filter(|(_, taken)| **taken);
        columns
            .flat_map(|(entries, _)| entries)
            .filter(|(at, _)| *at == row)
            .map(|(_, entry)| i128::from(*entry))
            .sum()
    }
}

impl Core {
    fn row(&mut self, limit: i64, entries: impl Iterator<Item = (usize, i64)>) {
        let row = self.limits.len();
        self.limits.push(limit);
        for (column, entry) in entries {
            self.entries[column].push((row, entry));
        }
    }
}

fn decimal(units: i128, places: u32) -> Option<Decimal> {
    Decimal::try_from_i128_with_scale(units, places)
        .ok()
        .map(|value| value.normalize())
}
