//! Where the work stands: for an operator, and live for those who wait for it.
mod follow;
mod query;
mod subscription;
mod types;

pub(crate) use follow::LiveSession;
pub(crate) use query::WorkQuery;
pub(crate) use subscription::WorkSubscription;
pub(crate) use types::{WorkProgress, newest_per_kind};
