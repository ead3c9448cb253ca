//! What is put in, as the budget says it, and the price index: shown here, changed elsewhere.
use rust_xlsxwriter::XlsxError;
use sroi::InputKind;

use crate::{
    export::Source,
    language::Words,
    paper::{Paper, at, quoted},
    sheet_table::count,
    tables::{FIRST_ROW, HEADING_ROW},
};

const AMOUNT: u16 = 2;
const YEAR: u16 = 3;
const DURATION: u16 = 4;
const INDEX_YEAR: u16 = 6;
const INDEX_VALUE: u16 = 7;
const PRICE_YEAR: u16 = 9;

const HEADINGS: [(u16, Words, u8); 8] = [
    (0, ("Input", "投入"), 30),
    (1, ("Kind", "類別"), 16),
    (AMOUNT, ("Amount per year", "每年款額"), 16),
    (YEAR, ("First year", "開始年份"), 10),
    (DURATION, ("Years", "年數"), 10),
    (INDEX_YEAR, ("Year", "年份"), 10),
    (INDEX_VALUE, ("Price index", "物價指數"), 12),
    (
        PRICE_YEAR,
        ("Price year of the map", "價值圖的價格年份"),
        14,
    ),
];

const NOTE: Words = (
    "These come from the budget and the programme; change them there. Volunteers stand on their own sheet.",
    "此頁資料來自預算及資助計劃，請在該處更改。義工另見其工作表。",
);

/// Writes the sheet.
pub(crate) fn write(paper: &mut Paper<'_>, source: &Source<'_>) -> Result<(), XlsxError> {
    let formats = paper.formats;
    paper.text(0, 0, source.say(("What is put in", "投入")), &formats.title)?;
    paper.sheet.write_string(1, 0, source.say(NOTE))?;
    for (column, words, width) in HEADINGS {
        paper.text(HEADING_ROW, column, source.say(words), &formats.heading)?;
        paper.sheet.set_column_width(column, width)?;
    }
    for (row, input) in (FIRST_ROW..).zip(fixed_inputs(source)) {
        paper.text(row, 0, &input.name, &formats.text)?;
        paper.text(row, 1, source.say(kind_words(input.kind)), &formats.text)?;
        paper.number(row, AMOUNT, &input.amount.to_string(), &formats.money)?;
        paper.number(row, YEAR, &input.year.to_string(), &formats.whole)?;
        paper.number(row, DURATION, &input.duration.to_string(), &formats.whole)?;
    }
    if let Some(index) = &source.meta.price_index {
        paper.text(1, INDEX_YEAR, &index.name, &formats.note)?;
        for (row, (year, value)) in (FIRST_ROW..).zip(&index.values) {
            paper.number(row, INDEX_YEAR, &year.to_string(), &formats.whole)?;
            paper.number(row, INDEX_VALUE, &value.to_string(), &formats.money)?;
        }
    }
    if let Some(year) = source.figures.price_year {
        paper.number(FIRST_ROW, PRICE_YEAR, &year.to_string(), &formats.whole)?;
    }
    paper.sheet.set_freeze_panes(FIRST_ROW, 1)?;
    Ok(())
}

fn fixed_inputs<'a>(source: &Source<'a>) -> impl Iterator<Item = &'a sroi::Input> {
    let inputs = source.evaluation.request().inputs.iter();
    inputs.filter(|input| input.kind != InputKind::Volunteer)
}

fn kind_words(kind: InputKind) -> Words {
    match kind {
        InputKind::Cash => ("Cash", "現金"),
        InputKind::InKind => ("In kind", "非現金投入"),
        InputKind::Volunteer => ("Volunteers", "義工"),
    }
}

/// The formula of all inputs in the year that stands in `year`, volunteers included.
pub(crate) fn sum_of_year(source: &Source<'_>, sheet: &str, year: &str) -> String {
    let rows = count(fixed_inputs(source).count().max(1));
    let column = |column| range(&quoted(sheet), FIRST_ROW, rows, column);
    let (amounts, starts, durations) = (column(AMOUNT), column(YEAR), column(DURATION));
    let volunteers = source.table("volunteers");
    let own = |key| {
        let position = volunteers.position(crate::column::Field::Own(key));
        let name = quoted(source.say(volunteers.sheet));
        range(&name, FIRST_ROW, count(volunteers.rows_max), position)
    };
    let (hours, rates, values, years) =
        (own("hours"), own("hourly_rate"), own("amount"), own("year"));
    format!(
        "=SUMPRODUCT(--({starts}<={year}),--({year}<{starts}+{durations}),{amounts})\
         +SUMPRODUCT(--({years}={year}),{hours},{rates})\
         +SUMPRODUCT(--({years}={year}),--({hours}=\"\"),{values})"
    )
}

/// The formula of a proxy in prices of the map's year; `proxy` and `own` are formulas without `=`.
pub(crate) fn moved_proxy(source: &Source<'_>, sheet: &str, proxy: &str, own: &str) -> String {
    let Some(index) = &source.meta.price_index else {
        return format!("={proxy}");
    };
    let rows = count(index.values.len().max(1));
    let name = quoted(sheet);
    let years = range(&name, FIRST_ROW, rows, INDEX_YEAR);
    let values = range(&name, FIRST_ROW, rows, INDEX_VALUE);
    let base = absolute(&name, FIRST_ROW, PRICE_YEAR);
    let of = |year: &str| format!("SUMIF({years},{year},{values})");
    let (base_index, own_index) = (of(&base), of(own));
    format!(
        "=IF(AND({own}<>{base},{base_index}>0,{own_index}>0),\
         ROUND({proxy}*{base_index}/{own_index},6),{proxy})"
    )
}

fn absolute(sheet: &str, row: u32, column: u16) -> String {
    let cell = at(row, column);
    let letters = cell.trim_end_matches(|letter: char| letter.is_ascii_digit());
    format!("{sheet}!${letters}${}", row + 1)
}

/// Rows of one column, fixed.
fn range(sheet: &str, first: u32, rows: u32, column: u16) -> String {
    let cell = at(first, column);
    let letters = cell.trim_end_matches(|letter: char| letter.is_ascii_digit());
    format!(
        "{sheet}!${letters}${}:${letters}${}",
        first + 1,
        first + rows
    )
}
