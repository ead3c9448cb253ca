//! Reading one value of each kind: text, amounts, shares, whole numbers, dates, words, lists. What cannot
//! be read leaves a problem that names the path, the cause and an example.
use chrono::NaiveDate;
use money::{Amount, Decimal, Hkd, Share};

use crate::{FinancialYear, Problem, Problems, date_from_text, json::Json};

/// Longest text that a calculator reads, in characters.
pub const TEXT_CHARS_MAX: usize = 20_000;

pub(super) fn name(path: &str) -> &str {
    if path.is_empty() {
        "The document"
    } else {
        path
    }
}

/// Text that is not blank.
pub fn text(json: &Json, path: &str, problems: &mut Problems) -> Option<String> {
    let text = any_text(json, path, problems)?;
    if text.trim().is_empty() {
        problems.add("blank", path, format!("{path} is empty; give some text."));
        return None;
    }
    Some(text)
}

/// Text that may be empty.
pub fn any_text(json: &Json, path: &str, problems: &mut Problems) -> Option<String> {
    match json {
        Json::Text(text) if text.chars().count() <= TEXT_CHARS_MAX => Some(text.clone()),
        Json::Text(_) => {
            problems.add(
                "too_long",
                path,
                format!("{path} is longer than {TEXT_CHARS_MAX} characters."),
            );
            None
        }
        Json::Null
        | Json::Bool(_)
        | Json::Integer(_)
        | Json::Fraction
        | Json::List(_)
        | Json::Object(_) => {
            problems.add(
                "not_text",
                path,
                format!(
                    "{} must be text such as \"abc\", not {}.",
                    name(path),
                    json.kind()
                ),
            );
            None
        }
    }
}

/// A decimal string.
pub fn decimal(json: &Json, path: &str, problems: &mut Problems) -> Option<Decimal> {
    parsed(json, path, problems, "12.5", money::decimal_from_text)
}

/// A decimal string read as an amount.
pub fn amount(json: &Json, path: &str, problems: &mut Problems) -> Option<Amount> {
    parsed(json, path, problems, "50000.00", Amount::try_from_text)
}

/// A decimal string read as whole cents.
pub fn hkd(json: &Json, path: &str, problems: &mut Problems) -> Option<Hkd> {
    parsed(json, path, problems, "50000.00", Hkd::try_from_text)
}

/// A decimal string read as a share between 0 and 1.
pub fn share(json: &Json, path: &str, problems: &mut Problems) -> Option<Share> {
    parsed(json, path, problems, "0.30", Share::try_from_text)
}

fn parsed<T>(
    json: &Json,
    path: &str,
    problems: &mut Problems,
    example: &str,
    parse: impl FnOnce(&str) -> Result<T, money::MoneyError>,
) -> Option<T> {
    let problem = match json {
        Json::Text(text) => match parse(text) {
            Ok(value) => return Some(value),
            Err(error) => Problem::new(
                error.code(),
                path,
                format!(
                    "{path} \"{}\" {error}; write it like \"{example}\".",
                    shortened(text)
                ),
            ),
        },
        Json::Integer(_) | Json::Fraction => Problem::new(
            "number_not_string",
            path,
            format!(
                "{path} must be a string such as \"{example}\", because JSON numbers lose digits."
            ),
        ),
        Json::Null | Json::Bool(_) | Json::List(_) | Json::Object(_) => Problem::new(
            "not_decimal",
            path,
            format!(
                "{path} must be a decimal string such as \"{example}\", not {}.",
                json.kind()
            ),
        ),
    };
    problems.push(problem.with("example", example));
    None
}

fn shortened(text: &str) -> String {
    const SHOWN_CHARS_MAX: usize = 40;
    if text.chars().count() <= SHOWN_CHARS_MAX {
        return text.to_owned();
    }
    text.chars().take(SHOWN_CHARS_MAX).chain(['…']).collect()
}

/// A whole number within bounds.
pub fn integer(
    json: &Json,
    path: &str,
    low: i64,
    high: i64,
    problems: &mut Problems,
) -> Option<i64> {
    let problem = match json {
        Json::Integer(number) if (low..=high).contains(number) => return Some(*number),
        Json::Integer(number) => Problem::new(
            "out_of_range",
            path,
            format!("{path} is {number}; it must be a whole number from {low} to {high}."),
        ),
        Json::Null
        | Json::Bool(_)
        | Json::Fraction
        | Json::Text(_)
        | Json::List(_)
        | Json::Object(_) => Problem::new(
            "not_integer",
            path,
            format!(
                "{path} must be a whole number from {low} to {high}, such as {low}, not {}.",
                json.kind()
            ),
        ),
    };
    problems.push(
        problem
            .with("low", low.to_string())
            .with("high", high.to_string()),
    );
    None
}

/// `true` or `false`.
pub fn boolean(json: &Json, path: &str, problems: &mut Problems) -> Option<bool> {
    if let Json::Bool(flag) = json {
        return Some(*flag);
    }
    problems.add(
        "not_boolean",
        path,
        format!("{path} must be true or false, not {}.", json.kind()),
    );
    None
}

/// A date such as `2026-11-21`.
pub fn date(json: &Json, path: &str, problems: &mut Problems) -> Option<NaiveDate> {
    let found = if let Json::Text(text) = json {
        date_from_text(text)
    } else {
        None
    };
    if found.is_none() {
        problems.add(
            "not_date",
            path,
            format!("{path} must be a date such as \"2026-11-21\"."),
        );
    }
    found
}

/// A financial year such as `2025-26`.
pub fn financial_year(json: &Json, path: &str, problems: &mut Problems) -> Option<FinancialYear> {
    let found = if let Json::Text(text) = json {
        FinancialYear::from_text(text)
    } else {
        None
    };
    if found.is_none() {
        problems.add(
            "not_financial_year",
            path,
            format!("{path} must be a financial year such as \"2025-26\"."),
        );
    }
    found
}

/// One of the stated words.
pub fn one_of<T: Copy>(
    json: &Json,
    path: &str,
    words: &[(&str, T)],
    problems: &mut Problems,
) -> Option<T> {
    if let Json::Text(text) = json
        && let Some((_, value)) = words.iter().find(|(word, _)| word == text)
    {
        return Some(*value);
    }
    let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
    problems.push(
        Problem::new(
            "not_one_of",
            path,
            format!("{path} must be one of {}.", known.join(", ")),
        )
        .with("known", known.join(", ")),
    );
    None
}

/// A list of at most `most` items, each read with its path.
pub fn list<'a, T>(
    json: &'a Json,
    path: &str,
    most: usize,
    problems: &mut Problems,
    mut read: impl FnMut(&'a Json, &str, &mut Problems) -> Option<T>,
) -> Option<Vec<T>> {
    let Json::List(items) = json else {
        problems.add(
            "not_list",
            path,
            format!("{path} must be a list such as […], not {}.", json.kind()),
        );
        return None;
    };
    if items.len() > most {
        problems.push(
            Problem::new(
                "too_many",
                path,
                format!(
                    "{path} has {} items; at most {most} are allowed.",
                    items.len()
                ),
            )
            .with("most", most.to_string()),
        );
        return None;
    }
    let read_items: Vec<Option<T>> = items
        .iter()
        .enumerate()
        .map(|(position, item)| read(item, &format!("{path}[{position}]"), problems))
        .collect();
    read_items.into_iter().collect()
}
