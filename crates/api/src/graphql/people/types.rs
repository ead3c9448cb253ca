//! Members, invitations and changes that wait.
use async_graphql::{ID, SimpleObject};
use casework::{InvitationView, MemberView, PeopleView, RoleChangeView};

use crate::graphql::{
    names::PersonName,
    scalars::DateTime,
    session::Role,
    types::{Problem, id},
};

/// Everybody who belongs to the organisation, who is invited, and what waits.
#[derive(SimpleObject)]
pub(crate) struct People {
    members: Vec<Member>,
    invitations: Vec<Invitation>,
    changes: Vec<RoleChange>,
    /// The roles that this organisation gives.
    roles: Vec<Role>,
    /// Whether the reader manages people.
    manages: bool,
}

impl From<PeopleView> for People {
    fn from(view: PeopleView) -> Self {
        Self {
            members: view.members.into_iter().map(Member::from).collect(),
            invitations: view.invitations.into_iter().map(Invitation::from).collect(),
            changes: view.changes.into_iter().map(RoleChange::from).collect(),
            roles: view.roles.into_iter().map(Role::from).collect(),
            manages: view.manages,
        }
    }
}

#[derive(SimpleObject)]
pub(crate) struct Member {
    user_id: ID,
    name: PersonName,
    email: String,
    roles: Vec<Role>,
    /// When the membership ends; null: it stays.
    until: Option<DateTime>,
    /// Whether a second step is asked for at sign-in.
    second_step: bool,
}

impl From<MemberView> for Member {
    fn from(view: MemberView) -> Self {
        Self {
            user_id: id(view.user),
            name: view.name.into(),
            email: view.email,
            roles: view.roles.into_iter().map(Role::from).collect(),
            until: view.until.map(DateTime::from),
            second_step: view.second_step,
        }
    }
}

/// An invitation that is open.
#[derive(SimpleObject)]
pub(crate) struct Invitation {
    id: ID,
    email: String,
    roles: Vec<Role>,
    /// When the membership will end; null: it stays.
    member_until: Option<DateTime>,
    inviter: PersonName,
    invited_by: ID,
    /// When the link ends.
    expires_at: DateTime,
    /// Whether a second person has yet to confirm it.
    waits: bool,
}

impl From<InvitationView> for Invitation {
    fn from(view: InvitationView) -> Self {
        Self {
            id: id(view.id),
            email: view.email,
            roles: view.roles.into_iter().map(Role::from).collect(),
            member_until: view.member_until.map(DateTime::from),
            inviter: view.inviter.into(),
            invited_by: id(view.invited_by),
            expires_at: view.expires_at.into(),
            waits: view.waits,
        }
    }
}

/// A change of roles that waits for a second person.
#[derive(SimpleObject)]
pub(crate) struct RoleChange {
    id: ID,
    user_id: ID,
    /// The roles after it.
    roles: Vec<Role>,
    asked_by: ID,
    asker: PersonName,
}

impl From<RoleChangeView> for RoleChange {
    fn from(view: RoleChangeView) -> Self {
        Self {
            id: id(view.id),
            user_id: id(view.user),
            roles: view.roles.into_iter().map(Role::from).collect(),
            asked_by: id(view.asked_by),
            asker: view.asker.into(),
        }
    }
}

#[derive(SimpleObject)]
pub(crate) struct PeoplePayload {
    pub(super) people: Option<People>,
    pub(super) problems: Vec<Problem>,
}
