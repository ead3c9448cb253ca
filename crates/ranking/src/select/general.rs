//! The best set under any rules: prices settle what is clear, branch and bound the rest, and among
//! equal optima the list of ids decides.
use super::{
    branch::{Goal, Outcome, search},
    core::Core,
    program::Program,
    search::Work,
};

/// The best columns of a program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Solved {
    /// The best selection found and its gain; `None` when none was found.
    pub(super) best: Option<(i128, Vec<bool>)>,
    /// Nothing gains more than this; `None` when nothing is feasible at all.
    pub(super) bound: Option<i128>,
    /// The best is the optimum, or nothing is feasible.
    pub(super) proven: bool,
}

/// The best set by score, then spend, then ids, then levels.
pub(super) fn best(program: &Program, close: Option<u32>, work: &mut Work) -> Solved {
    let gains = program.gains();
    let mut solved = solve(program, &gains, None, close.map(i128::from), work);
    if let Some(best) = solved.best.as_mut().filter(|_| solved.proven) {
        match first_of_equals(program, &gains, best, work) {
            Ok(taken) => best.1 = taken,
            Err(OutOfWork) => solved.proven = false,
        }
    }
    solved
}

/// The work was used up before the question was settled.
struct OutOfWork;

/// Most gain over the feasible sets of a program, from a feasible set if one is known.
pub(super) fn solve(
    program: &Program,
    gains: &[i128],
    start: Option<Vec<bool>>,
    close: Option<i128>,
    work: &mut Work,
) -> Solved {
    let decided = out_of_budget(program);
    let start = start.map(|taken| (gain_of(gains, &taken), taken));
    let (core, columns) = program.core(gains, &decided);
    let base = base_gain(gains, &decided);
    let goal = Goal {
        above: start
            .as_ref()
            .map_or(i128::MIN >> 4, |(gain, _)| gain - base),
        enough: None,
        close,
    };
    let outcome = search(&core, &[], goal, work);
    solved(start, outcome, base, &decided, &columns)
}

fn solved(
    start: Option<(i128, Vec<bool>)>,
    outcome: Outcome,
    base: i128,
    decided: &[Option<bool>],
    columns: &[usize],
) -> Solved {
    let best = outcome
        .best
        .map(|(gain, taken)| (gain + base, whole_set(decided, columns, &taken)))
        .or(start);
    let bound = if best.is_none() && outcome.proven {
        None
    } else {
        Some(outcome.bound.saturating_add(base))
    };
    Solved {
        best,
        bound,
        proven: outcome.proven,
    }
}

/// Whether some set meets every rule; `None` when the work ran out.
pub(super) fn feasible(program: &Program, work: &mut Work) -> Option<bool> {
    let (core, _) = program.core(&vec![0; program.owner.len()], &out_of_budget(program));
    let goal = Goal {
        above: -1,
        enough: Some(0),
        close: None,
    };
    let outcome = search(&core, &[], goal, work);
    if outcome.best.is_some() {
        Some(true)
    } else {
        outcome.proven.then_some(false)
    }
}

/// Levels that cost more than the whole budget are out.
fn out_of_budget(program: &Program) -> Vec<Option<bool>> {
    let mut decided = vec![None; program.owner.len()];
    if program
        .rows
        .iter()
        .any(|row| row.is_budget() && row.limit.is_some())
    {
        for listed in &program.applications {
            let mut cost = 0;
            for column in listed.columns.clone() {
                cost += program.spend[column];
                if cost > program.budget {
                    decided[column] = Some(false);
                }
            }
        }
    }
    decided
}

fn gain_of(gains: &[i128], taken: &[bool]) -> i128 {
    let taken = gains.iter().zip(taken).filter(|(_, taken)| **taken);
    taken.map(|(gain, _)| *gain).sum()
}

fn base_gain(gains: &[i128], decided: &[Option<bool>]) -> i128 {
    let taken = gains.iter().zip(decided);
    taken
        .filter(|(_, decided)| **decided == Some(true))
        .map(|(gain, _)| *gain)
        .sum()
}

fn whole_set(decided: &[Option<bool>], columns: &[usize], taken: &[bool]) -> Vec<bool> {
    let mut set: Vec<bool> = decided
        .iter()
        .map(|decided| *decided == Some(true))
        .collect();
    for (column, taken) in columns.iter().zip(taken) {
        set[*column] = *taken;
    }
    set
}

/// Among the sets that gain as much: the one with the lexicographically smallest sorted id list,
/// then the fuller levels. Id by id: is there a set that has it?
fn first_of_equals(
    program: &Program,
    gains: &[i128],
    best: &(i128, Vec<bool>),
    work: &mut Work,
) -> Result<Vec<bool>, OutOfWork> {
    let decided = out_of_budget(program);
    let (core, columns) = program.core(gains, &decided);
    let (gain, set) = best;
    let gain = *gain - base_gain(gains, &decided);
    let mut witness: Vec<bool> = columns.iter().map(|column| set[*column]).collect();
    let goal = Goal {
        above: gain - 1,
        enough: Some(gain),
        close: None,
    };
    let mut fixed: Vec<(usize, bool)> = Vec::new();
    let is_first = |at: usize| {
        let column = columns[at];
        program.applications[program.owner[column]].columns.start == column
    };
    let (ids, steps): (Vec<usize>, Vec<usize>) = (0..columns.len()).partition(|at| is_first(*at));
    for (position, at) in ids.iter().enumerate() {
        if !steps.is_empty() && ids[position..].iter().any(|at| witness[*at]) {
            // A list that ends here comes before every longer one.
            let mut ended = fixed.clone();
            ended.extend(ids[position..].iter().map(|at| (*at, false)));
            if let Some(taken) = another(&core, &ended, goal, work)? {
                witness = taken;
            }
        }
        if ids[position..].iter().all(|at| !witness[*at]) {
            fixed.extend(ids[position..].iter().map(|at| (*at, false)));
            break;
        }
        prefer(&core, &mut fixed, *at, &mut witness, goal, work)?;
    }
    for at in steps {
        prefer(&core, &mut fixed, at, &mut witness, goal, work)?;
    }
    Ok(whole_set(&decided, &columns, &witness))
}

/// Takes a column if some set that gains as much does.
fn prefer(
    core: &Core,
    fixed: &mut Vec<(usize, bool)>,
    column: usize,
    witness: &mut Vec<bool>,
    goal: Goal,
    work: &mut Work,
) -> Result<(), OutOfWork> {
    fixed.push((column, true));
    if !witness[column] {
        if let Some(taken) = another(core, fixed, goal, work)? {
            *witness = taken;
        } else {
            fixed.pop();
            fixed.push((column, false));
        }
    }
    Ok(())
}

/// A set with these columns decided that gains enough, if there is one.
fn another(
    core: &Core,
    fixed: &[(usize, bool)],
    goal: Goal,
    work: &mut Work,
) -> Result<Option<Vec<bool>>, OutOfWork> {
    let outcome = search(core, fixed, goal, work);
    match outcome.best {
        Some((_, taken)) => Ok(Some(taken)),
        None if outcome.proven => Ok(None),
        None => Err(OutOfWork),
    }
}
