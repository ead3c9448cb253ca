//! The doors of the product: GraphQL over HTTP and WebSocket, signing in, health, and the web app's
//! files. Handlers and resolvers parse, call one function of `casework`, and map what it returns.
//!
//! This crate must never decide what may follow what, hold a business rule, or reach the database,
//! the job runner or Redis: everything goes through `casework`.

mod account;
mod answer;
mod auth;
mod caller;
mod cookie;
mod cost;
mod credential;
mod documents;
mod download;
mod endpoint;
mod files;
mod graphql;
mod guard;
mod headers;
mod health;
mod invitation;
mod pages;
mod paper_files;
mod passkeys;
mod personal_data;
mod provider;
mod refusal;
mod registration;
mod reset;
mod router;
mod rule_files;
mod second_step;
mod socket;
mod state;
mod supporting_files;
mod tokens;

pub use cost::{CostBudget, CostSettings, MemoryBudget, Taken};
pub use documents::{Documents, DocumentsError};
pub use graphql::schema_sdl;
pub use router::router;
pub use state::ApiState;
