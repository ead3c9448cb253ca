//! Who may do what. One readable table ([`may`]) decides for the whole product; the database's
//! row-level security is the second wall behind it.
//!
//! This crate must never look anything up: it knows roles and actions, not rows.
#![deny(clippy::wildcard_enum_match_arm)]

mod actor;
mod scope;
mod table;

pub use actor::{Actor, Role, TenantId, TenantKind, TokenUse, UserId};
pub use scope::Scope;
pub use table::{Action, TokenLack, may, token_lacks};
