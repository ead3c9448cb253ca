//! What stands against publishing a draft of a programme: its criteria, its form and its stages,
//! everything at once.
use std::collections::BTreeSet;

use explain::{Problem, Problems, json::Json};
use serde_json::Value;

use crate::{
    rule_catalogue::{Codes, Known, form_options},
    rule_ranking, rule_rubric,
    settings::Settings,
};

/// The stages an application passes through; names, owners and order are data, the codes are not.
const STAGES: [&str; 4] = ["received", "screened", "in_review", "decided"];
/// Longest text of the form, in characters.
const TEXT_CHARS_MAX: usize = 2_000;

/// Everything that is wrong with a draft, held against the version it is based on.
pub(crate) fn problems(
    body: &Value,
    sections: &Value,
    base: (&Value, &Value),
    known: &Known,
) -> Vec<Problem> {
    let mut problems = eligibility::check(&Json::from(body), &known.catalogue);
    if body["id"] != base.0["id"] {
        problems.add(
            "fixed_value",
            "id",
            "id names the programme and stays as it is; a new programme is set up by itself.",
        );
    }
    scoring(body, sections, (base.0, &known.codes), &mut problems);
    stages(&body["stages"], &mut problems);
    form(sections, base.1, &mut problems);
    problems.into_vec()
}

/// The rubric and the settings that rank; what calculators then cannot read is said in general.
fn scoring(
    body: &Value,
    sections: &Value,
    (base, codes): (&Value, &Codes),
    problems: &mut Problems,
) {
    let before = problems.as_slice().len();
    let scopes = form_options(sections, "project", "scope_code");
    let scopes = scopes.into_iter().map(|(code, _)| code).collect();
    rule_rubric::check(body, &scopes, problems);
    let dimensions = rule_rubric::dimension_ids(body);
    rule_ranking::check((body, base), &dimensions, codes, problems);
    if problems.as_slice().len() > before {
        return;
    }
    if let Err(error) = Settings::of(body) {
        let message =
            format!("settings cannot be used: {error}; keep those of the version before.");
        problems.add("settings_broken", "settings", message);
    }
}

fn stages(stages: &Value, problems: &mut Problems) {
    let Some(list) = stages.as_array() else {
        if !stages.is_null() {
            problems.add(
                "not_list",
                "stages",
                "stages must be a list such as [{\"code\":\"received\",…}].",
            );
        }
        return;
    };
    let mut seen = BTreeSet::new();
    for (position, stage) in list.iter().enumerate() {
        let at = format!("stages[{position}]");
        let code = stage["code"].as_str().unwrap_or_default();
        if !STAGES.contains(&code) || !seen.insert(code) {
            let message = format!(
                "{at}.code \"{code}\" must be one of {}, each once.",
                STAGES.join(", ")
            );
            problems.add("unknown_stage", format!("{at}.code"), message);
        }
        both_languages(&stage["name"], &format!("{at}.name"), problems);
    }
    for code in STAGES.iter().filter(|code| !seen.contains(*code)) {
        let message = format!("stages lacks \"{code}\"; every application passes through it.");
        problems.add("missing_stage", "stages", message);
    }
}

/// Sections and fields may be reworded, reordered, required or not; what calculators read stays.
fn form(sections: &Value, base: &Value, problems: &mut Problems) {
    let (now, before) = (list(sections, "sections"), list(base, "sections"));
    for section in &before {
        let kept = now.iter().find(|row| row["code"] == section["code"]);
        let code = section["code"].as_str().unwrap_or_default();
        let Some(kept) = kept else {
            let message = format!(
                "sections lacks \"{code}\", which the calculators read; keep it and set required to \
                 false instead."
            );
            problems.add("missing_section", "sections", message);
            continue;
        };
        let fields = list(kept, "fields");
        for field in list(section, "fields") {
            if !fields
                .iter()
                .any(|row| row["path"] == field["path"] && row["kind"] == field["kind"])
            {
                let path = field["path"].as_str().unwrap_or_default();
                let message = format!(
                    "section \"{code}\" lacks the field \"{path}\" or asks it in another kind; keep it \
                     and set required to false instead."
                );
                problems.add("missing_field", format!("sections.{code}"), message);
            }
        }
    }
    let kinds: BTreeSet<&str> = before
        .iter()
        .flat_map(|section| section["fields"].as_array().into_iter().flatten())
        .filter_map(|field| field["kind"].as_str())
        .collect();
    for (position, section) in now.iter().enumerate() {
        let at = format!("sections[{position}]");
        if !before
            .iter()
            .any(|row| row["code"] == section["code"] && row["editor"] == section["editor"])
        {
            let message = format!("{at} is a section that no page fills in; take it out.");
            problems.add("unknown_section", &at, message);
        }
        both_languages(&section["title"], &format!("{at}.title"), problems);
        both_languages(&section["intro"], &format!("{at}.intro"), problems);
        for (number, field) in list(section, "fields").iter().enumerate() {
            let at = format!("{at}.fields[{number}]");
            both_languages(&field["label"], &format!("{at}.label"), problems);
            if !field["kind"]
                .as_str()
                .is_some_and(|kind| kinds.contains(kind))
            {
                let known: Vec<&str> = kinds.iter().copied().collect();
                let message = format!("{at}.kind must be one of {}.", known.join(", "));
                problems.add("unknown_kind", format!("{at}.kind"), message);
            }
            most_characters(&field["max_chars"], &at, problems);
        }
    }
}

/// The entries of a list; none where it is no list.
pub(crate) fn list(value: &Value, key: &str) -> Vec<Value> {
    value[key].as_array().cloned().unwrap_or_default()
}

fn most_characters(most: &Value, at: &str, problems: &mut Problems) {
    if !most.is_null() && most.as_i64().is_none_or(|most| most < 1) {
        let at = format!("{at}.max_chars");
        let message =
            format!("{at} must be a whole number above zero, such as 800, or null for none.");
        problems.add("not_count", &at, message);
    }
}

pub(crate) fn both_languages(text: &Value, at: &str, problems: &mut Problems) {
    for language in ["en", "zh"] {
        let at = format!("{at}.{language}");
        let words = text[language].as_str().unwrap_or_default().trim();
        if words.is_empty() {
            let message = format!("{at} is missing; give the words in both languages.");
            problems.add("missing_language", &at, message);
        } else if words.chars().count() > TEXT_CHARS_MAX {
            let message = format!("{at} has more than {TEXT_CHARS_MAX} characters; shorten it.");
            problems.add("too_long", &at, message);
        }
    }
}

#[cfg(test)]
mod tests;
