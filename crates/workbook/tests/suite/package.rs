//! Changing the inside of a workbook as a spreadsheet program or an attacker would.
use std::io::{Cursor, Read as _, Write as _};

use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

/// The sheets by their number in the package.
pub(crate) const STAKEHOLDERS: u32 = 2;
pub(crate) const EXCLUSIONS: u32 = 3;
pub(crate) const VOLUNTEERS: u32 = 4;
pub(crate) const OUTCOMES: u32 = 5;

/// Every part through `change`; one that returns none is left out.
pub(crate) fn changed(
    bytes: &[u8],
    mut change: impl FnMut(&str, Vec<u8>) -> Option<Vec<u8>>,
) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for position in 0..archive.len() {
        let mut part = archive.by_index(position).unwrap();
        let name = part.name().unwrap().to_string();
        let mut content = Vec::new();
        part.read_to_end(&mut content).unwrap();
        if let Some(content) = change(&name, content) {
            writer
                .start_file(name.as_str(), SimpleFileOptions::default())
                .unwrap();
            writer.write_all(&content).unwrap();
        }
    }
    writer.finish().unwrap().into_inner()
}

/// The text of one part changed.
pub(crate) fn changed_text(bytes: &[u8], part: &str, change: impl Fn(String) -> String) -> Vec<u8> {
    changed(bytes, |name, content| {
        if name != part {
            return Some(content);
        }
        Some(change(String::from_utf8(content).unwrap()).into_bytes())
    })
}

/// One cell replaced: `inside` is what stands between its tags, `attributes` what follows its name.
pub(crate) fn with_cell(
    bytes: &[u8],
    sheet: u32,
    cell: &str,
    attributes: &str,
    inside: &str,
) -> Vec<u8> {
    let part = format!("xl/worksheets/sheet{sheet}.xml");
    changed_text(bytes, &part, |text| {
        let start = text
            .find(&format!("<c r=\"{cell}\""))
            .unwrap_or_else(|| panic!("no {cell}"));
        let tag = start + text[start..].find('>').unwrap() + 1;
        let end = if text[..tag].ends_with("/>") {
            tag
        } else {
            tag + text[tag..].find("</c>").unwrap() + "</c>".len()
        };
        let replaced = format!("<c r=\"{cell}\"{attributes}>{inside}</c>");
        format!("{}{replaced}{}", &text[..start], &text[end..])
    })
}

pub(crate) fn with_number(bytes: &[u8], sheet: u32, cell: &str, number: &str) -> Vec<u8> {
    with_cell(bytes, sheet, cell, "", &format!("<v>{number}</v>"))
}

pub(crate) fn with_text(bytes: &[u8], sheet: u32, cell: &str, text: &str) -> Vec<u8> {
    let inside = format!("<is><t>{text}</t></is>");
    with_cell(bytes, sheet, cell, " t=\"inlineStr\"", &inside)
}

/// Every stored result of a formula replaced by zero, so that a stale figure cannot pass.
pub(crate) fn without_results(bytes: &[u8]) -> Vec<u8> {
    changed(bytes, |name, content| {
        if !name.starts_with("xl/worksheets/") {
            return Some(content);
        }
        let text = String::from_utf8(content).unwrap();
        let mut pieces = text.split("</f><v>");
        let mut out = pieces.next().unwrap().to_owned();
        for piece in pieces {
            let (_, rest) = piece.split_once("</v>").unwrap();
            out.push_str("</f><v>0</v>");
            out.push_str(rest);
        }
        Some(out.into_bytes())
    })
}
