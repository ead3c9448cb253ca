//! The rows of a program from the rules of a request.
use std::collections::BTreeMap;

use money::Decimal;

use super::{Listed, Row, UNITS_PER_ONE, Way};
use crate::select::{
    Application, Measure, PartRule, Request,
    arithmetic::{MILLION, common, millionths},
    rule::{Rule, shares, stated},
};

/// Columns before rows and units.
#[derive(Default)]
pub(super) struct Raw {
    pub(super) applications: Vec<Listed>,
    pub(super) owner: Vec<usize>,
    pub(super) spend: Vec<i64>,
    pub(super) score: Vec<i64>,
}

impl Raw {
    pub(super) fn add(&mut self, application: &Application, ways: Vec<Way>) {
        let start = self.owner.len();
        let (mut cost, mut score) = (0, 0);
        for way in &ways {
            self.owner.push(self.applications.len());
            self.spend.push(way.cost - cost);
            self.score.push(way.score - score);
            (cost, score) = (way.cost, way.score);
        }
        self.applications.push(Listed {
            id: application.id.clone(),
            columns: start..self.owner.len(),
            levels: ways.into_iter().map(|way| way.level).collect(),
        });
    }
}

pub(super) struct Rows {
    pub(super) rows: Vec<Row>,
    pub(super) entries: Vec<Vec<(usize, i64)>>,
}

impl Rows {
    pub(super) fn of(request: &Request, sorted: &[&Application], raw: &Raw) -> Option<Self> {
        let constraints = &request.constraints;
        let place: BTreeMap<&str, usize> = sorted
            .iter()
            .zip(0..)
            .map(|(application, place)| (application.id.as_str(), place))
            .collect();
        let most = shares(&constraints.at_most, sorted.iter().copied());
        let least = shares(&constraints.at_least, sorted.iter().copied());
        let mut all = Self {
            rows: Vec::new(),
            entries: vec![Vec::new(); raw.owner.len()],
        };
        for rule in stated(constraints) {
            let line = match rule {
                Rule::MaxPerGroup => continue,
                Rule::Budget => Line::money(raw, request.budget.decimal(), |_| Some(MILLION))?,
                Rule::SmallShare => {
                    let share = millionths(constraints.small_share?.decimal())?;
                    let floor =
                        i128::from(share) * i128::from(millionths(request.budget.decimal())?);
                    let mut line = Line::money(raw, Decimal::ZERO, |place| {
                        sorted[place].small.then_some(MILLION)
                    })?;
                    line.limit = floor;
                    line.negated()
                }
                Rule::AtMost(at) => Line::part(&constraints.at_most[at], &most[at], raw)?,
                Rule::AtLeast(at) => {
                    Line::part(&constraints.at_least[at], &least[at], raw)?.negated()
                }
                Rule::Exclusive(at) => Line {
                    entries: constraints.exclusive[at]
                        .iter()
                        .map(|id| {
                            Some((
                                raw.applications[*place.get(id.as_str())?].columns.start,
                                UNITS_PER_ONE,
                            ))
                        })
                        .collect::<Option<_>>()?,
                    limit: UNITS_PER_ONE,
                },
                Rule::Requires(at) => {
                    let rule = &constraints.requires[at];
                    let column = |id: &str| Some(raw.applications[*place.get(id)?].columns.start);
                    Line {
                        entries: vec![
                            (column(&rule.application)?, UNITS_PER_ONE),
                            (column(&rule.needs)?, -UNITS_PER_ONE),
                        ],
                        limit: 0,
                    }
                }
            };
            all.add(rule, &line)?;
        }
        Some(all)
    }

    /// Adds a row in its largest unit; `None` when numbers do not fit.
    fn add(&mut self, rule: Rule, line: &Line) -> Option<()> {
        let unit = line
            .entries
            .iter()
            .fold(0, |unit, (_, entry)| common(unit, *entry));
        let unit = unit.max(1);
        let mut sum = 0_i128;
        for (column, entry) in &line.entries {
            let entry = i64::try_from(entry / unit).ok()?;
            sum += i128::from(entry.abs());
            if entry != 0 {
                self.entries[*column].push((self.rows.len(), entry));
            }
        }
        // Past the sum of all entries a limit says nothing more, or cannot be met all the same.
        let most = sum + 1;
        let limit = line.limit.div_euclid(unit).clamp(-most, most);
        self.rows.push(Row {
            rule,
            limit: Some(i64::try_from(limit).ok()?),
            unit,
        });
        Some(())
    }
}

/// A row before its unit is known, in [`UNITS_PER_ONE`].
struct Line {
    entries: Vec<(usize, i128)>,
    limit: i128,
}

impl Line {
    /// What each application spends times a share of it in millionths.
    fn money(raw: &Raw, limit: Decimal, share: impl Fn(usize) -> Option<i64>) -> Option<Self> {
        let entries = raw
            .owner
            .iter()
            .zip(&raw.spend)
            .enumerate()
            .filter_map(|(column, (place, spend))| {
                Some((column, i128::from(*spend) * i128::from(share(*place)?)))
            })
            .collect();
        let limit = millionths(limit)?;
        Some(Self {
            entries,
            limit: i128::from(limit) * i128::from(MILLION),
        })
    }

    fn part(rule: &PartRule, shares: &[(usize, Decimal)], raw: &Raw) -> Option<Self> {
        let limit = i128::from(millionths(rule.value)?) * i128::from(MILLION);
        let mut entries = Vec::with_capacity(shares.len());
        for (place, share) in shares {
            let columns = raw.applications[*place].columns.clone();
            let share = i128::from(millionths(*share)?);
            match rule.measure {
                Measure::Spend => {
                    let spend = columns.map(|at| (at, i128::from(raw.spend[at]) * share));
                    entries.extend(spend);
                }
                Measure::Count => entries.push((columns.start, UNITS_PER_ONE)),
            }
        }
        Some(Self { entries, limit })
    }

    fn negated(mut self) -> Self {
        for (_, entry) in &mut self.entries {
            *entry = -*entry;
        }
        self.limit = -self.limit;
        self
    }
}
