//! The proxy library, the proposals that grow it, and the outcome catalogue.
mod catalogue;
mod mutation;
mod query;
mod types;

pub(crate) use catalogue::{
    CatalogueOutcome, PriceIndex, VolunteerRate, coded, outcomes, price_index, volunteer_rates,
};
pub(crate) use mutation::ProxiesMutation;
pub(crate) use query::ProxiesQuery;
