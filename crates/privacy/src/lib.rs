//! How personal fields are sealed. Every person has a key of their own; it seals what is theirs, and is itself
//! kept sealed by the key of the installation, which never enters the database. Whoever copies the database
//! reads nothing of it, and a person whose key is destroyed can no longer be read by anybody.
//!
//! [`Register`] lists what is held about people, and why.
//!
//! This crate must never look anything up: it seals, opens and lists.

mod key_ring;
mod register;
mod sealed;
mod sealed_text;

pub use key_ring::{KeyRing, KeyRingEntry, KeyRingError};
pub use register::{Class, Field, Ground, Guard, Register, RegisterError, Words};
pub use sealed::PersonKey;
pub use sealed_text::SealedText;
