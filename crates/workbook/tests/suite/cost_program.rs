//! The formulas of the cost plan: what they show, and what a spreadsheet program makes of them.
use std::{io::Cursor, process::Command};

use calamine::{Data, Range, Reader as _, Xlsx};
use workbook::Language;

use crate::{
    cost::{demonstration, export, small},
    package::without_results,
};

/// The number of a cell.
fn number(range: &Range<Data>, row: usize, column: usize) -> f64 {
    match range.get((row, column)) {
        Some(Data::Float(number)) => *number,
        Some(Data::Int(number)) => number.to_string().parse().unwrap(),
        other => panic!("row {row}, column {column}: {other:?}"),
    }
}

#[test]
fn the_cent_of_the_largest_remainder_is_a_column_of_its_own() {
    let bytes = export(&small(), Language::En);
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    let range = workbook.worksheet_range("Apportionment").unwrap();
    let shown = |row, column| format!("{:.2}", number(&range, row, column));
    // 100.00 over three equal weights, the exempt activity out of the basis.
    assert_eq!(
        [shown(4, 5), shown(4, 7), shown(4, 8)],
        ["33.33", "0.01", "33.34"]
    );
    assert_eq!(
        [shown(5, 5), shown(5, 7), shown(5, 8)],
        ["33.33", "0.00", "33.33"]
    );
    assert_eq!([shown(7, 2), shown(7, 8)], ["0.00", "0.00"]);
    assert_eq!(shown(11, 8), "100.05");
}

#[test]
fn the_formulas_come_to_the_engines_shares_in_a_spreadsheet_program() {
    if std::env::var_os("PLUMBLINE_SOAK").is_none() {
        println!("not run: PLUMBLINE_SOAK is not set");
        return;
    }
    if Command::new("soffice").arg("--version").output().is_err() {
        println!("not run: soffice (LibreOffice Calc) is not installed");
        return;
    }
    let mut plans = demonstration();
    plans.push(small());
    let folder = tempfile::tempdir().unwrap();
    let mut run = Command::new("soffice");
    let profile = folder.path().join("profile");
    run.arg(format!(
        "-env:UserInstallation=file://{}",
        profile.display()
    ));
    run.args([
        "--headless",
        "--convert-to",
        "xlsx:Calc MS Excel 2007 XML",
        "--outdir",
    ]);
    run.arg(folder.path().join("out"));
    for (position, plan) in plans.iter().enumerate() {
        let file = folder.path().join(format!("plan-{position}.xlsx"));
        let bytes = export(plan, Language::ALL[position % 2]);
        std::fs::write(&file, without_results(&bytes)).unwrap();
        run.arg(file);
    }
    assert!(run.output().unwrap().status.success());
    let (mut compared, mut ties) = (0, 0);
    for (position, plan) in plans.iter().enumerate() {
        let file = folder.path().join(format!("out/plan-{position}.xlsx"));
        let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(std::fs::read(file).unwrap())).unwrap();
        let sheets = workbook.sheet_names();
        for sheet in &sheets[2..] {
            ties += tied(&workbook.worksheet_range(sheet).unwrap(), &plan.name, sheet);
        }
        let range = workbook.worksheet_range(&sheets[2]).unwrap();
        let rows = plan.section["pools"].as_array().unwrap().iter();
        let rows: usize = rows
            .map(|pool| pool["weights"].as_object().unwrap().len())
            .sum();
        for row in 4..4 + rows {
            assert_eq!(
                format!("{:.2}", number(&range, row, 10).abs()),
                "0.00",
                "{} {row}",
                plan.name
            );
            compared += 1;
        }
        assert_eq!(
            format!("{:.2}", number(&range, 6 + rows, 8).abs()),
            "0.00",
            "{}",
            plan.name
        );
    }
    assert_eq!(
        ties,
        4 * plans.len(),
        "one tie on each sheet that adds up, two on the schedules"
    );
    println!(
        "{} plans agree in {compared} shares and {ties} ties",
        plans.len()
    );
}

/// How many rows compare two sums; each must come to nothing.
fn tied(range: &Range<Data>, plan: &str, sheet: &str) -> usize {
    let is_tie = |row: &usize| {
        let head = range.get((*row, 0));
        head.is_some_and(|cell| ["Tie", "核對"].contains(&cell.to_string().as_str()))
    };
    let rows: Vec<usize> = (0..range.height()).filter(is_tie).collect();
    for row in &rows {
        let differences = (1..range.width()).filter_map(|column| match range.get((*row, column)) {
            Some(Data::Float(number)) => Some(*number),
            _ => None,
        });
        let shown: Vec<String> = differences
            .map(|number| format!("{:.2}", number.abs()))
            .collect();
        assert_eq!(shown, ["0.00"], "{plan} {sheet}");
    }
    rows.len()
}
