//! The answer by pairing lists, for budget, small share and cap per group alone.
use std::collections::BTreeMap;

use super::{
    Constraints, Price, Relaxation, Request,
    evaluate::Best,
    fairness::{self, Reach},
    program::Chosen,
    search::{Answer, Found, Work, solve},
    whole::Whole,
};

/// Most applications that lists take; their bit sets are that long.
const LISTED_MAX: usize = 2_000;

/// Whether pairing lists knows all the rules of this request.
pub(super) fn apply(request: &Request) -> bool {
    let Constraints {
        small_share: _,
        max_per_group: _,
        at_most,
        at_least,
        exclusive,
        requires,
        codes: _,
    } = &request.constraints;
    at_most.is_empty()
        && at_least.is_empty()
        && exclusive.is_empty()
        && requires.is_empty()
        && request.applications.len() <= LISTED_MAX
        && request
            .applications
            .iter()
            .all(|item| item.levels.is_empty())
}

/// A task and its answer; `None` when nothing is feasible.
pub(super) struct Lists {
    whole: Whole,
    answer: Option<Answer>,
}

impl Lists {
    /// `None` when numbers do not fit.
    pub(super) fn solve(request: &Request, work_max: u64) -> Option<Self> {
        let whole = Whole::of(request)?;
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
        Some(Self { whole, answer })
    }

    pub(super) fn best(&self) -> Best {
        let answer = self.answer.as_ref();
        let found = answer.and_then(|answer| answer.found.as_ref());
        Best {
            chosen: found.map(|found| self.chosen(found)),
            proven: answer.is_none_or(|answer| answer.proven && answer.found.is_some()),
            bound: answer.map(|answer| self.whole.points(answer.bound)),
        }
    }

    fn chosen(&self, found: &Found) -> Chosen {
        let ids = found
            .places
            .iter()
            .filter_map(|place| self.whole.ids.get(*place));
        ids.map(|id| (id.clone(), None)).collect()
    }

    pub(super) fn prices(&self, request: &Request, work_max: u64) -> BTreeMap<String, Price> {
        let proven = self.answer.as_ref().filter(|answer| answer.proven);
        let optimum = proven.and_then(|answer| answer.found.as_ref());
        fairness::prices(request, &self.whole, optimum, &mut Work::new(work_max))
    }

    pub(super) fn relaxation(&self, request: &Request, work: &mut Work) -> Relaxation {
        fairness::relaxation(request, &self.whole, work)
    }
}

fn better(found: Option<Found>, fallback: Found) -> Found {
    match found {
        Some(found) if found.score >= fallback.score => found,
        Some(_) | None => fallback,
    }
}
