//! Whether different people can do what different people must: request, award and order are
//! kept apart, and where a step is open to named people only there are enough of them.
use std::collections::{BTreeMap, BTreeSet};

use explain::Problems;

use super::{Action, ApprovalTier, Filled};

/// Companion check P-SOD: three different people.
const APART: [(Action, Action); 3] = [
    (Action::Request, Action::Award),
    (Action::Request, Action::AgreeAndIssueOrder),
    (Action::Award, Action::AgreeAndIssueOrder),
];

pub(super) fn refuse_gaps(separate: &[BTreeSet<Action>], path: &str, problems: &mut Problems) {
    for (one, other) in APART {
        let kept = |group: &BTreeSet<Action>| group.contains(&one) && group.contains(&other);
        if !separate.iter().any(kept) {
            let (one, other) = (one.word(), other.word());
            problems.add(
                "separation_missing",
                path,
                format!(
                    "{path} lets one person do both \"{one}\" and \"{other}\"; name both in one \
                     group, such as [\"request\",\"award\",\"agree_and_issue_order\"]."
                ),
            );
        }
    }
}

/// Memberships may be held by any number of people; only named people can be too few.
pub(super) fn refuse_impossible(
    tiers: &[ApprovalTier],
    separate: &[BTreeSet<Action>],
    roles: &BTreeMap<String, Filled>,
    path: &str,
    problems: &mut Problems,
) {
    for tier in tiers {
        for group in separate {
            let limited: Vec<(Action, BTreeSet<&str>)> = tier
                .steps
                .iter()
                .filter(|step| group.contains(&step.action))
                .filter_map(|step| {
                    let filled: Vec<&Filled> = step
                        .roles
                        .iter()
                        .filter_map(|role| roles.get(role))
                        .collect();
                    let is_open = filled.iter().any(|filled| !filled.memberships.is_empty());
                    let people = filled.iter().flat_map(|filled| &filled.people);
                    (!is_open).then(|| (step.action, people.map(String::as_str).collect()))
                })
                .collect();
            if let Some(action) = left_over(&limited) {
                let over = tier.over;
                let names: Vec<&str> = limited.iter().map(|(action, _)| action.word()).collect();
                let names = names.join(", ");
                problems.add(
                    "separation_impossible",
                    path,
                    format!(
                        "{path}: in the tier over {over}, too few people are named to do {names} \
                         by different people (nobody is left for \"{}\"); name one more.",
                        action.word()
                    ),
                );
            }
        }
    }
}

/// The first step for which no person is left, whoever takes the others.
fn left_over(steps: &[(Action, BTreeSet<&str>)]) -> Option<Action> {
    let mut taken: BTreeMap<&str, usize> = BTreeMap::new();
    (0..steps.len()).find_map(|position| {
        let found = seat(position, steps, &mut taken, &mut BTreeSet::new());
        let action = steps.get(position).map(|(action, _)| *action);
        if found { None } else { action }
    })
}

/// Finds a person for one step, moving others to another of their people where that helps.
fn seat<'a>(
    position: usize,
    steps: &[(Action, BTreeSet<&'a str>)],
    taken: &mut BTreeMap<&'a str, usize>,
    tried: &mut BTreeSet<&'a str>,
) -> bool {
    let Some((_, people)) = steps.get(position) else {
        return true;
    };
    for person in people {
        if !tried.insert(person) {
            continue;
        }
        let holder = taken.get(person).copied();
        if holder.is_none_or(|holder| seat(holder, steps, taken, tried)) {
            taken.insert(person, position);
            return true;
        }
    }
    false
}
