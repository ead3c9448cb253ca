//! Social return on investment: from a value map to an evaluation with its working, sensitivity
//! and simulation, after the Guide to SROI (Cabinet Office 2009, SROI Network 2012).
//!
//! [`read`] turns a document into a [`Request`] or lists every problem in it, [`evaluate`]
//! computes the figures, [`Evaluation::to_json`] prints them; [`calc`] does all three. [`compare`]
//! explains the difference between two maps, [`method`] is the method in words.
//! Figures are fixed-point numbers of 36 places ([`fixed`]); only the simulation uses floats.
//!
//! This crate must never import another calculator, read a clock or a file, or take randomness
//! from anywhere but the seed it is given.
#![deny(clippy::wildcard_enum_match_arm)]

mod bridge;
mod compare;
mod discount;
mod evaluate;
mod fixed;
mod hints;
mod limbs;
mod method;
mod method_conventions;
mod method_steps;
mod model;
mod normal;
mod normal_record;
mod options;
mod output;
mod payback;
mod pert;
mod principles;
mod quantile;
mod read;
mod read_input;
mod read_options;
mod read_outcome;
mod read_record;
mod record;
mod sample;
mod sensitivity;
mod simulation;
mod spread;
mod switching;
mod types;
mod walk;
mod warnings;
mod working;

pub use compare::{Difference, DifferenceStep, EffectOn, calc_compare, compare};
pub use evaluate::{Evaluation, OutcomeFigures, evaluate};
pub use fixed::Fixed;
pub use method::{MethodStep, method, method_step};
pub use options::*;
pub use principles::{Kept, Principle, principles, verified};
pub use read::{read, read_at};
pub use read_outcome::OUTCOME_FIELDS;
pub use record::*;
pub use sensitivity::{GridResult, ScenarioResult, SensitivityResult, TornadoBar};
pub use simulation::SimulationResult;
pub use spread::Histogram;
pub use switching::SwitchingValue;
pub use types::*;
pub use warnings::Warning;

/// Name of the engine, printed with every result.
pub const ENGINE_NAME: &str = "plumbline-sroi";
/// Version of the engine: raised whenever the same input could give another figure.
pub const ENGINE_VERSION: &str = "1.1.0";

/// Reads a document, evaluates it and prints the result, or lists every problem.
pub fn calc(body: &explain::json::Json) -> Result<serde_json::Value, explain::Problems> {
    let request = read(body)?;
    Ok(evaluate(request)?.to_json())
}
