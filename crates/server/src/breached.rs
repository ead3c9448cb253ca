//! The operator's list of breached passwords: a file of SHA-1 hashes in order, as such lists are published, one per
//! line with or without a count. It is searched where it lies; nothing is read into memory.
use std::{
    fs::File,
    io::{self, BufRead as _, BufReader, Read as _, Seek as _, SeekFrom},
    path::PathBuf,
};

use casework::BreachedPasswords;

/// Characters of a SHA-1 in hexadecimal.
const HASH_CHARS: usize = 40;
/// Longest line: a hash, a colon and a count.
const LINE_BYTES_MAX: u64 = 100;

/// The list in its file.
pub(crate) struct BreachedFile(pub(crate) PathBuf);

impl BreachedPasswords for BreachedFile {
    fn holds(&self, sha1: &str) -> io::Result<bool> {
        let file = File::open(&self.0)?;
        let (mut low, mut high) = (0, file.metadata()?.len());
        let mut reader = BufReader::new(file);
        // The wanted line begins at or after `low` and before `high`.
        while low < high {
            let middle = low.midpoint(high);
            let Some((begin, end, hash)) = line_from(&mut reader, middle)? else {
                high = middle;
                continue;
            };
            if begin >= high {
                high = middle;
                continue;
            }
            match hash.as_str().cmp(sha1) {
                std::cmp::Ordering::Equal => return Ok(true),
                std::cmp::Ordering::Less => low = end,
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        Ok(false)
    }
}

/// The first line that begins at or after a place: where it begins and ends, and its hash.
fn line_from(reader: &mut BufReader<File>, place: u64) -> io::Result<Option<(u64, u64, String)>> {
    let mut begin = place;
    if place > 0 {
        // From the byte before, so that a line that begins right here is not passed over.
        reader.seek(SeekFrom::Start(place.saturating_sub(1)))?;
        let mut rest = Vec::new();
        let passed = reader
            .by_ref()
            .take(LINE_BYTES_MAX)
            .read_until(b'\n', &mut rest)?;
        begin = place
            .saturating_sub(1)
            .saturating_add(u64::try_from(passed).unwrap_or(u64::MAX));
    } else {
        reader.seek(SeekFrom::Start(0))?;
    }
    let mut line = Vec::new();
    let length = reader
        .by_ref()
        .take(LINE_BYTES_MAX)
        .read_until(b'\n', &mut line)?;
    if length == 0 {
        return Ok(None);
    }
    let end = begin.saturating_add(u64::try_from(length).unwrap_or(u64::MAX));
    let hash = line
        .get(..HASH_CHARS)
        .map(|hash| String::from_utf8_lossy(hash).to_uppercase());
    match hash {
        Some(hash) => Ok(Some((begin, end, hash))),
        None => Err(io::Error::new(
            io::ErrorKind::InvalidData,
            "the list of breached passwords has a line without a SHA-1",
        )),
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;

    #[test]
    fn every_hash_of_the_list_is_found_and_no_other() {
        let folder = tempfile::tempdir().unwrap();
        let hash = |number: u32| format!("{:040X}", u64::from(number) * 0x9E37_79B9);
        for count in [0, 1, 2, 3, 10, 257] {
            let mut hashes: Vec<String> = (0..count).map(|number| hash(number * 2)).collect();
            hashes.sort();
            let mut text = String::new();
            for (place, hash) in hashes.iter().enumerate() {
                // With and without counts of any length, and with the line ends of other systems.
                let _ = match place % 3 {
                    0 => writeln!(text, "{hash}"),
                    1 => writeln!(text, "{hash}:{}", place * 7_919),
                    _ => write!(text, "{hash}:1\r\n"),
                };
            }
            let path = folder.path().join(format!("{count}.txt"));
            std::fs::write(&path, text).unwrap();
            let list = BreachedFile(path);
            for number in 0..count {
                assert!(
                    list.holds(&hash(number * 2)).unwrap(),
                    "{number} of {count}"
                );
                assert!(
                    !list.holds(&hash(number * 2 + 1)).unwrap(),
                    "{number} of {count}"
                );
            }
            assert!(!list.holds(&"F".repeat(40)).unwrap());
        }
    }
}
