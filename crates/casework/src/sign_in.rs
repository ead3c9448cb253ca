//! Signing in and out, acting for another tenant, and who one is. An account that does not exist
//! takes the same time and gives the same answer as a wrong password.
use std::{collections::BTreeSet, sync::LazyLock};

use access::{Actor, Role, TenantId, TenantKind, UserId};
use chrono::{DateTime, Utc};
use explain::{Text, sha256_hex};
use rand::Rng as _;
use sha2::{Digest, Sha256};
use store::{
    identity::{self, MembershipRow, UserRow},
    notices,
    sessions::{self, Way},
};
use uuid::Uuid;

use crate::{
    CaseError, CaseResult, Casework, DemoUserView, MeView, MembershipView, TenantView,
    names::Names,
    password::{hash_aside, hash_password, is_outdated, verify_aside},
    session_begin::{Browser, Device, SignedIn, begin_session, step_passed},
};

/// Guesses that are looked at, per account or known browser, within the window.
pub(crate) const GUESSES_MAX: i64 = 10;
/// The window in which guesses are counted.
pub(crate) const GUESS_WINDOW_MINUTES: i32 = 15;
/// Guesses from all unknown browsers together within the window; more is an attack on many accounts.
const EVERYBODYS_GUESSES_MAX: i64 = 5_000;
/// A longer password is refused before it is hashed.
pub(crate) const PASSWORD_CHARS_MAX: usize = 200;
/// Longest address of electronic mail.
const EMAIL_CHARS_MAX: usize = 254;

/// Why nobody was signed in.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// Address or password do not fit. Which of them is not said.
    #[error("refused")]
    Refused,
    /// Too many guesses.
    #[error("throttled")]
    Throttled,
    /// Address and password fit; a code of the second step is wanted as well.
    #[error("code wanted")]
    CodeWanted,
    /// Address and password fit; the code does not, or was used before.
    #[error("code refused")]
    CodeRefused,
    /// The machine's fault.
    #[error("internal: {0}")]
    Internal(String),
}

impl From<CaseError> for SignInError {
    fn from(error: CaseError) -> Self {
        Self::Internal(error.to_string())
    }
}

impl From<store::StoreError> for SignInError {
    fn from(error: store::StoreError) -> Self {
        Self::Internal(error.to_string())
    }
}

/// The hash that stands in for an account that does not exist.
static NOBODY: LazyLock<String> = LazyLock::new(|| hash_password("nobody").unwrap_or_default());

/// Somebody who wants to sign in.
pub struct SignInInput {
    /// E-mail address.
    pub email: String,
    /// Password.
    pub password: String,
    /// The code of the second step, where there is one.
    pub code: Option<String>,
    /// From where.
    pub address: String,
    /// The secret by which the browser says that it is known; none the first time.
    pub device: Option<String>,
    /// What the browser calls itself.
    pub agent: String,
}

/// Signs in.
pub async fn sign_in(casework: &Casework, input: SignInInput) -> Result<SignedIn, SignInError> {
    let pool = &casework.databases.identity;
    let email = input.email.trim().to_lowercase();
    let secret = input.device.clone().unwrap_or_else(new_secret);
    let device_hash = secret_hash(&secret);
    let known = sessions::device_known(pool, &device_hash, &email).await?;
    let account = guesses_allowed(casework, &email, &input.address, &device_hash, known).await?;
    let Some(user) = whose_password(casework, &email, input.password).await? else {
        return Err(SignInError::Refused);
    };
    let device = Device { secret, known };
    let code = input.code.as_deref();
    let second_step = step_passed(casework, user.user_id, code, &device.guesses_as()).await?;
    sessions::attempts_forget(pool, &account).await?;
    let browser = Browser {
        address: input.address,
        device: input.device,
        agent: input.agent,
    };
    begin_session(
        casework,
        user.user_id,
        &browser,
        device,
        Way::Password(&user.password_hash),
        second_step,
    )
    .await
}

/// Whom address and password fit. The same work is done for an account that does not exist.
async fn whose_password(
    casework: &Casework,
    email: &str,
    password: String,
) -> CaseResult<Option<UserRow>> {
    let pool = &casework.databases.identity;
    let user = identity::user_by_email(pool, email).await?;
    let hash = user
        .as_ref()
        .map_or_else(|| NOBODY.clone(), |user| user.password_hash.clone());
    let short_enough = password.chars().count() <= PASSWORD_CHARS_MAX;
    let candidate = if short_enough {
        password
    } else {
        String::new()
    };
    let fits = verify_aside(&casework.hashing, candidate.clone(), hash).await?;
    let Some(mut user) = user.filter(|_| fits && short_enough) else {
        return Ok(None);
    };
    if is_outdated(&user.password_hash) {
        let fresh = hash_aside(&casework.hashing, candidate.clone()).await?;
        if identity::password_replace(pool, user.user_id, &user.password_hash, &fresh).await? {
            user.password_hash = fresh;
            return Ok(Some(user));
        }
        // Somebody was quicker: the same person, or a reset.
        user.password_hash = identity::password_of(pool, user.user_id)
            .await?
            .unwrap_or_default();
        let now = user.password_hash.clone();
        let fits = verify_aside(&casework.hashing, candidate, now).await?;
        return Ok(fits.then_some(user));
    }
    Ok(Some(user))
}

/// Counts the guess, whether or not the account exists; returns what it was counted against. A known browser
/// has a count of its own, so that nobody else can use it up.
async fn guesses_allowed(
    casework: &Casework,
    email: &str,
    address: &str,
    device_hash: &[u8],
    known: bool,
) -> Result<String, SignInError> {
    let pool = &casework.databases.identity;
    let account = sha256_hex(email.as_bytes());
    let limits = if known {
        let device = sha256_hex(device_hash);
        vec![(format!("device:{account}:{device}"), GUESSES_MAX)]
    } else {
        vec![
            (format!("account:{account}"), GUESSES_MAX),
            // Many people share one address (an office, a proxy): it may guess ten times as often.
            (format!("address:{address}"), GUESSES_MAX * 10),
            ("everybody".to_owned(), EVERYBODYS_GUESSES_MAX),
        ]
    };
    let mut allowed = true;
    for (subject, most) in &limits {
        allowed &= sessions::attempt(pool, subject, GUESS_WINDOW_MINUTES, *most).await?;
    }
    let first = limits.into_iter().next().map(|(subject, _)| subject);
    match first {
        Some(subject) if allowed => Ok(subject),
        Some(_) | None => Err(SignInError::Throttled),
    }
}

/// Ends the session at once.
pub async fn sign_out(casework: &Casework, secret: &str) -> CaseResult<()> {
    Ok(sessions::revoke(&casework.databases.identity, &secret_hash(secret)).await?)
}

/// Acts for another of one's tenants from now on; the old secret is worthless.
pub async fn switch_tenant(casework: &Casework, secret: &str, tenant: Uuid) -> CaseResult<String> {
    rotated(casework, secret, Some(tenant), "tenant_switch").await
}

/// A fresh secret for the same session; the old one is worthless.
pub(crate) async fn rotated(
    casework: &Casework,
    secret: &str,
    tenant: Option<Uuid>,
    action: &'static str,
) -> CaseResult<String> {
    let fresh = new_secret();
    let pool = &casework.databases.identity;
    let (old, new) = (secret_hash(secret), secret_hash(&fresh));
    if sessions::replace(pool, &old, &new, tenant, action).await? {
        Ok(fresh)
    } else {
        Err(CaseError::NotFound)
    }
}

/// Who a cookie's secret stands for, if it still does.
pub async fn session_actor(casework: &Casework, secret: &str) -> CaseResult<Option<Actor>> {
    let row = sessions::find(&casework.databases.identity, &secret_hash(secret)).await?;
    row.map(|row| {
        Ok(Actor {
            user: UserId(row.user_id),
            name: row.name,
            tenant: TenantId(row.tenant_id),
            kind: kind(&row.kind)?,
            roles: row
                .roles
                .iter()
                .filter_map(|name| Role::from_name(name))
                .collect(),
            token: None,
        })
    })
    .transpose()
}

/// The signed-in person with all tenants they belong to.
pub async fn me(casework: &Casework, actor: &Actor) -> CaseResult<MeView> {
    let pool = &casework.databases.identity;
    let memberships: Vec<MembershipView> = identity::memberships(pool, actor.user.0)
        .await?
        .iter()
        .map(membership)
        .collect::<CaseResult<_>>()?;
    let current = memberships
        .iter()
        .find(|membership| membership.tenant.id == actor.tenant)
        .cloned()
        .ok_or(CaseError::NotFound)?;
    let email = identity::email_of(pool, actor.user.0)
        .await?
        .ok_or(CaseError::NotFound)?;
    Ok(MeView {
        user: actor.user.0,
        name: actor.name.clone(),
        email,
        current,
        memberships,
        notice_wanted: notices::wanted(pool, actor.user.0).await?,
    })
}

/// The demonstration users, where the product runs for demonstration.
pub async fn demo_users(casework: &Casework) -> CaseResult<Vec<DemoUserView>> {
    if !casework.demo {
        return Ok(Vec::new());
    }
    let rows = identity::demo_users(&casework.databases.identity).await?;
    let names = Names::of(casework, rows.iter().map(|row| row.name.as_str())).await?;
    Ok(rows
        .into_iter()
        .map(|row| DemoUserView {
            email: row.email,
            name: names.read(&row.name),
            tenant: Text::new(row.tenant_en, row.tenant_zh),
            roles: roles(&row.roles),
        })
        .collect())
}

/// The clock that judges deadlines.
pub async fn server_time(casework: &Casework) -> CaseResult<DateTime<Utc>> {
    Ok(identity::clock(&casework.databases.identity).await?)
}

fn membership(row: &MembershipRow) -> CaseResult<MembershipView> {
    Ok(MembershipView {
        tenant: TenantView {
            id: TenantId(row.tenant_id),
            kind: kind(&row.kind)?,
            name: Text::new(&row.name_en, &row.name_zh),
            fictional: row.fictional,
        },
        roles: roles(&row.roles),
    })
}

pub(crate) fn roles(names: &[String]) -> Vec<Role> {
    let known: BTreeSet<Role> = names
        .iter()
        .filter_map(|name| Role::from_name(name))
        .collect();
    known.into_iter().collect()
}

fn kind(name: &str) -> CaseResult<TenantKind> {
    TenantKind::from_name(name).ok_or_else(|| CaseError::internal(format!("tenant kind {name}")))
}

/// 256 random bits in hexadecimal.
pub(crate) fn new_secret() -> String {
    let mut bytes = [0_u8; 32];
    rand::rng().fill_bytes(&mut bytes);
    explain::hex(&bytes)
}

/// Whether this could be an address of electronic mail. Only a mail that arrives proves one.
pub(crate) fn is_email(text: &str) -> bool {
    let chars = text.chars().count();
    let inner = text.split_once('@');
    (3..=EMAIL_CHARS_MAX).contains(&chars)
        && !text.contains(char::is_whitespace)
        && inner.is_some_and(|(name, host)| !name.is_empty() && !host.is_empty())
}

pub(crate) fn secret_hash(secret: &str) -> Vec<u8> {
    Sha256::digest(secret.as_bytes()).to_vec()
}
