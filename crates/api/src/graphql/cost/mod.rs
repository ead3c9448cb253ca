//! Who pays a project, and trying a figure.
mod query;

pub(crate) use query::CostQuery;
