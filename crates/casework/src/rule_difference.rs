//! What differs between two versions of a programme, thing by thing and field by field.
use std::collections::{BTreeMap, BTreeSet};

use access::{Action, Actor};
use serde_json::Value;
use store::TenantTx;
use uuid::Uuid;

use crate::{
    CaseResult, Casework, RuleChange, RuleChangeKind,
    rulebooks::{open_draft, own, version},
};

/// One side of a comparison.
#[derive(Debug, Clone)]
pub enum RuleSide {
    /// An open draft.
    Draft(Uuid),
    /// A published version of an own programme.
    Version(Uuid, String),
}

/// What differs between two versions or drafts of the actor's programmes.
pub async fn rule_difference(
    casework: &Casework,
    actor: &Actor,
    from: &RuleSide,
    to: &RuleSide,
) -> CaseResult<Vec<RuleChange>> {
    let mut tx = casework.begin(actor, Action::RulesRead).await?;
    let before = load(&mut tx, from).await?;
    let after = load(&mut tx, to).await?;
    tx.end_read().await?;
    let side = |(body, sections)| Side { body, sections };
    Ok(difference(
        side((&before.0, &before.1)),
        side((&after.0, &after.1)),
    ))
}

pub(crate) async fn load(tx: &mut TenantTx, side: &RuleSide) -> CaseResult<(Value, Value)> {
    match side {
        RuleSide::Draft(draft) => {
            let row = open_draft(tx, *draft).await?;
            Ok((row.body, row.sections))
        }
        RuleSide::Version(programme, name) => {
            own(tx, *programme).await?;
            let row = version(tx, *programme, name).await?;
            Ok((row.body, row.sections))
        }
    }
}

/// A programme version as far as it can differ: what is published, and its form.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Side<'a> {
    pub(crate) body: &'a Value,
    pub(crate) sections: &'a Value,
}

/// Parts of the body that are lists, with the key that names an entry.
const LISTS: [(&str, &str); 2] = [("criteria", "id"), ("stages", "code")];
/// Parts of the body that are named entries.
const MAPS: [&str; 4] = ["parameters", "tables", "words", "settings"];
/// Texts of the programme itself.
const TEXTS: [&str; 5] = ["name_en", "name_zh", "funder_en", "funder_zh", "label"];
/// A rule is read as a whole; its parts mean nothing alone.
const WHOLE: [&str; 1] = ["rule"];
/// What follows from the rest.
const DERIVED: [&str; 1] = ["data_needed"];

/// From one side to the other.
pub(crate) fn difference(from: Side<'_>, to: Side<'_>) -> Vec<RuleChange> {
    let mut changes = Vec::new();
    for (part, key) in LISTS {
        let (before, after) = (listed(&from.body[part], key), listed(&to.body[part], key));
        compare(part, &before, &after, &mut changes);
    }
    for part in MAPS {
        let (before, after) = (named(&from.body[part]), named(&to.body[part]));
        compare(part, &before, &after, &mut changes);
    }
    let (before, after) = (rubric(from.body), rubric(to.body));
    compare("rubric", &before, &after, &mut changes);
    let texts = |side: Side<'_>| {
        let entries = TEXTS
            .iter()
            .filter_map(|key| Some((*key, side.body.get(*key)?)));
        entries
            .map(|(key, text)| (key.to_owned(), text.clone()))
            .collect()
    };
    compare("texts", &texts(from), &texts(to), &mut changes);
    let (before, after) = (form(from.sections), form(to.sections));
    compare("sections", &before, &after, &mut changes);
    changes
}

/// Entries of a list by the key that names them; a name that stands twice is told apart by its
/// first day.
fn listed(list: &Value, key: &str) -> BTreeMap<String, Value> {
    let mut found = BTreeMap::new();
    for item in list.as_array().into_iter().flatten() {
        let name = item[key].as_str().unwrap_or_default();
        let mut item = item.clone();
        if let Some(entries) = item.as_object_mut() {
            for derived in DERIVED {
                entries.remove(derived);
            }
        }
        let name = match item["effective_from"].as_str() {
            Some(from) if found.contains_key(name) => format!("{name} ({from})"),
            Some(_) | None => name.to_owned(),
        };
        found.insert(name, item);
    }
    found
}

fn named(map: &Value) -> BTreeMap<String, Value> {
    map.as_object()
        .into_iter()
        .flatten()
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect()
}

/// Sections by code with their fields by path, so that a moved field is not a changed one; the
/// order of sections is kept as a number.
fn form(sections: &Value) -> BTreeMap<String, Value> {
    let mut found = BTreeMap::new();
    let list = sections["sections"].as_array();
    for (position, section) in list.into_iter().flatten().enumerate() {
        let mut section = section.clone();
        let fields: serde_json::Map<String, Value> =
            listed(&section["fields"], "path").into_iter().collect();
        section["fields"] = Value::Object(fields);
        section["position"] = Value::from(position + 1);
        let code = section["code"].as_str().unwrap_or_default().to_owned();
        found.insert(code, section);
    }
    found
}

/// Dimensions by id with their levels by number; their order is kept as a number.
fn rubric(body: &Value) -> BTreeMap<String, Value> {
    let mut dimensions = body["rubric"]["dimensions"].clone();
    for (position, dimension) in dimensions.as_array_mut().into_iter().flatten().enumerate() {
        let Some(entries) = dimension.as_object_mut() else {
            continue;
        };
        let levels = entries.get("levels").and_then(Value::as_array);
        if let Some(levels) = levels {
            let by_number: serde_json::Map<String, Value> = levels
                .iter()
                .map(|entry| {
                    let mut entry = entry.clone();
                    let number = entry
                        .as_object_mut()
                        .and_then(|entry| entry.remove("level"));
                    (number.unwrap_or_default().to_string(), entry)
                })
                .collect();
            entries.insert("levels".to_owned(), Value::Object(by_number));
        }
        entries.insert("position".to_owned(), Value::from(position + 1));
    }
    listed(&dimensions, "id")
}

fn compare(
    part: &'static str,
    before: &BTreeMap<String, Value>,
    after: &BTreeMap<String, Value>,
    changes: &mut Vec<RuleChange>,
) {
    let ids: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    for id in ids {
        let (one, other) = (before.get(id), after.get(id));
        let (kind, fields) = match (one, other) {
            (Some(one), Some(other)) => {
                let mut fields = Vec::new();
                differ("", Some(one), Some(other), &mut fields);
                if fields.is_empty() {
                    continue;
                }
                (RuleChangeKind::Changed, fields)
            }
            (None, other) => (
                RuleChangeKind::Added,
                vec![(String::new(), None, other.cloned())],
            ),
            (one, None) => (
                RuleChangeKind::Removed,
                vec![(String::new(), one.cloned(), None)],
            ),
        };
        changes.push(RuleChange {
            part,
            id: id.clone(),
            kind,
            fields,
        });
    }
}

/// Goes down as far as both are objects; `null` and absent are the same.
fn differ(
    path: &str,
    before: Option<&Value>,
    after: Option<&Value>,
    fields: &mut Vec<(String, Option<Value>, Option<Value>)>,
) {
    let given = |value: Option<&Value>| value.filter(|value| !value.is_null()).cloned();
    let last = path.rsplit('.').next().unwrap_or_default();
    if let (Some(Value::Object(one)), Some(Value::Object(other))) = (before, after)
        && !WHOLE.contains(&last)
    {
        let keys: BTreeSet<&String> = one.keys().chain(other.keys()).collect();
        for key in keys {
            let at = explain::read::join(path, key);
            differ(&at, one.get(key), other.get(key), fields);
        }
        return;
    }
    let (before, after) = (given(before), given(after));
    if before != after {
        fields.push((path.to_owned(), before, after));
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_changed_text_a_new_criterion_and_a_moved_section_are_told_apart() {
        let one = json!({"criteria": [{"id": "E1", "question_en": "Old?", "rule": {"op": "a", "right": 1},
                                       "data_needed": ["x"]}],
                         "parameters": {"most": 36}});
        let other = json!({"criteria": [{"id": "E2"},
                                        {"id": "E1", "question_en": "New?", "rule": {"op": "a", "right": 2}}],
                           "parameters": {"most": 36, "least": 6}});
        let form = |codes: [&str; 2]| json!({"sections": [{"code": codes[0], "fields": []}, {"code": codes[1], "fields": []}]});
        let (before, after) = (form(["a", "b"]), form(["b", "a"]));
        let side = |body, sections| Side { body, sections };
        let found = difference(side(&one, &before), side(&other, &after));
        let shown: Vec<(&str, &str, RuleChangeKind, Vec<&str>)> = found
            .iter()
            .map(|change| {
                let paths = change.fields.iter().map(|(path, _, _)| path.as_str());
                (
                    change.part,
                    change.id.as_str(),
                    change.kind,
                    paths.collect(),
                )
            })
            .collect();
        assert_eq!(
            shown,
            [
                (
                    "criteria",
                    "E1",
                    RuleChangeKind::Changed,
                    vec!["question_en", "rule"]
                ),
                ("criteria", "E2", RuleChangeKind::Added, vec![""]),
                ("parameters", "least", RuleChangeKind::Added, vec![""]),
                ("sections", "a", RuleChangeKind::Changed, vec!["position"]),
                ("sections", "b", RuleChangeKind::Changed, vec!["position"]),
            ]
        );
    }

    #[test]
    fn a_version_does_not_differ_from_itself() {
        let body = json!({"criteria": [{"id": "E1", "note": null}], "words": {"a": {"en": "A", "zh": "甲"}}});
        let same = json!({"criteria": [{"id": "E1"}], "words": {"a": {"en": "A", "zh": "甲"}}});
        let sections = json!({"sections": []});
        let side = |body| Side {
            body,
            sections: &sections,
        };
        assert_eq!(difference(side(&body), side(&same)), []);
    }
}
