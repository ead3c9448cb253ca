//! What a person gets to see of the proxy library, as plain data.
use chrono::{DateTime, Utc};
use explain::Text;
use uuid::Uuid;

use crate::ProxyEntry;

/// One version of an entry.
#[derive(Debug, Clone)]
pub struct ProxyView {
    /// `respite-day`.
    pub id: String,
    /// 1, 2, …
    pub version: i32,
    /// What the entry says.
    pub entry: ProxyEntry,
    /// The outcomes it prices, with their names.
    pub outcomes: Vec<(String, Text)>,
    /// The organisation's own proposal, on which nobody has decided.
    pub own: bool,
    /// When it was published, or proposed.
    pub published_at: DateTime<Utc>,
}

/// A proposal with what was decided on it.
#[derive(Debug, Clone)]
pub struct ProxyProposalView {
    /// Id.
    pub id: Uuid,
    /// What is proposed.
    pub proxy: ProxyView,
    /// The organisation.
    pub proposed_by: Text,
    /// When.
    pub proposed_at: DateTime<Utc>,
    /// None while nothing is decided.
    pub decision: Option<ProxyDecisionView>,
}

impl ProxyProposalView {
    /// `proposed`, `approved` or `refused`.
    pub fn state(&self) -> &'static str {
        match &self.decision {
            None => "proposed",
            Some(decision) if decision.approved => "approved",
            Some(_) => "refused",
        }
    }
}

/// What the council decided.
#[derive(Debug, Clone)]
pub struct ProxyDecisionView {
    /// Published, or refused.
    pub approved: bool,
    /// Why.
    pub reason: String,
    /// Who decided.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
}
