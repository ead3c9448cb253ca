//! API tokens: a program acts in a person's name for one organisation, within scopes, until a day. Making one asks
//! for the password again, because it outlives the session.
use std::collections::BTreeSet;

use access::{Actor, Role, Scope, TenantId, TenantKind, TokenUse, UserId};
use chrono::{DateTime, Utc};
use explain::{Problem, Problems};
use store::{
    identity, sessions,
    tokens::{self, NewToken, TokenRow},
};
use uuid::Uuid;

use crate::{
    CaseError, CaseResult, Casework,
    password::verify_aside,
    sign_in::{GUESS_WINDOW_MINUTES, GUESSES_MAX, PASSWORD_CHARS_MAX, new_secret, secret_hash},
};

/// By which a secret is recognised as one of ours, also by programs that look for leaked secrets.
const PREFIX: &str = "plt_";
/// Letters of the secret that are kept for recognising it; the others are 224 bits.
const SHOWN_CHARS: usize = 12;
/// A secret that is longer was not made by us.
const SECRET_CHARS: usize = 68;
/// A token lasts a year at most.
const DAYS_MAX: i32 = 365;
/// Living tokens of one person for one organisation.
const TOKENS_MAX: i64 = 20;
/// Letters of a token's name.
const NAME_CHARS_MAX: usize = 80;

/// A token that is asked for.
pub struct TokenInput {
    /// What its owner calls it.
    pub name: String,
    /// What it may be used for.
    pub scopes: Vec<String>,
    /// How many days it lasts.
    pub days: i64,
    /// The person's password, once more.
    pub password: String,
}

/// A token as its owner sees it.
#[derive(Debug, Clone)]
pub struct TokenView {
    /// Id, which opens nothing.
    pub id: Uuid,
    /// By which it is recognised.
    pub prefix: String,
    /// What its owner calls it.
    pub name: String,
    /// What it may be used for.
    pub scopes: Vec<Scope>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// From when on it opens nothing.
    pub expires_at: DateTime<Utc>,
    /// When it was last used, to a minute.
    pub last_used_at: Option<DateTime<Utc>>,
}

impl From<TokenRow> for TokenView {
    fn from(row: TokenRow) -> Self {
        Self {
            id: row.token_id,
            prefix: row.prefix,
            name: row.name,
            scopes: scopes(&row.scopes).into_iter().collect(),
            created_at: row.created_at,
            expires_at: row.expires_at,
            last_used_at: row.last_used_at,
        }
    }
}

/// A token that was made, with its secret, which nobody sees again.
pub struct TokenMade {
    /// The token.
    pub token: TokenView,
    /// The secret.
    pub secret: String,
}

/// What a token of this person could be used for.
pub fn token_scopes(actor: &Actor) -> Vec<Scope> {
    Scope::ALL
        .into_iter()
        .filter(|scope| scope.is_within(actor.roles.iter().copied()))
        .collect()
}

/// The person's tokens for the organisation acted for, newest first.
pub async fn tokens_own(casework: &Casework, actor: &Actor) -> CaseResult<Vec<TokenView>> {
    in_person(actor)?;
    let pool = &casework.databases.identity;
    let rows = tokens::of_person(pool, actor.user.0, actor.tenant.0).await?;
    Ok(rows.into_iter().map(TokenView::from).collect())
}

/// Makes a token.
pub async fn token_make(
    casework: &Casework,
    actor: &Actor,
    input: TokenInput,
) -> CaseResult<TokenMade> {
    in_person(actor)?;
    let mut problems = Problems::new();
    let name = input.name.trim();
    check_name(name, &mut problems);
    let scopes = check_scopes(actor, &input.scopes, &mut problems);
    let days = check_days(input.days, &mut problems);
    check_password(casework, actor, input.password, &mut problems).await?;
    let days = problems.into_result(days)?;
    let secret = format!("{PREFIX}{}", new_secret());
    let prefix: String = secret.chars().take(SHOWN_CHARS).collect();
    let new = NewToken {
        token: Uuid::now_v7(),
        secret_hash: &secret_hash(&secret),
        prefix: &prefix,
        user: actor.user.0,
        user_name: &actor.name,
        tenant: actor.tenant.0,
        name,
        scopes: &scopes,
        days,
        most: TOKENS_MAX,
    };
    let made = tokens::make(&casework.databases.identity, &new).await?;
    let Some(row) = made else {
        let message = format!("You have {TOKENS_MAX} tokens; end one that is not used any more.");
        let problem = Problem::new("token_too_many", "", message);
        let problem = problem.with("most", TOKENS_MAX.to_string());
        return Err(CaseError::Problems(problem.into()));
    };
    Ok(TokenMade {
        token: row.into(),
        secret,
    })
}

/// Ends one of the person's tokens at once.
pub async fn token_end(casework: &Casework, actor: &Actor, token: Uuid) -> CaseResult<()> {
    in_person(actor)?;
    let owner = (actor.user.0, actor.name.as_str());
    let pool = &casework.databases.identity;
    if tokens::end(pool, owner, actor.tenant.0, token).await? {
        Ok(())
    } else {
        Err(CaseError::NotFound)
    }
}

/// Who a token's secret stands for, if it still does, with what it may be used for.
pub async fn token_actor(casework: &Casework, secret: &str) -> CaseResult<Option<Actor>> {
    if !secret.starts_with(PREFIX) || secret.len() > SECRET_CHARS {
        return Ok(None);
    }
    let row = tokens::find(&casework.databases.identity, &secret_hash(secret)).await?;
    row.map(|row| {
        Ok(Actor {
            user: UserId(row.user_id),
            name: row.name,
            tenant: TenantId(row.tenant_id),
            kind: TenantKind::from_name(&row.kind)
                .ok_or_else(|| CaseError::internal(format!("tenant kind {}", row.kind)))?,
            roles: row
                .roles
                .iter()
                .filter_map(|name| Role::from_name(name))
                .collect(),
            token: Some(TokenUse {
                prefix: row.prefix,
                scopes: scopes(&row.scopes),
            }),
        })
    })
    .transpose()
}

/// A token neither sees nor makes nor ends tokens.
fn in_person(actor: &Actor) -> CaseResult<()> {
    match actor.token {
        None => Ok(()),
        Some(_) => Err(CaseError::NotFound),
    }
}

fn scopes(names: &[String]) -> BTreeSet<Scope> {
    names
        .iter()
        .filter_map(|name| Scope::from_name(name))
        .collect()
}

fn check_name(name: &str, problems: &mut Problems) {
    let letters = name.chars().count();
    if letters == 0 {
        problems.add(
            "blank",
            "name",
            "Give the token a name, such as \"Monthly report\".",
        );
    } else if letters > NAME_CHARS_MAX {
        let message = format!("The name has {letters} characters, at most {NAME_CHARS_MAX}.");
        let problem = Problem::new("too_long", "name", message);
        let problem = problem.with("count", letters.to_string());
        problems.push(problem.with("most", NAME_CHARS_MAX.to_string()));
    } else if name.chars().any(char::is_control) {
        problems.add("unreadable", "name", "The name holds control characters.");
    }
}

fn check_scopes(actor: &Actor, asked: &[String], problems: &mut Problems) -> Vec<String> {
    let offered = token_scopes(actor);
    let mut taken = BTreeSet::new();
    for name in asked {
        match Scope::from_name(name).filter(|scope| offered.contains(scope)) {
            Some(scope) => {
                taken.insert(scope);
            }
            None => problems.add(
                "token_scope",
                "scopes",
                "This is no scope that your roles allow; take one of the listed, such as applications:read.",
            ),
        }
    }
    if asked.is_empty() {
        problems.add(
            "token_scopes_missing",
            "scopes",
            "Choose what the token may be used for, such as applications:read.",
        );
    }
    taken
        .into_iter()
        .map(|scope| scope.as_str().to_owned())
        .collect()
}

fn check_days(asked: i64, problems: &mut Problems) -> Option<i32> {
    let days = i32::try_from(asked).ok();
    let days = days.filter(|days| (1..=DAYS_MAX).contains(days));
    if days.is_none() {
        let message = format!("A token lasts from 1 to {DAYS_MAX} days, such as 90.");
        let problem = Problem::new("token_days", "days", message);
        problems.push(problem.with("most", DAYS_MAX.to_string()));
    }
    days
}

async fn check_password(
    casework: &Casework,
    actor: &Actor,
    password: String,
    problems: &mut Problems,
) -> CaseResult<()> {
    let pool = &casework.databases.identity;
    let user = actor.user.0;
    // The same count as when the password is changed: two doors do not make twice as many guesses.
    let subject = format!("password:{user}");
    let guesses = sessions::attempt_count(pool, &subject, GUESS_WINDOW_MINUTES).await?;
    if guesses > GUESSES_MAX {
        problems.add(
            "sign_in_throttled",
            "password",
            "Too many attempts. Wait 15 minutes.",
        );
        return Ok(());
    }
    let hash = identity::password_of(pool, user)
        .await?
        .ok_or(CaseError::NotFound)?;
    let short: String = password.chars().take(PASSWORD_CHARS_MAX).collect();
    if verify_aside(&casework.hashing, short, hash).await? {
        sessions::attempts_forget(pool, &subject).await?;
    } else {
        problems.add("password_wrong", "password", "This is not your password.");
    }
    Ok(())
}
