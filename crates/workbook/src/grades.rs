//! Evidence grades: one for all parameters and those of single ones are different cells of one value.
use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::{
    cell::{self, Cell},
    column::{Column, Field, composed_grades, shown},
    diff::Reading,
    import::Change,
};

impl Reading<'_> {
    /// The grade for all parameters and those of single ones make one value together.
    pub(crate) fn grades(
        &mut self,
        before: &Value,
        record: &mut Map<String, Value>,
        columns: &[&Column],
        row: u32,
        path: &str,
    ) {
        let (mut all, mut own, mut changes) = (None, BTreeMap::new(), Vec::new());
        for column in columns {
            let Field::Grade(parameter) = column.field else {
                continue;
            };
            let content = self.content(column.field, row);
            let stands = Some(column.field.get(before).clone()).filter(|value| !value.is_null());
            let path = format!("{path}.{}", column.field.path());
            let name = self.cell_name(column.field, row);
            let value = if column.written(before).says(content) {
                stands
            } else {
                let at = Cell {
                    content,
                    name: &name,
                    path: &path,
                };
                let read = match cell::read(&at, column) {
                    Ok(read) => read,
                    Err(refusal) => {
                        self.import.refused.push(refusal);
                        continue;
                    }
                };
                let (from, to) = (stands.as_ref().map(shown), read.as_ref().map(shown));
                changes.push(Change {
                    path,
                    cell: name,
                    from,
                    to,
                });
                read
            };
            match (parameter, value) {
                (None, value) => all = value,
                (Some(parameter), Some(value)) => {
                    own.insert(parameter, value);
                }
                (Some(_), None) => {}
            }
        }
        let composed = composed_grades(all, &own).unwrap_or_default();
        if !changes.is_empty() && composed != before["evidence_grade"] {
            self.import.changes.extend(changes);
            record.remove("evidence_grade");
            if !composed.is_null() {
                record.insert("evidence_grade".to_owned(), composed);
            }
        }
    }
}
