//! A finance department's plain pool sheet held against the section as it stands: columns are found by
//! their headings, rows by pool and activity, and a person sees every difference before it is kept.
use std::collections::BTreeMap;

use explain::date_from_text;
use money::{Decimal, Hkd, decimal_from_text, normal_text};
use serde_json::{Map, Value, json};

use crate::{
    archive,
    cell::{self, Cell},
    column::{Column, Content, Field, Kind},
    grid::{self, Cells, Grid, KEY_ROWS_MAX},
    import::{Added, Change, Import, Removed},
    pool_columns::{PoolColumn, basis_code, basis_codes, column_of},
    refusal::Refusal,
};

/// Most rows of a pool sheet.
const ROWS_MAX: usize = 5_000;
const NEEDED: [(PoolColumn, &str); 5] = [
    (PoolColumn::Pool, "Pool"),
    (PoolColumn::Amount, "Amount"),
    (PoolColumn::Basis, "Basis"),
    (PoolColumn::Activity, "Activity"),
    (PoolColumn::Weight, "Weight"),
];

/// Reads a pool sheet against the cost-sharing section as it stands.
pub fn pool_sheet_import(bytes: &[u8], current: &Value) -> Import {
    let refused = archive::refusals(bytes);
    if !refused.is_empty() {
        return refusing(refused);
    }
    let grid = match grid::read_plain(bytes, &headings) {
        Err(refusal) => return refusing(vec![refusal]),
        Ok(None) => {
            let message = "No sheet has the headings Pool, Activity and Weight in its first rows; \
                           name the columns so, or export the cost plan and edit its sheet Pools.";
            return refusing(vec![Refusal::of_file("file_not_ours", message)]);
        }
        Ok(Some(grid)) => grid,
    };
    let mut refused = missing_columns(&grid);
    refused.extend(merged_cells(&grid));
    if grid.rows_below().len() > ROWS_MAX {
        let message = format!("The sheet has more than {ROWS_MAX} rows; keep only the pools.");
        refused.push(Refusal::of_file("too_many_rows", message));
    }
    if !refused.is_empty() {
        return refusing(refused);
    }
    let mut reading = Reading {
        grid: &grid,
        refused: Vec::new(),
    };
    let pools = reading.pools();
    reading.check(&pools);
    if !reading.refused.is_empty() {
        return refusing(reading.refused);
    }
    compare(&pools, &grid, current)
}

fn refusing(refused: Vec<Refusal>) -> Import {
    Import {
        refused,
        ..Import::default()
    }
}

/// The first row that names a pool, an activity and a weight.
fn headings(cells: &Cells) -> Option<(u32, BTreeMap<String, u32>)> {
    let mut rows: BTreeMap<u32, BTreeMap<PoolColumn, u32>> = BTreeMap::new();
    for ((row, column), content) in cells.range(..(KEY_ROWS_MAX, 0)) {
        if let Content::Text(text) = content
            && let Some(named) = column_of(text)
        {
            rows.entry(*row)
                .or_default()
                .entry(named)
                .or_insert(*column);
        }
    }
    let needed = [PoolColumn::Pool, PoolColumn::Activity, PoolColumn::Weight];
    let found = rows
        .into_iter()
        .find(|(_, columns)| needed.iter().all(|column| columns.contains_key(column)));
    found.map(|(row, columns)| {
        let named = columns.into_iter().map(|(column, at)| (key(column), at));
        (row, named.collect())
    })
}

fn key(column: PoolColumn) -> String {
    format!("{column:?}")
}

fn missing_columns(grid: &Grid) -> Vec<Refusal> {
    let missing = NEEDED
        .iter()
        .filter(|(column, _)| !grid.columns.contains_key(&key(*column)));
    missing
        .map(|(_, name)| {
            let message = format!("The sheet {} has no column {name}; add it.", grid.name);
            Refusal::of_file("column_missing", message)
                .with("column", *name)
                .with("sheet", &grid.name)
        })
        .collect()
}

fn merged_cells(grid: &Grid) -> Vec<Refusal> {
    let below = grid.merged.iter().filter(|(_, end)| end.0 > grid.key_row);
    below
        .map(|(start, _)| {
            let cell = grid.cell_name(start.0, start.1);
            let message =
                "is merged with cells beside it; unmerge them, each cell holds one value.";
            Refusal::of_cell("merged_cells", &cell, "pools", message)
        })
        .collect()
}

/// A value with the cell that it came from.
struct Found {
    value: String,
    cell: String,
}

/// One pool of the sheet.
#[derive(Default)]
struct SheetPool {
    id: Option<String>,
    name: String,
    cell: String,
    own: BTreeMap<&'static str, Found>,
    weights: BTreeMap<String, Found>,
    evidence: BTreeMap<String, Found>,
}

struct Reading<'a> {
    grid: &'a Grid,
    refused: Vec<Refusal>,
}

impl Reading<'_> {
    fn value(&mut self, row: u32, column: PoolColumn, kind: Kind) -> Option<Found> {
        let at = *self.grid.columns.get(&key(column))?;
        let name = self.grid.cell_name(row, at);
        let described = Column {
            field: Field::Own("value"),
            kind,
            heading: (String::new(), String::new()),
            width: 0,
        };
        let found = Cell {
            content: self.grid.cell(row, at),
            name: &name,
            path: "pools",
        };
        match cell::read(&found, &described) {
            Err(refusal) => {
                self.refused.push(refusal);
                None
            }
            Ok(value) => Some(Found {
                value: value?.as_str()?.trim().to_owned(),
                cell: name,
            }),
        }
    }

    fn refuse(&mut self, code: &str, cell: &str, message: &str) {
        let refusal = Refusal::of_cell(code, cell, "pools", message);
        self.refused.push(refusal);
    }

    /// A row without a pool belongs to the pool above.
    fn pools(&mut self) -> Vec<SheetPool> {
        let mut pools: Vec<SheetPool> = Vec::new();
        for row in self.grid.rows_below() {
            let id = self.value(row, PoolColumn::Id, Kind::Text);
            let name = self.value(row, PoolColumn::Pool, Kind::Text);
            let position = match (&name, &id) {
                (None, None) => pools.len().checked_sub(1),
                (Some(name), _) => pools.iter().position(|pool| pool.name == name.value),
                (None, Some(id)) => pools
                    .iter()
                    .position(|pool| pool.id.as_ref() == Some(&id.value)),
            };
            let position = position.unwrap_or_else(|| {
                let cell = name
                    .as_ref()
                    .or(id.as_ref())
                    .map_or_else(|| self.grid.cell_name(row, 0), |found| found.cell.clone());
                pools.push(SheetPool {
                    id: id.as_ref().map(|id| id.value.clone()),
                    name: name
                        .as_ref()
                        .map_or_else(String::new, |name| name.value.clone()),
                    cell,
                    ..SheetPool::default()
                });
                pools.len() - 1
            });
            if let Some(pool) = pools.get_mut(position) {
                self.row(row, pool);
            }
        }
        pools
    }

    fn row(&mut self, row: u32, pool: &mut SheetPool) {
        let amount = self.value(row, PoolColumn::Amount, Kind::Decimal);
        if let Some(amount) = amount.and_then(|found| self.cents(found)) {
            self.once(pool, "amount", amount);
        }
        if let Some(basis) = self.value(row, PoolColumn::Basis, Kind::Text) {
            match basis_code(&basis.value) {
                Some(code) => {
                    let value = code.to_owned();
                    self.once(pool, "basis", Found { value, ..basis });
                }
                None => {
                    let message =
                        format!("is no basis that is known; give one of {}.", basis_codes());
                    self.refuse("not_one_of", &basis.cell, &message);
                }
            }
        }
        for (column, key) in [
            (PoolColumn::PeriodFrom, "period_from"),
            (PoolColumn::PeriodTo, "period_to"),
        ] {
            if let Some(day) = self.value(row, column, Kind::Text) {
                self.day(pool, key, day);
            }
        }
        if let Some(period) = self.value(row, PoolColumn::Period, Kind::Text) {
            self.period(pool, &period);
        }
        if let Some(evidence) = self.value(row, PoolColumn::PoolEvidence, Kind::Text) {
            self.once(pool, "evidence", evidence);
        }
        let activity = self.value(row, PoolColumn::Activity, Kind::Text);
        let weight = self.value(row, PoolColumn::Weight, Kind::Decimal);
        let evidence = self.value(row, PoolColumn::Evidence, Kind::Text);
        match (activity, weight) {
            (Some(activity), Some(weight)) => self.weight(pool, activity, weight, evidence),
            (Some(activity), None) => {
                self.refuse(
                    "missing",
                    &activity.cell,
                    "has no weight; give one, such as 387.5, or 0.",
                );
            }
            (None, Some(weight)) => {
                self.refuse(
                    "missing",
                    &weight.cell,
                    "has no activity; name it, such as fsa.",
                );
            }
            (None, None) => {}
        }
    }

    fn weight(
        &mut self,
        pool: &mut SheetPool,
        activity: Found,
        weight: Found,
        evidence: Option<Found>,
    ) {
        if weight.value.starts_with('-') {
            self.refuse(
                "negative",
                &weight.cell,
                "is below zero; a weight is zero or more.",
            );
        }
        if pool.weights.contains_key(&activity.value) {
            let message = format!(
                "names {} a second time in its pool; keep one row.",
                activity.value
            );
            self.refuse("duplicate_id", &activity.cell, &message);
        }
        if let Some(evidence) = evidence {
            pool.evidence.insert(activity.value.clone(), evidence);
        }
        pool.weights.insert(activity.value, weight);
    }

    fn cents(&mut self, found: Found) -> Option<Found> {
        match Hkd::try_from_text(&found.value) {
            Ok(amount) if amount >= Hkd::ZERO => Some(Found {
                value: amount.to_string(),
                ..found
            }),
            Ok(_) => {
                self.refuse(
                    "negative",
                    &found.cell,
                    "is below zero; give an amount such as 250000.00.",
                );
                None
            }
            Err(error) => {
                let message = format!("{error}; give dollars and cents, such as 250000.00.");
                self.refuse(error.code(), &found.cell, &message);
                None
            }
        }
    }

    fn day(&mut self, pool: &mut SheetPool, key: &'static str, day: Found) {
        if date_from_text(&day.value).is_some() {
            self.once(pool, key, day);
        } else {
            self.refuse(
                "not_date",
                &day.cell,
                "is no date; write it as text, such as 2025-04-01.",
            );
        }
    }

    fn period(&mut self, pool: &mut SheetPool, period: &Found) {
        let split = [" to ", "至", "–", " - "]
            .iter()
            .find_map(|between| period.value.split_once(between));
        let Some((from, to)) = split else {
            let message = "is no period; write it as 2025-04-01 to 2026-03-31.";
            self.refuse("not_date", &period.cell, message);
            return;
        };
        for (key, text) in [("period_from", from), ("period_to", to)] {
            let day = Found {
                value: text.trim().to_owned(),
                cell: period.cell.clone(),
            };
            self.day(pool, key, day);
        }
    }

    /// One value per pool: a second row may repeat it but not contradict it.
    fn once(&mut self, pool: &mut SheetPool, key: &'static str, found: Found) {
        match pool.own.get(key) {
            Some(first) if first.value != found.value => {
                let message = format!(
                    "holds {}, but the pool has {} in {}; give it once.",
                    found.value, first.value, first.cell
                );
                self.refuse("contradiction", &found.cell, &message);
            }
            Some(_) => {}
            None => {
                pool.own.insert(key, found);
            }
        }
    }

    /// What every pool needs.
    fn check(&mut self, pools: &[SheetPool]) {
        for pool in pools {
            for (key, example) in [("amount", "250000.00"), ("basis", "staff_time")] {
                if !pool.own.contains_key(key) {
                    let message =
                        format!("names a pool without its {key}; give it, such as {example}.");
                    self.refuse("missing", &pool.cell, &message);
                }
            }
            let is_zero = |found: &Found| decimal_from_text(&found.value) == Ok(Decimal::ZERO);
            if pool.weights.values().all(is_zero) {
                let message =
                    "names a pool without a weight above zero, so there is nothing to split by.";
                self.refuse("bad_weights", &pool.cell, message);
            }
            if pool.name.is_empty() {
                self.refuse("missing", &pool.cell, "has no pool name; give it one.");
            }
            if let (Some(from), Some(to)) = (pool.own.get("period_from"), pool.own.get("period_to"))
                && to.value < from.value
            {
                let message = format!("ends on {} before it starts on {}.", to.value, from.value);
                self.refuse("end_before_start", &to.cell, &message);
            }
        }
    }
}

/// The pools of the sheet over those of the section.
fn compare(pools: &[SheetPool], grid: &Grid, current: &Value) -> Import {
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
        match found.and_then(|position| Some((position, stands.get(position)?))) {
            Some((position, record)) => {
                let path = format!("pools[{position}]");
                after.push(changed(pool, record, &path, grid, &mut import));
            }
            None => {
                let id = free_id(&stands, &after, pool);
                import.added.push(Added {
                    path: format!("pools[{}]", after.len()),
                    cell: pool.cell.clone(),
                    id: id.clone(),
                    name: pool.name.clone(),
                });
                let mut fresh = Import::default();
                let blank = json!({"id": id});
                after.push(changed(pool, &blank, "", grid, &mut fresh));
            }
        }
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
    let speaks = grid.columns.contains_key(&key(PoolColumn::Evidence));
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
