//! The sector report.
mod query;
mod types;

pub(crate) use query::SectorQuery;
