//! The steps of one tier: each once, in the order in which a purchase goes, none of the four left
//! out without which nothing is bought.
use std::collections::BTreeSet;

use explain::Problems;

use super::{Action, Step};

/// Receipt and invoice may be left out of a tier; these may not.
const NEEDED: [Action; 4] = [
    Action::Request,
    Action::Award,
    Action::AgreeAndIssueOrder,
    Action::Payment,
];

pub(super) fn refuse_disorder(steps: &[Step], path: &str, problems: &mut Problems) {
    let mut seen = BTreeSet::new();
    let mut latest: Option<Action> = None;
    for (position, step) in steps.iter().enumerate() {
        let at = format!("{path}[{position}].action");
        let word = step.action.word();
        if !seen.insert(step.action) {
            problems.add(
                "duplicate_step",
                &at,
                format!("{at} \"{word}\" stands twice; give each step once."),
            );
        } else if let Some(before) = latest
            && step.action < before
        {
            let before = before.word();
            problems.add(
                "step_out_of_order",
                &at,
                format!("{at} \"{word}\" comes after \"{before}\"; put it before."),
            );
        }
        latest = latest.max(Some(step.action));
    }
    for action in NEEDED {
        if !seen.contains(&action) {
            let word = action.word();
            problems.add(
                "missing_step",
                path,
                format!("{path} has no \"{word}\"; add {{\"action\":\"{word}\",\"roles\":[…]}}."),
            );
        }
    }
}
