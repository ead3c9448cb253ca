//! Sensitivity: each bar and each cell is the whole map computed again, from unrounded values.
use explain::{Problem, Problems};
use money::{Decimal, MoneyError, round_half_away};

use crate::{
    evaluate::{Evaluation, overflow},
    model::Model,
    options::{Lever, LeverParameter, Scope, Sensitivity, Unit},
    switching::{SwitchingValue, switching},
};

/// One bar of the tornado.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TornadoBar {
    /// What was moved and between which values.
    pub lever: Lever,
    /// Ratio at the low value.
    pub ratio_low: Decimal,
    /// Ratio at the high value.
    pub ratio_high: Decimal,
    /// Distance between the two as they are printed (four places), so that the table adds up.
    pub swing: Decimal,
}

/// A two-way grid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GridResult {
    /// What changes from row to row.
    pub row: Lever,
    /// What changes from column to column.
    pub column: Lever,
    /// Ratios by row, then column.
    pub ratios: Vec<Vec<Decimal>>,
}

/// What was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SensitivityResult {
    /// Bars by swing, largest first; ties by parameter, scope, then order of the request.
    pub tornado: Vec<TornadoBar>,
    /// The grid.
    pub grid: Option<GridResult>,
    /// Where the ratio falls to 1.
    pub switching: Option<Vec<SwitchingValue>>,
}

pub(crate) fn sensitivity(
    asked: &Sensitivity,
    model: &Model,
    evaluation: &Evaluation,
) -> Result<SensitivityResult, Problems> {
    let mut problems = Problems::new();
    let mut bars = Vec::with_capacity(asked.tornado.len());
    for lever in &asked.tornado {
        match bar(model, evaluation, lever) {
            Ok(found) => bars.push(found),
            Err(problem) => problems.push(problem),
        }
    }
    bars.sort_by(|a, b| {
        let tie = |bar: &TornadoBar| (bar.lever.parameter, bar.lever.scope.clone());
        b.swing.cmp(&a.swing).then_with(|| tie(a).cmp(&tie(b)))
    });
    let grid = match &asked.grid {
        None => None,
        Some((row, column)) => match grid(model, evaluation, row, column) {
            Ok(found) => Some(found),
            Err(problem) => {
                problems.push(problem);
                None
            }
        },
    };
    let switching = if asked.switching {
        let path = explain::read::join(&evaluation.request.path, "sensitivity.switching");
        match switching(model, evaluation) {
            Ok(found) => Some(found),
            Err(error) => {
                problems.push(overflow(error, &path));
                None
            }
        }
    } else {
        None
    };
    problems.into_result(Some(SensitivityResult {
        tornado: bars,
        grid,
        switching,
    }))
}

fn bar(model: &Model, evaluation: &Evaluation, lever: &Lever) -> Result<TornadoBar, Problem> {
    let [low, high] = lever.values.as_slice() else {
        return Err(overflow(MoneyError::OutOfRange, &lever.path));
    };
    let at = |value| ratio_of(&moved(model, evaluation, lever, value)?, lever);
    let (ratio_low, ratio_high) = (at(*low)?, at(*high)?);
    let swing = round_half_away(ratio_high, 4)
        .checked_sub(round_half_away(ratio_low, 4))
        .ok_or_else(|| overflow(MoneyError::Overflow, &lever.path))?;
    Ok(TornadoBar {
        lever: lever.clone(),
        ratio_low,
        ratio_high,
        swing: swing.abs(),
    })
}

fn grid(
    model: &Model,
    evaluation: &Evaluation,
    row: &Lever,
    column: &Lever,
) -> Result<GridResult, Problem> {
    let mut ratios = Vec::with_capacity(row.values.len());
    for down in &row.values {
        let model = moved(model, evaluation, row, *down)?;
        let line = column
            .values
            .iter()
            .map(|across| ratio_of(&moved(&model, evaluation, column, *across)?, column))
            .collect::<Result<_, _>>()?;
        ratios.push(line);
    }
    Ok(GridResult {
        row: row.clone(),
        column: column.clone(),
        ratios,
    })
}

fn ratio_of(model: &Model, lever: &Lever) -> Result<Decimal, Problem> {
    let (total, investment) = model
        .present_values()
        .map_err(|error| overflow(error, &lever.path))?;
    if !investment.is_positive() {
        return Err(Problem::new(
            "investment_not_positive",
            &lever.path,
            format!(
                "{} makes the present value of the inputs zero or less; choose other values.",
                lever.path
            ),
        ));
    }
    crate::model::ratio(total, investment).map_err(|error| overflow(error, &lever.path))
}

/// The map with one lever at one value.
fn moved(
    model: &Model,
    evaluation: &Evaluation,
    lever: &Lever,
    value: Decimal,
) -> Result<Model, Problem> {
    let mut model = model.clone();
    let set = |cell: &mut Decimal, share: bool| {
        let new = match lever.unit {
            Unit::Value => value,
            Unit::Multiplier => cell
                .checked_mul(value)
                .ok_or_else(|| overflow(MoneyError::Overflow, &lever.path))?,
        };
        if share && new > Decimal::ONE {
            return Err(Problem::new(
                "out_of_range",
                &lever.path,
                format!(
                    "{} turns a share or rate of {cell} into {new}; it must stay at most 1.",
                    lever.path
                ),
            ));
        }
        *cell = new;
        Ok(())
    };
    match lever.parameter {
        LeverParameter::DiscountRate => {
            for rate in &mut model.rates {
                set(rate, true)?;
            }
        }
        LeverParameter::Outcome(parameter) => {
            for (position, row) in &mut model.rows {
                let meant = match &lever.scope {
                    Scope::All => true,
                    Scope::Outcome(id) => evaluation
                        .request
                        .outcomes
                        .get(*position)
                        .is_some_and(|outcome| outcome.id == *id),
                };
                if meant {
                    for cell in row.parameter_mut(parameter) {
                        set(cell, parameter.is_share())?;
                    }
                }
            }
        }
    }
    Ok(model)
}
