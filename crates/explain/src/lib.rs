//! What every calculator shares, so that all of them explain themselves in one way: working
//! ([`Step`]), problems with code and path ([`Problem`]), a reader that collects every problem of
//! a document at once ([`read`]), bilingual text, rule references, financial years and the hash
//! of an input.
//!
//! This crate must never import a calculator, the clock, or anything that does I/O.
#![deny(clippy::wildcard_enum_match_arm)]

pub mod json;
pub mod read;

mod date;
mod hash;
mod language;
mod problem;
mod step;
mod text;

pub use date::{FinancialYear, date_from_text};
pub use hash::{canonical_json, hex, input_hash, sha256_hex};
pub use language::{Language, Words, hong_kong};
pub use problem::{Problem, Problems};
pub use step::Step;
pub use text::{RuleRef, Text};
