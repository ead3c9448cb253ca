//! The whole answer: the optimum, best-score-first beside it, and what the rules cost.
use std::collections::BTreeMap;

use explain::Problems;
use money::{Amount, Decimal};

use super::{
    Method, Price, Request, Selection, Status, check, general,
    greedy::greedy,
    lists::{self, Lists},
    program::{Chosen, Program},
    recheck, relaxation,
    rule::{Rule, stated},
    search::Work,
    settle::{Asked, Solved, settle},
};

/// Partial selections looked at before giving up: a few seconds.
pub const WORK_MAX: u64 = 6_000_000;

/// How hard the search tries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Effort {
    /// Partial selections looked at. A count, not a clock: the same input always ends the same way.
    pub work_max: u64,
    /// Stop as soon as the best is this close to the bound: one part in so many. `None`: go on to
    /// the optimum.
    pub close: Option<u32>,
}

impl Effort {
    const fn to_optimum(work_max: u64) -> Self {
        Self {
            work_max,
            close: None,
        }
    }
}

/// The best set as a method found it.
pub(super) struct Best {
    pub(super) chosen: Option<Chosen>,
    /// It is the optimum, or, where nothing was chosen, nothing is feasible.
    pub(super) proven: bool,
    /// In points.
    pub(super) bound: Option<Decimal>,
}

/// Selects within what the request asks for, or [`WORK_MAX`].
pub fn evaluate(request: &Request) -> Result<Selection, Problems> {
    evaluate_within(request, request.work_max.unwrap_or(WORK_MAX))
}

/// Selects, looking at about `work_max` partial selections for the optimum and as many for the
/// prices; beyond it the status is `time_limit` (with a gap of 0 when only the order among equal
/// optima is open), or a price is not given.
pub fn evaluate_within(request: &Request, work_max: u64) -> Result<Selection, Problems> {
    let solver = Solver::of(request, Effort::to_optimum(work_max))?;
    let mut selection = solver.selection(request)?;
    selection.price_of_fairness = solver.prices(request, &selection, work_max);
    if selection.status == Status::Infeasible {
        selection.relaxation = Some(solver.relaxation(request, work_max)?);
    }
    Ok(selection)
}

/// Only the best set with its bound: neither prices of rules nor what would have to give.
pub fn best_set(request: &Request, effort: Effort) -> Result<Selection, Problems> {
    Solver::of(request, effort)?.selection(request)
}

/// A request that a method has solved.
enum Solver {
    Lists(Lists),
    General(Box<Program>, Solved),
}

impl Solver {
    fn of(request: &Request, effort: Effort) -> Result<Self, Problems> {
        let problems = check::request(request);
        if !problems.is_empty() {
            return Err(problems);
        }
        let solved = if lists::apply(request) {
            Lists::solve(request, effort.work_max).map(Self::Lists)
        } else {
            Program::of(request).map(|program| {
                let mut work = Work::new(effort.work_max);
                let solved = general::best(&program, effort.close, &mut work);
                Self::General(Box::new(program), solved)
            })
        };
        solved.ok_or_else(too_large)
    }

    fn selection(&self, request: &Request) -> Result<Selection, Problems> {
        let (best, method) = match self {
            Self::Lists(lists) => (lists.best(), Method::ListPairing),
            Self::General(program, solved) => (
                Best {
                    chosen: solved.best.as_ref().map(|(_, taken)| program.chosen(taken)),
                    proven: solved.proven,
                    bound: solved
                        .bound
                        .and_then(|bound| program.points(program.score_of_gain(bound))),
                },
                Method::BranchAndBound,
            ),
        };
        let mut selection = Selection {
            status: Status::Infeasible,
            objective: None,
            selected: Vec::new(),
            levels: BTreeMap::new(),
            spent: Amount::ZERO,
            bound: None,
            greedy: greedy(request),
            price_of_fairness: BTreeMap::new(),
            relaxation: None,
            method,
            checks: Vec::new(),
        };
        if best.chosen.is_none() && best.proven {
            return Ok(selection);
        }
        selection.status = Status::TimeLimit;
        selection.bound = best.bound;
        if let Some(chosen) = best.chosen {
            if best.proven {
                selection.status = Status::Optimal;
            }
            let rechecked = recheck::recheck(request, &chosen)?;
            selection.objective = Some(rechecked.score);
            selection.spent = Amount::from_decimal(rechecked.spent);
            selection.checks = rechecked.checks;
            selection.selected = chosen.keys().cloned().collect();
            let partial = chosen
                .into_iter()
                .filter_map(|(id, level)| Some((id, level?)));
            selection.levels = partial.collect();
        }
        Ok(selection)
    }

    fn prices(
        &self,
        request: &Request,
        selection: &Selection,
        work_max: u64,
    ) -> BTreeMap<String, Price> {
        match self {
            Self::Lists(lists) => lists.prices(request, work_max),
            Self::General(program, solved) => {
                let rules = stated(&request.constraints).into_iter();
                let mut work = Work::new(work_max);
                rules
                    .filter(|rule| *rule != Rule::Budget)
                    .map(|rule| {
                        let start = solved.best.as_ref().filter(|_| solved.proven);
                        let price = start.and_then(|(_, start)| {
                            price(program, rule, start, selection, &mut work)
                        });
                        (rule.id(&request.constraints), price.unwrap_or_default())
                    })
                    .collect()
            }
        }
    }

    fn relaxation(&self, request: &Request, work_max: u64) -> Result<super::Relaxation, Problems> {
        let mut work = Work::new(work_max);
        match self {
            Self::Lists(lists) => {
                let mut relaxation = lists.relaxation(request, &mut work);
                let program = Program::of(request).ok_or_else(too_large)?;
                relaxation::budget_and_together(request, &program, &mut relaxation, &mut work);
                Ok(relaxation)
            }
            Self::General(program, _) => Ok(relaxation::relaxation(request, program, &mut work)),
        }
    }
}

/// What the optimum gains and spends more without this rule.
fn price(
    program: &Program,
    rule: Rule,
    start: &[bool],
    selection: &Selection,
    work: &mut Work,
) -> Option<Price> {
    let free = program.without(rule);
    let asked = Asked {
        start: Some(start.to_vec()),
        ..Asked::default()
    };
    let solved = settle(&free, &program.gains(), asked, work);
    let (_, taken) = solved.best.filter(|_| solved.proven)?;
    let sum = |values: &[i64]| -> i128 {
        let taken = values.iter().zip(&taken).filter(|(_, taken)| **taken);
        taken.map(|(value, _)| i128::from(*value)).sum()
    };
    let points = program.points(sum(&program.score))?;
    let spent = program.money(sum(&program.spend))?;
    Some(Price {
        points: points.checked_sub(selection.objective?),
        spent: spent.checked_sub(selection.spent.decimal()),
    })
}

fn too_large() -> Problems {
    let mut problems = Problems::new();
    problems.add(
        "out_of_range",
        "applications",
        "The costs or scores are too large to add up exactly.",
    );
    problems
}
