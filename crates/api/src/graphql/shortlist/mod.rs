//! The ranked shortlist of a round.
mod mutation;
mod query;
mod selection;
mod types;

pub(crate) use mutation::ShortlistMutation;
pub(crate) use query::ShortlistQuery;
pub(crate) use selection::{Selection, Standing};
