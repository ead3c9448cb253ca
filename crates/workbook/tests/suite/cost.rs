//! A cost plan goes out with formulas that come to the engine's shares; a pool sheet comes back as a
//! list of differences, and not at all when a cell or the file cannot be trusted.
use std::{io::Cursor, path::Path};

use calamine::{Reader as _, Xlsx};
use chrono::NaiveDate;
use costshare::{plan_evaluate, plan_read};
use explain::json::Json;
use rust_xlsxwriter::Workbook;
use serde_json::{Value, json};
use workbook::{CostPlanSource, Import, Language, Meta, cost_plan_export, pool_sheet_import};

pub(crate) struct Plan {
    pub(crate) name: String,
    pub(crate) section: Value,
    pub(crate) budget: Value,
}

pub(crate) fn demonstration() -> Vec<Plan> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../seed/demo/applications");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().path())
        .collect();
    files.sort();
    let read = files.iter().map(|file| -> Value {
        serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap()
    });
    read.filter(|application| {
        let pools = &application["sections"]["cost_sharing"]["pools"];
        pools.as_array().is_some_and(|pools| !pools.is_empty())
    })
    .map(|application| Plan {
        name: application["reference"].as_str().unwrap().to_owned(),
        section: application["sections"]["cost_sharing"].clone(),
        budget: application["sections"]["budget"].clone(),
    })
    .collect()
}

pub(crate) fn request(section: &Value) -> costshare::Request {
    let keys = ["id", "amount", "basis", "weights", "weight_evidence"];
    let pools: Vec<Value> = section["pools"]
        .as_array()
        .unwrap()
        .iter()
        .map(|pool| {
            let own = keys.iter().filter(|key| !pool[**key].is_null());
            let own = own.map(|key| ((*key).to_owned(), pool[*key].clone()));
            Value::Object(own.collect())
        })
        .collect();
    let projects: Vec<Value> = section["projects"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|project| {
            let mut project = project.clone();
            project.as_object_mut().unwrap().remove("name");
            project
        })
        .collect();
    let question = json!({
        "financial_year": section["financial_year"], "pools": pools, "projects": projects,
        "exempt_schemes": {"codes": ["DEMO-EXEMPT-01", "DEMO-EXEMPT-02"], "complete": false},
        "schedules": true,
    });
    costshare::read(&Json::from(&question)).unwrap()
}

pub(crate) fn export(plan: &Plan, language: Language) -> Vec<u8> {
    let request = request(&plan.section);
    let evaluation = costshare::evaluate(&request).unwrap();
    let lines: Vec<Value> = plan.budget["lines"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| json!({"id": line["id"], "scope": line["scope"], "cells": line["cells"]}))
        .collect();
    let paid = plan_read(&Json::from(&json!({"lines": lines}))).unwrap();
    let paid = plan_evaluate(&paid).unwrap();
    let meta = Meta {
        title: "=HYPERLINK(\"http://evil.example\")".to_owned(),
        reference: plan.name.clone(),
        fictional: true,
        exported_on: NaiveDate::from_ymd_opt(2026, 11, 22).unwrap(),
        price_index: None,
    };
    let source = CostPlanSource {
        meta: &meta,
        language,
        section: &plan.section,
        apportionment: Some((&request, &evaluation)),
        plan: &paid,
        line_names: &[("b1".to_owned(), "=1+1".to_owned())],
        scope_names: &[],
    };
    cost_plan_export(&source).unwrap()
}

pub(crate) fn small() -> Plan {
    let section = json!({
        "financial_year": "2025-26",
        "pools": [
            {"id": "admin", "name": "Central administration", "amount": "100.00", "basis": "staff_time",
             "weights": {"c": "1", "a": "1.0", "b": "1", "gone": "5"},
             "evidence": "Time study", "weight_evidence": {"a": "Sheet A"}},
            {"id": "rent", "name": "Rent", "amount": "0.05", "basis": "floor_area",
             "weights": {"a": "1", "b": "1", "c": "1"}}],
        "projects": [{"id": "p", "activity": "gone", "scheme": "DEMO-EXEMPT-01",
                      "start": "2025-06-01", "end": null}],
    });
    let budget = json!({"lines": [{"id": "b1", "scope": "it_system", "cells": [
        {"financial_year": "2026-27", "source": "grant", "amount": "70.10"},
        {"financial_year": "2026-27", "source": "own", "amount": "30.00"},
        {"financial_year": "2027-28", "source": "other:Trust A", "amount": "9.90"}]}]});
    Plan {
        name: "small".to_owned(),
        section,
        budget,
    }
}

fn codes(import: &Import) -> Vec<(String, String)> {
    let refused = import.refused.iter();
    refused
        .map(|refusal| (refusal.problem.code.clone(), refusal.cell.clone()))
        .collect()
}

/// A sheet as a finance department writes it.
fn sheet(rows: &[&[&str]]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (row, cells) in (0_u32..).zip(rows) {
        for (column, text) in (0_u16..).zip(*cells) {
            match text.parse::<f64>() {
                Ok(number) => sheet.write_number(row, column, number).unwrap(),
                Err(_) => sheet.write_string(row, column, *text).unwrap(),
            };
        }
    }
    workbook.save_to_buffer().unwrap()
}

#[test]
fn what_nobody_edited_comes_back_unchanged_in_both_languages() {
    let mut plans = demonstration();
    assert!(plans.len() > 30);
    plans.push(small());
    for (position, plan) in plans.iter().enumerate() {
        let bytes = export(plan, Language::ALL[position % 2]);
        let import = pool_sheet_import(&bytes, &plan.section);
        assert_eq!(import.refused, [], "{}", plan.name);
        assert_eq!(import.changes, [], "{}", plan.name);
        assert_eq!(
            import.content.as_ref(),
            Some(&plan.section),
            "{}",
            plan.name
        );
    }
}

#[test]
fn a_plain_sheet_is_read_by_its_headings_and_every_difference_is_listed() {
    let bytes = sheet(&[
        &["Cost centre report 2025-26"],
        &[],
        &[
            "Weight", "Activity", "Pool", "Amount", "Basis", "Evidence", "Period",
        ],
        &[
            "2",
            "a",
            "central administration",
            "120.00",
            "Hours worked",
            "Sheet A",
            "2025-04-01 to 2026-03-31",
        ],
        &["1", "b", "", "", "", "Sheet B", ""],
        &["3", "new", "Vehicles", "9.5", "usage", "Log book", ""],
    ]);
    let plan = small();
    let import = pool_sheet_import(&bytes, &plan.section);
    assert_eq!(import.refused, []);
    let changes: Vec<_> = import
        .changes
        .iter()
        .map(|change| {
            (
                change.path.as_str(),
                change.from.as_deref(),
                change.to.as_deref(),
            )
        })
        .collect();
    assert_eq!(
        changes,
        [
            (
                "pools[0].name",
                Some("Central administration"),
                Some("central administration")
            ),
            ("pools[0].amount", Some("100.00"), Some("120.00")),
            ("pools[0].period_from", None, Some("2025-04-01")),
            ("pools[0].period_to", None, Some("2026-03-31")),
            ("pools[0].weights.a", Some("1.0"), Some("2")),
            ("pools[0].weights.c", Some("1"), None),
            ("pools[0].weights.gone", Some("5"), None),
            ("pools[0].weight_evidence.b", None, Some("Sheet B")),
        ]
    );
    assert_eq!(import.added[0].name, "Vehicles");
    assert_eq!(import.removed[0].name, "Rent");
    let content = import.content.unwrap();
    assert_eq!(
        content["pools"][1],
        json!({"id": "pool1", "name": "Vehicles", "amount": "9.50", "basis": "usage",
               "weights": {"new": "3"}, "weight_evidence": {"new": "Log book"}, "evidence": "Log book"})
    );
    assert_eq!(content["projects"], plan.section["projects"]);
}

#[test]
fn everything_wrong_with_a_sheet_is_listed_at_once_with_its_cell() {
    let bytes = sheet(&[
        &[
            "Pool",
            "Amount",
            "Basis",
            "Activity",
            "Weight",
            "Period from",
        ],
        &["A", "-1.00", "by feeling", "x", "-2", "soon"],
        &["A", "", "", "x", "3", ""],
        &["B", "1.005", "fte", "y", "0", ""],
        &["C", "5.00", "fte", "", "4", ""],
        &["C", "6.00", "fte", "z", "many", ""],
        &["D", "", "", "w", "1", ""],
    ]);
    let found = codes(&pool_sheet_import(&bytes, &Value::Null));
    let found: Vec<(&str, &str)> = found
        .iter()
        .map(|(code, cell)| (code.as_str(), cell.as_str()))
        .collect();
    assert_eq!(
        found,
        [
            ("negative", "Sheet1!B2"),
            ("not_one_of", "Sheet1!C2"),
            ("not_date", "Sheet1!F2"),
            ("negative", "Sheet1!E2"),
            ("duplicate_id", "Sheet1!D3"),
            ("fraction_of_cent", "Sheet1!B4"),
            ("missing", "Sheet1!E5"),
            ("contradiction", "Sheet1!B6"),
            ("not_number", "Sheet1!E6"),
            ("missing", "Sheet1!D6"),
            ("missing", "Sheet1!A2"),
            ("missing", "Sheet1!A2"),
            ("missing", "Sheet1!A4"),
            ("bad_weights", "Sheet1!A4"),
            ("bad_weights", "Sheet1!A5"),
            ("missing", "Sheet1!A7"),
            ("missing", "Sheet1!A7"),
        ]
    );
}

#[test]
fn files_that_are_no_pool_sheet_are_refused_as_every_other_file_is() {
    let current = small().section;
    let code = |bytes: &[u8]| codes(&pool_sheet_import(bytes, &current))[0].0.clone();
    assert_eq!(code(b"pool,amount\n"), "file_not_workbook");
    assert_eq!(code(&sheet(&[&["Name", "Value"]])), "file_not_ours");
    assert_eq!(
        code(&sheet(&[&["Pool", "Activity", "Weight"]])),
        "column_missing"
    );
    assert_eq!(
        code(&vec![0; workbook::FILE_BYTES_MAX + 1]),
        "file_too_large"
    );
}

#[test]
fn what_a_person_typed_is_never_a_formula() {
    let mut plan = small();
    plan.section["pools"][0]["name"] = json!("=cmd|' /C calc'!A0");
    plan.section["pools"][0]["evidence"] = json!("@SUM(A1)");
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(export(&plan, Language::En))).unwrap();
    for name in ["Read me", "Pools", "Who pays"] {
        let range = workbook.worksheet_formula(name).unwrap();
        let formulas = range
            .used_cells()
            .filter(|(_, _, formula)| !formula.is_empty());
        let most = usize::from(name == "Who pays");
        assert_eq!(formulas.count(), most, "{name}");
    }
}
