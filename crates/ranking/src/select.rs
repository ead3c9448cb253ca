//! Which applications to fund under a budget: the exact best set under the fairness rules, beside
//! what best-score-first would give, with the price of each rule.
mod arithmetic;
mod bound;
mod branch;
mod check;
mod check_rules;
mod core;
mod covers;
mod descent;
mod dictionary;
mod evaluate;
mod fairness;
mod general;
mod greedy;
mod incumbent;
mod lists;
mod opened;
mod pricing;
mod program;
mod read;
mod recheck;
mod relaxation;
mod result;
mod rule;
mod search;
mod settle;
mod states;
mod together;
mod whole;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use money::{Amount, Decimal, Share, normal_text};
use serde_json::{Value, json};

pub use evaluate::{Effort, WORK_MAX, best_set, evaluate, evaluate_within};
pub use read::read;
pub use result::{
    CapShortfall, Check, Greedy, Method, Price, Relaxation, RowShortfall, Selection,
    ShareShortfall, Status,
};
pub use rule::{Measure, PartRule, Requirement};

/// Most applications of one selection.
pub const APPLICATIONS_MAX: usize = 100_000;
/// Most levels of one application beside full funding.
pub const LEVELS_MAX: usize = 5;
/// Most rules of one kind.
pub const RULES_MAX: usize = 500;
/// Largest budget and cost: a trillion, so that sums in millionths fit in 64 bits.
pub const BUDGET_MAX: i64 = 1_000_000_000_000;
/// Largest score, positive or negative, so that sums in millionths fit in 64 bits.
pub const SCORE_MAX: i64 = 1_000_000_000;

/// Funding of a part of what is asked for, instead of all of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Level {
    /// Unique within the application.
    pub id: String,
    /// What it costs; above zero and below the full cost.
    pub cost: Amount,
    /// What it is worth.
    pub score: Decimal,
}

/// Shares of the cost by code within one dimension, such as districts.
pub type Parts = BTreeMap<String, Share>;

/// One application that asks for money.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Application {
    /// Unique among the applications.
    pub id: String,
    /// The organisation or other group that `max_per_group` counts.
    pub group: String,
    /// Whether it comes from a small organisation.
    pub small: bool,
    /// What funding it costs; above zero.
    pub cost: Amount,
    /// What it is worth; the sum of scores is maximised.
    pub score: Decimal,
    /// Where the money goes, by dimension.
    pub parts: BTreeMap<String, Parts>,
    /// Alternatives to full funding.
    pub levels: Vec<Level>,
}

/// Fairness rules; `None` or an empty list means no such rule.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Constraints {
    /// Least share of the budget that goes to small organisations.
    pub small_share: Option<Share>,
    /// Most applications funded per group; at least 1.
    pub max_per_group: Option<u32>,
    /// Most that a code may receive, in money or in applications.
    pub at_most: Vec<PartRule>,
    /// Least that a code must receive, in money or in applications.
    pub at_least: Vec<PartRule>,
    /// At most one application of each list is funded.
    pub exclusive: Vec<Vec<String>>,
    /// Applications that are funded only beside another one.
    pub requires: Vec<Requirement>,
    /// Codes that exist by dimension, whether or not an application touches them: a rule may name
    /// these beside the ones that applications name. They change no answer and are not hashed.
    pub codes: BTreeMap<String, BTreeSet<String>>,
}

/// Everything a selection rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// What may be spent at most.
    pub budget: Amount,
    /// The applications, in any order.
    pub applications: Vec<Application>,
    /// Fairness rules.
    pub constraints: Constraints,
    /// How much work the search may do; `None`: [`WORK_MAX`].
    pub work_max: Option<u64>,
}

impl Request {
    /// `v1:` and the hash of this input with normalised decimals; the order of the applications
    /// does not matter, and what is not stated is not hashed.
    pub fn input_hash(&self) -> String {
        let applications: BTreeMap<&str, Value> = self
            .applications
            .iter()
            .map(|application| (application.id.as_str(), application.hashed()))
            .collect();
        let mut hashed = json!({
            "format": 1,
            "budget": normal_text(self.budget.decimal()),
            "applications": applications,
            "constraints": self.constraints.hashed(),
        });
        if let Some(work) = self.work_max {
            hashed["work_max"] = json!(work);
        }
        explain::input_hash(&hashed)
    }
}

impl Application {
    fn hashed(&self) -> Value {
        let mut hashed = json!({
            "group": self.group,
            "small": self.small,
            "cost": normal_text(self.cost.decimal()),
            "score": normal_text(self.score),
        });
        if !self.parts.is_empty() {
            hashed["parts"] = json!(self.parts);
        }
        if !self.levels.is_empty() {
            let levels: BTreeMap<&str, Value> = self
                .levels
                .iter()
                .map(|level| {
                    let value = json!({"cost": level.cost, "score": normal_text(level.score)});
                    (level.id.as_str(), value)
                })
                .collect();
            hashed["levels"] = json!(levels);
        }
        hashed
    }
}

impl Constraints {
    fn hashed(&self) -> Value {
        let mut hashed = json!({
            "small_share": self.small_share.map(|share| normal_text(share.decimal())),
            "max_per_group": self.max_per_group,
        });
        let general: BTreeMap<String, String> = rule::stated(self)
            .into_iter()
            .filter(|rule| rule.is_general())
            .map(|rule| (rule.id(self), normal_text(rule.value(self))))
            .collect();
        if !general.is_empty() {
            hashed["rules"] = json!(general);
        }
        hashed
    }
}
