//! The types of decision tables: columns are facts, cells fit them, and all values are of one
//! kind.
use explain::{json::Json, read::join};

use super::{
    Checker, Look as _,
    operands::literal,
    types::{Range, Type, Unit},
};

impl Checker<'_> {
    pub(super) fn tables(&mut self) {
        let Some(Json::Object(tables)) = self.tables else {
            return;
        };
        for (name, table) in tables {
            let path = join("tables", name);
            let columns = self.columns(table, &path);
            if let Some(Json::List(rows)) = table.at("rows") {
                for (position, row) in rows.iter().enumerate() {
                    let at = format!("{}[{position}]", join(&path, "rows"));
                    self.cells(row, &columns, &at);
                }
            }
            self.values(table, &path);
        }
    }

    fn columns(&mut self, table: &Json, path: &str) -> Vec<Option<Type>> {
        let Some(Json::List(columns)) = table.at("columns") else {
            return Vec::new();
        };
        columns
            .iter()
            .enumerate()
            .map(|(position, column)| {
                let at = format!("{}[{position}].field", join(path, "columns"));
                let field = column.text_at("field")?;
                // Facts of items are checked where a rule uses the table inside a list.
                if field.starts_with("item") {
                    return None;
                }
                self.fact(&field, &at)
            })
            .collect()
    }

    fn cells(&mut self, row: &Json, columns: &[Option<Type>], path: &str) {
        let Some(Json::List(cells)) = row.at("when") else {
            return;
        };
        for (position, (cell, column)) in cells.iter().zip(columns).enumerate() {
            let Some(column) = column else {
                continue;
            };
            let at = format!("{}[{position}]", join(path, "when"));
            let literals: Vec<&Json> = match cell {
                Json::Null => Vec::new(),
                Json::List(items) => items.iter().collect(),
                Json::Object(_) => ["over", "up_to"]
                    .into_iter()
                    .filter_map(|key| cell.at(key))
                    .filter(|end| **end != Json::Null)
                    .collect(),
                Json::Bool(_) | Json::Integer(_) | Json::Fraction | Json::Text(_) => vec![cell],
            };
            for given in literals {
                if let Some(given) = literal(given, None) {
                    self.fits(column, &given, &at);
                }
            }
        }
    }

    fn values(&mut self, table: &Json, path: &str) {
        let mut first: Option<Type> = None;
        let rows = match table.at("rows") {
            Some(Json::List(rows)) => rows.as_slice(),
            Some(_) | None => &[],
        };
        let given = rows.iter().enumerate().filter_map(|(position, row)| {
            let at = format!("{}[{position}].value", join(path, "rows"));
            Some((row.at("value")?, at))
        });
        let default = table
            .at("default")
            .filter(|value| **value != Json::Null)
            .map(|value| (value, join(path, "default")));
        for (value, at) in given.chain(default) {
            let Some(found) = literal(value, None) else {
                continue;
            };
            match &first {
                Some(first) if !first.beside(&found) => {
                    let message = format!(
                        "{at} is {}, but the first value of the table is {}; give values of one \
                         kind.",
                        found.word(),
                        first.word()
                    );
                    self.refuse("wrong_type", &at, message);
                }
                Some(_) => {}
                None => first = Some(found),
            }
        }
    }

    /// What a use of a table gives: its values' type in the table's unit.
    pub(super) fn table(&mut self, json: &Json) -> Option<Type> {
        let name = json.text_at("name")?;
        let table = self.tables?.at(&name)?;
        let Json::List(rows) = table.at("rows")? else {
            return None;
        };
        let values: Vec<Type> = rows
            .iter()
            .filter_map(|row| row.at("value"))
            .chain(table.at("default"))
            .filter_map(|value| literal(value, Some(&name)))
            .collect();
        let unit = match table.text_at("unit").as_deref() {
            Some("hkd") => Some(Unit::Money),
            Some("share") => Some(Unit::Share),
            Some(_) | None => None,
        };
        let first = values.first()?;
        let Type::Number(own, _) = first else {
            let is_word = matches!(first, Type::Word(_));
            return Some(if is_word { Type::Text } else { first.clone() });
        };
        let mut range: Option<Range> = None;
        for value in &values {
            if let Type::Number(_, next) = value {
                range = Some(range.map_or(*next, |range| Range {
                    low: range.low.min(next.low),
                    high: range.high.max(next.high),
                }));
            }
        }
        Some(Type::Number(unit.unwrap_or(*own), range?))
    }
}
