//! The two languages of a workbook's headings. What a person typed is never translated.
pub use explain::Language;
pub(crate) use explain::Words;
