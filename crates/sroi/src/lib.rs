//! Social return on investment: from a value map to an evaluation with its working, sensitivity
//! and simulation, after the Guide to SROI (Cabinet Office 2009, SROI Network 2012).
//!
//! [`read`] turns a document into a [`Request`] or lists every problem in it, [`evaluate`]
//! computes the figures, [`Evaluation::to_json`] prints them; [`calc`] does all three.
//! Figures are fixed-point numbers of 36 places ([`fixed`]); only the simulation uses floats.
//!
//! This crate must never import another calculator, read a clock or a file, or take randomness
//! from anywhere but the seed it is given.
#![deny(clippy::wildcard_enum_match_arm)]

mod benchmark;
mod bridge;
mod discount;
mod evaluate;
mod fixed;
mod limbs;
mod model;
mod normal;
mod options;
mod output;
mod payback;
mod pert;
mod quantile;
mod read;
mod read_options;
mod read_outcome;
mod sample;
mod sensitivity;
mod simulation;
mod spread;
mod switching;
mod types;
mod warnings;
mod working;

pub use benchmark::{Hint, hints};
pub use evaluate::{Evaluation, OutcomeFigures, evaluate};
pub use fixed::Fixed;
pub use options::*;
pub use read::{read, read_at};
pub use read_outcome::OUTCOME_FIELDS;
pub use sensitivity::{GridResult, SensitivityResult, TornadoBar};
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
    Ok(evaluate(&request)?.to_json())
}
