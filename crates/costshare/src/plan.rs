//! A cost plan as given: budget lines with their money cells, the limits of the programme, a rule of
//! matched funding, and perhaps one figure that a person would like to change.
use std::collections::{BTreeMap, BTreeSet};

use explain::{
    FinancialYear, Problems, input_hash,
    json::Json,
    read::{self, Fields, join},
};
use money::{Hkd, normal_text};
use serde_json::{Value, json};

use crate::{
    Limits, Matching, Source, limits, matching,
    request::{not_negative_hkd, optional, refuse_repeated_ids},
    who_pays::source,
};

/// Most budget lines.
const LINES_MAX: usize = 500;
/// Most cells, and most stated costs, of one line.
const CELLS_MAX: usize = 100;
/// Sources that take up a change: the one that goes first and the one that goes after it.
const ABSORB_MAX: usize = 2;

/// Who pays a project, line by line and year by year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// Where it stands in a larger document; empty when it is the document.
    pub path: String,
    /// The lines in the order given.
    pub lines: Vec<PlanLine>,
    /// The programme's limits.
    pub limits: Limits,
    /// The rule of matched funding, if there is one.
    pub matching: Option<Matching>,
    /// What somebody would like to change.
    pub change: Option<Asked>,
}

/// One budget line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanLine {
    /// Unique within the plan.
    pub id: String,
    /// What it is spent on, such as `it_system`; unknown when nobody said.
    pub scope: Option<String>,
    /// Whether the solver must leave it alone.
    pub fixed: bool,
    /// Its whole cost over all years, where stated.
    pub cost: Option<Hkd>,
    /// Its cost by year, where stated.
    pub costs: BTreeMap<FinancialYear, Hkd>,
    /// Who pays how much in which year.
    pub cells: BTreeMap<(FinancialYear, Source), Hkd>,
}

/// One figure to change; everything else is solved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// Whose total.
    pub source: Source,
    /// To what.
    pub to: Hkd,
    /// Who takes up the difference, first the one, then the other.
    pub absorb: Vec<Source>,
}

/// Reads a whole document.
pub fn plan_read(body: &Json) -> Result<Plan, Problems> {
    plan_read_at(body, "")
}

/// Reads a plan that stands at `path` in a larger document.
pub fn plan_read_at(body: &Json, path: &str) -> Result<Plan, Problems> {
    let mut problems = Problems::new();
    let plan = plan(body, path, &mut problems);
    problems.into_result(plan)
}

fn plan(body: &Json, path: &str, problems: &mut Problems) -> Option<Plan> {
    let fields = Fields::of(body, path, problems);
    fields.format_one(problems);
    let known = ["format", "lines", "limits", "matching", "change"];
    fields.refuse_unknown(&known, problems);
    let lines = fields.list("lines", LINES_MAX, problems, line);
    refuse_repeated_ids(&fields, "lines", problems);
    let limits = nullable(&fields, "limits", problems, limits::read);
    let matching = nullable(&fields, "matching", problems, matching::read);
    let change = nullable(&fields, "change", problems, asked);
    Some(Plan {
        path: path.to_owned(),
        lines: lines?,
        limits: limits?.unwrap_or_default(),
        matching: matching?,
        change: change?,
    })
}

/// Missing and null both say that there is none; the outer none is a value that cannot be read.
#[expect(
    clippy::option_option,
    reason = "absent and unreadable are different, and both are local"
)]
fn nullable<'a, T>(
    fields: &Fields<'a>,
    key: &str,
    problems: &mut Problems,
    read: impl FnOnce(&'a Json, &str, &mut Problems) -> Option<T>,
) -> Option<Option<T>> {
    match fields.get(key) {
        None | Some(Json::Null) => Some(None),
        Some(json) => read(json, &fields.path_of(key), problems).map(Some),
    }
}

fn line(json: &Json, path: &str, problems: &mut Problems) -> Option<PlanLine> {
    let fields = Fields::of(json, path, problems);
    let known = ["id", "scope", "fixed", "cost", "costs", "cells"];
    fields.refuse_unknown(&known, problems);
    let id = fields.text("id", problems);
    let scope = fields.given("scope", problems, read::text).into_option();
    let fixed = optional(&fields, "fixed", problems, read::boolean);
    let cost = fields
        .given("cost", problems, not_negative_hkd)
        .into_option();
    let costs = match fields.get("costs") {
        None => Some(Vec::new()),
        Some(_) => fields.list("costs", CELLS_MAX, problems, |json, path, problems| {
            let fields = Fields::of(json, path, problems);
            fields.refuse_unknown(&["financial_year", "total"], problems);
            let year = fields.want("financial_year", problems, read::financial_year);
            let total = fields.want("total", problems, not_negative_hkd);
            year.zip(total)
        }),
    };
    let cells = fields.list("cells", CELLS_MAX, problems, cell);
    let costs = once(costs?, &fields.path_of("costs"), problems);
    let cells = once(cells?, &fields.path_of("cells"), problems);
    Some(PlanLine {
        id: id?,
        scope,
        fixed: fixed?.unwrap_or(false),
        cost,
        costs,
        cells,
    })
}

type CellOf = ((FinancialYear, Source), Hkd);

fn cell(json: &Json, path: &str, problems: &mut Problems) -> Option<CellOf> {
    let fields = Fields::of(json, path, problems);
    fields.refuse_unknown(&["financial_year", "source", "amount"], problems);
    let year = fields.want("financial_year", problems, read::financial_year);
    let source = fields.want("source", problems, source);
    let amount = fields.want("amount", problems, not_negative_hkd);
    Some(((year?, source?), amount?))
}

fn once<K: Ord>(rows: Vec<(K, Hkd)>, path: &str, problems: &mut Problems) -> BTreeMap<K, Hkd> {
    let mut found = BTreeMap::new();
    for (position, (key, amount)) in rows.into_iter().enumerate() {
        if found.insert(key, amount).is_some() {
            let at = format!("{path}[{position}]");
            problems.add(
                "duplicate_cell",
                &at,
                format!("{at} is given twice; give one amount, such as their sum."),
            );
        }
    }
    found
}

fn asked(json: &Json, path: &str, problems: &mut Problems) -> Option<Asked> {
    let fields = Fields::of(json, path, problems);
    fields.refuse_unknown(&["source", "to", "absorb"], problems);
    let changed = fields.want("source", problems, source);
    let to = fields.want("to", problems, not_negative_hkd);
    let absorb = match fields.get("absorb") {
        None => Some(Vec::new()),
        Some(_) => fields.list("absorb", ABSORB_MAX, problems, source),
    };
    let (changed, absorb) = (changed?, absorb?);
    let mut seen = BTreeSet::from([&changed]);
    for (position, source) in absorb.iter().enumerate() {
        if !seen.insert(source) {
            let at = format!("{}[{position}]", join(path, "absorb"));
            let message =
                format!("{at} is {source}, which already moves; name another source, such as own.");
            problems.add("absorbs_itself", &at, message);
        }
    }
    let absorb = if absorb.is_empty() {
        usual_absorb(&changed)
    } else {
        absorb
    };
    Some(Asked {
        source: changed,
        to: to?,
        absorb,
    })
}

/// Who takes up a change where nobody said: the organisation, and for its own money the grant.
pub(crate) fn usual_absorb(changed: &Source) -> Vec<Source> {
    match changed {
        Source::Grant => vec![Source::Own],
        Source::Own => vec![Source::Grant],
        Source::Other(_) | Source::InKind => vec![Source::Own, Source::Grant],
    }
}

impl Plan {
    /// Every source in the plan, the grant and the organisation even where they pay nothing.
    pub(crate) fn sources(&self) -> BTreeSet<Source> {
        let cells = self.lines.iter().flat_map(|line| line.cells.keys());
        let mut sources: BTreeSet<Source> = cells.map(|(_, source)| source.clone()).collect();
        sources.extend([Source::Grant, Source::Own]);
        sources
    }

    /// The hash of the input after defaults and with normalised decimals.
    pub fn input_hash(&self) -> String {
        let amount = |amount: Hkd| normal_text(amount.decimal());
        let lines: Vec<Value> = self
            .lines
            .iter()
            .map(|line| {
                let cells: Vec<Value> = line
                    .cells
                    .iter()
                    .map(|((year, source), paid)| {
                        json!({"financial_year": year.to_string(), "source": source.to_string(),
                               "amount": amount(*paid)})
                    })
                    .collect();
                let costs: Vec<Value> = line
                    .costs
                    .iter()
                    .map(|(year, total)| {
                        json!({"financial_year": year.to_string(), "total": amount(*total)})
                    })
                    .collect();
                json!({"id": line.id, "scope": line.scope, "fixed": line.fixed,
                       "cost": line.cost.map(amount), "costs": costs, "cells": cells})
            })
            .collect();
        let change = self.change.as_ref().map(|change| {
            json!({"source": change.source.to_string(), "to": amount(change.to),
                   "absorb": change.absorb.iter().map(ToString::to_string).collect::<Vec<_>>()})
        });
        input_hash(&json!({
            "format": 1,
            "lines": lines,
            "limits": self.limits.normal_json(),
            "matching": self.matching.as_ref().map(Matching::normal_json),
            "change": change,
        }))
    }
}
