//! Exploring an SROI figure, differences between two maps, and the method in words.
mod difference;
mod explore;
mod query;

pub(crate) use difference::{SroiDifference, difference};
pub(crate) use query::SroiQuery;
