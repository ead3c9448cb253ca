//! The best set under any rules, and among equal optima the one whose list of ids comes first.
use super::{
    branch::{Goal, search},
    core::Core,
    opened::whole_set,
    pricing::Pricing,
    program::Program,
    search::Work,
    settle::{Asked, Solved, out_of_budget, settle},
};

/// Most columns among which the order of equal optima is searched.
const EQUALS_MAX: usize = 1_000;

/// The best set by score, then spend, then ids, then levels.
pub(super) fn best(program: &Program, close: Option<u32>, work: &mut Work) -> Solved {
    let gains = program.gains();
    let asked = Asked {
        close: close.map(i128::from),
        first: true,
        ..Asked::default()
    };
    let mut solved = settle(program, &gains, asked, work);
    if let Some(best) = solved
        .best
        .as_mut()
        .filter(|_| solved.proven && !solved.is_first)
    {
        match first_of_equals(program, &gains, best, solved.prices.clone(), work) {
            Ok(taken) => best.1 = taken,
            Err(OutOfWork) => solved.proven = false,
        }
    }
    solved
}

/// Whether some set meets every rule; `None` when the work ran out.
pub(super) fn feasible(program: &Program, work: &mut Work) -> Option<bool> {
    let solved = settle(
        program,
        &vec![0; program.owner.len()],
        Asked::default(),
        work,
    );
    if solved.best.is_some() {
        Some(true)
    } else {
        solved.proven.then_some(false)
    }
}

/// The work was used up before the question was settled.
struct OutOfWork;

/// Among the sets that gain as much: the one with the lexicographically smallest sorted id list,
/// then the fuller levels. Id by id: is there a set that has it?
fn first_of_equals(
    program: &Program,
    gains: &[i128],
    best: &(i128, Vec<bool>),
    prices: Vec<i128>,
    work: &mut Work,
) -> Result<Vec<bool>, OutOfWork> {
    let (gain, set) = best;
    let pricing = Pricing::of(program, gains, &out_of_budget(program));
    let decided = pricing.at(prices).settled(*gain);
    if decided.iter().filter(|decided| decided.is_none()).count() > EQUALS_MAX {
        return Err(OutOfWork);
    }
    let (core, columns) = program.core(gains, &decided);
    let in_core = columns.iter().filter(|column| set[**column]);
    let gain: i128 = in_core.map(|column| gains[*column]).sum();
    let mut witness: Vec<bool> = columns.iter().map(|column| set[*column]).collect();
    let goal = Goal {
        above: gain - 1,
        enough: Some(gain),
        close: None,
        equals_max: 0,
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
    match outcome.best.filter(|(gain, _)| *gain > goal.above) {
        Some((_, taken)) => Ok(Some(taken)),
        None if outcome.proven => Ok(None),
        None => Err(OutOfWork),
    }
}
