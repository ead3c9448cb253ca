//! The parts of a document or workbook: which of them run, load or carry something.
use std::collections::BTreeSet;

use explain::{Problem, Problems};
use quick_xml::{
    Reader, XmlVersion,
    events::{BytesStart, Event},
};

use crate::{
    Format,
    inspect::refused_type,
    marks::{self, Active},
};

/// The part that says what the others are.
pub(crate) const CONTENT_TYPES: &str = "[Content_Types].xml";
/// Largest list of types.
pub(crate) const TYPES_BYTES_MAX: usize = 4 * 1024 * 1024;
const DOCUMENT: &str = "wordprocessingml.document.main+xml";
const WORKBOOK: &str = "spreadsheetml.sheet.main+xml";
/// Parts that hold text or dots and nothing else.
const PLAIN_ENDINGS: [&str; 17] = [
    ".xml", ".rels", ".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".emf", ".wmf",
    ".svg", ".vml", ".wdp", ".odttf", ".fntdata", ".thmx",
];
/// Fields that start or load something, as the first word of a field.
const COMMANDS: [&str; 3] = ["DDE", "DDEAUTO", "INCLUDETEXT"];

/// What an archive's list of types says that it is.
pub(crate) fn main_type(types: &str) -> Result<Format, Problem> {
    let lower = types.to_lowercase();
    if lower.contains("macroenabled") {
        return Err(Active::Macros.problem());
    }
    if types.contains(DOCUMENT) {
        Ok(Format::Docx)
    } else if types.contains(WORKBOOK) {
        Ok(Format::Xlsx)
    } else {
        Err(refused_type("application/zip"))
    }
}

/// What was found in the parts.
#[derive(Default)]
pub(crate) struct Found {
    active: BTreeSet<Active>,
}

impl Found {
    pub(crate) fn problems(self) -> Problems {
        let mut problems = Problems::new();
        for what in self.active {
            problems.push(what.problem());
        }
        problems
    }

    /// Looks at one part; `name` is in small letters.
    pub(crate) fn look(&mut self, name: &str, content: &[u8]) -> Result<(), Problem> {
        if marks::has_test_virus(content) {
            return Err(marks::infected());
        }
        if name.ends_with("vbaproject.bin")
            || name.contains("/macrosheets/")
            || name.contains("/customui/")
        {
            self.active.insert(Active::Macros);
        } else if name.contains("/externallinks/") || name.ends_with("/connections.xml") {
            self.active.insert(Active::External);
        } else if name.contains("/embeddings/") || name.contains("/activex/") || !is_plain(name) {
            self.active.insert(Active::Embedded);
        }
        // The name is in small letters already.
        let ending = name.rsplit_once('.').map(|(_, ending)| ending);
        if !matches!(ending, Some("xml" | "rels")) {
            return Ok(());
        }
        let text = markup(content)?;
        if name == CONTENT_TYPES.to_lowercase() && text.to_lowercase().contains("macroenabled") {
            self.active.insert(Active::Macros);
        }
        self.read(text)
    }

    fn read(&mut self, text: &str) -> Result<(), Problem> {
        let mut reader = Reader::from_str(text);
        let mut in_field = false;
        let mut fields = String::new();
        loop {
            match reader.read_event().map_err(|_| marks::damaged())? {
                // An entity can stand for millions of letters, or for a file of the reader's machine.
                Event::DocType(_) => return Err(Active::External.problem()),
                Event::Start(tag) => {
                    in_field = tag.local_name().as_ref() == "instrText";
                    fields.push_str(field_border(&tag));
                    self.tag(&tag)?;
                }
                Event::Empty(tag) => {
                    fields.push_str(field_border(&tag));
                    self.tag(&tag)?;
                }
                Event::End(tag) if tag.local_name().as_ref() == "instrText" => in_field = false,
                Event::End(tag) if tag.local_name().as_ref() == "p" => fields.push('\n'),
                Event::Text(text) if in_field => fields.push_str(&text),
                Event::CData(text) if in_field => fields.push_str(&text),
                // No program writes a field's letters by their numbers, unless it hides them.
                Event::GeneralRef(letter) if in_field && letter.starts_with('#') => {
                    self.active.insert(Active::Commands);
                }
                Event::Eof => break,
                Event::End(_)
                | Event::Text(_)
                | Event::CData(_)
                | Event::Comment(_)
                | Event::Decl(_)
                | Event::PI(_)
                | Event::GeneralRef(_) => {}
            }
        }
        if fields.lines().any(is_command) {
            self.active.insert(Active::Commands);
        }
        Ok(())
    }

    fn tag(&mut self, tag: &BytesStart<'_>) -> Result<(), Problem> {
        let value = |name: &str| {
            tag.attributes()
                .flatten()
                .find(|attribute| attribute.key.local_name().as_ref() == name)
                .map(|attribute| {
                    attribute
                        .normalized_value(XmlVersion::Implicit1_0)
                        .map(String::from)
                })
                .transpose()
                .map_err(|_| marks::damaged())
        };
        match tag.local_name().as_ref() {
            "Relationship" => {
                let outside =
                    value("TargetMode")?.is_some_and(|mode| mode.eq_ignore_ascii_case("external"));
                // A link that a person follows is not loaded by itself.
                let followed = value("Type")?.is_some_and(|kind| kind.ends_with("/hyperlink"));
                if outside && !followed {
                    self.active.insert(Active::External);
                }
            }
            "fldSimple" if value("instr")?.is_some_and(|field| is_command(&field)) => {
                self.active.insert(Active::Commands);
            }
            "ddeLink" => {
                self.active.insert(Active::Commands);
            }
            _ => {}
        }
        Ok(())
    }
}

/// A line's end where a field begins, shows its result or ends.
fn field_border(tag: &BytesStart<'_>) -> &'static str {
    if tag.local_name().as_ref() == "fldChar" {
        "\n"
    } else {
        ""
    }
}

fn is_plain(name: &str) -> bool {
    name.ends_with('/')
        || PLAIN_ENDINGS.iter().any(|ending| name.ends_with(ending))
        || name.contains("/printersettings/")
}

fn is_command(field: &str) -> bool {
    let mut words = field.split(|letter: char| !letter.is_ascii_alphanumeric());
    let first = words.find(|word| !word.is_empty()).unwrap_or_default();
    COMMANDS.contains(&first.to_ascii_uppercase().as_str())
}

/// The text of a part in UTF-8. In another encoding what stands here could not be found by name.
fn markup(content: &[u8]) -> Result<&str, Problem> {
    let text = std::str::from_utf8(content).map_err(|_| marks::damaged())?;
    let text = text.trim_start_matches('\u{feff}');
    let head = text
        .trim_start()
        .strip_prefix("<?xml")
        .and_then(|rest| rest.split_once("?>"));
    let declared = head.map_or_else(String::new, |(declaration, _)| declaration.to_lowercase());
    if declared.contains("encoding") && !declared.contains("utf-8") {
        return Err(marks::damaged());
    }
    Ok(text)
}
