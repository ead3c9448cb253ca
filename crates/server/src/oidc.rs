//! The identity provider over OpenID Connect: authorization code flow with PKCE, state and nonce; the provider's
//! document and keys found by discovery and kept for an hour; every answer checked in all that the standard asks for.
use std::time::Duration;

use async_trait::async_trait;
use casework::{IdentityProvider, ProviderAnswer, ProviderError, ProviderVisit};
use explain::Text;
use openidconnect::{
    AuthType, AuthorizationCode, ClaimsVerificationError, ClientId, ClientSecret, CsrfToken,
    DiscoveryError, EndpointMaybeSet, EndpointNotSet, EndpointSet, IdTokenVerifier, IssuerUrl,
    Nonce, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, RequestTokenError,
    SignatureVerificationError, TokenResponse as _,
    core::{
        CoreAuthenticationFlow, CoreClient, CoreClientAuthMethod, CoreIdToken, CoreJsonWebKey,
        CoreJwsSigningAlgorithm, CoreProviderMetadata,
    },
    http::Uri,
};
use tokio::{sync::Mutex, time::Instant};

use crate::oidc_http::{Http, HttpError, is_safe};

/// How long the provider's document and keys are kept.
const KEPT: Duration = Duration::from_hours(1);
/// A key that is not known is looked for at most this often, whoever makes up names of keys.
const KEYS_AGAIN: Duration = Duration::from_mins(1);
/// A provider that did not answer is not asked again for so long.
const REST: Duration = Duration::from_secs(10);
/// How far clocks may be apart when the time of an answer is judged.
const CLOCKS_APART_SECONDS: i64 = 60;
/// An answer that was made before the browser could have been sent away.
const ANSWER_SECONDS_MAX: i64 = 15 * 60;
/// Longest subject (OpenID Connect Core, section 2).
const SUBJECT_BYTES_MAX: usize = 255;

type Client = CoreClient<
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// Where the provider is, and who we are to it.
#[derive(Clone)]
pub struct OidcSettings {
    /// Its address, such as `https://login.example.org`.
    pub issuer: String,
    /// Who we are to it.
    pub client_id: String,
    /// What we prove it with; a public client has none.
    pub client_secret: Option<String>,
    /// What people call it.
    pub label: Text,
}

/// A provider that speaks OpenID Connect.
pub struct Oidc {
    settings: OidcSettings,
    issuer: IssuerUrl,
    http: Http,
    known: Mutex<Known>,
}

/// What is known of the provider, and when it was asked.
#[derive(Default)]
struct Known {
    metadata: Option<CoreProviderMetadata>,
    read_at: Option<Instant>,
    /// When its keys were last read before their time, because one was not known.
    again_at: Option<Instant>,
    failed_at: Option<Instant>,
}

impl Oidc {
    /// Refuses settings that cannot work; asks nothing of the provider yet.
    pub fn try_new(settings: OidcSettings) -> Result<Self, String> {
        let address: Uri = settings
            .issuer
            .parse()
            .map_err(|_| "the issuer is no address such as https://login.example.org".to_owned())?;
        if !is_safe(&address) {
            return Err(
                "the issuer is reached over TLS only, such as https://login.example.org".to_owned(),
            );
        }
        if settings.client_id.trim().is_empty() {
            return Err("the client id is empty".to_owned());
        }
        Ok(Self {
            issuer: IssuerUrl::new(settings.issuer.clone()).map_err(|error| error.to_string())?,
            http: Http::try_new().map_err(|error| error.to_string())?,
            known: Mutex::default(),
            settings,
        })
    }

    /// The provider's document and keys, read when they are not known, have aged, or are wanted afresh.
    async fn metadata(&self, afresh: bool) -> Result<CoreProviderMetadata, ProviderError> {
        let mut known = self.known.lock().await;
        let within = |at: Option<Instant>, span| at.is_some_and(|at| at.elapsed() < span);
        let afresh = afresh && !within(known.again_at, KEYS_AGAIN);
        if let Some(metadata) = &known.metadata
            && within(known.read_at, KEPT)
            && !afresh
        {
            return Ok(metadata.clone());
        }
        if within(known.failed_at, REST) {
            return Err(ProviderError::Unavailable(
                "it did not answer just now".to_owned(),
            ));
        }
        if afresh {
            known.again_at = Some(Instant::now());
        }
        match self.discovered().await {
            Ok(metadata) => {
                known.metadata = Some(metadata.clone());
                known.read_at = Some(Instant::now());
                Ok(metadata)
            }
            Err(error) => {
                known.failed_at = Some(Instant::now());
                Err(error)
            }
        }
    }

    async fn discovered(&self) -> Result<CoreProviderMetadata, ProviderError> {
        let found = CoreProviderMetadata::discover_async(self.issuer.clone(), &self.http).await;
        let metadata = found.map_err(|error| match error {
            DiscoveryError::Validation(cause) => ProviderError::Refused(cause),
            DiscoveryError::Request(cause) => ProviderError::Unavailable(cause.to_string()),
            other => ProviderError::Unavailable(other.to_string()),
        })?;
        let endpoint = metadata.authorization_endpoint().as_str();
        if endpoint.parse().is_ok_and(|address| is_safe(&address)) {
            Ok(metadata)
        } else {
            Err(ProviderError::Refused(
                "it sends people to an address without TLS".to_owned(),
            ))
        }
    }

    fn client(&self, metadata: &CoreProviderMetadata, back: &str) -> Result<Client, ProviderError> {
        let back = RedirectUrl::new(back.to_owned())
            .map_err(|error| ProviderError::Unavailable(format!("our own address: {error}")))?;
        let id = ClientId::new(self.settings.client_id.clone());
        let secret = self.settings.client_secret.clone().map(ClientSecret::new);
        // Basic is what a provider takes that does not say.
        let body_only = metadata
            .token_endpoint_auth_methods_supported()
            .is_some_and(|methods| {
                methods.contains(&CoreClientAuthMethod::ClientSecretPost)
                    && !methods.contains(&CoreClientAuthMethod::ClientSecretBasic)
            });
        let how = if body_only {
            AuthType::RequestBody
        } else {
            AuthType::BasicAuth
        };
        Ok(
            CoreClient::from_provider_metadata(metadata.clone(), id, secret)
                .set_redirect_uri(back)
                .set_auth_type(how),
        )
    }

    /// Redeems the code for what the provider says of its bearer.
    async fn redeemed(
        &self,
        metadata: &CoreProviderMetadata,
        answer: &ProviderAnswer,
    ) -> Result<CoreIdToken, ProviderError> {
        let client = self.client(metadata, &answer.back)?;
        let exchange = client
            .exchange_code(AuthorizationCode::new(answer.code.clone()))
            .map_err(|error| ProviderError::Refused(error.to_string()))?;
        let exchange = exchange.set_pkce_verifier(PkceCodeVerifier::new(answer.verifier.clone()));
        let tokens = exchange
            .request_async(&self.http)
            .await
            .map_err(|error| match error {
                RequestTokenError::Request(cause @ HttpError::TooLarge) => {
                    ProviderError::Refused(cause.to_string())
                }
                RequestTokenError::Request(cause) => ProviderError::Unavailable(cause.to_string()),
                RequestTokenError::ServerResponse(cause) => {
                    ProviderError::Refused(cause.to_string())
                }
                // Without the body: it may hold tokens.
                RequestTokenError::Parse(cause, _) => ProviderError::Refused(cause.to_string()),
                RequestTokenError::Other(cause) => ProviderError::Refused(cause),
            })?;
        tokens
            .id_token()
            .cloned()
            .ok_or_else(|| ProviderError::Refused("it gave no ID token".to_owned()))
    }

    fn checked(
        &self,
        metadata: &CoreProviderMetadata,
        token: &CoreIdToken,
        answer: &ProviderAnswer,
    ) -> Result<String, ClaimsVerificationError> {
        let now = answer.now;
        let made_in_time = move |made: chrono::DateTime<chrono::Utc>| {
            let age = now.signed_duration_since(made).num_seconds();
            if (-CLOCKS_APART_SECONDS..=ANSWER_SECONDS_MAX).contains(&age) {
                Ok(())
            } else {
                Err(format!("made {age} s ago"))
            }
        };
        let id = ClientId::new(self.settings.client_id.clone());
        // As for a public client: an answer that is signed with our own secret proves nothing.
        let verifier: IdTokenVerifier<'_, CoreJsonWebKey> = IdTokenVerifier::new_public_client(
            id.clone(),
            self.issuer.clone(),
            metadata.jwks().clone(),
        )
        .set_allowed_algs([
            CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
            CoreJwsSigningAlgorithm::EcdsaP256Sha256,
            CoreJwsSigningAlgorithm::EdDsa,
        ])
        .set_time_fn(move || now)
        .set_issue_time_verifier_fn(made_in_time);
        let claims = token.claims(&verifier, &Nonce::new(answer.nonce.clone()))?;
        // The library leaves the authorised party to us.
        if claims.authorized_party().is_some_and(|party| *party != id) {
            let cause = "made for another authorised party".to_owned();
            return Err(ClaimsVerificationError::InvalidAudience(cause));
        }
        let subject = claims.subject().as_str();
        if subject.is_empty() || subject.len() > SUBJECT_BYTES_MAX {
            let cause = format!("{} bytes", subject.len());
            return Err(ClaimsVerificationError::InvalidSubject(cause));
        }
        Ok(subject.to_owned())
    }
}

#[async_trait]
impl IdentityProvider for Oidc {
    fn issuer(&self) -> &str {
        &self.settings.issuer
    }

    fn label(&self) -> &Text {
        &self.settings.label
    }

    async fn address(&self, visit: &ProviderVisit) -> Result<String, ProviderError> {
        let metadata = self.metadata(false).await?;
        let client = self.client(&metadata, &visit.back)?;
        let verifier = PkceCodeVerifier::new(visit.verifier.clone());
        let (state, nonce) = (visit.state.clone(), visit.nonce.clone());
        let (address, _, _) = client
            .authorize_url(
                CoreAuthenticationFlow::AuthorizationCode,
                move || CsrfToken::new(state),
                move || Nonce::new(nonce),
            )
            .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier))
            .url();
        Ok(address.into())
    }

    async fn subject(&self, answer: ProviderAnswer) -> Result<String, ProviderError> {
        let metadata = self.metadata(false).await?;
        let token = self.redeemed(&metadata, &answer).await?;
        let checked = match self.checked(&metadata, &token, &answer) {
            // The provider may have changed its keys.
            Err(ClaimsVerificationError::SignatureVerification(
                SignatureVerificationError::NoMatchingKey,
            )) => self.checked(&self.metadata(true).await?, &token, &answer),
            other => other,
        };
        checked.map_err(|error| {
            // The causes name what was expected and found, never a token.
            let cause = match &error {
                ClaimsVerificationError::SignatureVerification(cause) => {
                    format!("{error}: {cause}")
                }
                _ => error.to_string(),
            };
            ProviderError::Refused(cause)
        })
    }
}
