//! The life of a grant as stages and pure transitions: rounds, applications, reviews, decisions,
//! size bands. What may follow what is decided here and nowhere else.
//!
//! This crate must never compute a figure, read a clock, or do I/O: time is an argument.
#![deny(clippy::wildcard_enum_match_arm)]

mod appeal;
mod application;
mod decision;
mod letter;
mod round;
mod size_band;

pub use appeal::{AppealOutcome, appeal_until};
pub use application::{ApplicationStage, StageError};
pub use decision::{DecisionOutcome, DecisionProposal, check_decision};
pub use letter::{LetterFacts, LetterText, compose};
pub use round::RoundStage;
pub use size_band::SizeBand;
