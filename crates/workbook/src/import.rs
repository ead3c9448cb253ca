//! An edited workbook held against the section as it stands: what changed, what was added or taken
//! away, what cannot be read. Nothing is stored here; a person looks at the list first.
use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::{
    archive,
    diff::Reading,
    grid::{self, Grid},
    language::Language,
    refusal::Refusal,
    tables::{Table, tables},
};

/// A cell whose value differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// `outcomes[2].deadweight`, in the section as it stands.
    pub path: String,
    /// `Outcomes!H7`; empty for a cohort whose row is gone.
    pub cell: String,
    /// What stands in the section, if anything.
    pub from: Option<String>,
    /// What stands in the cell, if anything.
    pub to: Option<String>,
}

/// A row that the section does not have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Added {
    /// `outcomes[5]`, in the content after the changes.
    pub path: String,
    /// Its first cell.
    pub cell: String,
    /// Its id; empty where rows have none.
    pub id: String,
    /// Its name.
    pub name: String,
}

/// A row of the section that the workbook does not have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Removed {
    /// `outcomes[1]`, in the section as it stands.
    pub path: String,
    /// Its id; empty where rows have none.
    pub id: String,
    /// Its name.
    pub name: String,
}

/// What an edited workbook would change.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Import {
    /// Cells, in the order of the sheets.
    pub changes: Vec<Change>,
    /// Rows that are new.
    pub added: Vec<Added>,
    /// Rows that are gone.
    pub removed: Vec<Removed>,
    /// Everything that keeps the workbook out.
    pub refused: Vec<Refusal>,
    /// The whole section after the changes; none when anything is refused.
    pub content: Option<Value>,
}

impl Import {
    /// As the web app reads it.
    pub fn to_json(&self) -> Value {
        let refused: Vec<Value> = self.refused.iter().map(Refusal::to_json).collect();
        json!({
            "changes": self.changes,
            "added": self.added,
            "removed": self.removed,
            "refused": refused,
            "content": self.content,
        })
    }

    fn refusing(refused: Vec<Refusal>) -> Self {
        Self {
            refused,
            ..Self::default()
        }
    }
}

/// Reads a workbook that was exported and edited, against the section as it stands.
pub fn import(bytes: &[u8], current: &Value) -> Import {
    let refused = archive::refusals(bytes);
    if !refused.is_empty() {
        return Import::refusing(refused);
    }
    let tables = tables();
    let prefixes = tables.each_ref().map(|table| table.prefix);
    let grids = match grid::read(bytes, &prefixes) {
        Ok(grids) => grids,
        Err(refusal) => return Import::refusing(vec![refusal]),
    };
    if grids.is_empty() {
        let message = "The workbook has none of the exported sheets; export the value map and edit \
                       that workbook.";
        return Import::refusing(vec![Refusal::of_file("file_not_ours", message)]);
    }
    let mut import = Import::default();
    let mut content = current.as_object().cloned().unwrap_or_default();
    for table in &tables {
        read_table(table, &grids, &mut content, &mut import);
    }
    if import.refused.is_empty() {
        import.content = Some(if current.is_object() || !content.is_empty() {
            Value::Object(content)
        } else {
            current.clone()
        });
    }
    import
}

fn read_table(
    table: &Table,
    grids: &BTreeMap<&'static str, Grid>,
    content: &mut Map<String, Value>,
    import: &mut Import,
) {
    let name = Language::En.of(table.sheet);
    let Some(grid) = grids.get(table.prefix) else {
        let message = format!(
            "The sheet {name} is missing, or its hidden third row; export the value map again and \
             copy your changes into it."
        );
        let refusal = Refusal::of_file("sheet_missing", message).with("sheet", name);
        import.refused.push(refusal);
        return;
    };
    if !is_whole(table, grid, import) {
        return;
    }
    let current = content.get(table.list).and_then(Value::as_array);
    let current = current.cloned().unwrap_or_default();
    let rows = Reading::new(table, grid, import).rows(&current);
    let untouched = rows.is_empty() && current.is_empty();
    if !untouched && rows != current {
        content.insert(table.list.to_owned(), Value::Array(rows));
    }
}

/// Whether every column is there and no cells are merged.
fn is_whole(table: &Table, grid: &Grid, import: &mut Import) -> bool {
    let before = import.refused.len();
    for column in &table.columns {
        let key = table.key(column);
        if !grid.columns.contains_key(&key) {
            let heading = &column.heading.0;
            let message = format!(
                "The column \"{heading}\" of the sheet {} is missing; export the value map again.",
                grid.name
            );
            let path = format!("{}[].{}", table.list, column.field.path());
            let mut refusal = Refusal::of_file("column_missing", message)
                .with("column", heading)
                .with("sheet", &grid.name);
            refusal.problem.path = path;
            import.refused.push(refusal);
        }
    }
    for (start, end) in &grid.merged {
        if end.0 > grid.key_row {
            let cell = grid.cell_name(start.0, start.1);
            let message =
                "is merged with cells beside it; unmerge them, each cell holds one value.";
            import
                .refused
                .push(Refusal::of_cell("merged_cells", &cell, table.list, message));
        }
    }
    import.refused.len() == before
}
