//! Entries of the library and proposals to it.
use async_graphql::{ID, SimpleObject};
use casework::{ProxyProposalView, ProxyView};

use crate::graphql::{
    names::PersonName,
    scalars::{DateTime, Decimal},
    types::{Coded, PageInfo, Problem, Text, id},
};

/// One version of an entry: what one unit of an outcome is worth. Id and version together name it.
#[derive(SimpleObject)]
pub(crate) struct Proxy {
    id: String,
    version: i32,
    name: Text,
    description: Text,
    value: Decimal,
    low: Decimal,
    high: Decimal,
    currency: String,
    unit: Text,
    source: String,
    source_url: Option<String>,
    price_year: i64,
    region: String,
    licence: String,
    /// A to D.
    evidence_grade: String,
    #[graphql(complexity = "3 * child_complexity + 1")]
    outcomes: Vec<Coded>,
    /// Made up for demonstration; its source says so.
    illustrative: bool,
    /// From elsewhere or in other money: whoever uses it says why it holds here.
    needs_local_basis: bool,
    /// The organisation's own proposal, on which the council has not decided.
    own: bool,
    /// When it was published; of a proposal, when it was proposed.
    published_at: DateTime,
}

impl From<ProxyView> for Proxy {
    fn from(view: ProxyView) -> Self {
        let needs_local_basis = view.entry.needs_local_basis();
        let outcomes = view.outcomes.into_iter().map(|(code, label)| Coded {
            code,
            label: label.into(),
        });
        let entry = view.entry;
        Self {
            id: view.id,
            version: view.version,
            name: entry.name.into(),
            description: entry.description.into(),
            value: entry.value.into(),
            low: entry.low.into(),
            high: entry.high.into(),
            currency: entry.currency,
            unit: entry.unit.into(),
            source: entry.source,
            source_url: entry.source_url,
            price_year: entry.price_year,
            region: entry.region,
            licence: entry.licence,
            evidence_grade: entry.evidence_grade,
            outcomes: outcomes.collect(),
            illustrative: entry.illustrative,
            needs_local_basis,
            own: view.own,
            published_at: view.published_at.into(),
        }
    }
}

#[derive(SimpleObject)]
pub(crate) struct ProxyConnection {
    pub(super) nodes: Vec<Proxy>,
    pub(super) page_info: PageInfo,
}

/// Every version of one entry, newest first.
#[derive(SimpleObject)]
pub(crate) struct ProxyHistory {
    pub(super) id: String,
    #[graphql(complexity = "5 * child_complexity + 1")]
    pub(super) versions: Vec<Proxy>,
}

/// A proposal to the library: an NGO's own, or one that the council received.
#[derive(SimpleObject)]
pub(crate) struct ProxyProposal {
    id: ID,
    /// proposed, approved or refused.
    state: String,
    proxy: Proxy,
    /// The organisation.
    proposed_by: Text,
    proposed_at: DateTime,
    decided_by: Option<PersonName>,
    decided_at: Option<DateTime>,
    reason: Option<String>,
}

impl From<ProxyProposalView> for ProxyProposal {
    fn from(view: ProxyProposalView) -> Self {
        let state = view.state().to_owned();
        let decision = view.decision;
        Self {
            id: id(view.id),
            state,
            proxy: view.proxy.into(),
            proposed_by: view.proposed_by.into(),
            proposed_at: view.proposed_at.into(),
            decided_by: decision.as_ref().map(|decision| decision.by.clone().into()),
            decided_at: decision.as_ref().map(|decision| decision.at.into()),
            reason: decision.map(|decision| decision.reason),
        }
    }
}

#[derive(SimpleObject)]
pub(crate) struct ProxyProposalPayload {
    pub(super) proposal: Option<ProxyProposal>,
    pub(super) problems: Vec<Problem>,
}
