//! A difference between two value maps, change by change.
use async_graphql::SimpleObject;
use casework::{CaseResult, DifferenceView};
use serde_json::Value;

use crate::graphql::{
    engine::{decimal, list, optional_text, text},
    scalars::Decimal,
};

/// From one map to another: every change in order, with what it does.
#[derive(SimpleObject)]
pub(crate) struct SroiDifference {
    ratio_before: Decimal,
    ratio_after: Decimal,
    total_before: Decimal,
    total_after: Decimal,
    investment_before: Decimal,
    investment_after: Decimal,
    #[graphql(complexity = "10 * child_complexity + 1")]
    steps: Vec<DifferenceStep>,
}

/// One change. The effects on a total add up to its whole difference.
#[derive(SimpleObject)]
pub(crate) struct DifferenceStep {
    path: String,
    outcome: Option<String>,
    parameter: String,
    from: Option<String>,
    to: Option<String>,
    effect: Decimal,
    /// `total` (present value of the outcomes) or `investment`.
    effect_on: String,
}

/// Types the engine's answer.
pub(crate) fn difference(view: &DifferenceView) -> CaseResult<SroiDifference> {
    let value = &view.0;
    let figure = |key| decimal(value, key);
    Ok(SroiDifference {
        ratio_before: figure("ratio_before")?,
        ratio_after: figure("ratio_after")?,
        total_before: figure("total_before")?,
        total_after: figure("total_after")?,
        investment_before: figure("investment_before")?,
        investment_after: figure("investment_after")?,
        steps: list(&value["steps"])
            .iter()
            .map(step)
            .collect::<CaseResult<_>>()?,
    })
}

fn step(value: &Value) -> CaseResult<DifferenceStep> {
    Ok(DifferenceStep {
        path: text(value, "path")?,
        outcome: optional_text(value, "outcome"),
        parameter: text(value, "parameter")?,
        from: optional_text(value, "from"),
        to: optional_text(value, "to"),
        effect: decimal(value, "effect")?,
        effect_on: text(value, "effect_on")?,
    })
}
