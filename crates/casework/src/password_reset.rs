//! A forgotten password is set anew by a link that goes to the account's address. Asking is answered the same way,
//! and by the same work, whether or not somebody has that address.
use explain::sha256_hex;
use store::{resets, sessions};

use crate::{
    CaseError, CaseResult, Casework, mail,
    mail_words::Topic,
    names::name_read,
    password::hash_aside,
    password_strength::weak,
    sign_in::{is_email, secret_hash},
};

/// Links that one address may be sent within an hour.
const ASKED_MAX: i64 = 3;
/// Links that may be asked for from one place within an hour.
const ASKED_FROM_MAX: i64 = 30;
/// The window in which askings are counted.
const ASKED_WINDOW_MINUTES: i32 = 60;

/// Asks for a link. Whatever the address, the answer is nothing.
pub async fn password_reset_ask(casework: &Casework, email: &str, from: &str) -> CaseResult<()> {
    let email = email.trim().to_lowercase();
    if !is_email(&email) {
        return Err(CaseError::problem(
            "not_email",
            "email",
            "Give an e-mail address, such as officer@ngo.example.",
        ));
    }
    let pool = &casework.databases.identity;
    let place = format!("reset-from:{from}");
    if !sessions::attempt(pool, &place, ASKED_WINDOW_MINUTES, ASKED_FROM_MAX).await? {
        return Err(CaseError::problem(
            "sign_in_throttled",
            "email",
            "Too many attempts. Wait 15 minutes.",
        ));
    }
    let account = format!("reset:{}", sha256_hex(email.as_bytes()));
    // Beyond that nothing is sent, and nothing tells.
    if sessions::attempt(pool, &account, ASKED_WINDOW_MINUTES, ASKED_MAX).await? {
        mail::due(casework, Topic::PasswordReset, &email).await?;
    }
    Ok(())
}

/// Sets the password anew. Every session ends; the second step is still asked for at the next sign-in.
pub async fn password_reset(casework: &Casework, token: &str, new: &str) -> CaseResult<()> {
    let pool = &casework.databases.identity;
    let hash = secret_hash(token);
    let void = || {
        CaseError::problem(
            "reset_link_void",
            "token",
            "This link was used or is older than 30 minutes. Ask for another.",
        )
    };
    let row = resets::find(pool, &hash).await?.ok_or_else(void)?;
    let name = name_read(casework, &row.name).await?;
    weak(casework, new, &[&row.email, &name])
        .await?
        .into_result(Some(()))?;
    let fresh = hash_aside(&casework.hashing, new.to_owned()).await?;
    if !resets::finish(pool, &hash, &fresh).await? {
        return Err(void());
    }
    mail::due(casework, Topic::PasswordChanged, &row.email).await
}
