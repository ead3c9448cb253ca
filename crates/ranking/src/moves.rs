//! Why ranks moved between two rankings: from before to after in four steps, each ranked in full,
//! so that every change of a score has one reason and the changes add up to the whole.
//!
//! The order is fixed, because the share of each reason depends on it:
//! 1. `rule` – the set of criteria, their anchors, directions and the keys that break ties. A
//!    criterion that is new brings its scores and weight with it.
//! 2. `weight` – the weights.
//! 3. `data` – scores of criteria whose source is not the reviewers; applications that came or went.
//! 4. `reviewer` – scores of criteria whose source is the reviewers.
mod evaluate;
mod result;

#[cfg(test)]
mod tests;

use explain::{
    Problems,
    json::Json,
    read::{Fields, join},
};

use crate::rank;

pub use evaluate::evaluate;
pub use result::{Moved, Moves, Part, Reason, Step};

/// Two rankings of one round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The ranking that was.
    pub before: rank::Request,
    /// The ranking that is.
    pub after: rank::Request,
}

/// Reads the JSON of `plumbline calc moves`, listing the problems of both rankings at once.
pub fn read(body: &Json) -> Result<Request, Problems> {
    let mut problems = Problems::new();
    let fields = Fields::of(body, "", &mut problems);
    fields.format_one(&mut problems);
    fields.refuse_unknown(&["format", "before", "after"], &mut problems);
    let mut side = |key: &str| {
        let given = fields.required(key, &mut problems)?;
        match rank::read(given) {
            Ok(request) => Some(request),
            Err(found) => {
                problems.extend(under(key, found));
                None
            }
        }
    };
    let (before, after) = (side("before"), side("after"));
    let request = before
        .zip(after)
        .map(|(before, after)| Request { before, after });
    problems.into_result(request)
}

/// The problems of one side, with the paths of the whole document.
fn under(side: &str, problems: Problems) -> Problems {
    let mut moved = Problems::new();
    for mut problem in problems.into_vec() {
        problem.path = if problem.path.is_empty() {
            side.to_owned()
        } else {
            join(side, &problem.path)
        };
        moved.push(problem);
    }
    moved
}
