//! What is wrong or missing in a section, everything at once, with paths inside the section. The
//! form's own data says what is required; the calculators' readers say what a figure must look like.
use std::collections::BTreeSet;

use explain::{
    Problem, Problems,
    json::Json,
    read::{self, Fields},
};
use money::{Decimal, Share};
use serde_json::Value;

use crate::{
    SectionState, assembly::Case, budget::Budget, cost_question, engines, proxy_snapshot, value_map,
};

/// Codes that say "not yet" rather than "wrong".
const NOT_YET: [&str; 3] = ["missing", "blank", "too_few"];

/// Every problem of one section.
pub(crate) fn problems(case: &Case, section: &Value) -> Vec<Problem> {
    let code = section["code"].as_str().unwrap_or_default();
    let content = case.section(code);
    if !is_required(section) && !case.sections.contains_key(code) {
        return Vec::new();
    }
    let mut problems = Problems::new();
    for field in section["fields"].as_array().into_iter().flatten() {
        check_field(field, &content, &mut problems);
    }
    let engine = match code {
        "project" => {
            check_project(&content, &mut problems);
            None
        }
        "budget" => {
            Budget::read(&content, &mut problems);
            None
        }
        "value_map" => {
            proxy_snapshot::refuse_unknown(&content, &case.proxies, &mut problems);
            sroi::read(&Json::from(&value_map::request(case))).err()
        }
        "cost_sharing" => costshare::read(&Json::from(&cost_question::apportionment(case))).err(),
        "procurement" => engines::procurement(case).err(),
        _ => None,
    };
    for problem in engine.map(Problems::into_vec).unwrap_or_default() {
        // The budget section reports its own inputs.
        if !(code == "value_map" && problem.path.starts_with("inputs")) {
            problems.push(problem);
        }
    }
    once(problems)
}

/// Whether a section must be complete before submitting; the form says otherwise where it need not.
pub(crate) fn is_required(section: &Value) -> bool {
    section["required"] != false
}

/// How far a section has come.
pub(crate) fn state(saved: bool, required: bool, problems: &[Problem]) -> SectionState {
    if !saved && !required {
        SectionState::Optional
    } else if problems.is_empty() && saved {
        SectionState::Completed
    } else if !saved {
        SectionState::Empty
    } else if problems
        .iter()
        .all(|problem| NOT_YET.contains(&problem.code.as_str()))
    {
        SectionState::InProgress
    } else {
        SectionState::NeedsChanges
    }
}

/// One problem per path and code: the form's data and an engine may find the same gap.
fn once(problems: Problems) -> Vec<Problem> {
    let mut seen = BTreeSet::new();
    let mut kept = problems.into_vec();
    kept.retain(|problem| {
        let code = if NOT_YET.contains(&problem.code.as_str()) {
            "missing"
        } else {
            &problem.code
        };
        seen.insert((problem.path.clone(), code.to_owned()))
    });
    kept
}

fn check_field(field: &Value, content: &Value, problems: &mut Problems) {
    let path = field["path"].as_str().unwrap_or_default();
    let kind = field["kind"].as_str().unwrap_or_default();
    // Columns of tables are checked by the readers of their sections.
    if path.contains("[]") || kind == "rows" || !applies(field, content) {
        return;
    }
    let found = lookup(content, path);
    let required = field["required"] == Value::Bool(true);
    let absent = found.is_none_or(is_blank);
    if absent || found == Some(&Value::Bool(false)) && kind == "consent" {
        if required {
            problems.add(
                "missing",
                path,
                format!("{path} is missing; give it a value."),
            );
        }
        return;
    }
    let Some(found) = found else { return };
    let json = Json::from(found);
    match kind {
        "text" | "long_text" | "file_name" => check_text(field, path, &json, problems),
        "money" => {
            read::hkd(&json, path, problems);
        }
        "share" => {
            read::share(&json, path, problems);
        }
        "decimal" => {
            read::decimal(&json, path, problems);
        }
        "date" => {
            read::date(&json, path, problems);
        }
        "boolean" => {
            read::boolean(&json, path, problems);
        }
        "share_table" => check_shares(path, &json, problems),
        _ => {}
    }
}

fn check_text(field: &Value, path: &str, json: &Json, problems: &mut Problems) {
    let Some(text) = read::any_text(json, path, problems) else {
        return;
    };
    let most = field["max_chars"]
        .as_u64()
        .and_then(|most| usize::try_from(most).ok());
    if let Some(most) = most
        && text.chars().count() > most
    {
        let count = text.chars().count();
        problems.push(
            Problem::new(
                "too_long",
                path,
                format!("{path} has {count} characters; at most {most} are allowed."),
            )
            .with("count", count.to_string())
            .with("most", most.to_string()),
        );
    }
}

/// Shares of a project sum to exactly 1, each code once: sector sums count a project once.
fn check_shares(path: &str, json: &Json, problems: &mut Problems) {
    let rows = read::list(json, path, 20, problems, |item, at, problems| {
        let fields = Fields::of(item, at, problems);
        let code = fields.text("code", problems);
        let share = fields.share("share", problems);
        code.zip(share)
    });
    let Some(rows) = rows else { return };
    let mut codes = BTreeSet::new();
    for (position, (code, share)) in rows.iter().enumerate() {
        if !codes.insert(code) {
            let at = format!("{path}[{position}].code");
            problems.add(
                "duplicate_id",
                &at,
                format!("{at} is listed twice; list it once."),
            );
        }
        if *share == Share::NONE {
            let at = format!("{path}[{position}].share");
            problems.add(
                "share_of_nothing",
                &at,
                format!("{at} is 0; leave the row out."),
            );
        }
    }
    let sum: Decimal = rows.iter().map(|(_, share)| share.decimal()).sum();
    if sum != Decimal::ONE {
        let sum = money::normal_text(sum);
        problems.push(
            Problem::new(
                "shares_not_whole",
                path,
                format!("The shares of {path} add up to {sum}; they must add up to 1."),
            )
            .with("sum", sum),
        );
    }
}

fn check_project(content: &Value, problems: &mut Problems) {
    let day = |key: &str| content[key].as_str().and_then(explain::date_from_text);
    if let (Some(start), Some(end)) = (day("start_on"), day("end_on"))
        && end < start
    {
        problems.add(
            "ends_before_start",
            "end_on",
            format!("The project ends on {end}, before it starts on {start}."),
        );
    }
}

fn applies(field: &Value, content: &Value) -> bool {
    let condition = &field["show_if"];
    let Some(path) = condition["path"].as_str() else {
        return true;
    };
    lookup(content, path) == Some(&condition["equals"])
}

fn lookup<'a>(content: &'a Value, path: &str) -> Option<&'a Value> {
    path.split('.')
        .try_fold(content, |value, key| value.get(key))
}

fn is_blank(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Bool(_) | Value::Number(_) | Value::Object(_) => false,
    }
}
