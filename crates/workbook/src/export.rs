//! Writing the workbook: sheets to edit, sheets that compute, and one that says what it all is.
use std::collections::BTreeMap;

use chrono::{Datelike as _, NaiveDate};
use explain::{Problem, Problems};
use money::{Decimal, MoneyError};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, Worksheet, XlsxError};
use serde_json::Value;
use sroi::Evaluation;

use crate::{
    figures::Figures,
    language::{Language, Words},
    paper::{Formats, Paper},
    sheet_calculation, sheet_inputs, sheet_readme, sheet_summary,
    sheet_table::{self, Rows},
    tables::{Table, tables},
};

/// Most rows on the sheet of outcomes, cohorts included: each has a cell for every year.
pub const ROWS_MAX: usize = 1_000;

pub(crate) const README: Words = ("Read me", "說明");
pub(crate) const INPUTS: Words = ("Inputs", "投入");
pub(crate) const CALCULATION: Words = ("Calculation", "計算過程");
pub(crate) const SUMMARY: Words = ("Summary", "摘要");

/// What the workbook says about itself.
#[derive(Debug, Clone)]
pub struct Meta {
    /// Title of the project.
    pub title: String,
    /// `DF-26-001`.
    pub reference: String,
    /// Whether every organisation, person and figure is made up.
    pub fictional: bool,
    /// Day of the export.
    pub exported_on: NaiveDate,
    /// The index by which proxies of other price years are brought to the map's.
    pub price_index: Option<PriceIndex>,
}

/// A price index by year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PriceIndex {
    /// What it is called.
    pub name: String,
    /// Index by year.
    pub values: BTreeMap<i64, Decimal>,
}

/// Why no workbook was written.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The person can put it right.
    #[error("{0}")]
    Problems(Problems),
    /// The machine's fault.
    #[error("the workbook could not be written: {0}")]
    Writing(#[from] XlsxError),
}

impl From<Problems> for ExportError {
    fn from(problems: Problems) -> Self {
        Self::Problems(problems)
    }
}

impl From<MoneyError> for ExportError {
    fn from(error: MoneyError) -> Self {
        let message = format!("A figure of outcomes {error}; use smaller quantities or amounts.");
        Self::Problems(Problem::new(error.code(), "outcomes", message).into())
    }
}

/// Everything the sheets are written from.
pub(crate) struct Source<'a> {
    pub(crate) section: &'a Value,
    pub(crate) meta: &'a Meta,
    pub(crate) language: Language,
    pub(crate) evaluation: &'a Evaluation,
    pub(crate) figures: &'a Figures,
    pub(crate) outcome_rows: &'a Rows<'a>,
    pub(crate) tables: &'a [Table; 4],
}

impl Source<'_> {
    /// The words in the workbook's language.
    pub(crate) const fn say(&self, words: Words) -> &'static str {
        self.language.of(words)
    }

    /// One of the editable tables by the key of its list.
    pub(crate) fn table(&self, list: &str) -> &Table {
        let found = self.tables.iter().find(|table| table.list == list);
        found.unwrap_or(&self.tables[0])
    }
}

/// Writes a value map as a workbook. `question` is what the engine is asked about `section`.
pub fn export(
    section: &Value,
    question: &sroi::Request,
    language: Language,
    meta: &Meta,
) -> Result<Vec<u8>, ExportError> {
    let evaluation = sroi::evaluate(question.clone())?;
    let tables = tables();
    let outcome_rows = Rows::of_outcomes(section);
    if outcome_rows.len() > ROWS_MAX {
        let message = format!(
            "outcomes has {} rows with its cohorts; a workbook holds at most {ROWS_MAX}.",
            outcome_rows.len()
        );
        let problem = Problem::new("too_many_rows", "outcomes", message);
        return Err(ExportError::Problems(
            problem.with("most", ROWS_MAX.to_string()).into(),
        ));
    }
    let figures = Figures::of(
        &outcome_rows,
        question,
        &evaluation,
        meta.price_index.as_ref(),
    )?;
    let source = Source {
        section,
        meta,
        language,
        evaluation: &evaluation,
        figures: &figures,
        outcome_rows: &outcome_rows,
        tables: &tables,
    };
    Ok(workbook(&source)?.save_to_buffer()?)
}

type Write = fn(&mut Paper<'_>, &Source<'_>) -> Result<(), XlsxError>;

fn workbook(source: &Source<'_>) -> Result<Workbook, XlsxError> {
    let formats = Formats::new();
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(source.meta)?);
    computed(&mut workbook, source, &formats, README, sheet_readme::write)?;
    for table in source.tables {
        let sheet = workbook.add_worksheet();
        sheet.set_name(source.say(table.sheet))?;
        let rows = if table.has_cohorts() {
            source.outcome_rows
        } else {
            &Rows::of_list(source.section, table.list)
        };
        let mut paper = Paper {
            sheet,
            formats: &formats,
        };
        sheet_table::write(&mut paper, source, table, rows)?;
    }
    computed(&mut workbook, source, &formats, INPUTS, sheet_inputs::write)?;
    computed(
        &mut workbook,
        source,
        &formats,
        CALCULATION,
        sheet_calculation::write,
    )?;
    computed(
        &mut workbook,
        source,
        &formats,
        SUMMARY,
        sheet_summary::write,
    )?;
    Ok(workbook)
}

/// A sheet that nobody types into; the protection has no password and only keeps slips away.
fn computed(
    workbook: &mut Workbook,
    source: &Source<'_>,
    formats: &Formats,
    name: Words,
    write: Write,
) -> Result<(), XlsxError> {
    let sheet: &mut Worksheet = workbook.add_worksheet();
    sheet.set_name(source.say(name))?;
    write(&mut Paper { sheet, formats }, source)?;
    sheet.protect();
    Ok(())
}

/// The day is given, so that the same map exported on the same day gives the same file.
pub(crate) fn properties(meta: &Meta) -> Result<DocProperties, XlsxError> {
    let day = meta.exported_on;
    let part = |number: u32| u8::try_from(number).unwrap_or(1);
    let year = u16::try_from(day.year()).unwrap_or(2000);
    let created = ExcelDateTime::from_ymd(year, part(day.month()), part(day.day()))?;
    Ok(DocProperties::new()
        .set_title(crate::column::clean(&meta.title))
        .set_author("Plumbline")
        .set_creation_datetime(&created))
}
