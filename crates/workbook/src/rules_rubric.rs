//! The rubric as rows of a sheet: one dimension a row, one column for the text of each level in each
//! language. What has no column of its own travels as JSON.
use serde_json::{Map, Value, json};

use crate::rules_columns::{Column, Holds, column};

/// Levels stand by number in the record; `put` turns them into a list.
pub(crate) const RUBRIC: [Column; 20] = [
    column("dimension.id", &["id"], Holds::Text, ("Id", "編號"), 10),
    column(
        "dimension.weight",
        &["weight"],
        Holds::Json,
        ("Points of 100", "分數（共100分）"),
        10,
    ),
    column(
        "dimension.en",
        &["en"],
        Holds::Text,
        ("Name, English", "名稱（英文）"),
        28,
    ),
    column(
        "dimension.zh",
        &["zh"],
        Holds::Text,
        ("Name, Chinese", "名稱（中文）"),
        28,
    ),
    column(
        "dimension.source",
        &["source"],
        Holds::Text,
        (
            "Scored by (reviewers, machine)",
            "評分者（reviewers、machine）",
        ),
        14,
    ),
    column(
        "dimension.look_for_en",
        &["look_for", "en"],
        Holds::Text,
        ("Look for, English", "評審員會留意（英文）"),
        40,
    ),
    column(
        "dimension.look_for_zh",
        &["look_for", "zh"],
        Holds::Text,
        ("Look for, Chinese", "評審員會留意（中文）"),
        40,
    ),
    column(
        "dimension.level_0_en",
        &["levels", "0", "en"],
        Holds::Text,
        ("Level 0, English", "0級（英文）"),
        40,
    ),
    column(
        "dimension.level_0_zh",
        &["levels", "0", "zh"],
        Holds::Text,
        ("Level 0, Chinese", "0級（中文）"),
        40,
    ),
    column(
        "dimension.level_1_en",
        &["levels", "1", "en"],
        Holds::Text,
        ("Level 1, English", "1級（英文）"),
        40,
    ),
    column(
        "dimension.level_1_zh",
        &["levels", "1", "zh"],
        Holds::Text,
        ("Level 1, Chinese", "1級（中文）"),
        40,
    ),
    column(
        "dimension.level_2_en",
        &["levels", "2", "en"],
        Holds::Text,
        ("Level 2, English", "2級（英文）"),
        40,
    ),
    column(
        "dimension.level_2_zh",
        &["levels", "2", "zh"],
        Holds::Text,
        ("Level 2, Chinese", "2級（中文）"),
        40,
    ),
    column(
        "dimension.level_3_en",
        &["levels", "3", "en"],
        Holds::Text,
        ("Level 3, English", "3級（英文）"),
        40,
    ),
    column(
        "dimension.level_3_zh",
        &["levels", "3", "zh"],
        Holds::Text,
        ("Level 3, Chinese", "3級（中文）"),
        40,
    ),
    column(
        "dimension.level_4_en",
        &["levels", "4", "en"],
        Holds::Text,
        ("Level 4, English", "4級（英文）"),
        40,
    ),
    column(
        "dimension.level_4_zh",
        &["levels", "4", "zh"],
        Holds::Text,
        ("Level 4, Chinese", "4級（中文）"),
        40,
    ),
    column(
        "dimension.level_5_en",
        &["levels", "5", "en"],
        Holds::Text,
        ("Level 5, English", "5級（英文）"),
        40,
    ),
    column(
        "dimension.level_5_zh",
        &["levels", "5", "zh"],
        Holds::Text,
        ("Level 5, Chinese", "5級（中文）"),
        40,
    ),
    column(
        "dimension.other",
        &["other"],
        Holds::Json,
        ("Other entries (JSON)", "其他項目（JSON）"),
        24,
    ),
];

pub(crate) const SETTINGS: [Column; 2] = [
    column(
        "setting.name",
        &["name"],
        Holds::Text,
        ("Setting", "設定"),
        28,
    ),
    column(
        "setting.value",
        &["value"],
        Holds::Json,
        ("Value (JSON)", "數值（JSON）"),
        100,
    ),
];

/// Parts of a dimension that have columns of their own.
const OWN: [&str; 7] = ["id", "weight", "en", "zh", "source", "look_for", "levels"];

/// Dimensions as records with their levels by number.
pub(crate) fn records(body: &Value) -> Vec<Value> {
    let dimensions = body["rubric"]["dimensions"].as_array();
    dimensions.into_iter().flatten().map(record).collect()
}

fn record(dimension: &Value) -> Value {
    let entries = dimension.as_object().into_iter().flatten();
    let mut own = Map::new();
    let mut other = Map::new();
    for (key, value) in entries {
        let part = if OWN.contains(&key.as_str()) {
            &mut own
        } else {
            &mut other
        };
        part.insert(key.clone(), value.clone());
    }
    // A text for both languages, as earlier versions have it, is the English one.
    if let Some(Value::String(text)) = own.get("look_for") {
        own.insert("look_for".to_owned(), json!({"en": text}));
    }
    if let Some(Value::Array(levels)) = own.get("levels") {
        let by_number: Map<String, Value> = levels
            .iter()
            .map(|level| (level["level"].to_string(), level.clone()))
            .collect();
        own.insert("levels".to_owned(), Value::Object(by_number));
    }
    if !other.is_empty() {
        own.insert("other".to_owned(), Value::Object(other));
    }
    Value::Object(own)
}

/// Puts rows back as the dimensions of the rubric, in the order of the sheet.
pub(crate) fn put(rows: Vec<Value>, body: &mut Value) {
    if rows.is_empty() && body.get("rubric").is_none() {
        return;
    }
    body["rubric"]["dimensions"] = rows.into_iter().map(dimension).collect();
}

fn dimension(mut row: Value) -> Value {
    let Some(entries) = row.as_object_mut() else {
        return row;
    };
    if let Some(Value::Object(other)) = entries.remove("other") {
        for (key, value) in other {
            entries.entry(key).or_insert(value);
        }
    }
    if let Some(Value::Object(mut levels)) = entries.remove("levels") {
        let highest = levels.keys().filter_map(|key| key.parse::<u8>().ok()).max();
        // A level whose texts were emptied keeps its place, so that the others keep theirs.
        let levels = (0..=highest.unwrap_or_default()).map(|number| {
            let mut entry = levels
                .remove(&number.to_string())
                .unwrap_or_else(|| json!({}));
            entry["level"] = Value::from(number);
            entry
        });
        let levels = levels.collect();
        entries.insert("levels".to_owned(), levels);
    }
    row
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dimension_comes_back_as_it_went_out_and_an_edited_level_keeps_its_place() {
        let body = json!({"rubric": {"label": "X", "dimensions": [
            {"id": "R1", "weight": 100, "en": "Need", "zh": "需要", "source": "reviewers",
             "look_for": {"en": "a", "zh": "甲"}, "attribute": null, "source_marks": ["F0"],
             "levels": [{"level": 0, "en": "none", "zh": "沒有"}, {"level": 1, "en": "some", "zh": "少許"}]}]}});
        let mut rows = records(&body);
        assert_eq!(rows[0]["levels"]["1"]["zh"], "少許");
        let mut back = body.clone();
        put(rows.clone(), &mut back);
        assert_eq!(back, body);
        rows[0]["levels"] = json!({"1": {"zh": "一些"}});
        put(rows, &mut back);
        let levels = &back["rubric"]["dimensions"][0]["levels"];
        assert_eq!(*levels, json!([{"level": 0}, {"level": 1, "zh": "一些"}]));
        assert_eq!(back["rubric"]["label"], "X");
    }
}
