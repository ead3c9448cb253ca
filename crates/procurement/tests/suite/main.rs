//! The procurement calculator against the rule file that ships.
#![expect(
    clippy::unwrap_used,
    reason = "the helpers of these tests stop the test when the input itself is wrong"
)]
mod buying;
mod edges;
mod edges_purchase;
mod plans;
mod policies;
mod purchases;
mod requisitions;
mod rule_files;
mod splitting;
mod support;
mod tier_properties;
