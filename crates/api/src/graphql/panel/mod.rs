//! What a panel decides with: other weights, why ranks moved, fairness, second persons, letters, appeals.
mod bundle;
mod deciding;
mod moves;
mod mutation;
mod query;
mod redress;
mod trial;
mod types;

pub(crate) use deciding::{DecisionProposal, FundingLevel, ReceivedAppeal};
pub(crate) use mutation::PanelMutation;
pub(crate) use query::PanelQuery;
pub(crate) use redress::{Appeal, Letter};
