//! Values as they leave: JSON for programs, words for people in both languages.
use chrono::{Datelike, NaiveDate};
use explain::Text;
use money::{Decimal, exact_text, fixed_text, normal_text, round_half_away};
use serde_json::Value as Out;

use crate::{
    Compiled,
    evaluate::Threshold,
    fact::{Fact, Meaning},
    value::{Number, Value},
};

/// How a number is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    /// HK$, two places.
    Money,
    /// Per cent for people.
    Share,
    Plain,
}

/// The two languages of the platform.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Language {
    En,
    Zh,
}

/// Longest text from an applicant that is repeated in a message.
const QUOTED_CHARS_MAX: usize = 60;
/// What stands where nothing is known.
const NOT_KNOWN: &str = "—";

/// A value for programs: counts are integers, other numbers decimal strings.
pub(crate) fn json(value: Value<'_>, style: Style) -> Out {
    match value {
        Value::Missing | Value::Nothing | Value::Backwards => Out::Null,
        Value::Bool(flag) => Out::Bool(flag),
        Value::Number(number) => number_json(number, style),
        Value::Text(text) => match text.meaning {
            Meaning::Number(value) if style == Style::Money => Out::String(fixed_text(value, 2)),
            Meaning::Number(value) => Out::String(normal_text(value)),
            Meaning::Words | Meaning::Date(_) => Out::String(text.raw.clone()),
        },
        Value::List(items) => Out::Array(
            items
                .iter()
                .map(|item| json(Value::of(item), style))
                .collect(),
        ),
        Value::Object(entries) => Out::Object(
            entries
                .iter()
                .map(|(key, item)| (key.clone(), json(Value::of(item), style)))
                .collect(),
        ),
    }
}

/// A number for programs.
pub(crate) fn number_json(number: Number, style: Style) -> Out {
    match i64::try_from(number.value) {
        Ok(count) if number.whole && style != Style::Money => Out::from(count),
        Ok(_) | Err(_) if style == Style::Money => Out::String(fixed_text(number.value, 2)),
        Ok(_) | Err(_) => Out::String(exact_text(number.value)),
    }
}

/// A threshold for programs; a range is a list of its two ends.
pub(crate) fn threshold_json(threshold: Threshold<'_>, style: Style) -> Out {
    match threshold {
        Threshold::None => Out::Null,
        Threshold::One(value) => json(value, style),
        Threshold::Range(low, high) => Out::Array(vec![json(low, style), json(high, style)]),
        Threshold::Pattern(pattern) => match pattern {
            Fact::Text(text) => Out::String(text.raw.clone()),
            Fact::Null | Fact::Bool(_) | Fact::Whole(_) | Fact::List(_) | Fact::Object(_) => {
                Out::Null
            }
        },
    }
}

/// A value for people.
pub(crate) fn words(
    value: Value<'_>,
    style: Style,
    language: Language,
    compiled: &Compiled,
) -> String {
    match value {
        Value::Missing | Value::Nothing | Value::Backwards | Value::Object(_) => {
            NOT_KNOWN.to_owned()
        }
        Value::Bool(flag) => match (language, flag) {
            (Language::En, true) => "yes",
            (Language::En, false) => "no",
            (Language::Zh, true) => "是",
            (Language::Zh, false) => "否",
        }
        .to_owned(),
        Value::Number(number) => number_words(number.value, style),
        Value::Text(text) => match text.meaning {
            Meaning::Number(value) if style != Style::Plain => number_words(value, style),
            Meaning::Date(date) => date_words(date, language),
            Meaning::Words | Meaning::Number(_) => code_words(&text.raw, language, compiled),
        },
        Value::List(items) => listed(
            items
                .iter()
                .map(|item| words(Value::of(item), style, language, compiled)),
            language,
        ),
    }
}

/// Several words with the language's own comma.
pub(crate) fn listed(items: impl Iterator<Item = String>, language: Language) -> String {
    let items: Vec<String> = items.collect();
    match language {
        _ if items.is_empty() => NOT_KNOWN.to_owned(),
        Language::En => items.join(", "),
        Language::Zh => items.join("、"),
    }
}

/// A number for people: HK$1,234,567.89, 25%, 36.
pub(crate) fn number_words(value: Decimal, style: Style) -> String {
    match style {
        Style::Money => money_words(value),
        Style::Share => value.checked_mul(Decimal::ONE_HUNDRED).map_or_else(
            || NOT_KNOWN.to_owned(),
            |percent| format!("{}%", normal_text(round_half_away(percent, 2))),
        ),
        Style::Plain => normal_text(value),
    }
}

fn money_words(value: Decimal) -> String {
    let text = fixed_text(value, 2);
    let (sign, digits) = text
        .strip_prefix('-')
        .map_or(("", text.as_str()), |digits| ("-", digits));
    let (whole, cents) = digits.split_once('.').unwrap_or((digits, "00"));
    let mut grouped = String::with_capacity(whole.len() + whole.len() / 3);
    for (position, digit) in whole.chars().enumerate() {
        if position > 0 && (whole.len() - position) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    format!("{sign}HK${grouped}.{cents}")
}

fn date_words(date: NaiveDate, language: Language) -> String {
    match language {
        Language::En => date.format("%-d %B %Y").to_string(),
        Language::Zh => format!("{}年{}月{}日", date.year(), date.month(), date.day()),
    }
}

/// A code in the words of the rule file; text of the applicant's own, cut when it is long.
fn code_words(raw: &str, language: Language, compiled: &Compiled) -> String {
    match compiled.word(raw) {
        Some(text) => one(text, language).to_owned(),
        None if raw.chars().count() > QUOTED_CHARS_MAX => {
            raw.chars().take(QUOTED_CHARS_MAX).chain(['…']).collect()
        }
        None => raw.to_owned(),
    }
}

/// The text in one language.
pub(crate) fn one(text: &Text, language: Language) -> &str {
    match language {
        Language::En => &text.en,
        Language::Zh => &text.zh,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_grouped_by_thousands() {
        let shown = |text: &str| money_words(text.parse().unwrap());
        assert_eq!(shown("1234567.891"), "HK$1,234,567.89");
        assert_eq!(shown("500000"), "HK$500,000.00");
        assert_eq!(shown("0.01"), "HK$0.01");
        assert_eq!(shown("-123456"), "-HK$123,456.00");
    }

    #[test]
    fn dates_are_written_as_each_language_writes_them() {
        let day = explain::date_from_text("2024-06-01").unwrap();
        assert_eq!(date_words(day, Language::En), "1 June 2024");
        assert_eq!(date_words(day, Language::Zh), "2024年6月1日");
    }
}
