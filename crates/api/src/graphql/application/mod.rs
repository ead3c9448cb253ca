//! An NGO's own applications.
mod mutation;
mod outturn;
mod query;
mod types;

pub(crate) use mutation::{ApplicationMutation, application_payload};
pub(crate) use outturn::OutturnMutation;
pub(crate) use query::ApplicationQuery;
pub(crate) use types::ApplicationPayload;
