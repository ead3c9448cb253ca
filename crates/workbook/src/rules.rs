//! A programme's criteria, parameters, words, rubric and settings as a workbook, there and back. Every cell is text;
//! a rule is its JSON, so that nothing is lost between the two.
use std::collections::BTreeMap;

use rust_xlsxwriter::{Workbook, XlsxError};
use serde_json::{Map, Value, json};

use crate::{
    archive, cell,
    column::Kind,
    grid::{self, Grid},
    language::{Language, Words},
    paper::{Formats, Paper},
    refusal::Refusal,
    rules_columns::{CRITERIA, Column, Holds, PARAMETERS, TABLES, WORDS},
    rules_rubric,
};

/// Row of the machine keys, then headings, then rows.
const KEY_ROW: u32 = 2;
const HEADING_ROW: u32 = 3;
const FIRST_ROW: u32 = 4;

struct Sheet {
    prefix: &'static str,
    name: Words,
    columns: &'static [Column],
}

const SHEETS: [Sheet; 6] = [
    Sheet {
        prefix: "criterion",
        name: ("Criteria", "準則"),
        columns: &CRITERIA,
    },
    Sheet {
        prefix: "parameter",
        name: ("Parameters", "參數"),
        columns: &PARAMETERS,
    },
    Sheet {
        prefix: "table",
        name: ("Tables", "決策表"),
        columns: &TABLES,
    },
    Sheet {
        prefix: "word",
        name: ("Words", "用語"),
        columns: &WORDS,
    },
    Sheet {
        prefix: "dimension",
        name: ("Rubric", "評分準則"),
        columns: &rules_rubric::RUBRIC,
    },
    Sheet {
        prefix: "setting",
        name: ("Settings", "設定"),
        columns: &rules_rubric::SETTINGS,
    },
];

/// Writes the body of a programme version.
pub fn rules_export(body: &Value, language: Language) -> Result<Vec<u8>, String> {
    write(body, language).map_err(|error| error.to_string())
}

fn write(body: &Value, language: Language) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let formats = Formats::new();
    for sheet in &SHEETS {
        let worksheet = workbook.add_worksheet();
        worksheet.set_name(language.of(sheet.name))?;
        let mut paper = Paper {
            sheet: worksheet,
            formats: &formats,
        };
        let title = body["name_en"].as_str().unwrap_or_default();
        let version = body["version"].as_str().unwrap_or_default();
        paper.text(0, 0, &format!("{title} · {version}"), &formats.title)?;
        let label = body["label"].as_str().unwrap_or_default();
        paper.text(1, 0, label, &formats.warning)?;
        for (at, column) in (0_u16..).zip(sheet.columns) {
            paper.text(KEY_ROW, at, column.key, &formats.note)?;
            paper.text(
                HEADING_ROW,
                at,
                language.of(column.heading),
                &formats.heading,
            )?;
            paper.sheet.set_column_width(at, column.width)?;
        }
        paper.sheet.set_row_hidden(KEY_ROW)?;
        paper.sheet.set_freeze_panes(FIRST_ROW, 1)?;
        let input = formats.input(Kind::Text);
        for (row, record) in (FIRST_ROW..).zip(records(sheet.prefix, body)) {
            for (at, column) in (0_u16..).zip(sheet.columns) {
                paper.text(row, at, &shown(column, &record), &input)?;
            }
        }
    }
    workbook.save_to_buffer()
}

/// The rows of a sheet; named entries become records with name and value.
fn records(prefix: &str, body: &Value) -> Vec<Value> {
    let part = match prefix {
        "criterion" => return body["criteria"].as_array().cloned().unwrap_or_default(),
        "dimension" => return rules_rubric::records(body),
        _ => part_of(prefix),
    };
    body[part]
        .as_object()
        .into_iter()
        .flatten()
        .map(|(name, value)| {
            json!({"name": name, "value": value, "status": body["parameter_status"][name]})
        })
        .collect()
}

/// The part of a body whose entries a sheet holds by name.
fn part_of(prefix: &str) -> &'static str {
    match prefix {
        "parameter" => "parameters",
        "table" => "tables",
        "setting" => "settings",
        _ => "words",
    }
}

fn shown(column: &Column, record: &Value) -> String {
    let found = column
        .path
        .iter()
        .try_fold(record, |here, key| here.get(*key));
    match (column.holds, found) {
        (_, None | Some(Value::Null)) => String::new(),
        // What has columns of its own is not repeated here.
        (Holds::Json, Some(Value::Object(texts)))
            if ["reason", "fix"].contains(&column.path[0]) =>
        {
            let by_outcome = texts
                .keys()
                .all(|key| ["pass", "fail", "unknown", "info"].contains(&key.as_str()));
            if by_outcome {
                String::new()
            } else {
                Value::Object(texts.clone()).to_string()
            }
        }
        (Holds::Json, Some(value)) => value.to_string(),
        (Holds::List, Some(Value::Array(items))) => items
            .iter()
            .filter_map(Value::as_str)
            .collect::<Vec<_>>()
            .join(", "),
        (Holds::Text | Holds::List, Some(value)) => value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned),
    }
}

/// A workbook of rules that came back.
#[derive(Debug, Clone, Default)]
pub struct RulesImport {
    /// The body after the changes; none when anything is refused.
    pub body: Option<Value>,
    /// Everything that keeps the workbook out.
    pub refused: Vec<Refusal>,
}

/// Reads an edited workbook against the body as it stands; stores nothing.
pub fn rules_import(bytes: &[u8], current: &Value) -> RulesImport {
    let refused = archive::refusals(bytes);
    if !refused.is_empty() {
        return RulesImport {
            refused,
            body: None,
        };
    }
    let prefixes = SHEETS.each_ref().map(|sheet| sheet.prefix);
    let grids = match grid::read(bytes, &prefixes) {
        Ok(grids) if grids.contains_key("criterion") => grids,
        Ok(_) => {
            let message =
                "The workbook has no sheet of criteria; export the rules and edit that workbook.";
            return RulesImport {
                refused: vec![Refusal::of_file("file_not_ours", message)],
                body: None,
            };
        }
        Err(refusal) => {
            return RulesImport {
                refused: vec![refusal],
                body: None,
            };
        }
    };
    let mut refused = Vec::new();
    let mut body = current.clone();
    for sheet in &SHEETS {
        if let Some(grid) = grids.get(sheet.prefix) {
            let rows = rows(sheet, grid, &mut refused);
            put(sheet.prefix, rows, current, &mut body);
        }
    }
    RulesImport {
        body: refused.is_empty().then_some(body),
        refused,
    }
}

fn rows(sheet: &Sheet, grid: &Grid, refused: &mut Vec<Refusal>) -> Vec<Value> {
    let mut found = Vec::new();
    for row in grid.rows() {
        let mut record = Value::Object(Map::new());
        for column in sheet.columns {
            let Some(at) = grid.columns.get(column.key) else {
                continue;
            };
            let text = cell::plain_text(grid.cell(row, *at));
            let name = grid.cell_name(row, *at);
            if let Some(value) = value(column, text.trim(), &name, refused) {
                set(&mut record, column.path, value);
            }
        }
        if record.as_object().is_some_and(|record| !record.is_empty()) {
            found.push(record);
        }
    }
    found
}

fn value(column: &Column, text: &str, cell: &str, refused: &mut Vec<Refusal>) -> Option<Value> {
    if text.is_empty() {
        return None;
    }
    match column.holds {
        Holds::Text => Some(json!(text)),
        Holds::List => Some(json!(
            text.split([',', '、', '，'])
                .map(str::trim)
                .filter(|item| !item.is_empty())
                .collect::<Vec<_>>()
        )),
        Holds::Json => serde_json::from_str(text)
            .map_err(|error| {
                let message = format!("is not JSON ({error}); write it like {{\"op\":\"present\",\"left\":{{\"field\":\"project.need\"}}}}.");
                refused.push(Refusal::of_cell("not_json", cell, column.key, &message));
            })
            .ok(),
    }
}

/// Sets a value under a path; what a column of its own says wins over a JSON cell read later.
fn set(record: &mut Value, path: &[&str], value: Value) {
    let mut here = record;
    for key in path {
        if !here.is_object() {
            *here = Value::Object(Map::new());
        }
        here = &mut here[*key];
    }
    if here.is_null() {
        *here = value;
    }
}

fn put(prefix: &str, rows: Vec<Value>, current: &Value, body: &mut Value) {
    if prefix == "criterion" {
        let known: BTreeMap<&str, &Value> = current["criteria"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|criterion| Some((criterion["id"].as_str()?, criterion)))
            .collect();
        body["criteria"] = rows
            .into_iter()
            .map(|mut row| {
                // The sheet has no column for what is derived from the rule.
                let kept = row["id"].as_str().and_then(|id| known.get(id));
                if let Some(kept) = kept
                    && kept.get("data_needed").is_some()
                {
                    row["data_needed"] = kept["data_needed"].clone();
                }
                row
            })
            .collect();
        return;
    }
    if prefix == "dimension" {
        rules_rubric::put(rows, body);
        return;
    }
    let mut entries = Map::new();
    let mut statuses = Map::new();
    for mut row in rows {
        let Some(name) = row["name"].as_str().map(str::to_owned) else {
            continue;
        };
        if let Some(status) = row.get_mut("status").map(Value::take) {
            statuses.insert(name.clone(), status);
        }
        entries.insert(name, row["value"].take());
    }
    let part = part_of(prefix);
    if !(entries.is_empty() && body.get(part).is_none()) {
        body[part] = Value::Object(entries);
    }
    if prefix == "parameter" {
        body["parameter_status"] = Value::Object(statuses);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn programme() -> Value {
        let mut body: Value = serde_json::from_str(include_str!(
            "../../../seed/programmes/dedicated-fund-it.json"
        ))
        .unwrap();
        body["settings"] = serde_json::from_str(include_str!(
            "../../../seed/programmes/dedicated-fund-it.settings.json"
        ))
        .unwrap();
        body
    }

    #[test]
    fn the_demonstration_rules_come_back_as_they_went_out() {
        let body = programme();
        for language in [Language::En, Language::Zh] {
            let bytes = rules_export(&body, language).unwrap();
            let back = rules_import(&bytes, &body);
            assert_eq!(back.refused, []);
            assert_eq!(back.body, Some(body.clone()));
        }
    }

    #[test]
    fn a_rule_that_is_no_json_is_refused_with_its_cell() {
        let mut body = programme();
        let bytes = {
            body["criteria"][0]["rule"] = Value::Null;
            body["criteria"][1]["rule"] = json!("not a rule");
            let mut broken = body.clone();
            broken["parameters"]["max_months"] = json!(36);
            rules_export(&broken, Language::En).unwrap()
        };
        // A text that is no object is JSON all the same; the checks of the rule say what is wrong.
        let back = rules_import(&bytes, &body).body.unwrap();
        assert_eq!(back["criteria"][1]["rule"], "not a rule");
        assert!(back["criteria"][0].get("rule").is_none());
        let stranger = rules_import(b"PK\x03\x04 not a workbook", &body);
        assert!(stranger.body.is_none() && !stranger.refused.is_empty());
    }
}
