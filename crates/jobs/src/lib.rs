//! The workers: the ledger as an apalis backend ([`Runner`]), the [`Bell`] that wakes it, and one
//! handler per kind of work. Every layer of apalis (concurrency, timeout, panic catching, tracing,
//! graceful shutdown) works per job, while the only copy of a job is its row in the database.
//!
//! This crate must never import the API, write SQL, or decide anything about a case: a handler
//! calls one function of casework.

mod acknowledge;
mod apportion;
mod assess;
mod backend;
mod bell;
mod bell_redis;
mod cases;
mod evaluate;
mod expire;
mod handler;
mod held;
mod outturn;
mod post;
mod rank;
mod report;
mod runner;
mod screen;
mod seal;
mod settle;

pub use bell::{Bell, BellError};
pub use cases::Cases;
pub use expire::expire;
pub use handler::{Handler, JobError};
pub use post::post;
pub use runner::{Options, Runner, RunnerError};
pub use seal::seal;
