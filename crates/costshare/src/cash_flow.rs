//! Cash flow of a plan: by financial year, scope and source of money, with every total.
use std::collections::BTreeMap;

use explain::FinancialYear;
use money::{Hkd, MoneyError};
use serde_json::{Map, Value, json};

use crate::{Plan, Source, grid::Grid, tie::Tie};

/// Amounts by source.
pub(crate) type Parts = BTreeMap<Source, Hkd>;

/// The schedule.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CashFlow {
    /// By year and scope; a line whose scope nobody stated stands under none.
    pub rows: BTreeMap<(FinancialYear, Option<String>), BTreeMap<Source, Hkd>>,
    /// By year.
    pub years: BTreeMap<FinancialYear, BTreeMap<Source, Hkd>>,
    /// By scope.
    pub scopes: BTreeMap<Option<String>, BTreeMap<Source, Hkd>>,
    /// By source.
    pub sources: BTreeMap<Source, Hkd>,
    /// Everything.
    pub total: Hkd,
    /// Every comparison of sums.
    pub ties: Vec<Tie>,
}

pub(crate) fn of(plan: &Plan, grid: &Grid) -> Result<CashFlow, MoneyError> {
    let mut flow = CashFlow::default();
    let mut lines = vec![Hkd::ZERO; plan.lines.len()];
    for slot in &grid.slots {
        let Some(line) = plan.lines.get(slot.line) else {
            continue;
        };
        let scope = line.scope.clone();
        let row = (slot.financial_year, scope.clone());
        for (source, amount) in &slot.parts {
            add(flow.rows.entry(row.clone()).or_default(), source, *amount)?;
            let year = flow.years.entry(slot.financial_year).or_default();
            add(year, source, *amount)?;
            add(
                flow.scopes.entry(scope.clone()).or_default(),
                source,
                *amount,
            )?;
            add(&mut flow.sources, source, *amount)?;
        }
        let of_line = &mut lines[slot.line];
        *of_line = of_line.checked_add(Hkd::checked_sum(slot.parts.values().copied())?)?;
    }
    // The cells as they are, not the sums above: what every sum is held against.
    let cells = grid.slots.iter().flat_map(|slot| slot.parts.values());
    flow.total = Hkd::checked_sum(cells.copied())?;
    flow.ties = vec![
        Tie::sum(
            "rows",
            flow.rows.values().flat_map(Parts::values),
            flow.total,
        )?,
        Tie::sum(
            "years",
            flow.years.values().flat_map(Parts::values),
            flow.total,
        )?,
        Tie::sum(
            "scopes",
            flow.scopes.values().flat_map(Parts::values),
            flow.total,
        )?,
        Tie::sum("sources", flow.sources.values(), flow.total)?,
        Tie::sum("lines", lines.iter(), flow.total)?,
    ];
    Ok(flow)
}

fn add(parts: &mut Parts, source: &Source, amount: Hkd) -> Result<(), MoneyError> {
    let sum = parts.entry(source.clone()).or_default();
    *sum = sum.checked_add(amount)?;
    Ok(())
}

/// Amounts by source as they are printed.
pub(crate) fn parts_json(parts: &Parts) -> Value {
    let entries = parts
        .iter()
        .map(|(source, amount)| (source.to_string(), json!(amount.to_string())));
    Value::Object(entries.collect::<Map<_, _>>())
}

fn with_total(mut row: Value, parts: &Parts) -> Value {
    let total = Hkd::checked_sum(parts.values().copied()).unwrap_or_default();
    row["parts"] = parts_json(parts);
    row["total"] = json!(total.to_string());
    row
}

impl CashFlow {
    pub(crate) fn to_json(&self) -> Value {
        let rows: Vec<Value> = self
            .rows
            .iter()
            .map(|((year, scope), parts)| {
                let row = json!({"financial_year": year.to_string(), "scope": scope});
                with_total(row, parts)
            })
            .collect();
        let years: Vec<Value> = self
            .years
            .iter()
            .map(|(year, parts)| with_total(json!({"financial_year": year.to_string()}), parts))
            .collect();
        let scopes: Vec<Value> = self
            .scopes
            .iter()
            .map(|(scope, parts)| with_total(json!({"scope": scope}), parts))
            .collect();
        json!({
            "rows": rows,
            "years": years,
            "scopes": scopes,
            "sources": parts_json(&self.sources),
            "total": self.total.to_string(),
        })
    }
}
