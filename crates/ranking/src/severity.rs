//! Reviewers differ in severity: additive least squares tells what a level owes to the application
//! and what to the reviewer, dimension by dimension.
//!
//! level = application + reviewer + residual, the reviewers' severities summing to zero within each
//! connected part. A level is adjusted only where one part holds everybody and something is left
//! over to check the model with; raw figures always stand beside adjusted ones. A **positive**
//! severity is added to the levels: that reviewer is generous.
mod design;
mod evaluate;
mod read;
mod result;
mod solve;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use money::{Decimal, normal_text};
use serde_json::{Value, json};

pub use evaluate::evaluate;
pub use read::read;
pub use result::{
    ApplicationLevel, Dimension, Flag, Outlier, Overall, ReviewerSeverity, Severity, Why,
};

/// Most reviewers of one dimension.
pub const REVIEWERS_MAX: usize = 200;
/// Most applications.
pub const APPLICATIONS_MAX: usize = 5_000;
/// Most reviews in all.
pub const REVIEWS_MAX: usize = 20_000;
/// Most dimensions.
pub const DIMENSIONS_MAX: usize = 50;

/// One reviewer's levels for one application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// Who gave the levels.
    pub reviewer: String,
    /// For which application.
    pub application: String,
    /// By dimension; `None`: abstained.
    pub scores: BTreeMap<String, Option<Decimal>>,
}

/// Everything the severities rest on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The reviews, in any order; one per reviewer and application.
    pub reviews: Vec<Review>,
    /// The lowest level.
    pub from: Decimal,
    /// The highest level.
    pub to: Decimal,
    /// A level at least so far from the mean of the others is an outlier.
    pub gap: Decimal,
}

impl Request {
    /// `v1:` and the hash of this input; the order of the reviews does not matter.
    pub fn input_hash(&self) -> String {
        let mut reviews: BTreeMap<&str, BTreeMap<&str, Value>> = BTreeMap::new();
        for review in &self.reviews {
            let scores: BTreeMap<&str, Option<String>> = review
                .scores
                .iter()
                .map(|(id, level)| (id.as_str(), level.map(normal_text)))
                .collect();
            reviews
                .entry(&review.reviewer)
                .or_default()
                .insert(&review.application, json!(scores));
        }
        explain::input_hash(&json!({
            "format": 1,
            "reviews": reviews,
            "levels": {"from": normal_text(self.from), "to": normal_text(self.to)},
            "outlier": {"gap": normal_text(self.gap)},
        }))
    }
}
