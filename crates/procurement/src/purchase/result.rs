//! What came out, and the JSON that is printed and stored.
use std::collections::BTreeMap;

use chrono::NaiveDate;
use explain::{RuleRef, Step};
use money::Amount;
use serde_json::{Value, json};

use super::{Finding, Settings};
use crate::{ENGINE_NAME, ENGINE_VERSION, Requirement};

/// The other purchases of the need that count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Aggregate {
    /// All estimates in the window, this purchase's included.
    pub sum: Amount,
    /// First day of the window.
    pub first_day: NaiveDate,
    /// Last day of the window.
    pub last_day: NaiveDate,
    /// The others, by day.
    pub others: Vec<String>,
}

/// Which category decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mixture {
    /// The category.
    pub category: String,
    /// Whether equal values were told apart by the stricter tier.
    pub tied: bool,
    /// The estimate by category.
    pub by_category: BTreeMap<String, Amount>,
}

/// A purchase, what it requires, and what was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PurchaseResult {
    /// The purchase.
    pub id: String,
    /// The day that decided the version.
    pub day: Option<NaiveDate>,
    /// The estimate, maintenance included.
    pub estimated: Option<Amount>,
    /// What was agreed, maintenance included.
    pub accepted: Option<Amount>,
    /// Which category decided.
    pub mixture: Option<Mixture>,
    /// What else counts.
    pub aggregate: Option<Aggregate>,
    /// What the tier asks; none while that is unknown.
    pub requirement: Option<Requirement>,
    /// Whether the rules are kept; none = unknown.
    pub satisfied: Option<bool>,
    /// What was found, the weightiest first.
    pub findings: Vec<Finding>,
}

/// All purchases together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evaluation {
    /// False when any fails, else unknown when any is or there is none, else true.
    pub satisfied: Option<bool>,
    /// The purchases in the order given.
    pub purchases: Vec<PurchaseResult>,
    pub(super) settings: Settings,
    pub(super) rules: Vec<RuleRef>,
    pub(super) working: Vec<Step>,
}

impl Evaluation {
    /// How each tier was found.
    pub fn working(&self) -> &[Step] {
        &self.working
    }

    /// The result as `calc purchases` prints it, beside the hash of its question.
    pub fn to_json(&self, input_hash: &str) -> Value {
        let purchases: Vec<Value> = self.purchases.iter().map(PurchaseResult::to_json).collect();
        json!({
            "engine": {"name": ENGINE_NAME, "version": ENGINE_VERSION},
            "input_hash": input_hash,
            "settings": self.settings.to_json(),
            "rules": self.rules,
            "satisfied": self.satisfied,
            "purchases": purchases,
            "working": self.working,
        })
    }
}

impl PurchaseResult {
    fn to_json(&self) -> Value {
        let findings: Vec<Value> = self.findings.iter().map(Finding::to_json).collect();
        json!({
            "id": self.id,
            "governing_date": self.day.map(|day| day.to_string()),
            "estimated": self.estimated,
            "accepted": self.accepted,
            "category": self.mixture.as_ref().map(|mixture| &mixture.category),
            "by_category": self.mixture.as_ref().map(|mixture| &mixture.by_category),
            "aggregate": self.aggregate.as_ref().map(|aggregate| json!({
                "sum": aggregate.sum,
                "first_day": aggregate.first_day.to_string(),
                "last_day": aggregate.last_day.to_string(),
                "others": aggregate.others,
            })),
            "requirement": self.requirement.as_ref().map(Requirement::to_json),
            "satisfied": self.satisfied,
            "findings": findings,
        })
    }
}
