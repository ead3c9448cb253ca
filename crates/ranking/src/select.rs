//! Which applications to fund under a budget: the exact best set under the fairness rules, beside
//! what best-score-first would give, with the price of each rule.
mod bound;
mod check;
mod evaluate;
mod fairness;
mod greedy;
mod read;
mod result;
mod search;
mod states;
mod whole;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use money::{Amount, Decimal, Share, normal_text};
use serde_json::{Value, json};

pub use evaluate::{WORK_MAX, evaluate, evaluate_within};
pub use read::read;
pub use result::{
    CapShortfall, Greedy, Price, PriceOfFairness, Relaxation, Selection, ShareShortfall, Status,
};

/// Most applications of one selection.
pub const APPLICATIONS_MAX: usize = 2_000;
/// Largest budget and cost: a trillion, so that sums in millionths fit in 64 bits.
pub const BUDGET_MAX: i64 = 1_000_000_000_000;
/// Largest score, positive or negative, so that sums in millionths fit in 64 bits.
pub const SCORE_MAX: i64 = 1_000_000_000;

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
}

/// Fairness rules; `None` means no such rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Constraints {
    /// Least share of the budget that goes to small organisations.
    pub small_share: Option<Share>,
    /// Most applications funded per group; at least 1.
    pub max_per_group: Option<u32>,
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
}

impl Request {
    /// `v1:` and the hash of this input with normalised decimals; the order of the applications
    /// does not matter.
    pub fn input_hash(&self) -> String {
        let applications: BTreeMap<&str, Value> = self
            .applications
            .iter()
            .map(|application| {
                let value = json!({
                    "group": application.group,
                    "small": application.small,
                    "cost": normal_text(application.cost.decimal()),
                    "score": normal_text(application.score),
                });
                (application.id.as_str(), value)
            })
            .collect();
        explain::input_hash(&json!({
            "format": 1,
            "budget": normal_text(self.budget.decimal()),
            "applications": applications,
            "constraints": {
                "small_share": self.constraints.small_share.map(|share| normal_text(share.decimal())),
                "max_per_group": self.constraints.max_per_group,
            },
        }))
    }
}
