//! Scores on fixed anchors, ranks with shared places, how robust a rank is when weights vary, and
//! the best selection under a budget with its fairness rules.
//!
//! [`rank`] turns criteria and scores into a ranking with working; [`select`] finds the exact
//! optimum under a budget and says what each rule costs. Both read the stable JSON of
//! `plumbline calc` and offer plain structs for callers that already hold typed values.
//!
//! This crate must never import another calculator or `grants`, do I/O, ask the clock, or use a
//! float outside `rank::sampling`.
#![deny(clippy::wildcard_enum_match_arm)]

mod anchors;
pub mod rank;
pub mod select;

use explain::{Problems, json::Json};
use serde_json::Value;

pub use anchors::Anchors;

/// Name of the engine, stored beside every run.
pub const ENGINE_NAME: &str = "plumbline-ranking";
/// Version of the engine; any change to a figure it prints changes this.
pub const ENGINE_VERSION: &str = "1.0.0";

/// `plumbline calc rank`: reads, ranks and prints.
pub fn calc_rank(body: &Json) -> Result<Value, Problems> {
    Ok(rank::evaluate(&rank::read(body)?)?.to_json())
}

/// `plumbline calc select`: reads, selects and prints.
pub fn calc_select(body: &Json) -> Result<Value, Problems> {
    Ok(select::evaluate(&select::read(body)?)?.to_json())
}
