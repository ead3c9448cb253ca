//! A shortlist and a decision letter on paper: PDF with real text in English and Chinese, tagged for
//! screen readers (PDF/UA-1), with the glyphs it uses embedded. The same value gives the same bytes.
//!
//! This crate must never ask the clock, do I/O, compute a figure, or leave out a character that it
//! cannot draw: such a character shows as a box and is named in [`Printed::missing`].
#![deny(clippy::wildcard_enum_match_arm)]

mod draft;
mod draw;
mod face;
mod figure;
mod flow;
mod letter;
mod shortlist;
mod shortlist_selection;
mod table;
mod unit;
mod wrap;

use explain::Problems;

pub use letter::{LetterPrint, PARAGRAPH_CHARS_MAX, PARAGRAPHS_MAX, letter_pdf, letters_pdf};
pub use shortlist::shortlist_pdf;

/// A document as a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Printed {
    /// The file.
    pub pdf: Vec<u8>,
    /// Number of its pages.
    pub pages: usize,
    /// Characters that the typeface lacks, in order; each shows as a box.
    pub missing: Vec<char>,
}

/// Why nothing was printed.
#[derive(Debug, thiserror::Error)]
pub enum PrintError {
    /// The person can put it right.
    #[error("{0}")]
    Problems(#[from] Problems),
    /// The typeface in the crate cannot be read.
    #[error("the typeface cannot be read")]
    Typeface,
    /// The machine's fault.
    #[error("the document could not be written: {0}")]
    Writing(String),
}
