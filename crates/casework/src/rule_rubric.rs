//! What stands against the rubric of a draft: dimensions with their weights, texts and levels, who
//! scores each, and the anchors that turn levels into points. Everything at once.
use std::{
    cmp::Ordering,
    collections::{BTreeMap, BTreeSet},
};

use explain::{Problem, Problems, json::Json, read};
use serde_json::{Map, Value};

use crate::{
    review::LEVEL_MAX,
    rule_check::{both_languages, list},
    sroi_read,
};

/// What a rubric says all its weights come to.
const POINTS: i64 = 100;
/// Longest id; ids stand in narrow columns.
const ID_CHARS_MAX: usize = 20;
/// Names that mean something else in anchors and in tie-breaking keys.
const RESERVED: [&str; 2] = [REVIEWED, "cost"];
/// Anchors of every dimension that has none of its own.
const REVIEWED: &str = "reviewed";

/// The ids of a rubric's dimensions.
pub(crate) fn dimension_ids(body: &Value) -> BTreeSet<String> {
    list(&body["rubric"], "dimensions")
        .iter()
        .filter_map(|dimension| dimension["id"].as_str().map(str::to_owned))
        .collect()
}

/// Ids of the dimensions that people score in one body and that the other lacks, calls otherwise or
/// has the machine score.
pub(crate) fn lost(before: &Value, after: &Value) -> Vec<String> {
    let is_read = |body: &Value, id: &Value| {
        let id = id.as_str().unwrap_or_default();
        body["settings"]["machine_read"].get(id).is_some()
    };
    let kept = list(&after["rubric"], "dimensions");
    list(&before["rubric"], "dimensions")
        .iter()
        .filter(|old| !is_read(before, &old["id"]))
        .filter(|old| {
            !kept.iter().any(|new| {
                ["id", "en", "zh"].iter().all(|key| new[*key] == old[*key])
                    && !is_read(after, &new["id"])
            })
        })
        .filter_map(|old| old["id"].as_str().map(str::to_owned))
        .collect()
}

/// Checks dimensions, readings and anchors of a draft's body; `scopes` are the codes that the form
/// offers as kinds of project.
pub(crate) fn check(body: &Value, scopes: &BTreeSet<String>, problems: &mut Problems) {
    let dimensions = list(&body["rubric"], "dimensions");
    if dimensions.is_empty() {
        let message = "rubric.dimensions is empty; add at least one dimension, such as \"Need\".";
        problems.add("empty", "rubric.dimensions", message);
    } else if dimensions.len() > ranking::rank::CRITERIA_MAX {
        let most = ranking::rank::CRITERIA_MAX;
        let message = format!("rubric.dimensions has more than {most} dimensions; leave some out.");
        let problem = Problem::new("too_many", "rubric.dimensions", message);
        problems.push(problem.with("most", most.to_string()));
    }
    let mut seen = BTreeSet::new();
    for (position, dimension) in dimensions.iter().enumerate() {
        let at = format!("rubric.dimensions[{position}]");
        id(&dimension["id"], &at, &mut seen, problems);
        both_languages(dimension, &at, problems);
        both_languages(&dimension["look_for"], &format!("{at}.look_for"), problems);
        levels(&dimension["levels"], &at, problems);
        source(dimension, &body["settings"]["machine_read"], &at, problems);
    }
    weights(&dimensions, problems);
    readings(&body["settings"]["machine_read"], &dimensions, problems);
    anchors(body, &dimensions, scopes, problems);
}

fn id(id: &Value, at: &str, seen: &mut BTreeSet<String>, problems: &mut Problems) {
    let at = format!("{at}.id");
    let id = id.as_str().unwrap_or_default();
    let plain = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    // A leading digit would read as a position in the paths that ids stand in.
    let begins = id.starts_with(|letter: char| letter.is_ascii_alphabetic());
    if !begins || id.len() > ID_CHARS_MAX || !id.chars().all(plain) {
        let message = format!(
            "{at} \"{id}\" must be at most {ID_CHARS_MAX} letters, digits and underscores and begin with a letter, such as \"R1\"."
        );
        problems.add("bad_id", &at, message);
    } else if RESERVED.contains(&id) {
        let message = format!("{at} \"{id}\" is a reserved name; give another, such as \"R1\".");
        problems.add("reserved_id", &at, message);
    } else if !seen.insert(id.to_owned()) {
        let message = format!("{at} \"{id}\" is given twice; give each dimension its own.");
        problems.add("duplicate_id", &at, message);
    }
}

/// Levels from 0 up, each with its text in both languages.
fn levels(levels: &Value, at: &str, problems: &mut Problems) {
    let given = levels.as_array().map_or(&[][..], Vec::as_slice);
    for level in 0..=LEVEL_MAX {
        let position = usize::try_from(level).unwrap_or_default();
        let at = format!("{at}.levels[{position}]");
        match given.get(position) {
            Some(entry) if entry["level"] == level => both_languages(entry, &at, problems),
            Some(_) | None => {
                let message = format!(
                    "{at} must be level {level} with its text, such as {{\"level\":{level},\"en\":\"…\",\"zh\":\"…\"}}."
                );
                let problem = Problem::new("missing_level", &at, message);
                problems.push(problem.with("level", level.to_string()));
            }
        }
    }
    if given.iter().any(|entry| {
        entry["level"]
            .as_i64()
            .is_none_or(|level| !(0..=i64::from(LEVEL_MAX)).contains(&level))
    }) {
        let message = format!("{at}.levels holds a level that is not from 0 to {LEVEL_MAX}.");
        problems.add("level_out_of_range", format!("{at}.levels"), message);
    }
}

/// Whether people or the machine score a dimension, said in both places alike.
fn source(dimension: &Value, readings: &Value, at: &str, problems: &mut Problems) {
    let at = format!("{at}.source");
    let id = dimension["id"].as_str().unwrap_or_default();
    let is_read = readings.get(id).is_some();
    let known = [("reviewers", false), ("machine", true)];
    let said = read::one_of(&Json::from(&dimension["source"]), &at, &known, problems);
    if said.is_some_and(|said| said != is_read) {
        let message = if is_read {
            format!(
                "{at} is \"reviewers\", but settings.machine_read names \"{id}\"; make it \"machine\"."
            )
        } else {
            format!(
                "{at} is \"machine\", but settings.machine_read says nothing of \"{id}\"; add {{\"{id}\":\"{}\"}}.",
                sroi_read::SROI_P5
            )
        };
        problems.add("source_differs", &at, message);
    }
}

/// Whole points that come to a hundred.
fn weights(dimensions: &[Value], problems: &mut Problems) {
    let before = problems.as_slice().len();
    let mut sum = 0;
    for (position, dimension) in dimensions.iter().enumerate() {
        let at = format!("rubric.dimensions[{position}].weight");
        let weight = Json::from(&dimension["weight"]);
        sum += read::integer(&weight, &at, 1, POINTS, problems).unwrap_or_default();
    }
    // A sum with an unreadable weight in it would be a second complaint about the same mistake.
    if sum == POINTS || dimensions.is_empty() || problems.as_slice().len() > before {
        return;
    }
    let mend = if sum < POINTS {
        format!("hand out the {} left", POINTS - sum)
    } else {
        format!("take {} away", sum - POINTS)
    };
    let message = format!(
        "rubric.dimensions weigh {sum} points together; they must come to exactly {POINTS}: {mend}."
    );
    let problem = Problem::new("weights_not_hundred", "rubric.dimensions", message);
    problems.push(problem.with("sum", sum.to_string()));
}

/// `{"R2":"sroi_p5"}`: which dimensions are read from a run, and how.
fn readings(readings: &Value, dimensions: &[Value], problems: &mut Problems) {
    let at = "settings.machine_read";
    let Some(entries) = object(readings, at, "{\"R2\":\"sroi_p5\"}", problems) else {
        return;
    };
    for (id, reading) in entries {
        let at = format!("{at}.{id}");
        if !dimensions.iter().any(|dimension| dimension["id"] == *id) {
            let message = format!("{at} names no dimension of the rubric; take it out.");
            problems.add("no_such_dimension", &at, message);
        }
        if reading != sroi_read::SROI_P5 {
            let message = format!(
                "{at} must be a known reading: \"{}\", the low end of the SROI range.",
                sroi_read::SROI_P5
            );
            problems.add("unknown_reading", &at, message);
        }
    }
}

/// The figures of 0 and of 100 points: the common ones, and those that a dimension has of its own.
fn anchors(body: &Value, dimensions: &[Value], scopes: &BTreeSet<String>, problems: &mut Problems) {
    let at = "settings.anchors";
    let example = "{\"reviewed\":{\"zero\":\"0\",\"hundred\":\"5\"}}";
    let Some(entries) = object(&body["settings"]["anchors"], at, example, problems) else {
        return;
    };
    let is_read: BTreeMap<&str, bool> = dimensions
        .iter()
        .filter_map(|dimension| {
            let id = dimension["id"].as_str()?;
            let read = body["settings"]["machine_read"].get(id).is_some();
            Some((id, read))
        })
        .collect();
    for (id, read) in &is_read {
        let own = if *read { id } else { REVIEWED };
        if !entries.contains_key(*id) && !entries.contains_key(own) {
            let at = format!("{at}.{own}");
            let message = format!(
                "{at} is missing; say which figure is worth 0 points and which 100, such as \
                 {{\"zero\":\"0\",\"hundred\":\"5\"}}."
            );
            if !problems.as_slice().iter().any(|known| known.path == at) {
                problems.add("anchors_missing", &at, message);
            }
        }
    }
    for (id, own) in entries {
        let at = format!("{at}.{id}");
        let read = is_read.get(id.as_str());
        if id != REVIEWED && read.is_none() {
            let message = format!("{at} names no dimension of the rubric; take it out.");
            problems.add("no_such_dimension", &at, message);
        }
        ends(own, &at, problems);
        let by_scope = &own["by_scope"];
        if by_scope.is_null() {
            continue;
        }
        let at = format!("{at}.by_scope");
        if read != Some(&true) {
            let message = format!(
                "{at} is read only where the machine scores; reviewers' levels mean the same for every \
                 kind of project. Take it out."
            );
            problems.add("scope_not_read", &at, message);
        }
        let example = "{\"it_infrastructure\":{\"zero\":\"0\",\"hundred\":\"3\"}}";
        for (scope, own) in object(by_scope, &at, example, problems)
            .into_iter()
            .flatten()
        {
            let at = format!("{at}.{scope}");
            if !scopes.contains(scope) {
                let known: Vec<&str> = scopes.iter().map(String::as_str).collect();
                let message = format!(
                    "{at} is no kind of project that the form offers; use one of {}.",
                    known.join(", ")
                );
                problems.add("unknown_scope", &at, message);
            }
            ends(own, &at, problems);
        }
    }
}

/// Both ends, the better one above the worse.
fn ends(anchors: &Value, at: &str, problems: &mut Problems) {
    let mut end = |key: &str| {
        let at = format!("{at}.{key}");
        match anchors.get(key) {
            None | Some(Value::Null) => {
                let message = format!("{at} is missing; give a figure, such as \"5\".");
                problems.add("missing", &at, message);
                None
            }
            Some(figure) => read::decimal(&Json::from(figure), &at, problems),
        }
    };
    let (Some(zero), Some(hundred)) = (end("zero"), end("hundred")) else {
        return;
    };
    let (code, cause) = match zero.cmp(&hundred) {
        Ordering::Less => return,
        Ordering::Equal => ("anchors_equal", "is also the figure of 0 points"),
        Ordering::Greater => ("anchors_reversed", "is below the figure of 0 points"),
    };
    let at = format!("{at}.hundred");
    let message = format!(
        "{at} {cause}; more is better, so give more, such as zero \"0\" and hundred \"5\"."
    );
    problems.add(code, &at, message);
}

/// The entries of an object that must be there.
fn object<'a>(
    value: &'a Value,
    at: &str,
    example: &str,
    problems: &mut Problems,
) -> Option<&'a Map<String, Value>> {
    if value.is_null() {
        problems.add(
            "missing",
            at,
            format!("{at} is missing; give it like {example}."),
        );
    } else if !value.is_object() {
        let message = format!("{at} must be an object such as {example}.");
        problems.add("not_object", at, message);
    }
    value.as_object()
}
