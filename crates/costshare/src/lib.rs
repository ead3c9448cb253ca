//! Cost sharing: how shared cost is apportioned between activities, which projects are exempt
//! from it and what that changes, who pays each part of a project within which limits, and how the
//! reserve stands against its ceiling.
//!
//! Parts always sum to the whole, in whole cents. What is not known is `needs_information`, never
//! an exemption. This crate must never read a clock, a file or a database, and must never contain
//! a list of exempt schemes: the list is given with each request.
#![deny(clippy::wildcard_enum_match_arm)]

mod cash_flow;
mod contradiction;
mod effect;
mod evaluation;
mod exemption;
mod grid;
mod limits;
mod matching;
mod plan;
mod plan_result;
mod pool;
mod pools;
mod request;
mod reserve;
mod schedules;
mod settings;
mod settled;
mod solve;
mod tie;
mod who_pays;
mod working;

pub use cash_flow::CashFlow;
pub use effect::{Change, Effect, PoolEffect};
pub use evaluation::{Evaluation, calc, evaluate};
pub use exemption::{ProjectResult, Status, UnknownFact};
pub use limits::{Limit, Limits, Side, Standing};
pub use matching::{Counted, Matched, Matching, Tier, TierPart};
pub use plan::{Asked, Plan, PlanLine, plan_read, plan_read_at};
pub use plan_result::{
    Answer, CellChange, PlanResult, PlanState, StatedCost, calc_plan, plan_evaluate,
};
pub use pool::Pool;
pub use pools::{LeftOut, MixedActivity, PoolResult};
pub use request::{ExemptSchemes, Project, Request, read, read_at};
pub use reserve::{Reserve, ReserveResult};
pub use schedules::{Membership, ReportRow, Schedules};
pub use settings::{ExemptBasis, Settings};
pub use settled::plan_is_settled;
pub use solve::{Moved, Range};
pub use tie::Tie;
pub use who_pays::{Cell, LineTotal, Source, Sources, WhoPays, who_pays, who_pays_read};

/// The engine named beside every stored result.
pub const ENGINE_NAME: &str = "costshare";
/// Changes whenever any figure or status could come out differently.
pub const ENGINE_VERSION: &str = "1.1.0";
/// The rule set this engine applies, as facts name it.
pub const RULESET_ID: &str = "hk-lsg-cost-apportionment-demo";
/// Its version: the date of the letter whose exemption it encodes.
pub const RULESET_VERSION: &str = "2025-06-12";
