//! The whole answer: the optimum, best-score-first beside it, and what the rules cost.
use explain::Problems;
use money::Amount;

use super::{
    PriceOfFairness, Request, Selection, Status, check,
    fairness::{self, Reach},
    greedy::greedy,
    search::{Answer, Found, Work, solve},
    whole::Whole,
};

/// Partial selections looked at before giving up: a few seconds.
pub const WORK_MAX: u64 = 6_000_000;

/// Selects within [`WORK_MAX`].
pub fn evaluate(request: &Request) -> Result<Selection, Problems> {
    evaluate_within(request, WORK_MAX)
}

/// Selects, looking at about `work_max` partial selections for the optimum and as many for the
/// prices; beyond it the status is `time_limit` (with a gap of 0 when only the order among equal
/// optima is open), or a price is not given. A count, not a clock: the same input always
/// ends the same way.
pub fn evaluate_within(request: &Request, work_max: u64) -> Result<Selection, Problems> {
    let mut problems = check::request(request);
    let whole = Whole::of(request);
    if whole.is_none() && problems.is_empty() {
        problems.add(
            "out_of_range",
            "applications",
            "The costs or scores are too large to add up exactly.",
        );
    }
    let Some(whole) = whole.filter(|_| problems.is_empty()) else {
        return Err(problems);
    };
    let mut work = Work::new(work_max);
    let answer = match fairness::reach(&whole.task, &mut work) {
        Reach::Yes(fallback) => {
            let mut answer = solve(&whole.task, &mut work);
            if !answer.proven {
                answer.found = Some(better(answer.found, fallback));
            }
            Some(answer)
        }
        Reach::No => None,
        Reach::Unknown => Some(Answer {
            found: None,
            proven: false,
            bound: solve(&whole.task, &mut work).bound,
        }),
    };
    Ok(selection(request, &whole, answer, work_max))
}

fn better(found: Option<Found>, fallback: Found) -> Found {
    match found {
        Some(found) if found.score >= fallback.score => found,
        Some(_) | None => fallback,
    }
}

fn selection(request: &Request, whole: &Whole, answer: Option<Answer>, work_max: u64) -> Selection {
    let mut selection = Selection {
        status: Status::Infeasible,
        objective: None,
        selected: Vec::new(),
        spent: Amount::ZERO,
        bound: None,
        greedy: greedy(request),
        price_of_fairness: PriceOfFairness::default(),
        relaxation: None,
    };
    let mut optimum = None;
    if let Some(answer) = answer {
        selection.bound = Some(whole.points(answer.bound));
        selection.status = Status::TimeLimit;
        if let Some(found) = answer.found {
            if answer.proven {
                selection.status = Status::Optimal;
                optimum = Some(found.score);
            }
            selection.objective = Some(whole.points(found.score));
            selection.spent = whole.money(found.spend);
            selection.selected = found
                .places
                .iter()
                .filter_map(|place| whole.ids.get(*place).cloned())
                .collect();
        }
    } else {
        let mut work = Work::new(work_max);
        selection.relaxation = Some(fairness::relaxation(request, whole, &mut work));
    }
    selection.price_of_fairness =
        fairness::prices(request, whole, optimum, &mut Work::new(work_max));
    selection
}
