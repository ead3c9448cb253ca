//! A made-up shortlist of any length for the tests of what is written from it: seven tenths of the
//! applications are ranked, the budget pays for the best of them, every column has a value somewhere.
use chrono::{DateTime, Utc};
use explain::Text;
use money::{Decimal, Hkd, Ratio, Share};
use report::shortlist::{
    Adoption, CheckLine, CriterionLine, PriceLine, Run, SelectionLine, ShortlistLine,
    ShortlistSheet, SroiLine, Standing,
};

pub(crate) fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn hkd(cents: usize) -> Hkd {
    let cents = i64::try_from(cents).unwrap();
    Hkd::try_from_decimal(Decimal::new(cents, 2)).unwrap()
}

fn instant(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn ratio(text: &str) -> Ratio {
    money::Amount::try_from_text(text)
        .unwrap()
        .ratio_to(money::Amount::try_from_text("1").unwrap())
        .unwrap()
}

fn criteria() -> Vec<CriterionLine> {
    let all = [
        ("R1", "Need and evidence of need", "需要及其證據", "0.25"),
        ("R2", "Social return (P5)", "社會投資回報（P5）", "0.3"),
        ("R3", "Delivery and feasibility", "執行及可行性", "0.2"),
        ("R4", "Participation of users", "服務使用者參與", "0.25"),
    ];
    all.map(|(id, en, zh, weight)| CriterionLine {
        id: id.to_owned(),
        name: Text::new(en, zh),
        weight: Share::try_from_text(weight).unwrap(),
        zero: decimal("0"),
        hundred: decimal(if id == "R2" { "4.5" } else { "5" }),
    })
    .to_vec()
}

fn line(position: usize, ranked: bool, criteria: &[CriterionLine]) -> ShortlistLine {
    let part = |index: usize| {
        let thousandths =
            18_750_i64 - i64::try_from(position * 130 + index * 777).unwrap() % 18_000;
        Decimal::new(thousandths.max(0), 3)
    };
    let points: std::collections::BTreeMap<String, Decimal> = criteria
        .iter()
        .enumerate()
        .map(|(index, criterion)| (criterion.id.clone(), part(index)))
        .collect();
    let number = position + 1;
    ShortlistLine {
        rank: ranked.then(|| u32::try_from(number).unwrap()),
        reference: format!("DF-26-{number:03}"),
        organisation: Text::new(
            format!("Harbour Lane Community Association No. {number}"),
            format!("海港里社區服務會（第{number}分會）"),
        ),
        title: Text::new(
            "Neighbours who visit: respite for carers of older people in Sham Shui Po",
            "鄰里探訪：深水埗長者照顧者暫託計劃",
        ),
        size_band: ["small", "medium", "large"][position % 3].to_owned(),
        districts: vec![
            Text::new("Sham Shui Po", "深水埗"),
            Text::new("Kwun Tong", "觀塘"),
        ],
        ask: hkd(45_000_000 + position * 1_234_567),
        cumulative: None,
        above_line: false,
        would_still_fit: false,
        sroi: (position % 5 != 4).then(|| SroiLine {
            point: ratio("2.345678"),
            low: Some(ratio("1.2")),
            high: Some(ratio("3.987")),
            assessed: position.is_multiple_of(2),
        }),
        score: ranked.then(|| points.values().copied().sum()),
        points: if ranked {
            points
        } else {
            std::collections::BTreeMap::new()
        },
        stability: ranked.then(|| decimal("0.9625")),
        standing: ranked.then(|| {
            [
                Standing::RobustlyShortlisted,
                Standing::Contested,
                Standing::RobustlyOut,
            ][position % 3]
        }),
        second_rank: ranked.then(|| u32::try_from(number + position % 2).unwrap()),
        beside_rank: position
            .is_multiple_of(2)
            .then(|| u32::try_from(number).unwrap()),
        decision: (position < 3)
            .then(|| ["approve", "approve_in_part", "reserve"][position % 3].to_owned()),
        decided_amount: (position < 2).then(|| hkd(40_000_000)),
        selected_exact: position % 3 != 1,
        level: (position == 3).then(|| Text::new("Phase one", "第一階段")),
    }
}

fn selection() -> SelectionLine {
    SelectionLine {
        status: "optimal".to_owned(),
        objective: Some(decimal("412.35")),
        spent: hkd(298_765_432),
        bound: Some(decimal("412.35")),
        gap: Some(decimal("0")),
        greedy_objective: decimal("401.2"),
        method: Text::new("Exact search with bounds in integers", "整數界限精確搜尋"),
        checks: vec![
            CheckLine {
                rule: "budget".to_owned(),
                value: decimal("2987654.32"),
                limit: decimal("3000000"),
                holds: true,
            },
            CheckLine {
                rule: "at_most:district:kwun_tong:spend".to_owned(),
                value: decimal("900000"),
                limit: decimal("1000000"),
                holds: true,
            },
        ],
        prices: vec![PriceLine {
            rule: "small_share".to_owned(),
            points: Some(decimal("3.25")),
            spent: None,
        }],
    }
}

fn run(kind: &str, hash: char) -> Run {
    Run {
        id: format!("01990d2e-7c1b-7a31-9c55-{kind:0>12}"),
        input_hash: format!("v1:{}", &format!("{hash}0123456789abcdef").repeat(4)[..64]),
        engine: "plumbline-ranking 1.0.0".to_owned(),
    }
}

/// A shortlist of so many applications.
pub(crate) fn sheet(count: usize) -> ShortlistSheet {
    let criteria = criteria();
    let mut rows: Vec<_> = (0..count)
        .map(|position| line(position, position * 10 < count * 7, &criteria))
        .collect();
    let (mut sum, mut committed) = (Hkd::ZERO, Hkd::ZERO);
    let budget = hkd(45_000_000 * (count / 3 + 1));
    let mut open = true;
    for row in rows.iter_mut().filter(|row| row.rank.is_some()) {
        sum = sum.checked_add(row.ask).unwrap();
        row.cumulative = Some(sum);
        open = open && sum <= budget;
        row.above_line = open;
        if open {
            committed = sum;
        }
    }
    let left = budget.checked_sub(committed).unwrap();
    for row in &mut rows {
        row.would_still_fit = row.rank.is_some() && !row.above_line && row.ask <= left;
    }
    ShortlistSheet {
        round_code: "DF-2026-1".to_owned(),
        round_name: Text::new("Demonstration round 2026", "示範輪次二零二六"),
        funder: Text::new("Demonstration Fund", "示範基金"),
        fictional: true,
        computed_at: instant("2026-11-22T02:03:04Z"),
        adopted: Some(Adoption {
            by: "Chan Tai Man".to_owned(),
            at: instant("2026-11-23T08:30:00Z"),
        }),
        ranking_id: "01990d2e-7c1b-7a31-9c55-0000000000aa".to_owned(),
        rank_run: run("1", 'a'),
        select_run: Some(run("2", 'b')),
        rules_version: "2026.1".to_owned(),
        budget,
        committed,
        left,
        criteria,
        rows,
        selection: Some(selection()),
        notes: vec![Text::new(
            "Ties are broken by the social return, then by the lower cost.",
            "同分者先按社會投資回報、再按較低款額定先後。",
        )],
    }
}
