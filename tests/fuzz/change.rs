//! Changes at random: of values and their kinds, of text, of bytes, and of what lies packed in a workbook.
use std::io::{Cursor, Read as _, Write as _};

use rand::{RngExt as _, rngs::StdRng, seq::IndexedRandom as _};
use serde_json::{Value, json};
use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

/// Values at which readers and arithmetic stumble.
fn strange(random: &mut StdRng) -> Value {
    let long = "9".repeat(random.random_range(1..60));
    let deep = (0..random.random_range(1..80)).fold(json!(1), |inner, _| json!([inner]));
    let choices = [
        Value::Null,
        json!(true),
        json!({}),
        json!([]),
        json!(""),
        json!("0"),
        json!("-0"),
        json!("-1"),
        json!("0.0000000000000000000000000001"),
        json!("79228162514264337593543950335"),
        json!("1e400"),
        json!("NaN"),
        json!("100%"),
        json!("2026-02-30"),
        json!("9999-12-31"),
        json!("0000-00-00"),
        json!("\u{0}\u{202e}\u{feff}"),
        json!("all"),
        json!(i64::MIN),
        json!(u64::MAX),
        json!(1e308),
        json!(-0.5),
        json!(long),
        deep,
    ];
    choices.choose(random).unwrap().clone()
}

fn places(value: &Value, path: &str, found: &mut Vec<String>) {
    found.push(path.to_owned());
    match value {
        Value::Object(fields) => {
            for (name, inner) in fields {
                let name = name.replace('~', "~0").replace('/', "~1");
                places(inner, &format!("{path}/{name}"), found);
            }
        }
        Value::Array(items) => {
            for (index, inner) in items.iter().enumerate() {
                places(inner, &format!("{path}/{index}"), found);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// One to three places changed: another value, one more, one less, one twice, or two that change places.
pub(super) fn changed_json(original: &Value, random: &mut StdRng) -> Value {
    let mut value = original.clone();
    for _ in 0..random.random_range(1..=3) {
        let mut found = Vec::new();
        places(&value, "", &mut found);
        let path = found.choose(random).unwrap().clone();
        let other = found.choose(random).unwrap().clone();
        let other = value.pointer(&other).cloned().unwrap_or_default();
        let odd = strange(random);
        let way = random.random_range(0..6);
        let Some(place) = value.pointer_mut(&path) else {
            continue;
        };
        match (way, place) {
            (0, Value::Array(items)) if !items.is_empty() => {
                items.remove(random.random_range(0..items.len()));
            }
            (1, Value::Array(items)) => items.extend(items.clone()),
            (0, Value::Object(fields)) if !fields.is_empty() => {
                let name = fields
                    .keys()
                    .nth(random.random_range(0..fields.len()))
                    .cloned();
                fields.remove(&name.unwrap());
            }
            (1, Value::Object(fields)) => {
                fields.insert("unheard_of".to_owned(), odd);
            }
            (2 | 3, place) => *place = other,
            (_, place) => *place = odd,
        }
    }
    value
}

/// One to three letters or stretches changed.
pub(super) fn changed_text(original: &str, random: &mut StdRng) -> String {
    const LETTERS: [char; 24] = [
        '0', '9', '-', '+', '.', ',', 'e', 'E', '"', '\\', '{', '}', '[', ']', ':', ' ', '\u{0}',
        '\n', '%', '／', '９', '，', '\u{202e}', '𝟘',
    ];
    let mut letters: Vec<char> = original.chars().collect();
    for _ in 0..random.random_range(1..=3) {
        let at = random.random_range(0..=letters.len());
        let end = (at + random.random_range(0..12)).min(letters.len());
        let letter = *LETTERS.choose(random).unwrap();
        match random.random_range(0..5) {
            0 => letters.insert(at, letter),
            1 if at < letters.len() => letters[at] = letter,
            2 => drop(letters.drain(at..end)),
            3 => {
                let twice: Vec<char> = letters[at..end].to_vec();
                letters.splice(at..at, twice);
            }
            _ => letters.truncate(end.max(letters.len() / 2)),
        }
    }
    letters.into_iter().collect()
}

/// One to eight bytes or stretches changed.
pub(super) fn changed_bytes(original: &[u8], random: &mut StdRng) -> Vec<u8> {
    let mut bytes = original.to_vec();
    for _ in 0..random.random_range(1..=8) {
        let at = random.random_range(0..=bytes.len());
        let end = (at + random.random_range(0..64)).min(bytes.len());
        match random.random_range(0..5) {
            0 => bytes.insert(at, random.random()),
            1 if at < bytes.len() => bytes[at] ^= 1 << random.random_range(0..8),
            2 => drop(bytes.drain(at..end)),
            3 => {
                let other = random.random_range(0..=bytes.len());
                let moved = bytes[at..end].to_vec();
                bytes.splice(other..other, moved);
            }
            _ => {
                let odd = [0, 0xff, 0x7f, 0x80];
                let odd = *odd.choose(random).unwrap();
                bytes[at..end].fill(odd);
            }
        }
    }
    bytes
}

/// A workbook whose bytes are changed, or one of whose parts is changed and packed again.
pub(super) fn changed_workbook(original: &[u8], random: &mut StdRng) -> Vec<u8> {
    if random.random_range(0..4) == 0 {
        return changed_bytes(original, random);
    }
    let mut archive = ZipArchive::new(Cursor::new(original)).unwrap();
    let chosen = random.random_range(0..archive.len());
    let mut packed = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).unwrap();
        let mut content = Vec::new();
        part.read_to_end(&mut content).unwrap();
        if index == chosen {
            content = match String::from_utf8(content) {
                Ok(text) => changed_xml(&text, random).into_bytes(),
                Err(error) => changed_bytes(error.as_bytes(), random),
            };
        }
        packed
            .start_file(part.name().unwrap(), SimpleFileOptions::default())
            .unwrap();
        packed.write_all(&content).unwrap();
    }
    packed.finish().unwrap().into_inner()
}

/// What stands between two marks, in one place, is something else; or the text is changed wherever.
fn changed_xml(text: &str, random: &mut StdRng) -> String {
    let ends: Vec<usize> = text.match_indices('>').map(|(at, _)| at + 1).collect();
    let (Some(start), true) = (ends.choose(random).copied(), random.random_range(0..3) > 0) else {
        return changed_text(text, random);
    };
    let end = text[start..].find('<').map_or(text.len(), |at| start + at);
    let odd = strange(random).to_string();
    let odd = odd.trim_matches('"').replace(['<', '&', '\u{0}'], "?");
    format!("{}{odd}{}", &text[..start], &text[end..])
}
