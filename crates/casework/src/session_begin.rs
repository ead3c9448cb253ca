//! How every session begins, whichever way its person was recognised: the second step where it is asked for, the
//! browser that is known from now on, a secret of its own.
use explain::sha256_hex;
use store::sessions::{self, NewSession, Way};
use uuid::Uuid;

use crate::{
    CaseResult, Casework, SignInError,
    second_step::{Step, step},
    session_place::place_sealed,
    sign_in::{new_secret, secret_hash},
};

/// A session ends after a working day.
const SESSION_HOURS: i32 = 12;

/// The browser in front of us.
#[derive(Debug, Clone)]
pub struct Browser {
    /// From where.
    pub address: String,
    /// The secret by which it says that it is known; none the first time.
    pub device: Option<String>,
    /// What it calls itself.
    pub agent: String,
}

/// What a browser is given: both secrets go into cookies and nowhere else.
pub struct SignedIn {
    /// Opens the session.
    pub secret: String,
    /// By which the browser is known from now on.
    pub device: String,
}

/// A browser's secret, and whether its person has signed in from it before.
pub(crate) struct Device {
    pub(crate) secret: String,
    pub(crate) known: bool,
}

impl Device {
    /// Looks whether this person has signed in from this browser before.
    pub(crate) async fn of(casework: &Casework, browser: &Browser, user: Uuid) -> CaseResult<Self> {
        let secret = browser.device.clone().unwrap_or_else(new_secret);
        let pool = &casework.databases.identity;
        let known = sessions::device_known_to(pool, &secret_hash(&secret), user).await?;
        Ok(Self { secret, known })
    }

    /// Whose guesses at a code these are: a known browser's own, or those of all strangers.
    pub(crate) fn guesses_as(&self) -> String {
        let from = if self.known {
            self.secret.as_str()
        } else {
            "stranger"
        };
        sha256_hex(from.as_bytes())
    }
}

/// By what the second step was passed; none where none is asked for.
pub(crate) async fn step_passed(
    casework: &Casework,
    user: Uuid,
    code: Option<&str>,
    from: &str,
) -> Result<Option<&'static str>, SignInError> {
    match step(casework, user, code, from).await? {
        Step::Passed(by) => Ok(by),
        Step::Wanted => Err(SignInError::CodeWanted),
        Step::Refused => Err(SignInError::CodeRefused),
        Step::Throttled => Err(SignInError::Throttled),
    }
}

/// Begins a session for somebody who was recognised and has passed the second step.
pub(crate) async fn begin_session(
    casework: &Casework,
    user: Uuid,
    browser: &Browser,
    device: Device,
    way: Way<'_>,
    second_step: Option<&'static str>,
) -> Result<SignedIn, SignInError> {
    // A secret that somebody else may have put into the browser never becomes the one it is known by.
    let known = device.known;
    let device = if known { device.secret } else { new_secret() };
    let secret = new_secret();
    let at = place_sealed(casework, user, &browser.agent, &browser.address).await?;
    let started = sessions::start(
        &casework.databases.identity,
        &NewSession {
            secret_hash: &secret_hash(&secret),
            user,
            hours: SESSION_HOURS,
            device: &at.0,
            address: &at.1,
            device_hash: &secret_hash(&device),
            known,
            second_step,
            way,
        },
    )
    .await?;
    if started {
        Ok(SignedIn { secret, device })
    } else {
        Err(SignInError::Refused)
    }
}
