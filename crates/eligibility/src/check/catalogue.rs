//! The facts that criteria may name, each with what it is: the data against which a rule set is
//! checked when it is saved.
use std::collections::BTreeMap;

use explain::{
    Problems,
    json::Json,
    read::{self, Fields},
};
use money::Decimal;

use super::types::{Range, Type, Unit};

/// Most facts of a catalogue.
const FACTS_MAX: usize = 1_000;
/// Most codes of one fact.
const CODES_MAX: usize = 500;

/// Facts by path; items of a list stand under `list[]` and `list[].key`.
#[derive(Debug, Clone)]
pub struct Catalogue {
    facts: BTreeMap<String, Type>,
}

impl Catalogue {
    /// Reads `{"facts":[{"path","type","options"?:["code"],"min"?:"0"|null}]}`; anything else in
    /// it is documentation.
    pub fn try_new(json: &Json) -> Result<Self, Problems> {
        let mut problems = Problems::new();
        let fields = Fields::of(json, "", &mut problems);
        let facts = fields.list("facts", FACTS_MAX, &mut problems, fact);
        let facts = facts.map(|facts| Self {
            facts: facts.into_iter().collect(),
        });
        problems.into_result(facts)
    }

    /// What the fact is; none when it is not catalogued.
    pub(super) fn find(&self, path: &str) -> Option<&Type> {
        self.facts.get(path)
    }

    /// Whether facts of this list's items are catalogued.
    pub(super) fn has_items(&self, list: &str) -> bool {
        let start = format!("{list}[]");
        self.facts
            .range(start.clone()..)
            .next()
            .is_some_and(|(path, _)| path.starts_with(&start))
    }

    /// A path that looks like this one, for a message.
    pub(super) fn nearest(&self, path: &str) -> &str {
        let shared = |other: &str| {
            let same = path.chars().zip(other.chars()).take_while(|(a, b)| a == b);
            let tail = path
                .chars()
                .rev()
                .zip(other.chars().rev())
                .take_while(|(a, b)| a == b);
            same.count() + tail.count()
        };
        self.facts
            .keys()
            .max_by_key(|other| shared(other))
            .map_or("org.subvention_mode", String::as_str)
    }
}

fn fact(json: &Json, path: &str, problems: &mut Problems) -> Option<(String, Type)> {
    let fields = Fields::of(json, path, problems);
    let name = fields.text("path", problems)?;
    let word = fields.text("type", problems)?;
    let codes = fields.given("options", problems, |json, path, problems| {
        read::list(json, path, CODES_MAX, problems, read::text)
    });
    let codes = codes.into_option().unwrap_or_default();
    let low = match fields.get("min") {
        None => Some(Decimal::ZERO),
        Some(Json::Null) => None,
        Some(_) => fields.want("min", problems, read::decimal),
    };
    let number = |unit, high| Type::Number(unit, Range { low, high });
    let found = match word.as_str() {
        "hkd" => number(Unit::Money, None),
        "share" => number(Unit::Share, Some(Decimal::ONE)),
        "rate" => number(Unit::Share, None),
        "decimal" => number(Unit::Plain, None),
        "integer" => number(Unit::Count, None),
        "date" => Type::Date,
        "financial_year" => Type::Year,
        "boolean" => Type::Boolean,
        "code" => Type::Code(codes),
        "list" | "share_table" => Type::List(codes),
        "object" | "record" => Type::Record,
        "text" | "long_text" | "bilingual_text" | "file_name" => Type::Text,
        other => {
            let at = fields.path_of("type");
            let message = format!("{at} \"{other}\" is not a type; write one such as \"hkd\".");
            problems.add("unknown_type", &at, message);
            return None;
        }
    };
    Some((name, found))
}
