//! The second step of signing in: six digits of an app (TOTP, RFC 6238), or a recovery code from paper. Every
//! code is taken once. Whoever sets it up, renews codes or ends it gives the password or a code again.
use access::Actor;
use chrono::{DateTime, Utc};
use qrcode::{QrCode, render::svg};
use rand::RngExt as _;
use store::{
    identity,
    second_factors::{self, SecondFactorRow},
    sessions::{self, Ending},
};
use totp_rs::{Builder, Secret, Totp};
use uuid::Uuid;

use crate::{
    CaseError, CaseResult, Casework,
    account::password_confirmed,
    mail,
    mail_words::Topic,
    person_key::person_key,
    sign_in::{GUESS_WINDOW_MINUTES, rotated, secret_hash},
};

/// What the shared secret is sealed as.
const FIELD: &str = "second_factors.secret";
/// The name that an app shows.
const ISSUER: &str = "Plumbline";
/// Recovery codes that are handed out at one time.
const RECOVERY_CODES: usize = 10;
/// Letters of a recovery code: none that is mistaken for another. Twenty-four of them are 118 bits.
const RECOVERY_LETTERS: &[u8] = b"abcdefghjkmnpqrstuvwxyz23456789";
/// Length of a recovery code.
const RECOVERY_CHARS: usize = 24;
/// Digits of an app's code.
const CODE_DIGITS: usize = 6;
/// Codes that are looked at within the window of guesses.
const CODES_MAX: i64 = 5;
/// Codes that are looked at within a day: together a chance of one in sixteen thousand.
const CODES_A_DAY_MAX: i64 = 20;
/// A day.
const DAY_MINUTES: i32 = 24 * 60;
/// Pixels on each side of the square that an app reads.
const PICTURE_PIXELS: u32 = 220;

/// How the second step stands.
#[derive(Debug, Clone)]
pub struct SecondStepView {
    /// Since when it is asked for; none: it is not.
    pub since: Option<DateTime<Utc>>,
    /// Recovery codes that were not used.
    pub recovery_left: i64,
}

/// What an app is told, by picture or by hand. Shown once.
pub struct SecondStepSetup {
    /// The shared secret in base 32.
    pub secret: String,
    /// The same as an address that apps open.
    pub url: String,
    /// The address as a picture (SVG).
    pub picture: String,
}

/// What is handed out when the second step begins to hold. Shown once.
pub struct SecondStepBegun {
    /// Recovery codes.
    pub recovery_codes: Vec<String>,
    /// The fresh secret of this session.
    pub session: String,
}

/// How a code was met.
pub(crate) enum Step {
    /// None is asked for, or this one was taken: by what.
    Passed(Option<&'static str>),
    /// One is asked for and none was given.
    Wanted,
    /// It does not fit, or was used.
    Refused,
    /// Too many were tried.
    Throttled,
}

/// How the own second step stands.
pub async fn second_step(casework: &Casework, actor: &Actor) -> CaseResult<SecondStepView> {
    let found = second_factors::find(&casework.databases.identity, actor.user.0).await?;
    Ok(SecondStepView {
        since: found.as_ref().and_then(|row| row.confirmed_at),
        recovery_left: found.map_or(0, |row| row.recovery_left),
    })
}

/// Begins to set it up. It holds once a first code was given to [`second_step_confirm`].
pub async fn second_step_begin(
    casework: &Casework,
    actor: &Actor,
    password: &str,
) -> CaseResult<SecondStepSetup> {
    password_confirmed(casework, actor, password, "password").await?;
    let pool = &casework.databases.identity;
    let user = actor.user.0;
    let bytes: [u8; 20] = rand::random();
    let sealed = person_key(casework, user).await?.seal(FIELD, user, &bytes);
    if !second_factors::begin(pool, user, &sealed).await? {
        return Err(CaseError::problem(
            "second_step_on",
            "",
            "The second step is in use already; end it before you set it up anew.",
        ));
    }
    let email = identity::email_of(pool, user).await?.unwrap_or_default();
    let url = totp(&bytes, &email)?
        .to_url()
        .map_err(CaseError::internal)?;
    let picture = QrCode::new(&url).map_err(CaseError::internal)?;
    let picture = picture
        .render::<svg::Color<'_>>()
        .min_dimensions(PICTURE_PIXELS, PICTURE_PIXELS)
        .build();
    Ok(SecondStepSetup {
        secret: Secret::from(bytes).to_base32(),
        url,
        picture,
    })
}

/// Takes the first code: from now on one is asked for. Every other session ends.
pub async fn second_step_confirm(
    casework: &Casework,
    actor: &Actor,
    session: &str,
    code: &str,
) -> CaseResult<SecondStepBegun> {
    let pool = &casework.databases.identity;
    let user = actor.user.0;
    let found = second_factors::find(pool, user).await?;
    let Some(row) = found.filter(|row| row.confirmed_at.is_none()) else {
        return Err(CaseError::problem(
            "second_step_not_begun",
            "",
            "Nothing is being set up; begin with your password.",
        ));
    };
    refuse_guessing(casework, user, "own").await?;
    if !takes_app_code(casework, user, &row, &letters_of(code)).await? {
        return Err(refused());
    }
    let recovery_codes = handed_out(casework, user, session, "second_step_on").await?;
    told(casework, user, Topic::SecondStepOn).await?;
    sessions::end(pool, &secret_hash(session), Ending::Others).await?;
    let session = rotated(casework, session, None, "session_renew").await?;
    Ok(SecondStepBegun {
        recovery_codes,
        session,
    })
}

/// New recovery codes in the place of all earlier ones, for a code.
pub async fn recovery_codes_renew(
    casework: &Casework,
    actor: &Actor,
    session: &str,
    code: &str,
) -> CaseResult<Vec<String>> {
    confirmed(casework, actor, code).await?;
    handed_out(casework, actor.user.0, session, "recovery_codes_renew").await
}

/// Ends the second step, for the password and a code. Every other session ends.
pub async fn second_step_end(
    casework: &Casework,
    actor: &Actor,
    session: &str,
    password: &str,
    code: &str,
) -> CaseResult<()> {
    password_confirmed(casework, actor, password, "password").await?;
    confirmed(casework, actor, code).await?;
    let pool = &casework.databases.identity;
    let session = secret_hash(session);
    if !second_factors::remove(pool, actor.user.0, &session).await? {
        return Err(CaseError::NotFound);
    }
    sessions::end(pool, &session, Ending::Others).await?;
    told(casework, actor.user.0, Topic::SecondStepOff).await
}

/// Meets the code that came with an address and a password that fit. `from` is whose guesses these are.
pub(crate) async fn step(
    casework: &Casework,
    user: Uuid,
    code: Option<&str>,
    from: &str,
) -> CaseResult<Step> {
    let found = second_factors::find(&casework.databases.identity, user).await?;
    let Some(row) = found.filter(|row| row.confirmed_at.is_some()) else {
        return Ok(Step::Passed(None));
    };
    let Some(code) = code.filter(|code| !code.trim().is_empty()) else {
        return Ok(Step::Wanted);
    };
    if !may_guess(casework, user, from).await? {
        return Ok(Step::Throttled);
    }
    let code = letters_of(code);
    if takes_app_code(casework, user, &row, &code).await? {
        return Ok(Step::Passed(Some("code")));
    }
    let hash = secret_hash(&code);
    if second_factors::take_recovery(&casework.databases.identity, user, &hash).await? {
        told(casework, user, Topic::RecoveryUsed).await?;
        return Ok(Step::Passed(Some("recovery")));
    }
    Ok(Step::Refused)
}

/// A mail to the owner about what was done in their name.
async fn told(casework: &Casework, user: Uuid, topic: Topic) -> CaseResult<()> {
    let email = identity::email_of(&casework.databases.identity, user).await?;
    match email {
        Some(email) => mail::due(casework, topic, &email).await,
        None => Ok(()),
    }
}

async fn confirmed(casework: &Casework, actor: &Actor, code: &str) -> CaseResult<()> {
    match step(casework, actor.user.0, Some(code), "own").await? {
        Step::Passed(Some(_)) => Ok(()),
        Step::Passed(None) => Err(CaseError::NotFound),
        Step::Wanted | Step::Refused => Err(refused()),
        Step::Throttled => Err(throttled()),
    }
}

/// Meets the code that goes with a deed of the own account; nothing is asked for where there is no second step.
pub(crate) async fn second_step_confirmed(
    casework: &Casework,
    actor: &Actor,
    code: Option<&str>,
) -> CaseResult<()> {
    match step(casework, actor.user.0, code, "own").await? {
        Step::Passed(_) => Ok(()),
        Step::Wanted => Err(CaseError::problem(
            "second_step_wanted",
            "code",
            "Give the six digits that your app shows, such as 492 039, or a recovery code.",
        )),
        Step::Refused => Err(refused()),
        Step::Throttled => Err(throttled()),
    }
}

fn refused() -> CaseError {
    CaseError::problem(
        "second_step_refused",
        "code",
        "This code does not fit, or was used before. Wait for the next one in the app, such as 492 039.",
    )
}

fn throttled() -> CaseError {
    CaseError::problem(
        "sign_in_throttled",
        "code",
        "Too many attempts. Wait 15 minutes.",
    )
}

/// Counts a guess at a code; whether it is looked at.
async fn may_guess(casework: &Casework, user: Uuid, from: &str) -> CaseResult<bool> {
    let pool = &casework.databases.identity;
    let soon = format!("code:{user}:{from}");
    let today = format!("codes-a-day:{user}:{from}");
    let soon = sessions::attempt(pool, &soon, GUESS_WINDOW_MINUTES, CODES_MAX).await?;
    let today = sessions::attempt(pool, &today, DAY_MINUTES, CODES_A_DAY_MAX).await?;
    Ok(soon && today)
}

async fn refuse_guessing(casework: &Casework, user: Uuid, from: &str) -> CaseResult<()> {
    if may_guess(casework, user, from).await? {
        Ok(())
    } else {
        Err(throttled())
    }
}

/// Takes a code of the app, once: by the database's clock, one step of thirty seconds early or late.
async fn takes_app_code(
    casework: &Casework,
    user: Uuid,
    row: &SecondFactorRow,
    code: &str,
) -> CaseResult<bool> {
    let is_code = code.len() == CODE_DIGITS && code.bytes().all(|byte| byte.is_ascii_digit());
    if !is_code {
        return Ok(false);
    }
    let pool = &casework.databases.identity;
    let key = person_key(casework, user).await?;
    let secret = key.open(FIELD, user, &row.secret).ok_or_else(|| {
        CaseError::internal("a second factor does not open with its person's key")
    })?;
    let now = identity::clock(pool).await?.timestamp();
    let now = u64::try_from(now).map_err(CaseError::internal)?;
    let Some(step) = totp(&secret, "")?.check(code, now) else {
        return Ok(false);
    };
    let step = i64::try_from(step).map_err(CaseError::internal)?;
    Ok(second_factors::take_step(pool, user, step).await?)
}

fn totp(secret: &[u8], account: &str) -> CaseResult<Totp> {
    Builder::new()
        .with_secret(secret.to_vec())
        .with_issuer(Some(ISSUER))
        .with_account_name(account.replace(':', " "))
        .build()
        .map_err(CaseError::internal)
}

async fn handed_out(
    casework: &Casework,
    user: Uuid,
    session: &str,
    action: &str,
) -> CaseResult<Vec<String>> {
    let codes: Vec<String> = std::iter::repeat_with(recovery_code)
        .take(RECOVERY_CODES)
        .collect();
    let hashes: Vec<Vec<u8>> = codes
        .iter()
        .map(|code| secret_hash(&letters_of(code)))
        .collect();
    let pool = &casework.databases.identity;
    second_factors::put_recovery(pool, user, &hashes, &secret_hash(session), action).await?;
    Ok(codes)
}

/// Letters in groups of four.
fn recovery_code() -> String {
    let mut rng = rand::rng();
    let mut code = String::new();
    for place in 0..RECOVERY_CHARS {
        if place > 0 && place % 4 == 0 {
            code.push('-');
        }
        let letter = rng.random_range(0..RECOVERY_LETTERS.len());
        code.extend(RECOVERY_LETTERS.get(letter).copied().map(char::from));
    }
    code
}

/// What counts of a code as it was typed.
fn letters_of(code: &str) -> String {
    code.chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|letter| letter.to_ascii_lowercase())
        .take(RECOVERY_CHARS + 1)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recovery_code_reads_the_same_however_it_is_typed() {
        let code = recovery_code();
        assert_eq!(code.len(), RECOVERY_CHARS + 5);
        let plain = letters_of(&code);
        assert_eq!(plain.len(), RECOVERY_CHARS);
        assert_eq!(letters_of(&code.to_uppercase().replace('-', " ")), plain);
        assert_ne!(letters_of(&format!("{code}x")), plain);
    }

    #[test]
    fn codes_are_those_of_the_standard() {
        // RFC 6238, appendix B, the eight digits cut to six.
        let totp = totp(b"12345678901234567890", "").unwrap();
        for (at, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (2_000_000_000, "279037"),
        ] {
            assert_eq!(totp.check(code, at), Some(at / 30), "{at}");
        }
        assert_eq!(totp.check("287082", 59 + 60), None);
    }
}
