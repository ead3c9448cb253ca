//! Reading decision tables: every row as wide as the head, no row that holds for nothing, no two
//! that hold for the same facts.
use std::{collections::BTreeMap, sync::Arc};

use explain::{
    Problems,
    json::Json,
    read::{self, Fields},
};

use super::{Reader, texts};
use crate::{
    fact::{Fact, is_money_key, is_share_key},
    table::{Cell, Row, Table},
    term::Term,
};

/// Most tables in one rule set.
const TABLES_MAX: usize = 50;
/// Most rows of one table; a longer one belongs into a register, not into a rule.
const ROWS_MAX: usize = 200;
/// Most facts a table looks at.
const COLUMNS_MAX: usize = 8;
/// Most values in one cell.
const CELL_VALUES_MAX: usize = 100;

/// Units in which a table's values are shown.
const UNITS: [(&str, &str); 3] = [("hkd", "hkd"), ("share", "share"), ("plain", "plain")];

/// A table as written: its columns become places where a rule uses it.
#[derive(Debug, Clone)]
pub(super) struct Written {
    columns: Vec<(String, String)>,
    rows: Vec<Row>,
    default: Option<Fact>,
    unit: Option<&'static str>,
}

/// All tables of a rule set by name.
pub(super) fn tables(fields: &Fields<'_>, problems: &mut Problems) -> BTreeMap<String, Written> {
    let Some(json) = fields.get("tables") else {
        return BTreeMap::new();
    };
    let path = fields.path_of("tables");
    let entries = Fields::of(json, &path, problems);
    if entries.keys().count() > TABLES_MAX {
        let message = format!("{path} has more than {TABLES_MAX} tables; join or leave out some.");
        problems.add("too_many", &path, message);
        return BTreeMap::new();
    }
    entries
        .keys()
        .filter_map(|name| {
            let table = table(entries.get(name)?, &entries.path_of(name), problems)?;
            Some((name.to_owned(), table))
        })
        .collect()
}

fn table(json: &Json, path: &str, problems: &mut Problems) -> Option<Written> {
    let fields = Fields::of(json, path, problems);
    fields.given("label", problems, texts::bilingual);
    let columns = fields.list("columns", COLUMNS_MAX, problems, |json, path, problems| {
        let column = Fields::of(json, path, problems);
        let field = column.text("field", problems)?;
        Some((field, column.path_of("field")))
    });
    let width = columns.as_ref().map(Vec::len);
    let rows = fields.list("rows", ROWS_MAX, problems, |json, path, problems| {
        row(json, path, width, problems)
    });
    let default = match fields.get("default") {
        None | Some(Json::Null) => None,
        Some(json) => Some(Fact::read(json, &fields.path_of("default"), problems)),
    };
    let unit = fields.given("unit", problems, |json, path, problems| {
        read::one_of(json, path, &UNITS, problems)
    });
    let (columns, rows) = (columns?, rows?);
    if columns.is_empty() || rows.is_empty() {
        let at = fields.path_of(if columns.is_empty() {
            "columns"
        } else {
            "rows"
        });
        let message = format!("{at} is empty; a table needs at least one column and one row.");
        problems.add("empty", &at, message);
    }
    refuse_overlaps(&rows, &fields.path_of("rows"), problems);
    Some(Written {
        columns,
        rows,
        default,
        unit: unit.into_option(),
    })
}

fn row(json: &Json, path: &str, width: Option<usize>, problems: &mut Problems) -> Option<Row> {
    let fields = Fields::of(json, path, problems);
    let when = fields.list("when", COLUMNS_MAX, problems, cell)?;
    if let Some(width) = width
        && when.len() != width
    {
        let at = fields.path_of("when");
        let message = format!(
            "{at} has {} cells but the table has {width} columns; give one for each, null where it \
             does not matter.",
            when.len()
        );
        problems.add("wrong_count", &at, message);
        return None;
    }
    for (position, cell) in when.iter().enumerate() {
        if cell.is_empty() {
            let at = format!("{}[{position}]", fields.path_of("when"));
            let message = format!(
                "{at} holds for nothing; give a value, or a range whose up_to is above its over, \
                 such as {{\"over\":\"0\",\"up_to\":\"500000\"}}."
            );
            problems.add("impossible_rule", &at, message);
        }
    }
    let value = fields.want("value", problems, |json, path, problems| {
        Some(Fact::read(json, path, problems))
    });
    Some(Row {
        when,
        value: value?,
    })
}

fn cell(json: &Json, path: &str, problems: &mut Problems) -> Option<Cell> {
    match json {
        Json::Null => Some(Cell::Any),
        Json::List(_) => read::list(
            json,
            path,
            CELL_VALUES_MAX,
            problems,
            |json, path, problems| Some(Fact::read(json, path, problems)),
        )
        .map(Cell::OneOf),
        Json::Object(_) => {
            let fields = Fields::of(json, path, problems);
            fields.refuse_unknown(&["over", "up_to"], problems);
            let mut end = |key: &str| match fields.get(key) {
                None | Some(Json::Null) => None,
                Some(json) => Some(Fact::read(json, &fields.path_of(key), problems)),
            };
            Some(Cell::Range {
                over: end("over"),
                up_to: end("up_to"),
            })
        }
        Json::Bool(_) | Json::Integer(_) | Json::Fraction | Json::Text(_) => {
            Some(Cell::OneOf(vec![Fact::read(json, path, problems)]))
        }
    }
}

fn refuse_overlaps(rows: &[Row], path: &str, problems: &mut Problems) {
    for (position, row) in rows.iter().enumerate() {
        let earlier = rows
            .iter()
            .take(position)
            .position(|other| other.overlaps(row));
        if let Some(earlier) = earlier {
            let at = format!("{path}[{position}]");
            let message = format!(
                "{at} holds for some of the same facts as row {}; narrow one of them, so that each \
                 case has one value.",
                earlier + 1
            );
            problems.add("table_overlap", &at, message);
        }
    }
}

impl Reader<'_> {
    /// `{"op":"table","name":"cap_by_size"}`.
    pub(super) fn table(&mut self, fields: &Fields<'_>) -> Option<Term> {
        let name = fields.text("name", self.problems)?;
        let path = fields.path_of("name");
        let Some(written) = self.tables.get(&name).cloned() else {
            let known: Vec<&str> = self.tables.keys().map(String::as_str).collect();
            let known = if known.is_empty() {
                "none".to_owned()
            } else {
                known.join(", ")
            };
            let message =
                format!("{path} names \"{name}\", which is not in tables; known ones are {known}.");
            self.refuse("unknown_table", &path, message);
            return None;
        };
        self.count(written.rows.len(), &path)?;
        let columns: Vec<_> = written
            .columns
            .iter()
            .map(|(field, at)| self.place(field, at))
            .collect();
        Some(Term::Table(Arc::new(Table {
            columns: columns.into_iter().collect::<Option<_>>()?,
            money: written
                .unit
                .map_or_else(|| is_money_key(&name), |unit| unit == "hkd"),
            share: written
                .unit
                .map_or_else(|| is_share_key(&name), |unit| unit == "share"),
            rows: written.rows,
            default: written.default,
        })))
    }
}
