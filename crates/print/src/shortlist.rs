//! A ranked shortlist on A4 landscape: what it rests on, the list with the budget line drawn through
//! it, how each score adds up, and the exact best set. Run and hash stand at the foot of every page.
use explain::{Language, Words};
use money::Ratio;
use report::shortlist::{ShortlistLine, ShortlistSheet, words};

use crate::{
    PrintError, Printed,
    draft::{Look, Tone},
    draw::{self, About},
    face::Face,
    figure::{exact, exact_percent, money, number, percent},
    flow::{Align, Flow},
    shortlist_selection,
    table::{BODY, Cell, Column, Row, SIDE, table},
    unit::{A4_LONG, A4_SHORT, POINT},
};

const TITLE: Look = Look::new(16 * POINT, Tone::Accent).strong();
pub(crate) const HEADING: Look = Look::new(11 * POINT, Tone::Accent).strong();
pub(crate) const TEXT: Look = Look::new(9 * POINT, Tone::Ink);
const MARGIN: i32 = 36 * POINT;
/// Most criteria whose points stand beside each other on one page.
const PARTS_MAX: usize = 12;

/// Prints a shortlist.
pub fn shortlist_pdf(sheet: &ShortlistSheet, language: Language) -> Result<Printed, PrintError> {
    sheet.check()?;
    let face = Face::get().ok_or(PrintError::Typeface)?;
    let mut flow = Flow::new(face, (A4_LONG, A4_SHORT), MARGIN);
    flow.part(language);
    head(&mut flow, sheet, language);
    list(&mut flow, sheet, language);
    parts(&mut flow, sheet, language);
    shortlist_selection::write(&mut flow, sheet, language);
    notes(&mut flow, sheet, language);
    let round = language.text(&sheet.round_name);
    let run = &sheet.rank_run;
    let foot = [
        format!("{} · {round} · {}", sheet.round_code, run.engine),
        format!("{} · {}", run.id, run.input_hash),
    ];
    let draft = flow.finish(language, &foot);
    let about = About {
        title: format!(
            "{} · {} · {round}",
            language.of(words::TITLE),
            sheet.round_code
        ),
        author: language.text(&sheet.funder).to_owned(),
        language,
        created: sheet.computed_at,
    };
    draw::draw(face, &draft, &about)
}

fn head(flow: &mut Flow, sheet: &ShortlistSheet, language: Language) {
    let round = language.text(&sheet.round_name);
    flow.heading(1, language.of(words::TITLE), TITLE);
    flow.paragraph(&format!("{} · {round}", sheet.round_code), TEXT.strong());
    if sheet.fictional {
        let look = Look {
            tone: Tone::Warning,
            ..TEXT
        };
        flow.paragraph(language.of(words::FICTIONAL), look);
    }
    flow.space(6 * POINT);
    facts(flow, sheet, language);
    flow.space(8 * POINT);
    criteria(flow, sheet, language);
}

/// Label and value, twice on each row.
fn facts(flow: &mut Flow, sheet: &ShortlistSheet, language: Language) {
    let adopted = sheet.adopted.as_ref().map_or_else(
        || language.of(words::NOT_ADOPTED).to_owned(),
        |adoption| format!("{}, {}", adoption.by, language.date_time(adoption.at)),
    );
    let mut facts: Vec<(Words, String)> = vec![
        (words::FUNDER, language.text(&sheet.funder).to_owned()),
        (words::BUDGET, money(sheet.budget)),
        (words::COMPUTED, language.date_time(sheet.computed_at)),
        (words::COMMITTED, money(sheet.committed)),
        (words::ADOPTED, adopted),
        (words::LEFT, money(sheet.left)),
        (words::RULES, sheet.rules_version.clone()),
        (words::RANKING, sheet.ranking_id.clone()),
        (words::RANK_RUN, sheet.rank_run.id.clone()),
        (words::HASH, sheet.rank_run.input_hash.clone()),
    ];
    if let Some(run) = &sheet.select_run {
        facts.push((words::SELECT_RUN, run.id.clone()));
        facts.push((words::HASH, run.input_hash.clone()));
    }
    let columns = [95, 205, 130, 340].map(|width| Column::new("", width, Align::Left));
    let rows: Vec<Row> = facts
        .chunks(2)
        .map(|pair| {
            let cells = pair.iter().flat_map(|(label, value)| {
                let label = Cell::default().and(language.of(*label), SIDE).naming();
                [label, Cell::new(value)]
            });
            Row::Cells(cells.collect(), None)
        })
        .collect();
    table(flow, &columns, &rows);
}

fn criteria(flow: &mut Flow, sheet: &ShortlistSheet, language: Language) {
    if sheet.criteria.is_empty() {
        return;
    }
    flow.heading(2, language.of(words::CRITERIA), HEADING);
    flow.space(3 * POINT);
    let [zero, hundred] = words::ANCHORS;
    let columns = [
        Column::new(language.of(words::CRITERION), 380, Align::Left),
        Column::new(language.of(words::WEIGHT), 90, Align::Right),
        Column::new(language.of(zero), 150, Align::Right),
        Column::new(language.of(hundred), 150, Align::Right),
    ];
    let rows: Vec<Row> = sheet
        .criteria
        .iter()
        .map(|line| {
            let name = format!("{} {}", line.id, language.text(&line.name));
            let figures = [
                exact_percent(line.weight.decimal()),
                exact(line.zero),
                exact(line.hundred),
            ];
            let figures = figures.into_iter().map(Cell::new);
            let cells = std::iter::once(Cell::new(name).naming()).chain(figures);
            Row::Cells(cells.collect(), None)
        })
        .collect();
    table(flow, &columns, &rows);
    flow.space(8 * POINT);
}

fn list_columns(language: Language) -> Vec<Column> {
    let size: Words = ("Size, districts", "規模、地區");
    let others: Words = ("2nd opinion / beside", "第二意見／並列");
    [
        (words::RANK, 36, Align::Right),
        (words::REFERENCE, 60, Align::Left),
        (("Organisation and project", "機構及項目"), 141, Align::Left),
        (size, 66, Align::Left),
        (words::ASK, 70, Align::Right),
        (words::CUMULATIVE, 72, Align::Right),
        (("SROI (range)", "SROI（範圍）"), 62, Align::Right),
        (words::SCORE, 38, Align::Right),
        (words::STABILITY, 62, Align::Right),
        (others, 48, Align::Right),
        (words::IN_SET, 50, Align::Left),
        (words::DECISION, 65, Align::Left),
    ]
    .map(|(heading, width, align)| Column::new(language.of(heading), width, align))
    .to_vec()
}

fn list(flow: &mut Flow, sheet: &ShortlistSheet, language: Language) {
    let heading = ("Applications by rank", "按名次列出的申請");
    flow.heading(2, language.of(heading), HEADING);
    flow.space(3 * POINT);
    let ranked = sheet.rows.iter().filter(|line| line.rank.is_some());
    let above = sheet.rows.iter().filter(|line| line.above_line).count();
    let mut rows = Vec::new();
    for line in sheet.rows.iter().filter(|line| line.above_line) {
        rows.push(Row::Cells(cells(line, language), None));
    }
    rows.push(Row::Band {
        text: budget_line(sheet, above, language),
        heavy: true,
    });
    for line in ranked.filter(|line| !line.above_line) {
        rows.push(Row::Cells(cells(line, language), Some(Tone::Pale)));
    }
    let unranked: Vec<_> = sheet
        .rows
        .iter()
        .filter(|line| line.rank.is_none() && !line.above_line)
        .collect();
    if !unranked.is_empty() {
        let count = unranked.len();
        let text = match language {
            Language::En => format!("Without a rank: {count}"),
            Language::Zh => format!("沒有名次：{count} 宗"),
        };
        rows.push(Row::Band { text, heavy: false });
        let cells = unranked.into_iter().map(|line| cells(line, language));
        rows.extend(cells.map(|cells| Row::Cells(cells, Some(Tone::Pale))));
    }
    table(flow, &list_columns(language), &rows);
}

/// The line with its text: what is committed, what is left, and whom that would still pay for.
fn budget_line(sheet: &ShortlistSheet, above: usize, language: Language) -> String {
    let (committed, budget, left) = (
        money(sheet.committed),
        money(sheet.budget),
        money(sheet.left),
    );
    let fits = sheet.would_still_fit();
    match language {
        Language::En => {
            let fits = if fits.is_empty() {
                "nothing further down fits".to_owned()
            } else {
                format!("would still fit: {}", fits.join(", "))
            };
            format!(
                "BUDGET LINE: HK${committed} of HK${budget} committed, {above} above it; \
                 HK${left} left; {fits}"
            )
        }
        Language::Zh => {
            let fits = if fits.is_empty() {
                "餘款不足以容納其後任何項目".to_owned()
            } else {
                format!("餘款仍可容納：{}", fits.join("、"))
            };
            format!(
                "撥款界線：預算 {budget} 港元，已承擔 {committed} 港元，{above} 個項目位於界線以上；\
                 尚餘 {left} 港元；{fits}"
            )
        }
    }
}

fn cells(line: &ShortlistLine, language: Language) -> Vec<Cell> {
    let count =
        |value: Option<u32>| value.map_or_else(|| "–".to_owned(), |value| value.to_string());
    let districts: Vec<&str> = line
        .districts
        .iter()
        .map(|district| language.text(district))
        .collect();
    let size = words::size(&line.size_band, language);
    let standing = line
        .standing
        .map(|standing| words::standing(standing, language));
    let level = line.level.as_ref().map(|level| language.text(level));
    let decision = line.decision.as_ref();
    let decided = line.decided_amount.map(money);
    vec![
        Cell::new(count(line.rank)),
        Cell::new(&line.reference).naming(),
        Cell::new(language.text(&line.organisation)).and(language.text(&line.title), SIDE),
        Cell::new(size).and(districts.join(language.of((", ", "、"))), SIDE),
        Cell::new(money(line.ask)),
        Cell::new(line.cumulative.map(money).unwrap_or_default()),
        sroi(line, language),
        Cell::new(line.score.map(|score| number(score, 2)).unwrap_or_default()),
        Cell::new(
            line.stability
                .map(|share| percent(share, 1))
                .unwrap_or_default(),
        )
        .and(standing.unwrap_or_default(), SIDE),
        Cell::new(format!(
            "{} / {}",
            count(line.second_rank),
            count(line.beside_rank)
        )),
        Cell::new(words::yes_no(line.selected_exact, language))
            .and(level.unwrap_or_default(), SIDE),
        Cell::new(
            decision
                .map(|code| words::decision(code, language))
                .unwrap_or_default(),
        )
        .and(decided.unwrap_or_default(), SIDE),
    ]
}

fn sroi(line: &ShortlistLine, language: Language) -> Cell {
    let Some(sroi) = line.sroi else {
        return Cell::new("");
    };
    let shown = |ratio: Ratio| number(ratio.decimal(), 2);
    let range = sroi.low.zip(sroi.high);
    let range = range.map(|(low, high)| format!("{}–{}", shown(low), shown(high)));
    let copy = if sroi.assessed {
        language.of(("assessed", "評定"))
    } else {
        ""
    };
    Cell::new(shown(sroi.point))
        .and(range.unwrap_or_default(), SIDE)
        .and(copy, SIDE)
}

/// The points of each criterion, as many criteria beside each other as fit.
fn parts(flow: &mut Flow, sheet: &ShortlistSheet, language: Language) {
    let scored: Vec<_> = sheet
        .rows
        .iter()
        .filter(|line| !line.points.is_empty())
        .collect();
    if scored.is_empty() {
        return;
    }
    flow.space(14 * POINT);
    flow.heading(2, language.of(words::PARTS), HEADING);
    flow.space(3 * POINT);
    for group in sheet.criteria.chunks(PARTS_MAX) {
        let mut columns = vec![Column::new(language.of(words::REFERENCE), 80, Align::Left)];
        columns.extend(
            group
                .iter()
                .map(|criterion| Column::new(&criterion.id, 52, Align::Right)),
        );
        columns.push(Column::new(language.of(words::SCORE), 60, Align::Right));
        let rows: Vec<Row> = scored
            .iter()
            .map(|line| {
                let points = group.iter().map(|criterion| line.points.get(&criterion.id));
                let points = points.map(|points| points.map(|points| number(*points, 2)));
                let points = points.map(|points| Cell::new(points.unwrap_or_default()));
                let score = line.score.map(|score| number(score, 2)).unwrap_or_default();
                let mut cells = vec![Cell::new(&line.reference).naming()];
                cells.extend(points);
                cells.push(Cell::new(score));
                Row::Cells(cells, None)
            })
            .collect();
        table(flow, &columns, &rows);
        flow.space(8 * POINT);
    }
}

fn notes(flow: &mut Flow, sheet: &ShortlistSheet, language: Language) {
    flow.space(10 * POINT);
    let own = sheet.notes.iter().map(|note| language.text(note));
    for note in own.chain([language.of(words::PERSON_DECIDES)]) {
        flow.paragraph(
            note,
            Look {
                size: BODY.size,
                ..TEXT
            },
        );
        flow.space(2 * POINT);
    }
}
