//! A PDF without anything that runs. Every object is read from where it begins, wherever a reader might look for
//! it: the table of objects is not believed, because readers that repair files do not believe it either.
use std::{collections::BTreeSet, io::Read as _};

use explain::Problems;
use flate2::bufread::ZlibDecoder;
use memchr::memmem;

use crate::{
    UNPACKED_BYTES_MAX,
    marks::{self, Active},
    pdf_words::{Word, Words},
};

pub(crate) const PDF_MARK: &[u8] = b"%PDF-";
/// How far from the end the end mark may stand.
const END_WINDOW: usize = 1024;
/// How far from the end an archive's table begins at the earliest.
const ARCHIVE_WINDOW: usize = 66 * 1024;
/// How often the file may be read over: objects that never end would otherwise be read for ever.
const READ_OVER_MAX: usize = 8;
/// Longest object before its stream.
const OBJECT_BYTES_MAX: usize = 4 * 1024 * 1024;
/// Other ways to pack objects; this reader does not unpack them, so nothing may hide there.
const OTHER_PACKING: [&[u8]; 9] = [
    b"ASCIIHexDecode",
    b"AHx",
    b"ASCII85Decode",
    b"A85",
    b"LZWDecode",
    b"LZW",
    b"RunLengthDecode",
    b"RL",
    b"Crypt",
];
/// Names of what runs, starts, sends or carries something.
const ACTIVE: [(&[u8], Active); 10] = [
    (b"JavaScript", Active::Scripts),
    (b"JS", Active::Scripts),
    (b"Launch", Active::Launch),
    (b"EmbeddedFile", Active::Embedded),
    (b"EmbeddedFiles", Active::Embedded),
    (b"RichMedia", Active::Embedded),
    (b"XFA", Active::Forms),
    (b"SubmitForm", Active::Forms),
    (b"ImportData", Active::Forms),
    (b"GoToE", Active::Embedded),
];

/// Everything for which a PDF is refused.
pub(crate) fn refusals(bytes: &[u8]) -> Problems {
    let mut problems = Problems::new();
    if !is_whole(bytes) {
        problems.push(marks::damaged());
    }
    let end = bytes.len().saturating_sub(ARCHIVE_WINDOW);
    let archive = bytes
        .get(end..)
        .is_some_and(|end| memmem::find(end, b"PK\x05\x06").is_some());
    let head = bytes.get(..END_WINDOW).unwrap_or(bytes);
    if archive || marks::has_markup(head) {
        problems.push(marks::two_in_one());
    }
    let mut reading = Reading::new(bytes);
    if let Err(problem) = reading.all() {
        problems.push(problem);
    }
    for what in reading.active {
        problems.push(what.problem());
    }
    if reading.locked {
        problems.push(marks::locked());
    }
    problems
}

/// A version at the head, at least one object, and nothing behind the end.
fn is_whole(bytes: &[u8]) -> bool {
    let version = bytes.get(PDF_MARK.len()..PDF_MARK.len() + 2);
    let tail = bytes
        .get(bytes.len().saturating_sub(END_WINDOW)..)
        .unwrap_or_default();
    let behind = memmem::rfind(tail, b"%%EOF").and_then(|at| tail.get(at + 5..));
    matches!(version, Some(b"1." | b"2."))
        && memmem::find(bytes, b"endobj").is_some()
        && behind.is_some_and(|behind| behind.iter().all(u8::is_ascii_whitespace))
}

/// What was found so far, and how much may still be read.
struct Reading<'a> {
    bytes: &'a [u8],
    active: BTreeSet<Active>,
    locked: bool,
    unpacked_left: usize,
    words_left: usize,
}

/// What the words of one object say about its stream.
#[derive(Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is one word that was found or not"
)]
struct Object {
    stream_at: Option<usize>,
    packed_otherwise: bool,
    holds_objects: bool,
    count: bool,
    first: bool,
}

impl<'a> Reading<'a> {
    fn new(bytes: &'a [u8]) -> Self {
        Self {
            bytes,
            active: BTreeSet::new(),
            locked: false,
            unpacked_left: UNPACKED_BYTES_MAX,
            words_left: bytes.len().saturating_mul(READ_OVER_MAX),
        }
    }

    fn all(&mut self) -> Result<(), explain::Problem> {
        for at in memmem::find_iter(self.bytes, b"obj") {
            // `endobj` ends one.
            if !at
                .checked_sub(1)
                .and_then(|before| self.bytes.get(before).copied())
                .is_some_and(is_number_or_space)
            {
                continue;
            }
            let object = self.object(at + 3)?;
            if let Some(stream) = object.stream_at {
                self.stream(stream, &object)?;
            }
        }
        for at in memmem::find_iter(self.bytes, b"trailer") {
            self.object(at + 7)?;
        }
        Ok(())
    }

    fn object(&mut self, at: usize) -> Result<Object, explain::Problem> {
        let until = self.bytes.len().min(at.saturating_add(OBJECT_BYTES_MAX));
        let mut words = Words::new(self.bytes.get(..until).unwrap_or_default(), at);
        let mut object = Object::default();
        while let Some(word) = words.next() {
            match word {
                Word::Name(name) => {
                    self.note(&name);
                    object.packed_otherwise |= OTHER_PACKING.contains(&name.as_slice());
                    object.holds_objects |= name == b"ObjStm";
                    object.count |= name == b"N";
                    object.first |= name == b"First";
                }
                Word::Bare(word) if word == b"stream" => {
                    object.stream_at = Some(words.position());
                    break;
                }
                Word::Bare(word) if word == b"endobj" || word == b"startxref" => break,
                Word::Bare(_) => {}
            }
        }
        let read = words.position().saturating_sub(at).max(1);
        self.words_left = self
            .words_left
            .checked_sub(read)
            .ok_or_else(marks::damaged)?;
        Ok(object)
    }

    fn note(&mut self, name: &[u8]) {
        if let Some((_, what)) = ACTIVE.iter().find(|(active, _)| *active == name) {
            self.active.insert(*what);
        }
        self.locked |= name == b"Encrypt";
    }

    /// Unpacks a stream, counted; the words of one that holds objects are read.
    fn stream(&mut self, at: usize, object: &Object) -> Result<(), explain::Problem> {
        let rest = self.bytes.get(at..).unwrap_or_default();
        let rest = rest.strip_prefix(b"\r").unwrap_or(rest);
        let rest = rest.strip_prefix(b"\n").unwrap_or(rest);
        let holds_objects = object.holds_objects || (object.count && object.first);
        if holds_objects && object.packed_otherwise {
            return Err(Active::Hidden.problem());
        }
        if holds_objects {
            return self.objects_in(rest);
        }
        if !is_zlib(rest) {
            return Ok(());
        }
        let mut piece = [0; 16 * 1024];
        let mut unpacked = ZlibDecoder::new(rest);
        // What cannot be unpacked to its end is shown as far as it goes, by readers as here.
        while let Ok(length @ 1..) = unpacked.read(&mut piece) {
            self.unpacked_left = self
                .unpacked_left
                .checked_sub(length)
                .ok_or_else(marks::unpacks_over_limit)?;
        }
        Ok(())
    }

    fn objects_in(&mut self, packed: &[u8]) -> Result<(), explain::Problem> {
        let mut content = Vec::new();
        if is_zlib(packed) {
            let most = u64::try_from(self.unpacked_left)
                .unwrap_or(u64::MAX)
                .saturating_add(1);
            let read = ZlibDecoder::new(packed)
                .take(most)
                .read_to_end(&mut content);
            self.unpacked_left = self
                .unpacked_left
                .checked_sub(content.len())
                .ok_or_else(marks::unpacks_over_limit)?;
            read.map_err(|_| marks::damaged())?;
        } else {
            let end = memmem::find(packed, b"endstream").unwrap_or(packed.len());
            content.extend_from_slice(packed.get(..end).unwrap_or_default());
        }
        if marks::has_test_virus(&content) {
            return Err(marks::infected());
        }
        for word in Words::new(&content, 0) {
            if let Word::Name(name) = word {
                self.note(&name);
            }
        }
        Ok(())
    }
}

fn is_number_or_space(byte: u8) -> bool {
    byte.is_ascii_digit() || byte.is_ascii_whitespace() || byte == 0
}

/// The head of a deflated stream: method 8, and a number that 31 divides.
fn is_zlib(bytes: &[u8]) -> bool {
    let [Some(method), Some(check)] = [bytes.first(), bytes.get(1)] else {
        return false;
    };
    method & 0x0f == 8 && (u16::from(*method) << 8 | u16::from(*check)).is_multiple_of(31)
}
