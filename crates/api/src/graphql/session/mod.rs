//! Who is signed in, and what time it is.
mod query;
mod types;

pub(crate) use query::SessionQuery;
pub(crate) use types::{Role, TenantKind};
