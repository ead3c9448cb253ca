//! A finance department's plain pool sheet held against the section as it stands: columns are found by
//! their headings, rows by pool and activity, and a person sees every difference before it is kept.
use std::collections::BTreeMap;

use serde_json::Value;

use crate::{
    archive,
    column::Content,
    grid::{self, Cells, Grid, KEY_ROWS_MAX},
    import::Import,
    pool_columns::{PoolColumn, column_of},
    pool_diff::compare,
    pool_rows::Reading,
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
        let named = columns.into_iter().map(|(column, at)| (column.key(), at));
        (row, named.collect())
    })
}

fn missing_columns(grid: &Grid) -> Vec<Refusal> {
    let missing = NEEDED
        .iter()
        .filter(|(column, _)| !grid.columns.contains_key(&column.key()));
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
