//! Effective dates of criteria: one id may stand several times with other rules, as long as no
//! day has two of them.
use explain::{
    Problems,
    read::{self, Fields, join},
};

use crate::criterion::{Criterion, Period};

/// `effective_from` and `effective_to`, both optional.
pub(super) fn read(fields: &Fields<'_>, problems: &mut Problems) -> Period {
    let from = fields.given("effective_from", problems, read::date);
    let to = fields.given("effective_to", problems, read::date);
    let period = Period {
        from: from.into_option(),
        to: to.into_option(),
    };
    if let Some((from, to)) = period.from.zip(period.to)
        && to < from
    {
        let at = fields.path_of("effective_to");
        let message = format!(
            "{at} {to} is before effective_from {from}; give a later day, or leave it out while \
             the criterion lasts."
        );
        problems.add("end_before_start", &at, message);
    }
    period
}

/// Refuses an id that is used twice on the same day.
pub(super) fn refuse_conflict(
    earlier: &[Criterion],
    criterion: &Criterion,
    path: &str,
    problems: &mut Problems,
) {
    let mut same = earlier.iter().filter(|other| other.id == criterion.id);
    let Some(other) = same.find(|other| other.period.meets(criterion.period)) else {
        return;
    };
    let dated = |period: Period| period != Period::default();
    if !dated(other.period) && !dated(criterion.period) {
        let at = join(path, "id");
        let message = format!(
            "{at} \"{}\" is already used; give each criterion its own, such as \"E02\".",
            criterion.id
        );
        problems.add("duplicate_id", &at, message);
        return;
    }
    let at = join(path, "effective_from");
    let message = format!(
        "{at}: \"{}\" applies on days on which another criterion of that id does; end the earlier \
         one the day before the later one begins, such as \"2026-11-30\" and \"2026-12-01\".",
        criterion.id
    );
    problems.add("effective_dates_overlap", &at, message);
}
