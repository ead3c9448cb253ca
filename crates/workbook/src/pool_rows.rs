//! The rows of a pool sheet as pools with amount, basis, period, weights and evidence, each value with
//! the cell it came from. Everything that cannot be read is listed at once.
use std::collections::BTreeMap;

use explain::date_from_text;
use money::{Decimal, Hkd, decimal_from_text};

use crate::{
    cell::{self, Cell},
    column::{Column, Field, Kind},
    grid::Grid,
    pool_columns::{PoolColumn, basis_code, basis_codes},
    refusal::Refusal,
};

/// A value with the cell that it came from.
pub(crate) struct Found {
    pub(crate) value: String,
    pub(crate) cell: String,
}

/// One pool of the sheet.
#[derive(Default)]
pub(crate) struct SheetPool {
    pub(crate) id: Option<String>,
    pub(crate) name: String,
    /// The cell that names it.
    pub(crate) cell: String,
    /// Amount, basis, evidence and period by key.
    pub(crate) own: BTreeMap<&'static str, Found>,
    pub(crate) weights: BTreeMap<String, Found>,
    pub(crate) evidence: BTreeMap<String, Found>,
}

/// Reads the rows of one sheet; what cannot be read is refused by its cell.
pub(crate) struct Reading<'a> {
    pub(crate) grid: &'a Grid,
    pub(crate) refused: Vec<Refusal>,
}

impl Reading<'_> {
    fn value(&mut self, row: u32, column: PoolColumn, kind: Kind) -> Option<Found> {
        let at = *self.grid.columns.get(&column.key())?;
        let name = self.grid.cell_name(row, at);
        let described = Column {
            field: Field::Own("value"),
            kind,
            heading: (String::new(), String::new()),
            width: 0,
        };
        let found = Cell {
            content: self.grid.cell(row, at),
            name: &name,
            path: "pools",
        };
        match cell::read(&found, &described) {
            Err(refusal) => {
                self.refused.push(refusal);
                None
            }
            Ok(value) => Some(Found {
                value: value?.as_str()?.trim().to_owned(),
                cell: name,
            }),
        }
    }

    fn refuse(&mut self, code: &str, cell: &str, message: &str) {
        let refusal = Refusal::of_cell(code, cell, "pools", message);
        self.refused.push(refusal);
    }

    /// A row without a pool belongs to the pool above.
    pub(crate) fn pools(&mut self) -> Vec<SheetPool> {
        let mut pools: Vec<SheetPool> = Vec::new();
        for row in self.grid.rows_below() {
            let id = self.value(row, PoolColumn::Id, Kind::Text);
            let name = self.value(row, PoolColumn::Pool, Kind::Text);
            let position = match (&name, &id) {
                (None, None) => pools.len().checked_sub(1),
                (Some(name), _) => pools.iter().position(|pool| pool.name == name.value),
                (None, Some(id)) => pools
                    .iter()
                    .position(|pool| pool.id.as_ref() == Some(&id.value)),
            };
            let position = position.unwrap_or_else(|| {
                let cell = name
                    .as_ref()
                    .or(id.as_ref())
                    .map_or_else(|| self.grid.cell_name(row, 0), |found| found.cell.clone());
                pools.push(SheetPool {
                    id: id.as_ref().map(|id| id.value.clone()),
                    name: name
                        .as_ref()
                        .map_or_else(String::new, |name| name.value.clone()),
                    cell,
                    ..SheetPool::default()
                });
                pools.len() - 1
            });
            if let Some(pool) = pools.get_mut(position) {
                self.row(row, pool);
            }
        }
        pools
    }

    fn row(&mut self, row: u32, pool: &mut SheetPool) {
        let amount = self.value(row, PoolColumn::Amount, Kind::Decimal);
        if let Some(amount) = amount.and_then(|found| self.cents(found)) {
            self.once(pool, "amount", amount);
        }
        if let Some(basis) = self.value(row, PoolColumn::Basis, Kind::Text) {
            if let Some(code) = basis_code(&basis.value) {
                let value = code.to_owned();
                self.once(pool, "basis", Found { value, ..basis });
            } else {
                let message = format!("is no basis that is known; give one of {}.", basis_codes());
                self.refuse("not_one_of", &basis.cell, &message);
            }
        }
        for (column, key) in [
            (PoolColumn::PeriodFrom, "period_from"),
            (PoolColumn::PeriodTo, "period_to"),
        ] {
            if let Some(day) = self.value(row, column, Kind::Text) {
                self.day(pool, key, day);
            }
        }
        if let Some(period) = self.value(row, PoolColumn::Period, Kind::Text) {
            self.period(pool, &period);
        }
        if let Some(evidence) = self.value(row, PoolColumn::PoolEvidence, Kind::Text) {
            self.once(pool, "evidence", evidence);
        }
        let activity = self.value(row, PoolColumn::Activity, Kind::Text);
        let weight = self.value(row, PoolColumn::Weight, Kind::Decimal);
        let evidence = self.value(row, PoolColumn::Evidence, Kind::Text);
        match (activity, weight) {
            (Some(activity), Some(weight)) => self.weight(pool, activity, weight, evidence),
            (Some(activity), None) => {
                self.refuse(
                    "missing",
                    &activity.cell,
                    "has no weight; give one, such as 387.5, or 0.",
                );
            }
            (None, Some(weight)) => {
                self.refuse(
                    "missing",
                    &weight.cell,
                    "has no activity; name it, such as fsa.",
                );
            }
            (None, None) => {}
        }
    }

    fn weight(
        &mut self,
        pool: &mut SheetPool,
        activity: Found,
        weight: Found,
        evidence: Option<Found>,
    ) {
        if weight.value.starts_with('-') {
            self.refuse(
                "negative",
                &weight.cell,
                "is below zero; a weight is zero or more.",
            );
        }
        if pool.weights.contains_key(&activity.value) {
            let message = format!(
                "names {} a second time in its pool; keep one row.",
                activity.value
            );
            self.refuse("duplicate_id", &activity.cell, &message);
        }
        if let Some(evidence) = evidence {
            pool.evidence.insert(activity.value.clone(), evidence);
        }
        pool.weights.insert(activity.value, weight);
    }

    fn cents(&mut self, found: Found) -> Option<Found> {
        match Hkd::try_from_text(&found.value) {
            Ok(amount) if amount >= Hkd::ZERO => Some(Found {
                value: amount.to_string(),
                ..found
            }),
            Ok(_) => {
                self.refuse(
                    "negative",
                    &found.cell,
                    "is below zero; give an amount such as 250000.00.",
                );
                None
            }
            Err(error) => {
                let message = format!("{error}; give dollars and cents, such as 250000.00.");
                self.refuse(error.code(), &found.cell, &message);
                None
            }
        }
    }

    fn day(&mut self, pool: &mut SheetPool, key: &'static str, day: Found) {
        if date_from_text(&day.value).is_some() {
            self.once(pool, key, day);
        } else {
            self.refuse(
                "not_date",
                &day.cell,
                "is no date; write it as text, such as 2025-04-01.",
            );
        }
    }

    fn period(&mut self, pool: &mut SheetPool, period: &Found) {
        let split = [" to ", "至", "–", " - "]
            .iter()
            .find_map(|between| period.value.split_once(between));
        let Some((from, to)) = split else {
            let message = "is no period; write it as 2025-04-01 to 2026-03-31.";
            self.refuse("not_date", &period.cell, message);
            return;
        };
        for (key, text) in [("period_from", from), ("period_to", to)] {
            let day = Found {
                value: text.trim().to_owned(),
                cell: period.cell.clone(),
            };
            self.day(pool, key, day);
        }
    }

    /// One value per pool: a second row may repeat it but not contradict it.
    fn once(&mut self, pool: &mut SheetPool, key: &'static str, found: Found) {
        match pool.own.get(key) {
            Some(first) if first.value != found.value => {
                let message = format!(
                    "holds {}, but the pool has {} in {}; give it once.",
                    found.value, first.value, first.cell
                );
                self.refuse("contradiction", &found.cell, &message);
            }
            Some(_) => {}
            None => {
                pool.own.insert(key, found);
            }
        }
    }

    /// What every pool needs.
    pub(crate) fn check(&mut self, pools: &[SheetPool]) {
        for pool in pools {
            for (key, example) in [("amount", "250000.00"), ("basis", "staff_time")] {
                if !pool.own.contains_key(key) {
                    let message =
                        format!("names a pool without its {key}; give it, such as {example}.");
                    self.refuse("missing", &pool.cell, &message);
                }
            }
            let is_zero = |found: &Found| decimal_from_text(&found.value) == Ok(Decimal::ZERO);
            if pool.weights.values().all(is_zero) {
                let message =
                    "names a pool without a weight above zero, so there is nothing to split by.";
                self.refuse("bad_weights", &pool.cell, message);
            }
            if pool.name.is_empty() {
                self.refuse("missing", &pool.cell, "has no pool name; give it one.");
            }
            if let (Some(from), Some(to)) = (pool.own.get("period_from"), pool.own.get("period_to"))
                && to.value < from.value
            {
                let message = format!("ends on {} before it starts on {}.", to.value, from.value);
                self.refuse("end_before_start", &to.cell, &message);
            }
        }
    }
}
