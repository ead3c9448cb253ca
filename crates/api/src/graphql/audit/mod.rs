//! The audit trail of the own organisation: reading and checking it.
mod query;
mod types;

pub(crate) use query::AuditQuery;
