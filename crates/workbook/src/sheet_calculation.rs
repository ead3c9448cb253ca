//! The calculation as live formulas, year by year, in the order of the Guide to SROI: impact,
//! values by year, year totals, present values. A year's value is the value of the year before less
//! its drop-off, so that nothing is ever raised to a power of zero.
use money::Decimal;
use rust_xlsxwriter::{XlsxError, utility::column_number_to_name};
use sroi::{HORIZON_YEARS_MAX, Timing};

use crate::{
    column::Field,
    export::{INPUTS, Source},
    figures::{RowFigures, stored, sum, years},
    language::Words,
    paper::{Paper, at, quoted},
    sheet_inputs,
    sheet_table::{SPARE_ROWS, count},
    tables::HEADING_ROW,
};

/// The column of year 0.
pub(crate) const YEAR_0: u16 = 12;
const YEAR_ROW: u32 = 3;
const RATE_ROW: u32 = 4;
pub(crate) const END_OF_YEAR_ROW: u32 = 5;
pub(crate) const YEAR1_UNDISCOUNTED_ROW: u32 = 6;
pub(crate) const INPUT_ROW: u32 = 7;
pub(crate) const OUTCOME_ROW: u32 = 8;
pub(crate) const INPUT_PRESENT_ROW: u32 = 9;
pub(crate) const OUTCOME_PRESENT_ROW: u32 = 10;
const COLUMN_HEADINGS_ROW: u32 = 12;
const FIRST_OUTCOME_ROW: u32 = 13;
/// The column of labels and names.
const NAME: u16 = 3;

const LABELS: [(u32, Words); 8] = [
    (YEAR_ROW, ("Year", "年份")),
    (RATE_ROW, ("Discount rate", "折現率")),
    (END_OF_YEAR_ROW, ("Divisor, end of year", "除數（年終）")),
    (
        YEAR1_UNDISCOUNTED_ROW,
        ("Divisor, year 1 not discounted", "除數（首年不折現）"),
    ),
    (INPUT_ROW, ("Inputs", "投入")),
    (OUTCOME_ROW, ("Outcomes, year total", "成效（年度總值）")),
    (INPUT_PRESENT_ROW, ("Inputs, present value", "投入現值")),
    (OUTCOME_PRESENT_ROW, ("Outcomes, present value", "成效現值")),
];

const HEADINGS: [(Words, u8); 12] = [
    (("Row of the sheet", "工作表行次"), 8),
    (("Row", "行"), 8),
    (("First row of the outcome", "成效首行"), 8),
    (("Outcome", "成效"), 34),
    (("First year", "開始年份"), 8),
    (("Duration", "持續年期"), 8),
    (("Quantity", "數量"), 14),
    (("Proxy used", "採用的代理值"), 14),
    (("Gross value of a year", "每年總值（扣除前）"), 16),
    (("Impact, first year", "首年影響"), 16),
    (("Kept each year", "每年保留率"), 10),
    (("Present value", "現值"), 16),
];

const NOTE: Words = (
    "Live formulas. Impact = quantity × proxy × (1 − deadweight) × (1 − displacement) × (1 − attribution); each later year keeps what drop-off leaves of the year before.",
    "此頁為公式。影響＝數量×代理值×（1−無謂因子）×（1−移轉因子）×（1−他人貢獻）；其後每年為上一年遞減後的餘值。",
);

/// Writes the sheet.
pub(crate) fn write(paper: &mut Paper<'_>, source: &Source<'_>) -> Result<(), XlsxError> {
    let formats = paper.formats;
    paper.text(
        0,
        0,
        source.say(("Calculation", "計算過程")),
        &formats.title,
    )?;
    paper.sheet.write_string(1, 0, source.say(NOTE))?;
    for (row, words) in LABELS {
        paper.text(row, NAME, source.say(words), &formats.label)?;
    }
    for (column, (words, width)) in (0_u16..).zip(HEADINGS) {
        paper.text(
            COLUMN_HEADINGS_ROW,
            column,
            source.say(words),
            &formats.heading,
        )?;
        paper.sheet.set_column_width(column, width)?;
    }
    paper
        .sheet
        .set_column_range_width(YEAR_0, year_column(HORIZON_YEARS_MAX), 13)?;
    totals(paper, source)?;
    let rows = source.outcome_rows.len() + SPARE_ROWS;
    let none = RowFigures {
        kept: Decimal::ONE,
        ..RowFigures::default()
    };
    for position in 0..rows {
        let figures = source.figures.rows.get(position).unwrap_or(&none);
        outcome(paper, source, position, figures)?;
    }
    paper.sheet.set_freeze_panes(FIRST_OUTCOME_ROW, NAME + 1)?;
    Ok(())
}

fn year_column(year: u32) -> u16 {
    YEAR_0.saturating_add(u16::try_from(year).unwrap_or(u16::MAX))
}

/// The cells of one row over all years, such as `M9:BU9`.
pub(crate) fn all_years(row: u32) -> String {
    format!(
        "{}:{}",
        at(row, YEAR_0),
        at(row, year_column(HORIZON_YEARS_MAX))
    )
}

/// The row of divisors of a timing.
pub(crate) const fn divisor_row(timing: Timing) -> u32 {
    match timing {
        Timing::EndOfYear => END_OF_YEAR_ROW,
        Timing::Year1Undiscounted => YEAR1_UNDISCOUNTED_ROW,
    }
}

fn letters(column: u16) -> String {
    column_number_to_name(column)
}

fn totals(paper: &mut Paper<'_>, source: &Source<'_>) -> Result<(), XlsxError> {
    let figures = source.figures;
    let present = |amounts| {
        figures
            .discounted(amounts, figures.timing)
            .unwrap_or_default()
    };
    let (inputs, outcomes) = (present(&figures.inputs), present(&figures.outcomes));
    let divisors = divisor_row(figures.timing);
    let last = FIRST_OUTCOME_ROW + count(source.outcome_rows.len() + SPARE_ROWS) - 1;
    for year in years() {
        let column = year_column(year);
        discounting(paper, source, year)?;
        let year_cell = format!("{}${}", letters(column), YEAR_ROW + 1);
        let put_in = sheet_inputs::sum_of_year(source, source.say(INPUTS), &year_cell);
        let total = format!(
            "=SUM({}:{})",
            at(FIRST_OUTCOME_ROW, column),
            at(last, column)
        );
        let over = |row| format!("={}/{}", at(row, column), at(divisors, column));
        let rows = [
            (INPUT_ROW, put_in, &figures.inputs),
            (OUTCOME_ROW, total, &figures.outcomes),
            (INPUT_PRESENT_ROW, over(INPUT_ROW), &inputs),
            (OUTCOME_PRESENT_ROW, over(OUTCOME_ROW), &outcomes),
        ];
        for (row, formula, list) in rows {
            let format = &paper.formats.money;
            paper.formula(row, column, &formula, &of_year(list, year), format)?;
        }
    }
    let sums = [
        (INPUT_ROW, &figures.inputs),
        (OUTCOME_ROW, &figures.outcomes),
        (INPUT_PRESENT_ROW, &inputs),
        (OUTCOME_PRESENT_ROW, &outcomes),
    ];
    for (row, list) in sums {
        let total = stored(sum(list).unwrap_or_default());
        let formula = format!("=SUM({})", all_years(row));
        paper.formula(
            row,
            YEAR_0 - 1,
            &formula,
            &total,
            &paper.formats.strong_money,
        )?;
    }
    Ok(())
}

fn of_year(list: &[Decimal], year: u32) -> String {
    let found = usize::try_from(year).ok().and_then(|year| list.get(year));
    stored(found.copied().unwrap_or_default())
}

/// The head of a year's column: the year, its rate, and what its amounts are divided by.
fn discounting(paper: &mut Paper<'_>, source: &Source<'_>, year: u32) -> Result<(), XlsxError> {
    let (formats, figures) = (paper.formats, source.figures);
    let column = year_column(year);
    for row in [YEAR_ROW, COLUMN_HEADINGS_ROW] {
        paper.number(row, column, &year.to_string(), &formats.heading)?;
    }
    if year == 0 {
        paper.number(END_OF_YEAR_ROW, column, "1", &formats.factor)?;
        return paper.number(YEAR1_UNDISCOUNTED_ROW, column, "1", &formats.factor);
    }
    let rate = usize::try_from(year)
        .ok()
        .and_then(|year| figures.rates.get(year));
    if let Some(rate) = rate.copied().flatten() {
        paper.number(RATE_ROW, column, &rate.to_string(), &formats.share)?;
    }
    let before = at(END_OF_YEAR_ROW, column - 1);
    let grown = format!("={before}*(1+{})", at(RATE_ROW, column));
    let rows = [
        (END_OF_YEAR_ROW, grown, &figures.end_of_year),
        (
            YEAR1_UNDISCOUNTED_ROW,
            format!("={before}"),
            &figures.year1_undiscounted,
        ),
    ];
    for (row, formula, list) in rows {
        paper.formula(row, column, &formula, &of_year(list, year), &formats.factor)?;
    }
    Ok(())
}

/// The formulas of one row of the sheet of outcomes. They find it by its place, so that inserting,
/// deleting or sorting rows breaks none of them.
struct Formulas<'a> {
    source: &'a Source<'a>,
    sheet: String,
    row: u32,
}

impl Formulas<'_> {
    /// A cell of the sheet of outcomes: the row itself, or the first row of its outcome.
    fn cell(&self, field: Field, of_first: bool) -> String {
        let column = letters(self.source.table("outcomes").position(field));
        let place = if of_first { "C" } else { "A" };
        let (sheet, row) = (&self.sheet, self.row + 1);
        format!("INDEX({sheet}!${column}:${column},${place}{row})")
    }

    fn number(&self, key: &'static str, of_first: bool) -> String {
        format!("N({})", self.cell(Field::Own(key), of_first))
    }

    fn first_row(&self) -> String {
        let (row, above) = (self.row + 1, self.row);
        if self.row == FIRST_OUTCOME_ROW {
            return format!("=$A{row}");
        }
        format!("=IF(AND($B{row}<>\"\",EXACT($B{row},$B{above})),$C{above},$A{row})")
    }

    fn impact(&self) -> String {
        let kept = |key| format!("(1-{})", self.number(key, true));
        format!(
            "=I{}*{}*{}*{}",
            self.row + 1,
            kept("deadweight"),
            kept("displacement"),
            kept("attribution")
        )
    }

    fn proxy(&self) -> String {
        let (proxy, own) = (self.number("proxy", true), self.number("price_year", true));
        sheet_inputs::moved_proxy(self.source, self.source.say(INPUTS), &proxy, &own)
    }

    fn year(&self, column: u16) -> String {
        let (row, year) = (
            self.row + 1,
            format!("{}${}", letters(column), YEAR_ROW + 1),
        );
        let before = at(self.row, column - 1);
        format!(
            "=IF({year}=$E{row},IF($F{row}>0,$J{row},0),\
             IF(AND({year}>$E{row},{year}<$E{row}+$F{row}),{before}*$K{row},0))"
        )
    }
}

fn outcome(
    paper: &mut Paper<'_>,
    source: &Source<'_>,
    position: usize,
    figures: &RowFigures,
) -> Result<(), XlsxError> {
    let row = FIRST_OUTCOME_ROW + count(position);
    let formulas = Formulas {
        source,
        sheet: quoted(source.say(source.table("outcomes").sheet)),
        row,
    };
    place(paper, &formulas, position, figures)?;
    let formats = paper.formats;
    let n = row + 1;
    let divisors = all_years(divisor_row(source.figures.timing));
    let number = |key, of_first| format!("={}", formulas.number(key, of_first));
    let kept = format!("=1-{}", formulas.number("dropoff", true));
    let present = format!("=SUMPRODUCT({}/{divisors})", all_years(row));
    let (start, duration) = (
        Decimal::from(figures.start),
        Decimal::from(figures.duration),
    );
    let cells = [
        (number("start", false), start, &formats.whole),
        (number("duration", true), duration, &formats.whole),
        (number("quantity", false), figures.quantity, &formats.money),
        (formulas.proxy(), figures.proxy, &formats.money),
        (format!("=G{n}*H{n}"), figures.gross, &formats.money),
        (formulas.impact(), figures.impact, &formats.money),
        (kept, figures.kept, &formats.share),
        (present, figures.present_value, &formats.money),
    ];
    for (column, (formula, result, format)) in (NAME + 1..).zip(&cells) {
        paper.formula(row, column, formula, &stored(*result), format)?;
    }
    // No outcome begins before year 1.
    paper.number(row, YEAR_0, "0", &formats.money)?;
    for (year, column) in years().zip(YEAR_0..).skip(1) {
        let result = of_year(&figures.years, year);
        paper.formula(row, column, &formulas.year(column), &result, &formats.money)?;
    }
    Ok(())
}

/// Where the row stands on the sheet of outcomes, and whose it is.
fn place(
    paper: &mut Paper<'_>,
    formulas: &Formulas<'_>,
    position: usize,
    figures: &RowFigures,
) -> Result<(), XlsxError> {
    let formats = paper.formats;
    let source = formulas.source;
    let ids: Vec<&str> = source
        .outcome_rows
        .iter()
        .map(|row| row.id.as_str())
        .collect();
    let id = ids.get(position).copied().unwrap_or_default();
    let first = ids
        .iter()
        .position(|other| *other == id)
        .unwrap_or(position);
    let sheet_row = |position| (HEADING_ROW + 2 + count(position)).to_string();
    let heading = format!("{}!$A${}", formulas.sheet, HEADING_ROW + 1);
    let text = |cell: String| format!("={cell}&\"\"");
    let cells = [
        (
            format!("=ROW({heading})+{}", position + 1),
            sheet_row(position),
            &formats.whole,
        ),
        (
            text(formulas.cell(Field::Id, false)),
            id.to_owned(),
            &formats.text,
        ),
        (formulas.first_row(), sheet_row(first), &formats.whole),
        (
            text(formulas.cell(Field::Own("name"), true)),
            figures.name.clone(),
            &formats.text,
        ),
    ];
    for (column, (formula, result, format)) in (0_u16..).zip(&cells) {
        paper.formula(formulas.row, column, formula, result, format)?;
    }
    Ok(())
}
