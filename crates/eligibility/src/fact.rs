//! Facts as a tree that is read once: each text is sorted into number, date or words at the door,
//! so that a comparison never parses.
use chrono::NaiveDate;
use explain::{
    Problems, date_from_text,
    json::{DEPTH_MAX, Json},
    read::{self, Fields},
};
use money::{Decimal, decimal_from_text, normal_text};

use crate::value::Value;

/// Most items a list of facts may have; rules walk lists inside lists, so this bounds the work.
pub const LIST_ITEMS_MAX: usize = 500;

/// The keys under which facts may stand.
pub(crate) const ROOTS: [&str; 5] = ["org", "project", "application", "round", "rulesets"];

/// Endings of keys whose values are decimal strings by convention.
const MONEY_ENDING: &str = "_hkd";
const SHARE_ENDING: &str = "_share";
const RATE_ENDING: &str = "_rate";

/// One fact or constant. Empty text is stored as `Null`: both mean "stated as none".
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Fact {
    Null,
    Bool(bool),
    Whole(i64),
    Text(FactText),
    List(Vec<Fact>),
    Object(Vec<(String, Fact)>),
}

/// Text with what it can be compared as.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct FactText {
    pub(crate) raw: String,
    pub(crate) meaning: Meaning,
}

/// What a text can be compared as, besides text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Meaning {
    Words,
    Number(Decimal),
    Date(NaiveDate),
}

impl FactText {
    fn new(raw: &str) -> Self {
        let starts_like_number = raw
            .bytes()
            .next()
            .is_some_and(|byte| byte == b'-' || byte.is_ascii_digit());
        let meaning = if !starts_like_number {
            Meaning::Words
        } else if let Some(date) = date_from_text(raw) {
            Meaning::Date(date)
        } else if let Ok(number) = decimal_from_text(raw) {
            Meaning::Number(number)
        } else {
            Meaning::Words
        };
        Self {
            raw: raw.to_owned(),
            meaning,
        }
    }
}

/// Whether a key names an amount of money.
pub(crate) fn is_money_key(key: &str) -> bool {
    key.ends_with(MONEY_ENDING)
}

/// Whether a key names a share of a whole.
pub(crate) fn is_share_key(key: &str) -> bool {
    key.ends_with(SHARE_ENDING)
}

impl Fact {
    /// Reads a tree, listing every value that loses digits, every key given twice and every
    /// amount that is not a decimal in text. A part that could not be read becomes `Null`.
    pub(crate) fn read(json: &Json, path: &str, problems: &mut Problems) -> Self {
        Self::read_at(json, path, 0, problems)
    }

    fn read_at(json: &Json, path: &str, depth: usize, problems: &mut Problems) -> Self {
        if depth > DEPTH_MAX {
            problems.add(
                "too_deep",
                path,
                format!("{path} is nested more than {DEPTH_MAX} levels deep; flatten it."),
            );
            return Self::Null;
        }
        match json {
            Json::Null => Self::Null,
            Json::Bool(flag) => Self::Bool(*flag),
            Json::Integer(number) => Self::Whole(*number),
            Json::Fraction => {
                refuse_fraction(path, problems);
                Self::Null
            }
            Json::Text(text) if text.is_empty() => Self::Null,
            Json::Text(_) => read::any_text(json, path, problems)
                .map_or(Self::Null, |text| Self::Text(FactText::new(&text))),
            Json::List(_) => read::list(
                json,
                path,
                LIST_ITEMS_MAX,
                problems,
                |item, path, problems| Some(Self::read_at(item, path, depth + 1, problems)),
            )
            .map_or(Self::Null, Self::List),
            Json::Object(entries) => {
                let fields = Fields::of(json, path, problems);
                Self::Object(
                    entries
                        .iter()
                        .map(|(key, item)| {
                            let at = fields.path_of(key);
                            check_decimal_key(key, item, &at, problems);
                            (key.clone(), Self::read_at(item, &at, depth + 1, problems))
                        })
                        .collect(),
                )
            }
        }
    }

    /// A text as it would be read.
    pub(crate) fn text(raw: &str) -> Self {
        if raw.is_empty() {
            Self::Null
        } else {
            Self::Text(FactText::new(raw))
        }
    }

    /// The place under a dotted path, made where it is not there yet; none below a plain value.
    pub(crate) fn entry(&mut self, path: &[String]) -> Option<&mut Self> {
        let mut here = self;
        for key in path {
            if matches!(here, Self::Null) {
                *here = Self::Object(Vec::new());
            }
            let Self::Object(entries) = here else {
                return None;
            };
            let position = entries.iter().position(|(name, _)| name == key);
            let position = position.unwrap_or_else(|| {
                entries.push((key.clone(), Self::Null));
                entries.len() - 1
            });
            here = &mut entries.get_mut(position)?.1;
        }
        Some(here)
    }

    /// The value under a dotted path; whatever lies below "stated as none" is none too.
    pub(crate) fn find(&self, path: &[String]) -> Value<'_> {
        let mut here = self;
        for key in path {
            here = match here {
                Self::Object(entries) => match entries.iter().find(|(name, _)| name == key) {
                    Some((_, found)) => found,
                    None => return Value::Missing,
                },
                Self::Null => return Value::Nothing,
                Self::Bool(_) | Self::Whole(_) | Self::Text(_) | Self::List(_) => {
                    return Value::Missing;
                }
            };
        }
        Value::of(here)
    }

    /// The tree for hashing: numbers in their shortest form, except at the paths in `verbatim`,
    /// where a rule looks at the characters themselves.
    pub(crate) fn to_normal_json(&self, path: &str, verbatim: &[String]) -> serde_json::Value {
        use serde_json::Value as Out;
        match self {
            Self::Null => Out::Null,
            Self::Bool(flag) => Out::Bool(*flag),
            Self::Whole(number) => Out::from(*number),
            Self::Text(text) => match text.meaning {
                Meaning::Number(number) if !verbatim.iter().any(|kept| kept == path) => {
                    Out::String(normal_text(number))
                }
                Meaning::Number(_) | Meaning::Words | Meaning::Date(_) => {
                    Out::String(text.raw.clone())
                }
            },
            Self::List(items) => {
                let at = format!("{path}[]");
                Out::Array(
                    items
                        .iter()
                        .map(|item| item.to_normal_json(&at, verbatim))
                        .collect(),
                )
            }
            Self::Object(entries) => Out::Object(
                entries
                    .iter()
                    .map(|(key, item)| {
                        let at = read::join(path, key);
                        (key.clone(), item.to_normal_json(&at, verbatim))
                    })
                    .collect(),
            ),
        }
    }
}

/// A JSON number with a fraction has lost digits before it reached us.
pub(crate) fn refuse_fraction(path: &str, problems: &mut Problems) {
    problems.add(
        "number_not_string",
        path,
        format!("{path} must be a string such as \"12.5\", because JSON numbers lose digits."),
    );
}

/// Amounts, shares and rates are decimal strings; a wrong one would silently compare as text.
fn check_decimal_key(key: &str, json: &Json, path: &str, problems: &mut Problems) {
    let none = matches!(json, Json::Null) || matches!(json, Json::Text(text) if text.is_empty());
    if none || matches!(json, Json::Fraction) {
        return;
    }
    if is_money_key(key) {
        read::amount(json, path, problems);
    } else if is_share_key(key) || key.ends_with(RATE_ENDING) {
        read::decimal(json, path, problems);
    }
}

/// What is known about an application: organisation, project, application and the results of
/// rule sets that ran elsewhere. A missing key is unknown; `null` and `""` are "stated as none".
#[derive(Debug, Clone, PartialEq)]
pub struct Facts {
    root: Fact,
}

impl Facts {
    /// Reads `{"org":{…},"project":{…},"application":{…},"rulesets":{"<name>":true}}`.
    pub fn try_new(json: &Json) -> Result<Self, Problems> {
        let mut problems = Problems::new();
        let facts = Self::read(json, "", &mut problems);
        crate::once(problems).into_result(Some(facts))
    }

    pub(crate) fn read(json: &Json, path: &str, problems: &mut Problems) -> Self {
        let fields = Fields::of(json, path, problems);
        fields.refuse_unknown(&ROOTS, problems);
        for key in ROOTS {
            if let Some(part) = fields.get(key)
                && !matches!(part, Json::Object(_) | Json::Null)
            {
                Fields::of(part, &fields.path_of(key), problems);
            }
        }
        if let Some(Json::Object(results)) = fields.get("rulesets") {
            for (name, result) in results {
                if !matches!(result, Json::Null) {
                    let at = format!("{}.{name}", fields.path_of("rulesets"));
                    read::boolean(result, &at, problems);
                }
            }
        }
        Self {
            root: Fact::read(json, path, problems),
        }
    }

    /// The day of submission, by which dated criteria are chosen.
    pub(crate) fn submitted_on(&self) -> Option<NaiveDate> {
        let path = ["application", "submitted_on"].map(str::to_owned);
        self.root.find(&path).date()
    }

    pub(crate) const fn root(&self) -> &Fact {
        &self.root
    }
}
