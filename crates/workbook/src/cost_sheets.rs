//! The sheets of a cost plan that are about pools: what they are, and how each is split to the cent.
use std::collections::BTreeMap;

use costshare::{Pool, PoolResult};
use money::{Decimal, Hkd, exact_text, normal_text, truncate_to_cent};
use rust_xlsxwriter::XlsxError;
use serde_json::Value;

use crate::{
    column::Kind,
    cost_export::{CostPlanSource, POOLS},
    language::Words,
    paper::{Paper, at, quoted},
    pool_columns::{COLUMNS, basis_words},
};

pub(crate) const HEADING_ROW: u32 = 3;
pub(crate) const FIRST_ROW: u32 = 4;

const NOTES: [Words; 4] = [
    (
        "Pools is a plain sheet: one row for each pool and activity. Change it and send it back by upload; every difference is shown before anything is kept.",
        "「成本組別」為一般表格：每一組別的每項活動一行。修改後可上載，系統會先列出所有差異，確認後才保留。",
    ),
    (
        "Apportionment: amount × weight ÷ basis, cut to the cent; the cents left over go to the largest remainders, ties to the activity that comes first.",
        "分攤計算：總額 × 權數 ÷ 基準，先取至仙；餘下的仙數按餘數由大至小分配，餘數相同則以排先的活動為準。",
    ),
    (
        "The weight of an activity whose projects are all exempt leaves the basis (our reading, a setting of the programme).",
        "活動下所有項目均獲豁免時，其權數不計入基準（本系統的理解，屬計劃設定）。",
    ),
    (
        "Tie rows compare sums that were reached on different ways; a difference other than 0.00 is an error.",
        "「核對」行比較以不同方法得出的總和；差額如非0.00即有錯誤。",
    ),
];

/// What the workbook is.
pub(crate) fn readme(paper: &mut Paper<'_>, source: &CostPlanSource<'_>) -> Result<(), XlsxError> {
    let formats = paper.formats;
    let say = |words| source.say(words);
    paper.sheet.set_column_width(0, 26)?;
    paper.sheet.set_column_width(1, 90)?;
    let title = say(("Plumbline cost plan", "衡善成本分攤計劃"));
    paper.text(0, 0, title, &formats.title)?;
    if source.meta.fictional {
        let words = say((
            "FICTIONAL DATA: every organisation, person and figure is made up.",
            "虛構資料：所有機構、人物及數字均屬虛構。",
        ));
        paper.text(1, 0, words, &formats.warning)?;
    }
    let engine = format!("{} {}", costshare::ENGINE_NAME, costshare::ENGINE_VERSION);
    let facts = [
        (("Application", "申請編號"), source.meta.reference.clone()),
        (("Project", "項目"), source.meta.title.clone()),
        (
            ("Exported on", "匯出日期"),
            source.meta.exported_on.to_string(),
        ),
        (("Computed by", "計算程式"), engine),
        (
            ("Rule set", "規則"),
            format!("{} {}", costshare::RULESET_ID, costshare::RULESET_VERSION),
        ),
    ];
    let mut row = 3;
    for (words, value) in facts {
        paper.text(row, 0, say(words), &formats.label)?;
        paper.text(row, 1, &value, &formats.text)?;
        row += 1;
    }
    for words in NOTES {
        row += 1;
        paper.text(row, 1, say(words), &formats.note)?;
    }
    Ok(())
}

/// One row of the pools sheet, and of the apportionment below it.
pub(crate) struct Row<'a> {
    pub(crate) pool: &'a Pool,
    pub(crate) result: &'a PoolResult,
    pub(crate) activity: &'a str,
    pub(crate) weight: Decimal,
    /// First and last row of its pool.
    pub(crate) first: u32,
    pub(crate) last: u32,
}

/// The rows in the order of the pools and then of the activities' ids, which also breaks ties.
pub(crate) fn rows<'a>(source: &CostPlanSource<'a>) -> Vec<Row<'a>> {
    let Some((request, evaluation)) = source.apportionment else {
        return Vec::new();
    };
    let mut rows = Vec::new();
    let mut first = FIRST_ROW;
    for (pool, result) in request.pools.iter().zip(&evaluation.pools) {
        let count = u32::try_from(pool.weights.len()).unwrap_or(u32::MAX);
        let last = first.saturating_add(count).saturating_sub(1);
        rows.extend(pool.weights.iter().map(|(activity, weight)| Row {
            pool,
            result,
            activity,
            weight: *weight,
            first,
            last,
        }));
        first = last.saturating_add(1);
    }
    rows
}

/// What the section says of each pool, by id.
fn records(section: &Value) -> BTreeMap<&str, &Value> {
    let pools = section["pools"].as_array();
    pools
        .into_iter()
        .flatten()
        .filter_map(|record| Some((record["id"].as_str()?, record)))
        .collect()
}

/// What a pool is called.
pub(crate) fn pool_name<'a>(source: &CostPlanSource<'a>, id: &'a str) -> &'a str {
    let found = records(source.section).get(id).copied();
    let name = found.and_then(|record| record["name"].as_str());
    name.filter(|name| !name.trim().is_empty()).unwrap_or(id)
}

/// The plain sheet.
pub(crate) fn pools(paper: &mut Paper<'_>, source: &CostPlanSource<'_>) -> Result<(), XlsxError> {
    let formats = paper.formats;
    let title = source.say(("Pools of shared cost", "共用成本組別"));
    paper.text(0, 0, title, &formats.title)?;
    for (at, column) in (0_u16..).zip(COLUMNS) {
        paper.text(
            HEADING_ROW,
            at,
            source.say(column.heading),
            &formats.heading,
        )?;
        paper.sheet.set_column_width(at, column.width)?;
    }
    let records = records(source.section);
    let (text, number) = (formats.input(Kind::Text), formats.input(Kind::Decimal));
    let rows = rows(source);
    for (position, row) in (FIRST_ROW..).zip(&rows) {
        let record = records
            .get(row.pool.id.as_str())
            .copied()
            .unwrap_or(&Value::Null);
        let own = |key: &str| record[key].as_str().unwrap_or_default().to_owned();
        let evidence = record["weight_evidence"][row.activity]
            .as_str()
            .unwrap_or_default();
        let is_first = position == row.first;
        let once = |value: String| if is_first { value } else { String::new() };
        paper.text(position, 0, &row.pool.id, &text)?;
        paper.text(position, 1, pool_name(source, &row.pool.id), &text)?;
        if is_first {
            paper.number(position, 2, &row.pool.amount.to_string(), &number)?;
        } else {
            paper.text(position, 2, "", &number)?;
        }
        let basis =
            basis_words(&row.pool.basis).map_or(row.pool.basis.as_str(), |words| source.say(words));
        paper.text(position, 3, &once(basis.to_owned()), &text)?;
        paper.text(position, 4, row.activity, &text)?;
        paper.number(position, 5, &normal_text(row.weight), &number)?;
        paper.text(position, 6, evidence, &text)?;
        paper.text(position, 7, &once(own("evidence")), &text)?;
        paper.text(position, 8, &once(own("period_from")), &text)?;
        paper.text(position, 9, &once(own("period_to")), &text)?;
    }
    paper.sheet.set_freeze_panes(FIRST_ROW, 2)?;
    Ok(())
}

const HEADINGS: [(Words, u8); 11] = [
    (("Pool", "組別"), 34),
    (("Activity", "活動"), 20),
    (
        ("In the basis (1) or exempt (0)", "計入基準（1）或豁免（0）"),
        14,
    ),
    (("Weight in the basis", "計入基準的權數"), 16),
    (("Exact share", "精確攤額"), 20),
    (("Cut to the cent", "取至仙"), 16),
    (("Remainder", "餘數"), 16),
    (("Cent by largest remainder", "最大餘數加仙"), 14),
    (("Share", "攤額"), 16),
    (("Computed at export", "匯出時的計算結果"), 18),
    (("Difference", "差額"), 12),
];

/// Column of the share on the sheet of the apportionment.
pub(crate) const SHARE: &str = "I";

/// How each pool is split, cent by cent.
pub(crate) fn apportionment(
    paper: &mut Paper<'_>,
    source: &CostPlanSource<'_>,
) -> Result<(), XlsxError> {
    let formats = paper.formats;
    let title = source.say(("Apportionment", "分攤計算"));
    paper.text(0, 0, title, &formats.title)?;
    for (at, (words, width)) in (0_u16..).zip(HEADINGS) {
        paper.text(HEADING_ROW, at, source.say(words), &formats.heading)?;
        paper.sheet.set_column_width(at, width)?;
    }
    let rows = rows(source);
    for (position, row) in (FIRST_ROW..).zip(&rows) {
        share_row(paper, source, position, row)?;
    }
    let last = FIRST_ROW + u32::try_from(rows.len()).unwrap_or(u32::MAX);
    let total = Hkd::checked_sum(
        source
            .apportionment
            .iter()
            .flat_map(|(request, _)| request.pools.iter().map(|pool| pool.amount)),
    )
    .unwrap_or_default()
    .to_string();
    let sum = |column: &str| {
        format!(
            "=SUM({column}{}:{column}{})",
            FIRST_ROW + 1,
            last.max(FIRST_ROW + 1)
        )
    };
    paper.text(
        last,
        0,
        source.say(("Sum of the shares", "攤額總和")),
        &formats.label,
    )?;
    paper.formula(last, 8, &sum(SHARE), &total, &formats.strong_money)?;
    paper.text(
        last + 1,
        0,
        source.say(("Sum of the pools", "組別總和")),
        &formats.label,
    )?;
    let pools = quoted(source.say(POOLS));
    let amounts = format!(
        "=SUM({pools}!C{}:C{})",
        FIRST_ROW + 1,
        last.max(FIRST_ROW + 1)
    );
    paper.formula(last + 1, 8, &amounts, &total, &formats.strong_money)?;
    paper.text(last + 2, 0, source.say(("Tie", "核對")), &formats.label)?;
    let tie = format!("=ROUND(I{}-I{},2)", last + 1, last + 2);
    paper.formula(last + 2, 8, &tie, "0", &formats.strong_money)?;
    paper.sheet.set_freeze_panes(FIRST_ROW, 2)?;
    Ok(())
}

/// Amount × weight ÷ basis.
fn exact_share(row: &Row<'_>, weight: Decimal) -> Decimal {
    let out = &row.result.left_out;
    let in_basis = row
        .pool
        .weights
        .iter()
        .filter(|(activity, _)| !out.iter().any(|left| left.activity == **activity));
    let basis: Decimal = in_basis.map(|(_, weight)| *weight).sum();
    let product = row.pool.amount.decimal().checked_mul(weight);
    product
        .and_then(|product| product.checked_div(basis))
        .unwrap_or_default()
}

fn share_row(
    paper: &mut Paper<'_>,
    source: &CostPlanSource<'_>,
    position: u32,
    row: &Row<'_>,
) -> Result<(), XlsxError> {
    let formats = paper.formats;
    let pools = quoted(source.say(POOLS));
    let n = position + 1;
    let (first, last) = (row.first + 1, row.last + 1);
    let left_out = row
        .result
        .left_out
        .iter()
        .any(|out| out.activity == row.activity);
    let share = row
        .result
        .shares
        .get(row.activity)
        .copied()
        .unwrap_or_default()
        .to_string();
    let basis = if left_out { Decimal::ZERO } else { row.weight };
    let exact_share = exact_share(row, basis);
    let cut_share = truncate_to_cent(exact_share).unwrap_or(exact_share);
    let cent_share = row
        .result
        .shares
        .get(row.activity)
        .map_or(Decimal::ZERO, |share| share.decimal())
        - cut_share;
    paper.text(position, 0, pool_name(source, &row.pool.id), &formats.text)?;
    paper.formula(
        position,
        1,
        &format!("={pools}!E{n}"),
        row.activity,
        &formats.text,
    )?;
    paper.number(
        position,
        2,
        if left_out { "0" } else { "1" },
        &formats.whole,
    )?;
    let weight = format!("={pools}!F{n}*C{n}");
    paper.formula(position, 3, &weight, &normal_text(basis), &formats.money)?;
    let exact =
        format!("=IF(SUM(D${first}:D${last})=0,0,{pools}!$C${first}*D{n}/SUM(D${first}:D${last}))");
    paper.formula(
        position,
        4,
        &exact,
        &exact_text(exact_share),
        &formats.factor,
    )?;
    // Nine places first: a float just below a cent is that cent.
    let cut = format!("=ROUNDDOWN(ROUND(E{n},9),2)");
    paper.formula(position, 5, &cut, &normal_text(cut_share), &formats.money)?;
    let remainder = format!("=ROUND(E{n}-F{n},9)");
    paper.formula(
        position,
        6,
        &remainder,
        &exact_text(exact_share - cut_share),
        &formats.factor,
    )?;
    let cent = format!(
        "=IF(RANK(G{n},G${first}:G${last})+COUNTIF(G${first}:G{n},G{n})-1<=ROUND(({pools}!$C${first}-SUM(F${first}:F${last}))*100,0),0.01,0)"
    );
    paper.formula(position, 7, &cent, &normal_text(cent_share), &formats.money)?;
    let sum = format!("=ROUND(F{n}+H{n},2)");
    paper.formula(position, 8, &sum, &share, &formats.strong_money)?;
    paper.number(position, 9, &share, &formats.money)?;
    let difference = format!("=ROUND({}-{},2)", at(position, 8), at(position, 9));
    paper.formula(position, 10, &difference, "0", &formats.money)
}
