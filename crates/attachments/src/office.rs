//! Word documents and Excel workbooks: archives whose parts are unpacked once, counted byte by byte, because the
//! sizes that an archive states may be false.
use std::{
    collections::BTreeSet,
    io::{Cursor, Read as _},
};

use explain::{Problem, Problems};
use zip::ZipArchive;

use crate::{
    Format, UNPACKED_BYTES_MAX,
    inspect::refused_type,
    marks,
    office_parts::{self, CONTENT_TYPES, Found},
};

/// Most parts of a document: a page of pictures has one each.
const PARTS_MAX: usize = 2_000;
/// Bytes of the record that ends an archive without a comment.
const END_RECORD: usize = 22;
/// How an encrypted document names its content, in UTF-16.
const ENCRYPTED: &str = "EncryptedPackage";

/// What an archive is: a document, a workbook, or nothing that is taken.
pub(crate) fn main_type(bytes: &[u8]) -> Result<Format, Problem> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| marks::damaged())?;
    let Some(position) = archive.index_for_name(CONTENT_TYPES) else {
        return Err(refused_type("application/zip"));
    };
    let raw = archive.by_index_raw(position);
    if raw.map_err(|_| marks::damaged())?.encrypted() {
        return Err(marks::locked());
    }
    let part = archive.by_index(position).map_err(|_| marks::damaged())?;
    let mut text = String::new();
    let most = u64::try_from(office_parts::TYPES_BYTES_MAX).unwrap_or(u64::MAX);
    let read = part.take(most).read_to_string(&mut text);
    read.map_err(|_| marks::damaged())?;
    office_parts::main_type(&text)
}

/// A file of before 2007, or one behind a password.
pub(crate) fn compound_file(bytes: &[u8]) -> Problem {
    let name: Vec<u8> = ENCRYPTED
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    if memchr::memmem::find(bytes, &name).is_some() {
        return marks::locked();
    }
    refused_type("application/x-ole-storage")
}

/// Everything for which a document or a workbook is refused.
pub(crate) fn refusals(bytes: &[u8]) -> Problems {
    match parts(bytes) {
        Ok(found) => found.problems(),
        Err(problem) => problem.into(),
    }
}

fn parts(bytes: &[u8]) -> Result<Found, Problem> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| marks::damaged())?;
    let end = bytes
        .len()
        .checked_sub(END_RECORD)
        .and_then(|at| bytes.get(at..));
    let ends_there =
        end.is_some_and(|end| end.starts_with(b"PK\x05\x06") && end.ends_with(&[0, 0]));
    if archive.offset() != 0 || !ends_there {
        return Err(marks::two_in_one());
    }
    if archive.is_empty() || archive.len() > PARTS_MAX {
        return Err(marks::damaged());
    }
    if archive.has_overlapping_entries().unwrap_or(true) {
        return Err(marks::unpacks_over_limit());
    }
    let mut left = u64::try_from(UNPACKED_BYTES_MAX).unwrap_or(u64::MAX);
    let mut names = BTreeSet::new();
    let mut found = Found::default();
    for position in 0..archive.len() {
        let raw = archive
            .by_index_raw(position)
            .map_err(|_| marks::damaged())?;
        if raw.encrypted() {
            return Err(marks::locked());
        }
        drop(raw);
        let part = archive.by_index(position).map_err(|_| marks::damaged())?;
        let name = String::from_utf8_lossy(part.name_raw()).to_lowercase();
        if leads_out(&name) || !names.insert(name.clone()) {
            return Err(parts_outside());
        }
        let mut content = Vec::new();
        let read = part.take(left.saturating_add(1)).read_to_end(&mut content);
        let length = u64::try_from(read.map_err(|_| marks::damaged())?).unwrap_or(u64::MAX);
        left = left
            .checked_sub(length)
            .ok_or_else(marks::unpacks_over_limit)?;
        found.look(&name, &content)?;
    }
    Ok(found)
}

/// A name that some program would unpack outside its folder.
fn leads_out(name: &str) -> bool {
    name.starts_with('/')
        || name.contains(['\\', ':', '\0'])
        || name.split('/').any(|step| step == "..")
}

fn parts_outside() -> Problem {
    Problem::new(
        "file_parts_outside",
        "file",
        "Parts of the file lie outside it or twice at one place; save it again and send the new file.",
    )
}
