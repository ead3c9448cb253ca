//! A funder's rules: versions, drafts, trials on real applications, and putting a round under
//! another version.
mod mutation;
mod query;
mod types;
mod vocabulary;

pub(crate) use mutation::RulesMutation;
pub(crate) use query::RulesQuery;
