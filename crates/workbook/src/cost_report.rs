//! The annual financial report in the schedules of a cost plan: which activities are in it, which are
//! left out, and what is not known yet.
use std::collections::BTreeSet;

use costshare::Membership;
use rust_xlsxwriter::XlsxError;

use crate::{
    cost_export::CostPlanSource,
    cost_schedules::{column, count, letters, tie},
    cost_sheets::FIRST_ROW,
    language::Words,
    paper::Paper,
};

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

/// Writes the report from row `start` on.
pub(crate) fn annual_report(
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
