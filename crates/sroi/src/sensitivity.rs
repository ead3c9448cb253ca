//! Sensitivity: each bar and each cell is the whole map computed again, from unrounded values.
use explain::{Problem, Problems};
use money::{Decimal, MoneyError, round_half_away};

use crate::{
    evaluate::{Evaluation, overflow},
    fixed::Fixed,
    model::Model,
    options::{Lever, LeverParameter, Scenario, Scope, Sensitivity, Unit},
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

/// The figures under one scenario.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScenarioResult {
    /// Its name.
    pub name: String,
    /// The ratio.
    pub ratio: Decimal,
    /// Total present value.
    pub total_present_value: Fixed,
    /// Present value of the inputs.
    pub investment: Fixed,
    /// Total present value less investment.
    pub net_present_value: Fixed,
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
    /// Scenarios in the order of the request.
    pub scenarios: Vec<ScenarioResult>,
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
    let mut scenarios = Vec::with_capacity(asked.scenarios.len());
    for scenario in &asked.scenarios {
        match under(model, evaluation, scenario) {
            Ok(found) => scenarios.push(found),
            Err(problem) => problems.push(problem),
        }
    }
    problems.into_result(Some(SensitivityResult {
        tornado: bars,
        grid,
        switching,
        scenarios,
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

fn under(
    model: &Model,
    evaluation: &Evaluation,
    scenario: &Scenario,
) -> Result<ScenarioResult, Problem> {
    let mut changed = model.clone();
    for lever in &scenario.changes {
        for value in &lever.values {
            changed = moved(&changed, evaluation, lever, *value)?;
        }
    }
    let path = scenario.changes.first().map_or_else(
        || explain::read::join(&evaluation.request.path, "sensitivity.scenarios"),
        |lever| lever.path.clone(),
    );
    let (total, investment) = present_values(&changed, &path)?;
    let too_large = |error| overflow(error, &path);
    Ok(ScenarioResult {
        name: scenario.name.clone(),
        ratio: crate::model::ratio(total, investment).map_err(too_large)?,
        total_present_value: total,
        investment,
        net_present_value: total.minus(investment).map_err(too_large)?,
    })
}

fn ratio_of(model: &Model, lever: &Lever) -> Result<Decimal, Problem> {
    let (total, investment) = present_values(model, &lever.path)?;
    crate::model::ratio(total, investment).map_err(|error| overflow(error, &lever.path))
}

fn present_values(model: &Model, path: &str) -> Result<(Fixed, Fixed), Problem> {
    let (total, investment) = model
        .present_values()
        .map_err(|error| overflow(error, path))?;
    if !investment.is_positive() {
        return Err(Problem::new(
            "investment_not_positive",
            path,
            format!(
                "{path} makes the present value of the inputs zero or less; choose other values."
            ),
        ));
    }
    Ok((total, investment))
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
