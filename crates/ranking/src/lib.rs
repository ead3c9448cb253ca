//! Scores on fixed anchors, ranks with shared places, how robust a rank is when weights vary, and
//! the best selection under a budget with its fairness rules.
//!
//! [`rank`] turns criteria and scores into a ranking with working; [`select`] finds the exact
//! optimum under a budget and says what each rule costs. [`severity`] adjusts for strict and
//! generous reviewers, [`weights`] finds weights from comparisons, [`fairness`] describes who is
//! funded, [`moves`] says why ranks moved, [`rubric`] refuses what may not be scored. All read the
//! stable JSON of `plumbline calc` and offer plain structs for callers that already hold typed values.
//!
//! This crate must never import another calculator or `grants`, do I/O, ask the clock, or use a
//! float outside `rank`'s sampling.
#![deny(clippy::wildcard_enum_match_arm)]

mod anchors;
pub mod columns;
pub mod fairness;
pub mod moves;
pub mod rank;
pub mod rubric;
pub mod select;
pub mod severity;
mod square_root;
pub mod weights;

use explain::{Problems, json::Json};
use serde_json::Value;

pub use anchors::Anchors;

/// Name of the engine, stored beside every run.
pub const ENGINE_NAME: &str = "plumbline-ranking";
/// Version of the engine; any change to a figure it prints changes this.
pub const ENGINE_VERSION: &str = "1.1.0";

/// `plumbline calc rank`: reads, ranks and prints.
pub fn calc_rank(body: &Json) -> Result<Value, Problems> {
    Ok(rank::evaluate(&rank::read(body)?)?.to_json())
}

/// `plumbline calc severity`: reads, estimates and prints.
pub fn calc_severity(body: &Json) -> Result<Value, Problems> {
    Ok(severity::evaluate(&severity::read(body)?)?.to_json())
}

/// `plumbline calc weights`: reads, weighs and prints.
pub fn calc_weights(body: &Json) -> Result<Value, Problems> {
    Ok(weights::evaluate(&weights::read(body)?)?.to_json())
}

/// `plumbline calc fairness`: reads, counts and prints.
pub fn calc_fairness(body: &Json) -> Result<Value, Problems> {
    Ok(fairness::evaluate(&fairness::read(body)?)?.to_json())
}

/// `plumbline calc moves`: reads, compares and prints.
pub fn calc_moves(body: &Json) -> Result<Value, Problems> {
    Ok(moves::evaluate(&moves::read(body)?)?.to_json())
}

/// `plumbline calc select`: reads, selects and prints.
pub fn calc_select(body: &Json) -> Result<Value, Problems> {
    Ok(select::evaluate(&select::read(body)?)?.to_json())
}
