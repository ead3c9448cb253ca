//! The sheets of a cost plan that add up: apportionment by activity, the annual financial report, who
//! pays, and the cash flow by year and scope. Every total is a formula, and each is tied to another.
use std::collections::BTreeMap;

use costshare::Source;
use money::Hkd;
use rust_xlsxwriter::XlsxError;

use crate::{
    cost_export::{APPORTIONMENT, CostPlanSource, WHO_PAYS},
    cost_report,
    cost_sheets::{FIRST_ROW, HEADING_ROW, SHARE, pool_name, rows},
    language::Words,
    paper::{Paper, at, quoted},
};

pub(crate) fn letters(column: u16) -> String {
    at(0, column).trim_end_matches('1').to_owned()
}

pub(crate) fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

pub(crate) fn column(position: usize) -> u16 {
    u16::try_from(position).unwrap_or(u16::MAX)
}

/// A table of words at the left and amounts by column, with a total for each row and each column and a
/// comparison with the sum that it is drawn from.
struct Cross<'a> {
    /// Headings of the words at the left.
    heads: Vec<&'a str>,
    /// Headings of the amounts.
    columns: Vec<String>,
    /// The words and the amounts of each row.
    rows: Vec<(Vec<String>, Vec<Hkd>)>,
    /// The sum of each column.
    totals: Vec<Hkd>,
    total: Hkd,
    /// The formula of an amount from its row number and the cell of its heading.
    formula: &'a dyn Fn(u32, &str) -> String,
    /// The formula of the sum that the total must equal.
    other: String,
}

impl Cross<'_> {
    /// Column of the first amount.
    fn first(&self) -> u16 {
        column(self.heads.len())
    }

    /// Writes the table below the title; returns the row of its totals.
    fn write(&self, paper: &mut Paper<'_>, source: &CostPlanSource<'_>) -> Result<u32, XlsxError> {
        let formats = paper.formats;
        let all = column(self.heads.len() + self.columns.len());
        for (at, head) in (0_u16..).zip(&self.heads) {
            paper.text(HEADING_ROW, at, head, &formats.heading)?;
        }
        let total = source.say(("Total", "總額"));
        let headings = self.columns.iter().map(String::as_str).chain([total]);
        for (at, heading) in (self.first()..).zip(headings) {
            paper.text(HEADING_ROW, at, heading, &formats.heading)?;
            paper.sheet.set_column_width(at, 20)?;
        }
        for (row, (words, amounts)) in (FIRST_ROW..).zip(&self.rows) {
            self.row(paper, row, words, amounts)?;
        }
        let last = FIRST_ROW + count(self.rows.len());
        paper.text(last, 0, total, &formats.label)?;
        for (at, sum) in (self.first()..).zip(self.totals.iter().chain([&self.total])) {
            let letter = letters(at);
            let end = last.max(FIRST_ROW + 1);
            let formula = format!("=SUM({letter}{}:{letter}{end})", FIRST_ROW + 1);
            paper.formula(last, at, &formula, &sum.to_string(), &formats.strong_money)?;
        }
        tie(paper, source, (last + 1, all), &self.other, last)?;
        Ok(last)
    }

    fn row(
        &self,
        paper: &mut Paper<'_>,
        row: u32,
        words: &[String],
        amounts: &[Hkd],
    ) -> Result<(), XlsxError> {
        let formats = paper.formats;
        for (at, word) in (0_u16..).zip(words) {
            paper.text(row, at, word, &formats.label)?;
        }
        for (at, amount) in (self.first()..).zip(amounts) {
            let heading = format!("{}${}", letters(at), HEADING_ROW + 1);
            let formula = (self.formula)(row + 1, &heading);
            paper.formula(row, at, &formula, &amount.to_string(), &formats.money)?;
        }
        let all = column(self.heads.len() + self.columns.len());
        let sum = Hkd::checked_sum(amounts.iter().copied()).unwrap_or_default();
        let (from, to) = (letters(self.first()), letters(all.saturating_sub(1)));
        let formula = format!("=SUM({from}{}:{to}{})", row + 1, row + 1);
        paper.formula(row, all, &formula, &sum.to_string(), &formats.strong_money)
    }
}

/// Rows of one column of another sheet, fixed.
fn area(sheet: &str, letter: &str, rows: usize) -> String {
    let end = FIRST_ROW + count(rows).max(1);
    format!("{sheet}!${letter}${}:${letter}${end}", FIRST_ROW + 1)
}

/// By activity and pool, and what the annual financial report leaves out.
pub(crate) fn schedules(
    paper: &mut Paper<'_>,
    source: &CostPlanSource<'_>,
) -> Result<(), XlsxError> {
    let formats = paper.formats;
    let title = source.say(("Apportionment by activity", "各活動的分攤"));
    paper.text(0, 0, title, &formats.title)?;
    paper.sheet.set_column_width(0, 26)?;
    let Some((request, evaluation)) = source.apportionment else {
        let none = source.say(("No shared cost is stated.", "未有填報共用成本。"));
        return paper.text(2, 0, none, &formats.note);
    };
    let Some(schedules) = &evaluation.schedules else {
        return Ok(());
    };
    let sheet = quoted(source.say(APPORTIONMENT));
    let length = rows(source).len();
    let area = |letter: &str| area(&sheet, letter, length);
    let pools = &request.pools;
    let of = |sums: &BTreeMap<String, Hkd>| -> Vec<Hkd> {
        let found = pools.iter().map(|pool| sums.get(&pool.id).copied());
        found.map(Option::unwrap_or_default).collect()
    };
    let by_activity = schedules.by_activity.iter();
    let table = Cross {
        heads: vec![source.say(("Activity", "活動"))],
        columns: pools
            .iter()
            .map(|pool| pool_name(source, &pool.id).to_owned())
            .collect(),
        rows: by_activity
            .map(|(activity, shares)| (vec![activity.clone()], of(shares)))
            .collect(),
        totals: of(&schedules.pool_totals),
        total: schedules.total,
        formula: &|row, heading| {
            let (shares, names, activities) = (area(SHARE), area("A"), area("B"));
            format!("=SUMIFS({shares},{names},{heading},{activities},$A{row})")
        },
        other: format!("SUM({})", area(SHARE)),
    };
    let last = table.write(paper, source)?;
    cost_report::annual_report(paper, source, last + 4)
}

/// A row that compares a total with another sum.
pub(crate) fn tie(
    paper: &mut Paper<'_>,
    source: &CostPlanSource<'_>,
    (row, column): (u32, u16),
    other: &str,
    total_row: u32,
) -> Result<(), XlsxError> {
    let formats = paper.formats;
    paper.text(row, 0, source.say(("Tie", "核對")), &formats.label)?;
    let formula = format!("=ROUND({}{}-{other},2)", letters(column), total_row + 1);
    paper.formula(row, column, &formula, "0", &formats.strong_money)
}

/// A source of money in words.
fn source_words(source: &CostPlanSource<'_>, payer: &Source) -> String {
    match payer {
        Source::Grant => source.say(("This grant", "本計劃資助")).to_owned(),
        Source::Own => source.say(("Own contribution", "機構自付款額")).to_owned(),
        Source::InKind => source.say(("In kind", "非現金投入")).to_owned(),
        Source::Other(name) => name.clone(),
    }
}

fn scope_words(source: &CostPlanSource<'_>, scope: Option<&str>) -> String {
    let Some(scope) = scope else {
        return source.say(("Not stated", "未有填報")).to_owned();
    };
    let found = source.scope_names.iter().find(|(code, _)| code == scope);
    found.map_or_else(|| scope.to_owned(), |(_, name)| name.clone())
}

const PAYS_HEADINGS: [(Words, u8); 6] = [
    (("Line", "項目編號"), 10),
    (("Item", "項目說明"), 44),
    (("Scope", "項目類別"), 44),
    (("Financial year", "財政年度"), 14),
    (("Source of money", "資金來源"), 28),
    (("Amount", "款額"), 18),
];

/// Every money cell of the budget.
pub(crate) fn who_pays(
    paper: &mut Paper<'_>,
    source: &CostPlanSource<'_>,
) -> Result<(), XlsxError> {
    let formats = paper.formats;
    let title = source.say(("Who pays", "資金來源"));
    paper.text(0, 0, title, &formats.title)?;
    for (at, (words, width)) in (0_u16..).zip(PAYS_HEADINGS) {
        paper.text(HEADING_ROW, at, source.say(words), &formats.heading)?;
        paper.sheet.set_column_width(at, width)?;
    }
    let mut row = FIRST_ROW;
    for line in &source.plan.plan().lines {
        let named = source.line_names.iter().find(|(id, _)| *id == line.id);
        for ((year, payer), amount) in &line.cells {
            paper.text(row, 0, &line.id, &formats.text)?;
            paper.text(row, 1, named.map_or("", |(_, name)| name), &formats.text)?;
            paper.text(
                row,
                2,
                &scope_words(source, line.scope.as_deref()),
                &formats.text,
            )?;
            paper.text(row, 3, &year.to_string(), &formats.text)?;
            paper.text(row, 4, &source_words(source, payer), &formats.text)?;
            paper.number(row, 5, &amount.to_string(), &formats.money)?;
            row += 1;
        }
    }
    let total = source.plan.state.cash_flow.total.to_string();
    paper.text(row, 0, source.say(("Total", "總額")), &formats.label)?;
    let formula = format!("=SUM(F{}:F{})", FIRST_ROW + 1, row.max(FIRST_ROW + 1));
    paper.formula(row, 5, &formula, &total, &formats.strong_money)?;
    paper.sheet.set_freeze_panes(FIRST_ROW, 2)?;
    Ok(())
}

/// By year and scope down the side, by source across.
pub(crate) fn cash_flow(
    paper: &mut Paper<'_>,
    source: &CostPlanSource<'_>,
) -> Result<(), XlsxError> {
    let formats = paper.formats;
    let flow = &source.plan.state.cash_flow;
    let lines = source.plan.plan().lines.iter();
    let length = lines.map(|line| line.cells.len()).sum::<usize>();
    let sheet = quoted(source.say(WHO_PAYS));
    let area = |letter: &str| area(&sheet, letter, length);
    let title = source.say(("Cash flow by year and scope", "按年度及項目類別的現金流量"));
    paper.text(0, 0, title, &formats.title)?;
    paper.sheet.set_column_width(0, 14)?;
    paper.sheet.set_column_width(1, 44)?;
    let of = |parts: &BTreeMap<Source, Hkd>| -> Vec<Hkd> {
        let payers = flow.sources.keys();
        payers
            .map(|payer| parts.get(payer).copied().unwrap_or_default())
            .collect()
    };
    let rows = flow.rows.iter().map(|((year, scope), parts)| {
        let words = vec![year.to_string(), scope_words(source, scope.as_deref())];
        (words, of(parts))
    });
    let table = Cross {
        heads: vec![
            source.say(("Financial year", "財政年度")),
            source.say(("Scope", "項目類別")),
        ],
        columns: flow
            .sources
            .keys()
            .map(|payer| source_words(source, payer))
            .collect(),
        rows: rows.collect(),
        totals: of(&flow.sources),
        total: flow.total,
        formula: &|row, heading| {
            let (amounts, years, scopes) = (area("F"), area("D"), area("C"));
            let payers = area("E");
            format!("=SUMIFS({amounts},{years},$A{row},{scopes},$B{row},{payers},{heading})")
        },
        other: format!("SUM({})", area("F")),
    };
    table.write(paper, source)?;
    paper.sheet.set_freeze_panes(FIRST_ROW, 2)?;
    Ok(())
}
