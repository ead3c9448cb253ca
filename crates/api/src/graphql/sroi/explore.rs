//! What somebody wants to try on a value map, and what came out.
use async_graphql::{Enum, ID, InputObject, SimpleObject};
use casework::{CaseError, CaseResult, SroiExploreInput as Asked, SroiSubject};
use serde_json::{Value, json};

use crate::graphql::{
    engine::{Simulation, decimal, list, simulation, text, texts},
    scalars::Decimal,
    types::{Problem, uuid},
};

/// Whose map of a delivered version is explored.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "casework::SroiCopy")]
pub(crate) enum SroiCopy {
    Claimed,
    Assessed,
    Outturn,
}

/// Exactly one of the two ids. Nothing is stored.
#[derive(InputObject)]
pub(crate) struct SroiExploreInput {
    application_id: Option<ID>,
    submission_id: Option<ID>,
    #[graphql(default_with = "SroiCopy::Claimed")]
    copy: SroiCopy,
    row: Option<LeverInput>,
    column: Option<LeverInput>,
    #[graphql(default)]
    scenarios: Vec<ScenarioInput>,
    draws: Option<i32>,
    /// triangular, pert or lognormal.
    distribution: Option<String>,
}

impl SroiExploreInput {
    /// What answering costs, in the unit of fields: a draw is a whole evaluation of the map.
    pub(crate) fn weight(&self) -> usize {
        let draws = self.draws.and_then(|draws| usize::try_from(draws).ok());
        500 + draws.unwrap_or_default() / 200
    }
}

/// A parameter and the values it is moved to.
#[derive(InputObject)]
pub(crate) struct LeverInput {
    parameter: String,
    /// `all`, or the id of an outcome.
    scope: String,
    /// `value` or `multiplier`.
    unit: String,
    values: Vec<Decimal>,
}

/// A named set of changes that are made together.
#[derive(InputObject)]
pub(crate) struct ScenarioInput {
    name: String,
    changes: Vec<ChangeInput>,
}

/// One change of a scenario.
#[derive(InputObject)]
pub(crate) struct ChangeInput {
    parameter: String,
    scope: String,
    unit: String,
    value: Decimal,
}

/// What was tried.
#[derive(SimpleObject, Default)]
pub(crate) struct SroiExploration {
    grid: Option<SroiGrid>,
    scenarios: Vec<Scenario>,
    simulation: Option<Simulation>,
    problems: Vec<Problem>,
}

impl SroiExploration {
    /// Nothing but what is wrong with what was asked.
    pub(super) fn refused(problems: Vec<Problem>) -> Self {
        Self {
            problems,
            ..Self::default()
        }
    }
}

/// Ratios by row, then column.
#[derive(SimpleObject)]
pub(crate) struct SroiGrid {
    row: Lever,
    column: Lever,
    ratios: Vec<Vec<Decimal>>,
}

/// A parameter and the values it was moved to.
#[derive(SimpleObject)]
pub(crate) struct Lever {
    parameter: String,
    scope: String,
    unit: String,
    values: Vec<Decimal>,
}

/// The figures under one scenario.
#[derive(SimpleObject)]
pub(crate) struct Scenario {
    name: String,
    ratio: Decimal,
    total_present_value: Decimal,
    investment: Decimal,
    net_present_value: Decimal,
}

/// The discount rate has no scope of its own.
fn place(out: &mut Value, parameter: &str, scope: &str) {
    if parameter != "discount_rate" || scope != "all" {
        out["scope"] = json!(scope);
    }
}

impl LeverInput {
    fn question(&self) -> Value {
        let values: Vec<&str> = self.values.iter().map(|value| value.0.as_str()).collect();
        let mut out = json!({"parameter": self.parameter, "unit": self.unit, "values": values});
        place(&mut out, &self.parameter, &self.scope);
        out
    }
}

impl ScenarioInput {
    fn question(&self) -> Value {
        let changes = self.changes.iter().map(|change| {
            let mut out = json!({
                "parameter": change.parameter, "unit": change.unit, "value": change.value.0,
            });
            place(&mut out, &change.parameter, &change.scope);
            out
        });
        json!({"name": self.name, "changes": changes.collect::<Vec<_>>()})
    }
}

impl SroiExploreInput {
    /// Whom to ask and what.
    pub(super) fn question(self) -> CaseResult<(SroiSubject, Asked)> {
        let subject = match (&self.application_id, &self.submission_id) {
            (Some(application), None) => SroiSubject::Application(uuid(application)?),
            (None, Some(submission)) => {
                SroiSubject::Submission(uuid(submission)?, self.copy.into())
            }
            (Some(_), Some(_)) | (None, None) => {
                return Err(CaseError::problem(
                    "contradiction",
                    "applicationId",
                    "Give either applicationId or submissionId.",
                ));
            }
        };
        let grid = match (&self.row, &self.column) {
            (Some(row), Some(column)) => Some((row.question(), column.question())),
            (None, None) => None,
            (Some(_), None) | (None, Some(_)) => {
                return Err(CaseError::problem(
                    "missing",
                    "column",
                    "A grid needs a row and a column.",
                ));
            }
        };
        let asked = Asked {
            grid,
            scenarios: self.scenarios.iter().map(ScenarioInput::question).collect(),
            simulation: self.draws.map(|draws| (draws.into(), self.distribution)),
        };
        Ok((subject, asked))
    }
}

/// Types the engine's answer.
pub(super) fn exploration(output: &Value) -> CaseResult<SroiExploration> {
    let sensitivity = &output["sensitivity"];
    let grid = &sensitivity["grid"];
    let grid = if grid.is_null() {
        None
    } else {
        Some(SroiGrid {
            row: lever(&grid["row"])?,
            column: lever(&grid["column"])?,
            ratios: list(&grid["ratios"]).iter().map(decimals).collect(),
        })
    };
    Ok(SroiExploration {
        grid,
        scenarios: list(&sensitivity["scenarios"])
            .iter()
            .map(scenario)
            .collect::<CaseResult<_>>()?,
        simulation: simulation(output)?,
        problems: Vec::new(),
    })
}

fn decimals(value: &Value) -> Vec<Decimal> {
    texts(value).into_iter().map(Decimal).collect()
}

fn lever(value: &Value) -> CaseResult<Lever> {
    Ok(Lever {
        parameter: text(value, "parameter")?,
        scope: text(value, "scope")?,
        unit: text(value, "unit")?,
        values: decimals(&value["values"]),
    })
}

fn scenario(value: &Value) -> CaseResult<Scenario> {
    Ok(Scenario {
        name: text(value, "name")?,
        ratio: decimal(value, "ratio")?,
        total_present_value: decimal(value, "total_present_value")?,
        investment: decimal(value, "investment")?,
        net_present_value: decimal(value, "net_present_value")?,
    })
}
