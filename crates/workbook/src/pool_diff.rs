//! The pools of a sheet held against those of the section: what changes, what is new, what is gone.
use std::collections::BTreeMap;

use money::{decimal_from_text, normal_text};
use serde_json::{Map, Value, json};

use crate::{
    grid::Grid,
    import::{Added, Change, Import, Removed},
    pool_columns::PoolColumn,
    pool_rows::{Found, SheetPool},
};

/// The pools of the sheet over those of the section.
pub(crate) fn compare(pools: &[SheetPool], grid: &Grid, current: &Value) -> Import {
    let mut import = Import::default();
    let mut content = current.as_object().cloned().unwrap_or_default();
    let stands = content
        .get("pools")
        .and_then(Value::as_array)
        .cloned()
        .unwrap_or_default();
    let mut left: Vec<usize> = (0..stands.len()).collect();
    let mut after = Vec::with_capacity(pools.len());
    for pool in pools {
        let found = place(pool, &stands, &left);
        left.retain(|position| Some(*position) != found);
        if let Some((position, record)) = found.and_then(|at| Some((at, stands.get(at)?))) {
            let path = format!("pools[{position}]");
            after.push(changed(pool, record, &path, grid, &mut import));
            continue;
        }
        let id = free_id(&stands, &after, pool);
        import.added.push(Added {
            path: format!("pools[{}]", after.len()),
            cell: pool.cell.clone(),
            id: id.clone(),
            name: pool.name.clone(),
        });
        // A pool that is new is listed once, not cell by cell.
        let mut cells = Import::default();
        after.push(changed(pool, &json!({"id": id}), "", grid, &mut cells));
    }
    for position in left {
        let record = stands.get(position).unwrap_or(&Value::Null);
        let word = |key: &str| record[key].as_str().unwrap_or_default().to_owned();
        import.removed.push(Removed {
            path: format!("pools[{position}]"),
            id: word("id"),
            name: word("name"),
        });
    }
    if after != stands {
        content.insert("pools".to_owned(), Value::Array(after));
    }
    import.content = Some(Value::Object(content));
    import
}

/// By id where the sheet has one, else by name.
fn place(pool: &SheetPool, stands: &[Value], left: &[usize]) -> Option<usize> {
    let open = |matches: &dyn Fn(&Value) -> bool| {
        left.iter()
            .copied()
            .find(|at| stands.get(*at).is_some_and(matches))
    };
    let name = pool.name.to_lowercase();
    let by_id = pool
        .id
        .as_ref()
        .and_then(|id| open(&|record| record["id"] == id.as_str()));
    by_id.or_else(|| {
        open(&|record| {
            let own = record["name"].as_str().unwrap_or_default();
            own.trim().to_lowercase() == name
        })
    })
}

fn free_id(stands: &[Value], after: &[Value], pool: &SheetPool) -> String {
    let taken = |id: &str| stands.iter().chain(after).any(|record| record["id"] == id);
    if let Some(id) = pool.id.as_ref().filter(|id| !taken(id)) {
        return id.clone();
    }
    let numbered = (1..).map(|number: u32| format!("pool{number}"));
    numbered
        .take(stands.len() + after.len() + 1)
        .find(|id| !taken(id))
        .unwrap_or_else(|| "pool".to_owned())
}

/// The record with what the sheet says; what the sheet does not speak of stays.
fn changed(
    pool: &SheetPool,
    record: &Value,
    path: &str,
    grid: &Grid,
    import: &mut Import,
) -> Value {
    let mut out = record.as_object().cloned().unwrap_or_default();
    if !pool.name.is_empty()
        && out.get("name").and_then(Value::as_str).map(str::trim) != Some(&pool.name)
    {
        note(
            import,
            path,
            "name",
            record["name"].as_str(),
            Some(&pool.name),
            &pool.cell,
        );
        out.insert("name".to_owned(), json!(pool.name));
    }
    for (key, found) in &pool.own {
        let stands = record[*key].as_str();
        let same = if *key == "amount" {
            same_number
        } else {
            same_text
        };
        if !same(stands, Some(&found.value)) {
            note(import, path, key, stands, Some(&found.value), &found.cell);
            out.insert((*key).to_owned(), json!(found.value));
        }
    }
    table(
        &mut out,
        "weights",
        &pool.weights,
        (path, same_number),
        import,
    );
    let speaks = grid.columns.contains_key(&PoolColumn::Evidence.key());
    if speaks && (!pool.evidence.is_empty() || record["weight_evidence"].is_object()) {
        table(
            &mut out,
            "weight_evidence",
            &pool.evidence,
            (path, same_text),
            import,
        );
    }
    // The form asks for the evidence of the pool; a sheet that has one column for both says it there.
    if !out.contains_key("evidence")
        && let Some(first) = pool.evidence.values().next()
    {
        note(
            import,
            path,
            "evidence",
            None,
            Some(&first.value),
            &first.cell,
        );
        out.insert("evidence".to_owned(), json!(first.value));
    }
    Value::Object(out)
}

type Same = fn(Option<&str>, Option<&str>) -> bool;

/// One value for each activity.
fn table(
    out: &mut Map<String, Value>,
    name: &str,
    found: &BTreeMap<String, Found>,
    (path, same): (&str, Same),
    import: &mut Import,
) {
    let stands = out
        .get(name)
        .and_then(Value::as_object)
        .cloned()
        .unwrap_or_default();
    let mut after = Map::new();
    for (activity, now) in found {
        let was = stands.get(activity).and_then(Value::as_str);
        if same(was, Some(&now.value)) {
            after.insert(activity.clone(), json!(was.unwrap_or(&now.value)));
            continue;
        }
        let key = format!("{name}.{activity}");
        note(import, path, &key, was, Some(&now.value), &now.cell);
        after.insert(activity.clone(), json!(now.value));
    }
    for (activity, was) in &stands {
        if !found.contains_key(activity) && was.as_str().is_some_and(|was| !was.trim().is_empty()) {
            note(
                import,
                path,
                &format!("{name}.{activity}"),
                was.as_str(),
                None,
                "",
            );
        }
    }
    if Value::Object(after.clone()) != Value::Object(stands) {
        out.insert(name.to_owned(), Value::Object(after));
    }
}

fn note(
    import: &mut Import,
    path: &str,
    key: &str,
    from: Option<&str>,
    to: Option<&str>,
    cell: &str,
) {
    import.changes.push(Change {
        path: format!("{path}.{key}"),
        cell: cell.to_owned(),
        from: from.map(str::to_owned),
        to: to.map(str::to_owned),
    });
}

fn same_text(stands: Option<&str>, found: Option<&str>) -> bool {
    stands.map(str::trim) == found.map(str::trim)
}

/// `4000.0` and `4000` are the same.
fn same_number(stands: Option<&str>, found: Option<&str>) -> bool {
    let normal = |text: &str| decimal_from_text(text.trim()).map(normal_text).ok();
    match (stands.map(normal), found.map(normal)) {
        (Some(Some(stands)), Some(Some(found))) => stands == found,
        _ => false,
    }
}
