//! The four sheets that a person edits, column by column, in the words of the glossary.
use sroi::Parameter;

use crate::{
    column::{Column, Field, Kind},
    language::Words,
};

/// Rows above the data: title, note, machine keys (hidden), headings.
pub(crate) const KEY_ROW: u32 = 2;
pub(crate) const HEADING_ROW: u32 = 3;
pub(crate) const FIRST_ROW: u32 = 4;
/// Most people of one stakeholder group: more than live in Hong Kong.
const PEOPLE_MAX: i64 = 100_000_000;
/// Last year an input may fall in.
const INPUT_YEAR_MAX: i64 = 60;

/// One editable sheet.
pub(crate) struct Table {
    /// Key of the list in the section.
    pub(crate) list: &'static str,
    /// Beginning of its machine keys.
    pub(crate) prefix: &'static str,
    /// Beginning of the ids of new rows; empty where rows have no id of their own.
    pub(crate) id_prefix: &'static str,
    /// Most rows.
    pub(crate) rows_max: usize,
    pub(crate) sheet: Words,
    pub(crate) title: Words,
    pub(crate) columns: Vec<Column>,
}

impl Table {
    /// The machine key of a column, the same in every language.
    pub(crate) fn key(&self, column: &Column) -> String {
        format!("{}.{}", self.prefix, column.field.path())
    }

    /// The position of a field's column.
    pub(crate) fn position(&self, field: Field) -> u16 {
        let found = self.columns.iter().position(|column| column.field == field);
        u16::try_from(found.unwrap_or_default()).unwrap_or_default()
    }

    /// Whether its rows may be cohorts of one record.
    pub(crate) fn has_cohorts(&self) -> bool {
        self.columns
            .iter()
            .any(|column| column.field == Field::Cohort)
    }
}

/// All of them, in the order of the sheets.
pub(crate) fn tables() -> [Table; 4] {
    [stakeholders(), exclusions(), volunteers(), outcomes()]
}

fn column(field: Field, kind: Kind, heading: Words, width: u8) -> Column {
    Column {
        field,
        kind,
        heading: (heading.0.to_owned(), heading.1.to_owned()),
        width,
    }
}

fn own(key: &'static str, kind: Kind, heading: Words, width: u8) -> Column {
    column(Field::Own(key), kind, heading, width)
}

fn id() -> Column {
    column(Field::Id, Kind::Text, ("Row", "行"), 8)
}

fn stakeholders() -> Table {
    let people = Kind::Whole(0, PEOPLE_MAX);
    Table {
        list: "stakeholders",
        prefix: "stakeholder",
        id_prefix: "s",
        rows_max: 200,
        sheet: ("Stakeholders", "持份者"),
        title: (
            "Stakeholders: who changes, and how they were asked",
            "持份者：誰有改變，如何徵詢",
        ),
        columns: vec![
            id(),
            own("name", Kind::Text, ("Stakeholder", "持份者"), 28),
            own("subgroup", Kind::Text, ("Subgroup", "分組"), 20),
            own("number", people, ("How many", "人數"), 12),
            own(
                "consulted",
                people,
                ("How many were consulted", "已徵詢人數"),
                14,
            ),
            own(
                "method",
                Kind::Text,
                ("How they were consulted", "徵詢方法"),
                40,
            ),
        ],
    }
}

const EXCLUDED: &[(&str, Words)] = &[
    ("stakeholder", ("Stakeholder", "持份者")),
    ("outcome", ("Outcome", "成效")),
];

fn exclusions() -> Table {
    Table {
        list: "exclusions",
        prefix: "exclusion",
        id_prefix: "",
        rows_max: 200,
        sheet: ("Exclusions", "不計算項目"),
        title: (
            "Stakeholders and outcomes left out, each with its reason",
            "不計算的持份者及成效，並說明原因",
        ),
        columns: vec![
            id(),
            own(
                "kind",
                Kind::Word(EXCLUDED),
                ("What is left out", "類別"),
                16,
            ),
            own("name", Kind::Text, ("Name", "名稱"), 32),
            own("reason", Kind::Text, ("Reason", "原因"), 60),
        ],
    }
}

fn volunteers() -> Table {
    Table {
        list: "volunteers",
        prefix: "volunteer",
        id_prefix: "v",
        rows_max: 200,
        sheet: ("Volunteers", "義工"),
        title: (
            "Volunteers' time: hours and rate, or an amount",
            "義工時間：時數及時薪，或總值",
        ),
        columns: vec![
            id(),
            own("name", Kind::Text, ("Volunteers", "義工"), 32),
            own("hours", Kind::Decimal, ("Hours", "時數"), 12),
            own(
                "hourly_rate",
                Kind::Decimal,
                ("Value of an hour", "每小時價值"),
                14,
            ),
            own(
                "amount",
                Kind::Decimal,
                ("Amount, if no hours are given", "總值（如無時數）"),
                16,
            ),
            own("year", Kind::Whole(0, INPUT_YEAR_MAX), ("Year", "年份"), 10),
        ],
    }
}

/// Key, kind, heading and width of the columns that every outcome has.
type Plain = (&'static str, Kind, Words, u8);

const YEARS: Kind = Kind::Whole(1, 30);

const WHO_AND_WHAT: [Plain; 3] = [
    ("stakeholder", Kind::Text, ("Stakeholder", "持份者"), 20),
    ("name", Kind::Text, ("Outcome", "成效"), 32),
    ("indicator", Kind::Text, ("Indicator", "指標"), 28),
];

const FIGURES: [Plain; 10] = [
    ("quantity", Kind::Decimal, ("Quantity", "數量"), 14),
    (
        "start",
        YEARS,
        (
            "First year (1 = year of the activity)",
            "開始年份（1＝活動當年）",
        ),
        12,
    ),
    (
        "duration",
        YEARS,
        ("Duration (years)", "持續年期（年）"),
        10,
    ),
    (
        "proxy",
        Kind::Decimal,
        ("Financial proxy", "財務代理值"),
        16,
    ),
    (
        "proxy_unit",
        Kind::Text,
        ("Unit of the proxy", "代理值單位"),
        14,
    ),
    (
        "price_year",
        Kind::Whole(1900, 2200),
        ("Price year of the proxy", "代理值價格年份"),
        12,
    ),
    (
        "deadweight",
        Kind::Share,
        (
            "Deadweight (deducted)",
            "無謂因子（即使沒有項目也會發生；扣除）",
        ),
        14,
    ),
    (
        "displacement",
        Kind::Share,
        ("Displacement (deducted)", "移轉因子（扣除）"),
        14,
    ),
    (
        "attribution",
        Kind::Share,
        (
            "Attribution: due to others (deducted)",
            "他人貢獻（歸因因子；扣除）",
        ),
        14,
    ),
    (
        "dropoff",
        Kind::Share,
        ("Drop-off per year", "遞減率（衰減因子）"),
        14,
    ),
];

const BACKGROUND: [Plain; 7] = [
    (
        "unvalued_reason",
        Kind::Text,
        ("Why it has no price", "沒有價格的原因"),
        28,
    ),
    (
        "catalogue",
        Kind::Text,
        ("Outcome in the catalogue", "成效目錄代碼"),
        18,
    ),
    (
        "library",
        Kind::Library,
        ("Proxy in the library", "代理值庫項目"),
        20,
    ),
    (
        "local_basis",
        Kind::Text,
        ("Why a foreign value holds here", "為何外地數值適用於本地"),
        28,
    ),
    ("baseline", Kind::Text, ("Baseline", "基線"), 24),
    ("target", Kind::Text, ("Target", "目標"), 24),
    ("method", Kind::Text, ("How it is measured", "量度方法"), 28),
];

fn outcomes() -> Table {
    let plain = |(key, kind, heading, width): Plain| own(key, kind, heading, width);
    let mut columns = vec![
        id(),
        column(Field::Cohort, Kind::Whole(1, 30), ("Cohort", "批次"), 8),
    ];
    columns.extend(WHO_AND_WHAT.map(plain));
    columns.extend(FIGURES.map(plain));
    let grade = ("Evidence grade", "證據等級");
    columns.push(column(Field::Grade(None), Kind::Grade, grade, 10));
    columns.extend(BACKGROUND.map(plain));
    columns.extend(Parameter::ALL.into_iter().flat_map(evidence));
    Table {
        list: "outcomes",
        prefix: "outcome",
        id_prefix: "o",
        rows_max: sroi::OUTCOMES_MAX,
        sheet: ("Outcomes", "成效"),
        title: (
            "Outcomes: one row for each, or one for each cohort",
            "成效：每項一行，分批開始者每批一行",
        ),
        columns,
    }
}

/// Reason, source, grade and range of one parameter.
fn evidence(parameter: Parameter) -> [Column; 5] {
    let name = parameter_words(parameter);
    let kind = if parameter.is_share() {
        Kind::Share
    } else {
        Kind::Decimal
    };
    let named = |field, kind, what: Words, width| Column {
        field,
        kind,
        heading: (
            format!("{}: {}", name.0, what.0),
            format!("{}：{}", name.1, what.1),
        ),
        width,
    };
    [
        named(
            Field::Note("reasons", parameter),
            Kind::Text,
            ("reason", "理由"),
            28,
        ),
        named(
            Field::Note("sources", parameter),
            Kind::Text,
            ("source", "來源"),
            28,
        ),
        named(
            Field::Grade(Some(parameter)),
            Kind::Grade,
            ("evidence grade", "證據等級"),
            10,
        ),
        named(Field::Range(parameter, 0), kind, ("lowest", "最低"), 12),
        named(Field::Range(parameter, 1), kind, ("highest", "最高"), 12),
    ]
}

fn parameter_words(parameter: Parameter) -> Words {
    match parameter {
        Parameter::Quantity => ("Quantity", "數量"),
        Parameter::Proxy => ("Financial proxy", "財務代理值"),
        Parameter::Deadweight => ("Deadweight", "無謂因子"),
        Parameter::Displacement => ("Displacement", "移轉因子"),
        Parameter::Attribution => ("Attribution", "他人貢獻"),
        Parameter::Dropoff => ("Drop-off", "遞減率"),
    }
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, path::Path};

    use serde_json::Value;

    use super::*;

    #[test]
    fn headings_use_the_words_of_the_glossary() {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../seed/glossary.json");
        let glossary: Value =
            serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
        let outcomes = outcomes();
        for (key, term) in [
            ("stakeholder", "stakeholder"),
            ("name", "outcome"),
            ("indicator", "indicator"),
            ("quantity", "quantity"),
            ("proxy", "financial proxy"),
            ("deadweight", "deadweight"),
            ("displacement", "displacement"),
            ("attribution", "attribution"),
            ("dropoff", "drop-off"),
        ] {
            let terms = glossary["terms"].as_array().unwrap();
            let entry = terms.iter().find(|entry| entry["en"] == term).unwrap();
            let column = &outcomes.columns[usize::from(outcomes.position(Field::Own(key)))];
            assert_eq!(entry["zh"], column.heading.1, "{term}");
        }
    }

    #[test]
    fn every_machine_key_is_there_once() {
        let tables = tables();
        let keys: Vec<String> = tables
            .iter()
            .flat_map(|table| table.columns.iter().map(|column| table.key(column)))
            .collect();
        let different: BTreeSet<&String> = keys.iter().collect();
        assert_eq!(different.len(), keys.len());
    }
}
