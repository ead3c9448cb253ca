//! Reports on the sector that cannot be used to identify one organisation.
//!
//! This crate must never do I/O, and never hand out a figure of a cell that is suppressed.
#![deny(clippy::wildcard_enum_match_arm)]

pub mod sector;
