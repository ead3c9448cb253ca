//! A value map goes out as a workbook and comes back: unchanged when nobody edited it, cell by cell
//! when somebody did, and not at all when a cell or the file cannot be trusted.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a helper that fails, fails its test"
)]

mod cost;
mod cost_program;
mod formulas;
mod hostile;
mod maps;
mod package;
mod refusals;
mod round_trip;
#[path = "../../../report/tests/sample/mod.rs"]
mod sample;
mod shortlist;
mod spreadsheet_program;
