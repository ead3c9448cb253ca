//! Purchases paid from awarded projects, and the approval policy.
mod analysis;
mod check;
mod mutation;
mod query;
mod types;

pub(crate) use mutation::PurchasesMutation;
pub(crate) use query::PurchasesQuery;
