//! The two questions to the cost-sharing engine: how shared cost is apportioned, and who pays the
//! project within the programme's limits. Names stay in the document; what nobody stated is left out.
use std::collections::BTreeMap;

use explain::FinancialYear;
use money::Hkd;
use serde_json::{Value, json};

use crate::assembly::{Case, pick};

/// The rule set under which an official list of exempt schemes is loaded.
pub(crate) const EXEMPT_SCHEMES: &str = "hk-exempt-schemes";

/// How shared cost is apportioned, with schedules.
pub(crate) fn apportionment(case: &Case) -> Value {
    let section = case.section("cost_sharing");
    let rows = |key: &str, keys: &[&str]| -> Value {
        section
            .get(key)
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .map(|row| pick(row, keys))
            .collect()
    };
    let pool = [
        "id",
        "amount",
        "basis",
        "weights",
        "period_from",
        "period_to",
        "weight_evidence",
    ];
    let project = ["id", "activity", "scheme", "start", "end", "employability"];
    let mut question = json!({
        "format": 1,
        "pools": rows("pools", &pool),
        "projects": rows("projects", &project),
        "exempt_schemes": pick(&case.rules.exempt_schemes, &["as_at", "codes", "complete"]),
        "schedules": true,
    });
    if let Some(year) = section.get("financial_year") {
        question["financial_year"] = year.clone();
    }
    let settings = &case.rules.settings.cost_sharing;
    let readings = pick(settings, &["exempt_basis", "employability_inside_fsa"]);
    if readings != json!({}) {
        question["settings"] = readings;
    }
    if let Some(reserve) = reserve(case) {
        question["reserve"] = reserve;
    }
    question
}

/// The reserve and what its ceiling is measured by, of the year whose facts count; none while one of
/// the three is unknown.
fn reserve(case: &Case) -> Option<Value> {
    let year = case.rules.settings.reference_year?.to_string();
    let fact = |path: &str| {
        let rows = case.facts.iter();
        let mut found = rows.filter(|fact| fact.path == path && fact.financial_year == year);
        let amount = Hkd::try_from_text(found.next()?.value.as_str()?).ok()?;
        Some(amount.to_string())
    };
    Some(json!({
        "operating_expenditure": fact("org.operating_expenditure_hkd")?,
        "provident_fund_expenditure": fact("org.pf_expenditure_hkd")?,
        "lsg_reserve": fact("org.lsg_reserve_hkd")?,
    }))
}

/// Who pays, line by line. Lines of a kind that the programme does not fund stay as they are.
pub(crate) fn plan(case: &Case, cap: Option<Hkd>) -> Value {
    let section = case.section("budget");
    let budget = case.budget();
    let excluded = &case.rules.programme["parameters"]["excluded_cost_types"];
    let is_excluded = |kind: Option<&str>| {
        let mut listed = excluded.as_array().into_iter().flatten();
        kind.is_some_and(|kind| listed.any(|one| one == kind))
    };
    let items = section["lines"].as_array().cloned().unwrap_or_default();
    let lines: Vec<Value> = budget
        .lines
        .iter()
        .zip(&items)
        .map(|(line, item)| {
            let mut cells: BTreeMap<(FinancialYear, &str), Hkd> = BTreeMap::new();
            for cell in &line.cells {
                let sum = cells
                    .entry((cell.financial_year, cell.source.as_str()))
                    .or_default();
                *sum = sum.checked_add(cell.amount).unwrap_or(*sum);
            }
            let cells: Vec<Value> = cells
                .into_iter()
                .map(|((year, source), amount)| {
                    json!({"financial_year": year.to_string(), "source": source,
                           "amount": amount.to_string()})
                })
                .collect();
            let scope = item["scope"].as_str().filter(|scope| !scope.is_empty());
            json!({
                "id": line.id,
                "scope": scope,
                "fixed": is_excluded(line.cost_type.as_deref()),
                "cost": line.cost.map(|cost| cost.to_string()),
                "cells": cells,
            })
        })
        .collect();
    let settings = &case.rules.settings.cost_sharing;
    let mut limits = settings["limits"].clone();
    if !limits.is_object() {
        limits = json!({});
    }
    if let (Some(most), true) = (cap, limits["ask_max"].is_null()) {
        limits["ask_max"] = json!(most.to_string());
    }
    json!({
        "format": 1,
        "lines": lines,
        "limits": limits,
        "matching": settings["matching"],
    })
}
