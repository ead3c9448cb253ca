//! What workbook and print both say about a shortlist, in both languages: one wording for one
//! thing, and a stable code is shown as itself rather than left out when nobody has words for it.
use explain::{Language, Words};

use super::Standing;

/// The document.
pub const TITLE: Words = ("Ranked shortlist", "入圍名單");
/// Warning on demonstration data.
pub const FICTIONAL: Words = (
    "FICTIONAL DATA: every organisation, person and figure is made up.",
    "虛構資料：所有機構、人物及數字均屬虛構。",
);
/// What a ranking is.
pub const PERSON_DECIDES: Words = (
    "The ranking is a proposal on fixed weights. A person decides each application.",
    "排名按固定比重提出建議，每宗申請均由人作決定。",
);
/// Where a ranking nobody adopted.
pub const NOT_ADOPTED: Words = ("Proposed, not adopted", "建議，尚未採納");
/// The line through the list.
pub const BUDGET_LINE: Words = ("Budget line", "撥款界線");

/// Label of the round.
pub const ROUND: Words = ("Round", "輪次");
/// Label of the funder.
pub const FUNDER: Words = ("Funder", "撥款機構");
/// Label of the instant of computing.
pub const COMPUTED: Words = ("Computed", "計算時間");
/// Label of the adoption.
pub const ADOPTED: Words = ("Adopted", "採納");
/// Label of the ranking's id.
pub const RANKING: Words = ("Ranking", "排名編號");
/// Label of the run behind the ranks.
pub const RANK_RUN: Words = ("Run of the ranking", "排名運算");
/// Label of the run behind the exact set.
pub const SELECT_RUN: Words = ("Run of the exact set", "最佳組合運算");
/// Label of a hash.
pub const HASH: Words = ("Hash of the input", "輸入資料雜湊值");
/// Label of an engine.
pub const ENGINE: Words = ("Engine", "計算引擎");
/// Label of the version of the rules.
pub const RULES: Words = ("Rules", "規則版本");
/// Label of the budget.
pub const BUDGET: Words = ("Budget (HK$)", "預算（港元）");
/// Label of what stands above the line.
pub const COMMITTED: Words = ("Committed above the line (HK$)", "界線以上已承擔（港元）");
/// Label of what is left.
pub const LEFT: Words = ("Left (HK$)", "餘款（港元）");

/// Heading of the criteria.
pub const CRITERIA: Words = ("Criteria", "評分準則");
/// One criterion.
pub const CRITERION: Words = ("Criterion", "準則");
/// Its weight.
pub const WEIGHT: Words = ("Weight", "比重");
/// Its anchors.
pub const ANCHORS: [Words; 2] = [("0 points at", "0 分位置"), ("100 points at", "100 分位置")];

/// Column of the rank.
pub const RANK: Words = ("Rank", "排名");
/// Column of the reference.
pub const REFERENCE: Words = ("Reference", "編號");
/// Column of the size of the organisation.
pub const SIZE: Words = ("Size", "規模");
/// Column of the districts.
pub const DISTRICTS: Words = ("Districts", "地區");
/// Column of what is asked for.
pub const ASK: Words = ("Ask (HK$)", "申請款額（港元）");
/// Column of the running sum.
pub const CUMULATIVE: Words = ("Cumulative (HK$)", "累計款額（港元）");
/// Column of the score.
pub const SCORE: Words = ("Score", "總分");
/// Column of the share of weightings.
pub const STABILITY: Words = ("Stability", "排名穩定度");
/// Column of the second method's rank.
pub const SECOND: Words = ("Rank, second opinion", "第二意見排名");
/// Column of the rank beside the official one.
pub const BESIDE: Words = ("Rank beside", "並列排名");
/// Column of the decision.
pub const DECISION: Words = ("Decision", "決定");
/// Column of membership in the exact set.
pub const IN_SET: Words = ("In the exact set", "屬最佳組合");
/// Column of the funding level.
pub const LEVEL: Words = ("Funding level", "資助級別");

/// Heading of the exact set.
pub const SELECTION: Words = ("Exact set beside best-first", "最佳組合與按名次選取的比較");
/// Label of its status.
pub const STATUS: Words = ("Status", "狀態");
/// Label of its points.
pub const POINTS: Words = ("Points", "分數");
/// Label of its money.
pub const SPENT: Words = ("Spent (HK$)", "款額（港元）");
/// Label of its bound.
pub const BOUND: Words = ("No set scores more than", "任何組合的分數上限");
/// Label of bound minus points.
pub const GAP: Words = ("Gap (points)", "與上限相差（分）");
/// Label of best-first.
pub const GREEDY: Words = ("Points of best-first", "按名次選取的分數");
/// Label of the method.
pub const METHOD: Words = ("Method", "方法");
/// Heading of the rules.
pub const RULE: Words = ("Rule", "規則");
/// Column of what a set comes to.
pub const VALUE: Words = ("Value", "數值");
/// Column of what a rule allows.
pub const LIMIT: Words = ("Limit", "限額");
/// Column of whether it holds.
pub const HOLDS: Words = ("Holds", "符合");
/// Heading of the prices.
pub const PRICE: Words = ("Price of each rule", "各規則的代價");
/// Heading of the checks.
pub const CHECKS: Words = ("Rules checked on the set", "組合的規則核對");
/// Heading of the parts of the score.
pub const PARTS: Words = ("How each score adds up (points)", "各總分的組成（分）");
/// Heading of the notes.
pub const NOTES: Words = ("Notes", "備註");

const YES_NO: [Words; 2] = [("No", "否"), ("Yes", "是")];
const SIZES: &[(&str, Words)] = &[
    ("small", ("Small", "小型")),
    ("medium", ("Medium", "中型")),
    ("large", ("Large", "大型")),
];
const DECISIONS: &[(&str, Words)] = &[
    ("approve", ("Approved", "批准")),
    ("approve_in_part", ("Approved in part", "部分批准")),
    ("reserve", ("Reserve list", "候補名單")),
    ("decline", ("Declined", "不予批准")),
];
const STATUSES: &[(&str, Words)] = &[
    ("optimal", ("Proven best", "已證明為最佳")),
    (
        "infeasible",
        ("No set meets all rules", "沒有組合符合所有規則"),
    ),
    (
        "time_limit",
        ("Best found within the work limit", "運算上限內所得最佳"),
    ),
];
const RULES_WORDS: &[(&str, Words)] = &[
    ("budget", ("Budget", "預算")),
    (
        "small_share",
        (
            "Least share of the budget for small organisations",
            "小型機構最低預算佔比",
        ),
    ),
    (
        "max_per_group",
        ("Most projects per organisation", "每機構最多項目數目"),
    ),
    ("at_most", ("At most", "上限")),
    ("at_least", ("At least", "下限")),
    ("exclusive", ("Not together", "不可同時獲選")),
    ("requires", ("Only together with", "須同時獲選")),
];

/// The words of a code, or the code.
fn named(table: &[(&str, Words)], code: &str, language: Language) -> String {
    let found = table.iter().find(|(known, _)| *known == code);
    found.map_or_else(
        || code.to_owned(),
        |(_, words)| language.of(*words).to_owned(),
    )
}

/// Yes or no.
pub fn yes_no(is: bool, language: Language) -> &'static str {
    language.of(YES_NO[usize::from(is)])
}

/// The size of an organisation.
pub fn size(code: &str, language: Language) -> String {
    named(SIZES, code, language)
}

/// A decision.
pub fn decision(code: &str, language: Language) -> String {
    named(DECISIONS, code, language)
}

/// How far a selection is proven.
pub fn status(code: &str, language: Language) -> String {
    named(STATUSES, code, language)
}

/// A rule with the rest of its id: `At most: district kwun_tong spend`.
pub fn rule(id: &str, language: Language) -> String {
    let (code, rest) = id.split_once(':').unwrap_or((id, ""));
    let name = named(RULES_WORDS, code, language);
    if rest.is_empty() {
        return name;
    }
    let colon = language.of((": ", "："));
    format!("{name}{colon}{}", rest.replace(':', " "))
}

/// How an application stands when weights vary.
pub const fn standing(standing: Standing, language: Language) -> &'static str {
    language.of(match standing {
        Standing::RobustlyShortlisted => ("robustly shortlisted", "穩居界線以上"),
        Standing::Contested => ("contested", "視乎比重而定"),
        Standing::RobustlyOut => ("robustly out", "穩居界線以下"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_without_words_is_shown_and_not_left_out() {
        assert_eq!(decision("reserve", Language::Zh), "候補名單");
        assert_eq!(decision("parked", Language::En), "parked");
        let rule_id = "at_most:district:kwun_tong:spend";
        assert_eq!(
            rule(rule_id, Language::En),
            "At most: district kwun_tong spend"
        );
        assert_eq!(rule("small_share", Language::Zh), "小型機構最低預算佔比");
    }
}
