//! Trusted documents: the operations that the web app was built with, by the hash of their text. In production a
//! session runs these and no others; whoever wants another document uses an API token.
//!
//! A request names one by `documentId`, as the persisted documents of GraphQL over HTTP do: `sha256:` and the
//! hash in hexadecimal.
use std::collections::BTreeMap;

use explain::sha256_hex;
use serde_json::Value;

/// Before the hash of a document.
const ALGORITHM: &str = "sha256:";
/// Documents of one manifest; the web app has about a hundred.
const DOCUMENTS_MAX: usize = 5_000;

/// Why a manifest cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum DocumentsError {
    /// Not an object of texts.
    #[error("the manifest is not a JSON object of documents by their hash")]
    Form,
    /// Too many of them.
    #[error("the manifest has more than {DOCUMENTS_MAX} documents")]
    TooMany,
    /// Somebody changed a text, or its hash.
    #[error("the document under {0} has another hash")]
    Hash(String),
}

/// What sessions may ask.
#[derive(Debug, Clone, Default)]
pub struct Documents {
    known: BTreeMap<String, String>,
    only: bool,
}

impl Documents {
    /// None known yet, and any document is taken.
    pub fn free() -> Self {
        Self::default()
    }

    /// Takes the documents of a manifest too: a JSON object, `{"sha256:…": "query …"}`.
    pub fn with_manifest(mut self, manifest: &str) -> Result<Self, DocumentsError> {
        let read: BTreeMap<String, String> =
            serde_json::from_str(manifest).map_err(|_| DocumentsError::Form)?;
        if read.len() > DOCUMENTS_MAX {
            return Err(DocumentsError::TooMany);
        }
        for (id, text) in read {
            if id != format!("{ALGORITHM}{}", sha256_hex(text.as_bytes())) {
                return Err(DocumentsError::Hash(id));
            }
            self.known.insert(id, text);
        }
        Ok(self)
    }

    /// From now on sessions are refused any other document.
    #[must_use]
    pub fn only(mut self) -> Self {
        self.only = true;
        self
    }

    /// How many are known.
    pub fn len(&self) -> usize {
        self.known.len()
    }

    /// Whether none is known.
    pub fn is_empty(&self) -> bool {
        self.known.is_empty()
    }

    /// The text to run: the named document, or the free one where that is allowed.
    pub(crate) fn text(&self, asked: Asked, free: bool) -> Result<String, NoDocument> {
        match asked {
            Asked::Named(id) => self.known.get(&id).cloned().ok_or(NoDocument::Unknown),
            Asked::Free(text) if free || !self.only => Ok(text),
            Asked::Free(_) => Err(NoDocument::NotTrusted),
        }
    }
}

/// How a request says what it wants.
#[derive(Debug)]
pub(crate) enum Asked {
    /// By `documentId`.
    Named(String),
    /// By the text itself.
    Free(String),
}

impl Asked {
    /// From `documentId` and `query`, of which one must be there and one must not.
    pub(crate) fn read(id: Option<&Value>, query: Option<String>) -> Option<Self> {
        let query = query.filter(|text| !text.is_empty());
        match (id, query) {
            (Some(Value::String(id)), None) => Some(Self::Named(id.clone())),
            (None | Some(Value::Null), text) => Some(Self::Free(text.unwrap_or_default())),
            (Some(_), _) => None,
        }
    }
}

/// Why there is nothing to run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NoDocument {
    /// Nobody here knows the hash.
    Unknown,
    /// A free document where only trusted ones are taken.
    NotTrusted,
}

impl NoDocument {
    /// Code and sentence.
    pub(crate) fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Unknown => (
                "document_unknown",
                "This server does not know the document under this documentId. Reload the page: it may belong to another version.",
            ),
            Self::NotTrusted => (
                "document_not_trusted",
                "Here a session runs the web app's own documents only, by documentId; use an API token for others.",
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const TEXT: &str = "{ serverTime }";

    fn id() -> String {
        format!("{ALGORITHM}{}", sha256_hex(TEXT.as_bytes()))
    }

    fn known() -> Documents {
        let manifest = json!({id(): TEXT}).to_string();
        Documents::free().with_manifest(&manifest).unwrap()
    }

    #[test]
    fn trust_18_a_session_runs_known_documents_only_and_a_token_any() {
        let documents = known().only();
        let named = |id: &str| Asked::Named(id.to_owned());
        let free = || Asked::Free("{ me { email } }".to_owned());
        assert_eq!(documents.text(named(&id()), false), Ok(TEXT.to_owned()));
        assert_eq!(
            documents.text(named("sha256:0000"), true),
            Err(NoDocument::Unknown)
        );
        assert_eq!(documents.text(free(), false), Err(NoDocument::NotTrusted));
        assert!(documents.text(free(), true).is_ok());
        assert!(known().text(free(), false).is_ok(), "while developing");
    }

    #[test]
    fn a_manifest_whose_text_was_changed_is_refused() {
        let changed = json!({id(): "{ me { email } }"}).to_string();
        assert!(matches!(
            Documents::free().with_manifest(&changed),
            Err(DocumentsError::Hash(_))
        ));
        assert!(matches!(
            Documents::free().with_manifest("[]"),
            Err(DocumentsError::Form)
        ));
    }

    #[test]
    fn a_request_names_a_document_or_brings_one_and_never_both() {
        let both = Asked::read(Some(&json!("sha256:1")), Some(TEXT.to_owned()));
        assert!(both.is_none());
        assert!(Asked::read(Some(&json!(5)), None).is_none());
        assert!(matches!(
            Asked::read(Some(&json!("sha256:1")), Some(String::new())),
            Some(Asked::Named(_))
        ));
    }
}
