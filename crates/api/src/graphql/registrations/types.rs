//! Registrations as the operator sees them.
use async_graphql::{ID, SimpleObject};
use casework::{AlikeView, IdentifierTypeView, RegistrationProposalView, RegistrationView};

use crate::graphql::{
    names::PersonName,
    scalars::DateTime,
    session::TenantKind,
    types::{Problem, Text, id},
};

/// What an organisation can be identified by.
#[derive(SimpleObject)]
pub(crate) struct IdentifierType {
    #[graphql(name = "type")]
    kind: String,
    name: Text,
    /// Where the number is printed.
    hint: Text,
}

impl From<IdentifierTypeView> for IdentifierType {
    fn from(view: IdentifierTypeView) -> Self {
        Self {
            kind: view.kind,
            name: view.name.into(),
            hint: view.hint.into(),
        }
    }
}

/// An organisation that registered, with its first person's address proven.
#[derive(SimpleObject)]
pub(crate) struct Registration {
    id: ID,
    kind: TenantKind,
    name: Text,
    identifiers: Vec<RegistrationIdentifier>,
    person: String,
    email: String,
    /// The version of the notice that the person agreed to.
    notice: String,
    /// Since when it waits.
    since: DateTime,
    decided_at: Option<DateTime>,
    approved: Option<bool>,
    /// What it may be a second time.
    alike: Vec<Alike>,
    proposals: Vec<RegistrationProposal>,
}

impl From<RegistrationView> for Registration {
    fn from(view: RegistrationView) -> Self {
        let identifiers = view.identifiers.into_iter();
        Self {
            id: id(view.id),
            kind: view.kind.into(),
            name: view.name.into(),
            identifiers: identifiers
                .map(|(kind, value)| RegistrationIdentifier { kind, value })
                .collect(),
            person: view.person,
            email: view.email,
            notice: view.notice,
            since: view.since.into(),
            decided_at: view.decided_at.map(DateTime::from),
            approved: view.approved,
            alike: view.alike.into_iter().map(Alike::from).collect(),
            proposals: view
                .proposals
                .into_iter()
                .map(RegistrationProposal::from)
                .collect(),
        }
    }
}

/// A number by which an organisation can be looked up.
#[derive(SimpleObject)]
pub(crate) struct RegistrationIdentifier {
    #[graphql(name = "type")]
    kind: String,
    value: String,
}

/// An organisation that may be the same.
#[derive(SimpleObject)]
pub(crate) struct Alike {
    name: Text,
    /// Whether it is in; otherwise it registers as well.
    registered: bool,
    /// The type of a number that both have; null: the names are alike.
    identifier: Option<String>,
}

impl From<AlikeView> for Alike {
    fn from(view: AlikeView) -> Self {
        Self {
            name: view.name.into(),
            registered: view.is_tenant,
            identifier: view.identifier,
        }
    }
}

/// An answer that one person proposed and another confirms or returns.
#[derive(SimpleObject)]
pub(crate) struct RegistrationProposal {
    id: ID,
    approve: bool,
    reason_code: String,
    reason: String,
    proposed_by: ID,
    proposer: PersonName,
    proposed_at: DateTime,
    answerer: Option<PersonName>,
    answered_at: Option<DateTime>,
    confirmed: Option<bool>,
}

impl From<RegistrationProposalView> for RegistrationProposal {
    fn from(view: RegistrationProposalView) -> Self {
        Self {
            id: id(view.id),
            approve: view.approve,
            reason_code: view.reason_code,
            reason: view.reason,
            proposed_by: id(view.proposed_by),
            proposer: view.proposer.into(),
            proposed_at: view.proposed_at.into(),
            answerer: view.answerer.map(PersonName::from),
            answered_at: view.answered_at.map(DateTime::from),
            confirmed: view.confirmed,
        }
    }
}

#[derive(SimpleObject)]
pub(crate) struct RegistrationsPayload {
    /// Those that wait now.
    pub(super) registrations: Option<Vec<Registration>>,
    pub(super) problems: Vec<Problem>,
}
