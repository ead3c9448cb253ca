//! Switching values: how far one parameter may move, everything else as stated, until the ratio
//! falls (or rises) to 1.
//!
//! Total present value is linear in quantities, proxies and each (1 − share), so those values are
//! closed-form; drop-off and the discount rate are found by bisection to the twelfth place.
use money::{Decimal, MoneyError};

use crate::{
    evaluate::Evaluation,
    fixed::Fixed,
    model::{Model, Row, ratio},
    options::{LeverParameter, Scope, Unit},
    types::Parameter,
};

/// The bisection's grid: twelve places.
const GRID: i64 = 1_000_000_000_000;
const GRID_PLACES: u32 = 12;

/// Where one parameter makes the ratio 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SwitchingValue {
    /// The parameter.
    pub parameter: LeverParameter,
    /// Whose parameter.
    pub scope: Scope,
    /// What the value means.
    pub unit: Unit,
    /// `None`: it cannot break even alone.
    pub value: Option<Decimal>,
}

/// All parameters together, then outcome by outcome in the order of the request.
pub(crate) fn switching(
    model: &Model,
    evaluation: &Evaluation,
) -> Result<Vec<SwitchingValue>, MoneyError> {
    let mut found = vec![SwitchingValue {
        parameter: LeverParameter::DiscountRate,
        scope: Scope::All,
        unit: Unit::Value,
        value: rate(model)?,
    }];
    let every: Vec<&Row> = model.rows.iter().map(|(_, row)| row).collect();
    let all = std::iter::once((Scope::All, every));
    let each = evaluation
        .outcomes
        .iter()
        .zip(&model.rows)
        .map(|(outcome, (_, row))| (Scope::Outcome(outcome.id.clone()), vec![row]));
    for (scope, rows) in all.chain(each) {
        let part = Part::of(&rows, evaluation)?;
        for parameter in Parameter::ALL {
            let (unit, value) = match parameter {
                Parameter::Quantity | Parameter::Proxy => (Unit::Multiplier, part.multiplier()?),
                Parameter::Deadweight | Parameter::Displacement | Parameter::Attribution => {
                    (Unit::Value, part.share(parameter)?)
                }
                Parameter::Dropoff => (Unit::Value, part.dropoff()?),
            };
            found.push(SwitchingValue {
                parameter: LeverParameter::Outcome(parameter),
                scope: scope.clone(),
                unit,
                value,
            });
        }
    }
    Ok(found)
}

/// Some rows of the map and the present value that they must reach for the ratio to be 1.
struct Part<'a> {
    rows: &'a [&'a Row],
    evaluation: &'a Evaluation,
    present_value: Fixed,
    target: Fixed,
}

impl<'a> Part<'a> {
    fn of(rows: &'a [&'a Row], evaluation: &'a Evaluation) -> Result<Self, MoneyError> {
        let present_value = present_value(rows.iter().copied(), evaluation)?;
        let others = evaluation.total_present_value.minus(present_value)?;
        Ok(Self {
            rows,
            evaluation,
            present_value,
            target: evaluation.investment.minus(others)?,
        })
    }

    /// (p − m) ÷ p, where p is the part's present value and m the margin of the whole.
    fn multiplier(&self) -> Result<Option<Decimal>, MoneyError> {
        if self.present_value.is_zero() {
            return Ok(None);
        }
        let value = ratio(self.target, self.present_value)?;
        Ok((value >= Decimal::ZERO).then_some(value))
    }

    /// 1 − target ÷ (present value without this deduction).
    fn share(&self, parameter: Parameter) -> Result<Option<Decimal>, MoneyError> {
        let undeducted = self.with(parameter, Decimal::ZERO)?;
        if undeducted.is_zero() {
            return Ok(None);
        }
        let value = Decimal::ONE
            .checked_sub(ratio(self.target, undeducted)?)
            .ok_or(MoneyError::Overflow)?;
        Ok((value >= Decimal::ZERO && value <= Decimal::ONE).then_some(value))
    }

    fn dropoff(&self) -> Result<Option<Decimal>, MoneyError> {
        bisect(|value| self.with(Parameter::Dropoff, value)?.minus(self.target))
    }

    /// Present value of the part with one share set to the same value in every row.
    fn with(&self, parameter: Parameter, value: Decimal) -> Result<Fixed, MoneyError> {
        let rows: Vec<Row> = self
            .rows
            .iter()
            .map(|row| {
                let mut row = (*row).clone();
                for cell in row.parameter_mut(parameter) {
                    *cell = value;
                }
                row
            })
            .collect();
        present_value(rows.iter(), self.evaluation)
    }
}

fn present_value<'a>(
    rows: impl Iterator<Item = &'a Row>,
    evaluation: &Evaluation,
) -> Result<Fixed, MoneyError> {
    let mut years = Vec::new();
    for row in rows {
        years = crate::model::add_years(years, &row.years()?)?;
    }
    evaluation.discounting.present_value_of(&years)
}

/// The constant rate at which the present values are equal.
fn rate(model: &Model) -> Result<Option<Decimal>, MoneyError> {
    let mut model = model.clone();
    bisect(|value| {
        for rate in &mut model.rates {
            *rate = value;
        }
        let (total, investment) = model.present_values()?;
        total.minus(investment)
    })
}

/// A value between 0 and 1 at which `margin` changes its sign, to the twelfth place; `None` when
/// it has the same sign at both ends.
fn bisect(
    mut margin: impl FnMut(Decimal) -> Result<Fixed, MoneyError>,
) -> Result<Option<Decimal>, MoneyError> {
    let mut at = |point: i64| margin(Decimal::new(point, GRID_PLACES));
    let (mut low, mut high) = (0, GRID);
    let (first, last) = (at(low)?, at(high)?);
    if first.is_zero() || last.is_zero() {
        let end = if first.is_zero() { low } else { high };
        // Zero everywhere means that the parameter moves nothing.
        return Ok((first != last).then(|| Decimal::new(end, GRID_PLACES)));
    }
    if first.is_negative() == last.is_negative() {
        return Ok(None);
    }
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        if at(middle)?.is_negative() == first.is_negative() {
            low = middle;
        } else {
            high = middle;
        }
    }
    let nearer = if at(low)?.absolute() <= at(high)?.absolute() {
        low
    } else {
        high
    };
    Ok(Some(Decimal::new(nearer, GRID_PLACES)))
}
