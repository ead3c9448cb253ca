//! What stands around an SROI figure: hints, principles, break-even values, the simulation.
use async_graphql::SimpleObject;
use casework::CaseResult;
use serde_json::Value;

use super::read::{decimal, list, optional_text, text};
use crate::graphql::{
    scalars::Decimal,
    types::{Param, Problem},
};

/// One of the eight principles: what in the map speaks for it, as counted by the engine.
#[derive(SimpleObject, Clone)]
pub(crate) struct Principle {
    code: String,
    /// met, partly or missing.
    state: String,
    evidence: Vec<Problem>,
}

/// Where one parameter, moved alone, brings the ratio to 1; null where it cannot.
#[derive(SimpleObject, Clone)]
pub(crate) struct SwitchingValue {
    parameter: String,
    /// `all`, or the id of an outcome.
    scope: String,
    /// `value` or `multiplier`.
    unit: String,
    value: Option<Decimal>,
}

/// An outcome that is listed without a price.
#[derive(SimpleObject, Clone)]
pub(crate) struct Unvalued {
    id: String,
    stakeholder: String,
    name: String,
    reason: String,
}

/// The spread of the ratio over a seeded simulation.
#[derive(SimpleObject, Clone)]
pub(crate) struct Simulation {
    draws: i64,
    seed: String,
    generator: String,
    distribution: String,
    p5: Decimal,
    p50: Decimal,
    p95: Decimal,
    mean: Decimal,
    standard_error: Decimal,
    probability_above_one: Decimal,
    /// Share of draws at or below the point estimate.
    point_percentile: Decimal,
    #[graphql(complexity = "10 * child_complexity + 1")]
    histogram: Vec<HistogramBin>,
}

/// Draws between two ratios; the first and last bin hold the tails too.
#[derive(SimpleObject, Clone)]
pub(crate) struct HistogramBin {
    from: Decimal,
    to: Decimal,
    count: i64,
}

/// The principles as they were counted.
pub(crate) fn principles(listed: &Value) -> CaseResult<Vec<Principle>> {
    let principle = |value: &Value| {
        Ok(Principle {
            code: text(value, "principle")?,
            state: text(value, "state")?,
            evidence: findings(&value["evidence"])?,
        })
    };
    list(listed).iter().map(principle).collect()
}

/// Findings of the engine: a code, a path and values.
pub(super) fn findings(value: &Value) -> CaseResult<Vec<Problem>> {
    list(value).iter().map(finding).collect()
}

fn finding(value: &Value) -> CaseResult<Problem> {
    let code = text(value, "code")?;
    let params = value
        .as_object()
        .into_iter()
        .flatten()
        .filter_map(|(name, _)| {
            let value = optional_text(value, name)?;
            (!["code", "path"].contains(&name.as_str())).then(|| Param {
                name: name.clone(),
                value,
            })
        });
    Ok(Problem {
        path: optional_text(value, "path").unwrap_or_default(),
        message: code.replace('_', " "),
        params: params.collect(),
        code,
    })
}

pub(super) fn switching(output: &Value) -> CaseResult<Vec<SwitchingValue>> {
    let value = |value: &Value| {
        Ok(SwitchingValue {
            parameter: text(value, "parameter")?,
            scope: text(value, "scope")?,
            unit: text(value, "unit")?,
            value: optional_text(value, "value").map(Decimal),
        })
    };
    list(&output["sensitivity"]["switching"])
        .iter()
        .map(value)
        .collect()
}

pub(super) fn unvalued(output: &Value) -> CaseResult<Vec<Unvalued>> {
    let outcome = |value: &Value| {
        Ok(Unvalued {
            id: text(value, "id")?,
            stakeholder: text(value, "stakeholder")?,
            name: text(value, "name")?,
            reason: text(value, "reason")?,
        })
    };
    list(&output["unvalued"]).iter().map(outcome).collect()
}

/// Null where nothing was simulated.
pub(crate) fn simulation(output: &Value) -> CaseResult<Option<Simulation>> {
    let value = &output["simulation"];
    if value.is_null() {
        return Ok(None);
    }
    Ok(Some(Simulation {
        draws: value["draws"].as_i64().unwrap_or_default(),
        seed: text(value, "seed")?,
        generator: text(value, "generator")?,
        distribution: text(value, "distribution")?,
        p5: decimal(value, "p5")?,
        p50: decimal(value, "p50")?,
        p95: decimal(value, "p95")?,
        mean: decimal(value, "mean")?,
        standard_error: decimal(value, "standard_error")?,
        probability_above_one: decimal(value, "probability_above_1")?,
        point_percentile: decimal(value, "point_percentile")?,
        histogram: histogram(&value["histogram"]),
    }))
}

/// Bins from equal steps; exact, so that neighbours share their edge.
fn histogram(value: &Value) -> Vec<HistogramBin> {
    let figure = |key: &str| {
        let text = value[key].as_str()?;
        money::decimal_from_text(text).ok()
    };
    let (Some(from), Some(width)) = (figure("from"), figure("width")) else {
        return Vec::new();
    };
    let edge = |bin: usize| {
        let steps = money::Decimal::from(u32::try_from(bin).unwrap_or(u32::MAX));
        Decimal(money::normal_text(from + width * steps))
    };
    list(&value["counts"])
        .iter()
        .enumerate()
        .map(|(bin, count)| HistogramBin {
            from: edge(bin),
            to: edge(bin + 1),
            count: count.as_i64().unwrap_or_default(),
        })
        .collect()
}
