//! Whether the versions of a rule set follow one another: each day after the first has one.
use chrono::NaiveDate;
use explain::{Problems, read::join};

use crate::Version;

/// The versions earliest first; periods that end before they start, overlap or leave days out,
/// and names used twice, are listed as problems. Paths keep the positions of the file.
pub(crate) fn in_order(
    versions: Vec<Version>,
    path: &str,
    problems: &mut Problems,
) -> Vec<Version> {
    if versions.is_empty() {
        problems.add(
            "no_versions",
            path,
            format!("{path} is empty; give at least one version, such as {{\"version\":\"from-2025-05-01\",…}}."),
        );
    }
    let mut placed: Vec<(usize, Version)> = versions.into_iter().enumerate().collect();
    // No first day comes before every day.
    placed.sort_by_key(|(position, version)| (version.effective_from, *position));
    for (position, version) in &placed {
        let at = format!("{path}[{position}]");
        refuse_backwards(version, &at, problems);
        let earlier = placed
            .iter()
            .any(|(other, named)| other < position && named.version == version.version);
        if earlier {
            problems.add(
                "duplicate_version",
                join(&at, "version"),
                format!("{at}.version \"{}\" is used twice; name each version, such as \"from-2025-05-01\".", version.version),
            );
        }
    }
    for pair in placed.windows(2) {
        if let [(_, before), (position, after)] = pair {
            let at = join(&format!("{path}[{position}]"), "effective_from");
            refuse_conflict(before, after, &at, problems);
        }
    }
    placed.into_iter().map(|(_, version)| version).collect()
}

fn refuse_backwards(version: &Version, at: &str, problems: &mut Problems) {
    if let (Some(from), Some(to)) = (version.effective_from, version.effective_to)
        && to < from
    {
        problems.add(
            "end_before_start",
            join(at, "effective_to"),
            format!("{at}.effective_to {to} is before effective_from {from}; give a later day, or null while it lasts."),
        );
    }
}

fn refuse_conflict(before: &Version, after: &Version, at: &str, problems: &mut Problems) {
    let day_after = before.effective_to.and_then(|to| to.succ_opt());
    let starts = |from: Option<NaiveDate>| {
        from.map_or_else(
            || "without a first day".to_owned(),
            |day| format!("on {day}"),
        )
    };
    let (Some(expected), true) = (day_after, after.effective_from.is_some()) else {
        problems.add(
            "effective_dates_overlap",
            at,
            format!(
                "{at}: version \"{}\" starts {} while \"{}\" has no last day before it; give the \
                 earlier one an effective_to and the later one an effective_from, such as \
                 \"2025-04-30\" and \"2025-05-01\".",
                after.version,
                starts(after.effective_from),
                before.version
            ),
        );
        return;
    };
    let (code, cause) = match after.effective_from {
        Some(from) if from < expected => ("effective_dates_overlap", "both are in force"),
        Some(from) if from > expected => ("effective_dates_gap", "the days between have none"),
        Some(_) | None => return,
    };
    problems.add(
        code,
        at,
        format!(
            "{at}: version \"{}\" starts {} but \"{}\" ends the day before {expected}, so {cause}; \
             start it on \"{expected}\".",
            after.version,
            starts(after.effective_from),
            before.version
        ),
    );
}
