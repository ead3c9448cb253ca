//! Value maps to export: those of the demonstration, and made-up ones with everything that the
//! method knows, told apart by a seed.
use std::{collections::BTreeMap, path::Path};

use explain::json::Json;
use money::{Decimal, Hkd, decimal_from_text, normal_text, round_half_away};
use serde_json::{Map, Value, json};
use workbook::{Language, Meta, PriceIndex};

/// What the engine is asked about an outcome.
const ASKED: [&str; 17] = [
    "id",
    "stakeholder",
    "name",
    "quantity",
    "start",
    "cohorts",
    "duration",
    "proxy",
    "unvalued_reason",
    "deadweight",
    "displacement",
    "attribution",
    "dropoff",
    "evidence_grade",
    "range",
    "sources",
    "reasons",
];

/// A value map with its question.
pub(crate) struct Example {
    pub(crate) name: String,
    pub(crate) section: Value,
    pub(crate) question: Value,
    pub(crate) index: Option<PriceIndex>,
}

impl Example {
    pub(crate) fn request(&self) -> sroi::Request {
        sroi::read(&Json::from(&self.question)).unwrap_or_else(|problems| panic!("{problems}"))
    }

    pub(crate) fn export(&self, language: Language) -> Vec<u8> {
        let meta = Meta {
            title: "Home help 家居服務".to_owned(),
            reference: self.name.clone(),
            fictional: true,
            exported_on: "2026-11-21".parse().unwrap(),
            price_index: self.index.clone(),
        };
        workbook::export(&self.section, &self.request(), language, &meta)
            .unwrap_or_else(|error| panic!("{}: {error}", self.name))
    }
}

/// The question about a section: its outcomes, and what is put in.
fn question(section: &Value, mut inputs: Vec<Value>, discounting: &Value) -> Value {
    for volunteer in section["volunteers"].as_array().into_iter().flatten() {
        let number = |key: &str| {
            volunteer[key]
                .as_str()
                .map(|text| decimal_from_text(text).unwrap())
        };
        let amount = match (number("hours"), number("hourly_rate"), number("amount")) {
            (Some(hours), Some(rate), _) => hours * rate,
            (_, _, amount) => amount.unwrap(),
        };
        inputs.push(json!({"name": "volunteers", "amount": normal_text(amount),
                           "year": volunteer["year"], "kind": "volunteer"}));
    }
    let asked = |outcome: &Value| -> Value {
        let keys = ASKED.iter().filter(|key| outcome.get(**key).is_some());
        let pairs = keys.map(|key| ((*key).to_owned(), outcome[*key].clone()));
        Value::Object(pairs.collect())
    };
    let outcomes: Vec<Value> = section["outcomes"]
        .as_array()
        .unwrap()
        .iter()
        .map(asked)
        .collect();
    let mut question =
        json!({"format": 1, "currency": "HKD", "inputs": inputs, "outcomes": outcomes});
    for (key, value) in discounting.as_object().unwrap() {
        question[key] = value.clone();
    }
    question
}

/// Every demonstration application with a value map that can be evaluated.
pub(crate) fn demonstration() -> Vec<Example> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../seed/demo/applications");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().path())
        .collect();
    files.sort();
    let applications = files.iter().map(|file| -> Value {
        serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap()
    });
    applications
        .filter_map(|application| demonstrated(&application))
        .collect()
}

fn demonstrated(application: &Value) -> Option<Example> {
    let section = application["sections"].get("value_map")?.clone();
    let inputs = budget_inputs(&application["sections"]["budget"]);
    let discounting = json!({"discount_rate": "0.035", "convention": {"timing": "end_of_year"}});
    let question = question(&section, inputs, &discounting);
    sroi::read(&Json::from(&question)).ok()?;
    Some(Example {
        name: application["reference"].as_str().unwrap().to_owned(),
        section,
        question,
        index: None,
    })
}

/// The budget's cells by year and source; year 0 is the first.
fn budget_inputs(budget: &Value) -> Vec<Value> {
    let mut sums = BTreeMap::<(String, String), Hkd>::new();
    let lines = budget["lines"].as_array().into_iter().flatten();
    for cell in lines.flat_map(|line| line["cells"].as_array().unwrap()) {
        let text = |key: &str| cell[key].as_str().unwrap().to_owned();
        let amount = Hkd::try_from_text(&text("amount")).unwrap();
        let sum = sums
            .entry((text("financial_year"), text("source")))
            .or_default();
        *sum = sum.checked_add(amount).unwrap();
    }
    let year = |text: &str| text[..4].parse::<i64>().unwrap();
    let first = sums.keys().next().map(|(financial, _)| year(financial));
    sums.iter()
        .map(|((financial, source), amount)| {
            json!({"name": format!("{source} {financial}"), "amount": amount.to_string(),
                   "year": year(financial) - first.unwrap(), "kind": "cash"})
        })
        .collect()
}

/// A stream of numbers that a seed decides (`SplitMix64`).
pub(crate) struct Chance(pub(crate) u64);

impl Chance {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub(crate) fn below(&mut self, most: u64) -> u64 {
        self.next() % most
    }

    fn once_in(&mut self, times: u64) -> bool {
        self.below(times) == 0
    }

    fn of<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        let length = u64::try_from(list.len()).unwrap();
        &list[usize::try_from(self.below(length)).unwrap()]
    }

    fn decimal(&mut self, most: u64, places: u32) -> String {
        let units = self.below(most * 10_u64.pow(places));
        Decimal::new(i64::try_from(units).unwrap(), places).to_string()
    }

    fn share(&mut self) -> String {
        match self.below(8) {
            0 => "0".to_owned(),
            1 => "1".to_owned(),
            2 => "0.10".to_owned(),
            _ => self.decimal(1, 4),
        }
    }

    fn text(&mut self) -> String {
        const TEXTS: [&str; 16] = [
            "Carers rest",
            "照顧者得以休息",
            "=1+1",
            "+cmd|' /C calc'!A0",
            "-5",
            "@SUM(A1:A9)",
            " both ends ",
            "two\nlines",
            "two\r\nlines",
            "tab\tinside",
            "_x0041_ looks like an escape",
            "<b>&amp; \"quoted\" 'single'</b>",
            "bell\u{7}and\u{fffe}noncharacter",
            "😀 emoji and 𠮷",
            "00123",
            "1E5",
        ];
        (*self.of(&TEXTS)).to_owned()
    }
}

/// A made-up map in which every feature turns up.
pub(crate) fn generated(seed: u64) -> Example {
    let mut chance = Chance(seed);
    let values: BTreeMap<i64, Decimal> = (2018..=2026)
        .map(|year| {
            (
                year,
                Decimal::new(900 + i64::try_from(chance.below(300)).unwrap(), 1),
            )
        })
        .collect();
    let index = PriceIndex {
        name: "Composite CPI".to_owned(),
        values,
    };
    let count = 1 + chance.below(7);
    let mut outcomes: Vec<Value> = (1..=count)
        .map(|number| outcome(&mut chance, number))
        .collect();
    outcomes[0]["proxy"] = json!("120.50");
    if let Some(first) = outcomes[0].as_object_mut() {
        first.remove("unvalued_reason");
    }
    let mut section = json!({
        "outcomes": outcomes,
        "volunteers": volunteers(&mut chance),
        "kept_as_it_is": {"unknown": [1, 2]},
    });
    if !chance.once_in(3) {
        section["stakeholders"] = json!([
            {"id": "s1", "name": chance.text(), "subgroup": chance.text(), "number": chance.below(9_000),
             "consulted": chance.below(90), "method": chance.text()},
            {"id": "s2", "name": chance.text(), "number": 3, "own_key": true}]);
        section["exclusions"] = json!([
            {"kind": "stakeholder", "name": chance.text(), "reason": chance.text()},
            {"kind": "outcome", "name": chance.text(), "reason": chance.text()}]);
    }
    let indexed = indexed(&section, &index);
    let inputs = inputs(&mut chance);
    let question = question(&indexed, inputs, &discounting(&mut chance));
    Example {
        name: format!("generated {seed}"),
        section,
        question,
        index: Some(index),
    }
}

/// The section with its proxies in prices of 2026, as the engine takes them.
fn indexed(section: &Value, index: &PriceIndex) -> Value {
    let mut section = section.clone();
    for outcome in section["outcomes"].as_array_mut().unwrap() {
        let year = outcome["price_year"]
            .as_i64()
            .and_then(|year| index.values.get(&year));
        if let (Some(own), Some(proxy)) = (year, outcome["proxy"].as_str()) {
            let moved = decimal_from_text(proxy).unwrap() * index.values[&2026] / own;
            outcome["proxy"] = json!(normal_text(round_half_away(moved, 6)));
        }
    }
    section
}

fn discounting(chance: &mut Chance) -> Value {
    let timing = *chance.of(&["end_of_year", "year1_undiscounted"]);
    let mut discounting = json!({"convention": {"timing": timing}, "price_year": 2026});
    if chance.once_in(2) {
        discounting["discount_rate"] = json!(chance.decimal(1, 3));
    } else {
        discounting["discount_schedule"] = json!([
            {"from_year": 0, "to_year": 3, "rate": "0.035"},
            {"from_year": 4, "to_year": 9, "rate": chance.share()},
            {"from_year": 10, "to_year": null, "rate": "0.0275"}]);
    }
    discounting
}

fn inputs(chance: &mut Chance) -> Vec<Value> {
    vec![
        json!({"name": chance.text(), "amount": "50000.00", "year": 0, "kind": "cash"}),
        json!({"name": "own", "amount": chance.decimal(90_000, 2), "year": 1 + chance.below(3),
               "kind": "cash", "duration": 1 + chance.below(5)}),
        json!({"name": "goods", "amount": chance.decimal(9_000, 2), "year": chance.below(4),
               "kind": "in_kind"}),
    ]
}

fn volunteers(chance: &mut Chance) -> Value {
    match chance.below(3) {
        0 => json!([]),
        1 => json!([{"name": chance.text(), "amount": chance.decimal(9_000, 2), "year": 1}]),
        _ => json!([
            {"id": "v1", "name": chance.text(), "hours": chance.decimal(900, 1),
             "hourly_rate": "62.50", "year": chance.below(6)},
            {"id": "v2", "name": "義工", "hours": "12", "hourly_rate": chance.decimal(90, 2), "year": 0}]),
    }
}

fn outcome(chance: &mut Chance, number: u64) -> Value {
    let quantity = chance.decimal(2_000, 2);
    let sign = if chance.once_in(4) && !quantity.trim_matches(['0', '.']).is_empty() {
        "-"
    } else {
        ""
    };
    let mut outcome = json!({
        "id": format!("o{number}"),
        "stakeholder": chance.text(),
        "name": format!("{} {number}", chance.text()),
        "indicator": chance.text(),
        "duration": *chance.of(&[1, 1, 2, 3, 5, 10, 30]),
        "proxy": chance.decimal(5_000, 2),
        "proxy_unit": chance.text(),
        "deadweight": chance.share(),
        "displacement": chance.share(),
        "attribution": chance.share(),
        "dropoff": chance.share(),
        "evidence_grade": "C",
        "baseline": Value::Null,
        "own_key": {"kept": number},
    });
    let start = *chance.of(&[1, 1, 1, 2, 3, 15, 30]);
    if chance.once_in(4) {
        outcome["cohorts"] = json!([
            {"start": 1, "quantity": "50"},
            {"start": start, "quantity": format!("{sign}{quantity}")},
            {"start": 4, "quantity": chance.decimal(90, 3)}]);
    } else {
        outcome["quantity"] = json!(format!("{sign}{quantity}"));
        outcome["start"] = json!(start);
    }
    details(chance, &mut outcome);
    outcome
}

fn details(chance: &mut Chance, outcome: &mut Value) {
    if chance.once_in(5) {
        outcome["proxy"] = Value::Null;
        outcome["unvalued_reason"] = json!(chance.text());
    } else if chance.once_in(2) {
        outcome["price_year"] = json!(2018 + chance.below(9));
        outcome["library"] = json!({"id": "respite-day", "version": 1 + chance.below(3)});
    }
    if chance.once_in(2) {
        outcome["evidence_grade"] = json!({"quantity": "A", "deadweight": *chance.of(&["B", "D"])});
    }
    if chance.once_in(2) {
        outcome["range"] = json!({"deadweight": ["0", "1"], "dropoff": ["0.000", "1.0"]});
    }
    let notes = |chance: &mut Chance| {
        let keys = ["quantity", "proxy", "deadweight", "and another"];
        let notes = keys.map(|key| (key.to_owned(), json!(chance.text())));
        Value::Object(notes.into_iter().collect::<Map<_, _>>())
    };
    outcome["reasons"] = notes(chance);
    outcome["sources"] = notes(chance);
}
