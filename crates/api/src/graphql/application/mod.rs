//! An NGO's own applications.
mod mutation;
mod query;
mod types;

pub(crate) use mutation::ApplicationMutation;
pub(crate) use query::ApplicationQuery;
