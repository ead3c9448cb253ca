//! A value map or a cost plan as a spreadsheet workbook and back. [`export`] and
//! [`cost_plan_export`] write them with live formulas that come to the engines' totals in any
//! spreadsheet program; [`import`] reads an edited workbook and [`pool_sheet_import`] a finance
//! department's plain sheet; both list every changed cell and every refused one, and store nothing.
//!
//! [`shortlist::write`] writes a ranked round, with its budget line and its exact best set.
//!
//! This crate must never import another calculator than `sroi`, `costshare` and `report`, reach the
//! network or the disk, let a person's text become a formula, or trust a file before [`import`] has weighed it.
#![deny(clippy::wildcard_enum_match_arm)]

mod archive;
mod cell;
mod cohorts;
mod column;
mod cost_export;
mod cost_report;
mod cost_schedules;
mod cost_sheets;
mod diff;
mod export;
mod figures;
mod grades;
mod grid;
mod import;
mod language;
mod number;
mod paper;
mod pool_columns;
mod pool_diff;
mod pool_rows;
mod pool_sheet;
mod refusal;
mod rules;
mod rules_columns;
mod rules_rubric;
mod sheet_calculation;
mod sheet_inputs;
mod sheet_readme;
mod sheet_summary;
mod sheet_table;
pub mod shortlist;
mod shortlist_rows;
mod shortlist_selection;
mod shortlist_ties;
mod tables;

pub use archive::{FILE_BYTES_MAX, UNPACKED_BYTES_MAX};
pub use cost_export::{CostPlanSource, cost_plan_export};
pub use export::{ExportError, Meta, PriceIndex, ROWS_MAX, export};
pub use import::{Added, Change, Import, Removed, import};
pub use language::Language;
pub use pool_sheet::pool_sheet_import;
pub use refusal::Refusal;
pub use rules::{RulesImport, rules_export, rules_import};
