//! A sheet to edit: a hidden row of machine keys, headings, one row for each record or cohort, and
//! empty rows below in the same look.
use rust_xlsxwriter::{DataValidation, DataValidationRule, XlsxError};
use serde_json::Value;
use sroi::Grade;

use crate::{
    column::{Column, Content, Field, Kind},
    diff::row_id,
    export::Source,
    language::Language,
    paper::Paper,
    tables::{FIRST_ROW, HEADING_ROW, KEY_ROW, Table},
};

/// Empty rows below the data, ready to be filled; the calculation reads as many.
pub(crate) const SPARE_ROWS: usize = 20;
const HEADING_HEIGHT: u32 = 48;
/// Columns that stay in sight: row, cohort, stakeholder, outcome.
const COLUMNS_IN_SIGHT: u16 = 4;

/// The rows of a sheet, in order.
pub(crate) struct Rows<'a>(Vec<Row<'a>>);

/// One row: a record, or one of its cohorts.
pub(crate) struct Row<'a> {
    pub(crate) id: String,
    /// From 1; none for a record that is not split.
    pub(crate) cohort: Option<usize>,
    pub(crate) record: &'a Value,
    /// What has quantity and start: the cohort, or the record itself.
    pub(crate) timed: &'a Value,
}

impl<'a> Rows<'a> {
    /// One row for each record of a list.
    pub(crate) fn of_list(section: &'a Value, list: &str) -> Self {
        let records = records(section, list);
        let row = |(at, record)| Row {
            id: row_id(records, at),
            cohort: None,
            record,
            timed: record,
        };
        Self(records.iter().enumerate().map(row).collect())
    }

    /// One row for each outcome, or for each cohort of one.
    pub(crate) fn of_outcomes(section: &'a Value) -> Self {
        let mut rows = Vec::new();
        for whole in Self::of_list(section, "outcomes").0 {
            match whole.record["cohorts"].as_array() {
                Some(cohorts) if !cohorts.is_empty() => {
                    rows.extend(cohorts.iter().enumerate().map(|(at, timed)| Row {
                        id: whole.id.clone(),
                        cohort: Some(at + 1),
                        record: whole.record,
                        timed,
                    }));
                }
                _ => rows.push(whole),
            }
        }
        Self(rows)
    }

    pub(crate) const fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Row<'a>> {
        self.0.iter()
    }
}

fn records<'a>(section: &'a Value, list: &str) -> &'a [Value] {
    section[list].as_array().map_or(&[], Vec::as_slice)
}

impl Row<'_> {
    /// Whether it is a further cohort, which has only a quantity and a start.
    pub(crate) const fn is_further(&self) -> bool {
        matches!(self.cohort, Some(number) if number > 1)
    }
}

/// Writes one table.
pub(crate) fn write(
    paper: &mut Paper<'_>,
    source: &Source<'_>,
    table: &Table,
    rows: &Rows<'_>,
) -> Result<(), XlsxError> {
    let formats = paper.formats;
    paper.text(0, 0, source.say(table.title), &formats.title)?;
    let note = if table.has_cohorts() {
        OUTCOMES_NOTE
    } else {
        NOTE
    };
    paper.sheet.write_string(1, 0, source.say(note))?;
    paper.sheet.set_row_hidden(KEY_ROW)?;
    paper.sheet.set_row_height(HEADING_ROW, HEADING_HEIGHT)?;
    let spare = if table.has_cohorts() {
        SPARE_ROWS
    } else {
        table.rows_max.saturating_sub(rows.len()).min(SPARE_ROWS)
    };
    let last = FIRST_ROW
        .saturating_add(count(rows.len() + spare))
        .saturating_sub(1);
    for (at, column) in (0_u16..).zip(&table.columns) {
        let heading = match source.language {
            Language::En => &column.heading.0,
            Language::Zh => &column.heading.1,
        };
        paper.sheet.write_string(KEY_ROW, at, table.key(column))?;
        paper.text(HEADING_ROW, at, heading, &formats.heading)?;
        paper.sheet.set_column_width(at, column.width)?;
        let input = formats.input(column.kind);
        for (row, record) in (FIRST_ROW..).zip(rows.iter()) {
            cell(paper, row, at, column, record, source)?;
        }
        for row in FIRST_ROW.saturating_add(count(rows.len()))..=last {
            paper.sheet.write_blank(row, at, &input)?;
        }
        if let Some(validation) = validation(column.kind, source)? {
            paper
                .sheet
                .add_data_validation(FIRST_ROW, at, last, at, &validation)?;
        }
    }
    let in_sight = if table.has_cohorts() {
        COLUMNS_IN_SIGHT
    } else {
        2
    };
    paper.sheet.set_freeze_panes(FIRST_ROW, in_sight)?;
    Ok(())
}

const NOTE: (&str, &str) = (
    "Type in the coloured cells. A new row below needs no entry in the first column; a row that is deleted is taken out of the map.",
    "請在有色儲存格輸入。新增一行時，首欄可留空；刪除一行即從價值圖移除。",
);
const OUTCOMES_NOTE: (&str, &str) = (
    "Type in the coloured cells. A new outcome needs no entry in the first two columns. A further cohort repeats the row name of its outcome right below it, with the next cohort number, a quantity and a first year.",
    "請在有色儲存格輸入。新增成效時，首兩欄可留空。如成效分批開始，緊接其下重複同一行號，填下一批次、數量及開始年份。",
);

fn cell(
    paper: &mut Paper<'_>,
    row: u32,
    at: u16,
    column: &Column,
    record: &Row<'_>,
    source: &Source<'_>,
) -> Result<(), XlsxError> {
    let input = paper.formats.input(column.kind);
    let content = match column.field {
        Field::Id => Content::of_text(&record.id),
        Field::Cohort => {
            if let Some(number) = record.cohort {
                return paper.number(row, at, &number.to_string(), &input);
            }
            Content::Blank
        }
        Field::Own("quantity" | "start") => column.written(record.timed),
        _ if record.is_further() => {
            let closed = &paper.formats.text;
            paper.sheet.write_blank(row, at, closed)?;
            return Ok(());
        }
        Field::Own(_) | Field::Note(..) | Field::Grade(_) | Field::Range(..) => {
            column.written(record.record)
        }
    };
    match content {
        Content::Text(text) => {
            let shown = known_word(column.kind, &text, source).unwrap_or(&text);
            paper.text(row, at, shown, &input)
        }
        Content::Number(number) => {
            paper
                .sheet
                .write_number_with_format(row, at, number, &input)?;
            Ok(())
        }
        Content::Blank | Content::Truth(_) | Content::Date | Content::Error(_) => {
            paper.sheet.write_blank(row, at, &input)?;
            Ok(())
        }
    }
}

/// A code in the language of the sheet.
fn known_word(kind: Kind, code: &str, source: &Source<'_>) -> Option<&'static str> {
    let Kind::Word(words) = kind else {
        return None;
    };
    let found = words.iter().find(|(word, _)| *word == code);
    found.map(|(_, shown)| source.say(*shown))
}

/// What a spreadsheet program itself refuses to take.
fn validation(kind: Kind, source: &Source<'_>) -> Result<Option<DataValidation>, XlsxError> {
    let rule = DataValidation::new();
    let rule = match kind {
        Kind::Text | Kind::Decimal | Kind::Library => return Ok(None),
        Kind::Share => rule
            .allow_decimal_number(DataValidationRule::Between(0.0, 1.0))
            .set_error_message(source.say((
                "A share lies between 0 % and 100 %.",
                "比率須介乎0%至100%。",
            )))?,
        Kind::Whole(low, high) => {
            let bound = |number: i64| i32::try_from(number).unwrap_or(i32::MAX);
            rule.allow_whole_number(DataValidationRule::Between(bound(low), bound(high)))
        }
        Kind::Grade => rule.allow_list_strings(&Grade::WORDS.map(|(word, _)| word))?,
        Kind::Word(words) => {
            let shown: Vec<&str> = words.iter().map(|(_, shown)| source.say(*shown)).collect();
            rule.allow_list_strings(&shown)?
        }
    };
    Ok(Some(rule))
}

/// A count as a row number; sheets are far smaller than it reaches.
pub(crate) fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
