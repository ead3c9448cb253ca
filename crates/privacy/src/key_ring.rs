//! The keys of the installation, newest first. The newest seals; the older ones still open, until everything
//! was sealed anew after a rotation.
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::{
    PersonKey,
    sealed::{KEY_BYTES, key_from, open, seal},
};

/// What the key of a person is sealed as.
const FIELD: &str = "person_key";
/// Longest name of a key.
const ID_CHARS_MAX: usize = 40;

/// A key as a file or a setting holds it.
#[derive(Clone, Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
pub struct KeyRingEntry {
    /// Its name, such as the day it was made.
    pub id: String,
    /// 32 bytes in hexadecimal.
    pub key: String,
}

/// Why a key ring cannot be used.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyRingError {
    /// There is no key.
    #[error(
        "there is no field key; give at least one, such as 2026-11-22: and 64 hexadecimal characters"
    )]
    Empty,
    /// A name is missing, too long or given twice.
    #[error("the field key's name \"{0}\" is empty, longer than 40 characters or given twice")]
    Name(String),
    /// A key is not 64 hexadecimal characters.
    #[error("the field key \"{0}\" is not 64 hexadecimal characters")]
    Key(String),
}

#[derive(Clone, ZeroizeOnDrop)]
struct Named {
    id: String,
    key: [u8; KEY_BYTES],
}

/// The keys of the installation.
#[derive(Clone)]
pub struct KeyRing {
    newest: Named,
    older: Vec<Named>,
}

impl KeyRing {
    /// Reads keys, newest first.
    pub fn new(entries: &[KeyRingEntry]) -> Result<Self, KeyRingError> {
        let mut keys: Vec<Named> = Vec::with_capacity(entries.len());
        for entry in entries {
            let id = entry.id.trim();
            let known = keys.iter().any(|key| key.id == id);
            if id.is_empty() || id.chars().count() > ID_CHARS_MAX || known {
                return Err(KeyRingError::Name(id.to_owned()));
            }
            let key = from_hex(&entry.key).ok_or_else(|| KeyRingError::Key(id.to_owned()))?;
            keys.push(Named {
                id: id.to_owned(),
                key,
            });
        }
        let mut keys = keys.into_iter();
        let newest = keys.next().ok_or(KeyRingError::Empty)?;
        Ok(Self {
            newest,
            older: keys.collect(),
        })
    }

    /// The name of the key that seals.
    pub fn newest(&self) -> &str {
        &self.newest.id
    }

    /// Seals a person's key with the newest key; returns that key's name beside it.
    pub fn wrap(&self, person: Uuid, key: &PersonKey) -> (String, Vec<u8>) {
        let sealed = seal(&self.newest.key, FIELD, person, &key.0);
        (self.newest.id.clone(), sealed)
    }

    /// Opens a person's key that was sealed with the named key; none when that key is gone or the value is
    /// not what was sealed.
    pub fn unwrap(&self, person: Uuid, key_id: &str, wrapped: &[u8]) -> Option<PersonKey> {
        let mut keys = std::iter::once(&self.newest).chain(&self.older);
        let named = keys.find(|key| key.id == key_id)?;
        key_from(open(&named.key, FIELD, person, wrapped)?)
    }
}

fn from_hex(text: &str) -> Option<[u8; KEY_BYTES]> {
    let mut key = [0; KEY_BYTES];
    if text.len() != KEY_BYTES * 2 || !text.is_ascii() {
        return None;
    }
    for (byte, place) in key.iter_mut().zip((0..text.len()).step_by(2)) {
        *byte = u8::from_str_radix(text.get(place..place + 2)?, 16).ok()?;
    }
    Some(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(id: &str, digit: char) -> KeyRingEntry {
        KeyRingEntry {
            id: id.to_owned(),
            key: digit.to_string().repeat(64),
        }
    }

    #[test]
    fn a_person_key_opens_with_the_ring_that_holds_its_wrapping_key() {
        let old = KeyRing::new(&[entry("2026", 'a')]).unwrap();
        let (person, key) = (Uuid::now_v7(), PersonKey::make());
        let (id, wrapped) = old.wrap(person, &key);
        let rotated = KeyRing::new(&[entry("2027", 'b'), entry("2026", 'a')]).unwrap();
        let opened = rotated.unwrap(person, &id, &wrapped).unwrap();
        assert_eq!(opened.0, key.0);
        assert!(rotated.unwrap(Uuid::now_v7(), &id, &wrapped).is_none());
        let (id, wrapped) = rotated.wrap(person, &key);
        assert_eq!(id, "2027");
        assert!(old.unwrap(person, &id, &wrapped).is_none());
    }

    #[test]
    fn a_ring_that_would_lose_something_is_refused() {
        let refused = |entries: &[KeyRingEntry]| KeyRing::new(entries).err().unwrap();
        assert_eq!(refused(&[]), KeyRingError::Empty);
        let twice = [entry("a", '1'), entry("a", '2')];
        assert_eq!(refused(&twice), KeyRingError::Name("a".to_owned()));
        assert_eq!(
            refused(&[entry(" ", '1')]),
            KeyRingError::Name(String::new())
        );
        let short = KeyRingEntry {
            id: "a".to_owned(),
            key: "12".to_owned(),
        };
        assert_eq!(refused(&[short]), KeyRingError::Key("a".to_owned()));
        assert_eq!(
            refused(&[entry("a", 'g')]),
            KeyRingError::Key("a".to_owned())
        );
    }
}
