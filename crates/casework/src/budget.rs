//! The budget section as money cells: line × financial year × source, whole cents, parts that add up.
use std::collections::BTreeSet;

use explain::{
    FinancialYear, Problems,
    json::Json,
    read::{self, Fields},
};
use money::Hkd;
use serde_json::{Value, json};

/// Most budget lines.
const LINES_MAX: usize = 100;
/// Most cells of one line: three years of a handful of sources.
const CELLS_MAX: usize = 60;

/// One cell.
#[derive(Debug, Clone)]
pub(crate) struct Cell {
    pub(crate) financial_year: FinancialYear,
    /// `grant`, `own`, `other:<name>`, `in_kind`.
    pub(crate) source: String,
    pub(crate) amount: Hkd,
}

/// One line.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    pub(crate) id: String,
    pub(crate) cost_type: Option<String>,
    /// Stated cost, when it differs from the sum of the cells.
    pub(crate) cost: Option<Hkd>,
    pub(crate) cells: Vec<Cell>,
}

/// The budget with everything that could be read.
#[derive(Debug, Clone, Default)]
pub(crate) struct Budget {
    pub(crate) lines: Vec<Line>,
    /// Amount stated as asked, when it is stated.
    pub(crate) requested: Option<Hkd>,
}

impl Budget {
    /// Reads the section; what cannot be read leaves a problem and is left out.
    pub(crate) fn read(section: &Value, problems: &mut Problems) -> Self {
        let body = Json::from(section);
        let fields = Fields::of(&body, "", problems);
        let requested = fields
            .given("requested_hkd", problems, read::hkd)
            .into_option();
        let Some(Json::List(items)) = fields.get("lines") else {
            problems.add(
                "missing",
                "lines",
                "lines is missing; give at least one budget line.",
            );
            return Self {
                lines: Vec::new(),
                requested,
            };
        };
        if items.is_empty() || items.len() > LINES_MAX {
            problems.add(
                if items.is_empty() {
                    "missing"
                } else {
                    "too_many"
                },
                "lines",
                format!(
                    "lines needs 1 to {LINES_MAX} budget lines; it has {}.",
                    items.len()
                ),
            );
        }
        let mut ids = BTreeSet::new();
        let mut lines = Vec::new();
        for (position, item) in items.iter().take(LINES_MAX).enumerate() {
            let line = read_line(item, &format!("lines[{position}]"), problems);
            if !ids.insert(line.id.clone()) {
                let path = format!("lines[{position}].id");
                problems.add(
                    "duplicate_id",
                    path,
                    format!("Line id {} is used twice.", line.id),
                );
            }
            lines.push(line);
        }
        let cells = lines.iter().flat_map(|line: &Line| &line.cells);
        if Hkd::checked_sum(cells.map(|cell| cell.amount)).is_err() {
            // Sums below fall back to zero; such a budget is never submitted.
            problems.add(
                "overflow",
                "lines",
                "The amounts of lines are too large to add up; write them like \"50000.00\".",
            );
        }
        Self { lines, requested }
    }

    /// Sum of the cells that `counts`.
    fn sum(&self, counts: impl Fn(&Cell) -> bool) -> Hkd {
        let cells = self
            .lines
            .iter()
            .flat_map(|line| &line.cells)
            .filter(|cell| counts(cell));
        Hkd::checked_sum(cells.map(|cell| cell.amount)).unwrap_or_default()
    }

    /// What is asked of the funder.
    pub(crate) fn ask(&self) -> Hkd {
        self.sum(|cell| cell.source == "grant")
    }

    /// What a source pays: `own`, `in_kind`, or all named funders for `other:`.
    pub(crate) fn paid_by(&self, source: &str) -> Hkd {
        self.sum(|cell| {
            cell.source == source || (source.ends_with(':') && cell.source.starts_with(source))
        })
    }

    /// What the project costs.
    pub(crate) fn total_cost(&self) -> Hkd {
        self.sum(|_| true)
    }

    /// First financial year with money in it.
    pub(crate) fn first_year(&self) -> Option<FinancialYear> {
        self.lines
            .iter()
            .flat_map(|line| &line.cells)
            .map(|cell| cell.financial_year)
            .min()
    }

    /// Cells by year and source, in order, summed: the inputs of the value map.
    pub(crate) fn by_year_and_source(&self) -> Vec<(FinancialYear, String, Hkd)> {
        let mut sums = std::collections::BTreeMap::<(FinancialYear, String), Hkd>::new();
        for cell in self.lines.iter().flat_map(|line| &line.cells) {
            let sum = sums
                .entry((cell.financial_year, cell.source.clone()))
                .or_default();
            *sum = sum.checked_add(cell.amount).unwrap_or(*sum);
        }
        sums.into_iter()
            .map(|((year, source), sum)| (year, source, sum))
            .collect()
    }

    /// What eligibility looks at in each line.
    pub(crate) fn line_facts(&self) -> Value {
        let sum = |line: &Line, counts: &dyn Fn(&str) -> bool| {
            Hkd::checked_sum(
                line.cells
                    .iter()
                    .filter(|cell| counts(&cell.source))
                    .map(|cell| cell.amount),
            )
            .unwrap_or_default()
            .to_string()
        };
        self.lines
            .iter()
            .map(|line| {
                json!({
                    "id": line.id,
                    "cost_type": line.cost_type,
                    "requested_hkd": sum(line, &|source| source == "grant"),
                    "other_funding_hkd": sum(line, &|source| source.starts_with("other:")),
                    "cost_hkd": line.cost.map_or_else(|| sum(line, &|_| true), |cost| cost.to_string()),
                })
            })
            .collect()
    }

    /// Cells for the funder's tables.
    pub(crate) fn cell_rows(&self) -> Value {
        let mut rows = std::collections::BTreeMap::<(String, String, String), Hkd>::new();
        for line in &self.lines {
            for cell in &line.cells {
                let key = (
                    line.id.clone(),
                    cell.financial_year.to_string(),
                    cell.source.clone(),
                );
                let sum = rows.entry(key).or_default();
                *sum = sum.checked_add(cell.amount).unwrap_or(*sum);
            }
        }
        rows.into_iter()
            .map(|((line, year, source), amount)| {
                json!({"line_id": line, "financial_year": year, "source": source,
                       "amount": amount.to_string()})
            })
            .collect()
    }
}

fn read_line(item: &Json, path: &str, problems: &mut Problems) -> Line {
    let fields = Fields::of(item, path, problems);
    let id = fields.text("id", problems).unwrap_or_default();
    fields.text("description", problems);
    let cost_type = fields.text("cost_type", problems);
    let cost = fields.given("cost_hkd", problems, read::hkd).into_option();
    let cells = fields
        .list("cells", CELLS_MAX, problems, read_cell)
        .unwrap_or_default();
    Line {
        id,
        cost_type,
        cost,
        cells,
    }
}

fn read_cell(item: &Json, path: &str, problems: &mut Problems) -> Option<Cell> {
    let fields = Fields::of(item, path, problems);
    let financial_year = fields.want("financial_year", problems, read::financial_year);
    let source = fields.text("source", problems).filter(|source| {
        let known = ["grant", "own", "in_kind"].contains(&source.as_str())
            || source
                .strip_prefix("other:")
                .is_some_and(|name| !name.trim().is_empty());
        if !known {
            let at = fields.path_of("source");
            problems.add(
                "not_one_of",
                &at,
                format!("{at} must be grant, own, in_kind, or other:<name of the funder>."),
            );
        }
        known
    });
    let amount = fields.hkd("amount", problems).filter(|amount| {
        if amount.cents() < 0 {
            let at = fields.path_of("amount");
            problems.add(
                "negative",
                &at,
                format!("{at} is below zero; amounts are 0.00 or more."),
            );
        }
        amount.cents() >= 0
    });
    Some(Cell {
        financial_year: financial_year?,
        source: source?,
        amount: amount?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_add_up_to_the_ask_and_the_cost() {
        let section = json!({"lines": [
            {"id": "b1", "description": "Licences", "cost_type": "software", "cells": [
                {"financial_year": "2026-27", "source": "grant", "amount": "100.10"},
                {"financial_year": "2026-27", "source": "own", "amount": "50.05"},
                {"financial_year": "2027-28", "source": "other:Trust", "amount": "1.00"}]}]});
        let mut problems = Problems::new();
        let budget = Budget::read(&section, &mut problems);
        assert!(problems.is_empty(), "{problems}");
        assert_eq!(budget.ask().to_string(), "100.10");
        assert_eq!(budget.total_cost().to_string(), "151.15");
        assert_eq!(budget.line_facts()[0]["other_funding_hkd"], "1.00");
    }

    #[test]
    fn amounts_that_cannot_be_added_up_are_refused() {
        let cell =
            json!({"financial_year": "2026-27", "source": "grant", "amount": "90000000000000.00"});
        let cells = vec![cell; 60];
        let lines: Vec<Value> = (0..20)
            .map(|n| json!({"id": n.to_string(), "description": "Huge", "cost_type": "other", "cells": cells}))
            .collect();
        let mut problems = Problems::new();
        Budget::read(&json!({"lines": lines}), &mut problems);
        let found: Vec<&str> = problems
            .as_slice()
            .iter()
            .map(|p| p.code.as_str())
            .collect();
        assert_eq!(found, ["overflow"]);
    }

    #[test]
    fn every_problem_of_a_budget_is_listed() {
        let section = json!({"lines": [
            {"id": "b1", "description": "", "cost_type": "software", "cells": [
                {"financial_year": "2026", "source": "bank", "amount": "0.001"},
                {"financial_year": "2026-27", "source": "own", "amount": "-5"}]},
            {"id": "b1", "cost_type": "software", "cells": []}]});
        let mut problems = Problems::new();
        Budget::read(&section, &mut problems);
        let found: Vec<(&str, &str)> = problems
            .as_slice()
            .iter()
            .map(|p| (p.code.as_str(), p.path.as_str()))
            .collect();
        assert_eq!(
            found,
            [
                ("blank", "lines[0].description"),
                ("not_financial_year", "lines[0].cells[0].financial_year"),
                ("not_one_of", "lines[0].cells[0].source"),
                ("fraction_of_cent", "lines[0].cells[0].amount"),
                ("negative", "lines[0].cells[1].amount"),
                ("missing", "lines[1].description"),
                ("duplicate_id", "lines[1].id"),
            ]
        );
    }
}
