//! The columns of the sheets of rules: where each cell stands in its record, and what it holds.
use crate::language::Words;

/// What a cell holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Holds {
    /// Words.
    Text,
    /// Any value as JSON.
    Json,
    /// Words with commas between.
    List,
}

/// One column.
pub(crate) struct Column {
    pub(crate) key: &'static str,
    /// Where it stands in the record.
    pub(crate) path: &'static [&'static str],
    pub(crate) holds: Holds,
    pub(crate) heading: Words,
    pub(crate) width: u8,
}

pub(crate) const fn column(
    key: &'static str,
    path: &'static [&'static str],
    holds: Holds,
    heading: Words,
    width: u8,
) -> Column {
    Column {
        key,
        path,
        holds,
        heading,
        width,
    }
}

pub(crate) const CRITERIA: [Column; 27] = [
    column("criterion.id", &["id"], Holds::Text, ("Id", "編號"), 10),
    column(
        "criterion.group",
        &["group"],
        Holds::Text,
        ("Group", "組別"),
        14,
    ),
    column(
        "criterion.severity",
        &["severity"],
        Holds::Text,
        ("Severity (hard, soft, info)", "性質（hard、soft、info）"),
        12,
    ),
    column(
        "criterion.question_en",
        &["question_en"],
        Holds::Text,
        ("Question, English", "問題（英文）"),
        40,
    ),
    column(
        "criterion.question_zh",
        &["question_zh"],
        Holds::Text,
        ("Question, Chinese", "問題（中文）"),
        40,
    ),
    column(
        "criterion.rule",
        &["rule"],
        Holds::Json,
        ("Rule (JSON)", "規則（JSON）"),
        60,
    ),
    column(
        "criterion.effective_from",
        &["effective_from"],
        Holds::Text,
        ("Applies from", "生效日期"),
        12,
    ),
    column(
        "criterion.effective_to",
        &["effective_to"],
        Holds::Text,
        ("Applies to", "終止日期"),
        12,
    ),
    column(
        "criterion.evidence",
        &["evidence"],
        Holds::Text,
        ("Evidence, English", "證明（英文）"),
        24,
    ),
    column(
        "criterion.evidence_zh",
        &["evidence_zh"],
        Holds::Text,
        ("Evidence, Chinese", "證明（中文）"),
        24,
    ),
    column(
        "criterion.source",
        &["source"],
        Holds::List,
        ("Source marks", "來源標記"),
        14,
    ),
    column(
        "criterion.note",
        &["note"],
        Holds::Text,
        ("Note", "備註"),
        30,
    ),
    column(
        "criterion.fix_field",
        &["fix_field"],
        Holds::Text,
        ("Field that mends it", "更正欄位"),
        26,
    ),
    column(
        "criterion.pass_en",
        &["reason", "pass", "en"],
        Holds::Text,
        ("When met, English", "符合時（英文）"),
        40,
    ),
    column(
        "criterion.pass_zh",
        &["reason", "pass", "zh"],
        Holds::Text,
        ("When met, Chinese", "符合時（中文）"),
        40,
    ),
    column(
        "criterion.fail_en",
        &["reason", "fail", "en"],
        Holds::Text,
        ("When not met, English", "不符合時（英文）"),
        40,
    ),
    column(
        "criterion.fail_zh",
        &["reason", "fail", "zh"],
        Holds::Text,
        ("When not met, Chinese", "不符合時（中文）"),
        40,
    ),
    column(
        "criterion.unknown_en",
        &["reason", "unknown", "en"],
        Holds::Text,
        ("When not known, English", "資料不足時（英文）"),
        40,
    ),
    column(
        "criterion.unknown_zh",
        &["reason", "unknown", "zh"],
        Holds::Text,
        ("When not known, Chinese", "資料不足時（中文）"),
        40,
    ),
    column(
        "criterion.info_en",
        &["reason", "info", "en"],
        Holds::Text,
        ("As information, English", "作參考時（英文）"),
        30,
    ),
    column(
        "criterion.info_zh",
        &["reason", "info", "zh"],
        Holds::Text,
        ("As information, Chinese", "作參考時（中文）"),
        30,
    ),
    column(
        "criterion.fix_fail_en",
        &["fix", "fail", "en"],
        Holds::Text,
        ("How to mend, English", "如何更正（英文）"),
        40,
    ),
    column(
        "criterion.fix_fail_zh",
        &["fix", "fail", "zh"],
        Holds::Text,
        ("How to mend, Chinese", "如何更正（中文）"),
        40,
    ),
    column(
        "criterion.fix_unknown_en",
        &["fix", "unknown", "en"],
        Holds::Text,
        ("What to supply, English", "如何補充（英文）"),
        40,
    ),
    column(
        "criterion.fix_unknown_zh",
        &["fix", "unknown", "zh"],
        Holds::Text,
        ("What to supply, Chinese", "如何補充（中文）"),
        40,
    ),
    column(
        "criterion.reason",
        &["reason"],
        Holds::Json,
        ("Other reasons (JSON)", "其他理由（JSON）"),
        16,
    ),
    column(
        "criterion.fix",
        &["fix"],
        Holds::Json,
        ("Other fixes (JSON)", "其他更正方法（JSON）"),
        16,
    ),
];

pub(crate) const PARAMETERS: [Column; 3] = [
    column(
        "parameter.name",
        &["name"],
        Holds::Text,
        ("Parameter", "參數"),
        28,
    ),
    column(
        "parameter.value",
        &["value"],
        Holds::Json,
        ("Value (JSON)", "數值（JSON）"),
        60,
    ),
    column(
        "parameter.status",
        &["status"],
        Holds::Text,
        ("Source", "來源"),
        40,
    ),
];

pub(crate) const TABLES: [Column; 2] = [
    column(
        "table.name",
        &["name"],
        Holds::Text,
        ("Decision table", "決策表"),
        28,
    ),
    column(
        "table.value",
        &["value"],
        Holds::Json,
        ("Table (JSON)", "內容（JSON）"),
        100,
    ),
];

pub(crate) const WORDS: [Column; 3] = [
    column("word.code", &["name"], Holds::Text, ("Code", "代碼"), 28),
    column(
        "word.en",
        &["value", "en"],
        Holds::Text,
        ("English", "英文"),
        40,
    ),
    column(
        "word.zh",
        &["value", "zh"],
        Holds::Text,
        ("Chinese", "中文"),
        40,
    ),
];
