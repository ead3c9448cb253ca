//! Reading a document so that **all** its problems come out at once, each with its path.
//!
//! ```
//! use explain::{json::Json, read::{Fields, Given}, Problems};
//! let body = Json::parse(r#"{"name":"Grant","amount":5,"extra":1}"#).unwrap();
//! let mut problems = Problems::new();
//! let fields = Fields::of(&body, "", &mut problems);
//! let name = fields.text("name", &mut problems);
//! let amount = fields.amount("amount", &mut problems);
//! fields.refuse_unknown(&["name", "amount"], &mut problems);
//! assert_eq!(name.as_deref(), Some("Grant"));
//! assert!(amount.is_none());
//! let codes: Vec<_> = problems.as_slice().iter().map(|p| p.code.as_str()).collect();
//! assert_eq!(codes, ["number_not_string", "unknown_field"]);
//! ```
use std::collections::BTreeSet;

use money::{Amount, Decimal, Hkd, Share};

use crate::{Problem, Problems, json::Json};

mod values;

pub use values::*;

/// A key that may be missing (unknown), null (stated as none) or given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Given<T> {
    /// The key is not there: unknown.
    Missing,
    /// `null`: stated as none.
    None,
    /// A value.
    Some(T),
}

impl<T> Given<T> {
    /// The value, where missing and none come to the same.
    pub fn into_option(self) -> Option<T> {
        match self {
            Self::Missing | Self::None => None,
            Self::Some(value) => Some(value),
        }
    }
}

/// The fields of one object and where it stands in the document.
#[derive(Debug, Clone)]
pub struct Fields<'a> {
    path: String,
    entries: &'a [(String, Json)],
}

/// Adds a key or position to a path: `outcomes[2].deadweight`.
pub fn join(path: &str, key: &str) -> String {
    if path.is_empty() {
        key.to_owned()
    } else {
        format!("{path}.{key}")
    }
}

impl<'a> Fields<'a> {
    /// The fields of `json`, which should be an object; duplicate keys are refused here.
    pub fn of(json: &'a Json, path: &str, problems: &mut Problems) -> Self {
        let entries: &'a [(String, Json)] = if let Json::Object(entries) = json {
            entries
        } else {
            problems.add(
                "not_object",
                path,
                format!(
                    "{} must be an object such as {{…}}, not {}.",
                    values::name(path),
                    json.kind()
                ),
            );
            &[]
        };
        let mut seen = BTreeSet::new();
        for (key, _) in entries {
            if !seen.insert(key.as_str()) {
                let at = join(path, key);
                problems.add(
                    "duplicate_key",
                    &at,
                    format!("{at} is given twice; give it once."),
                );
            }
        }
        Self {
            path: path.to_owned(),
            entries,
        }
    }

    /// Where this object stands.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The path of one of its fields.
    pub fn path_of(&self, key: &str) -> String {
        join(&self.path, key)
    }

    /// The keys in the order written.
    pub fn keys(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.entries.iter().map(|(key, _)| key.as_str())
    }

    /// The raw value under a key.
    pub fn get(&self, key: &str) -> Option<&'a Json> {
        self.entries
            .iter()
            .find(|(name, _)| name == key)
            .map(|(_, value)| value)
    }

    /// The raw value under a key that must be there.
    pub fn required(&self, key: &str, problems: &mut Problems) -> Option<&'a Json> {
        let found = self.get(key);
        if found.is_none() {
            let at = self.path_of(key);
            problems.add("missing", &at, format!("{at} is missing; give it a value."));
        }
        found
    }

    /// Refuses every key that is not in `known`.
    pub fn refuse_unknown(&self, known: &[&str], problems: &mut Problems) {
        for (key, _) in self.entries {
            if !known.contains(&key.as_str()) {
                let at = self.path_of(key);
                problems.push(
                    Problem::new(
                        "unknown_field",
                        &at,
                        format!(
                            "{at} is not a field here; known fields are {}.",
                            known.join(", ")
                        ),
                    )
                    .with("known", known.join(", ")),
                );
            }
        }
    }

    /// A field read by `read`, which must be there and not be null.
    pub fn want<T>(
        &self,
        key: &str,
        problems: &mut Problems,
        read: impl FnOnce(&'a Json, &str, &mut Problems) -> Option<T>,
    ) -> Option<T> {
        let json = self.required(key, problems)?;
        read(json, &self.path_of(key), problems)
    }

    /// A field read by `read` that may be missing or null.
    pub fn given<T>(
        &self,
        key: &str,
        problems: &mut Problems,
        read: impl FnOnce(&'a Json, &str, &mut Problems) -> Option<T>,
    ) -> Given<T> {
        match self.get(key) {
            None => Given::Missing,
            Some(Json::Null) => Given::None,
            // A value that could not be read has left a problem; none is the harmless stand-in.
            Some(json) => read(json, &self.path_of(key), problems).map_or(Given::None, Given::Some),
        }
    }

    /// Required text that is not blank.
    pub fn text(&self, key: &str, problems: &mut Problems) -> Option<String> {
        self.want(key, problems, text)
    }

    /// A required amount as a decimal string.
    pub fn amount(&self, key: &str, problems: &mut Problems) -> Option<Amount> {
        self.want(key, problems, amount)
    }

    /// A required whole-cent amount as a decimal string.
    pub fn hkd(&self, key: &str, problems: &mut Problems) -> Option<Hkd> {
        self.want(key, problems, hkd)
    }

    /// A required decimal as a string.
    pub fn decimal(&self, key: &str, problems: &mut Problems) -> Option<Decimal> {
        self.want(key, problems, decimal)
    }

    /// A required share between 0 and 1 as a decimal string.
    pub fn share(&self, key: &str, problems: &mut Problems) -> Option<Share> {
        self.want(key, problems, share)
    }

    /// A required whole number within bounds.
    pub fn integer(&self, key: &str, low: i64, high: i64, problems: &mut Problems) -> Option<i64> {
        self.want(key, problems, |json, path, problems| {
            integer(json, path, low, high, problems)
        })
    }

    /// A required list of at most `most` items, each read with its path.
    pub fn list<T>(
        &self,
        key: &str,
        most: usize,
        problems: &mut Problems,
        read: impl FnMut(&'a Json, &str, &mut Problems) -> Option<T>,
    ) -> Option<Vec<T>> {
        let json = self.required(key, problems)?;
        list(json, &self.path_of(key), most, problems, read)
    }

    /// Refuses any format but 1 (missing counts as 1).
    pub fn format_one(&self, problems: &mut Problems) {
        match self.get("format") {
            None | Some(Json::Integer(1)) => {}
            Some(_) => {
                let at = self.path_of("format");
                problems.add("unsupported_format", &at, "format must be 1, or left out.");
            }
        }
    }
}
