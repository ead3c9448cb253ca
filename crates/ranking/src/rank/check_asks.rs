//! What must hold among the further questions. The reader and typed requests run the same checks.
use explain::{Problem, Problems, read::join};
use money::{Decimal, normal_text};

use super::{Application, Asks, LineRule, PAIRED_MAX, Room};

/// A question rests on another: shares of weightings need weightings.
pub(super) fn rests(asks: &Asks, stability: bool, problems: &mut Problems) {
    for (name, asked) in [
        ("pairwise", asks.pairwise),
        ("central_weights", asks.central_weights),
    ] {
        if asked && !stability {
            problems.add(
                "needs_stability",
                name,
                format!(
                    "{name} counts weightings; give stability too, such as \
                     {{\"samples\":10000,\"seed\":1,\"weights\":\"uniform\"}}."
                ),
            );
        }
    }
}

/// Few enough applications for what looks at every pair.
pub(super) fn few_enough(asks: &Asks, applications: usize, problems: &mut Problems) {
    for (name, asked) in [
        ("pairwise", asks.pairwise),
        ("sensitivity", asks.sensitivity),
    ] {
        if asked && applications > PAIRED_MAX {
            problems.push(
                Problem::new(
                    "too_many",
                    name,
                    format!(
                        "{name} compares every pair of applications and there are {applications}; \
                         at most {PAIRED_MAX} are allowed, so leave {name} out."
                    ),
                )
                .with("most", PAIRED_MAX.to_string()),
            );
        }
    }
}

/// A share above one half, up to the whole.
pub(super) fn robust(share: Decimal, path: &str, problems: &mut Problems) {
    if share <= Decimal::new(5, 1) || share > Decimal::ONE {
        problems.add(
            "out_of_range",
            path,
            format!(
                "{path} is {}; it must be above 0.5 and at most 1, such as \"0.95\".",
                normal_text(share)
            ),
        );
    }
}

/// With a budget every application says what it asks for; nobody asks for less than nothing.
pub(super) fn cost(
    application: &Application,
    path: &str,
    line: Option<LineRule>,
    problems: &mut Problems,
) {
    let at = join(path, "cost");
    let budget = line.is_some_and(|line| matches!(line.room, Room::Budget(_)));
    match application.cost {
        None if budget => problems.add(
            "missing",
            &at,
            format!("{at} is missing; line.budget needs it, such as \"50000.00\"."),
        ),
        Some(cost) if cost.cents() < 0 => problems.add(
            "out_of_range",
            &at,
            format!("{at} is {cost}; it must be 0 or more, such as \"50000.00\"."),
        ),
        None | Some(_) => {}
    }
}

/// All of them, for a request that was built from typed values.
pub(super) fn typed(
    asks: &Asks,
    stability: bool,
    applications: &[Application],
    problems: &mut Problems,
) {
    rests(asks, stability, problems);
    few_enough(asks, applications.len(), problems);
    if let Some(line) = asks.line {
        robust(line.robust, "line.robust", problems);
    }
    for (position, application) in applications.iter().enumerate() {
        cost(
            application,
            &format!("applications[{position}]"),
            asks.line,
            problems,
        );
    }
}
