//! An identity provider of our own on loopback: real documents, real keys, real signatures, and a say in what it gets
//! wrong. It answers as strictly as it is asked: code, PKCE, client and address must be those of the request.
use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};

use axum::{
    Json, Router,
    body::{Body, Bytes},
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse as _, Response},
    routing::{get, post},
};
use base64::{
    Engine as _,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use p256::ecdsa::{Signature, SigningKey, signature::Signer as _};
use ring::{
    rand::SystemRandom,
    rsa::PublicKeyComponents,
    signature::{RSA_PKCS1_SHA256, RsaKeyPair},
};
use serde_json::{Value, json};
use url::Url;

pub(crate) const CLIENT: &str = "plumbline";
pub(crate) const SECRET: &str = "between the two of us";
/// A key for tests, in PKCS #8.
const RSA: &str = include_str!("rsa.txt");
const PIECE_BYTES: usize = 64 * 1024;
const FLOOD_PIECES: usize = 1_600;

/// How the provider signs.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Signs {
    /// RS256.
    Rsa,
    /// ES256.
    P256,
    /// Not at all.
    Nothing,
    /// HS256 with the secret that it shares with us.
    WithOurSecret,
    /// ES256 with a key that is not the one it names.
    WithAnotherKey,
}

/// What happens to requests.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mood {
    Answers,
    /// Never answers.
    Hangs,
    /// Sends 100 MB.
    Floods,
    /// Sends browsers' questions elsewhere.
    Redirects,
    /// Its document bears another name.
    AnotherName,
}

/// What is asked of it.
struct Asked {
    nonce: String,
    challenge: String,
    back: String,
    subject: String,
}

type Wrong = Box<dyn Fn(&mut Value) + Send>;

struct Inside {
    address: String,
    signs: Signs,
    mood: Mood,
    key: SigningKey,
    key_name: String,
    asked: BTreeMap<String, Asked>,
    wrong: Option<Wrong>,
}

/// A provider that runs as long as it is held.
pub(crate) struct Issuer {
    pub(crate) address: String,
    inside: Arc<Mutex<Inside>>,
    counts: Arc<Counts>,
    server: tokio::task::JoinHandle<()>,
}

/// How often it was asked for what.
#[derive(Default)]
pub(crate) struct Counts {
    pub(crate) documents: AtomicUsize,
    pub(crate) tokens: AtomicUsize,
    pub(crate) pieces: AtomicUsize,
}

type Shared = (Arc<Mutex<Inside>>, Arc<Counts>);

impl Drop for Issuer {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl Issuer {
    pub(crate) async fn start(signs: Signs) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let inside = Arc::new(Mutex::new(Inside {
            address: address.clone(),
            signs,
            mood: Mood::Answers,
            key: new_key(),
            key_name: "first".to_owned(),
            asked: BTreeMap::new(),
            wrong: None,
        }));
        let counts = Arc::new(Counts::default());
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(document))
            .route("/keys", get(keys))
            .route("/token", post(token))
            .with_state((inside.clone(), counts.clone()));
        let server = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self {
            address,
            inside,
            counts,
            server,
        }
    }

    pub(crate) fn count(&self, of: impl Fn(&Counts) -> &AtomicUsize) -> usize {
        of(&self.counts).load(Ordering::Relaxed)
    }

    /// Is in another mood from now on.
    pub(crate) fn mood(&self, mood: Mood) {
        self.inside.lock().unwrap().mood = mood;
    }

    pub(crate) fn signs(&self, signs: Signs) {
        self.inside.lock().unwrap().signs = signs;
    }

    /// Signs with another key of another name from now on.
    pub(crate) fn rotate(&self, name: &str) {
        let mut inside = self.inside.lock().unwrap();
        inside.key = new_key();
        name.clone_into(&mut inside.key_name);
    }

    /// Gets this wrong, once.
    pub(crate) fn wrong_once(&self, wrong: impl Fn(&mut Value) + Send + 'static) {
        self.inside.lock().unwrap().wrong = Some(Box::new(wrong));
    }

    /// What a person does who is sent here: signs in as this subject. Returns the address to go back to.
    pub(crate) fn signed_in_as(&self, to: &str, subject: &str) -> String {
        let asked = Url::parse(to).unwrap();
        assert!(
            to.starts_with(&format!("{}/authorize?", self.address)),
            "{to}"
        );
        let said: BTreeMap<String, String> = asked.query_pairs().into_owned().collect();
        assert_eq!(said["response_type"], "code");
        assert_eq!(said["client_id"], CLIENT);
        assert_eq!(said["code_challenge_method"], "S256");
        assert_eq!(said["scope"], "openid");
        let mut inside = self.inside.lock().unwrap();
        let code = format!("code-{}", uuid::Uuid::new_v4());
        let back = said["redirect_uri"].clone();
        inside.asked.insert(
            code.clone(),
            Asked {
                nonce: said["nonce"].clone(),
                challenge: said["code_challenge"].clone(),
                back: back.clone(),
                subject: subject.to_owned(),
            },
        );
        let path = back.split_once("8080").unwrap().1;
        format!("{path}?code={code}&state={}", said["state"])
    }
}

fn new_key() -> SigningKey {
    loop {
        let bytes: [u8; 32] = rand::random();
        if let Ok(key) = SigningKey::from_slice(&bytes) {
            return key;
        }
    }
}

fn rsa() -> RsaKeyPair {
    let bytes = STANDARD.decode(RSA.replace('\n', "")).unwrap();
    RsaKeyPair::from_pkcs8(&bytes).unwrap()
}

fn text(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

async fn in_mood((inside, counts): &Shared) -> Option<Response> {
    let mood = inside.lock().unwrap().mood;
    match mood {
        Mood::Answers | Mood::AnotherName => None,
        Mood::Hangs => {
            tokio::time::sleep(std::time::Duration::from_hours(1)).await;
            None
        }
        Mood::Floods => {
            let counts = counts.clone();
            let pieces = (0..FLOOD_PIECES).map(move |_| {
                counts.pieces.fetch_add(1, Ordering::Relaxed);
                Ok::<_, std::io::Error>(Bytes::from(vec![b' '; PIECE_BYTES]))
            });
            let body = Body::from_stream(futures_util::stream::iter(pieces));
            Some(([(header::CONTENT_TYPE, "application/json")], body).into_response())
        }
        Mood::Redirects => {
            let place = [(header::LOCATION, "http://192.0.2.1/")];
            Some((StatusCode::TEMPORARY_REDIRECT, place).into_response())
        }
    }
}

async fn document(State(shared): State<Shared>) -> Response {
    shared.1.documents.fetch_add(1, Ordering::Relaxed);
    if let Some(response) = in_mood(&shared).await {
        return response;
    }
    let (address, mood) = {
        let inside = shared.0.lock().unwrap();
        (inside.address.clone(), inside.mood)
    };
    let other = "https://other.example";
    let name = if mood == Mood::AnotherName {
        other
    } else {
        &address
    };
    Json(json!({
        "issuer": name,
        "authorization_endpoint": format!("{address}/authorize"),
        "token_endpoint": format!("{address}/token"),
        "jwks_uri": format!("{address}/keys"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256", "ES256", "HS256", "none"],
    }))
    .into_response()
}

async fn keys(State(shared): State<Shared>) -> Response {
    if let Some(response) = in_mood(&shared).await {
        return response;
    }
    let inside = shared.0.lock().unwrap();
    let point = inside.key.verifying_key().to_sec1_point(false);
    let rsa: PublicKeyComponents<Vec<u8>> = rsa().public().into();
    Json(json!({"keys": [
        {"kty": "EC", "use": "sig", "alg": "ES256", "crv": "P-256", "kid": inside.key_name,
         "x": text(point.x().unwrap()), "y": text(point.y().unwrap())},
        {"kty": "RSA", "use": "sig", "alg": "RS256", "kid": "rsa", "n": text(&rsa.n), "e": text(&rsa.e)},
    ]}))
    .into_response()
}

async fn token(State(shared): State<Shared>, headers: HeaderMap, body: Bytes) -> Response {
    shared.1.tokens.fetch_add(1, Ordering::Relaxed);
    if let Some(response) = in_mood(&shared).await {
        return response;
    }
    let refused = |why: &str| {
        let body = Json(json!({"error": "invalid_grant", "error_description": why}));
        (StatusCode::BAD_REQUEST, body).into_response()
    };
    let client = format!(
        "Basic {}",
        STANDARD.encode(format!("{CLIENT}:{}", SECRET.replace(' ', "+")))
    );
    if headers
        .get(header::AUTHORIZATION)
        .is_none_or(|said| said != client.as_str())
    {
        return refused("client");
    }
    let said: BTreeMap<String, String> = url::form_urlencoded::parse(&body).into_owned().collect();
    let mut inside = shared.0.lock().unwrap();
    let Some(asked) = inside.asked.remove(&said["code"]) else {
        return refused("code");
    };
    let proof = explain_sha256(said["code_verifier"].as_bytes());
    if said["redirect_uri"] != asked.back || text(&proof) != asked.challenge {
        return refused("address or proof");
    }
    let now = now();
    let mut claims = json!({
        "iss": inside.address, "aud": CLIENT, "sub": asked.subject, "nonce": asked.nonce,
        "iat": now, "exp": now + 300, "email": "viewer@kestrel.example", "email_verified": true,
    });
    if let Some(wrong) = inside.wrong.take() {
        wrong(&mut claims);
    }
    Json(json!({
        "access_token": "x", "token_type": "Bearer", "expires_in": 300, "id_token": signed(&inside, &claims),
    }))
    .into_response()
}

fn signed(inside: &Inside, claims: &Value) -> String {
    let (algorithm, key) = match inside.signs {
        Signs::Rsa => ("RS256", "rsa"),
        Signs::P256 | Signs::WithAnotherKey => ("ES256", inside.key_name.as_str()),
        Signs::Nothing => ("none", "rsa"),
        Signs::WithOurSecret => ("HS256", "rsa"),
    };
    let head = json!({"typ": "JWT", "alg": algorithm, "kid": key});
    let said = format!(
        "{}.{}",
        text(head.to_string().as_bytes()),
        text(claims.to_string().as_bytes())
    );
    let seal = match inside.signs {
        Signs::Rsa => {
            let key = rsa();
            let mut seal = vec![0; key.public().modulus_len()];
            key.sign(
                &RSA_PKCS1_SHA256,
                &SystemRandom::new(),
                said.as_bytes(),
                &mut seal,
            )
            .unwrap();
            seal
        }
        Signs::P256 => {
            let seal: Signature = inside.key.sign(said.as_bytes());
            seal.to_bytes().to_vec()
        }
        Signs::WithAnotherKey => {
            let seal: Signature = new_key().sign(said.as_bytes());
            seal.to_bytes().to_vec()
        }
        Signs::Nothing => Vec::new(),
        Signs::WithOurSecret => {
            let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, SECRET.as_bytes());
            ring::hmac::sign(&key, said.as_bytes()).as_ref().to_vec()
        }
    };
    format!("{said}.{}", text(&seal))
}

fn explain_sha256(bytes: &[u8]) -> Vec<u8> {
    ring::digest::digest(&ring::digest::SHA256, bytes)
        .as_ref()
        .to_vec()
}

/// Seconds since 1970: a provider has a clock of its own.
#[expect(
    clippy::disallowed_methods,
    reason = "a provider has a clock of its own"
)]
pub(crate) fn now() -> u64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    since.unwrap().as_secs()
}
