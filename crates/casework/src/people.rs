//! Who belongs to an organisation. Those who sign for it invite people, change their roles and end memberships; a role
//! that signs needs a second such person, where the organisation has one.
use access::{Action, Actor, Role, TenantKind, may};
use chrono::{DateTime, Duration, Utc};
use explain::Problems;
use store::{
    IdentityPool, identity,
    invitations::{self, NewInvitation},
    members::{self, Deed, MemberRow},
};
use uuid::Uuid;

use crate::{
    CaseError, CaseResult, Casework, InvitationView, MemberView, PeopleView, RoleChangeView,
    context::permitted, names::Names, sign_in::is_email,
};

/// A link that nobody opened is void after this.
const INVITATION_DAYS: i32 = 7;
/// Longest membership that is given an end: an adviser's.
const MEMBER_DAYS_MAX: i64 = 366;

/// Whom to invite, as what.
pub struct InvitationInput {
    /// Address.
    pub email: String,
    /// Roles, at least one.
    pub roles: Vec<Role>,
    /// When the membership ends; none: it stays.
    pub member_until: Option<DateTime<Utc>>,
}

/// Everybody who belongs to the own organisation, who is invited, and what waits for a second person.
pub async fn people(casework: &Casework, actor: &Actor) -> CaseResult<PeopleView> {
    permitted(actor, Action::MembersRead)?;
    let (pool, tenant) = (&casework.databases.identity, actor.tenant.0);
    let manages = may(actor, Action::MembersManage);
    let (invitations, changes) = if manages {
        (
            invitations::list(pool, tenant).await?,
            members::role_changes(pool, tenant).await?,
        )
    } else {
        (Vec::new(), Vec::new())
    };
    let mut members = members::list(pool, tenant).await?;
    let names = Names::of(casework, members.iter().map(|row| row.name.as_str())).await?;
    members.sort_by_cached_key(|row| (names.read(&row.name), row.user_id));
    Ok(PeopleView {
        members: members.into_iter().map(MemberView::from).collect(),
        invitations: invitations.into_iter().map(InvitationView::from).collect(),
        changes: changes.into_iter().map(RoleChangeView::from).collect(),
        roles: roles_of(actor.kind),
        manages,
    })
}

/// The roles that an organisation of this kind gives.
fn roles_of(kind: TenantKind) -> Vec<Role> {
    Role::ALL
        .into_iter()
        .filter(|role| role.kind() == kind)
        .collect()
}

/// Invites somebody.
pub async fn invitation_send(
    casework: &Casework,
    actor: &Actor,
    input: InvitationInput,
) -> CaseResult<Uuid> {
    let pool = manager(casework, actor)?;
    let email = input.email.trim().to_lowercase();
    let now = identity::clock(pool).await?;
    let members = members::list(pool, actor.tenant.0).await?;
    let open = invitations::list(pool, actor.tenant.0).await?;
    let mut problems = Problems::new();
    if !is_email(&email) {
        problems.add(
            "not_email",
            "email",
            "Give an e-mail address, such as officer@ngo.example.",
        );
    } else if members.iter().any(|member| member.email == email) {
        problems.add(
            "member_already",
            "email",
            "This person belongs to the organisation already; change their roles instead.",
        );
    } else if open
        .iter()
        .any(|one| one.email == email && one.expires_at > now)
    {
        problems.add(
            "invited_already",
            "email",
            "This address is invited already; withdraw that invitation to send another.",
        );
    }
    check_roles(actor.kind, &input.roles, &mut problems);
    check_end(input.member_until, now, &mut problems);
    if input.member_until.is_none() && input.roles.iter().any(|role| role.ends()) {
        problems.add(
            "member_until_wanted",
            "memberUntil",
            "An adviser's membership ends: give its last day, such as 2027-03-31.",
        );
    }
    problems.into_result(Some(()))?;
    let id = Uuid::now_v7();
    let new = NewInvitation {
        id,
        email: &email,
        roles: names(&input.roles),
        member_until: input.member_until,
        days: INVITATION_DAYS,
        waits: signs(&input.roles) && has_second(&members, actor, None),
    };
    invitations::invite(pool, deed(actor, "invitation_send"), &new).await?;
    Ok(id)
}

/// Confirms an invitation to a role that signs, as a second person.
pub async fn invitation_confirm(casework: &Casework, actor: &Actor, id: Uuid) -> CaseResult<()> {
    let pool = manager(casework, actor)?;
    let open = invitations::list(pool, actor.tenant.0).await?;
    let row = open.iter().find(|row| row.invitation_id == id);
    let row = row.ok_or(CaseError::NotFound)?;
    if row.invited_by == actor.user.0 {
        return Err(own_request());
    }
    found(invitations::confirm(pool, deed(actor, "invitation_confirm"), id).await?)
}

/// Withdraws an invitation.
pub async fn invitation_withdraw(casework: &Casework, actor: &Actor, id: Uuid) -> CaseResult<()> {
    let pool = manager(casework, actor)?;
    found(invitations::withdraw(pool, deed(actor, "invitation_withdraw"), id).await?)
}

/// Gives somebody other roles: at once, or once a second person confirms it when a role that signs is added.
pub async fn membership_change(
    casework: &Casework,
    actor: &Actor,
    user: Uuid,
    roles: &[Role],
) -> CaseResult<()> {
    let pool = manager(casework, actor)?;
    let members = members::list(pool, actor.tenant.0).await?;
    let member = member_of(&members, user)?;
    let waiting = members::role_changes(pool, actor.tenant.0).await?;
    let mut problems = Problems::new();
    check_roles(actor.kind, roles, &mut problems);
    if roles.iter().any(|role| role.ends()) {
        problems.add(
            "adviser_by_invitation",
            "roles",
            "An adviser is invited until a day; choose another role, such as the one that only reads.",
        );
    }
    refuse_own(actor, user, &mut problems);
    if !signs(roles) {
        refuse_last(&members, user, &mut problems);
    }
    if waiting.iter().any(|change| change.user_id == user) {
        problems.add(
            "change_waits",
            "userId",
            "A change of this person's roles waits for a second person already; answer it first.",
        );
    }
    problems.into_result(Some(()))?;
    let names = names(roles);
    let added = roles
        .iter()
        .filter(|role| !member.roles.iter().any(|held| held == role.as_str()))
        .copied()
        .collect::<Vec<Role>>();
    if signs(&added) && has_second(&members, actor, Some(user)) {
        let asked = deed(actor, "membership_change_ask");
        return Ok(members::change_ask(pool, asked, user, &names).await?);
    }
    let changed = deed(actor, "membership_change");
    found(members::change(pool, changed, user, &names, &signing()).await?)
}

/// Confirms or refuses a change of roles that another person asked for.
pub async fn membership_answer(
    casework: &Casework,
    actor: &Actor,
    change: Uuid,
    confirm: bool,
) -> CaseResult<()> {
    let pool = manager(casework, actor)?;
    let waiting = members::role_changes(pool, actor.tenant.0).await?;
    let row = waiting.iter().find(|row| row.change_id == change);
    let row = row.ok_or(CaseError::NotFound)?;
    if row.asked_by == actor.user.0 || row.user_id == actor.user.0 {
        return Err(own_request());
    }
    let answered = deed(actor, "membership_answer");
    found(members::change_answer(pool, answered, change, confirm, &signing()).await?)
}

/// Ends somebody's membership at once.
pub async fn membership_end(casework: &Casework, actor: &Actor, user: Uuid) -> CaseResult<()> {
    let pool = manager(casework, actor)?;
    let members = members::list(pool, actor.tenant.0).await?;
    member_of(&members, user)?;
    let mut problems = Problems::new();
    refuse_own(actor, user, &mut problems);
    refuse_last(&members, user, &mut problems);
    problems.into_result(Some(()))?;
    found(members::end(pool, deed(actor, "membership_end"), user, &signing()).await?)
}

fn manager<'a>(casework: &'a Casework, actor: &Actor) -> CaseResult<&'a IdentityPool> {
    permitted(actor, Action::MembersManage)?;
    Ok(&casework.databases.identity)
}

pub(crate) fn deed<'a>(actor: &'a Actor, action: &'static str) -> Deed<'a> {
    Deed {
        tenant: actor.tenant.0,
        actor: actor.user.0,
        name: &actor.name,
        action,
    }
}

fn found(done: bool) -> CaseResult<()> {
    if done {
        Ok(())
    } else {
        Err(CaseError::NotFound)
    }
}

fn member_of(members: &[MemberRow], user: Uuid) -> CaseResult<&MemberRow> {
    let member = members.iter().find(|member| member.user_id == user);
    member.ok_or(CaseError::NotFound)
}

fn names(roles: &[Role]) -> Vec<String> {
    let mut names: Vec<String> = roles.iter().map(|role| role.as_str().to_owned()).collect();
    names.sort();
    names.dedup();
    names
}

/// Whether one of the roles signs for the organisation, which is also who manages its people.
fn signs(roles: &[Role]) -> bool {
    roles.iter().any(|role| role.signs())
}

/// The roles that sign, by name.
pub(crate) fn signing() -> Vec<String> {
    let signing = Role::ALL.into_iter().filter(|role| role.signs());
    signing.map(|role| role.as_str().to_owned()).collect()
}

fn is_manager(member: &MemberRow) -> bool {
    let roles: Vec<Role> = member
        .roles
        .iter()
        .filter_map(|name| Role::from_name(name))
        .collect();
    signs(&roles)
}

/// Whether somebody else than the actor and the person concerned could confirm.
pub(crate) fn has_second(members: &[MemberRow], actor: &Actor, concerned: Option<Uuid>) -> bool {
    members.iter().any(|member| {
        is_manager(member) && member.user_id != actor.user.0 && Some(member.user_id) != concerned
    })
}

fn own_request() -> CaseError {
    CaseError::problem(
        "own_request",
        "",
        "You asked for this, or it concerns you; another person answers.",
    )
}

fn refuse_own(actor: &Actor, user: Uuid, problems: &mut Problems) {
    if user == actor.user.0 {
        problems.add("own_membership", "userId", "Nobody changes their own membership; ask another person who signs for the organisation.");
    }
}

fn refuse_last(members: &[MemberRow], user: Uuid, problems: &mut Problems) {
    let left = members
        .iter()
        .any(|member| is_manager(member) && member.user_id != user && member.expires_at.is_none());
    if !left {
        problems.add("last_manager", "userId", "Without this person nobody would sign for the organisation; give the role to somebody else first.");
    }
}

fn check_roles(kind: TenantKind, roles: &[Role], problems: &mut Problems) {
    if roles.is_empty() {
        problems.add(
            "too_few",
            "roles",
            "Choose at least one role, such as the one that only reads.",
        );
    }
    if roles.iter().any(|role| role.kind() != kind) {
        problems.add(
            "role_of_other_kind",
            "roles",
            "An organisation of this kind does not give this role; an NGO gives NGO_EDITOR, a funder FUNDER_OFFICER.",
        );
    }
}

fn check_end(end: Option<DateTime<Utc>>, now: DateTime<Utc>, problems: &mut Problems) {
    let Some(end) = end else { return };
    if end <= now || end > now + Duration::days(MEMBER_DAYS_MAX) {
        problems.add(
            "member_until_range",
            "memberUntil",
            "A membership ends later than today and within a year; leave it empty and it stays.",
        );
    }
}
