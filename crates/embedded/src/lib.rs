//! A private PostgreSQL cluster, so that development and tests need no database set up by hand:
//! it finds or fetches the programs, makes the cluster once, starts it on the loopback address
//! and stops it when its owner goes away, however the owner goes away.
//!
//! The calls block; from async code use a blocking task. Unix only (Linux, macOS, WSL).
//! This crate must never import another crate of ours, and must never be used to run a
//! production database: it knows neither replication nor backup.

mod binaries;
mod cluster;
mod error;
mod initialise;
mod npm;
mod orphan;
mod place;
mod probe;
mod process;

pub use binaries::{BinarySource, VERSION_MIN};
pub use cluster::{Cluster, Options, SUPERUSER};
pub use error::EmbeddedError;

/// The variable in which `with-postgres` hands the superuser's address of a running throw-away
/// cluster to the command it runs, so that many test processes share one cluster.
pub const TEST_DATABASE_URL: &str = "PLUMBLINE_TEST_DATABASE_URL";
