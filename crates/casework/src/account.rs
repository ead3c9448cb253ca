//! What a person does with the own account: another password, and the places where one is signed in.
use access::Actor;
use store::{
    identity,
    sessions::{self, Ending},
};
use uuid::Uuid;

use crate::{
    CaseError, CaseResult, Casework, mail,
    mail_words::Topic,
    names::name_read,
    password::{hash_aside, verify_aside},
    password_strength::weak,
    person_key::person_key,
    session_place::place_opened,
    sign_in::{GUESS_WINDOW_MINUTES, GUESSES_MAX, PASSWORD_CHARS_MAX, rotated, secret_hash},
};

pub use store::sessions::{Ending as SessionEnding, OwnSessionRow as SessionView};

/// The places where the holder of this secret is signed in.
pub async fn sessions_own(
    casework: &Casework,
    actor: &Actor,
    secret: &str,
) -> CaseResult<Vec<SessionView>> {
    let key = person_key(casework, actor.user.0).await?;
    let pool = &casework.databases.identity;
    let mut rows = sessions::of_holder(pool, &secret_hash(secret)).await?;
    for row in &mut rows {
        (row.device, row.address) = place_opened(&key, &row.device, &row.address);
    }
    Ok(rows)
}

/// Ends one of the holder's sessions, or all but this one.
pub async fn sessions_end(casework: &Casework, secret: &str, ending: Ending) -> CaseResult<u64> {
    let pool = &casework.databases.identity;
    let ended = sessions::end(pool, &secret_hash(secret), ending).await?;
    match ending {
        Ending::One(_) if ended == 0 => Err(CaseError::NotFound),
        Ending::One(_) | Ending::Others => Ok(ended),
    }
}

/// Takes another password. Every other session ends, and this one gets a fresh secret, which is returned.
pub async fn password_change(
    casework: &Casework,
    actor: &Actor,
    secret: &str,
    current: &str,
    new: &str,
) -> CaseResult<String> {
    let pool = &casework.databases.identity;
    let user = actor.user.0;
    let fitting = fitting_password(casework, user, current, "current").await?;
    let email = identity::email_of(pool, user).await?;
    let email = email.unwrap_or_default();
    let name = name_read(casework, &actor.name).await?;
    let mut problems = weak(casework, new, &[&email, &name]).await?;
    let Some(old) = fitting else {
        problems.add("password_wrong", "current", "This is not your password.");
        return Err(problems.into());
    };
    problems.into_result(Some(()))?;
    let hash = hash_aside(&casework.hashing, new.to_owned()).await?;
    if !identity::password_replace(pool, user, &old, &hash).await? {
        return Err(CaseError::problem(
            "version_conflict",
            "",
            "The password was changed somewhere else at the same time. Sign in again.",
        ));
    }
    sessions::end(pool, &secret_hash(secret), Ending::Others).await?;
    sessions::devices_forget(pool, user).await?;
    mail::due(casework, Topic::PasswordChanged, &email).await?;
    rotated(casework, secret, None, "password_change").await
}

/// Refuses whoever cannot give the own password again; `path` is the field that it was asked in.
pub(crate) async fn password_confirmed(
    casework: &Casework,
    actor: &Actor,
    password: &str,
    path: &str,
) -> CaseResult<()> {
    match fitting_password(casework, actor.user.0, password, path).await? {
        Some(_) => Ok(()),
        None => Err(CaseError::problem(
            "password_wrong",
            path,
            "This is not your password.",
        )),
    }
}

/// The stored hash when the password fits it. Guesses are counted.
async fn fitting_password(
    casework: &Casework,
    user: Uuid,
    password: &str,
    path: &str,
) -> CaseResult<Option<String>> {
    let pool = &casework.databases.identity;
    let subject = format!("password:{user}");
    if !sessions::attempt(pool, &subject, GUESS_WINDOW_MINUTES, GUESSES_MAX).await? {
        return Err(CaseError::problem(
            "sign_in_throttled",
            path,
            "Too many attempts. Wait 15 minutes.",
        ));
    }
    let hash = identity::password_of(pool, user)
        .await?
        .ok_or(CaseError::NotFound)?;
    let too_long = password.chars().count() > PASSWORD_CHARS_MAX;
    if too_long || !verify_aside(&casework.hashing, password.to_owned(), hash.clone()).await? {
        return Ok(None);
    }
    sessions::attempts_forget(pool, &subject).await?;
    Ok(Some(hash))
}
