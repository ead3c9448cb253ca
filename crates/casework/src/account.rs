//! What a person does with the own account: another password, and the places where one is signed in.
use access::Actor;
use explain::{Problem, Problems};
use store::{
    identity,
    sessions::{self, Ending},
};
use uuid::Uuid;
use zxcvbn::{Score, zxcvbn};

use crate::{
    CaseError, CaseResult, Casework,
    password::{hash_aside, verify_aside},
    sign_in::{GUESS_WINDOW_MINUTES, GUESSES_MAX, PASSWORD_CHARS_MAX, rotated, secret_hash},
};

pub use store::sessions::{Ending as SessionEnding, OwnSessionRow as SessionView};

/// Shorter passwords are refused (NIST SP 800-63B asks for 8, and for 15 where there is no second factor).
const PASSWORD_CHARS_MIN: usize = 12;
/// Words of ours that make a password no harder to guess.
const OUR_WORDS: [&str; 2] = ["plumbline", "衡善"];

/// The places where the holder of this secret is signed in.
pub async fn sessions_own(casework: &Casework, secret: &str) -> CaseResult<Vec<SessionView>> {
    Ok(sessions::of_holder(&casework.databases.identity, &secret_hash(secret)).await?)
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
    let fitting = fitting_password(casework, user, current).await?;
    let email = identity::email_of(pool, user).await?;
    let mut problems = weak(new, &[email.as_deref().unwrap_or_default(), &actor.name]);
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
    rotated(casework, secret, None, "password_change").await
}

/// Refuses whoever cannot give the own password again; `path` is the field that it was asked in.
pub(crate) async fn password_confirmed(
    casework: &Casework,
    actor: &Actor,
    password: &str,
    path: &str,
) -> CaseResult<()> {
    match fitting_password(casework, actor.user.0, password).await? {
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
) -> CaseResult<Option<String>> {
    let pool = &casework.databases.identity;
    let subject = format!("password:{user}");
    let guesses = sessions::attempt_count(pool, &subject, GUESS_WINDOW_MINUTES).await?;
    if guesses > GUESSES_MAX {
        return Err(CaseError::problem(
            "sign_in_throttled",
            "current",
            "Too many attempts. Wait 15 minutes.",
        ));
    }
    let hash = identity::password_of(pool, user)
        .await?
        .ok_or(CaseError::NotFound)?;
    let short: String = password.chars().take(PASSWORD_CHARS_MAX).collect();
    if !verify_aside(&casework.hashing, short, hash.clone()).await? {
        return Ok(None);
    }
    sessions::attempts_forget(pool, &subject).await?;
    Ok(Some(hash))
}

/// Everything that is wrong with a new password; `own` are words that its owner is known by.
fn weak(password: &str, own: &[&str]) -> Problems {
    let mut problems = Problems::new();
    let letters = password.chars().count();
    if letters < PASSWORD_CHARS_MIN {
        let message = format!(
            "The password has {letters} characters; give at least {PASSWORD_CHARS_MIN}, such as four words."
        );
        let problem = Problem::new("password_short", "new", message);
        problems.push(problem.with("min", PASSWORD_CHARS_MIN.to_string()));
    } else if letters > PASSWORD_CHARS_MAX {
        let message = format!("The password has more than {PASSWORD_CHARS_MAX} characters.");
        let problem = Problem::new("password_long", "new", message);
        problems.push(problem.with("max", PASSWORD_CHARS_MAX.to_string()));
    } else {
        let words = words_of(own);
        let words: Vec<&str> = words.iter().map(String::as_str).chain(OUR_WORDS).collect();
        if zxcvbn(password, &words).score() < Score::Three {
            problems.add(
                "password_guessable",
                "new",
                "This password is easily guessed: it is common, repeats itself or holds your name; take four words that have nothing to do with each other.",
            );
        }
    }
    problems
}

/// A name and an address in every form in which they turn up in a password: part by part, and all together.
fn words_of(own: &[&str]) -> Vec<String> {
    let mut words = Vec::new();
    for text in own {
        let lower = text.to_lowercase();
        let parts = lower.split(|letter: char| !letter.is_alphanumeric());
        let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
        words.push(parts.concat());
        words.extend(parts.into_iter().map(str::to_owned));
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(password: &str) -> Vec<String> {
        let found = weak(password, &["chan@kestrel.example", "Chan Tai-man"]);
        found
            .into_vec()
            .into_iter()
            .map(|problem| problem.code)
            .collect()
    }

    #[test]
    fn what_is_short_common_repeated_or_ones_own_name_is_refused() {
        assert_eq!(codes("short"), ["password_short"]);
        assert_eq!(codes(&"é".repeat(201)), ["password_long"]);
        for common in [
            "password1234",
            "aaaaaaaaaaaaaaaa",
            "qwertyuiop123456",
            "chantaiman1234",
            "plumbline2026",
        ] {
            assert_eq!(codes(common), ["password_guessable"], "{common}");
        }
        for fine in ["harbour kettle 謝 ladder seven", "vq7-Pmt2xw9LsK"] {
            assert_eq!(codes(fine), [""; 0], "{fine}");
        }
    }
}
