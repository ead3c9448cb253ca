//! Rows matched by their ids, cells by their columns: the differences of one sheet.
use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use crate::{
    cell::{self, Cell},
    column::{Column, Content, Field, clean, shown},
    grid::Grid,
    import::{Added, Change, Import, Removed},
    refusal::Refusal,
    tables::Table,
};

/// The fields that a cohort has of its own.
pub(crate) const COHORT_FIELDS: [Field; 2] = [Field::Own("quantity"), Field::Own("start")];

/// Reads one sheet; what it finds goes into the import.
pub(crate) struct Reading<'a> {
    pub(crate) table: &'a Table,
    pub(crate) grid: &'a Grid,
    pub(crate) import: &'a mut Import,
}

/// The rows of one record: one, or one for each cohort.
pub(crate) struct Group {
    id: String,
    pub(crate) rows: Vec<u32>,
}

/// The id under which a record is exported: its own, or its place in the list.
pub(crate) fn row_id(records: &[Value], position: usize) -> String {
    let own = |record: &Value| Column::id_of(record);
    let id = records.get(position).and_then(own);
    let earlier = records.get(..position).unwrap_or_default();
    match id {
        Some(id)
            if !earlier
                .iter()
                .any(|record| own(record).as_ref() == Some(&id)) =>
        {
            id
        }
        _ => format!("#{}", position + 1),
    }
}

/// The record that a row means: the one with its id, or the one whose place it names, if no other
/// row means that.
fn place(ids: &[String], groups: &[Group], id: &str) -> Option<usize> {
    let named = ids.iter().position(|own| own == id);
    named.or_else(|| {
        let number: usize = id.strip_prefix('#')?.parse().ok()?;
        let at = number.checked_sub(1)?;
        let own = ids.get(at)?;
        let taken = groups.iter().any(|group| group.id == *own);
        (!taken).then_some(at)
    })
}

impl<'a> Reading<'a> {
    pub(crate) fn new(table: &'a Table, grid: &'a Grid, import: &'a mut Import) -> Self {
        Self {
            table,
            grid,
            import,
        }
    }

    /// The records after the changes: those that stayed in their order, then the new ones.
    pub(crate) fn rows(mut self, current: &[Value]) -> Vec<Value> {
        let groups = self.groups();
        if groups.len() > self.table.rows_max {
            self.refuse_too_many(&groups);
            return current.to_vec();
        }
        let ids: Vec<String> = (0..current.len()).map(|at| row_id(current, at)).collect();
        let mut kept: Vec<Option<Value>> = vec![None; current.len()];
        let mut fresh = Vec::new();
        for group in &groups {
            let place = place(&ids, &groups, &group.id);
            match place.and_then(|at| Some((at, kept.get_mut(at)?, current.get(at)?))) {
                Some((at, slot, record)) => {
                    let path = format!("{}[{at}]", self.table.list);
                    *slot = Some(self.record(record, group, &path));
                }
                None => fresh.push(group),
            }
        }
        for (at, slot) in kept.iter().enumerate() {
            if let (None, Some(record)) = (slot, current.get(at)) {
                self.import.removed.push(Removed {
                    path: format!("{}[{at}]", self.table.list),
                    id: Column::id_of(record).unwrap_or_default(),
                    name: shown_name(record),
                });
            }
        }
        let mut rows: Vec<Value> = kept.into_iter().flatten().collect();
        let mut taken: BTreeSet<String> = ids.into_iter().collect();
        taken.extend(groups.iter().map(|group| group.id.clone()));
        for group in fresh {
            let record = self.new_record(group, rows.len(), &mut taken);
            rows.push(record);
        }
        rows
    }

    fn refuse_too_many(&mut self, groups: &[Group]) {
        let most = self.table.rows_max;
        let first = groups.get(most).and_then(|group| group.rows.first());
        let cell = first.map(|row| self.cell_name(Field::Id, *row));
        let message = format!("and the rows below are too many; a sheet has at most {most}.");
        let refusal = Refusal::of_cell(
            "too_many_rows",
            &cell.unwrap_or_default(),
            self.table.list,
            &message,
        );
        self.import
            .refused
            .push(refusal.with("most", most.to_string()));
    }

    fn column(&self, field: Field) -> u32 {
        let found = self
            .table
            .columns
            .iter()
            .find(|column| column.field == field);
        let key = found
            .map(|column| self.table.key(column))
            .unwrap_or_default();
        self.grid.columns.get(&key).copied().unwrap_or(u32::MAX)
    }

    pub(crate) fn content(&self, field: Field, row: u32) -> &'a Content {
        self.grid.cell(row, self.column(field))
    }

    pub(crate) fn cell_name(&self, field: Field, row: u32) -> String {
        self.grid.cell_name(row, self.column(field))
    }

    /// Rows with more than an id in them, put together where they are cohorts of one record.
    fn groups(&mut self) -> Vec<Group> {
        let mut groups: Vec<Group> = Vec::new();
        for row in self.grid.rows() {
            let filled = |column: &Column| {
                !matches!(column.field, Field::Id | Field::Cohort)
                    && *self.content(column.field, row) != Content::Blank
            };
            if !self.table.columns.iter().any(filled) {
                continue;
            }
            let id = cell::plain_text(self.content(Field::Id, row));
            let cohort =
                self.table.has_cohorts() && *self.content(Field::Cohort, row) != Content::Blank;
            let above = groups
                .last_mut()
                .filter(|group| !id.is_empty() && group.id == id);
            match above {
                Some(group) if cohort => group.rows.push(row),
                _ => groups.push(Group {
                    id,
                    rows: vec![row],
                }),
            }
        }
        self.refuse_duplicates(&groups);
        groups
    }

    fn refuse_duplicates(&mut self, groups: &[Group]) {
        let mut seen = BTreeSet::new();
        for group in groups.iter().filter(|group| !group.id.is_empty()) {
            if !seen.insert(&group.id)
                && let Some(row) = group.rows.first()
            {
                let message = format!(
                    "holds \"{}\" a second time; clear it for a new row, or number the rows of one \
                     outcome as cohorts, one below the other.",
                    group.id
                );
                self.refuse("duplicate_id", Field::Id, *row, self.table.list, &message);
            }
        }
    }

    pub(crate) fn refuse(&mut self, code: &str, field: Field, row: u32, path: &str, message: &str) {
        let cell = self.cell_name(field, row);
        let refusal = Refusal::of_cell(code, &cell, path, message);
        self.import.refused.push(refusal);
    }

    fn new_record(
        &mut self,
        group: &Group,
        position: usize,
        taken: &mut BTreeSet<String>,
    ) -> Value {
        let path = format!("{}[{position}]", self.table.list);
        let listed = self.import.changes.len();
        let mut record = self.record(&json!({}), group, &path);
        self.import.changes.truncate(listed);
        let mut id = group.id.clone();
        if self.table.id_prefix.is_empty() {
            id.clear();
        } else if id.is_empty() || id.starts_with('#') {
            let free = (1..).map(|number| format!("{}{number}", self.table.id_prefix));
            id = free
                .take(taken.len() + 1)
                .find(|id| !taken.contains(id))
                .unwrap_or_default();
        }
        if let (Value::Object(record), false) = (&mut record, id.is_empty()) {
            taken.insert(id.clone());
            record.insert("id".to_owned(), json!(id));
        }
        if let Value::Object(record) = &mut record
            && record.contains_key("unvalued_reason")
        {
            // A reason for having no price states that there is none.
            record.entry("proxy").or_insert(Value::Null);
        }
        let first = group.rows.first().copied().unwrap_or_default();
        self.import.added.push(Added {
            path,
            cell: self.cell_name(Field::Id, first),
            id,
            name: shown_name(&record),
        });
        record
    }

    /// One record after its changes.
    fn record(&mut self, before: &Value, group: &Group, path: &str) -> Value {
        let Some((first, others)) = group.rows.split_first() else {
            return before.clone();
        };
        let table = self.table;
        let cohort = *self.content(Field::Cohort, *first) != Content::Blank;
        let listed = table.has_cohorts() && (cohort || !others.is_empty());
        let is_own = |column: &&Column| !listed || !COHORT_FIELDS.contains(&column.field);
        let columns: Vec<&Column> = table.columns.iter().filter(is_own).collect();
        let mut record = before.as_object().cloned().unwrap_or_default();
        if !listed && !before["cohorts"].is_null() && table.has_cohorts() {
            self.change_cohorts_away(&mut record, path);
        }
        self.cells(before, &mut record, &columns, *first, path);
        for row in others {
            self.refuse_values_beside_cohort(&columns, *first, *row, path);
        }
        if listed {
            self.cohorts(before, &mut record, group, path);
        }
        if record.is_empty() && !before.is_object() {
            return before.clone();
        }
        Value::Object(record)
    }

    /// Every cell of a row that says something else than the record.
    pub(crate) fn cells(
        &mut self,
        before: &Value,
        record: &mut Map<String, Value>,
        columns: &[&Column],
        row: u32,
        path: &str,
    ) {
        for column in columns {
            if matches!(column.field, Field::Id | Field::Cohort | Field::Grade(_)) {
                continue;
            }
            let content = self.content(column.field, row);
            if column.written(before).says(content) {
                continue;
            }
            let at = format!("{path}.{}", column.field.path());
            let name = self.cell_name(column.field, row);
            match cell::read(
                &Cell {
                    content,
                    name: &name,
                    path: &at,
                },
                column,
            ) {
                Err(refusal) => self.import.refused.push(refusal),
                Ok(value) => {
                    let stands = column.field.get(before);
                    let from = (!stands.is_null()).then(|| shown(stands));
                    let to = value.as_ref().map(shown);
                    if from != to {
                        column.field.set(record, value);
                        self.import.changes.push(Change {
                            path: at,
                            cell: name,
                            from,
                            to,
                        });
                    }
                }
            }
        }
        self.grades(before, record, columns, row, path);
        self.refuse_half_ranges(record, columns, row, path);
    }

    fn refuse_half_ranges(
        &mut self,
        record: &Map<String, Value>,
        columns: &[&Column],
        row: u32,
        path: &str,
    ) {
        let record = Value::Object(record.clone());
        for column in columns {
            let Field::Range(parameter, end) = column.field else {
                continue;
            };
            let other = Field::Range(parameter, 1 - end).get(&record);
            // A cell that was refused is no missing end.
            let blank = *self.content(column.field, row) == Content::Blank;
            if blank && column.field.get(&record).is_null() && !other.is_null() {
                let at = format!("{path}.range.{}", parameter.word());
                let message = "is empty beside the other end of the range; give both, such as 0.8 \
                               and 1.2, or none.";
                self.refuse("range_incomplete", column.field, row, &at, message);
            }
        }
    }
}

fn shown_name(record: &Value) -> String {
    record["name"].as_str().unwrap_or_default().to_owned()
}

impl Column {
    /// A record's own id as a cell holds it.
    pub(crate) fn id_of(record: &Value) -> Option<String> {
        let id = match &record["id"] {
            Value::String(id) => clean(id),
            Value::Number(id) => id.to_string(),
            Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => String::new(),
        };
        (!id.is_empty()).then_some(id)
    }
}
