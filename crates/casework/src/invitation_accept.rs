//! Joining an organisation by the link of an invitation: with the account that has the address, or a new one.
use explain::{Problem, Problems, Text};
use store::invitations::{self, InvitedRow, NewPerson};
use uuid::Uuid;

use crate::{
    CaseError, CaseResult, Casework, InvitedView,
    names::{name_read, name_sealed},
    notices::check_notice,
    password::hash_aside,
    password_strength::weak,
    sign_in::{roles, secret_hash},
};

/// Longest name of a person.
const NAME_CHARS_MAX: usize = 100;

/// What the link invites to.
pub async fn invitation_read(casework: &Casework, token: &str) -> CaseResult<InvitedView> {
    let row = open(casework, token).await?;
    Ok(InvitedView {
        email: row.email,
        tenant: Text::new(row.tenant_en, row.tenant_zh),
        inviter: name_read(casework, &row.inviter).await?,
        roles: roles(&row.roles),
        member_until: row.member_until,
        has_account: row.has_account,
        notice: row.notice,
    })
}

/// What somebody gives who joins.
pub struct Joining<'a> {
    /// Name; of a new account only.
    pub name: &'a str,
    /// Password; of a new account only.
    pub password: &'a str,
    /// The version of the notice on personal data that was read and agreed to.
    pub notice: Option<&'a str>,
}

/// Joins. Name and password are not looked at where the address has an account.
pub async fn invitation_accept(
    casework: &Casework,
    token: &str,
    joining: &Joining<'_>,
) -> CaseResult<()> {
    let pool = &casework.databases.identity;
    let row = open(casework, token).await?;
    let hash = secret_hash(token);
    let notice = row.notice.as_deref();
    let mut problems = Problems::new();
    check_notice(notice, joining.notice, &mut problems);
    if row.has_account {
        problems.into_result(Some(()))?;
        return joined(invitations::accept(pool, &hash, None, notice).await?);
    }
    let (name, password) = (joining.name.trim(), joining.password);
    check_name(name, "name", &mut problems);
    problems.extend(weak(casework, password, &[&row.email, name]).await?);
    problems.into_result(Some(()))?;
    let password_hash = hash_aside(&casework.hashing, password.to_owned()).await?;
    let user = Uuid::now_v7();
    let (name, key) = name_sealed(casework, user, name);
    let person = NewPerson {
        user,
        name: &name,
        password_hash: &password_hash,
        key: &key,
    };
    joined(invitations::accept(pool, &hash, Some(&person), notice).await?)
}

async fn open(casework: &Casework, token: &str) -> CaseResult<InvitedRow> {
    let pool = &casework.databases.identity;
    let row = invitations::find(pool, &secret_hash(token)).await?;
    row.ok_or_else(void)
}

fn void() -> CaseError {
    CaseError::problem(
        "invitation_void",
        "token",
        "This invitation was used, withdrawn, or is older than 7 days. Ask whoever invited you for another.",
    )
}

fn joined(done: bool) -> CaseResult<()> {
    if done { Ok(()) } else { Err(void()) }
}

/// A person's name.
pub(crate) fn check_name(name: &str, path: &str, problems: &mut Problems) {
    let letters = name.chars().count();
    if letters == 0 {
        problems.add("blank", path, "Give your name, such as CHAN Tai-man.");
    } else if letters > NAME_CHARS_MAX || name.chars().any(char::is_control) {
        let message = format!("A name has at most {NAME_CHARS_MAX} characters on one line.");
        let problem = Problem::new("too_long", path, message);
        let problem = problem.with("count", letters.to_string());
        problems.push(problem.with("most", NAME_CHARS_MAX.to_string()));
    }
}
