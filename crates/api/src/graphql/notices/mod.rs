//! The notice on personal data, and agreeing to it.
mod mutation;
mod query;
mod types;

pub(crate) use mutation::NoticesMutation;
pub(crate) use query::NoticesQuery;
