//! A value map as a spreadsheet workbook and back. [`export`] writes it with live formulas that
//! come to the engine's totals in any spreadsheet program; [`import`] reads an edited workbook,
//! lists every changed cell and every refused one, and stores nothing.
//!
//! This crate must never import another calculator than `sroi`, reach the network or the disk,
//! let a person's text become a formula, or trust a file before [`import`] has weighed it.
#![deny(clippy::wildcard_enum_match_arm)]

mod archive;
mod cell;
mod cohorts;
mod column;
mod diff;
mod export;
mod figures;
mod grades;
mod grid;
mod import;
mod language;
mod number;
mod paper;
mod refusal;
mod rules;
mod rules_columns;
mod sheet_calculation;
mod sheet_inputs;
mod sheet_readme;
mod sheet_summary;
mod sheet_table;
mod tables;

pub use archive::{FILE_BYTES_MAX, UNPACKED_BYTES_MAX};
pub use export::{ExportError, Meta, PriceIndex, ROWS_MAX, export};
pub use import::{Added, Change, Import, Removed, import};
pub use language::Language;
pub use refusal::Refusal;
pub use rules::{RulesImport, rules_export, rules_import};
