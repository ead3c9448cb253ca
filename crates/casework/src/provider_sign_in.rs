//! Signing in by an identity provider: only an account that its owner linked is opened, found by the provider's issuer
//! and subject. The provider's word on how it recognised somebody is not taken: our second step is asked for as ever.
use explain::Text;
use store::{provider_links, sessions::Way};

use crate::{
    Browser, CaseError, CaseResult, Casework, SignInError, SignedIn,
    provider::{ProviderJourney, journey, returned},
    provider_link,
    session_begin::{Device, begin_session, step_passed},
    sign_in::secret_hash,
};

/// Minutes for which a code of the second step is waited for.
const CODE_MINUTES: i32 = 5;

/// A browser that comes back from the provider.
pub struct ProviderBack {
    /// The state that it was sent away with.
    pub state: String,
    /// The secret of its cookie.
    pub secret: String,
    /// The provider's code, or what it says instead.
    pub code: Result<String, String>,
    /// Who says so, where the provider says it.
    pub issuer: Option<String>,
    /// The secret of its session, where somebody is signed in.
    pub session: Option<String>,
    /// The browser.
    pub browser: Browser,
}

/// What coming back comes to.
pub enum ProviderOutcome {
    /// Somebody is signed in.
    SignedIn(SignedIn),
    /// A code of the second step is wanted.
    CodeWanted,
    /// The account is linked.
    Linked,
}

/// What people call the provider; none where there is none.
pub fn provider_label(casework: &Casework) -> Option<Text> {
    casework
        .provider
        .as_ref()
        .map(|provider| provider.label().clone())
}

/// Sends a browser to the provider to sign in.
pub async fn provider_sign_in_begin(
    casework: &Casework,
    from: &str,
) -> CaseResult<ProviderJourney> {
    journey(casework, None, from).await
}

/// Takes a browser back from the provider.
pub async fn provider_back(
    casework: &Casework,
    input: ProviderBack,
) -> CaseResult<ProviderOutcome> {
    let ProviderBack {
        state,
        secret,
        code,
        issuer,
        session,
        browser,
    } = input;
    let (back, subject) = returned(casework, &state, &secret, code, issuer.as_deref()).await?;
    if let Some(user) = back.user_id {
        provider_link::finish(casework, user, &subject, session.as_deref()).await?;
        return Ok(ProviderOutcome::Linked);
    }
    let pool = &casework.databases.identity;
    let issuer = crate::provider::provider(casework)?.issuer();
    let link = provider_links::find(pool, issuer, &subject)
        .await?
        .ok_or_else(not_linked)?;
    let device = Device::of(casework, &browser, link.user_id).await?;
    let from = device.guesses_as();
    let second_step = match step_passed(casework, link.user_id, None, &from).await {
        Ok(by) => by,
        Err(SignInError::CodeWanted) => {
            let browser_hash = secret_hash(&secret);
            provider_links::visit_await_code(pool, &browser_hash, link.link_id, CODE_MINUTES)
                .await?;
            return Ok(ProviderOutcome::CodeWanted);
        }
        Err(other) => return Err(CaseError::Internal(other.to_string())),
    };
    let way = Way::Provider(link.link_id);
    match begin_session(casework, link.user_id, &browser, device, way, second_step).await {
        Ok(signed_in) => {
            provider_links::used(pool, link.link_id).await?;
            Ok(ProviderOutcome::SignedIn(signed_in))
        }
        // Somebody who belongs to no organisation any more learns nothing of it here.
        Err(SignInError::Refused) => Err(not_linked()),
        Err(other) => Err(CaseError::Internal(other.to_string())),
    }
}

/// Takes the code of the second step of whoever the provider named to this browser.
pub async fn provider_code(
    casework: &Casework,
    secret: &str,
    code: &str,
    browser: &Browser,
) -> Result<SignedIn, SignInError> {
    let pool = &casework.databases.identity;
    let browser_hash = secret_hash(secret);
    let link = provider_links::visit_waiting(pool, &browser_hash).await?;
    let link = link.ok_or(SignInError::Refused)?;
    let device = Device::of(casework, browser, link.user_id).await?;
    let from = device.guesses_as();
    let second_step = step_passed(casework, link.user_id, Some(code), &from).await?;
    if !provider_links::visit_finish(pool, &browser_hash).await? {
        return Err(SignInError::Refused);
    }
    let way = Way::Provider(link.link_id);
    let signed_in =
        begin_session(casework, link.user_id, browser, device, way, second_step).await?;
    provider_links::used(pool, link.link_id).await?;
    Ok(signed_in)
}

fn not_linked() -> CaseError {
    CaseError::problem(
        "provider_not_linked",
        "",
        "No account here is linked to that account. Sign in with your password, then link it under \"Your account\".",
    )
}
