//! The adapters of casework's traits to the world outside: where the bytes of supporting documents lie, who scans
//! them, and an identity provider. A library, so that tests use the same ones as the binary.
//!
//! This crate must never hold a business rule: what a person or job can do lives in `casework`.

mod clamav;
mod object_files;
mod oidc;
mod oidc_http;
mod s3_http;

pub use clamav::Clamav;
pub use object_files::{ObjectFiles, S3};
pub use oidc::{Oidc, OidcSettings};
