//! Purchases of one need within some months are summed: of all windows of that length that hold a
//! purchase, the one with the largest sum counts. A window starts on the day of a purchase and
//! both its end days belong to it: twelve months from 1 June 2025 end on 31 May 2026.
use std::collections::BTreeMap;

use chrono::{Months, NaiveDate};
use explain::read::Given;
use money::{Amount, MoneyError};

use super::{Purchase, estimate::Estimate};

/// What is summed with one purchase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Window {
    pub(super) sum: Amount,
    pub(super) first_day: NaiveDate,
    pub(super) last_day: NaiveDate,
    /// Positions of all purchases in it, in the order of their days, then of the question.
    pub(super) members: Vec<usize>,
}

/// The windows of all purchases, and whose need has a purchase without day or value.
#[derive(Debug, Default)]
pub(super) struct Windows {
    by_position: BTreeMap<usize, Window>,
    unknown_beside: BTreeMap<usize, Vec<usize>>,
}

/// A purchase with a day and a value.
#[derive(Clone, Copy)]
struct Dated {
    day: NaiveDate,
    position: usize,
    amount: Amount,
}

impl Windows {
    pub(super) fn of(&self, position: usize) -> Option<&Window> {
        self.by_position.get(&position)
    }

    /// Purchases of the same need that may belong to the window, but lack a day or a value.
    pub(super) fn unknown_beside(&self, position: usize) -> &[usize] {
        self.unknown_beside
            .get(&position)
            .map_or(&[], Vec::as_slice)
    }

    pub(super) fn find(
        purchases: &[Purchase],
        days: &[Option<NaiveDate>],
        estimates: &[Estimate],
        months: u32,
    ) -> Result<Self, MoneyError> {
        let mut needs: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (position, purchase) in purchases.iter().enumerate() {
            if let Given::Some(need) = &purchase.requirement {
                needs.entry(need).or_default().push(position);
            }
        }
        let mut windows = Self::default();
        for positions in needs.into_values() {
            let dated = |position: &usize| {
                Some(Dated {
                    day: (*days.get(*position)?)?,
                    position: *position,
                    amount: estimates.get(*position)?.total?,
                })
            };
            let mut known: Vec<Dated> = positions.iter().filter_map(dated).collect();
            known.sort_by_key(|dated| (dated.day, dated.position));
            let unknown: Vec<usize> = positions
                .iter()
                .copied()
                .filter(|position| dated(position).is_none())
                .collect();
            for position in positions {
                let others = unknown.iter().copied().filter(|other| *other != position);
                windows.unknown_beside.insert(position, others.collect());
            }
            windows.slide(&known, months)?;
        }
        Ok(windows)
    }

    /// One window per purchase that starts on its day; each member keeps its largest, the earliest
    /// of equal ones.
    fn slide(&mut self, known: &[Dated], months: u32) -> Result<(), MoneyError> {
        for (start, first) in known.iter().enumerate() {
            let end = first.day.checked_add_months(Months::new(months));
            let is_inside = |dated: &&Dated| end.is_none_or(|end| dated.day < end);
            let inside: Vec<Dated> = known
                .iter()
                .skip(start)
                .take_while(is_inside)
                .copied()
                .collect();
            let sum = inside
                .iter()
                .try_fold(Amount::ZERO, |sum, dated| sum.checked_add(dated.amount))?;
            let window = Window {
                sum,
                first_day: first.day,
                last_day: end.and_then(|end| end.pred_opt()).unwrap_or(NaiveDate::MAX),
                members: inside.iter().map(|dated| dated.position).collect(),
            };
            for dated in &inside {
                let kept = self.by_position.get(&dated.position);
                if kept.is_none_or(|kept| sum > kept.sum) {
                    self.by_position.insert(dated.position, window.clone());
                }
            }
        }
        Ok(())
    }
}
