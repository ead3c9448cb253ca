//! Builds whole worlds for tests: a PostgreSQL database of its own, empty or with the demonstration
//! data, people who act in it, a GraphQL client that signs in as a browser does, and the work of the
//! ledger done to its end. Nothing is mocked: what a test sees is what a user would.
//!
//! This crate must never be a dependency of anything that is shipped.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a world that cannot be built fails its test, which is all a test can do about it"
)]

mod client;
mod cluster;
mod far;
mod files;
mod process;
mod template;
mod work;
mod world;

pub use client::Client;
pub use files::{root, seed_file, seed_files};
pub use process::plumbline_binary;
pub use template::{AUDIT_KEY, FIELD_KEY, PASSWORD};
pub use world::World;
