//! The same selection in whole numbers: costs in their largest common unit, scores in theirs.
//! Exact, and small numbers make both the bounds and the search fast.
use std::collections::BTreeMap;

use money::{Amount, Decimal};

use super::{
    Request,
    arithmetic::{MILLION, common, millionths},
};

/// One application that could be funded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Item {
    /// Place among all ids in order; the smaller, the earlier in a sorted id list.
    pub(super) place: usize,
    /// Number of its group.
    pub(super) group: usize,
    /// Whether it counts towards the small share.
    pub(super) small: bool,
    /// In cost units, above zero, at most the budget.
    pub(super) cost: i64,
    /// In score units.
    pub(super) score: i64,
}

/// What the search solves: most score within the budget, at least `floor` on small
/// organisations, at most `cap` items per group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Task {
    pub(super) items: Vec<Item>,
    pub(super) budget: i64,
    pub(super) floor: i64,
    pub(super) cap: usize,
}

/// A request in whole numbers, and the way back.
#[derive(Debug, Clone)]
pub(super) struct Whole {
    pub(super) task: Task,
    /// Ids by place.
    pub(super) ids: Vec<String>,
    /// Millionths per cost unit.
    cost_unit: i64,
    /// Millionths per score unit.
    score_unit: i64,
}

impl Whole {
    /// `None` when a number does not fit, which the checks before exclude.
    pub(super) fn of(request: &Request) -> Option<Self> {
        let mut ids: Vec<String> = request
            .applications
            .iter()
            .map(|application| application.id.clone())
            .collect();
        ids.sort();
        let groups: BTreeMap<&str, usize> = request
            .applications
            .iter()
            .map(|application| application.group.as_str())
            .collect::<std::collections::BTreeSet<_>>()
            .into_iter()
            .zip(0..)
            .collect();
        let budget = millionths(request.budget.decimal())?;
        let mut items = Vec::with_capacity(ids.len());
        for application in &request.applications {
            let item = Item {
                place: ids.binary_search(&application.id).ok()?,
                group: *groups.get(application.group.as_str())?,
                small: application.small,
                cost: millionths(application.cost.decimal())?,
                score: millionths(application.score)?,
            };
            if item.cost <= budget {
                items.push(item);
            }
        }
        items.sort_by_key(|item| item.place);
        let cost_unit = unit(items.iter().map(|item| item.cost));
        let score_unit = unit(items.iter().map(|item| item.score));
        for item in &mut items {
            item.cost /= cost_unit;
            item.score /= score_unit;
        }
        let share = request.constraints.small_share.unwrap_or_default();
        let floor = i128::from(budget) * i128::from(millionths(share.decimal())?);
        let floor_unit = i128::from(MILLION) * i128::from(cost_unit);
        let cap = request
            .constraints
            .max_per_group
            .map_or(usize::MAX, |most| {
                usize::try_from(most).unwrap_or(usize::MAX)
            });
        Some(Self {
            task: Task {
                items,
                budget: budget / cost_unit,
                floor: i64::try_from((floor + floor_unit - 1) / floor_unit).ok()?,
                cap,
            },
            ids,
            cost_unit,
            score_unit,
        })
    }

    /// A sum of costs in money.
    pub(super) fn money(&self, units: i64) -> Amount {
        Amount::from_decimal(decimal(units, self.cost_unit))
    }

    /// A sum of scores in points.
    pub(super) fn points(&self, units: i64) -> Decimal {
        decimal(units, self.score_unit)
    }
}

fn decimal(units: i64, unit: i64) -> Decimal {
    Decimal::from_i128_with_scale(i128::from(units) * i128::from(unit), 6).normalize()
}

/// The largest unit that all values are whole in.
fn unit(values: impl Iterator<Item = i64>) -> i64 {
    let unit = values.fold(0, |unit, value| common(unit, value.into()));
    i64::try_from(unit).unwrap_or(1).max(1)
}
