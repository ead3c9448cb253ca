//! The list itself: one row per application with its running sum and its score as formulas, and a
//! heavy line where the budget ends.
use money::{Hkd, normal_text};
use report::shortlist::{ShortlistLine, ShortlistSheet, words};
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, ProtectionOptions, XlsxError};

use crate::{
    figures::stored,
    language::{Language, Words},
    paper::{Paper, at},
    shortlist_ties,
};

const HEADING: u32 = 2;
pub(crate) const FIRST: u32 = 3;
/// Pages beside each other on paper; rank and reference come again on each.
const PAGES_WIDE: u16 = 3;
/// Of the budget line.
const LINE_COLOR: u32 = 0x000b_5c55;
/// Height of one line of a row, in points.
const LINE_POINTS: f64 = 15.0;
/// Most lines that a row is made high enough for.
const LINES_MAX: u8 = 6;

pub(crate) const ASK: u16 = 8;
const CUMULATIVE: u16 = 9;
pub(crate) const ABOVE: u16 = 10;
pub(crate) const SCORE: u16 = 16;
/// Here the points of the criteria begin; what follows them is counted from their end.
pub(crate) const POINTS: u16 = 17;

const BEFORE: [(Words, u8); 17] = [
    (words::RANK, 7),
    (words::REFERENCE, 13),
    (("Organisation (English)", "機構（英文）"), 30),
    (("Organisation (Chinese)", "機構（中文）"), 24),
    (("Project (English)", "項目（英文）"), 36),
    (("Project (Chinese)", "項目（中文）"), 28),
    (words::SIZE, 9),
    (words::DISTRICTS, 24),
    (words::ASK, 16),
    (words::CUMULATIVE, 17),
    (("Above the line", "界線以上"), 10),
    (("Would still fit", "餘款可容納"), 10),
    (("SROI", "SROI"), 9),
    (("SROI, low (P5)", "SROI 低值（P5）"), 10),
    (("SROI, high (P95)", "SROI 高值（P95）"), 10),
    (("SROI read from", "SROI 取自"), 12),
    (words::SCORE, 9),
];

const AFTER: [(Words, u8); 10] = [
    (("Score as ranked", "排名時的總分"), 10),
    (("Difference", "差額"), 10),
    (words::STABILITY, 11),
    (("Standing", "穩定程度"), 20),
    (words::SECOND, 11),
    (words::BESIDE, 11),
    (words::DECISION, 18),
    (("Decided (HK$)", "批准款額（港元）"), 16),
    (words::IN_SET, 10),
    (words::LEVEL, 18),
];

/// The looks of one row.
struct Look {
    text: Format,
    money: Format,
    whole: Format,
    points: Format,
    ratio: Format,
    share: Format,
}

impl Look {
    fn of(base: &Format) -> Self {
        let number = |pattern: &str| base.clone().set_num_format(pattern);
        Self {
            text: base.clone().set_text_wrap(),
            money: number("#,##0.00;[Red]-#,##0.00"),
            whole: number("0"),
            points: number("0.00"),
            ratio: number("0.00"),
            share: number("0.0%"),
        }
    }
}

/// Where one row stands on the sheet.
struct Place {
    row: u32,
    /// Whether the row above has a running sum.
    follows: bool,
    criteria: u16,
}

impl Place {
    /// Column of the n-th cell after the points.
    const fn after(&self, n: u16) -> u16 {
        POINTS + self.criteria + n
    }
}

/// Writes the sheet.
pub(crate) fn write(
    paper: &mut Paper<'_>,
    source: &ShortlistSheet,
    language: Language,
) -> Result<(), XlsxError> {
    let criteria = u16::try_from(source.criteria.len()).unwrap_or(0);
    headings(paper, source, language)?;
    let white = paper
        .formats
        .text
        .clone()
        .set_background_color(rust_xlsxwriter::Color::White)
        .set_align(FormatAlign::Top);
    let below = &paper.formats.text;
    let line = below
        .clone()
        .set_border_top(FormatBorder::Thick)
        .set_border_top_color(rust_xlsxwriter::Color::RGB(LINE_COLOR));
    let looks = [&white, below, &line].map(Look::of);
    let mut was_above = false;
    let mut follows = false;
    for (row, application) in (FIRST..).zip(&source.rows) {
        let look = match (application.above_line, was_above) {
            (true, _) => &looks[0],
            (false, true) => &looks[2],
            (false, false) => &looks[1],
        };
        let place = Place {
            row,
            follows,
            criteria,
        };
        write_row(paper, source, application, &place, look, language)?;
        was_above = application.above_line;
        follows = application.cumulative.is_some();
    }
    let end = FIRST + u32::try_from(source.rows.len()).unwrap_or(0);
    shortlist_ties::write(paper, source, end, criteria, language)?;
    let last = POINTS + criteria + 9;
    paper.sheet.set_freeze_panes(FIRST, 2)?;
    paper.sheet.set_repeat_rows(HEADING, HEADING)?;
    paper.sheet.set_repeat_columns(0, 1)?;
    paper.sheet.set_print_fit_to_pages(PAGES_WIDE, 0);
    if end > FIRST {
        paper.sheet.autofilter(HEADING, 0, end - 1, last)?;
    }
    // No password: only slips are kept away. Looking at it is left free.
    paper.sheet.protect_with_options(&ProtectionOptions {
        use_autofilter: true,
        format_columns: true,
        format_rows: true,
        ..ProtectionOptions::default()
    });
    Ok(())
}

fn headings(
    paper: &mut Paper<'_>,
    source: &ShortlistSheet,
    language: Language,
) -> Result<(), XlsxError> {
    let formats = paper.formats;
    let title = format!("{} · {}", language.of(words::TITLE), source.round_code);
    paper.text(0, 0, &title, &formats.title)?;
    if source.fictional {
        paper.text(1, 0, language.of(words::FICTIONAL), &formats.warning)?;
    }
    let of = |(words, width): &(Words, u8)| (language.of(*words).to_owned(), *width);
    let points = source.criteria.iter().map(|criterion| {
        let name = language.text(&criterion.name);
        (format!("{} {name}", criterion.id), 14)
    });
    let all = BEFORE
        .iter()
        .map(of)
        .chain(points)
        .chain(AFTER.iter().map(of));
    for (column, (heading, width)) in (0_u16..).zip(all) {
        paper.text(HEADING, column, &heading, &formats.heading)?;
        paper.sheet.set_column_width(column, width)?;
    }
    paper.sheet.set_row_height(HEADING, 48)?;
    Ok(())
}

fn write_row(
    paper: &mut Paper<'_>,
    source: &ShortlistSheet,
    line: &ShortlistLine,
    place: &Place,
    look: &Look,
    language: Language,
) -> Result<(), XlsxError> {
    let row = place.row;
    paper.count(row, 0, line.rank, &look.whole)?;
    let districts: Vec<&str> = line
        .districts
        .iter()
        .map(|district| language.text(district))
        .collect();
    let texts = [
        (1, line.reference.as_str()),
        (2, &line.organisation.en),
        (3, &line.organisation.zh),
        (4, &line.title.en),
        (5, &line.title.zh),
        (6, &words::size(&line.size_band, language)),
        (7, &districts.join(language.of(("; ", "；")))),
        (ABOVE, words::yes_no(line.above_line, language)),
        (ABOVE + 1, words::yes_no(line.would_still_fit, language)),
        (ABOVE + 5, copy(line, language)),
    ];
    let mut lines = 1;
    for (column, text) in texts {
        paper.text(row, column, text, &look.text)?;
        lines = lines.max(lines_of(text, column));
    }
    paper.sheet.set_row_height(row, height(lines))?;
    paper.decimal(row, ASK, line.ask.decimal(), &look.money)?;
    cumulative(paper, line, place, look)?;
    let sroi = line.sroi;
    let ratios = [
        sroi.map(|sroi| sroi.point),
        sroi.and_then(|sroi| sroi.low),
        sroi.and_then(|sroi| sroi.high),
    ];
    for (column, ratio) in (ABOVE + 2..).zip(ratios) {
        let ratio = ratio.map(money::Ratio::decimal);
        paper.decimal_or_blank(row, column, ratio, &look.ratio)?;
    }
    score(paper, source, line, place, look)?;
    verdicts(paper, line, place, look, language)
}

/// How many lines a text takes in its column; a Chinese character is two wide.
fn lines_of(text: &str, column: u16) -> usize {
    let wide = |letter: char| if letter.is_ascii() { 1 } else { 2 };
    let needed: usize = text.chars().map(wide).sum();
    let column = BEFORE.get(usize::from(column));
    let width = column.map_or(1, |(_, width)| usize::from(*width));
    needed.div_ceil(width)
}

#[expect(clippy::float_arithmetic, reason = "the height of a row, no figure")]
fn height(lines: usize) -> f64 {
    let lines = u8::try_from(lines).unwrap_or(LINES_MAX).clamp(1, LINES_MAX);
    LINE_POINTS * f64::from(lines)
}

fn copy(line: &ShortlistLine, language: Language) -> &'static str {
    line.sroi.map_or("", |sroi| {
        language.of(if sroi.assessed {
            ("assessed", "評定版本")
        } else {
            ("claim", "申報版本")
        })
    })
}

/// The running sum: the one above plus what is asked here.
fn cumulative(
    paper: &mut Paper<'_>,
    line: &ShortlistLine,
    place: &Place,
    look: &Look,
) -> Result<(), XlsxError> {
    let Some(sum) = line.cumulative else {
        return paper.blank(place.row, CUMULATIVE, &look.money);
    };
    let ask = at(place.row, ASK);
    let formula = if place.follows {
        format!("={}+{ask}", at(place.row - 1, CUMULATIVE))
    } else {
        format!("={ask}")
    };
    paper.formula(
        place.row,
        CUMULATIVE,
        &formula,
        &normal_text(sum.decimal()),
        &look.money,
    )
}

/// The score as the sum of its parts, and beside them the score as it was ranked.
fn score(
    paper: &mut Paper<'_>,
    source: &ShortlistSheet,
    line: &ShortlistLine,
    place: &Place,
    look: &Look,
) -> Result<(), XlsxError> {
    let row = place.row;
    for (column, criterion) in (POINTS..).zip(&source.criteria) {
        let part = line.points.get(&criterion.id).copied();
        paper.decimal_or_blank(row, column, part, &look.points)?;
    }
    let (ranked, difference) = (place.after(0), place.after(1));
    let Some(total) = line.score.filter(|_| !line.points.is_empty()) else {
        paper.decimal_or_blank(row, SCORE, line.score, &look.points)?;
        paper.decimal_or_blank(row, ranked, line.score, &look.points)?;
        return paper.blank(row, difference, &look.points);
    };
    let parts = (at(row, POINTS), at(row, ranked - 1));
    let sum = format!("=SUM({}:{})", parts.0, parts.1);
    paper.formula(row, SCORE, &sum, &stored(total), &look.points)?;
    paper.decimal(row, ranked, total, &look.points)?;
    let tie = format!("=ROUND({}-{},6)", at(row, SCORE), at(row, ranked));
    paper.formula(row, difference, &tie, "0", &look.points)
}

fn verdicts(
    paper: &mut Paper<'_>,
    line: &ShortlistLine,
    place: &Place,
    look: &Look,
    language: Language,
) -> Result<(), XlsxError> {
    let row = place.row;
    paper.decimal_or_blank(row, place.after(2), line.stability, &look.share)?;
    let standing = line
        .standing
        .map_or("", |standing| words::standing(standing, language));
    paper.text(row, place.after(3), standing, &look.text)?;
    paper.count(row, place.after(4), line.second_rank, &look.whole)?;
    paper.count(row, place.after(5), line.beside_rank, &look.whole)?;
    let decision = line.decision.as_ref();
    let decision = decision.map_or_else(String::new, |code| words::decision(code, language));
    paper.text(row, place.after(6), &decision, &look.text)?;
    let decided = line.decided_amount.map(Hkd::decimal);
    paper.decimal_or_blank(row, place.after(7), decided, &look.money)?;
    let in_set = words::yes_no(line.selected_exact, language);
    paper.text(row, place.after(8), in_set, &look.text)?;
    let level = line.level.as_ref();
    let level = level.map_or("", |level| language.text(level));
    paper.text(row, place.after(9), level, &look.text)
}
