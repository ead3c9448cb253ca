//! The money cells of a plan while the solver works on them: one slot for each line and year. Money
//! moves between sources inside a slot, so that every slot keeps its cost to the cent.
use std::collections::BTreeMap;

use explain::FinancialYear;
use money::{Hkd, MoneyError, split_by_largest_remainder};

use crate::{Plan, Source, limits::Paid};

/// One line in one year.
#[derive(Debug, Clone)]
pub(crate) struct Slot {
    pub(crate) line: usize,
    pub(crate) financial_year: FinancialYear,
    pub(crate) fixed: bool,
    pub(crate) parts: BTreeMap<Source, Hkd>,
}

/// All slots, by line and then by year.
#[derive(Debug, Clone, Default)]
pub(crate) struct Grid {
    pub(crate) slots: Vec<Slot>,
}

impl Grid {
    pub(crate) fn of(plan: &Plan) -> Self {
        let mut slots = Vec::new();
        for (line, given) in plan.lines.iter().enumerate() {
            let mut years: BTreeMap<FinancialYear, BTreeMap<Source, Hkd>> = BTreeMap::new();
            for ((year, source), amount) in &given.cells {
                years
                    .entry(*year)
                    .or_default()
                    .insert(source.clone(), *amount);
            }
            slots.extend(years.into_iter().map(|(financial_year, parts)| Slot {
                line,
                financial_year,
                fixed: given.fixed,
                parts,
            }));
        }
        Self { slots }
    }

    /// What each source pays.
    pub(crate) fn paid(&self) -> Result<Paid, MoneyError> {
        let mut paid = Paid::default();
        for slot in &self.slots {
            let year = paid.years.entry(slot.financial_year).or_default();
            for (source, amount) in &slot.parts {
                for sums in [&mut *year, &mut paid.total] {
                    let sum = sums.entry(source.clone()).or_default();
                    *sum = sum.checked_add(*amount)?;
                }
            }
        }
        Ok(paid)
    }

    /// What a source pays in each slot that the solver may touch, zero elsewhere.
    pub(crate) fn column(&self, source: &Source) -> Vec<Hkd> {
        self.slots
            .iter()
            .map(|slot| match (slot.fixed, slot.parts.get(source)) {
                (false, Some(has)) => *has,
                (true, _) | (false, None) => Hkd::ZERO,
            })
            .collect()
    }

    /// Puts a changed column back; a source that neither paid nor pays gets no cell.
    pub(crate) fn set_column(&mut self, source: &Source, column: &[Hkd]) {
        for (slot, amount) in self.slots.iter_mut().zip(column) {
            if !slot.fixed && (*amount != Hkd::ZERO || slot.parts.contains_key(source)) {
                slot.parts.insert(source.clone(), *amount);
            }
        }
    }
}

/// Moves `amount` from one column to another, out of every slot in proportion to what the giver has
/// there. No slot gives more than it has: a part never exceeds its exact share by a whole cent, and
/// the exact share never exceeds what is there.
pub(crate) fn move_between(
    giver: &mut [Hkd],
    taker: &mut [Hkd],
    amount: Hkd,
) -> Result<(), MoneyError> {
    let weights: Vec<_> = giver.iter().map(|has| has.decimal()).collect();
    let parts = split_by_largest_remainder(amount, &weights)?;
    for ((has, gets), part) in giver.iter_mut().zip(taker).zip(parts) {
        *has = has.checked_sub(part)?;
        *gets = gets.checked_add(part)?;
    }
    Ok(())
}
