//! Cohorts: the first row of an outcome carries everything, each further row only a quantity and a
//! first year, numbered under the same outcome.
use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::{
    cell::{self, Cell},
    column::{Column, Content, Field, Kind, shown},
    diff::{COHORT_FIELDS, Group, Reading},
    import::Change,
    refusal::Refusal,
};

/// Most cohorts of one outcome: one for each possible start.
const COHORTS_MAX: i64 = 30;

impl Reading<'_> {
    /// A cohort's row carries nothing but its quantity and start.
    pub(crate) fn refuse_values_beside_cohort(
        &mut self,
        columns: &[&Column],
        first: u32,
        row: u32,
        path: &str,
    ) {
        for column in columns {
            if matches!(column.field, Field::Id | Field::Cohort) {
                continue;
            }
            let content = self.content(column.field, row);
            let repeated = content.says(self.content(column.field, first));
            if *content != Content::Blank && !repeated {
                let at = format!("{path}.{}", column.field.path());
                let message = "stands in the row of a further cohort, which has only a quantity and \
                               a first year; write it in the outcome's first row.";
                self.refuse("cohort_value", column.field, row, &at, message);
            }
        }
    }

    pub(crate) fn change_cohorts_away(&mut self, record: &mut Map<String, Value>, path: &str) {
        let cohorts = record.remove("cohorts").unwrap_or_default();
        self.import.changes.push(Change {
            path: format!("{path}.cohorts"),
            cell: String::new(),
            from: Some(shown(&cohorts)),
            to: None,
        });
    }

    pub(crate) fn cohorts(
        &mut self,
        before: &Value,
        record: &mut Map<String, Value>,
        group: &Group,
        path: &str,
    ) {
        let table = self.table;
        let is_cohorts = |column: &&Column| COHORT_FIELDS.contains(&column.field);
        let columns: Vec<&Column> = table.columns.iter().filter(is_cohorts).collect();
        for column in &columns {
            let stands = column.field.get(before);
            if !stands.is_null() {
                column.field.set(record, None);
                let key = column.field.path();
                self.import.changes.push(Change {
                    path: format!("{path}.{key}"),
                    cell: String::new(),
                    from: Some(shown(stands)),
                    to: None,
                });
            }
        }
        let current = before["cohorts"].as_array().cloned().unwrap_or_default();
        let mut kept: Vec<Option<Value>> = vec![None; current.len()];
        let mut fresh = BTreeMap::new();
        for row in &group.rows {
            let Some(number) = self.cohort_number(*row, path) else {
                continue;
            };
            let at = number.saturating_sub(1);
            let stands = current.get(at).cloned().unwrap_or_else(|| json!({}));
            let mut cohort = stands.as_object().cloned().unwrap_or_default();
            let cohort_path = format!("{path}.cohorts[{at}]");
            self.cells(&stands, &mut cohort, &columns, *row, &cohort_path);
            let cohort = Value::Object(cohort);
            let again = match kept.get_mut(at) {
                Some(slot) => slot.replace(cohort).is_some(),
                None => fresh.insert(number, cohort).is_some(),
            };
            if again {
                let message =
                    "numbers a cohort that its outcome has already; give it the next number.";
                self.refuse("duplicate_id", Field::Cohort, *row, &cohort_path, message);
            }
        }
        for (at, gone) in kept.iter().enumerate().filter(|(_, slot)| slot.is_none()) {
            debug_assert!(gone.is_none());
            self.import.changes.push(Change {
                path: format!("{path}.cohorts[{at}]"),
                cell: String::new(),
                from: current.get(at).map(shown),
                to: None,
            });
        }
        let cohorts: Vec<Value> = kept
            .into_iter()
            .flatten()
            .chain(fresh.into_values())
            .collect();
        record.insert("cohorts".to_owned(), Value::Array(cohorts));
    }

    fn cohort_number(&mut self, row: u32, path: &str) -> Option<usize> {
        let column = number_column();
        let name = self.cell_name(Field::Cohort, row);
        let content = self.content(Field::Cohort, row);
        let at = format!("{path}.cohorts");
        let read = if *content == Content::Blank {
            let message = "is empty; number the cohorts of an outcome 1, 2, 3.";
            Err(Refusal::of_cell("not_number", &name, &at, message))
        } else {
            cell::read(
                &Cell {
                    content,
                    name: &name,
                    path: &at,
                },
                &column,
            )
        };
        match read {
            Ok(value) => value?
                .as_u64()
                .and_then(|number| usize::try_from(number).ok()),
            Err(refusal) => {
                self.import.refused.push(refusal);
                None
            }
        }
    }
}

fn number_column() -> Column {
    Column {
        field: Field::Cohort,
        kind: Kind::Whole(1, COHORTS_MAX),
        heading: (String::new(), String::new()),
        width: 0,
    }
}
