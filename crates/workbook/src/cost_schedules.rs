//! The sheets of a cost plan that add up: apportionment by activity, the annual financial report, who
//! pays, and the cash flow by year and scope. Every total is a formula, and each is tied to another.
use std::collections::BTreeSet;

use costshare::{Membership, Source};
use money::Hkd;
use rust_xlsxwriter::XlsxError;

use crate::{
    cost_export::{APPORTIONMENT, CostPlanSource, WHO_PAYS},
    cost_sheets::{FIRST_ROW, HEADING_ROW, SHARE, pool_name, rows},
    language::Words,
    paper::{Paper, at, quoted},
};

fn letters(column: u16) -> String {
    at(0, column).trim_end_matches('1').to_owned()
}

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

fn column(position: usize) -> u16 {
    u16::try_from(position).unwrap_or(u16::MAX)
}

/// By activity and pool, and what the annual financial report leaves out.
pub(crate) fn schedules(
    paper: &mut Paper<'_>,
    source: &CostPlanSource<'_>,
) -> Result<(), XlsxError> {
    let formats = paper.formats;
    let title = source.say(("Apportionment by activity", "各活動的分攤"));
    paper.text(0, 0, title, &formats.title)?;
    let Some((request, evaluation)) = source.apportionment else {
        let none = source.say(("No shared cost is stated.", "未有填報共用成本。"));
        return paper.text(2, 0, none, &formats.note);
    };
    let Some(schedules) = &evaluation.schedules else {
        return Ok(());
    };
    let sheet = quoted(source.say(APPORTIONMENT));
    let end = FIRST_ROW + count(rows(source).len()).max(1);
    let area = |letter: &str| format!("{sheet}!${letter}${}:${letter}${end}", FIRST_ROW + 1);
    paper.sheet.set_column_width(0, 26)?;
    paper.text(
        HEADING_ROW,
        0,
        source.say(("Activity", "活動")),
        &formats.heading,
    )?;
    let pools = &request.pools;
    for (position, pool) in pools.iter().enumerate() {
        let at = column(position + 1);
        paper.text(
            HEADING_ROW,
            at,
            pool_name(source, &pool.id),
            &formats.heading,
        )?;
        paper.sheet.set_column_width(at, 20)?;
    }
    let all = column(pools.len() + 1);
    paper.text(
        HEADING_ROW,
        all,
        source.say(("Total", "總額")),
        &formats.heading,
    )?;
    paper.sheet.set_column_width(all, 20)?;
    for (row, (activity, by_pool)) in (FIRST_ROW..).zip(&schedules.by_activity) {
        paper.text(row, 0, activity, &formats.label)?;
        for (position, pool) in pools.iter().enumerate() {
            let heading = format!("{}${}", letters(column(position + 1)), HEADING_ROW + 1);
            let formula = format!(
                "=SUMIFS({},{},{heading},{},$A{})",
                area(SHARE),
                area("A"),
                area("B"),
                row + 1
            );
            let share = by_pool.get(&pool.id).copied().unwrap_or_default();
            paper.formula(
                row,
                column(position + 1),
                &formula,
                &share.to_string(),
                &formats.money,
            )?;
        }
        let formula = format!("=SUM(B{}:{}{})", row + 1, letters(all - 1), row + 1);
        let total = schedules
            .activity_totals
            .get(activity)
            .copied()
            .unwrap_or_default();
        paper.formula(
            row,
            all,
            &formula,
            &total.to_string(),
            &formats.strong_money,
        )?;
    }
    let last = FIRST_ROW + count(schedules.by_activity.len());
    paper.text(last, 0, source.say(("Total", "總額")), &formats.label)?;
    for position in 1..=pools.len() + 1 {
        let letter = letters(column(position));
        let formula = format!("=SUM({letter}{}:{letter}{last})", FIRST_ROW + 1);
        let pool = pools
            .get(position - 1)
            .and_then(|pool| schedules.pool_totals.get(&pool.id));
        let total = pool.copied().unwrap_or(schedules.total);
        paper.formula(
            last,
            column(position),
            &formula,
            &total.to_string(),
            &formats.strong_money,
        )?;
    }
    tie(
        paper,
        source,
        (last + 1, all),
        &format!("SUM({})", area(SHARE)),
        last,
    )?;
    annual_report(paper, source, last + 4)
}

/// A row that compares a total with another sum.
fn tie(
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

const REPORT_HEADINGS: [Words; 4] = [
    ("Activity", "活動"),
    ("In the annual financial report", "是否納入周年財務報告"),
    ("Share without the exemption", "不計豁免的攤額"),
    ("Share", "攤額"),
];

const fn membership_words(membership: Membership) -> Words {
    match membership {
        Membership::In => ("In", "納入"),
        Membership::Out => ("Left out (exempt)", "不納入（獲豁免）"),
        Membership::Unknown => ("Needs information", "有待補充資料"),
    }
}

fn annual_report(
    paper: &mut Paper<'_>,
    source: &CostPlanSource<'_>,
    start: u32,
) -> Result<(), XlsxError> {
    let formats = paper.formats;
    let Some(schedules) = source
        .apportionment
        .and_then(|(_, evaluation)| evaluation.schedules.as_ref())
    else {
        return Ok(());
    };
    let title = source.say(("Annual financial report", "周年財務報告"));
    paper.text(start, 0, title, &formats.title)?;
    for (at, words) in (0_u16..).zip(REPORT_HEADINGS) {
        paper.text(start + 1, at, source.say(words), &formats.heading)?;
    }
    let first = start + 2;
    let all = schedules
        .by_activity
        .values()
        .flat_map(|pools| pools.keys());
    let pools: BTreeSet<&String> = all.collect();
    let total_column = letters(column(pools.len() + 1));
    for (row, (position, line)) in (first..).zip(schedules.annual_report.iter().enumerate()) {
        paper.text(row, 0, &line.activity, &formats.label)?;
        paper.text(
            row,
            1,
            source.say(membership_words(line.membership)),
            &formats.text,
        )?;
        paper.number(row, 2, &line.before.to_string(), &formats.money)?;
        let formula = format!("={total_column}{}", FIRST_ROW + count(position) + 1);
        paper.formula(row, 3, &formula, &line.after.to_string(), &formats.money)?;
    }
    let last = first + count(schedules.annual_report.len());
    let words = [Membership::In, Membership::Out, Membership::Unknown];
    for (row, membership) in (last..).zip(words) {
        let label = source.say(membership_words(membership));
        paper.text(row, 0, label, &formats.label)?;
        let sum = schedules
            .report_totals
            .get(&membership)
            .copied()
            .unwrap_or_default();
        let formula = format!(
            "=SUMIF(B{}:B{last},A{},D{}:D{last})",
            first + 1,
            row + 1,
            first + 1
        );
        paper.formula(row, 3, &formula, &sum.to_string(), &formats.strong_money)?;
    }
    paper.text(last + 3, 0, source.say(("Total", "總額")), &formats.label)?;
    let formula = format!("=SUM(D{}:D{})", last + 1, last + 3);
    paper.formula(
        last + 3,
        3,
        &formula,
        &schedules.total.to_string(),
        &formats.strong_money,
    )?;
    let other = format!(
        "{total_column}{}",
        FIRST_ROW + count(schedules.by_activity.len()) + 1
    );
    tie(paper, source, (last + 4, 3), &other, last + 3)
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

/// By year and scope across, by source down the side of each total.
pub(crate) fn cash_flow(
    paper: &mut Paper<'_>,
    source: &CostPlanSource<'_>,
) -> Result<(), XlsxError> {
    let formats = paper.formats;
    let flow = &source.plan.state.cash_flow;
    let cells = source
        .plan
        .plan()
        .lines
        .iter()
        .map(|line| line.cells.len())
        .sum::<usize>();
    let end = FIRST_ROW + count(cells).max(1);
    let sheet = quoted(source.say(WHO_PAYS));
    let area = |letter: &str| format!("{sheet}!${letter}${}:${letter}${end}", FIRST_ROW + 1);
    let title = source.say(("Cash flow by year and scope", "按年度及項目類別的現金流量"));
    paper.text(0, 0, title, &formats.title)?;
    paper.sheet.set_column_width(0, 14)?;
    paper.sheet.set_column_width(1, 44)?;
    paper.text(
        HEADING_ROW,
        0,
        source.say(("Financial year", "財政年度")),
        &formats.heading,
    )?;
    paper.text(
        HEADING_ROW,
        1,
        source.say(("Scope", "項目類別")),
        &formats.heading,
    )?;
    let payers: Vec<&Source> = flow.sources.keys().collect();
    for (position, payer) in payers.iter().enumerate() {
        let at = column(position + 2);
        paper.text(
            HEADING_ROW,
            at,
            &source_words(source, payer),
            &formats.heading,
        )?;
        paper.sheet.set_column_width(at, 20)?;
    }
    let all = column(payers.len() + 2);
    paper.text(
        HEADING_ROW,
        all,
        source.say(("Total", "總額")),
        &formats.heading,
    )?;
    paper.sheet.set_column_width(all, 20)?;
    for (row, ((year, scope), parts)) in (FIRST_ROW..).zip(&flow.rows) {
        paper.text(row, 0, &year.to_string(), &formats.label)?;
        paper.text(
            row,
            1,
            &scope_words(source, scope.as_deref()),
            &formats.text,
        )?;
        for (position, payer) in payers.iter().enumerate() {
            let heading = format!("{}${}", letters(column(position + 2)), HEADING_ROW + 1);
            let formula = format!(
                "=SUMIFS({},{},$A{},{},$B{},{},{heading})",
                area("F"),
                area("D"),
                row + 1,
                area("C"),
                row + 1,
                area("E")
            );
            let amount = parts.get(*payer).copied().unwrap_or_default().to_string();
            paper.formula(row, column(position + 2), &formula, &amount, &formats.money)?;
        }
        let sum = Hkd::checked_sum(parts.values().copied()).unwrap_or_default();
        let formula = format!("=SUM(C{}:{}{})", row + 1, letters(all - 1), row + 1);
        paper.formula(row, all, &formula, &sum.to_string(), &formats.strong_money)?;
    }
    let last = FIRST_ROW + count(flow.rows.len());
    paper.text(last, 0, source.say(("Total", "總額")), &formats.label)?;
    for position in 0..=payers.len() {
        let letter = letters(column(position + 2));
        let formula = format!(
            "=SUM({letter}{}:{letter}{})",
            FIRST_ROW + 1,
            last.max(FIRST_ROW + 1)
        );
        let of_payer = payers
            .get(position)
            .and_then(|payer| flow.sources.get(*payer));
        let sum = of_payer.copied().unwrap_or(flow.total).to_string();
        paper.formula(
            last,
            column(position + 2),
            &formula,
            &sum,
            &formats.strong_money,
        )?;
    }
    tie(
        paper,
        source,
        (last + 1, all),
        &format!("SUM({})", area("F")),
        last,
    )?;
    paper.sheet.set_freeze_panes(FIRST_ROW, 2)?;
    Ok(())
}
