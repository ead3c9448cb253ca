//! Signing in by an identity provider (OpenID Connect), against one of our own on loopback: everything that may be
//! wrong with its answer, the own link, and a provider that does not answer.
mod issuer;
mod link;
mod refused;
mod weather;

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use casework::{IdentityProvider, ProviderAnswer, ProviderError, ProviderVisit};
use explain::Text;
use serde_json::json;
use server::{Oidc, OidcSettings};
use testkit::{PASSWORD, World};

use crate::browser::Browser;
use issuer::{CLIENT, Issuer, SECRET, Signs};

/// Who is linked in these tests, and whose e-mail address the provider always claims.
const PERSON: &str = "viewer@kestrel.example";
/// Whom the provider knows.
const SUBJECT: &str = "248289761001";

/// The product's own client, whose causes for refusing are listened to.
struct Heard {
    client: Oidc,
    causes: Arc<Mutex<Vec<String>>>,
}

#[async_trait]
impl IdentityProvider for Heard {
    fn issuer(&self) -> &str {
        self.client.issuer()
    }

    fn label(&self) -> &Text {
        self.client.label()
    }

    async fn address(&self, visit: &ProviderVisit) -> Result<String, ProviderError> {
        self.heard(self.client.address(visit).await)
    }

    async fn subject(&self, answer: ProviderAnswer) -> Result<String, ProviderError> {
        self.heard(self.client.subject(answer).await)
    }
}

impl Heard {
    fn heard<T>(&self, outcome: Result<T, ProviderError>) -> Result<T, ProviderError> {
        if let Err(cause) = &outcome {
            self.causes.lock().unwrap().push(cause.to_string());
        }
        outcome
    }
}

/// A world with a provider.
struct Place {
    world: World,
    issuer: Issuer,
    causes: Arc<Mutex<Vec<String>>>,
}

impl Place {
    async fn open(signs: Signs) -> Self {
        let issuer = Issuer::start(signs).await;
        let settings = OidcSettings {
            issuer: issuer.address.clone(),
            client_id: CLIENT.to_owned(),
            client_secret: Some(SECRET.to_owned()),
            label: Text::new("Harbour account", "海港帳戶"),
        };
        let causes = Arc::new(Mutex::new(Vec::new()));
        let client = Oidc::try_new(settings).unwrap();
        let heard = Heard {
            client,
            causes: causes.clone(),
        };
        let world = World::seeded().await.with_provider(Arc::new(heard));
        Self {
            world,
            issuer,
            causes,
        }
    }

    /// Why the last answer was refused.
    fn cause(&self) -> String {
        self.causes
            .lock()
            .unwrap()
            .drain(..)
            .next_back()
            .unwrap_or_default()
    }

    /// Links somebody's account to this subject.
    async fn linked(&self, email: &str, subject: &str) -> String {
        let mut browser = Browser::signed_in(&self.world, email).await;
        let asked = browser
            .post("/auth/provider/link", json!({"password": PASSWORD}))
            .await;
        let back = self
            .issuer
            .signed_in_as(asked.body["to"].as_str().unwrap(), subject);
        browser.follow(&back).await.location
    }

    /// Sends a browser away; returns where it is to come back as this subject.
    async fn away(&self, browser: &mut Browser, subject: &str) -> String {
        let asked = browser.post("/auth/provider/begin", json!({})).await;
        let to = asked.body["to"].as_str();
        let to = to.unwrap_or_else(|| panic!("{}: {}", asked.status, asked.body));
        self.issuer.signed_in_as(to, subject)
    }

    /// Signs in; returns where the browser ends, and who is signed in then.
    async fn tried(&self, subject: &str) -> (String, Option<String>) {
        let mut browser = Browser::of(&self.world);
        let back = self.away(&mut browser, subject).await;
        let came = browser.follow(&back).await;
        (came.location, browser.who().await)
    }
}
