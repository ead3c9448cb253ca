//! Payback: after how many months the value created equals what was put in.
use money::{Decimal, MoneyError};

use crate::{
    discount::Discounting,
    fixed::Fixed,
    model::{Model, ratio},
};

/// Months in a year.
const MONTHS: Decimal = Decimal::from_parts(12, 0, 0, false, 0);

/// Months until the inputs are recovered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Payback {
    /// `PV(inputs) ÷ (impact ÷ 12)`; `None` when an outcome starts after year 1 or the impact is
    /// not above zero.
    pub simple_months: Option<Decimal>,
    /// On the discounted year totals, interpolated inside the year; `None` when not reached.
    pub discounted_months: Option<Decimal>,
}

impl Payback {
    pub(crate) fn of(
        model: &Model,
        years: &[Fixed],
        impact: Fixed,
        investment: Fixed,
        discounting: &Discounting,
    ) -> Result<Self, MoneyError> {
        let late = model
            .rows
            .iter()
            .any(|(_, row)| row.cohorts.iter().any(|(start, _)| *start > 1));
        let simple_months = if late || !impact.is_positive() {
            None
        } else {
            Some(months(Decimal::ZERO, investment, impact)?)
        };
        Ok(Self {
            simple_months,
            discounted_months: discounted(years, investment, discounting)?,
        })
    }
}

/// Whole years as months, and the part of the next year in which `needed` of `value` arises.
fn months(whole_years: Decimal, needed: Fixed, value: Fixed) -> Result<Decimal, MoneyError> {
    ratio(needed, value)?
        .checked_add(whole_years)
        .and_then(|years| years.checked_mul(MONTHS))
        .ok_or(MoneyError::Overflow)
}

fn discounted(
    years: &[Fixed],
    investment: Fixed,
    discounting: &Discounting,
) -> Result<Option<Decimal>, MoneyError> {
    let mut needed = investment;
    for (year, value) in years.iter().enumerate().skip(1) {
        let value = discounting.present_value(*value, year)?;
        if value >= needed {
            return months(Decimal::from(year - 1), needed, value).map(Some);
        }
        needed = needed.minus(value)?;
    }
    Ok(None)
}
