//! The columns of the sheets that a person edits: where each cell stands in the section, what it
//! may hold, and what it is called. Export and import both follow these, so they cannot disagree.
use std::collections::BTreeMap;

use serde_json::{Map, Value, json};
use sroi::Parameter;

use crate::{
    language::Words,
    number::{float_of, same},
};

/// Longest text of one cell; spreadsheets stop at twice as much.
pub(crate) const TEXT_CHARS_MAX: usize = 16_000;

/// What a cell may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Any text.
    Text,
    /// A number with at most six places.
    Decimal,
    /// A number between 0 and 1.
    Share,
    /// A whole number within bounds, both included.
    Whole(i64, i64),
    /// An evidence grade.
    Grade,
    /// One of these words: its code, then how it is shown.
    Word(&'static [(&'static str, Words)]),
    /// A library entry as `id@version`.
    Library,
}

/// Where a cell's value stands inside its record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Field {
    /// The id by which rows are matched.
    Id,
    /// The number of a cohort within its outcome.
    Cohort,
    /// A key of the record itself.
    Own(&'static str),
    /// A text of `reasons` or `sources`.
    Note(&'static str, Parameter),
    /// The grade of all parameters, or of one.
    Grade(Option<Parameter>),
    /// The low (0) or high (1) end of a range.
    Range(Parameter, usize),
}

/// One column.
#[derive(Debug, Clone)]
pub(crate) struct Column {
    pub(crate) field: Field,
    pub(crate) kind: Kind,
    pub(crate) heading: (String, String),
    /// In characters.
    pub(crate) width: u8,
}

/// What stands in a cell, written or read.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Content {
    Blank,
    Text(String),
    Number(f64),
    Truth(bool),
    Date,
    Error(String),
}

impl Field {
    /// Its path inside the record, as problems and differences name it.
    pub(crate) fn path(self) -> String {
        match self {
            Self::Id => "id".to_owned(),
            Self::Cohort => "cohort".to_owned(),
            Self::Own(key) => key.to_owned(),
            Self::Note(map, parameter) => format!("{map}.{}", parameter.word()),
            Self::Grade(None) => "evidence_grade".to_owned(),
            Self::Grade(Some(parameter)) => format!("evidence_grade.{}", parameter.word()),
            Self::Range(parameter, end) => format!("range.{}[{end}]", parameter.word()),
        }
    }

    /// Its value; null where there is none.
    pub(crate) fn get(self, record: &Value) -> &Value {
        match self {
            Self::Id => &record["id"],
            Self::Cohort => &Value::Null,
            Self::Own(key) => &record[key],
            Self::Note(map, parameter) => &record[map][parameter.word()],
            Self::Grade(None) if record["evidence_grade"].is_object() => &Value::Null,
            Self::Grade(None) => &record["evidence_grade"],
            Self::Grade(Some(parameter)) => &record["evidence_grade"][parameter.word()],
            Self::Range(parameter, end) => &record["range"][parameter.word()][end],
        }
    }

    /// Sets or clears its value.
    pub(crate) fn set(self, record: &mut Map<String, Value>, value: Option<Value>) {
        match self {
            Self::Id => put(record, "id", value),
            // Grades are composed of all their cells at once.
            Self::Cohort | Self::Grade(_) => {}
            // Without a proxy the engine asks whether there is none or it was forgotten.
            Self::Own("proxy") => put(record, "proxy", Some(value.unwrap_or(Value::Null))),
            Self::Own(key) => put(record, key, value),
            Self::Note(map, parameter) => {
                change_inner(record, map, |notes| put(notes, parameter.word(), value));
            }
            Self::Range(parameter, end) => set_end(record, parameter, end, value),
        }
    }
}

fn put(record: &mut Map<String, Value>, key: &str, value: Option<Value>) {
    match value {
        Some(value) => record.insert(key.to_owned(), value),
        None => record.remove(key),
    };
}

/// Changes the object under a key; whatever else stood there is replaced, and an object that ends
/// up empty is taken away unless it was there before.
fn change_inner(
    record: &mut Map<String, Value>,
    key: &str,
    change: impl FnOnce(&mut Map<String, Value>),
) {
    let before = record.remove(key);
    let was_there = before.as_ref().is_some_and(Value::is_object);
    let mut map = match before {
        Some(Value::Object(map)) => map,
        _ => Map::new(),
    };
    change(&mut map);
    if was_there || !map.is_empty() {
        record.insert(key.to_owned(), Value::Object(map));
    }
}

/// One grade for all, or one for each: a letter for all fills the parameters without their own.
pub(crate) fn composed_grades(
    all: Option<Value>,
    own: &BTreeMap<Parameter, Value>,
) -> Option<Value> {
    if own.is_empty() {
        return all;
    }
    let grade = |parameter: Parameter| own.get(&parameter).cloned().or_else(|| all.clone());
    let grades = Parameter::ALL
        .into_iter()
        .filter_map(|parameter| Some((parameter.word().to_owned(), grade(parameter)?)));
    Some(Value::Object(grades.collect()))
}

fn set_end(record: &mut Map<String, Value>, of: Parameter, end: usize, value: Option<Value>) {
    change_inner(record, "range", |ranges| {
        let whole = |range: &Value| range.as_array().is_some_and(|ends| ends.len() == 2);
        let stands = ranges.remove(of.word()).filter(whole);
        let mut range = stands.unwrap_or_else(|| json!([null, null]));
        range[end] = value.unwrap_or(Value::Null);
        if range != json!([null, null]) {
            ranges.insert(of.word().to_owned(), range);
        }
    });
    if record
        .get("range")
        .is_some_and(|ranges| *ranges == json!({}))
    {
        record.remove("range");
    }
}

impl Column {
    /// What export writes for a record, and import takes as unchanged.
    pub(crate) fn written(&self, record: &Value) -> Content {
        let value = self.field.get(record);
        match (self.kind, value) {
            (_, Value::Null) => Content::Blank,
            (Kind::Decimal | Kind::Share | Kind::Whole(..), Value::String(text)) => {
                float_of(text).map_or_else(|| Content::of_text(text), Content::Number)
            }
            (Kind::Decimal | Kind::Share | Kind::Whole(..), Value::Number(number)) => {
                float_of(&number.to_string())
                    .map_or_else(|| Content::of_text(&number.to_string()), Content::Number)
            }
            (Kind::Library, Value::Object(_)) => Content::of_text(&library_text(value)),
            (_, Value::String(text)) => Content::of_text(text),
            (_, other) => Content::of_text(&other.to_string()),
        }
    }
}

impl Content {
    /// A text as a cell can hold it; blank when nothing is left.
    pub(crate) fn of_text(text: &str) -> Self {
        let clean = clean(text);
        if clean.is_empty() {
            Self::Blank
        } else {
            Self::Text(clean)
        }
    }

    /// Whether two cells say the same.
    pub(crate) fn says(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Number(left), Self::Number(right)) => same(*left, *right),
            (Self::Blank, Self::Blank) => true,
            (Self::Text(left), Self::Text(right)) => left == right,
            _ => false,
        }
    }
}

/// Without what a cell cannot hold: control characters, blanks around, and too much of it.
pub(crate) fn clean(text: &str) -> String {
    let unified = text.replace("\r\n", "\n").replace('\r', "\n");
    let kept = unified.chars().filter(|letter| {
        let control = letter.is_control() && !matches!(letter, '\n' | '\t');
        !control && !matches!(letter, '\u{fffe}' | '\u{ffff}')
    });
    let cut: String = kept.take(TEXT_CHARS_MAX).collect();
    cut.trim().to_owned()
}

/// A value as a difference shows it.
pub(crate) fn shown(value: &Value) -> String {
    if let Some(text) = value.as_str() {
        return text.to_owned();
    }
    if value["version"].is_null() {
        return value.to_string();
    }
    library_text(value)
}

/// A library entry as `id@version`.
fn library_text(entry: &Value) -> String {
    format!("{}@{}", shown(&entry["id"]), shown(&entry["version"]))
}
