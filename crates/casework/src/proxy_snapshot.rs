//! The library entries that a value map names, as they stood: the engine compares the map's own price with
//! them, and a frozen version keeps them, so that a run can be repeated whatever the library says later.
use std::collections::{BTreeMap, BTreeSet};

use explain::Problems;
use serde_json::{Value, json};
use store::{TenantTx, proxies as rows};

use crate::{CaseResult, proxies::entry};

/// Entries by id and version.
pub(crate) type Snapshots = BTreeMap<(String, i64), Value>;

/// The entries named in a value map: published ones, and own proposals that wait for a decision.
pub(crate) async fn snapshots(tx: &mut TenantTx, value_map: &Value) -> CaseResult<Snapshots> {
    snapshots_of_all(tx, &[value_map]).await
}

/// Id and version of each entry that a value map names.
pub(crate) fn named_entries(value_map: &Value) -> BTreeSet<(String, i64)> {
    let named = outcomes(value_map).iter();
    named
        .filter_map(|outcome| key(&outcome["library"]))
        .collect()
}

/// The entries named in any of several value maps.
pub(crate) async fn snapshots_of_all(
    tx: &mut TenantTx,
    value_maps: &[&Value],
) -> CaseResult<Snapshots> {
    let named: BTreeSet<(String, i32)> = value_maps
        .iter()
        .flat_map(|value_map| named_entries(value_map))
        .filter_map(|(id, version)| Some((id, i32::try_from(version).ok()?)))
        .collect();
    if named.is_empty() {
        return Ok(Snapshots::new());
    }
    let (ids, versions): (Vec<String>, Vec<i32>) = named.into_iter().unzip();
    let found = rows::named(tx, &ids, &versions).await?;
    let snapshots = found.into_iter().map(|row| {
        let entry = entry(row.body)?;
        let state = if row.own { "proposed" } else { "published" };
        let snapshot = json!({
            "id": row.proxy_id, "version": row.version,
            "value": entry.value, "low": entry.low, "high": entry.high, "unit": entry.unit,
            "price_year": entry.price_year, "needs_local_basis": entry.needs_local_basis(),
            "state": state,
        });
        Ok(((row.proxy_id, row.version.into()), snapshot))
    });
    snapshots.collect()
}

/// The snapshots as a frozen version keeps them.
pub(crate) fn frozen(snapshots: &Snapshots) -> Value {
    snapshots.values().cloned().collect()
}

/// The snapshots of a frozen version; none in versions from before there was a library.
pub(crate) fn thawed(document: &Value) -> Snapshots {
    let kept = document["proxies"].as_array();
    let kept = kept.into_iter().flatten();
    kept.filter_map(|snapshot| Some((key(snapshot)?, snapshot.clone())))
        .collect()
}

/// An outcome of the engine's question, with the entry it names as it stood; without one that is not there,
/// which the form reports.
pub(crate) fn pin(mut outcome: Value, snapshots: &Snapshots) -> Value {
    let written = outcome["proxy_unit"].as_str().unwrap_or_default();
    // The engine shows one unit beside the other: in the language that the map is written in.
    let language = if written.is_ascii() { "en" } else { "zh" };
    if let Value::Object(fields) = &mut outcome {
        let named = fields.remove("library").unwrap_or_default();
        if let Some(found) = key(&named).and_then(|key| snapshots.get(&key)) {
            let mut snapshot = found.clone();
            snapshot["unit"] = found["unit"][language].clone();
            fields.insert("library".to_owned(), snapshot);
        }
    }
    outcome
}

/// Lists each outcome that names an entry which is not there.
pub(crate) fn refuse_unknown(value_map: &Value, snapshots: &Snapshots, problems: &mut Problems) {
    for (position, outcome) in outcomes(value_map).iter().enumerate() {
        let named = &outcome["library"];
        if !named.is_null() && !key(named).is_some_and(|key| snapshots.contains_key(&key)) {
            let path = format!("outcomes[{position}].library");
            let message = format!(
                "{path} names no entry of the proxy library; choose one, such as \
                 {{\"id\":\"respite-day\",\"version\":1}}, or take it out."
            );
            problems.add("proxy_unknown", path, message);
        }
    }
}

fn outcomes(value_map: &Value) -> &[Value] {
    value_map["outcomes"].as_array().map_or(&[], Vec::as_slice)
}

/// Id and version of `{"id":"respite-day","version":1}`.
pub(crate) fn key(named: &Value) -> Option<(String, i64)> {
    Some((named["id"].as_str()?.to_owned(), named["version"].as_i64()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_holds_the_entry_as_it_stood_and_nothing_that_is_not_there() {
        let unit = json!({"en": "day", "zh": "日"});
        let snapshot = json!({"id": "respite-day", "version": 1, "value": "1100", "unit": unit});
        let known = thawed(&json!({"proxies": [snapshot]}));
        for (written, unit) in [("", "day"), ("day", "day"), ("日", "日")] {
            let named =
                json!({"proxy_unit": written, "library": {"id": "respite-day", "version": 1}});
            let pinned = pin(named, &known);
            let expected =
                json!({"id": "respite-day", "version": 1, "value": "1100", "unit": unit});
            assert_eq!(pinned["library"], expected);
        }
        for library in [
            json!(null),
            json!({"id": "respite-day", "version": 2}),
            json!("x"),
        ] {
            let pinned = pin(json!({"id": "o1", "library": library}), &known);
            assert_eq!(pinned, json!({"id": "o1"}));
        }
        assert_eq!(pin(json!({"id": "o1"}), &known), json!({"id": "o1"}));
    }

    #[test]
    fn an_outcome_that_names_nothing_known_is_listed_by_its_path() {
        let snapshot = json!({"id": "respite-day", "version": 1, "value": "1100"});
        let known = thawed(&json!({"proxies": [snapshot]}));
        assert_eq!(frozen(&known), json!([snapshot]));
        let map = json!({"outcomes": [
            {"library": {"id": "respite-day", "version": 1}},
            {},
            {"library": null},
            {"library": {"id": "respite-day", "version": 2}},
            {"library": {"id": "respite-day", "version": "1"}},
            {"library": "respite-day"},
        ]});
        let mut problems = Problems::new();
        refuse_unknown(&map, &known, &mut problems);
        let paths: Vec<&str> = problems
            .as_slice()
            .iter()
            .map(|problem| problem.path.as_str())
            .collect();
        let expected = [3, 4, 5].map(|position| format!("outcomes[{position}].library"));
        assert_eq!(paths, expected);
    }
}
