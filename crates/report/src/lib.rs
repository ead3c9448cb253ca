//! What leaves the platform: reports on the sector that cannot be used to identify one
//! organisation, and the shape in which a ranked shortlist is exported.
//!
//! This crate must never do I/O, and never hand out a figure of a cell that is suppressed.
#![deny(clippy::wildcard_enum_match_arm)]

pub mod sector;
pub mod shortlist;
