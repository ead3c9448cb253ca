//! Reading the words of a rule set: both languages or none, and only placeholders that exist.
use explain::{
    Problems, Text,
    json::Json,
    read::{self, Fields, Given},
};

use crate::{
    criterion::{Fix, Reason},
    placeholder,
};

/// Most sources a criterion may name.
const SOURCES_MAX: usize = 50;

/// `{"en":"…","zh":"…"}`.
pub(super) fn bilingual(json: &Json, path: &str, problems: &mut Problems) -> Option<Text> {
    let fields = Fields::of(json, path, problems);
    both(&fields, "en", "zh", problems)
}

fn both(fields: &Fields<'_>, en_key: &str, zh_key: &str, problems: &mut Problems) -> Option<Text> {
    let mut one = |key: &str, other: &str| {
        if fields.get(key).is_none() {
            let at = fields.path_of(key);
            problems.add(
                "missing_language",
                &at,
                format!(
                    "{at} is missing; give the words of {} in this language too.",
                    fields.path_of(other)
                ),
            );
            return None;
        }
        let text = fields.text(key, problems)?;
        for name in placeholder::unknown_in(&text) {
            let at = fields.path_of(key);
            problems.add(
                "unknown_placeholder",
                &at,
                format!(
                    "{at} uses {{{name}}}; known placeholders are {}.",
                    placeholder::known_words()
                ),
            );
        }
        Some(text)
    };
    let (en, zh) = (one(en_key, zh_key), one(zh_key, en_key));
    Some(Text { en: en?, zh: zh? })
}

/// `<key>_en` and `<key>_zh`, or `<key>: {"en","zh"}`; none when neither is there.
pub(super) fn pair(fields: &Fields<'_>, key: &str, problems: &mut Problems) -> Option<Text> {
    let (en_key, zh_key) = (format!("{key}_en"), format!("{key}_zh"));
    if fields.get(&en_key).is_some() || fields.get(&zh_key).is_some() {
        return both(fields, &en_key, &zh_key, problems);
    }
    fields.given(key, problems, bilingual).into_option()
}

/// `evidence` in English with `evidence_zh` beside it; English stands in where Chinese is not
/// given, since this is a pointer to a document and not a message.
pub(super) fn evidence(fields: &Fields<'_>, problems: &mut Problems) -> Option<Text> {
    let en = fields
        .given("evidence", problems, read::text)
        .into_option()?;
    let zh = fields
        .given("evidence_zh", problems, read::text)
        .into_option();
    Some(Text {
        zh: zh.unwrap_or_else(|| en.clone()),
        en,
    })
}

pub(super) fn source(fields: &Fields<'_>, problems: &mut Problems) -> Vec<String> {
    let source = fields.given("source", problems, |json, path, problems| {
        read::list(json, path, SOURCES_MAX, problems, read::text)
    });
    source.into_option().unwrap_or_default()
}

/// One text for every outcome, or one each under `pass`, `fail`, `unknown` and `info`.
pub(super) fn reason(fields: &Fields<'_>, problems: &mut Problems) -> Reason {
    let (same, parts) = texts(
        fields,
        "reason",
        &["pass", "fail", "unknown", "info"],
        problems,
    );
    let mut part = |key| parts.as_ref().and_then(|parts| each(parts, key, problems));
    Reason {
        pass: part("pass").or_else(|| same.clone()),
        fail: part("fail").or_else(|| same.clone()),
        unknown: part("unknown").or_else(|| same.clone()),
        info: part("info").or(same),
    }
}

/// One text for both outcomes that need mending, or one each under `fail` and `unknown`.
pub(super) fn fix(fields: &Fields<'_>, problems: &mut Problems) -> Fix {
    let (same, parts) = texts(fields, "fix", &["fail", "unknown"], problems);
    let mut part = |key| parts.as_ref().and_then(|parts| each(parts, key, problems));
    Fix {
        fail: part("fail").or_else(|| same.clone()),
        unknown: part("unknown").or(same),
    }
}

fn texts<'a>(
    fields: &Fields<'a>,
    key: &str,
    outcomes: &[&str],
    problems: &mut Problems,
) -> (Option<Text>, Option<Fields<'a>>) {
    let by_outcome = fields.get(key).and_then(|json| match json {
        Json::Object(entries) => entries
            .iter()
            .any(|(name, _)| outcomes.contains(&name.as_str()))
            .then_some(json),
        Json::Null
        | Json::Bool(_)
        | Json::Integer(_)
        | Json::Fraction
        | Json::Text(_)
        | Json::List(_) => None,
    });
    match by_outcome {
        Some(json) => (None, Some(Fields::of(json, &fields.path_of(key), problems))),
        None => (pair(fields, key, problems), None),
    }
}

fn each(parts: &Fields<'_>, key: &str, problems: &mut Problems) -> Option<Text> {
    match parts.given(key, problems, bilingual) {
        Given::Some(text) => Some(text),
        Given::Missing | Given::None => None,
    }
}
