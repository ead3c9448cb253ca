//! Who belongs to an organisation, as plain data.
use access::Role;
use chrono::{DateTime, Utc};
use explain::Text;
use store::{
    invitations::InvitationRow,
    members::{MemberRow, RoleChangeRow},
};
use uuid::Uuid;

use crate::sign_in::roles;

/// Everybody who belongs to an organisation, who is invited, and what waits.
#[derive(Debug, Clone)]
pub struct PeopleView {
    /// Members, by name.
    pub members: Vec<MemberView>,
    /// Open invitations; for those who manage people only.
    pub invitations: Vec<InvitationView>,
    /// Changes of roles that wait for a second person; for those who manage people only.
    pub changes: Vec<RoleChangeView>,
    /// The roles that this organisation gives.
    pub roles: Vec<Role>,
    /// Whether the reader manages people.
    pub manages: bool,
}

/// A member.
#[derive(Debug, Clone)]
pub struct MemberView {
    /// The person.
    pub user: Uuid,
    /// Name.
    pub name: String,
    /// Address.
    pub email: String,
    /// Roles.
    pub roles: Vec<Role>,
    /// When the membership ends; none: it stays.
    pub until: Option<DateTime<Utc>>,
    /// Whether a second step is asked for at sign-in.
    pub second_step: bool,
}

impl From<MemberRow> for MemberView {
    fn from(row: MemberRow) -> Self {
        Self {
            user: row.user_id,
            name: row.name,
            email: row.email,
            roles: roles(&row.roles),
            until: row.expires_at,
            second_step: row.second_step,
        }
    }
}

/// An open invitation.
#[derive(Debug, Clone)]
pub struct InvitationView {
    /// Id.
    pub id: Uuid,
    /// Whom.
    pub email: String,
    /// To which roles.
    pub roles: Vec<Role>,
    /// When the membership will end.
    pub member_until: Option<DateTime<Utc>>,
    /// Who invited.
    pub inviter: String,
    /// Their id.
    pub invited_by: Uuid,
    /// When the link ends.
    pub expires_at: DateTime<Utc>,
    /// Whether a second person has yet to confirm it.
    pub waits: bool,
}

impl From<InvitationRow> for InvitationView {
    fn from(row: InvitationRow) -> Self {
        Self {
            id: row.invitation_id,
            email: row.email,
            roles: roles(&row.roles),
            member_until: row.member_until,
            inviter: row.inviter,
            invited_by: row.invited_by,
            expires_at: row.expires_at,
            waits: row.waits,
        }
    }
}

/// A change of roles that waits for a second person.
#[derive(Debug, Clone)]
pub struct RoleChangeView {
    /// Id.
    pub id: Uuid,
    /// Whose roles.
    pub user: Uuid,
    /// The roles after it.
    pub roles: Vec<Role>,
    /// Who asked.
    pub asked_by: Uuid,
    /// Their name.
    pub asker: String,
}

impl From<RoleChangeRow> for RoleChangeView {
    fn from(row: RoleChangeRow) -> Self {
        Self {
            id: row.change_id,
            user: row.user_id,
            roles: roles(&row.roles),
            asked_by: row.asked_by,
            asker: row.asker,
        }
    }
}

/// What a link invites to.
#[derive(Debug, Clone)]
pub struct InvitedView {
    /// Who is invited.
    pub email: String,
    /// To which organisation.
    pub tenant: Text,
    /// By whom.
    pub inviter: String,
    /// As what.
    pub roles: Vec<Role>,
    /// When the membership will end.
    pub member_until: Option<DateTime<Utc>>,
    /// Whether the address has an account already.
    pub has_account: bool,
    /// The version of the notice that joining agrees to.
    pub notice: Option<String>,
}
