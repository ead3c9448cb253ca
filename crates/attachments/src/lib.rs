//! Supporting documents that people attach: quotations, accounts, minutes. [`inspect`] says what a file is by its
//! content, never by its name, and lists everything for which it is refused: another type, something that runs
//! when it is opened, two kinds in one, more when unpacked than anybody could read, a lock.
//!
//! This crate must never reach the disk or the network, run or render anything of a file, or keep more of it in
//! memory than its limits say.
#![deny(clippy::wildcard_enum_match_arm)]

mod format;
mod inspect;
mod marks;
mod name;
mod office;
mod office_parts;
mod pdf;
mod pdf_words;
mod picture;
mod plain;

pub use format::Format;
pub use inspect::inspect;
pub use name::check_name;

/// Every problem that this crate names, for whoever keeps their words.
pub const CODES: [&str; 23] = [
    "file_damaged",
    "file_empty",
    "file_formulas",
    "file_has_commands",
    "file_has_embedded",
    "file_has_external",
    "file_has_forms",
    "file_has_hidden",
    "file_has_launch",
    "file_has_macros",
    "file_has_scripts",
    "file_infected",
    "file_locked",
    "file_markup",
    "file_name_double_ending",
    "file_name_length",
    "file_name_letters",
    "file_name_other_type",
    "file_over_limit",
    "file_parts_outside",
    "file_two_in_one",
    "file_type_refused",
    "file_unpacks_over_limit",
];
/// Largest file: sixty scanned pages come to about half of it.
pub const FILE_BYTES_MAX: usize = 20 * 1024 * 1024;
/// Most that a file may unpack to, counted while it is unpacked.
pub const UNPACKED_BYTES_MAX: usize = 256 * 1024 * 1024;
/// Most characters of a name; with three bytes each it still fits any file system.
pub const NAME_CHARS_MAX: usize = 80;
