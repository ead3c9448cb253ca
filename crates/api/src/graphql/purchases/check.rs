//! What the rules of procurement find, as GraphQL types.
use async_graphql::SimpleObject;
use casework::{PurchaseCheckView, PurchaseStepView};
use serde_json::Value;

use super::types::PurchaseStepOfTier;
use crate::graphql::{
    scalars::Decimal,
    types::{Param, Problem, problems},
};

/// What the tier asks.
#[derive(SimpleObject)]
pub(crate) struct PurchaseRequirement {
    version: String,
    /// exempt, quotation or tender.
    method: String,
    min_quotations: i32,
    accepted_forms: Vec<String>,
}

/// Purchases of one need within the window, summed.
#[derive(SimpleObject)]
pub(crate) struct PurchaseAggregate {
    sum: Decimal,
    first_day: String,
    last_day: String,
    /// References of the others.
    others: Vec<String>,
}

/// The client has the words, by code.
#[derive(SimpleObject)]
pub(crate) struct PurchaseFinding {
    code: String,
    /// fail, unknown, waived, warning or info.
    severity: String,
    shortfall: Option<String>,
    params: Vec<Param>,
}

/// The value of one category in a purchase.
#[derive(SimpleObject)]
pub(crate) struct PurchaseCategoryValue {
    category: String,
    amount: Decimal,
}

/// A purchase held against the rules: false when anything fails, null when anything is unknown.
#[derive(SimpleObject)]
pub(crate) struct PurchaseCheck {
    satisfied: Option<bool>,
    governing_date: Option<String>,
    /// Maintenance included.
    estimated: Option<Decimal>,
    /// Maintenance included.
    accepted: Option<Decimal>,
    /// The category that decided.
    category: Option<String>,
    by_category: Vec<PurchaseCategoryValue>,
    requirement: Option<PurchaseRequirement>,
    aggregate: Option<PurchaseAggregate>,
    findings: Vec<PurchaseFinding>,
}

fn text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

fn texts(value: &Value) -> Vec<String> {
    value
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(text)
        .collect()
}

fn values(value: &Value) -> Vec<Param> {
    let entries = value.as_object().into_iter().flatten();
    entries
        .map(|(name, value)| Param {
            name: name.clone(),
            value: text(value).unwrap_or_default(),
        })
        .collect()
}

/// From what the calculator prints.
pub(super) fn check(found: &Value) -> PurchaseCheck {
    let needed = &found["requirement"];
    let count = needed["min_quotations"].as_i64();
    let requirement = count.map(|count| PurchaseRequirement {
        version: text(&needed["version"]).unwrap_or_default(),
        method: text(&needed["method"]).unwrap_or_default(),
        min_quotations: i32::try_from(count).unwrap_or(i32::MAX),
        accepted_forms: texts(&needed["accepted_forms"]),
    });
    let summed = &found["aggregate"];
    let aggregate = text(&summed["sum"]).map(|sum| PurchaseAggregate {
        sum: Decimal(sum),
        first_day: text(&summed["first_day"]).unwrap_or_default(),
        last_day: text(&summed["last_day"]).unwrap_or_default(),
        others: texts(&summed["others"]),
    });
    let findings = found["findings"].as_array().into_iter().flatten();
    PurchaseCheck {
        satisfied: found["satisfied"].as_bool(),
        governing_date: text(&found["governing_date"]),
        estimated: text(&found["estimated"]).map(Decimal),
        accepted: text(&found["accepted"]).map(Decimal),
        category: text(&found["category"]),
        by_category: values(&found["by_category"])
            .into_iter()
            .map(|value| PurchaseCategoryValue {
                category: value.name,
                amount: Decimal(value.value),
            })
            .collect(),
        requirement,
        aggregate,
        findings: findings
            .map(|finding| PurchaseFinding {
                code: text(&finding["code"]).unwrap_or_default(),
                severity: text(&finding["severity"]).unwrap_or_default(),
                shortfall: text(&finding["shortfall"]),
                params: values(&finding["params"]),
            })
            .collect(),
    }
}

/// What a draft would come to.
#[derive(SimpleObject)]
pub(crate) struct PurchaseCheckPayload {
    check: Option<PurchaseCheck>,
    /// What the budget line still holds.
    line_left: Option<Decimal>,
    /// Who would take which step.
    steps: Vec<PurchaseStepOfTier>,
    problems: Vec<Problem>,
}

impl From<PurchaseCheckView> for PurchaseCheckPayload {
    fn from(view: PurchaseCheckView) -> Self {
        let steps: Vec<PurchaseStepView> = view.steps;
        Self {
            check: view.check.as_ref().map(check),
            line_left: view.line_left.map(Decimal::from),
            steps: steps.into_iter().map(PurchaseStepOfTier::from).collect(),
            problems: problems(view.problems),
        }
    }
}
