//! What may come of an appeal, and until when one may be made.
use chrono::{Days, NaiveDate};

/// How an appeal ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AppealOutcome {
    /// The decision has to be made again.
    Upheld,
    /// The decision stands.
    Dismissed,
}

impl AppealOutcome {
    /// The stable name, as stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Upheld => "upheld",
            Self::Dismissed => "dismissed",
        }
    }

    /// Reads the stable name.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Upheld, Self::Dismissed]
            .into_iter()
            .find(|outcome| outcome.as_str() == name)
    }
}

/// The last day for an appeal, `days` after the day on which the decision was told. That day itself
/// does not count.
pub fn appeal_until(told_on: NaiveDate, days: i64) -> Option<NaiveDate> {
    told_on.checked_add_days(Days::new(u64::try_from(days).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_of_the_letter_does_not_count() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        assert_eq!(appeal_until(day("2026-11-12"), 28), Some(day("2026-12-10")));
        assert_eq!(appeal_until(day("2026-11-12"), -1), None);
    }

    #[test]
    fn names_are_read_back() {
        for outcome in [AppealOutcome::Upheld, AppealOutcome::Dismissed] {
            assert_eq!(AppealOutcome::from_name(outcome.as_str()), Some(outcome));
        }
        assert_eq!(AppealOutcome::from_name("open"), None);
    }
}
