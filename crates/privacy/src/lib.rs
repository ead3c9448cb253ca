//! How personal fields are sealed. Every person has a key of their own; it seals what is theirs, and is itself
//! kept sealed by the key of the installation, which never enters the database. Whoever copies the database
//! reads nothing of it, and a person whose key is destroyed can no longer be read by anybody.
//!
//! This crate must never look anything up, and never choose what is personal: it seals and opens.

mod key_ring;
mod sealed;

pub use key_ring::{KeyRing, KeyRingEntry, KeyRingError};
pub use sealed::PersonKey;
