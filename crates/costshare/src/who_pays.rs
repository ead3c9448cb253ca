//! Who pays each part of a project: for every budget line and year, the parts of all sources
//! must equal the line's cost to the cent.
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use explain::{
    FinancialYear, Problem, Problems,
    json::Json,
    read::{self, Fields, join},
};
use money::{Hkd, MoneyError};

use crate::request::not_negative_hkd;

/// Most cells in one check: 500 lines, three years, a handful of sources.
const CELLS_MAX: usize = 10_000;

/// Where money comes from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// The grant asked for.
    Grant,
    /// The organisation's own contribution.
    Own,
    /// Another funder, by name.
    Other(String),
    /// Given in kind.
    InKind,
}

impl Source {
    /// Reads `grant`, `own`, `in_kind` or `other:<name>`.
    pub fn from_text(text: &str) -> Option<Self> {
        match text {
            "grant" => Some(Self::Grant),
            "own" => Some(Self::Own),
            "in_kind" => Some(Self::InKind),
            _ => text
                .strip_prefix("other:")
                .map(str::trim)
                .filter(|name| !name.is_empty())
                .map(|name| Self::Other(name.to_owned())),
        }
    }
}

impl fmt::Display for Source {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Grant => formatter.write_str("grant"),
            Self::Own => formatter.write_str("own"),
            Self::Other(name) => write!(formatter, "other:{name}"),
            Self::InKind => formatter.write_str("in_kind"),
        }
    }
}

/// One money cell: budget line × financial year × source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// Stable id of the budget line.
    pub line_id: String,
    /// The year.
    pub financial_year: FinancialYear,
    /// Who pays.
    pub source: Source,
    /// How much.
    pub amount: Hkd,
}

/// What a budget line costs in one year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineTotal {
    /// Stable id of the budget line.
    pub line_id: String,
    /// The year.
    pub financial_year: FinancialYear,
    /// Its whole cost.
    pub total: Hkd,
}

/// What each source pays of a cost.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sources {
    /// By source.
    pub parts: BTreeMap<Source, Hkd>,
    /// All sources together.
    pub paid: Hkd,
    /// The cost they should cover.
    pub cost: Hkd,
}

impl Sources {
    /// Whether the parts equal the cost to the cent.
    pub fn is_covered(&self) -> bool {
        self.paid == self.cost
    }

    /// Cost not yet covered; below zero when more is paid than it costs.
    pub fn shortfall(&self) -> Result<Hkd, MoneyError> {
        self.cost.checked_sub(self.paid)
    }

    fn pay(&mut self, source: &Source, amount: Hkd) -> Result<(), MoneyError> {
        let part = self.parts.entry(source.clone()).or_default();
        *part = part.checked_add(amount)?;
        self.paid = self.paid.checked_add(amount)?;
        Ok(())
    }
}

/// Who pays, per year and in total, with every line that does not add up.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WhoPays {
    /// Per financial year.
    pub years: BTreeMap<FinancialYear, Sources>,
    /// All years together.
    pub total: Sources,
    /// Lines whose parts differ from their cost, cells given twice, cells without a cost.
    pub problems: Problems,
}

impl WhoPays {
    /// Whether every line of every year is covered exactly.
    pub fn adds_up(&self) -> bool {
        self.problems.is_empty()
    }
}

/// Reads `{"rows":[{line_id, financial_year, source, amount}], "totals":[{line_id,
/// financial_year, total}]}`.
pub fn who_pays_read(body: &Json, path: &str) -> Result<(Vec<Cell>, Vec<LineTotal>), Problems> {
    let mut problems = Problems::new();
    let fields = Fields::of(body, path, &mut problems);
    fields.refuse_unknown(&["rows", "totals"], &mut problems);
    let rows = fields.list("rows", CELLS_MAX, &mut problems, cell);
    let totals = fields.list("totals", CELLS_MAX, &mut problems, line_total);
    problems.into_result(rows.zip(totals))
}

fn cell(json: &Json, path: &str, problems: &mut Problems) -> Option<Cell> {
    let fields = Fields::of(json, path, problems);
    fields.refuse_unknown(&["line_id", "financial_year", "source", "amount"], problems);
    let line_id = fields.text("line_id", problems);
    let financial_year = fields.want("financial_year", problems, read::financial_year);
    let source = fields.want("source", problems, source);
    let amount = fields.want("amount", problems, not_negative_hkd);
    Some(Cell {
        line_id: line_id?,
        financial_year: financial_year?,
        source: source?,
        amount: amount?,
    })
}

pub(crate) fn source(json: &Json, path: &str, problems: &mut Problems) -> Option<Source> {
    let text = read::text(json, path, problems)?;
    let source = Source::from_text(&text);
    if source.is_none() {
        problems.add(
            "not_source",
            path,
            format!(
                "{path} must be grant, own, in_kind or a named funder such as \"other:Trust A\"."
            ),
        );
    }
    source
}

fn line_total(json: &Json, path: &str, problems: &mut Problems) -> Option<LineTotal> {
    let fields = Fields::of(json, path, problems);
    fields.refuse_unknown(&["line_id", "financial_year", "total"], problems);
    let line_id = fields.text("line_id", problems);
    let financial_year = fields.want("financial_year", problems, read::financial_year);
    let total = fields.want("total", problems, not_negative_hkd);
    Some(LineTotal {
        line_id: line_id?,
        financial_year: financial_year?,
        total: total?,
    })
}

/// Compares the parts with the cost of every line and year. Problems are listed in the result,
/// beside the sums, because a budget is shown while it is still being filled in; only a sum too
/// large to hold stops the check.
pub fn who_pays(rows: &[Cell], totals: &[LineTotal], path: &str) -> Result<WhoPays, Problems> {
    let mut result = WhoPays::default();
    let too_large = |error: MoneyError| {
        Problems::from(Problem::new(
            error.code(),
            path,
            format!("The sum of all parts {error}."),
        ))
    };
    let mut lines: BTreeMap<(&str, FinancialYear), (Sources, String)> = BTreeMap::new();
    for (position, total) in totals.iter().enumerate() {
        let at = join(path, &format!("totals[{position}]"));
        let key = (total.line_id.as_str(), total.financial_year);
        if lines.contains_key(&key) {
            result.problems.push(given_twice(&at, key, "cost"));
            continue;
        }
        let year = result.years.entry(total.financial_year).or_default();
        year.cost = year.cost.checked_add(total.total).map_err(too_large)?;
        result.total.cost = result
            .total
            .cost
            .checked_add(total.total)
            .map_err(too_large)?;
        let sources = Sources {
            cost: total.total,
            ..Sources::default()
        };
        lines.insert(key, (sources, at));
    }
    let mut cells = BTreeSet::new();
    for (position, row) in rows.iter().enumerate() {
        let at = join(path, &format!("rows[{position}]"));
        let key = (row.line_id.as_str(), row.financial_year);
        if !cells.insert((key, &row.source)) {
            let what = format!("part of {}", row.source);
            result.problems.push(given_twice(&at, key, &what));
            continue;
        }
        let year = result.years.entry(row.financial_year).or_default();
        year.pay(&row.source, row.amount).map_err(too_large)?;
        result
            .total
            .pay(&row.source, row.amount)
            .map_err(too_large)?;
        match lines.get_mut(&key) {
            Some((line, _)) => line.pay(&row.source, row.amount).map_err(too_large)?,
            None => result.problems.push(without_cost(&at, key)),
        }
    }
    for (key, (line, at)) in &lines {
        if !line.is_covered() {
            let shortfall = line.shortfall().map_err(too_large)?;
            result.problems.push(not_covered(at, *key, line, shortfall));
        }
    }
    Ok(result)
}

fn given_twice(at: &str, (line, year): (&str, FinancialYear), what: &str) -> Problem {
    Problem::new(
        "duplicate_cell",
        at,
        format!(
            "{at}: the {what} of line {line} in {year} is given twice; give one amount, such as their sum."
        ),
    )
}

fn without_cost(at: &str, (line, year): (&str, FinancialYear)) -> Problem {
    Problem::new(
        "line_without_cost",
        at,
        format!(
            "{at}: line {line} has no cost in {year}; add its total, such as \"50000.00\", or move the amount."
        ),
    )
}

fn not_covered(
    at: &str,
    (line, year): (&str, FinancialYear),
    sources: &Sources,
    shortfall: Hkd,
) -> Problem {
    Problem::new(
        "parts_do_not_sum",
        at,
        format!(
            "{at}: line {line} costs {} in {year} but its sources pay {}; change an amount by \
             {shortfall}, for example the own contribution.",
            sources.cost, sources.paid
        ),
    )
    .with("cost", sources.cost.to_string())
    .with("paid", sources.paid.to_string())
    .with("shortfall", shortfall.to_string())
}
