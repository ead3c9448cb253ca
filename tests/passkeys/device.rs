//! A device that keeps passkeys, as far as a server can tell: its own keys, its own counters, and a say in what it gets
//! wrong. What it sends is made here byte by byte (WebAuthn, level 3, section 6).
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use p256::ecdsa::{Signature, SigningKey, signature::Signer as _};
use ring::digest::{SHA256, digest};
use serde_json::{Value, json};

/// The user was there, and was recognised.
const PRESENT: u8 = 0b0000_0001;
const RECOGNISED: u8 = 0b0000_0100;
const WITH_KEY: u8 = 0b0100_0000;

/// A passkey on its device.
#[derive(Clone)]
pub(crate) struct Device {
    key: SigningKey,
    credential: [u8; 16],
    user: Vec<u8>,
    pub(crate) counter: u32,
    /// From where it believes to be asked.
    pub(crate) origin: String,
    pub(crate) recognises: bool,
}

fn text(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

fn sha256(bytes: &[u8]) -> Vec<u8> {
    digest(&SHA256, bytes).as_ref().to_vec()
}

impl Device {
    /// Makes a passkey for a question; returns it with the answer.
    pub(crate) fn make(options: &Value, origin: &str) -> (Self, Value) {
        let key = loop {
            let bytes: [u8; 32] = rand::random();
            if let Ok(key) = SigningKey::from_slice(&bytes) {
                break key;
            }
        };
        let asked = &options["publicKey"];
        assert_eq!(asked["authenticatorSelection"]["residentKey"], "required");
        assert_eq!(
            asked["authenticatorSelection"]["userVerification"],
            "required"
        );
        let user = URL_SAFE_NO_PAD
            .decode(asked["user"]["id"].as_str().unwrap())
            .unwrap();
        let mut device = Self {
            key,
            credential: rand::random(),
            user,
            counter: 1,
            origin: origin.to_owned(),
            recognises: true,
        };
        let answer = device.made(asked);
        device.counter += 1;
        (device, answer)
    }

    fn made(&self, asked: &Value) -> Value {
        let client = self.client("webauthn.create", asked);
        let point = self.key.verifying_key().to_sec1_point(false);
        let mut data = self.data(asked["rp"]["id"].as_str().unwrap(), WITH_KEY);
        data.extend([0; 16]);
        data.extend([0, 16]);
        data.extend(self.credential);
        // A map of five: key type 2, algorithm -7, curve 1, and the two halves of the point.
        data.extend([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 32]);
        data.extend_from_slice(point.x().unwrap());
        data.extend([0x22, 0x58, 32]);
        data.extend_from_slice(point.y().unwrap());
        let mut object = vec![0xa3, 0x63];
        object.extend(b"fmt\x64none\x67attStmt\xa0\x68authData\x58");
        object.push(u8::try_from(data.len()).unwrap());
        object.extend(&data);
        let id = text(&self.credential);
        json!({
            "id": id, "rawId": id, "type": "public-key", "clientExtensionResults": {},
            "response": {"attestationObject": text(&object), "clientDataJSON": text(client.as_bytes())},
        })
    }

    /// Answers a question; the counter grows with each.
    pub(crate) fn answer(&mut self, options: &Value) -> Value {
        let asked = &options["publicKey"];
        assert_eq!(asked["userVerification"], "required");
        assert_eq!(asked["allowCredentials"], json!([]));
        assert_eq!(options["mediation"], Value::Null);
        let client = self.client("webauthn.get", asked);
        let data = self.data(asked["rpId"].as_str().unwrap(), 0);
        let mut said = data.clone();
        said.extend(sha256(client.as_bytes()));
        let seal: Signature = self.key.sign(&said);
        self.counter += 1;
        let id = text(&self.credential);
        json!({
            "id": id, "rawId": id, "type": "public-key", "clientExtensionResults": {},
            "response": {
                "authenticatorData": text(&data), "clientDataJSON": text(client.as_bytes()),
                "signature": text(seal.to_der().as_bytes()), "userHandle": text(&self.user),
            },
        })
    }

    /// Says that it belongs to somebody else.
    pub(crate) fn belongs_to(&mut self, user: &[u8]) {
        user.clone_into(&mut self.user);
    }

    fn client(&self, what: &str, asked: &Value) -> String {
        json!({"type": what, "challenge": asked["challenge"], "origin": self.origin, "crossOrigin": false}).to_string()
    }

    fn data(&self, site: &str, more: u8) -> Vec<u8> {
        let recognised = if self.recognises { RECOGNISED } else { 0 };
        let mut data = sha256(site.as_bytes());
        data.push(PRESENT | recognised | more);
        data.extend(self.counter.to_be_bytes());
        data
    }
}
