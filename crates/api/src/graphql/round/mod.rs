//! Rounds, the programmes they run under, and reference data.
mod mutation;
mod programme;
mod query;
mod types;

pub(crate) use mutation::RoundMutation;
pub(crate) use query::RoundQuery;
pub(crate) use types::{Round, RoundStage};
