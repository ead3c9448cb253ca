//! The sums under a shortlist: what stands above the line and what is left, each as a formula beside
//! the figure as computed, with the cells that must be zero.
use money::{Decimal, normal_text};
use report::shortlist::{ShortlistSheet, words};
use rust_xlsxwriter::{XlsxError, utility::column_number_to_name};

use crate::{
    language::{Language, Words},
    paper::{Paper, at},
    shortlist_rows::{ABOVE, ASK, FIRST, POINTS, SCORE},
};

/// The sums under the list, beside what the platform computed.
pub(crate) fn write(
    paper: &mut Paper<'_>,
    source: &ShortlistSheet,
    end: u32,
    criteria: u16,
    language: Language,
) -> Result<(), XlsxError> {
    if end == FIRST {
        return Ok(());
    }
    let formats = paper.formats;
    let yes = words::yes_no(true, language);
    let range = |column: u16| format!("{}:{}", at(FIRST, column), at(end - 1, column));
    let above = format!("=SUMIF({},\"{yes}\",{})", range(ABOVE), range(ASK));
    let (n, name) = (end + 2, column_number_to_name(ASK));
    let committed = normal_text(source.committed.decimal());
    let left = normal_text(source.left.decimal());
    let sum: Decimal = source
        .rows
        .iter()
        .filter(|line| line.above_line)
        .map(|line| line.ask.decimal())
        .sum();
    let as_computed: Words = ("As computed", "平台計算結果");
    let tie: Words = ("Tie", "核對");
    let difference = |left: Decimal, right: Decimal| normal_text(left - right);
    let rows: [(Words, String, String); 7] = [
        (words::COMMITTED, above, normal_text(sum)),
        (as_computed, String::new(), committed),
        (
            tie,
            format!("=ROUND({name}{n}-{name}{},2)", n + 1),
            difference(sum, source.committed.decimal()),
        ),
        (words::BUDGET, String::new(), source.budget.to_string()),
        (
            words::LEFT,
            format!("={name}{}-{name}{n}", n + 3),
            difference(source.budget.decimal(), sum),
        ),
        (as_computed, String::new(), left),
        (
            tie,
            format!("=ROUND({name}{}-{name}{},2)", n + 4, n + 5),
            difference(source.budget.decimal() - sum, source.left.decimal()),
        ),
    ];
    for (row, (label, formula, figure)) in (end + 1..).zip(rows) {
        paper.text(row, ASK - 1, language.of(label), &formats.label)?;
        if formula.is_empty() {
            paper.number(row, ASK, &figure, &formats.strong_money)?;
        } else {
            paper.formula(row, ASK, &formula, &figure, &formats.strong_money)?;
        }
    }
    let scores = range(POINTS + criteria + 1);
    let scores = format!("=SUMPRODUCT(ABS({scores}))");
    paper.text(end + 1, SCORE - 1, language.of(tie), &formats.label)?;
    paper.formula(end + 1, SCORE, &scores, "0", &formats.strong_money)
}
