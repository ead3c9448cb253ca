//! The exact best set beside best-first: how far it is proven, each rule checked on it, and what
//! each rule costs.
use money::{Decimal, Hkd};
use report::shortlist::{SelectionLine, ShortlistSheet, words};
use rust_xlsxwriter::{Format, XlsxError};

use crate::{
    language::{Language, Words},
    paper::Paper,
};

/// Writes the sheet; it says so where no set was computed.
pub(crate) fn write(
    paper: &mut Paper<'_>,
    source: &ShortlistSheet,
    language: Language,
) -> Result<(), XlsxError> {
    let formats = paper.formats;
    for (column, width) in [(0, 44), (1, 44), (2, 18), (3, 12)] {
        paper.sheet.set_column_width(column, width)?;
    }
    paper.text(0, 0, language.of(words::SELECTION), &formats.title)?;
    let Some(selection) = &source.selection else {
        let none = ("No exact set was computed.", "沒有計算最佳組合。");
        return paper.text(2, 0, language.of(none), &formats.note);
    };
    let row = figures(paper, selection, language)?;
    let row = checks(paper, selection, row + 1, language)?;
    prices(paper, selection, row + 1, language)
}

/// Every digit that is there.
fn exact(paper: &Paper<'_>) -> Format {
    paper.formats.text.clone().set_num_format("#,##0.00####")
}

fn figures(
    paper: &mut Paper<'_>,
    selection: &SelectionLine,
    language: Language,
) -> Result<u32, XlsxError> {
    let formats = paper.formats;
    let texts = [
        (words::STATUS, words::status(&selection.status, language)),
        (words::METHOD, language.text(&selection.method).to_owned()),
    ];
    let mut row = 2;
    for (label, text) in texts {
        paper.text(row, 0, language.of(label), &formats.label)?;
        paper.text(row, 1, &text, &formats.text)?;
        row += 1;
    }
    let numbers: [(Words, Option<Decimal>); 5] = [
        (words::POINTS, selection.objective),
        (words::BOUND, selection.bound),
        (words::GAP, selection.gap),
        (words::GREEDY, Some(selection.greedy_objective)),
        (words::SPENT, Some(Hkd::decimal(selection.spent))),
    ];
    let number = exact(paper);
    for (label, value) in numbers {
        paper.text(row, 0, language.of(label), &formats.label)?;
        paper.decimal_or_blank(row, 1, value, &number)?;
        row += 1;
    }
    Ok(row)
}

fn headings(
    paper: &mut Paper<'_>,
    row: u32,
    title: Words,
    columns: &[Words],
    language: Language,
) -> Result<u32, XlsxError> {
    let formats = paper.formats;
    paper.text(row, 0, language.of(title), &formats.label)?;
    for (column, words) in (0_u16..).zip(columns) {
        paper.text(row + 1, column, language.of(*words), &formats.heading)?;
    }
    Ok(row + 2)
}

fn checks(
    paper: &mut Paper<'_>,
    selection: &SelectionLine,
    row: u32,
    language: Language,
) -> Result<u32, XlsxError> {
    let columns = [words::RULE, words::VALUE, words::LIMIT, words::HOLDS];
    let mut row = headings(paper, row, words::CHECKS, &columns, language)?;
    let (text, number) = (paper.formats.text.clone(), exact(paper));
    for check in &selection.checks {
        paper.text(row, 0, &words::rule(&check.rule, language), &text)?;
        paper.decimal(row, 1, check.value, &number)?;
        paper.decimal(row, 2, check.limit, &number)?;
        paper.text(row, 3, words::yes_no(check.holds, language), &text)?;
        row += 1;
    }
    Ok(row)
}

fn prices(
    paper: &mut Paper<'_>,
    selection: &SelectionLine,
    row: u32,
    language: Language,
) -> Result<(), XlsxError> {
    let columns = [words::RULE, words::POINTS, words::SPENT];
    let first = headings(paper, row, words::PRICE, &columns, language)?;
    let (text, number) = (paper.formats.text.clone(), exact(paper));
    for (row, price) in (first..).zip(&selection.prices) {
        paper.text(row, 0, &words::rule(&price.rule, language), &text)?;
        paper.decimal_or_blank(row, 1, price.points, &number)?;
        paper.decimal_or_blank(row, 2, price.spent, &number)?;
    }
    Ok(())
}
