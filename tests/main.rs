//! One acceptance test binary; its tree mirrors the product. Every test has a database of its own,
//! and a name that carries the number of the promise it keeps.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a helper that fails, fails its test, and each promise prints its figure"
)]

mod abuse;
mod architecture;
mod audit_deeds;
mod audit_trail;
mod browser;
mod calc;
mod cancelled;
mod catalogue;
mod conflict;
mod cost;
mod drafting;
mod files;
mod fuzz;
mod integrity;
mod isolation;
mod letterbox;
mod main_job;
mod panel;
mod passkeys;
mod password_reset;
mod people;
mod privacy;
mod provider;
mod proxies;
mod purchases;
mod reading;
mod registration;
mod response_headers;
mod rules;
mod second_step;
mod security_table;
mod seeded;
mod sign_in;
mod statements;
mod style;
mod submit;
mod value;
mod value_map_workbook;
mod work;
