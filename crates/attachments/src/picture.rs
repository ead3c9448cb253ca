//! Pictures, walked from their first byte to their last: what stands behind the end is another file.
use explain::Problems;

use crate::marks;

const PNG_MARK: &[u8] = &[0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a];
/// Largest picture: a camera of two hundred million dots.
const DOTS_MAX: u64 = 200_000_000;

/// Everything for which a PNG is refused.
pub(crate) fn png_refusals(bytes: &[u8]) -> Problems {
    match png_dots(bytes) {
        None => marks::damaged().into(),
        Some((_, end)) if end != bytes.len() => marks::two_in_one().into(),
        Some(_) if marks::has_markup(bytes) => marks::two_in_one().into(),
        Some((dots, _)) if dots > DOTS_MAX => marks::unpacks_over_limit().into(),
        Some(_) => Problems::new(),
    }
}

/// How many dots a PNG has and where it ends; none when its pieces do not follow each other.
fn png_dots(bytes: &[u8]) -> Option<(u64, usize)> {
    let mut at = PNG_MARK.len();
    let mut dots = None;
    if !bytes.starts_with(PNG_MARK) {
        return None;
    }
    loop {
        let length = usize::try_from(number(bytes, at, 4)?).ok()?;
        let kind = bytes.get(at + 4..at + 8)?;
        let body = at + 8;
        let next = body.checked_add(length)?.checked_add(4)?;
        if next > bytes.len() || !kind.iter().all(u8::is_ascii_alphabetic) {
            return None;
        }
        match (kind, dots) {
            (b"IHDR", None) if length == 13 => {
                dots = number(bytes, body, 4)?.checked_mul(number(bytes, body + 4, 4)?);
            }
            (b"IEND", Some(dots)) => return Some((dots, next)),
            (_, None) => return None,
            (_, Some(_)) => {}
        }
        at = next;
    }
}

/// Everything for which a JPEG is refused. Cameras put further pictures behind the first.
pub(crate) fn jpeg_refusals(bytes: &[u8]) -> Problems {
    let mut left = bytes;
    while !left.is_empty() {
        match jpeg_dots(left) {
            None if left.len() < bytes.len() => return marks::two_in_one().into(),
            None => return marks::damaged().into(),
            Some((dots, _)) if dots > DOTS_MAX => return marks::unpacks_over_limit().into(),
            Some((_, end)) => left = left.get(end..).unwrap_or_default(),
        }
        let filled = left.iter().take_while(|byte| **byte == 0).count();
        left = left.get(filled..).unwrap_or_default();
    }
    if marks::has_markup(bytes) {
        return marks::two_in_one().into();
    }
    Problems::new()
}

/// How many dots a JPEG has and where it ends.
fn jpeg_dots(bytes: &[u8]) -> Option<(u64, usize)> {
    if !bytes.starts_with(&[0xff, 0xd8]) {
        return None;
    }
    let mut at = 2;
    let mut dots = None;
    loop {
        let marker = *bytes.get(at + 1).filter(|_| bytes.get(at) == Some(&0xff))?;
        match marker {
            // Filling between segments.
            0xff => at += 1,
            0xd9 => return Some((dots?, at + 2)),
            // Restart marks and the like have no length.
            0x01 | 0xd0..=0xd7 => at += 2,
            _ => {
                let length = usize::try_from(number(bytes, at + 2, 2)?).ok()?;
                if length < 2 {
                    return None;
                }
                // The frames of all codings; between them are tables (c4, c8, cc).
                if matches!(marker, 0xc0..=0xcf) && !matches!(marker, 0xc4 | 0xc8 | 0xcc) {
                    dots = number(bytes, at + 5, 2)?.checked_mul(number(bytes, at + 7, 2)?);
                }
                at = at.checked_add(2)?.checked_add(length)?;
                if marker == 0xda {
                    at = after_scan(bytes, at)?;
                }
            }
        }
    }
}

/// Where the coded dots end: at the next mark that is neither a stuffed byte nor a restart.
fn after_scan(bytes: &[u8], from: usize) -> Option<usize> {
    let rest = bytes.get(from..)?;
    memchr::memchr_iter(0xff, rest)
        .find(|at| {
            rest.get(at + 1)
                .is_some_and(|next| !matches!(next, 0x00 | 0xd0..=0xd7 | 0xff))
        })
        .map(|at| from + at)
}

/// A number of so many bytes, the largest part first.
fn number(bytes: &[u8], at: usize, length: usize) -> Option<u64> {
    let digits = bytes.get(at..at.checked_add(length)?)?;
    Some(
        digits
            .iter()
            .fold(0, |sum, byte| (sum << 8) | u64::from(*byte)),
    )
}
