//! Who belongs to the own organisation: seeing, inviting, changing roles.
mod mutation;
mod query;
mod types;

pub(crate) use mutation::PeopleMutation;
pub(crate) use query::PeopleQuery;
