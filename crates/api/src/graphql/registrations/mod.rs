//! Organisations that register: the operator's list and answers, and what a registration may name.
mod mutation;
mod query;
mod types;

pub(crate) use mutation::RegistrationsMutation;
pub(crate) use query::RegistrationsQuery;
