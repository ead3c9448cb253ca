//! The words a rule file may use, in one table each: operators that say yes or no, and operators
//! that give a value.

/// Operators that say yes or no.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RuleOp {
    And,
    Or,
    Not,
    Implies,
    Any,
    All,
    None,
    Eq,
    Ne,
    Lt,
    Lte,
    Gt,
    Gte,
    Between,
    In,
    Superset,
    Subset,
    Intersects,
    Matches,
    Present,
    AllPresent,
    MinLength,
    MaxLength,
    MinCount,
    MaxCount,
    Ruleset,
    Criterion,
    Ratio,
}

/// Operators that give a value. `ratio` is also a rule of its own, which reports it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TermOp {
    Add,
    Sub,
    Mul,
    Div,
    Max,
    Min,
    Sum,
    Count,
    MonthsBetween,
    DaysBetween,
    Table,
    Ratio,
}

const RULE_OPS: [(&str, RuleOp); 28] = [
    ("and", RuleOp::And),
    ("or", RuleOp::Or),
    ("not", RuleOp::Not),
    ("implies", RuleOp::Implies),
    ("any", RuleOp::Any),
    ("all", RuleOp::All),
    ("none", RuleOp::None),
    ("eq", RuleOp::Eq),
    ("ne", RuleOp::Ne),
    ("lt", RuleOp::Lt),
    ("lte", RuleOp::Lte),
    ("gt", RuleOp::Gt),
    ("gte", RuleOp::Gte),
    ("between", RuleOp::Between),
    ("in", RuleOp::In),
    ("superset", RuleOp::Superset),
    ("subset", RuleOp::Subset),
    ("intersects", RuleOp::Intersects),
    ("matches", RuleOp::Matches),
    ("present", RuleOp::Present),
    ("all_present", RuleOp::AllPresent),
    ("min_length", RuleOp::MinLength),
    ("max_length", RuleOp::MaxLength),
    ("min_count", RuleOp::MinCount),
    ("max_count", RuleOp::MaxCount),
    ("ruleset", RuleOp::Ruleset),
    ("criterion", RuleOp::Criterion),
    ("ratio", RuleOp::Ratio),
];

const TERM_OPS: [(&str, TermOp); 12] = [
    ("add", TermOp::Add),
    ("sub", TermOp::Sub),
    ("mul", TermOp::Mul),
    ("div", TermOp::Div),
    ("max", TermOp::Max),
    ("min", TermOp::Min),
    ("sum", TermOp::Sum),
    ("count", TermOp::Count),
    ("months_between", TermOp::MonthsBetween),
    ("days_between", TermOp::DaysBetween),
    ("table", TermOp::Table),
    ("ratio", TermOp::Ratio),
];

impl RuleOp {
    pub(crate) fn from_word(word: &str) -> Option<Self> {
        find(&RULE_OPS, word)
    }

    pub(crate) fn words() -> String {
        words(&RULE_OPS)
    }
}

impl TermOp {
    pub(crate) fn from_word(word: &str) -> Option<Self> {
        find(&TERM_OPS, word)
    }

    pub(crate) fn words() -> String {
        words(&TERM_OPS)
    }
}

fn find<T: Copy>(table: &[(&str, T)], word: &str) -> Option<T> {
    table
        .iter()
        .find(|(known, _)| *known == word)
        .map(|(_, op)| *op)
}

fn words<T>(table: &[(&str, T)]) -> String {
    let known: Vec<&str> = table.iter().map(|(word, _)| *word).collect();
    known.join(", ")
}
