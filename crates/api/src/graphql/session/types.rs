//! The signed-in person and their tenants.
use async_graphql::{Enum, ID, SimpleObject};
use casework::{MeView, MembershipView, TenantView};

use crate::graphql::{
    names::PersonName,
    types::{Text, id},
};

#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "access::TenantKind")]
pub(crate) enum TenantKind {
    Ngo,
    Funder,
    Council,
    Operator,
}

#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "access::Role")]
pub(crate) enum Role {
    NgoViewer,
    NgoEditor,
    NgoFinance,
    NgoEndorser,
    NgoAdviser,
    FunderOfficer,
    FunderReviewer,
    FunderChair,
    FunderApprover,
    CouncilAnalyst,
    CouncilSteward,
    Operator,
}

/// The signed-in person, acting for one tenant.
#[derive(SimpleObject)]
pub(crate) struct Me {
    user_id: ID,
    name: PersonName,
    email: String,
    tenant: Tenant,
    roles: Vec<Role>,
    memberships: Vec<Membership>,
    /// The version of the notice on personal data that is yet to be agreed to.
    notice_wanted: Option<String>,
}

impl From<MeView> for Me {
    fn from(view: MeView) -> Self {
        let current = Membership::from(view.current);
        Self {
            user_id: id(view.user),
            name: view.name.into(),
            email: view.email,
            tenant: current.tenant,
            roles: current.roles,
            memberships: view.memberships.into_iter().map(Membership::from).collect(),
            notice_wanted: view.notice_wanted,
        }
    }
}

#[derive(SimpleObject)]
pub(crate) struct Membership {
    tenant: Tenant,
    roles: Vec<Role>,
}

impl From<MembershipView> for Membership {
    fn from(view: MembershipView) -> Self {
        Self {
            tenant: view.tenant.into(),
            roles: view.roles.into_iter().map(Role::from).collect(),
        }
    }
}

/// An NGO, funder, council or operator.
#[derive(SimpleObject)]
pub(crate) struct Tenant {
    id: ID,
    kind: TenantKind,
    name: Text,
    fictional: bool,
}

impl From<TenantView> for Tenant {
    fn from(view: TenantView) -> Self {
        Self {
            id: id(view.id.0),
            kind: view.kind.into(),
            name: view.name.into(),
            fictional: view.fictional,
        }
    }
}
