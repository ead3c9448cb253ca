//! The content of a library entry, read with all its problems at once. A loaded library and a proposal go
//! through the same reader, so that nothing is published that nobody could have proposed.
use std::collections::BTreeSet;

use explain::{
    Problem, Problems, Text,
    json::Json,
    read::{self, Fields},
};
use money::Amount;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Where and in what money this product is at home: any other value needs a local basis.
const HOME_REGION: &str = "HK";
const HOME_CURRENCY: &str = "HKD";

/// Older prices say nothing about today's.
const PRICE_YEAR_FIRST: i64 = 1990;
const NAME_CHARS_MAX: usize = 120;
const DESCRIPTION_CHARS_MAX: usize = 2_000;
const UNIT_CHARS_MAX: usize = 60;
/// Source, licence, address.
const REFERENCE_CHARS_MAX: usize = 500;
const OUTCOMES_MAX: usize = 20;
const GRADES: [(&str, &str); 4] = [("A", "A"), ("B", "B"), ("C", "C"), ("D", "D")];

const FIELDS: [&str; 14] = [
    "name",
    "description",
    "value",
    "low",
    "high",
    "currency",
    "unit",
    "source",
    "source_url",
    "price_year",
    "region",
    "licence",
    "evidence_grade",
    "outcomes",
];

/// What one unit of an outcome is worth, and how that is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProxyEntry {
    /// Names.
    pub name: Text,
    /// What it measures and how it was found.
    pub description: Text,
    /// Value of one unit, in `currency`.
    pub value: Amount,
    /// Lower end of the range.
    pub low: Amount,
    /// Upper end of the range.
    pub high: Amount,
    /// `HKD`.
    pub currency: String,
    /// What is counted.
    pub unit: Text,
    /// Where the value is from.
    pub source: String,
    /// Its address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source_url: Option<String>,
    /// Year of its prices.
    pub price_year: i64,
    /// `HK`, by ISO 3166.
    pub region: String,
    /// On what terms the value may be used.
    pub licence: String,
    /// A to D.
    pub evidence_grade: String,
    /// Codes of the outcomes it prices.
    pub outcomes: Vec<String>,
    /// Made up for demonstration; its source says so.
    #[serde(default)]
    pub illustrative: bool,
}

/// What an entry is read against.
pub(crate) struct Known {
    /// Codes of the outcome catalogue.
    pub(crate) outcomes: BTreeSet<String>,
    /// Prices of a later year are not known yet.
    pub(crate) year_last: i64,
}

impl ProxyEntry {
    /// A value from elsewhere is never converted by an exchange rate: whoever uses it says why it holds here.
    pub fn needs_local_basis(&self) -> bool {
        self.region != HOME_REGION || self.currency != HOME_CURRENCY
    }

    /// Reads an entry; whether it is illustrative is not the proposer's to say.
    pub(crate) fn read(given: &Value, known: &Known) -> Result<Self, Problems> {
        let mut problems = Problems::new();
        let json = Json::from(given);
        let fields = Fields::of(&json, "", &mut problems);
        let entry = Self::from_fields(&fields, known, &mut problems);
        fields.refuse_unknown(&FIELDS, &mut problems);
        problems.into_result(entry)
    }

    fn from_fields(fields: &Fields<'_>, known: &Known, problems: &mut Problems) -> Option<Self> {
        let name = fields.want("name", problems, |json, path, problems| {
            both(json, path, NAME_CHARS_MAX, problems)
        });
        let description = fields.want("description", problems, |json, path, problems| {
            both(json, path, DESCRIPTION_CHARS_MAX, problems)
        });
        let value = fields.amount("value", problems);
        let low = fields.amount("low", problems);
        let high = fields.amount("high", problems);
        check_range(low, value, high, problems);
        let currency = capitals(fields, "currency", 3, HOME_CURRENCY, problems);
        let unit = fields.want("unit", problems, |json, path, problems| {
            both(json, path, UNIT_CHARS_MAX, problems)
        });
        let source = fields.want("source", problems, reference);
        let source_url = fields.given("source_url", problems, address).into_option();
        let price_year = fields.integer("price_year", PRICE_YEAR_FIRST, known.year_last, problems);
        let region = capitals(fields, "region", 2, HOME_REGION, problems);
        let licence = fields.want("licence", problems, reference);
        let evidence_grade = fields.want("evidence_grade", problems, |json, path, problems| {
            read::one_of(json, path, &GRADES, problems)
        });
        let outcomes = outcomes(fields, known, problems);
        Some(Self {
            name: name?,
            description: description?,
            value: value?,
            low: low?,
            high: high?,
            currency: currency?,
            unit: unit?,
            source: source?,
            source_url,
            price_year: price_year?,
            region: region?,
            licence: licence?,
            evidence_grade: evidence_grade?.to_owned(),
            outcomes: outcomes?,
            illustrative: false,
        })
    }
}

/// Words in both languages: the library is read in both.
fn both(json: &Json, path: &str, most: usize, problems: &mut Problems) -> Option<Text> {
    let fields = Fields::of(json, path, problems);
    let mut word = |key: &str| {
        fields.want(key, problems, |json, path, problems| {
            short(json, path, most, problems)
        })
    };
    let (en, zh) = (word("en"), word("zh"));
    fields.refuse_unknown(&["en", "zh"], problems);
    Some(Text::new(en?, zh?))
}

fn short(json: &Json, path: &str, most: usize, problems: &mut Problems) -> Option<String> {
    let text = read::text(json, path, problems)?.trim().to_owned();
    let count = text.chars().count();
    if count <= most {
        return Some(text);
    }
    let message = format!("{path} has {count} characters; at most {most} are allowed.");
    problems.push(
        Problem::new("too_long", path, message)
            .with("count", count.to_string())
            .with("most", most.to_string()),
    );
    None
}

fn reference(json: &Json, path: &str, problems: &mut Problems) -> Option<String> {
    short(json, path, REFERENCE_CHARS_MAX, problems)
}

/// An address that a reader can safely be sent to.
fn address(json: &Json, path: &str, problems: &mut Problems) -> Option<String> {
    let text = reference(json, path, problems)?;
    let rest = text.strip_prefix("https://").unwrap_or_default();
    if !rest.is_empty() && !text.contains(char::is_whitespace) {
        return Some(text);
    }
    problems.add(
        "not_address",
        path,
        format!("{path} must be an address such as \"https://www.example.org/report\"."),
    );
    None
}

/// A code of so many capital letters.
fn capitals(
    fields: &Fields<'_>,
    key: &str,
    letters: usize,
    example: &str,
    problems: &mut Problems,
) -> Option<String> {
    let code = fields.text(key, problems)?;
    if code.len() == letters && code.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return Some(code);
    }
    let path = fields.path_of(key);
    let message = format!("{path} must be {letters} capital letters, such as \"{example}\".");
    problems.push(Problem::new("not_code", path, message).with("example", example));
    None
}

fn check_range(
    low: Option<Amount>,
    value: Option<Amount>,
    high: Option<Amount>,
    problems: &mut Problems,
) {
    if value.is_some_and(|value| value <= Amount::ZERO) {
        problems.add(
            "not_positive",
            "value",
            "value must be above 0; a harm is a negative quantity, not a negative value.",
        );
    }
    if low.is_some_and(|low| low < Amount::ZERO) {
        problems.add("negative", "low", "low must be 0 or more.");
    }
    for (path, below, above) in [("low", low, value), ("high", value, high)] {
        if let (Some(below), Some(above)) = (below, above)
            && below > above
        {
            let message =
                format!("low, value and high must be in this order; {below} is more than {above}.");
            problems.push(
                Problem::new("range_order", path, message)
                    .with("below", below.to_string())
                    .with("above", above.to_string()),
            );
        }
    }
}

/// Codes of the catalogue, each once, at least one.
fn outcomes(fields: &Fields<'_>, known: &Known, problems: &mut Problems) -> Option<Vec<String>> {
    let mut seen = BTreeSet::new();
    let codes = fields.list("outcomes", OUTCOMES_MAX, problems, |json, path, problems| {
        let code = read::text(json, path, problems)?;
        if !known.outcomes.contains(&code) {
            problems.push(
                Problem::new(
                    "unknown_outcome",
                    path,
                    format!("{path} \"{code}\" is not in the outcome catalogue, such as \"staff_time_freed\"."),
                )
                .with("code", &code),
            );
            return None;
        }
        if !seen.insert(code.clone()) {
            problems.add(
                "duplicate_id",
                path,
                format!("{path} \"{code}\" is listed twice; list it once."),
            );
        }
        Some(code)
    })?;
    if codes.is_empty() {
        problems.add(
            "too_few",
            fields.path_of("outcomes"),
            "outcomes is empty; name at least one outcome that this prices.",
        );
    }
    Some(codes)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn known() -> Known {
        Known {
            outcomes: BTreeSet::from(["staff_time_freed".to_owned()]),
            year_last: 2026,
        }
    }

    fn given() -> Value {
        json!({
            "name": {"en": "Officer hour", "zh": "主任工時"},
            "description": {"en": "One hour.", "zh": "一小時。"},
            "value": "182.00", "low": "150.00", "high": "220.00", "currency": "HKD",
            "unit": {"en": "hour", "zh": "小時"},
            "source": "Own accounts 2025-26", "price_year": 2025, "region": "HK",
            "licence": "CC BY 4.0", "evidence_grade": "C", "outcomes": ["staff_time_freed"],
        })
    }

    fn found(given: &Value) -> Vec<(String, String)> {
        let problems = ProxyEntry::read(given, &known()).unwrap_err();
        let listed = problems.into_vec().into_iter();
        listed.map(|problem| (problem.path, problem.code)).collect()
    }

    #[test]
    fn an_entry_is_stored_as_it_was_read() {
        let entry = ProxyEntry::read(&given(), &known()).unwrap();
        let stored = serde_json::to_value(&entry).unwrap();
        assert_eq!(stored["value"], "182");
        assert_eq!(serde_json::from_value::<ProxyEntry>(stored).unwrap(), entry);
        assert!(!entry.needs_local_basis());
    }

    #[test]
    fn a_value_from_elsewhere_or_in_other_money_needs_a_local_basis() {
        for (key, value) in [("region", "GB"), ("currency", "GBP")] {
            let mut given = given();
            given[key] = json!(value);
            let entry = ProxyEntry::read(&given, &known()).unwrap();
            assert!(entry.needs_local_basis(), "{key}");
        }
    }

    #[test]
    fn every_problem_of_an_entry_is_listed_at_once() {
        let mut given = given();
        given["name"] = json!({"en": "Officer hour", "zh": " "});
        given["low"] = json!("190");
        given["high"] = json!(220.5);
        given["currency"] = json!("hkd");
        given["source_url"] = json!("javascript:alert(1)");
        given["price_year"] = json!(2027);
        given["evidence_grade"] = json!("E");
        given["outcomes"] = json!(["staff_time_freed", "happiness", "staff_time_freed"]);
        given["illustrative"] = json!(true);
        let expected = [
            ("name.zh", "blank"),
            ("high", "number_not_string"),
            ("low", "range_order"),
            ("currency", "not_code"),
            ("source_url", "not_address"),
            ("price_year", "out_of_range"),
            ("evidence_grade", "not_one_of"),
            ("outcomes[1]", "unknown_outcome"),
            ("outcomes[2]", "duplicate_id"),
            ("illustrative", "unknown_field"),
        ];
        let expected = expected.map(|(path, code)| (path.to_owned(), code.to_owned()));
        assert_eq!(found(&given), expected);
    }

    #[test]
    fn a_range_runs_from_low_over_value_to_high() {
        for (low, value, high, path, code) in [
            ("10", "9", "20", "low", "range_order"),
            ("1", "21", "20", "high", "range_order"),
            ("0", "0", "20", "value", "not_positive"),
            ("-1", "9", "20", "low", "negative"),
        ] {
            let mut given = given();
            given["low"] = json!(low);
            given["value"] = json!(value);
            given["high"] = json!(high);
            assert_eq!(found(&given), [(path.to_owned(), code.to_owned())]);
        }
        let mut equal = given();
        equal["low"] = json!("182");
        equal["high"] = json!("182.00");
        assert!(ProxyEntry::read(&equal, &known()).is_ok());
    }
}
