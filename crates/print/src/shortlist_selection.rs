//! The exact best set beside best-first on paper: how far it is proven, each rule checked on it, and
//! what each rule costs.
use explain::{Language, Words};
use report::shortlist::{ShortlistSheet, words};

use crate::{
    figure::{exact, money, number},
    flow::{Align, Flow},
    shortlist::{HEADING, TEXT},
    table::{Cell, Column, Row, table},
    unit::POINT,
};

/// Writes the part; nothing where no set was computed.
pub(crate) fn write(flow: &mut Flow, sheet: &ShortlistSheet, language: Language) {
    let Some(selection) = &sheet.selection else {
        return;
    };
    flow.space(6 * POINT);
    flow.heading(2, language.of(words::SELECTION), HEADING);
    flow.space(3 * POINT);
    let points = |value: Option<money::Decimal>| {
        value.map_or_else(|| "–".to_owned(), |value| number(value, 2))
    };
    let colon = language.of((": ", "："));
    let figures = [
        (words::STATUS, words::status(&selection.status, language)),
        (words::POINTS, points(selection.objective)),
        (words::BOUND, points(selection.bound)),
        (words::GAP, points(selection.gap)),
        (words::GREEDY, number(selection.greedy_objective, 2)),
        (words::SPENT, money(selection.spent)),
        (words::METHOD, language.text(&selection.method).to_owned()),
    ];
    let figures = figures.map(|(label, value)| format!("{}{colon}{value}", language.of(label)));
    flow.paragraph(&figures.join(language.of(("; ", "；"))), TEXT);
    let figure = |width, words: Words| Column::new(language.of(words), width, Align::Right);
    let rule = Column::new(language.of(words::RULE), 370, Align::Left);
    if !selection.checks.is_empty() {
        flow.space(5 * POINT);
        let columns = [
            rule.clone(),
            figure(150, words::VALUE),
            figure(150, words::LIMIT),
            figure(100, words::HOLDS),
        ];
        let rows = selection.checks.iter().map(|check| {
            let name = words::rule(&check.rule, language);
            let holds = words::yes_no(check.holds, language);
            let cells = [exact(check.value), exact(check.limit), holds.to_owned()];
            row(name, cells.into_iter())
        });
        table(flow, &columns, &rows.collect::<Vec<_>>());
    }
    if !selection.prices.is_empty() {
        flow.space(8 * POINT);
        let price = Column::new(language.of(words::PRICE), 370, Align::Left);
        let columns = [price, figure(150, words::POINTS), figure(150, words::SPENT)];
        let rows = selection.prices.iter().map(|price| {
            let cells = [price.points, price.spent].map(points);
            row(words::rule(&price.rule, language), cells.into_iter())
        });
        table(flow, &columns, &rows.collect::<Vec<_>>());
    }
}

fn row(name: String, figures: impl Iterator<Item = String>) -> Row {
    let figures = figures.map(Cell::new);
    Row::Cells(
        std::iter::once(Cell::new(name).naming())
            .chain(figures)
            .collect(),
        None,
    )
}
