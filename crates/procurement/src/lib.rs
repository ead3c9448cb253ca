//! Procurement: which method a purchase needs under a dated table of tiers, how many quotations
//! and in which form, whether what an applicant plans satisfies it, whether what was done does
//! ([`purchase`]), and who may take which step under an organisation's own policy ([`policy`]).
//!
//! The table is data that is checked when it is read. What is not known is unknown, never a
//! pass. This crate must never contain a tier, a ceiling or a date of its own, and must never
//! read a clock, a file or a database.
#![deny(clippy::wildcard_enum_match_arm)]

mod evaluation;
mod periods;
mod plan;
pub mod policy;
pub mod purchase;
mod request;
mod ruleset;
mod tiers;

pub use evaluation::{Evaluation, PurchaseResult, Requirement, calc, evaluate};
pub use plan::{Plan, PlanResult, PlansResult, Reason, check, plans_read};
pub use request::{Purchase, Request, read, read_at};
pub use ruleset::{Form, Method, Ruleset, Tier, Version, read_ruleset};

/// The engine named beside every stored result.
pub const ENGINE_NAME: &str = "procurement";
/// Changes whenever any method or count could come out differently.
pub const ENGINE_VERSION: &str = "1.1.0";
