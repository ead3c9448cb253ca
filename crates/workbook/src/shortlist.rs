//! A ranked shortlist as a workbook: what it is, the list with its running sum and its scores as
//! live formulas beside the computed figures, the criteria, and the exact best set.
use chrono::{Datelike as _, Timelike as _};
use explain::hong_kong;
use report::shortlist::words;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

pub use report::shortlist::{
    Adoption, CheckLine, CriterionLine, PriceLine, Run, SelectionLine, ShortlistLine,
    ShortlistSheet, SroiLine, Standing,
};

use crate::{
    column::clean,
    export::{ExportError, README},
    language::{Language, Words},
    paper::{Formats, Paper},
    shortlist_rows, shortlist_selection,
};

const A4: u8 = 9;

/// Writes a shortlist. The same shortlist in the same language gives the same bytes.
pub fn write(sheet: &ShortlistSheet, language: Language) -> Result<Vec<u8>, ExportError> {
    sheet.check()?;
    Ok(workbook(sheet, language)?.save_to_buffer()?)
}

type Write = fn(&mut Paper<'_>, &ShortlistSheet, Language) -> Result<(), XlsxError>;

fn workbook(source: &ShortlistSheet, language: Language) -> Result<Workbook, XlsxError> {
    let formats = Formats::new();
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(source, language)?);
    let sheets: [(Words, Write); 4] = [
        (README, readme),
        (words::TITLE, shortlist_rows::write),
        (words::CRITERIA, criteria),
        (("Exact set", "最佳組合"), shortlist_selection::write),
    ];
    for (name, write) in sheets {
        let sheet = workbook.add_worksheet();
        sheet.set_name(language.of(name))?;
        sheet.set_landscape();
        sheet.set_paper_size(A4);
        sheet.set_print_fit_to_pages(1, 0);
        sheet.set_footer(footer(source));
        let mut paper = Paper {
            sheet,
            formats: &formats,
        };
        write(&mut paper, source, language)?;
    }
    Ok(workbook)
}

/// The run and the page on every printed sheet; an ampersand would be a command there.
fn footer(source: &ShortlistSheet) -> String {
    let run: String = clean(&source.rank_run.id).chars().take(80).collect();
    format!("&L{}&R&P / &N", run.replace('&', "&&"))
}

/// The ranking's own instant is the file's, whenever it is written.
fn properties(source: &ShortlistSheet, language: Language) -> Result<DocProperties, XlsxError> {
    let local = hong_kong(source.computed_at);
    let part = |number: u32| u8::try_from(number).unwrap_or(1);
    let year = u16::try_from(local.year()).unwrap_or(2000);
    let created = ExcelDateTime::from_ymd(year, part(local.month()), part(local.day()))?.and_hms(
        u16::from(part(local.hour())),
        part(local.minute()),
        0,
    )?;
    let title = format!("{} {}", language.of(words::TITLE), source.round_code);
    Ok(DocProperties::new()
        .set_title(clean(&title))
        .set_author("Plumbline")
        .set_creation_datetime(&created))
}

const HOW: [Words; 3] = [
    (
        "The running sum and the scores are live formulas; the figures as computed stand beside them, and the cells named Tie must be 0.",
        "累計款額及總分為公式，旁邊列出平台的計算結果；「核對」儲存格必須為 0。",
    ),
    (
        "A spreadsheet computes with 15 digits; the platform computes exactly.",
        "試算表以15位數字計算，平台則精確計算。",
    ),
    words::PERSON_DECIDES,
];

fn readme(
    paper: &mut Paper<'_>,
    source: &ShortlistSheet,
    language: Language,
) -> Result<(), XlsxError> {
    let formats = paper.formats;
    paper.sheet.set_column_width(0, 30)?;
    paper.sheet.set_column_width(1, 90)?;
    paper.text(0, 0, language.of(words::TITLE), &formats.title)?;
    if source.fictional {
        paper.text(1, 0, language.of(words::FICTIONAL), &formats.warning)?;
    }
    let mut row = 3;
    for (label, fact) in facts(source, language) {
        paper.text(row, 0, language.of(label), &formats.label)?;
        match fact {
            Fact::Text(text) => paper.text(row, 1, &text, &formats.text)?,
            Fact::Money(amount) => {
                let left = formats.money.clone();
                let left = left.set_align(rust_xlsxwriter::FormatAlign::Left);
                paper.number(row, 1, &amount, &left)?;
            }
        }
        row += 1;
    }
    row += 1;
    paper.text(row, 0, language.of(words::NOTES), &formats.heading)?;
    let own = source.notes.iter().map(|note| language.text(note));
    let how = HOW.iter().map(|words| language.of(*words));
    for note in own.chain(how) {
        row += 1;
        paper.text(row, 1, note, &formats.note)?;
    }
    Ok(())
}

enum Fact {
    Text(String),
    Money(String),
}

fn facts(source: &ShortlistSheet, language: Language) -> Vec<(Words, Fact)> {
    let text = |text: &str| Fact::Text(text.to_owned());
    let adopted = source.adopted.as_ref().map_or_else(
        || language.of(words::NOT_ADOPTED).to_owned(),
        |adoption| format!("{} · {}", adoption.by, language.date_time(adoption.at)),
    );
    let round = format!(
        "{} · {}",
        source.round_code,
        language.text(&source.round_name)
    );
    let mut facts = vec![
        (words::ROUND, Fact::Text(round)),
        (words::FUNDER, text(language.text(&source.funder))),
        (
            words::COMPUTED,
            Fact::Text(language.date_time(source.computed_at)),
        ),
        (words::ADOPTED, Fact::Text(adopted)),
        (words::RULES, text(&source.rules_version)),
        (words::BUDGET, Fact::Money(source.budget.to_string())),
        (words::COMMITTED, Fact::Money(source.committed.to_string())),
        (words::LEFT, Fact::Money(source.left.to_string())),
        (words::RANKING, text(&source.ranking_id)),
    ];
    let runs = [
        (words::RANK_RUN, Some(&source.rank_run)),
        (words::SELECT_RUN, source.select_run.as_ref()),
    ];
    for (label, run) in runs {
        if let Some(run) = run {
            facts.extend([
                (label, text(&run.id)),
                (words::HASH, text(&run.input_hash)),
                (words::ENGINE, text(&run.engine)),
            ]);
        }
    }
    facts
}

fn criteria(
    paper: &mut Paper<'_>,
    source: &ShortlistSheet,
    language: Language,
) -> Result<(), XlsxError> {
    const FIRST: u32 = 3;
    let formats = paper.formats;
    paper.text(0, 0, language.of(words::CRITERIA), &formats.title)?;
    let [zero, hundred] = words::ANCHORS;
    let headings: [(Words, u8); 6] = [
        (("Id", "代號"), 12),
        (("Criterion (English)", "準則（英文）"), 44),
        (("Criterion (Chinese)", "準則（中文）"), 34),
        (words::WEIGHT, 12),
        (zero, 16),
        (hundred, 16),
    ];
    for (at, (heading, width)) in (0_u16..).zip(headings) {
        paper.text(FIRST - 1, at, language.of(heading), &formats.heading)?;
        paper.sheet.set_column_width(at, width)?;
    }
    let number = formats.text.clone().set_num_format("#,##0.######");
    let mut row = FIRST;
    for line in &source.criteria {
        paper.text(row, 0, &line.id, &formats.text)?;
        paper.text(row, 1, &line.name.en, &formats.text)?;
        paper.text(row, 2, &line.name.zh, &formats.text)?;
        paper.decimal(row, 3, line.weight.decimal(), &formats.share)?;
        paper.decimal(row, 4, line.zero, &number)?;
        paper.decimal(row, 5, line.hundred, &number)?;
        row += 1;
    }
    if row > FIRST {
        paper.text(
            row,
            2,
            language.of(("Sum of the weights", "比重總和")),
            &formats.label,
        )?;
        let sum: money::Decimal = source
            .criteria
            .iter()
            .map(|line| line.weight.decimal())
            .sum();
        let formula = format!("=SUM(D{}:D{row})", FIRST + 1);
        paper.formula(
            row,
            3,
            &formula,
            &money::normal_text(sum),
            &formats.share.clone().set_bold(),
        )?;
    }
    paper.sheet.set_freeze_panes(FIRST, 1)?;
    Ok(())
}
