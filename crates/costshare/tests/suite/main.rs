//! The cost-sharing calculators against the rule file that ships and everything around it.
#![expect(
    clippy::unwrap_used,
    reason = "the helpers of these tests stop the test when the input itself is wrong"
)]
mod apportionment;
mod bad_input;
mod contradictions;
mod edges;
mod effect;
mod plan;
mod plan_properties;
mod published_vectors;
mod split_properties;
mod who_pays;
