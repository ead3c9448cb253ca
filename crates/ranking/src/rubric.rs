//! What a rubric must hold before anybody is scored by it: whole points that sum to 100, anchors for
//! every dimension, worded levels – and no attribute of the applicant's own people.
//!
//! Whom a project **serves** may be a criterion; who works for the applicant, sits on its board or
//! belongs to it may not.
mod anchors;
mod protected;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use explain::{
    Problem, Problems,
    json::Json,
    read::{self, Fields, join},
};

/// Points that all dimensions share.
const POINTS: i64 = 100;
/// Most dimensions.
const DIMENSIONS_MAX: usize = 50;
/// Highest level; the lowest is 0.
const LEVEL_MAX: i64 = 5;

/// Checks `{"dimensions":[…],"anchors":{…}}` and adds every problem at once.
pub fn check(rubric: &Json, path: &str, problems: &mut Problems) {
    let anchors = match rubric {
        Json::Object(entries) => entries
            .iter()
            .find(|(key, _)| key == "anchors")
            .map(|(_, anchors)| anchors),
        Json::Null
        | Json::Bool(_)
        | Json::Integer(_)
        | Json::Fraction
        | Json::Text(_)
        | Json::List(_) => None,
    };
    check_parts((rubric, path), (anchors, &join(path, "anchors")), problems);
}

/// Checks a rubric whose anchors stand elsewhere, each part with its own path.
pub fn check_parts(
    (rubric, path): (&Json, &str),
    (anchors, anchors_path): (Option<&Json>, &str),
    problems: &mut Problems,
) {
    let fields = Fields::of(rubric, path, problems);
    let mut ids = Vec::new();
    let mut points = Some(0_i64);
    fields.list(
        "dimensions",
        DIMENSIONS_MAX,
        problems,
        |json, path, problems| {
            let (id, weight) = dimension(json, path, problems);
            ids.push((id, path.to_owned()));
            points = points.zip(weight).map(|(sum, weight)| sum + weight);
            Some(())
        },
    );
    if !matches!(fields.get("dimensions"), Some(Json::List(_))) {
        return;
    }
    let at = fields.path_of("dimensions");
    unique(&ids, problems);
    // A sum with an unreadable weight in it would be a second complaint about the same mistake.
    if let Some(sum) = points.filter(|sum| *sum != POINTS) {
        problems.push(
            Problem::new(
                "weights_not_100",
                &at,
                format!(
                    "The weights of {at} sum to {sum}; they must sum to exactly {POINTS}, such as \
                     60 and 40."
                ),
            )
            .with("sum", sum.to_string()),
        );
    }
    let ids: Vec<&str> = ids.iter().filter_map(|(id, _)| id.as_deref()).collect();
    anchors::check(anchors, anchors_path, &ids, problems);
}

fn unique(ids: &[(Option<String>, String)], problems: &mut Problems) {
    let mut seen = BTreeSet::new();
    for (id, path) in ids {
        let Some(id) = id else { continue };
        if !seen.insert(id) {
            let at = join(path, "id");
            let message = format!(
                "{at} \"{id}\" is used twice; each id stands once, such as \"R1\", \"R2\"."
            );
            problems.add("duplicate_id", at, message);
        }
    }
}

fn dimension(json: &Json, path: &str, problems: &mut Problems) -> (Option<String>, Option<i64>) {
    let item = Fields::of(json, path, problems);
    let id = item.text("id", problems);
    let weight = item.integer("weight", 0, POINTS, problems);
    let mut words: Vec<(String, String)> = Vec::new();
    let mut say = |key: &str, text: Option<String>| {
        words.extend(text.map(|text| (item.path_of(key), text)));
    };
    say("id", id.clone());
    say("en", item.text("en", problems));
    say("zh", item.text("zh", problems));
    for (key, text) in look_for(&item, problems) {
        say(&key, Some(text));
    }
    if !matches!(item.get("levels"), None | Some(Json::Null)) {
        item.want("levels", problems, levels);
    }
    // A list names where the dimension was taken from; text says who scores it.
    if matches!(item.get("source"), Some(Json::Text(_))) {
        item.want("source", problems, |json, path, problems| {
            read::one_of(json, path, &[("reviewers", ()), ("machine", ())], problems)
        });
    }
    if let Some(attribute) = item.get("attribute") {
        protected::attribute(attribute, &item.path_of("attribute"), problems);
    }
    protected::words(&words, problems);
    (id, weight)
}

/// Text, or text in both languages.
fn look_for(item: &Fields<'_>, problems: &mut Problems) -> Vec<(String, String)> {
    match item.get("look_for") {
        None | Some(Json::Null) => Vec::new(),
        Some(json @ Json::Object(_)) => {
            let both = Fields::of(json, &item.path_of("look_for"), problems);
            ["en", "zh"]
                .into_iter()
                .filter_map(|key| {
                    let text = both.text(key, problems)?;
                    Some((join("look_for", key), text))
                })
                .collect()
        }
        Some(_) => item
            .text("look_for", problems)
            .map(|text| ("look_for".to_owned(), text))
            .into_iter()
            .collect(),
    }
}

/// All six levels, each once and in both languages.
fn levels(json: &Json, path: &str, problems: &mut Problems) -> Option<()> {
    let most = 64;
    let mut seen = BTreeSet::new();
    read::list(json, path, most, problems, |json, path, problems| {
        let item = Fields::of(json, path, problems);
        let level = item.integer("level", 0, LEVEL_MAX, problems);
        item.text("en", problems);
        item.text("zh", problems);
        if let Some(level) = level
            && !seen.insert(level)
        {
            let at = join(path, "level");
            let message = format!("{at} {level} is worded twice; word each level once.");
            problems.add("duplicate_level", at, message);
        }
        Some(())
    })?;
    let open: Vec<String> = (0..=LEVEL_MAX)
        .filter(|level| !seen.contains(level))
        .map(|level| level.to_string())
        .collect();
    if !open.is_empty() {
        let list = open.join(", ");
        problems.push(
            Problem::new(
                "levels_incomplete",
                path,
                format!(
                    "{path} words no level {list}; word all of 0 to {LEVEL_MAX}, such as \
                     {{\"level\":0,\"en\":\"Not shown\",\"zh\":\"未有說明\"}}."
                ),
            )
            .with("levels", list),
        );
    }
    Some(())
}
