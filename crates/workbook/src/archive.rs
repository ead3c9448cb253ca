//! Weighs a file before anything parses it: what it is, how large it unpacks, and whether it
//! carries what a workbook of ours never needs. Every part is unpacked once here, counted byte by byte,
//! because the sizes that an archive states may be false.
use std::io::{Cursor, Read as _};

use zip::ZipArchive;

use crate::refusal::Refusal;

/// Largest file: a map of five hundred outcomes is a fifth of this.
pub const FILE_BYTES_MAX: usize = 2 * 1024 * 1024;
/// Largest sum of the unpacked parts.
pub const UNPACKED_BYTES_MAX: u64 = 32 * 1024 * 1024;
/// The parser keeps every style in memory, many times larger than in the file.
const STYLES_BYTES_MAX: usize = 1024 * 1024;
/// The parser reserves room for as many texts as the file says it has.
const SHARED_TEXTS_MAX: u64 = 200_000;
/// Most parts: a workbook of ours has some twenty.
const PARTS_MAX: usize = 300;
/// First bytes of an encrypted workbook, or of one older than 2007.
const COMPOUND_FILE: [u8; 4] = [0xd0, 0xcf, 0x11, 0xe0];
/// How an encrypted workbook names its content, in UTF-16.
const ENCRYPTED: &str = "EncryptedPackage";
const WORKBOOK_TYPE: &str = "spreadsheetml.sheet.main+xml";

/// Everything that keeps the file from being parsed; none for an ordinary workbook.
pub(crate) fn refusals(bytes: &[u8]) -> Vec<Refusal> {
    if bytes.len() > FILE_BYTES_MAX {
        return vec![Refusal::of_file(
            "file_too_large",
            "The file is larger than 2 MiB; send the workbook without pictures and other sheets.",
        )];
    }
    if bytes.starts_with(&COMPOUND_FILE) {
        return vec![compound_file(bytes)];
    }
    match parts(bytes) {
        Ok(refusals) => refusals,
        Err(refusal) => vec![refusal],
    }
}

fn compound_file(bytes: &[u8]) -> Refusal {
    let name: Vec<u8> = ENCRYPTED
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    if bytes.windows(name.len()).any(|window| window == name) {
        return Refusal::of_file(
            "file_encrypted",
            "The workbook is protected by a password; save it without one.",
        );
    }
    Refusal::of_file(
        "file_not_workbook",
        "The file is in the format of before 2007; save it as an Excel workbook (.xlsx).",
    )
}

fn not_workbook() -> Refusal {
    Refusal::of_file(
        "file_not_workbook",
        "The file is no Excel workbook (.xlsx), or it is damaged; save the exported workbook again.",
    )
}

fn too_large() -> Refusal {
    Refusal::of_file(
        "file_unpacks_too_large",
        "The workbook unpacks to more than 32 MiB; keep only the exported sheets.",
    )
}

fn parts(bytes: &[u8]) -> Result<Vec<Refusal>, Refusal> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| not_workbook())?;
    let overlapping = archive.has_overlapping_entries().unwrap_or(true);
    if archive.is_empty() || archive.len() > PARTS_MAX || overlapping {
        return Err(not_workbook());
    }
    let stated = archive.decompressed_size();
    if stated.is_some_and(|size| size > u128::from(UNPACKED_BYTES_MAX)) {
        return Err(too_large());
    }
    let mut left = UNPACKED_BYTES_MAX;
    let mut seen = Seen::default();
    for position in 0..archive.len() {
        let part = archive.by_index(position).map_err(|_| not_workbook())?;
        if part.encrypted() {
            return Err(Refusal::of_file(
                "file_encrypted",
                "The workbook is protected by a password; save it without one.",
            ));
        }
        let name = String::from_utf8_lossy(part.name_raw()).to_lowercase();
        let mut content = Vec::new();
        let read = part.take(left.saturating_add(1)).read_to_end(&mut content);
        let length = u64::try_from(read.map_err(|_| not_workbook())?).unwrap_or(u64::MAX);
        left = left.checked_sub(length).ok_or_else(too_large)?;
        seen.look(&name.replace('\\', "/"), &content)?;
    }
    if !seen.workbook && !seen.macros {
        return Err(not_workbook());
    }
    Ok(seen.refusals())
}

/// What the parts of an archive are.
#[derive(Default)]
struct Seen {
    workbook: bool,
    macros: bool,
    external: bool,
}

impl Seen {
    fn look(&mut self, name: &str, content: &[u8]) -> Result<(), Refusal> {
        self.macros |= name.ends_with("vbaproject.bin") || name.contains("/macrosheets/");
        self.external |= name.contains("externallinks/");
        let is_markup = [".xml", ".rels"]
            .iter()
            .any(|ending| name.ends_with(ending));
        if !is_markup {
            return Ok(());
        }
        let text = plain_text(content).ok_or_else(not_workbook)?;
        if name == "[content_types].xml" {
            self.workbook |= text.contains(WORKBOOK_TYPE);
            self.macros |= text.contains("macroEnabled");
        }
        if name.ends_with("styles.xml") && content.len() > STYLES_BYTES_MAX {
            return Err(too_large());
        }
        if name.ends_with("sharedstrings.xml") && stated_counts(text).any(|n| n > SHARED_TEXTS_MAX)
        {
            return Err(too_large());
        }
        Ok(())
    }

    fn refusals(&self) -> Vec<Refusal> {
        let macros = self.macros.then(|| {
            Refusal::of_file(
                "file_has_macros",
                "The workbook has macros; save it as an Excel workbook without them (.xlsx).",
            )
        });
        let external = self.external.then(|| {
            Refusal::of_file(
                "file_has_external_links",
                "The workbook has links to other files; break the links, so that it stands on its own.",
            )
        });
        macros.into_iter().chain(external).collect()
    }
}

/// The text of a part in UTF-8. In another encoding what stands here could not be found by name.
fn plain_text(content: &[u8]) -> Option<&str> {
    let text = std::str::from_utf8(content).ok()?;
    let declaration = text.trim_start_matches('\u{feff}').trim_start();
    let declaration = declaration
        .strip_prefix("<?xml")
        .and_then(|rest| rest.split_once("?>"))
        .map_or("", |(declaration, _)| declaration)
        .to_lowercase();
    let utf8 = !declaration.contains("encoding") || declaration.contains("utf-8");
    (utf8 && !text.contains('\0')).then_some(text)
}

/// The numbers that follow `uniqueCount`, too long ones as the largest.
fn stated_counts(text: &str) -> impl Iterator<Item = u64> + '_ {
    text.match_indices("uniqueCount").map(|(at, word)| {
        let rest = text.get(at + word.len()..).unwrap_or_default();
        let digits: String = rest
            .trim_start_matches(|letter: char| letter.is_whitespace() || "=\"'+".contains(letter))
            .chars()
            .take_while(char::is_ascii_digit)
            .collect();
        digits
            .parse()
            .unwrap_or(if digits.is_empty() { 0 } else { u64::MAX })
    })
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use zip::{ZipWriter, write::SimpleFileOptions};

    use super::*;

    const TYPES: &str =
        "<Types>application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml</Types>";

    fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in parts {
            writer
                .start_file(*name, SimpleFileOptions::default())
                .unwrap();
            writer.write_all(content).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    fn codes(bytes: &[u8]) -> Vec<String> {
        let refusals = refusals(bytes);
        refusals
            .into_iter()
            .map(|refusal| refusal.problem.code)
            .collect()
    }

    #[test]
    fn what_is_no_workbook_is_refused() {
        assert_eq!(codes(b""), ["file_not_workbook"]);
        assert_eq!(codes(b"id,name\n1,x\n"), ["file_not_workbook"]);
        assert_eq!(codes(&archive(&[("a.txt", b"x")])), ["file_not_workbook"]);
        assert_eq!(codes(&vec![0; FILE_BYTES_MAX + 1]), ["file_too_large"]);
        assert!(codes(&archive(&[("[Content_Types].xml", TYPES.as_bytes())])).is_empty());
    }

    #[test]
    fn old_and_encrypted_workbooks_are_told_apart() {
        let mut old = COMPOUND_FILE.to_vec();
        old.extend([0; 600]);
        assert_eq!(codes(&old), ["file_not_workbook"]);
        old.extend(ENCRYPTED.encode_utf16().flat_map(u16::to_le_bytes));
        assert_eq!(codes(&old), ["file_encrypted"]);
    }

    #[test]
    fn macros_and_external_links_are_both_named() {
        let parts: [(&str, &[u8]); 3] = [
            ("[Content_Types].xml", TYPES.as_bytes()),
            ("xl/vbaProject.bin", b"x"),
            ("xl/externalLinks/externalLink1.xml", b"<x/>"),
        ];
        let found = codes(&archive(&parts));
        assert_eq!(found, ["file_has_macros", "file_has_external_links"]);
    }

    #[test]
    fn a_file_that_unpacks_too_large_is_refused_whatever_it_states() {
        let large = vec![b' '; usize::try_from(UNPACKED_BYTES_MAX).unwrap() + 1];
        let honest = archive(&[
            ("[Content_Types].xml", TYPES.as_bytes()),
            ("xl/a.bin", &large),
        ]);
        assert!(honest.len() < FILE_BYTES_MAX);
        assert_eq!(codes(&honest), ["file_unpacks_too_large"]);
        // The central directory states the unpacked size at byte 24 of each of its entries.
        let mut false_size = honest;
        let at = false_size
            .windows(4)
            .rposition(|window| window == [b'P', b'K', 1, 2])
            .unwrap();
        false_size[at + 24..at + 28].copy_from_slice(&100_u32.to_le_bytes());
        let found = codes(&false_size);
        assert!(!found.is_empty(), "{found:?}");
    }

    #[test]
    fn numbers_that_the_parser_would_believe_are_checked() {
        let shared = |count: &str| {
            let text = format!("<sst uniqueCount = '{count}'></sst>");
            archive(&[
                ("[Content_Types].xml", TYPES.as_bytes()),
                ("xl/sharedStrings.xml", text.as_bytes()),
            ])
        };
        assert!(codes(&shared("12")).is_empty());
        assert_eq!(codes(&shared("999999999999")), ["file_unpacks_too_large"]);
        assert_eq!(codes(&shared(&"9".repeat(40))), ["file_unpacks_too_large"]);
        let hidden: Vec<u8> = "<sst uniqueCount='9'/>"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        let parts: [(&str, &[u8]); 2] = [
            ("[Content_Types].xml", TYPES.as_bytes()),
            ("xl/sharedStrings.xml", &hidden),
        ];
        assert_eq!(codes(&archive(&parts)), ["file_not_workbook"]);
    }
}
