//! The arithmetic of a value map, stripped of words: what sensitivity varies and what the
//! evaluation sums. Negative rows stay negative; nothing is clamped.
use money::{Decimal, MoneyError};

use crate::{
    discount::Discounting,
    fixed::{Factor, Fixed},
    types::{HORIZON_YEARS_MAX, Input, Outcome, Parameter, Price, Rates, Request, Timing},
};

/// One valued outcome.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    /// Start and quantity of each cohort.
    pub(crate) cohorts: Vec<(usize, Decimal)>,
    pub(crate) proxy: Decimal,
    pub(crate) deadweight: Decimal,
    pub(crate) displacement: Decimal,
    pub(crate) attribution: Decimal,
    pub(crate) dropoff: Decimal,
    pub(crate) duration: u32,
}

impl Row {
    /// The arithmetic of an outcome; `None` when it is unvalued.
    pub(crate) fn of(outcome: &Outcome) -> Option<Self> {
        let proxy = match &outcome.price {
            Price::Proxy(proxy) => proxy.decimal(),
            Price::Unvalued { .. } => return None,
        };
        Some(Self {
            cohorts: outcome
                .cohorts
                .iter()
                .map(|cohort| (position(cohort.start), cohort.quantity.decimal()))
                .collect(),
            proxy,
            deadweight: outcome.deadweight.decimal(),
            displacement: outcome.displacement.decimal(),
            attribution: outcome.attribution.decimal(),
            dropoff: outcome.dropoff.decimal(),
            duration: outcome.duration,
        })
    }

    /// What one year of so many units is worth: gross, then after deadweight, displacement and
    /// attribution. The last is the impact. Guide to SROI, stage 4: factors multiply.
    fn levels_of(&self, quantity: Decimal) -> Result<[Fixed; 4], MoneyError> {
        let gross = Fixed::try_from_decimal(quantity)?.times(self.proxy)?;
        let after_deadweight = gross.times(Decimal::ONE - self.deadweight)?;
        let after_displacement = after_deadweight.times(Decimal::ONE - self.displacement)?;
        let impact = after_displacement.times(Decimal::ONE - self.attribution)?;
        Ok([gross, after_deadweight, after_displacement, impact])
    }

    /// The levels, summed over the cohorts, and the values by year.
    pub(crate) fn levels_and_years(&self) -> Result<([Fixed; 4], Vec<Fixed>), MoneyError> {
        let mut levels = [Fixed::ZERO; 4];
        let mut years = vec![Fixed::ZERO; self.last_year() + 1];
        let kept = Factor::try_from_decimal(Decimal::ONE - self.dropoff)?;
        for (start, quantity) in &self.cohorts {
            let one_year = self.levels_of(*quantity)?;
            for (sum, level) in levels.iter_mut().zip(one_year) {
                sum.add(&level)?;
            }
            // A cohort's first year carries no drop-off.
            let [_, _, _, mut value] = one_year;
            let years = years.iter_mut().skip(*start).take(position(self.duration));
            for (offset, year) in years.enumerate() {
                if offset > 0 {
                    value.multiply(kept)?;
                }
                year.add(&value)?;
            }
        }
        Ok((levels, years))
    }

    /// The last year with a value.
    pub(crate) fn last_year(&self) -> usize {
        let last_start = self.cohorts.iter().map(|(start, _)| *start).max();
        last_start.map_or(0, |start| start + position(self.duration) - 1)
    }

    /// Values by year, position 0 being year 0.
    pub(crate) fn years(&self) -> Result<Vec<Fixed>, MoneyError> {
        Ok(self.levels_and_years()?.1)
    }

    /// The parameter that a lever moves; quantity is moved cohort by cohort.
    pub(crate) fn parameter_mut(&mut self, parameter: Parameter) -> Vec<&mut Decimal> {
        match parameter {
            Parameter::Quantity => self
                .cohorts
                .iter_mut()
                .map(|cohort| &mut cohort.1)
                .collect(),
            Parameter::Proxy => vec![&mut self.proxy],
            Parameter::Deadweight => vec![&mut self.deadweight],
            Parameter::Displacement => vec![&mut self.displacement],
            Parameter::Attribution => vec![&mut self.attribution],
            Parameter::Dropoff => vec![&mut self.dropoff],
        }
    }
}

/// A value map as numbers.
#[derive(Debug, Clone)]
pub(crate) struct Model {
    /// Position of the outcome in the request, and its arithmetic; unvalued ones are left out.
    pub(crate) rows: Vec<(usize, Row)>,
    /// Inputs by year.
    pub(crate) inputs: Vec<Fixed>,
    /// Rate of each year, starting with year 0.
    pub(crate) rates: Vec<Decimal>,
    pub(crate) timing: Timing,
}

impl Model {
    pub(crate) fn of(request: &Request) -> Result<Self, MoneyError> {
        Ok(Self {
            rows: request
                .outcomes
                .iter()
                .enumerate()
                .filter_map(|(at, outcome)| Some((at, Row::of(outcome)?)))
                .collect(),
            inputs: input_years(&request.inputs)?,
            rates: yearly(&request.rates),
            timing: request.timing,
        })
    }

    pub(crate) fn discounting(&self) -> Result<Discounting, MoneyError> {
        Discounting::of_yearly(&self.rates, self.timing)
    }

    /// Sum of the rows by year, position 0 being year 0.
    pub(crate) fn years(&self) -> Result<Vec<Fixed>, MoneyError> {
        self.rows
            .iter()
            .try_fold(Vec::new(), |sum, (_, row)| add_years(sum, &row.years()?))
    }

    /// Total present value of the outcomes and of the inputs.
    pub(crate) fn present_values(&self) -> Result<(Fixed, Fixed), MoneyError> {
        let discounting = self.discounting()?;
        Ok((
            discounting.present_value_of(&self.years()?)?,
            discounting.present_value_of(&self.inputs)?,
        ))
    }
}

/// `total ÷ investment` with 28 digits.
pub(crate) fn ratio(total: Fixed, investment: Fixed) -> Result<Decimal, MoneyError> {
    total
        .to_decimal()?
        .checked_div(investment.to_decimal()?)
        .ok_or(MoneyError::Overflow)
}

/// Adds values by year to a sum by year, either of which may be the longer.
pub(crate) fn add_years(mut sum: Vec<Fixed>, years: &[Fixed]) -> Result<Vec<Fixed>, MoneyError> {
    if sum.len() < years.len() {
        sum.resize(years.len(), Fixed::ZERO);
    }
    for (sum, value) in sum.iter_mut().zip(years) {
        sum.add(value)?;
    }
    Ok(sum)
}

/// Inputs by year, position 0 being year 0.
pub(crate) fn input_years(inputs: &[Input]) -> Result<Vec<Fixed>, MoneyError> {
    let last = inputs
        .iter()
        .map(|input| input.year + input.duration - 1)
        .max();
    let mut years = vec![Fixed::ZERO; position(last.unwrap_or_default()) + 1];
    for input in inputs {
        let amount = Fixed::try_from_decimal(input.amount.decimal())?;
        for year in years
            .iter_mut()
            .skip(position(input.year))
            .take(position(input.duration))
        {
            year.add(&amount)?;
        }
    }
    Ok(years)
}

fn yearly(rates: &Rates) -> Vec<Decimal> {
    (0..=HORIZON_YEARS_MAX)
        .map(|year| rates.of_year(year).unwrap_or_default())
        .collect()
}

/// A year or a count as a position in a list; both are at most [`HORIZON_YEARS_MAX`].
pub(crate) fn position(count: u32) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}
