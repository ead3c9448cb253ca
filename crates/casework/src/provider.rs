//! An identity provider that the operator names (OpenID Connect): what is asked of it, as a trait whose adapter is in
//! `server`, and the browser's way there and back. What proves the way is made from one secret that only the
//! browser's cookie holds.
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use explain::{Text, sha256_hex};
use store::{
    provider_links::{self, BackRow},
    sessions,
};
use uuid::Uuid;

use crate::{
    CaseError, CaseResult, Casework,
    sign_in::{GUESS_WINDOW_MINUTES, new_secret, secret_hash},
};

/// Minutes for which a browser may be away.
const AWAY_MINUTES: i32 = 10;
/// Journeys to the provider that may begin from one place within the window of guesses.
const JOURNEYS_MAX: i64 = 100;
/// Where the provider sends browsers back to.
const BACK: &str = "/auth/provider/back";

/// Why a provider's answer is not taken.
#[derive(Debug, thiserror::Error)]
pub enum ProviderError {
    /// It could not be reached, or did not answer in time.
    #[error("the provider cannot be reached: {0}")]
    Unavailable(String),
    /// What it says does not hold.
    #[error("the provider's answer is refused: {0}")]
    Refused(String),
}

/// What a browser takes along to the provider.
#[derive(Debug, Clone)]
pub struct ProviderVisit {
    /// Ties the way back to the way there.
    pub state: String,
    /// What the provider's answer has to repeat.
    pub nonce: String,
    /// Proves that whoever redeems the code is who asked for it (PKCE).
    pub verifier: String,
    /// Where browsers are sent back to.
    pub back: String,
}

/// What came back, to be redeemed and checked.
#[derive(Debug, Clone)]
pub struct ProviderAnswer {
    /// Good for one exchange.
    pub code: String,
    /// What the answer has to repeat.
    pub nonce: String,
    /// The proof (PKCE).
    pub verifier: String,
    /// Where the browser was sent back to.
    pub back: String,
    /// The time by the database's clock.
    pub now: DateTime<Utc>,
}

/// An identity provider.
#[async_trait]
pub trait IdentityProvider: Send + Sync {
    /// Its address, which is its name.
    fn issuer(&self) -> &str;
    /// What people call it.
    fn label(&self) -> &Text;
    /// Where to send a browser.
    async fn address(&self, visit: &ProviderVisit) -> Result<String, ProviderError>;
    /// Whom it names: the subject of an answer that holds in everything.
    async fn subject(&self, answer: ProviderAnswer) -> Result<String, ProviderError>;
}

/// A browser that is to be sent away.
#[derive(Debug)]
pub struct ProviderJourney {
    /// To where.
    pub to: String,
    /// The secret of its cookie.
    pub secret: String,
}

/// The provider; without one, nothing of this exists.
pub(crate) fn provider(casework: &Casework) -> CaseResult<&dyn IdentityProvider> {
    casework.provider.as_deref().ok_or(CaseError::NotFound)
}

/// Sends a browser to the provider, to sign in or, as this person, to link the account.
pub(crate) async fn journey(
    casework: &Casework,
    linking: Option<Uuid>,
    from: &str,
) -> CaseResult<ProviderJourney> {
    let provider = provider(casework)?;
    let pool = &casework.databases.identity;
    let place = format!("provider-from:{from}");
    if !sessions::attempt(pool, &place, GUESS_WINDOW_MINUTES, JOURNEYS_MAX).await? {
        return Err(CaseError::problem(
            "sign_in_throttled",
            "",
            "Too many attempts. Wait 15 minutes.",
        ));
    }
    let (state, secret) = (new_secret(), new_secret());
    let visit = ProviderVisit {
        state,
        nonce: nonce(&secret),
        verifier: verifier(&secret),
        back: format!("{}{BACK}", casework.public_url),
    };
    let to = provider
        .address(&visit)
        .await
        .map_err(|error| refusal(&error))?;
    let (state, browser) = (secret_hash(&visit.state), secret_hash(&secret));
    provider_links::visit_begin(pool, &state, &browser, linking, AWAY_MINUTES).await?;
    Ok(ProviderJourney { to, secret })
}

/// Takes a browser back, once, and asks the provider whom it stands for.
pub(crate) async fn returned(
    casework: &Casework,
    state: &str,
    secret: &str,
    code: Result<String, String>,
    issuer: Option<&str>,
) -> CaseResult<(BackRow, String)> {
    let provider = provider(casework)?;
    let pool = &casework.databases.identity;
    let (state_hash, browser_hash) = (secret_hash(state), secret_hash(secret));
    let Some(back) = provider_links::visit_back(pool, &state_hash, &browser_hash).await? else {
        return Err(CaseError::problem(
            "provider_state",
            "",
            "This sign-in was begun in another browser, was used before, or is older than 10 minutes. Begin again.",
        ));
    };
    // An answer that names another provider was meant for somebody else (RFC 9207).
    if issuer.is_some_and(|issuer| issuer != provider.issuer()) {
        let cause = "the answer names another issuer".to_owned();
        return Err(refusal(&ProviderError::Refused(cause)));
    }
    let code = code.map_err(|said| {
        tracing::warn!(said, "the identity provider let nobody in");
        CaseError::problem(
            "provider_declined",
            "",
            "The other account did not let you in, or you stopped there. Try again, or use your password.",
        )
    })?;
    let answer = ProviderAnswer {
        code,
        nonce: nonce(secret),
        verifier: verifier(secret),
        back: format!("{}{BACK}", casework.public_url),
        now: back.back_at,
    };
    let subject = provider
        .subject(answer)
        .await
        .map_err(|error| refusal(&error))?;
    Ok((back, subject))
}

fn refusal(error: &ProviderError) -> CaseError {
    tracing::warn!(%error, "a sign-in by the identity provider failed");
    match error {
        ProviderError::Unavailable(_) => CaseError::problem(
            "provider_unavailable",
            "",
            "The service of your other account does not answer. Try again later, or use your password.",
        ),
        ProviderError::Refused(_) => CaseError::problem(
            "provider_refused",
            "",
            "What the other account's service answered does not hold. Try again; tell whoever runs this site if it happens again.",
        ),
    }
}

/// What the provider's answer has to repeat.
fn nonce(secret: &str) -> String {
    sha256_hex(format!("nonce:{secret}").as_bytes())
}

/// The proof that only the browser's cookie can make (PKCE): 64 letters.
fn verifier(secret: &str) -> String {
    sha256_hex(format!("verifier:{secret}").as_bytes())
}
