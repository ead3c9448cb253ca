//! Checkpoints: the chain at one place, signed (Ed25519, RFC 8032) with a key outside the database. Whoever
//! may write every table still cannot sign another chain.
use chrono::{DateTime, SecondsFormat, Utc};
use ed25519_dalek::{Signature, Signer as _, Verifier as _, VerifyingKey};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Letters of a key's id: enough to tell keys apart.
const KEY_ID_CHARS: usize = 16;

/// Signs checkpoints.
#[derive(Clone)]
pub struct SigningKey(ed25519_dalek::SigningKey);

impl SigningKey {
    /// From 32 secret bytes in hexadecimal; none when they are not that.
    pub fn from_hex(text: &str) -> Option<Self> {
        let bytes: [u8; 32] = bytes(text)?;
        Some(Self(ed25519_dalek::SigningKey::from_bytes(&bytes)))
    }

    /// What checks its signatures.
    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.verifying_key())
    }

    /// Signs the chain at one place.
    pub fn sign(&self, checkpoint: Checkpoint) -> SignedCheckpoint {
        let signature = self.0.sign(checkpoint.text().as_bytes());
        SignedCheckpoint {
            key_id: self.public().id(),
            signature: explain::hex(&signature.to_bytes()),
            checkpoint,
        }
    }
}

/// Checks checkpoints; may be given to anybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PublicKey(VerifyingKey);

impl PublicKey {
    /// From its hexadecimal form.
    pub fn from_hex(text: &str) -> Option<Self> {
        let bytes: [u8; 32] = bytes(text)?;
        Some(Self(VerifyingKey::from_bytes(&bytes).ok()?))
    }

    /// In hexadecimal.
    pub fn to_hex(self) -> String {
        explain::hex(self.0.as_bytes())
    }

    /// The beginning of the key's SHA-256, to name it by.
    pub fn id(self) -> String {
        let mut id = explain::sha256_hex(self.0.as_bytes());
        id.truncate(KEY_ID_CHARS);
        id
    }
}

/// The chain at one place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checkpoint {
    /// Whose chain.
    pub tenant: Uuid,
    /// The last link counted.
    pub sequence: i64,
    /// The chain's hash there.
    pub chain_sha256: String,
    /// When it was signed.
    pub signed_at: DateTime<Utc>,
}

impl Checkpoint {
    fn text(&self) -> String {
        format!(
            "plumbline audit checkpoint 1\n{}\n{}\n{}\n{}",
            self.tenant,
            self.sequence,
            self.chain_sha256,
            self.signed_at.to_rfc3339_opts(SecondsFormat::Micros, true)
        )
    }
}

/// A checkpoint with its signature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedCheckpoint {
    /// What was signed.
    #[serde(flatten)]
    pub checkpoint: Checkpoint,
    /// Which key.
    pub key_id: String,
    /// In hexadecimal.
    pub signature: String,
}

impl SignedCheckpoint {
    /// Whether the key signed exactly this.
    pub fn holds(&self, key: PublicKey) -> bool {
        let Some(signature) = bytes::<64>(&self.signature) else {
            return false;
        };
        let signature = Signature::from_bytes(&signature);
        let text = self.checkpoint.text();
        self.key_id == key.id() && key.0.verify(text.as_bytes(), &signature).is_ok()
    }
}

fn bytes<const N: usize>(text: &str) -> Option<[u8; N]> {
    let found: Option<Vec<u8>> = (0..text.len())
        .step_by(2)
        .map(|from| u8::from_str_radix(text.get(from..from.checked_add(2)?)?, 16).ok())
        .collect();
    found?.try_into().ok()
}
