//! A whole file, weighed once: size, name, type, then what only its type can hold.
use explain::{Problem, Problems};

use crate::{
    FILE_BYTES_MAX, Format, marks, name, office,
    pdf::{self, PDF_MARK},
    picture, plain,
};

/// First bytes of an archive with a part in it.
const ZIP_MARK: &[u8] = b"PK\x03\x04";
/// First bytes of an Office file of before 2007, or of an encrypted one.
const COMPOUND_MARK: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0];

/// What the file is, or everything for which it is refused.
pub fn inspect(name: &str, bytes: &[u8]) -> Result<Format, Problems> {
    let mut problems = name::check_name(name);
    if bytes.is_empty() {
        problems.add("file_empty", "file", "The file is empty; choose another.");
        return Err(problems);
    }
    if bytes.len() > FILE_BYTES_MAX {
        problems.push(over_limit());
        return Err(problems);
    }
    if marks::has_test_virus(bytes) {
        problems.push(marks::infected());
        return Err(problems);
    }
    let format = match recognised(name, bytes) {
        Ok(format) => format,
        Err(problem) => {
            problems.push(problem);
            return Err(problems);
        }
    };
    problems.extend(refusals(format, bytes));
    if let Some(problem) = name::other_type(name, format) {
        problems.push(problem);
    }
    problems.into_result(Some(format))
}

/// The file as a whole is too long.
pub(crate) fn over_limit() -> Problem {
    let mib = (FILE_BYTES_MAX / (1024 * 1024)).to_string();
    let message =
        format!("The file is larger than {mib} MiB; send it in parts or scan it with fewer dots.");
    Problem::new("file_over_limit", "file", message).with("mib", mib)
}

/// Types by content. Text is only what holds nothing but text; a PDF says so in its first bytes.
fn recognised(name: &str, bytes: &[u8]) -> Result<Format, Problem> {
    if bytes.starts_with(PDF_MARK) {
        return Ok(Format::Pdf);
    }
    if bytes.starts_with(ZIP_MARK) {
        return office::main_type(bytes);
    }
    if bytes.starts_with(COMPOUND_MARK) {
        return Err(office::compound_file(bytes));
    }
    if let Some(text) = plain::text_of(bytes) {
        return plain::recognised(name, text);
    }
    match infer::get(bytes).map(|kind| kind.mime_type()) {
        Some("image/png") => Ok(Format::Png),
        Some("image/jpeg") => Ok(Format::Jpeg),
        Some(other) => Err(refused_type(other)),
        None => Err(refused_type("unknown")),
    }
}

/// A type that is not taken.
pub(crate) fn refused_type(found: &str) -> Problem {
    Problem::new(
        "file_type_refused",
        "file",
        format!("The file is of the type {found}; PDF, Word (.docx), Excel (.xlsx), CSV, text, JPEG and PNG are taken."),
    )
    .with("found", found)
}

fn refusals(format: Format, bytes: &[u8]) -> Problems {
    match format {
        Format::Pdf => pdf::refusals(bytes),
        Format::Png => picture::png_refusals(bytes),
        Format::Jpeg => picture::jpeg_refusals(bytes),
        Format::Docx | Format::Xlsx => office::refusals(bytes),
        Format::Text => Problems::new(),
        Format::Csv => plain::csv_refusals(bytes),
    }
}
