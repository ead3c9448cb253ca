//! The workers against a real PostgreSQL and a real Redis: whatever dies, work is done once.

mod bell;
mod death;
mod fairness;
mod keys;
mod poison;
mod stop;
mod support;
