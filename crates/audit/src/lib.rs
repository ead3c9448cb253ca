//! The audit trail of one tenant as somebody outside can check it: every entry hashed, every hash
//! chained to the one before, the chain signed at checkpoints with a key that the database never
//! holds. What is flipped, deleted, moved or cut off afterwards is found by [`Checker`].
//!
//! This crate must never read a clock, a key file or a database: it is given all three.
#![deny(clippy::wildcard_enum_match_arm)]

mod chain;
mod check;
mod checkpoint;
mod entry;

pub use chain::{Link, seal};
pub use check::{Checker, Finding, FindingKind};
pub use checkpoint::{Checkpoint, PublicKey, SignedCheckpoint, SigningKey};
pub use entry::Entry;
