//! What `calc costplan` answers: who pays, whether that equals what was stated, the cash flow, every
//! limit, how far each source can go, and the solution of the change that was asked for.
use explain::{FinancialYear, Problem, Problems, json::Json};
use money::{Hkd, MoneyError};
use serde_json::{Value, json};

use crate::{
    CashFlow, ENGINE_NAME, ENGINE_VERSION, Matched, Plan, Source, Tie,
    cash_flow::{self, parts_json},
    contradiction::refuse_contradictions,
    grid::Grid,
    limits::{Rules, Standing},
    plan::{plan_read, usual_absorb},
    solve::{Moved, Range, Solution, Solver},
};

/// A cost that was stated, and what the sources pay of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatedCost {
    /// The line.
    pub line_id: String,
    /// The year; none for all years of the line.
    pub financial_year: Option<FinancialYear>,
    /// What it costs.
    pub stated: Hkd,
    /// What the sources pay.
    pub paid: Hkd,
}

/// A plan as it is: sums, limits, matching.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanState {
    /// Who pays, by year, scope and source.
    pub cash_flow: CashFlow,
    /// How the plan stands towards each limit.
    pub limits: Vec<Standing>,
    /// How each matched span stands; none without a rule.
    pub matching: Option<Vec<Matched>>,
}

/// One cell that a solution changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellChange {
    /// The line.
    pub line_id: String,
    /// The year.
    pub financial_year: FinancialYear,
    /// Whose money.
    pub source: Source,
    /// Before.
    pub before: Hkd,
    /// After.
    pub after: Hkd,
}

/// The answer to a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// Every limit holds.
    Solved {
        /// Money that moved.
        moved: Vec<Moved>,
        /// The cells that differ, in the order of the lines.
        changes: Vec<CellChange>,
        /// The plan afterwards.
        after: Box<PlanState>,
    },
    /// There is no such plan.
    Infeasible {
        /// The limits that the nearest plan breaks, with how much.
        broken: Vec<Standing>,
        /// By how much more the change asks for than there is to move.
        beyond: Hkd,
    },
}

/// The result for one plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanResult {
    /// The plan as given.
    pub state: PlanState,
    /// Stated costs beside what is paid.
    pub stated_costs: Vec<StatedCost>,
    /// How far each source can go while another takes up the difference; none where no plan keeps
    /// every limit.
    pub ranges: Vec<(Source, Vec<Source>, Option<Range>)>,
    /// The answer, when a change was asked for.
    pub answer: Option<Answer>,
    input_hash: String,
    plan: Plan,
}

/// Computes everything about a plan, or lists the limits that contradict each other.
pub fn plan_evaluate(plan: &Plan) -> Result<PlanResult, Problems> {
    let mut problems = Problems::new();
    let result = compute(plan, &mut problems).map_err(|error| {
        let at = explain::read::join(&plan.path, "lines");
        let message = format!("{at}: the sum of the cells {error}; write them like \"50000.00\".");
        Problems::from(Problem::new(error.code(), &at, message))
    })?;
    problems.into_result(result)
}

/// `calc costplan`: reads, computes and prints.
pub fn calc_plan(body: &Json) -> Result<Value, Problems> {
    Ok(plan_evaluate(&plan_read(body)?)?.to_json())
}

fn compute(plan: &Plan, problems: &mut Problems) -> Result<Option<PlanResult>, MoneyError> {
    let grid = Grid::of(plan);
    let cost = cash_flow::of(plan, &grid)?.total;
    let rules = Rules {
        limits: plan.limits.in_dollars(cost)?,
        matching: plan.matching.as_ref(),
    };
    let sources = plan.sources();
    refuse_contradictions(&rules, &sources, cost, &plan.path, problems)?;
    if !problems.is_empty() {
        return Ok(None);
    }
    let mut ranges = Vec::new();
    for source in sources {
        let absorb = match &plan.change {
            Some(change) if change.source == source => change.absorb.clone(),
            Some(_) | None => usual_absorb(&source),
        };
        let range = match Solver::of(&rules, &grid, &source, &absorb)? {
            Some(solver) => solver.range()?,
            None => None,
        };
        ranges.push((source, absorb, range));
    }
    let answer = match &plan.change {
        None => None,
        Some(change) => match Solver::of(&rules, &grid, &change.source, &change.absorb)? {
            None => None,
            Some(solver) => Some(answer(plan, &rules, &grid, solver.solve(change)?)?),
        },
    };
    Ok(Some(PlanResult {
        state: state(plan, &rules, &grid)?,
        stated_costs: stated_costs(plan, &grid)?,
        ranges,
        answer,
        input_hash: plan.input_hash(),
        plan: plan.clone(),
    }))
}

fn state(plan: &Plan, rules: &Rules<'_>, grid: &Grid) -> Result<PlanState, MoneyError> {
    let paid = grid.paid()?;
    let spans = rules
        .matching
        .map(|matching| matching.spans(&paid.total, &paid.years));
    Ok(PlanState {
        cash_flow: cash_flow::of(plan, grid)?,
        limits: rules.standings(&paid)?,
        matching: spans.transpose()?,
    })
}

fn answer(
    plan: &Plan,
    rules: &Rules<'_>,
    before: &Grid,
    solution: Solution,
) -> Result<Answer, MoneyError> {
    if !solution.broken.is_empty() || solution.beyond != Hkd::ZERO {
        return Ok(Answer::Infeasible {
            broken: solution.broken,
            beyond: solution.beyond,
        });
    }
    Ok(Answer::Solved {
        changes: changes(plan, before, &solution.grid),
        after: Box::new(state(plan, rules, &solution.grid)?),
        moved: solution.moved,
    })
}

fn changes(plan: &Plan, before: &Grid, after: &Grid) -> Vec<CellChange> {
    let mut changes = Vec::new();
    for (old, new) in before.slots.iter().zip(&after.slots) {
        for (source, now) in &new.parts {
            let was = old.parts.get(source).copied().unwrap_or_default();
            if was != *now
                && let Some(line) = plan.lines.get(new.line)
            {
                changes.push(CellChange {
                    line_id: line.id.clone(),
                    financial_year: new.financial_year,
                    source: source.clone(),
                    before: was,
                    after: *now,
                });
            }
        }
    }
    changes
}

fn stated_costs(plan: &Plan, grid: &Grid) -> Result<Vec<StatedCost>, MoneyError> {
    let mut stated = Vec::new();
    for (position, line) in plan.lines.iter().enumerate() {
        let paid = |year: Option<FinancialYear>| {
            let slots = grid.slots.iter().filter(|slot| {
                slot.line == position && year.is_none_or(|year| slot.financial_year == year)
            });
            Hkd::checked_sum(slots.flat_map(|slot| slot.parts.values().copied()))
        };
        for (year, total) in &line.costs {
            stated.push(StatedCost {
                line_id: line.id.clone(),
                financial_year: Some(*year),
                stated: *total,
                paid: paid(Some(*year))?,
            });
        }
        if let Some(cost) = line.cost {
            stated.push(StatedCost {
                line_id: line.id.clone(),
                financial_year: None,
                stated: cost,
                paid: paid(None)?,
            });
        }
    }
    Ok(stated)
}

impl PlanState {
    fn to_json(&self, plan: &Plan) -> Value {
        let limits: Vec<Value> = self.limits.iter().map(Standing::to_json).collect();
        let matching = plan.matching.as_ref().zip(self.matching.as_ref());
        json!({
            "cash_flow": self.cash_flow.to_json(),
            "ties": self.cash_flow.ties.iter().map(Tie::to_json).collect::<Vec<_>>(),
            "limits": limits,
            "matching": matching.map(|(rule, spans)| rule.to_json(spans)),
        })
    }
}

impl StatedCost {
    fn to_json(&self) -> Value {
        let difference = self.stated.checked_sub(self.paid).unwrap_or_default();
        json!({
            "line_id": self.line_id,
            "financial_year": self.financial_year.map(|year| year.to_string()),
            "stated": self.stated.to_string(),
            "paid": self.paid.to_string(),
            "difference": difference.to_string(),
        })
    }
}

impl PlanResult {
    /// The plan that was asked about.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// Whether the sources pay exactly what was stated; none where no cost was stated.
    pub fn adds_up(&self) -> Option<bool> {
        let stated = &self.stated_costs;
        (!stated.is_empty()).then(|| stated.iter().all(|cost| cost.stated == cost.paid))
    }

    /// The result as `calc costplan` prints it.
    pub fn to_json(&self) -> Value {
        let mut out = self.state.to_json(&self.plan);
        out["engine"] = json!({"name": ENGINE_NAME, "version": ENGINE_VERSION});
        out["input_hash"] = json!(self.input_hash);
        out["adds_up"] = json!(self.adds_up());
        out["stated_costs"] = self.stated_costs.iter().map(StatedCost::to_json).collect();
        out["ranges"] = self
            .ranges
            .iter()
            .map(|(source, absorb, range)| range_json(source, absorb, range.as_ref()))
            .collect();
        if let (Some(answer), Some(change)) = (&self.answer, &self.plan.change) {
            out["solution"] = self.answer_json(answer);
            out["solution"]["source"] = json!(change.source.to_string());
            out["solution"]["to"] = json!(change.to.to_string());
        }
        out
    }

    fn answer_json(&self, answer: &Answer) -> Value {
        match answer {
            Answer::Infeasible { broken, beyond } => json!({
                "feasible": false,
                "broken": broken.iter().map(Standing::to_json).collect::<Vec<_>>(),
                "beyond": beyond.to_string(),
            }),
            Answer::Solved {
                moved,
                changes,
                after,
            } => json!({
                "feasible": true,
                "moved": moved.iter().map(|moved| json!({
                    "from": moved.from.to_string(),
                    "to": moved.to.to_string(),
                    "amount": moved.amount.to_string(),
                })).collect::<Vec<_>>(),
                "changes": changes.iter().map(|change| json!({
                    "line_id": change.line_id,
                    "financial_year": change.financial_year.to_string(),
                    "source": change.source.to_string(),
                    "before": change.before.to_string(),
                    "after": change.after.to_string(),
                })).collect::<Vec<_>>(),
                "sources": parts_json(&after.cash_flow.sources),
                "after": after.to_json(&self.plan),
            }),
        }
    }
}

fn range_json(source: &Source, absorb: &[Source], range: Option<&Range>) -> Value {
    json!({
        "source": source.to_string(),
        "absorb": absorb.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "range": range.map(|range| json!({
            "low": range.low.to_string(),
            "high": range.high.to_string(),
            "low_limit": range.low_limit,
            "high_limit": range.high_limit,
        })),
    })
}
