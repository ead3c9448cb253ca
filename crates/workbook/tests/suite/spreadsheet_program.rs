//! The formulas in a real spreadsheet program: fifty maps whose stored results are falsified are
//! recalculated by `LibreOffice` and must come to the engine's totals. Part of `make soak`.
use std::{io::Cursor, path::Path, process::Command};

use calamine::{Data, Range, Reader as _, Xlsx};
use money::{Decimal, fixed_text};
use workbook::Language;

use crate::{
    maps::{Example, demonstration, generated},
    package::without_results,
};

const MAPS: usize = 50;
/// Makes the program compute every formula anew, whatever results are stored.
const ALWAYS_RECALCULATE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>"#;

#[test]
fn fifty_maps_come_to_the_engines_totals_in_a_spreadsheet_program() {
    if let Some(reason) = not_run() {
        println!("{reason}");
        return;
    }
    let mut examples = demonstration();
    examples.truncate(MAPS / 2);
    examples.extend((1..).map(generated).take(MAPS - MAPS / 2));
    let folder = tempfile::tempdir().unwrap();
    let files: Vec<Vec<u8>> = examples
        .iter()
        .enumerate()
        .map(|(position, example)| example.export(Language::ALL[position % 2]))
        .collect();
    let recalculated = recalculate(&files, folder.path());
    let mut figures = 0;
    for (example, bytes) in examples.iter().zip(&recalculated) {
        figures += compare(example, bytes);
    }
    println!(
        "{}/{MAPS} maps agree in {figures} figures",
        recalculated.len()
    );
}

/// Why the long test does not run; none when it was asked for and the program is there.
pub(crate) fn not_run() -> Option<&'static str> {
    if std::env::var_os("PLUMBLINE_SOAK").is_none() {
        return Some("not run: PLUMBLINE_SOAK is not set");
    }
    let version = Command::new("soffice").arg("--version").output();
    version
        .is_err()
        .then_some("not run: soffice (LibreOffice Calc) is not installed")
}

/// Every file, its stored results falsified, through the spreadsheet program in one run of it.
pub(crate) fn recalculate(files: &[Vec<u8>], folder: &Path) -> Vec<Vec<u8>> {
    let (profile, out) = (folder.join("profile"), folder.join("out"));
    std::fs::create_dir_all(profile.join("user")).unwrap();
    std::fs::write(
        profile.join("user/registrymodifications.xcu"),
        ALWAYS_RECALCULATE,
    )
    .unwrap();
    let name = |position: usize| format!("file-{position}.xlsx");
    let mut run = Command::new("soffice");
    run.arg(format!(
        "-env:UserInstallation=file://{}",
        profile.display()
    ));
    run.args([
        "--headless",
        "--convert-to",
        "xlsx:Calc MS Excel 2007 XML",
        "--outdir",
    ])
    .arg(&out);
    for (position, bytes) in files.iter().enumerate() {
        let file = folder.join(name(position));
        std::fs::write(&file, without_results(bytes)).unwrap();
        run.arg(file);
    }
    let ended = run.output().unwrap();
    assert!(
        ended.status.success(),
        "{}",
        String::from_utf8_lossy(&ended.stderr)
    );
    (0..files.len())
        .map(|position| std::fs::read(out.join(name(position))).unwrap())
        .collect()
}

/// The number of a cell, rounded as the engine prints.
fn shown(range: &Range<Data>, row: u32, column: u32, places: u32) -> String {
    let number = match range.get_value((row, column)) {
        Some(Data::Float(number)) => *number,
        other => panic!("row {row}, column {column}: {other:?}"),
    };
    // A spreadsheet shows fifteen digits; the rest is noise of its arithmetic.
    let visible: f64 = format!("{number:.14e}").parse().unwrap();
    fixed_text(format!("{visible:.9}").parse().unwrap(), places)
}

/// Compares every total; returns how many.
fn compare(example: &Example, bytes: &[u8]) -> usize {
    let name = &example.name;
    let evaluation = sroi::evaluate(example.request()).unwrap();
    let figures = evaluation.to_json();
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    let sheets = workbook.sheet_names();
    let calculation = workbook.worksheet_range(&sheets[6]).unwrap();
    let summary = workbook.worksheet_range(&sheets[7]).unwrap();
    let totals = [
        (4, 1, 2, &figures["total_present_value"]),
        (5, 1, 2, &figures["investment"]),
        (6, 1, 2, &figures["net_present_value"]),
        (7, 1, 4, &figures["ratio"]),
        (8, 1, 4, &figures["net_ratio"]),
    ];
    for (row, column, places, expected) in totals {
        let found = shown(&summary, row, column, places);
        assert_eq!(found, expected.as_str().unwrap(), "{name}: row {row}");
        assert_eq!(
            shown(&summary, row, 4, places),
            fixed_text(Decimal::ZERO, places),
            "{name}"
        );
    }
    let other = evaluation.other_timing;
    assert_eq!(
        shown(&summary, 4, 2, 2),
        other.total_present_value.text(2),
        "{name}"
    );
    assert_eq!(
        shown(&summary, 7, 2, 4),
        fixed_text(other.ratio, 4),
        "{name}"
    );
    let mut compared = totals.len() + 2;
    for year in 0..=60_u32 {
        let engine = evaluation.years.get(usize::try_from(year).unwrap());
        let expected = engine.map_or_else(|| "0.00".to_owned(), |value| value.text(2));
        assert_eq!(
            shown(&calculation, 8, 12 + year, 2),
            expected,
            "{name}: year {year}"
        );
        compared += 1;
    }
    // The recalculated workbook is also what a person sends back.
    let back = workbook::import(bytes, &example.section);
    assert_eq!(
        back.content.as_ref(),
        Some(&example.section),
        "{name}: {back:?}"
    );
    compared
}
