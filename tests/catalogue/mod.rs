//! What the database itself guarantees, read from its catalogue and tried out as each role: a new
//! table that is not protected fails here before anybody can read it.

mod delivery;
mod personal;
mod rows;
mod schemas;
mod shape;

/// The roles that a running product signs in as.
pub(crate) const ROLES: [&str; 4] = [
    "plumbline_app",
    "plumbline_worker",
    "plumbline_identity",
    "plumbline_report",
];

/// The two that reach tenant data.
pub(crate) const TENANT_ROLES: [&str; 2] = ["plumbline_app", "plumbline_worker"];
