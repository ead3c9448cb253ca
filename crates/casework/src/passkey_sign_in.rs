//! Signing in with a passkey: its device says who it is, after it has recognised its owner by finger, face or PIN.
//! Having the device and being its owner are two steps already, so no code is asked for.
use serde_json::Value;
use store::{
    passkeys::{self, PasskeyRow},
    sessions::{self, Way},
};
use uuid::Uuid;
use webauthn_rs::prelude::PublicKeyCredential;

use crate::{
    Browser, CaseError, CaseResult, Casework, SignInError, SignedIn,
    passkey::{PasskeyQuestion, QUESTION_MINUTES, checker, kept},
    session_begin::{Device, begin_session},
    sign_in::GUESS_WINDOW_MINUTES,
};

/// Questions that one place may ask for within the window of guesses; each takes one answer.
const QUESTIONS_MAX: i64 = 100;

/// Asks whichever device is there.
pub async fn passkey_sign_in_begin(casework: &Casework, from: &str) -> CaseResult<PasskeyQuestion> {
    let checker = checker(casework)?;
    let pool = &casework.databases.identity;
    let place = format!("passkey-from:{from}");
    if !sessions::attempt(pool, &place, GUESS_WINDOW_MINUTES, QUESTIONS_MAX).await? {
        return Err(CaseError::problem(
            "sign_in_throttled",
            "",
            "Too many attempts. Wait 15 minutes.",
        ));
    }
    let (mut options, state) = checker
        .start_discoverable_authentication()
        .map_err(CaseError::internal)?;
    // Asked for by a button, not beside the field for the address.
    options.mediation = None;
    let id = Uuid::new_v4();
    let state = serde_json::to_value(&state).map_err(CaseError::internal)?;
    passkeys::question_put(pool, id, None, &state, QUESTION_MINUTES).await?;
    let options = serde_json::to_value(&options).map_err(CaseError::internal)?;
    Ok(PasskeyQuestion { id, options })
}

/// Signs in by a device's answer.
pub async fn passkey_sign_in(
    casework: &Casework,
    question: Uuid,
    answer: Value,
    browser: &Browser,
) -> Result<SignedIn, SignInError> {
    let pool = &casework.databases.identity;
    let state = passkeys::question_take(pool, question, None).await?;
    let state = state.ok_or(SignInError::Refused)?;
    let answer: PublicKeyCredential =
        serde_json::from_value(answer).map_err(|_| SignInError::Refused)?;
    let row = answered(casework, state, &answer).await?;
    let user = row.user_id;
    let device = Device::of(casework, browser, user).await?;
    let way = Way::Passkey(row.passkey_id);
    begin_session(casework, user, browser, device, way, Some("passkey")).await
}

/// The passkey that gave this answer, with its counter noted.
async fn answered(
    casework: &Casework,
    state: Value,
    answer: &PublicKeyCredential,
) -> Result<PasskeyRow, SignInError> {
    let pool = &casework.databases.identity;
    let checker = checker(casework)?;
    let (user, credential_id) = checker
        .identify_discoverable_authentication(answer)
        .map_err(|_| SignInError::Refused)?;
    let row = passkeys::find(pool, user, credential_id).await?;
    let row = row.ok_or(SignInError::Refused)?;
    let state = serde_json::from_value(state).map_err(CaseError::internal)?;
    let mut passkey = kept(row.credential.clone())?;
    let held = checker
        .finish_discoverable_authentication_v2(answer, state, &passkey)
        .map_err(|cause| {
            // Also a counter that did not grow: the passkey may have been copied.
            tracing::warn!(passkey = %row.passkey_id, %cause, "a passkey's answer was refused");
            SignInError::Refused
        })?;
    if !held.user_verified() {
        return Err(SignInError::Refused);
    }
    passkey.update_credential(&held);
    let after = serde_json::to_value(&passkey).map_err(CaseError::internal)?;
    if passkeys::used(pool, row.passkey_id, &row.credential, &after).await? {
        Ok(row)
    } else {
        Err(SignInError::Refused)
    }
}
