//! All SQL of the product, one file per group of tables, and the only doors to the database:
//! [`TenantTx`] for tenant data, and one pool type per database role so that a function states in
//! its signature what it can reach.
//!
//! This crate must never decide who may do what or what follows what: it must not import casework,
//! and knows nothing of HTTP, GraphQL or the job runner.

pub mod appeals;
pub mod applications;
pub mod assessments;
pub mod audit;
pub mod awards;
pub mod bootstrap;
pub mod decisions;
pub mod erasure;
pub mod files;
pub mod funding_levels;
pub mod idempotency;
pub mod identity;
pub mod invitations;
pub mod letters;
pub mod mail;
pub mod members;
pub mod notices;
pub mod organisations;
pub mod outturns;
pub mod passkeys;
pub mod person_keys;
pub mod personal;
pub mod progress;
pub mod proposals;
pub mod provider_links;
pub mod proxies;
pub mod published;
pub mod purchases;
pub mod rankings;
pub mod received;
pub mod registration_answers;
pub mod registrations;
pub mod resets;
pub mod retention;
pub mod reviews;
pub mod rules;
pub mod runs;
pub mod second_factors;
pub mod sector;
pub mod seed;
pub mod sessions;
pub mod tenants;
pub mod tokens;
pub mod work;

mod error;
mod pool;
mod tenant_tx;

pub use error::StoreError;
pub use pool::{
    AppPool, Databases, IdentityPool, OwnerPool, ReportPool, RolePasswords, Settings, WorkerPool,
};
pub use tenant_tx::{AuditEntry, ReadyTx, TenantTx};
