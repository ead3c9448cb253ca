//! Signing in and out, acting for another tenant, and who one is. An account that does not exist
//! takes the same time and gives the same answer as a wrong password.
use std::{collections::BTreeSet, sync::LazyLock};

use access::{Actor, Role, TenantId, TenantKind, UserId};
use chrono::{DateTime, Utc};
use explain::{Text, sha256_hex};
use rand::Rng as _;
use sha2::{Digest, Sha256};
use store::identity::{self, MembershipRow};
use uuid::Uuid;

use crate::{
    CaseError, CaseResult, Casework, DemoUserView, MeView, MembershipView, TenantView,
    password::{hash_password, verify_aside},
};

/// A session ends after a working day.
const SESSION_HOURS: i32 = 12;
/// Guesses that are looked at, per account or address, within the window.
const GUESSES_MAX: i64 = 10;
/// The window in which guesses are counted.
const GUESS_WINDOW_MINUTES: i32 = 15;
/// A longer password is refused before it is hashed.
const PASSWORD_CHARS_MAX: usize = 200;

/// Why nobody was signed in.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// Address or password do not fit. Which of them is not said.
    #[error("refused")]
    Refused,
    /// Too many guesses.
    #[error("throttled")]
    Throttled,
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

/// Signs in; the returned secret goes into the cookie and nowhere else.
pub async fn sign_in(
    casework: &Casework,
    email: &str,
    password: &str,
    address: &str,
) -> Result<String, SignInError> {
    let pool = &casework.databases.identity;
    let email = email.trim().to_lowercase();
    let account = format!("account:{}", sha256_hex(email.as_bytes()));
    let subjects = [account.clone(), format!("address:{address}")];
    let guesses = identity::attempt_count(pool, &subjects[..1], GUESS_WINDOW_MINUTES).await?;
    let from_address = identity::attempt_count(pool, &subjects[1..], GUESS_WINDOW_MINUTES).await?;
    // Many people share one address (an office, a proxy): it may guess ten times as often.
    if guesses > GUESSES_MAX || from_address > GUESSES_MAX * 10 {
        return Err(SignInError::Throttled);
    }
    let user = identity::user_by_email(pool, &email).await?;
    let hash = user
        .as_ref()
        .map_or_else(|| NOBODY.clone(), |user| user.password_hash.clone());
    let short_enough = password.chars().count() <= PASSWORD_CHARS_MAX;
    let candidate = if short_enough {
        password.to_owned()
    } else {
        String::new()
    };
    let fits = verify_aside(&casework.hashing, candidate, hash).await?;
    let Some(user) = user.filter(|_| fits && short_enough) else {
        return Err(SignInError::Refused);
    };
    identity::attempts_forget(pool, &account).await?;
    let secret = new_secret();
    if !identity::session_start(pool, &secret_hash(&secret), user.user_id, SESSION_HOURS).await? {
        return Err(SignInError::Refused);
    }
    Ok(secret)
}

/// Ends the session at once.
pub async fn sign_out(casework: &Casework, secret: &str) -> CaseResult<()> {
    Ok(identity::session_revoke(&casework.databases.identity, &secret_hash(secret)).await?)
}

/// Acts for another of one's tenants from now on; the old secret is worthless.
pub async fn switch_tenant(casework: &Casework, secret: &str, tenant: Uuid) -> CaseResult<String> {
    let fresh = new_secret();
    let moved = identity::session_switch(
        &casework.databases.identity,
        &secret_hash(secret),
        &secret_hash(&fresh),
        tenant,
    )
    .await?;
    if moved {
        Ok(fresh)
    } else {
        Err(CaseError::NotFound)
    }
}

/// Who a cookie's secret stands for, if it still does.
pub async fn session_actor(casework: &Casework, secret: &str) -> CaseResult<Option<Actor>> {
    let row = identity::session_find(&casework.databases.identity, &secret_hash(secret)).await?;
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
    })
}

/// The demonstration users, where the product runs for demonstration.
pub async fn demo_users(casework: &Casework) -> CaseResult<Vec<DemoUserView>> {
    if !casework.demo {
        return Ok(Vec::new());
    }
    let rows = identity::demo_users(&casework.databases.identity).await?;
    Ok(rows
        .into_iter()
        .map(|row| DemoUserView {
            email: row.email,
            name: row.name,
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

fn roles(names: &[String]) -> Vec<Role> {
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
fn new_secret() -> String {
    use std::fmt::Write as _;
    let mut bytes = [0_u8; 32];
    rand::rng().fill_bytes(&mut bytes);
    bytes
        .iter()
        .fold(String::with_capacity(64), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
}

fn secret_hash(secret: &str) -> Vec<u8> {
    Sha256::digest(secret.as_bytes()).to_vec()
}
