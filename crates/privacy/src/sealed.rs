//! A sealed value: a nonce of its own, then the text under XChaCha20-Poly1305. The field and its owner are
//! bound in, so that a sealed value copied to another field or another person does not open.
use chacha20poly1305::{
    XChaCha20Poly1305, XNonce,
    aead::{Aead as _, KeyInit as _, Payload},
};
use uuid::Uuid;
use zeroize::{Zeroize as _, ZeroizeOnDrop};

/// Bytes of a key.
pub(crate) const KEY_BYTES: usize = 32;
/// Bytes of a nonce: long enough to be drawn at random for ever.
const NONCE_BYTES: usize = 24;

/// The key of one person. Its bytes are wiped from memory when it is dropped.
#[derive(Clone, ZeroizeOnDrop)]
pub struct PersonKey(pub(crate) [u8; KEY_BYTES]);

impl PersonKey {
    /// A fresh one.
    pub fn make() -> Self {
        Self(rand::random())
    }

    /// Seals the value of a field that belongs to `owner`.
    pub fn seal(&self, field: &str, owner: Uuid, plain: &[u8]) -> Vec<u8> {
        seal(&self.0, field, owner, plain)
    }

    /// Opens what [`PersonKey::seal`] sealed for the same field and owner; none for anything else.
    pub fn open(&self, field: &str, owner: Uuid, sealed: &[u8]) -> Option<Vec<u8>> {
        open(&self.0, field, owner, sealed)
    }
}

fn bound(field: &str, owner: Uuid) -> Vec<u8> {
    [b"plumbline-1\0", field.as_bytes(), b"\0", owner.as_bytes()].concat()
}

pub(crate) fn seal(key: &[u8; KEY_BYTES], field: &str, owner: Uuid, plain: &[u8]) -> Vec<u8> {
    let nonce: [u8; NONCE_BYTES] = rand::random();
    let aad = bound(field, owner);
    let payload = Payload {
        msg: plain,
        aad: &aad,
    };
    let cipher = XChaCha20Poly1305::new(&(*key).into());
    // Sealing fails for texts of more than 256 GiB only, which no memory holds; an empty value never opens.
    let body = cipher
        .encrypt(&XNonce::from(nonce), payload)
        .unwrap_or_default();
    [nonce.as_slice(), body.as_slice()].concat()
}

pub(crate) fn open(
    key: &[u8; KEY_BYTES],
    field: &str,
    owner: Uuid,
    sealed: &[u8],
) -> Option<Vec<u8>> {
    let (nonce, body) = sealed.split_first_chunk::<NONCE_BYTES>()?;
    let aad = bound(field, owner);
    let payload = Payload {
        msg: body,
        aad: &aad,
    };
    let cipher = XChaCha20Poly1305::new(&(*key).into());
    cipher.decrypt(&XNonce::from(*nonce), payload).ok()
}

/// Turns key bytes into a key and wipes the copy.
pub(crate) fn key_from(mut bytes: Vec<u8>) -> Option<PersonKey> {
    let key = bytes.as_slice().try_into().ok().map(PersonKey);
    bytes.zeroize();
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIELD: &str = "second_factor.secret";

    #[test]
    fn a_sealed_value_opens_with_its_key_for_its_field_and_owner_only() {
        let (key, owner) = (PersonKey::make(), Uuid::now_v7());
        let sealed = key.seal(FIELD, owner, b"a secret");
        assert_eq!(
            key.open(FIELD, owner, &sealed).as_deref(),
            Some(&b"a secret"[..])
        );
        assert_eq!(key.open("users.name", owner, &sealed), None);
        assert_eq!(key.open(FIELD, Uuid::now_v7(), &sealed), None);
        assert_eq!(PersonKey::make().open(FIELD, owner, &sealed), None);
    }

    #[test]
    fn every_flipped_bit_is_noticed() {
        let (key, owner) = (PersonKey::make(), Uuid::now_v7());
        let sealed = key.seal(FIELD, owner, b"a secret");
        for place in 0..sealed.len() * 8 {
            let mut changed = sealed.clone();
            changed[place / 8] ^= 1 << (place % 8);
            assert_eq!(key.open(FIELD, owner, &changed), None, "bit {place}");
        }
        for length in 0..sealed.len() {
            assert_eq!(key.open(FIELD, owner, &sealed[..length]), None);
        }
    }

    #[test]
    fn the_same_value_is_never_sealed_the_same_way_twice() {
        let (key, owner) = (PersonKey::make(), Uuid::now_v7());
        let one = key.seal(FIELD, owner, b"a secret");
        assert_ne!(one, key.seal(FIELD, owner, b"a secret"));
        assert!(!one.windows(8).any(|part| part == b"a secret"));
    }
}
