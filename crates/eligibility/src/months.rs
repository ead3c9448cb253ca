//! Length of a period in calendar months, as grant conditions count it.
use chrono::{Datelike, NaiveDate};

/// Calendar months from `start` to `end`, both days included, a part month counted as one;
/// `None` when the period ends before it starts. 2025-01-01 to 2027-12-31 is 36. A new month
/// begins on the day of the month on which the period started; a month too short to have that day
/// begins none.
pub(crate) fn months_between(start: NaiveDate, end: NaiveDate) -> Option<i64> {
    if end < start {
        return None;
    }
    let begun = (i64::from(end.year()) - i64::from(start.year())) * 12 + i64::from(end.month())
        - i64::from(start.month());
    Some(begun + i64::from(end.day() >= start.day()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn months(start: &str, end: &str) -> Option<i64> {
        months_between(
            explain::date_from_text(start).unwrap(),
            explain::date_from_text(end).unwrap(),
        )
    }

    #[test]
    fn both_end_days_are_included_and_part_months_count_as_one() {
        assert_eq!(months("2025-01-01", "2027-12-31"), Some(36));
        assert_eq!(months("2025-01-01", "2028-01-01"), Some(37));
        assert_eq!(months("2025-01-01", "2025-01-01"), Some(1));
        assert_eq!(months("2025-01-15", "2025-02-14"), Some(1));
        assert_eq!(months("2025-01-15", "2025-02-15"), Some(2));
        assert_eq!(months("2025-01-31", "2025-02-28"), Some(1));
        assert_eq!(months("2025-01-31", "2025-03-01"), Some(2));
        assert_eq!(months("2024-02-29", "2025-02-28"), Some(12));
        assert_eq!(months("2024-12-31", "2025-12-30"), Some(12));
    }

    #[test]
    fn an_end_before_its_start_is_no_period() {
        assert_eq!(months("2025-01-02", "2025-01-01"), None);
    }
}
