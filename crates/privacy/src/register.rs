//! The register of personal fields: what is held about people, whose it is, what for, how it is guarded, for how long
//! and what happens then. It is data (`register.json`), so that a command lists it, the retention job takes its
//! periods from it, and a test holds it against every column of the database.
use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

/// The file, compiled in: the periods that are enforced are those that were reviewed.
const FILE: &str = include_str!("../register.json");

/// The same words in English and in Hong Kong Chinese.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// English.
    pub en: String,
    /// Chinese.
    pub zh: String,
}

/// How a field is guarded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Guard {
    /// Sealed with the person's key.
    Sealed,
    /// Kept as a hash only.
    Hashed,
    /// Readable by one database role that no other data is reachable with.
    Identity,
    /// Readable under the row-level security of one organisation.
    Organisation,
    /// Readable by everybody who signs in.
    Open,
}

impl Guard {
    /// The stable name.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Sealed => "sealed",
            Self::Hashed => "hashed",
            Self::Identity => "identity",
            Self::Organisation => "organisation",
            Self::Open => "open",
        }
    }
}

/// For how long something is kept, and what happens then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Class {
    /// `session`.
    pub code: String,
    /// Days after its end; none: there is no day on which it ends by itself.
    pub days: Option<i32>,
    /// What happens after that, or what else ends it.
    pub then: Words,
}

/// Whose data, and on what ground it is held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ground {
    /// `member`, `invited`, `visitor`, `named`.
    pub whose: String,
    /// Why it may be held, by the data protection principles of the Personal Data (Privacy) Ordinance.
    pub ground: Words,
}

/// One field about a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// `identity.users.name`; a part of a document has its path after a `#`.
    pub field: String,
    /// Whose: a [`Ground`] by its word.
    pub whose: String,
    /// What for.
    pub purpose: Words,
    /// Code of its [`Class`].
    pub class: String,
    /// How it is guarded.
    pub guard: Guard,
    /// Whether erasing the person ends it.
    pub erased: bool,
}

/// What is held about people, and what is not about anybody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Register {
    /// Whose data are held, and on what ground.
    pub grounds: Vec<Ground>,
    /// Classes of retention.
    pub classes: Vec<Class>,
    /// The fields.
    pub fields: Vec<Field>,
    /// Columns that say nothing about a person, by table. `*`: the whole table.
    pub nothing: BTreeMap<String, Vec<String>>,
}

/// Why the register cannot be read.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("the register of personal fields: {0}")]
pub struct RegisterError(String);

impl Register {
    /// Reads the register that is compiled in.
    pub fn read() -> Result<Self, RegisterError> {
        let read: Self =
            serde_json::from_str(FILE).map_err(|error| RegisterError(error.to_string()))?;
        let classes: BTreeSet<&str> = read.classes.iter().map(|one| one.code.as_str()).collect();
        let people: BTreeSet<&str> = read.grounds.iter().map(|one| one.whose.as_str()).collect();
        let unknown = read.fields.iter().find(|field| {
            !classes.contains(field.class.as_str()) || !people.contains(field.whose.as_str())
        });
        match unknown {
            Some(field) => Err(RegisterError(format!(
                "{} is about {} and of class {}, one of which is not there",
                field.field, field.whose, field.class
            ))),
            None => Ok(read),
        }
    }

    /// A class by its code.
    pub fn class(&self, code: &str) -> Option<&Class> {
        self.classes.iter().find(|class| class.code == code)
    }

    /// The fields of a table.
    pub fn of_table<'a>(&'a self, table: &'a str) -> impl Iterator<Item = &'a Field> {
        self.fields.iter().filter(move |field| {
            let column = field.field.strip_prefix(table);
            column.is_some_and(|rest| rest.starts_with('.'))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_stands_once_and_every_class_is_used() {
        let register = Register::read().unwrap();
        let fields: BTreeSet<&str> = register
            .fields
            .iter()
            .map(|one| one.field.as_str())
            .collect();
        assert_eq!(fields.len(), register.fields.len());
        for class in &register.classes {
            let used = register
                .fields
                .iter()
                .any(|field| field.class == class.code);
            assert!(used, "{}", class.code);
        }
    }

    #[test]
    fn both_languages_say_something() {
        let register = Register::read().unwrap();
        let purposes = register.fields.iter().map(|field| &field.purpose);
        let classes = register.classes.iter().map(|class| &class.then);
        let grounds = register.grounds.iter().map(|ground| &ground.ground);
        for words in purposes.chain(classes).chain(grounds) {
            assert!(
                words.en.len() > 10 && words.zh.chars().count() > 4,
                "{words:?}"
            );
        }
    }

    #[test]
    fn what_is_sealed_ends_with_the_person() {
        let register = Register::read().unwrap();
        let kept = register
            .fields
            .iter()
            .find(|field| field.guard == Guard::Sealed && !field.erased);
        assert_eq!(kept, None);
    }
}
