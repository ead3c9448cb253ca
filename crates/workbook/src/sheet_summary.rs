//! The totals as live formulas, under both timings, beside what the engine computed at export.
use money::Decimal;
use rust_xlsxwriter::XlsxError;
use sroi::Timing;

use crate::{
    export::{CALCULATION, Source},
    figures::stored,
    language::Words,
    paper::{Paper, quoted},
    sheet_calculation::{
        INPUT_PRESENT_ROW, INPUT_ROW, OUTCOME_PRESENT_ROW, OUTCOME_ROW, all_years, divisor_row,
    },
};

const HEADING_ROW: u32 = 3;
const TOTAL_ROW: u32 = 4;
const INVESTMENT_ROW: u32 = 5;
const NET_ROW: u32 = 6;
const RATIO_ROW: u32 = 7;
const NET_RATIO_ROW: u32 = 8;

const LABELS: [(u32, Words); 5] = [
    (TOTAL_ROW, ("Total present value", "現值總額")),
    (
        INVESTMENT_ROW,
        ("Investment (present value of the inputs)", "投入現值"),
    ),
    (NET_ROW, ("Net present value", "淨現值")),
    (RATIO_ROW, ("SROI ratio", "社會投資回報（SROI）比率")),
    (NET_RATIO_ROW, ("Net SROI ratio", "淨社會投資回報比率")),
];

/// Writes the sheet.
pub(crate) fn write(paper: &mut Paper<'_>, source: &Source<'_>) -> Result<(), XlsxError> {
    let formats = paper.formats;
    let timing = source.figures.timing;
    paper.text(0, 0, source.say(("Summary", "摘要")), &formats.title)?;
    let headings = [
        source.say(("Figure", "數字")),
        source.say(timing_words(timing)),
        source.say(timing_words(timing.other())),
        source.say(("Computed at export", "匯出時的計算結果")),
        source.say(("Difference", "差額")),
    ];
    for (column, heading) in (0_u16..).zip(headings) {
        paper.text(HEADING_ROW, column, heading, &formats.heading)?;
    }
    for (row, words) in LABELS {
        paper.text(row, 0, source.say(words), &formats.label)?;
    }
    paper.sheet.set_column_width(0, 44)?;
    paper.sheet.set_column_range_width(1, 4, 22)?;
    let sheet = quoted(source.say(CALCULATION));
    let present = |row| format!("=SUM({sheet}!{})", all_years(row));
    let other = |row| {
        let divisors = all_years(divisor_row(timing.other()));
        format!("=SUMPRODUCT({sheet}!{}/{sheet}!{divisors})", all_years(row))
    };
    let figures = figures(source);
    let totals = [present(OUTCOME_PRESENT_ROW), other(OUTCOME_ROW)];
    let investments = [present(INPUT_PRESENT_ROW), other(INPUT_ROW)];
    for (position, column) in [(0, "B"), (1, "C")] {
        let at = if position == 0 { 1 } else { 2 };
        let result = &figures[position];
        let rows = [
            (TOTAL_ROW, totals[position].clone()),
            (INVESTMENT_ROW, investments[position].clone()),
            (NET_ROW, format!("={column}5-{column}6")),
            (
                RATIO_ROW,
                format!("=IF({column}6=0,\"\",{column}5/{column}6)"),
            ),
            (NET_RATIO_ROW, format!("=IF({column}6=0,\"\",{column}8-1)")),
        ];
        for ((row, formula), result) in rows.iter().zip(result) {
            let look = look(paper, *row);
            paper.formula(*row, at, formula, &stored(*result), &look)?;
        }
    }
    for ((row, _), result) in LABELS.iter().zip(&figures[0]) {
        let look = look(paper, *row);
        paper.number(*row, 3, &exported(*row, *result), &look)?;
        let n = row + 1;
        let places = if *row >= RATIO_ROW { 4 } else { 2 };
        let difference = format!("=ROUND(ROUND(B{n},{places})-D{n},{places})");
        paper.formula(*row, 4, &difference, "0", &look)?;
    }
    notes(paper, source)
}

fn look(paper: &Paper<'_>, row: u32) -> rust_xlsxwriter::Format {
    if row >= RATIO_ROW {
        paper.formats.strong_ratio.clone()
    } else {
        paper.formats.strong_money.clone()
    }
}

/// A figure as the engine prints it.
fn exported(row: u32, value: Decimal) -> String {
    money::fixed_text(value, if row >= RATIO_ROW { 4 } else { 2 })
}

/// The five figures under the chosen timing and under the other.
fn figures(source: &Source<'_>) -> [[Decimal; 5]; 2] {
    let evaluation = source.evaluation;
    let timing = source.figures.timing;
    let other = evaluation.other_timing;
    let investment = |timing| {
        let discounted = source.figures.discounted(&source.figures.inputs, timing);
        crate::figures::sum(&discounted.unwrap_or_default()).unwrap_or_default()
    };
    let of = |total: Decimal, investment: Decimal, ratio: Decimal| {
        let net = total.checked_sub(investment).unwrap_or_default();
        let net_ratio = ratio.checked_sub(Decimal::ONE).unwrap_or_default();
        [total, investment, net, ratio, net_ratio]
    };
    let chosen = evaluation
        .total_present_value
        .to_decimal()
        .unwrap_or_default();
    let invested = evaluation.investment.to_decimal();
    let other_total = other.total_present_value.to_decimal().unwrap_or_default();
    [
        of(
            chosen,
            invested.unwrap_or_else(|_| investment(timing)),
            evaluation.ratio().decimal(),
        ),
        of(other_total, investment(other.timing), other.ratio),
    ]
}

fn timing_words(timing: Timing) -> Words {
    match timing {
        Timing::EndOfYear => ("Discounted at the end of each year", "年終折現"),
        Timing::Year1Undiscounted => ("Year 1 not discounted", "首年不折現"),
    }
}

fn notes(paper: &mut Paper<'_>, source: &Source<'_>) -> Result<(), XlsxError> {
    let formats = paper.formats;
    let unvalued = source
        .outcome_rows
        .iter()
        .filter(|row| row.record["proxy"].is_null() && !row.is_further())
        .count();
    let words = match source.language {
        crate::Language::En => format!(
            "The second column is what the programme uses; the last two show whether the formulas still come to what was computed at export. Outcomes without a price, not in any total: {unvalued}."
        ),
        crate::Language::Zh => format!(
            "第二欄為資助計劃採用的方法；末兩欄顯示公式結果與匯出時的計算結果是否相同。沒有價格、不計入總值的成效：{unvalued}項。"
        ),
    };
    paper.text(NET_RATIO_ROW + 2, 0, &words, &formats.note)?;
    paper.sheet.set_row_height(NET_RATIO_ROW + 2, 110)?;
    Ok(())
}
