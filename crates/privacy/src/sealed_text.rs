//! A short text about a person, such as their name, as rows hold it: sealed with the person's key, beside the
//! person's id, so that a row shows whose key opens it. Rows that never change keep such a text for good; what it
//! says ends with the key.
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use uuid::Uuid;

use crate::PersonKey;

/// What every sealed text begins with: a plain one is never taken for it by mistake.
const MARK: &str = "sealed:1:";
/// Texts are filled up to a multiple of this many bytes, so that the length tells little.
const FILL_BYTES: usize = 32;

/// A sealed text, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedText {
    person: Uuid,
    sealed: Vec<u8>,
}

impl SealedText {
    /// Seals what a field says about a person.
    pub fn seal(key: &PersonKey, field: &str, person: Uuid, plain: &str) -> Self {
        let mut bytes = plain.as_bytes().to_vec();
        bytes.resize(plain.len().next_multiple_of(FILL_BYTES), 0);
        Self {
            person,
            sealed: key.seal(field, person, &bytes),
        }
    }

    /// Reads what a row holds; none for a text that is not sealed.
    pub fn parse(text: &str) -> Option<Self> {
        let (person, sealed) = text.strip_prefix(MARK)?.split_once(':')?;
        Some(Self {
            person: person.parse().ok()?,
            sealed: URL_SAFE_NO_PAD.decode(sealed).ok()?,
        })
    }

    /// Whose key opens it.
    pub fn person(&self) -> Uuid {
        self.person
    }

    /// What it says; none with another key or for another field.
    pub fn open(&self, key: &PersonKey, field: &str) -> Option<String> {
        let bytes = key.open(field, self.person, &self.sealed)?;
        let text = String::from_utf8(bytes).ok()?;
        Some(text.trim_end_matches('\0').to_owned())
    }
}

impl std::fmt::Display for SealedText {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let sealed = URL_SAFE_NO_PAD.encode(&self.sealed);
        write!(to, "{MARK}{}:{sealed}", self.person)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sealed_text_says_whose_it_is_and_opens_with_that_key_only() {
        let (key, person) = (PersonKey::make(), Uuid::now_v7());
        let kept = SealedText::seal(&key, "users.name", person, "陳大文").to_string();
        assert!(!kept.contains("陳大文"));
        let read = SealedText::parse(&kept).unwrap();
        assert_eq!(read.person(), person);
        assert_eq!(read.open(&key, "users.name").as_deref(), Some("陳大文"));
        assert_eq!(read.open(&key, "users.email"), None);
        assert_eq!(read.open(&PersonKey::make(), "users.name"), None);
    }

    #[test]
    fn names_of_ordinary_length_are_sealed_to_one_length() {
        let (key, person) = (PersonKey::make(), Uuid::now_v7());
        let length = |name: &str| SealedText::seal(&key, "f", person, name).to_string().len();
        assert_eq!(length("LI"), length("CHAN Tai-man, Thomas"));
    }

    #[test]
    fn what_is_not_sealed_is_no_sealed_text() {
        for text in ["", "CHAN Tai-man", "sealed:1:", "sealed:1:x:y", "sealed:2:"] {
            assert_eq!(SealedText::parse(text), None, "{text}");
        }
    }
}
