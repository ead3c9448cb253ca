//! The figures that the formulas come to, computed exactly: they are stored beside the formulas
//! for viewers that do not compute.
use money::{Decimal, MoneyError, decimal_from_text, normal_text, round_half_away};
use serde_json::Value;
use sroi::{Evaluation, Fixed, HORIZON_YEARS_MAX, Request, Timing};

use crate::{
    export::PriceIndex,
    sheet_table::{Row, Rows},
};

/// Places of a re-indexed proxy.
const PROXY_PLACES: u32 = 6;
/// Places of a stored figure: a spreadsheet shows fifteen digits.
const STORED_PLACES: u32 = 12;

/// Everything that the calculation shows.
pub(crate) struct Figures {
    pub(crate) timing: Timing,
    /// Rate of each year, none where the schedule says none.
    pub(crate) rates: Vec<Option<Decimal>>,
    /// What an amount of each year is divided by, under either timing.
    pub(crate) end_of_year: Vec<Decimal>,
    pub(crate) year1_undiscounted: Vec<Decimal>,
    pub(crate) inputs: Vec<Decimal>,
    pub(crate) outcomes: Vec<Decimal>,
    pub(crate) rows: Vec<RowFigures>,
    pub(crate) price_year: Option<i64>,
}

/// One row of the sheet of outcomes.
#[derive(Default)]
pub(crate) struct RowFigures {
    pub(crate) name: String,
    pub(crate) start: u32,
    pub(crate) duration: u32,
    pub(crate) quantity: Decimal,
    pub(crate) proxy: Decimal,
    pub(crate) gross: Decimal,
    pub(crate) impact: Decimal,
    pub(crate) kept: Decimal,
    pub(crate) present_value: Decimal,
    pub(crate) years: Vec<Decimal>,
}

/// The years 0 to the horizon.
pub(crate) fn years() -> impl Iterator<Item = u32> {
    0..=HORIZON_YEARS_MAX
}

/// A figure as a formula's result.
pub(crate) fn stored(value: Decimal) -> String {
    normal_text(round_half_away(value, STORED_PLACES))
}

impl Figures {
    pub(crate) fn of(
        rows: &Rows<'_>,
        question: &Request,
        evaluation: &Evaluation,
        index: Option<&PriceIndex>,
    ) -> Result<Self, MoneyError> {
        let rates: Vec<Option<Decimal>> =
            years().map(|year| question.rates.of_year(year)).collect();
        let end_of_year = divisors(&rates)?;
        let first = end_of_year.first().copied();
        let year1_undiscounted = first.into_iter().chain(end_of_year.iter().copied());
        let mut figures = Self {
            timing: question.timing,
            year1_undiscounted: year1_undiscounted.take(rates.len()).collect(),
            inputs: inputs(question)?,
            outcomes: padded(&evaluation.years)?,
            rows: Vec::new(),
            price_year: question.price_year,
            rates,
            end_of_year,
        };
        for row in rows.iter() {
            let row = figures.row(row, index)?;
            figures.rows.push(row);
        }
        Ok(figures)
    }

    /// What each year is divided by under a timing.
    pub(crate) fn divisors(&self, timing: Timing) -> &[Decimal] {
        match timing {
            Timing::EndOfYear => &self.end_of_year,
            Timing::Year1Undiscounted => &self.year1_undiscounted,
        }
    }

    /// Amounts by year, each divided by its year's divisor.
    pub(crate) fn discounted(
        &self,
        years: &[Decimal],
        timing: Timing,
    ) -> Result<Vec<Decimal>, MoneyError> {
        let pairs = years.iter().zip(self.divisors(timing));
        pairs
            .map(|(amount, divisor)| amount.checked_div(*divisor).ok_or(MoneyError::Overflow))
            .collect()
    }

    fn row(&self, row: &Row<'_>, index: Option<&PriceIndex>) -> Result<RowFigures, MoneyError> {
        let share = |key: &str| Decimal::ONE - number(&row.record[key]);
        let quantity = number(&row.timed["quantity"]);
        let proxy = self.proxy(row.record, index)?;
        let gross = Fixed::try_from_decimal(quantity)?.times(proxy)?;
        let impact = gross
            .times(share("deadweight"))?
            .times(share("displacement"))?
            .times(share("attribution"))?;
        let kept = share("dropoff");
        let (start, duration) = (count(&row.timed["start"]), count(&row.record["duration"]));
        let mut value = impact;
        let mut by_year = Vec::new();
        for year in years() {
            let runs = year >= start && year - start < duration;
            by_year.push(if runs {
                value.to_decimal()?
            } else {
                Decimal::ZERO
            });
            if runs {
                value = value.times(kept)?;
            }
        }
        Ok(RowFigures {
            name: row.record["name"].as_str().unwrap_or_default().to_owned(),
            start,
            duration,
            quantity,
            proxy,
            gross: gross.to_decimal()?,
            impact: impact.to_decimal()?,
            kept,
            present_value: sum(&self.discounted(&by_year, self.timing)?)?,
            years: by_year,
        })
    }

    /// The proxy in prices of the map's year.
    fn proxy(&self, record: &Value, index: Option<&PriceIndex>) -> Result<Decimal, MoneyError> {
        let proxy = number(&record["proxy"]);
        let of = |year: Option<i64>| index?.values.get(&year?).copied();
        let own_year = record["price_year"].as_i64();
        if own_year == self.price_year {
            return Ok(proxy);
        }
        let (Some(base), Some(own)) = (of(self.price_year), of(own_year)) else {
            return Ok(proxy);
        };
        let moved = proxy
            .checked_mul(base)
            .and_then(|product| product.checked_div(own));
        Ok(round_half_away(
            moved.ok_or(MoneyError::Overflow)?,
            PROXY_PLACES,
        ))
    }
}

/// The sum of amounts by year.
pub(crate) fn sum(years: &[Decimal]) -> Result<Decimal, MoneyError> {
    years
        .iter()
        .try_fold(Decimal::ZERO, |sum, amount| sum.checked_add(*amount))
        .ok_or(MoneyError::Overflow)
}

fn divisors(rates: &[Option<Decimal>]) -> Result<Vec<Decimal>, MoneyError> {
    let mut divisor = Decimal::ONE;
    let mut divisors = vec![divisor];
    for rate in rates.iter().skip(1) {
        let growth = Decimal::ONE + rate.unwrap_or_default();
        divisor = divisor.checked_mul(growth).ok_or(MoneyError::Overflow)?;
        divisors.push(divisor);
    }
    Ok(divisors)
}

fn inputs(question: &Request) -> Result<Vec<Decimal>, MoneyError> {
    years()
        .map(|year| {
            let of_year = question
                .inputs
                .iter()
                .filter(|input| year >= input.year && year - input.year < input.duration);
            let amounts: Vec<Decimal> = of_year.map(|input| input.amount.decimal()).collect();
            sum(&amounts)
        })
        .collect()
}

fn padded(values: &[Fixed]) -> Result<Vec<Decimal>, MoneyError> {
    years()
        .map(|year| {
            let value = usize::try_from(year).ok().and_then(|year| values.get(year));
            value.map_or(Ok(Decimal::ZERO), |value| value.to_decimal())
        })
        .collect()
}

fn number(value: &Value) -> Decimal {
    match value {
        Value::String(text) => decimal_from_text(text).unwrap_or_default(),
        Value::Number(number) => decimal_from_text(&number.to_string()).unwrap_or_default(),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => Decimal::ZERO,
    }
}

fn count(value: &Value) -> u32 {
    value
        .as_u64()
        .and_then(|count| u32::try_from(count).ok())
        .unwrap_or_default()
}
