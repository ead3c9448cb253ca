//! Whether a plan for shared cost is settled: the fact that eligibility reads under this rule
//! set's name.
use explain::Problems;

use crate::{Evaluation, Status, pools::NO_BASIS_LEFT};

/// `true` when every project is settled and every pool split; `false` only when a pool could not
/// be apportioned; unknown while a project needs information, when the request has other problems,
/// and when neither a pool nor a project is stated.
pub fn plan_is_settled(outcome: Result<&Evaluation, &Problems>) -> Option<bool> {
    match outcome {
        Ok(evaluation) => {
            let stated = !evaluation.pools.is_empty() || !evaluation.projects.is_empty();
            let known = evaluation
                .projects
                .iter()
                .all(|project| project.status != Status::NeedsInformation);
            (stated && known).then_some(true)
        }
        Err(problems) => problems
            .as_slice()
            .iter()
            .any(|problem| problem.code == NO_BASIS_LEFT)
            .then_some(false),
    }
}
