//! Acceptance tests live in `main.rs`; this library is empty so that the crate builds on its own.
