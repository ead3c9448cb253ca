//! What was delivered to a funder: copies, reviews, decisions.
mod assess;
mod mutation;
mod query;
mod review;
mod types;

pub(crate) use assess::{AssessmentMutation, Assurance};
pub(crate) use mutation::{ReceivedMutation, received_payload};
pub(crate) use query::ReceivedQuery;
pub(crate) use review::DecisionLine;
pub(crate) use types::ReceivedPayload;
