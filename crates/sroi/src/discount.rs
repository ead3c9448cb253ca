//! Discounting: dividing year by year, so that no rounded factor is ever multiplied.
use money::{Decimal, MoneyError};

use crate::{
    fixed::{Factor, Fixed},
    limbs::Divisor,
    types::{HORIZON_YEARS_MAX, Rates, Timing},
};

/// Divisors of every year up to the horizon, under one timing.
#[derive(Debug, Clone)]
pub(crate) struct Discounting {
    timing: Timing,
    /// `1 + rate` of year n in trillionths, at position n; position 0 is never used.
    divisors: Vec<Divisor>,
}

impl Rates {
    /// The rate of a year, if the schedule covers it.
    pub fn of_year(&self, year: u32) -> Option<Decimal> {
        match self {
            Self::Constant(rate) => Some(rate.decimal()),
            Self::Schedule(spans) => spans
                .iter()
                .find(|span| span.from_year <= year && span.to_year.is_none_or(|to| year <= to))
                .map(|span| span.rate.decimal()),
        }
    }
}

impl Discounting {
    /// From stated rates; a year beyond the schedule is a defect the reader has refused.
    pub(crate) fn of(rates: &Rates, timing: Timing) -> Result<Self, MoneyError> {
        let yearly = (0..=HORIZON_YEARS_MAX)
            .map(|year| rates.of_year(year).unwrap_or_default())
            .collect::<Vec<_>>();
        Self::of_yearly(&yearly, timing)
    }

    /// From the rate of each year, starting with year 0.
    pub(crate) fn of_yearly(yearly: &[Decimal], timing: Timing) -> Result<Self, MoneyError> {
        let mut divisors: Vec<Divisor> = Vec::with_capacity(yearly.len());
        let mut before = None;
        for rate in yearly {
            // Most years have the rate of the year before, and making a divisor costs a division.
            let divisor = match (before, divisors.last()) {
                (Some(before), Some(last)) if before == rate => *last,
                (_, _) => {
                    let grown = Decimal::ONE
                        .checked_add(*rate)
                        .ok_or(MoneyError::Overflow)?;
                    Factor::try_from_decimal(grown)?.divisor()?
                }
            };
            divisors.push(divisor);
            before = Some(rate);
        }
        Ok(Self { timing, divisors })
    }

    /// The same rates under the other timing.
    pub(crate) fn with_timing(&self, timing: Timing) -> Self {
        Self {
            timing,
            divisors: self.divisors.clone(),
        }
    }

    /// How many yearly divisions lie between the valuation date and year n.
    pub(crate) fn steps(&self, year: usize) -> usize {
        match self.timing {
            Timing::EndOfYear => year,
            Timing::Year1Undiscounted => year.saturating_sub(1),
        }
    }

    fn divisor(&self, step: usize) -> Result<&Divisor, MoneyError> {
        self.divisors.get(step).ok_or(MoneyError::Overflow)
    }

    /// Present value of one amount in year n. Guide to SROI, stage 5.2.
    pub(crate) fn present_value(&self, value: Fixed, year: usize) -> Result<Fixed, MoneyError> {
        if value.is_zero() {
            return Ok(value);
        }
        let mut left = value;
        for step in 1..=self.steps(year) {
            left.divide(self.divisor(step)?)?;
        }
        Ok(left)
    }

    /// Present value of amounts by year, position 0 being year 0.
    pub(crate) fn present_value_of(&self, years: &[Fixed]) -> Result<Fixed, MoneyError> {
        let sums = self.present_values_of(&[years])?;
        Ok(sums.into_iter().next().unwrap_or(Fixed::ZERO))
    }

    /// Present value of each list of amounts by year. From the last year back, each step divides
    /// everything later by one year's growth; the lists take each step together, because their
    /// divisions do not wait for one another.
    pub(crate) fn present_values_of(&self, lists: &[&[Fixed]]) -> Result<Vec<Fixed>, MoneyError> {
        let longest = lists.iter().map(|years| years.len()).max().unwrap_or(0);
        let mut sums = vec![Fixed::ZERO; lists.len()];
        let mut step = self.steps(longest.saturating_sub(1));
        for year in (0..longest).rev() {
            while step > self.steps(year) {
                let divisor = self.divisor(step)?;
                for sum in &mut sums {
                    sum.divide(divisor)?;
                }
                step -= 1;
            }
            for (sum, years) in sums.iter_mut().zip(lists) {
                if let Some(value) = years.get(year) {
                    sum.add(value)?;
                }
            }
        }
        Ok(sums)
    }
}
