//! The columns of a pool sheet, as they are written and as a finance department may call them, and the
//! bases of apportionment by name.
use crate::language::Words;

/// What stands in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum PoolColumn {
    Id,
    Pool,
    Amount,
    Basis,
    Activity,
    Weight,
    Evidence,
    PoolEvidence,
    PeriodFrom,
    PeriodTo,
    /// Both days in one cell: `2025-04-01 to 2026-03-31`.
    Period,
}

impl PoolColumn {
    /// How the column is named inside a grid.
    pub(crate) fn key(self) -> String {
        format!("{self:?}")
    }
}

/// One column as it is written.
pub(crate) struct Heading {
    pub(crate) heading: Words,
    pub(crate) width: u8,
}

const fn heading(en: &'static str, zh: &'static str, width: u8) -> Heading {
    Heading {
        heading: (en, zh),
        width,
    }
}

/// The columns in the order of the exported sheet.
pub(crate) const COLUMNS: [Heading; 10] = [
    heading("Pool id", "組別編號", 12),
    heading("Pool", "組別", 34),
    heading("Amount", "總額", 16),
    heading("Basis", "基準", 26),
    heading("Activity", "活動", 20),
    heading("Weight", "權數", 14),
    heading("Evidence", "證明", 34),
    heading("Evidence of the pool", "組別證明", 34),
    heading("Period from", "期間由", 14),
    heading("Period to", "期間至", 14),
];

const NAMES: [(PoolColumn, &[&str]); 11] = [
    (PoolColumn::Id, &["pool id", "id", "組別編號", "編號"]),
    (
        PoolColumn::Pool,
        &[
            "pool",
            "cost pool",
            "pool name",
            "組別",
            "成本組別",
            "組別名稱",
        ],
    ),
    (
        PoolColumn::Amount,
        &[
            "amount",
            "amount hkd",
            "amount (hk$)",
            "總額",
            "金額",
            "款額",
            "分攤總額",
        ],
    ),
    (PoolColumn::Basis, &["basis", "基準", "分攤基準"]),
    (PoolColumn::Activity, &["activity", "活動"]),
    (PoolColumn::Weight, &["weight", "weights", "權數"]),
    (PoolColumn::Evidence, &["evidence", "證明"]),
    (
        PoolColumn::PoolEvidence,
        &["evidence of the pool", "pool evidence", "組別證明"],
    ),
    (
        PoolColumn::PeriodFrom,
        &["period from", "from", "期間由", "由"],
    ),
    (PoolColumn::PeriodTo, &["period to", "to", "期間至", "至"]),
    (PoolColumn::Period, &["period", "期間"]),
];

/// The column that a heading names, if it names one.
pub(crate) fn column_of(heading: &str) -> Option<PoolColumn> {
    let plain = heading.trim().to_lowercase();
    NAMES
        .iter()
        .find(|(_, names)| names.contains(&plain.as_str()))
        .map(|(column, _)| *column)
}

const BASES: [(&str, Words); 8] = [
    ("direct", ("Direct charge", "直接入帳")),
    ("staff_time", ("Hours worked", "員工工時")),
    ("fte", ("Full-time-equivalent staff", "等同全職人數")),
    (
        "floor_area",
        ("Floor area (m2) x hours of use", "樓面面積乘使用時數"),
    ),
    ("usage", ("Metered or logged use", "實際用量")),
    ("transactions", ("Transactions processed", "交易宗數")),
    (
        "service_users",
        ("Service users or attendances", "服務人次"),
    ),
    (
        "expenditure",
        ("Direct expenditure (last resort)", "直接開支（最後選擇）"),
    ),
];

/// The words of a basis.
pub(crate) fn basis_words(code: &str) -> Option<Words> {
    let found = BASES.iter().find(|(own, _)| *own == code);
    found.map(|(_, words)| *words)
}

/// The code of a basis by its code or its words in either language.
pub(crate) fn basis_code(text: &str) -> Option<&'static str> {
    let plain = text.trim().to_lowercase();
    BASES
        .iter()
        .find(|(code, (en, zh))| *code == plain || en.to_lowercase() == plain || *zh == plain)
        .map(|(code, _)| *code)
}

/// The codes, for the words of a refusal.
pub(crate) fn basis_codes() -> String {
    BASES.map(|(code, _)| code).join(", ")
}
