//! A shortlist goes out with its figures as numbers, its sums as formulas that come to them, and
//! nothing that a person typed as a formula.
use std::{collections::BTreeMap, io::Cursor};

use calamine::{Data, DataType as _, Range, Reader as _, Xlsx};
use explain::Text;
use money::{Decimal, normal_text};
use report::shortlist::{ROWS_MAX, ShortlistSheet};
use workbook::{ExportError, Language, shortlist};

use crate::{
    formulas::{BEGINNINGS, ENDS, formulas},
    sample::sheet,
    spreadsheet_program::{not_run, recalculate},
};

const FIRST: usize = 3;
const LIST: [&str; 2] = ["Ranked shortlist", "入圍名單"];

fn list(bytes: &[u8], language: Language) -> Range<Data> {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    let name = LIST[usize::from(language == Language::Zh)];
    workbook.worksheet_range(name).unwrap()
}

/// A cell's number as its shortest text, which is what was written.
fn number(range: &Range<Data>, row: usize, column: usize) -> String {
    match range.get((row, column)).unwrap() {
        Data::Float(number) => number.to_string(),
        Data::Int(number) => number.to_string(),
        other => panic!("{other:?} at {row}, {column}"),
    }
}

fn text(range: &Range<Data>, row: usize, column: usize) -> String {
    range
        .get((row, column))
        .map(ToString::to_string)
        .unwrap_or_default()
}

fn shown(value: Decimal) -> String {
    normal_text(value)
}

#[test]
fn every_figure_of_a_shortlist_is_a_number_with_its_exact_digits() {
    let sheet = sheet(30);
    for language in Language::ALL {
        let range = list(&shortlist::write(&sheet, language).unwrap(), language);
        for (row, line) in (FIRST..).zip(&sheet.rows) {
            assert_eq!(text(&range, row, 1), line.reference);
            assert_eq!(text(&range, row, 3), line.organisation.zh);
            assert_eq!(number(&range, row, 8), shown(line.ask.decimal()));
            let figures = [
                (9, line.cumulative.map(money::Hkd::decimal)),
                (12, line.sroi.map(|sroi| sroi.point.decimal())),
                (16, line.score),
                (21, line.score),
                (23, line.stability),
                (28, line.decided_amount.map(money::Hkd::decimal)),
            ];
            for (column, figure) in figures {
                match figure {
                    Some(figure) => assert_eq!(number(&range, row, column), shown(figure)),
                    None => assert_eq!(text(&range, row, column), ""),
                }
            }
            for (column, points) in (17..).zip(line.points.values()) {
                assert_eq!(number(&range, row, column), shown(*points));
            }
        }
    }
}

/// What the formulas come to, by evaluating the few that are used: sums of cells beside each other,
/// one cell plus another, one cell minus another.
#[test]
fn running_sum_score_and_ties_are_live_formulas_that_come_to_the_figures() {
    let sheet = sheet(30);
    let bytes = shortlist::write(&sheet, Language::En).unwrap();
    let by_cell: BTreeMap<(usize, usize), String> = formulas(&bytes)
        .into_iter()
        .filter(|(name, ..)| name == LIST[0])
        .map(|(_, cell, formula)| (cell, formula))
        .collect();
    assert_eq!(by_cell[&(FIRST, 9)], "I4");
    assert_eq!(by_cell[&(FIRST + 1, 9)], "J4+I5");
    assert_eq!(by_cell[&(FIRST, 16)], "SUM(R4:U4)");
    assert_eq!(by_cell[&(FIRST, 22)], "ROUND(Q4-V4,6)");
    let ranked = sheet.rows.iter().filter(|line| line.rank.is_some()).count();
    let in_column = |column| by_cell.keys().filter(|(_, at)| *at == column).count();
    assert_eq!((in_column(9), in_column(22)), (ranked, ranked));
    let end = FIRST + sheet.rows.len();
    assert_eq!(by_cell[&(end + 1, 8)], "SUMIF(K4:K33,\"Yes\",I4:I33)");
    let range = list(&bytes, Language::En);
    assert_eq!(number(&range, end + 1, 8), shown(sheet.committed.decimal()));
    assert_eq!(number(&range, end + 2, 8), shown(sheet.committed.decimal()));
    assert_eq!(number(&range, end + 3, 8), "0");
    assert_eq!(number(&range, end + 5, 8), shown(sheet.left.decimal()));
    assert_eq!(number(&range, end + 7, 8), "0");
}

#[test]
fn a_shortlist_that_does_not_tie_says_so() {
    let mut sheet = sheet(10);
    let cent = money::Hkd::try_from_text("0.01").unwrap();
    sheet.committed = sheet.committed.checked_add(cent).unwrap();
    let range = list(
        &shortlist::write(&sheet, Language::En).unwrap(),
        Language::En,
    );
    assert_eq!(number(&range, FIRST + 10 + 3, 8), "-0.01");
}

/// Every text that a person or another system gives.
fn poisoned(payload: &str) -> ShortlistSheet {
    let mut sheet = sheet(4);
    let words = Text::new(payload, payload);
    for text in [
        &mut sheet.round_code,
        &mut sheet.ranking_id,
        &mut sheet.rules_version,
        &mut sheet.rank_run.id,
        &mut sheet.rank_run.input_hash,
        &mut sheet.rank_run.engine,
        &mut sheet.adopted.as_mut().unwrap().by,
    ] {
        payload.clone_into(text);
    }
    sheet.round_name = words.clone();
    sheet.funder = words.clone();
    sheet.notes = vec![words.clone()];
    sheet.criteria[0].name = words.clone();
    let row = &mut sheet.rows[0];
    payload.clone_into(&mut row.reference);
    row.organisation = words.clone();
    row.title = words.clone();
    payload.clone_into(&mut row.size_band);
    row.districts = vec![words.clone()];
    row.decision = Some(payload.to_owned());
    row.level = Some(words.clone());
    let selection = sheet.selection.as_mut().unwrap();
    payload.clone_into(&mut selection.status);
    selection.method = words;
    payload.clone_into(&mut selection.checks[0].rule);
    payload.clone_into(&mut selection.prices[0].rule);
    sheet
}

#[test]
fn trust_22_fifty_payloads_in_every_text_of_a_shortlist_become_no_formula() {
    let harmless = formulas(&shortlist::write(&sheet(4), Language::En).unwrap());
    let mut payloads = 0;
    for beginning in BEGINNINGS {
        for end in ENDS {
            let payload = format!("{beginning}{end}");
            let sheet = poisoned(&payload);
            let bytes = shortlist::write(&sheet, Language::En).unwrap();
            assert_eq!(formulas(&bytes), harmless, "{payload:?}");
            let range = list(&bytes, Language::En);
            assert_eq!(number(&range, FIRST, 8), shown(sheet.rows[0].ask.decimal()));
            payloads += 1;
        }
    }
    assert_eq!(payloads, 50);
    println!("trust-22 pass: {payloads} payloads, 0 formula cells");
}

#[test]
fn the_same_shortlist_gives_the_same_file_and_another_instant_another_one() {
    let mut sheet = sheet(5);
    let first = shortlist::write(&sheet, Language::Zh).unwrap();
    assert_eq!(shortlist::write(&sheet, Language::Zh).unwrap(), first);
    sheet.computed_at = "2026-11-22T02:04:04Z".parse().unwrap();
    assert_ne!(shortlist::write(&sheet, Language::Zh).unwrap(), first);
}

#[test]
fn an_empty_shortlist_is_a_workbook_and_a_too_long_one_is_refused() {
    let mut empty = sheet(0);
    empty.selection = None;
    empty.adopted = None;
    let bytes = shortlist::write(&empty, Language::En).unwrap();
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(&bytes)).unwrap();
    assert_eq!(workbook.sheet_names().len(), 4);
    let facts = workbook.worksheet_range("Read me").unwrap();
    assert!(facts.rows().any(|row| {
        row.iter()
            .any(|cell| *cell == Data::String("Proposed, not adopted".to_owned()))
    }));
    let mut long = sheet(1);
    long.rows = vec![long.rows[0].clone(); ROWS_MAX + 1];
    let refused = shortlist::write(&long, Language::En).unwrap_err();
    let ExportError::Problems(problems) = refused else {
        panic!("{refused}");
    };
    assert_eq!(problems.as_slice()[0].code, "too_many_rows");
}

#[test]
fn the_formulas_of_a_shortlist_come_to_its_figures_in_a_spreadsheet_program() {
    if let Some(reason) = not_run() {
        println!("{reason}");
        return;
    }
    let written = Language::ALL.map(|language| shortlist::write(&sheet(40), language).unwrap());
    let folder = tempfile::tempdir().unwrap();
    let recalculated = recalculate(&written, folder.path());
    let mut compared = 0;
    for (ours, theirs) in written.iter().zip(&recalculated) {
        let mut ours_read: Xlsx<_> = Xlsx::new(Cursor::new(ours)).unwrap();
        let mut theirs_read: Xlsx<_> = Xlsx::new(Cursor::new(theirs)).unwrap();
        for (name, (row, column), formula) in formulas(ours) {
            let cell = (u32::try_from(row).unwrap(), u32::try_from(column).unwrap());
            let [ours, theirs] = [&mut ours_read, &mut theirs_read].map(|workbook| {
                let range = workbook.worksheet_range(&name).unwrap();
                let found = range.get_value(cell).and_then(Data::as_f64);
                format!("{:.8}", found.unwrap())
            });
            assert_eq!(ours, theirs, "{name} {cell:?} {formula}");
            compared += 1;
        }
    }
    println!("{compared} formulas of a shortlist agree");
}
