//! Dates and financial years as Hong Kong's welfare sector writes them.
use std::fmt;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

/// Reads `2026-11-21`: four digits, two, two, and a day that exists.
pub fn date_from_text(text: &str) -> Option<NaiveDate> {
    let bytes = text.as_bytes();
    let shape = bytes.len() == 10
        && bytes
            .iter()
            .enumerate()
            .all(|(position, byte)| match position {
                4 | 7 => *byte == b'-',
                _ => byte.is_ascii_digit(),
            });
    if shape {
        NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()
    } else {
        None
    }
}

/// A financial year from 1 April to 31 March, written `2025-26`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FinancialYear {
    starts_in: i32,
}

impl FinancialYear {
    /// Reads `2025-26`; the second part must be the year after.
    pub fn from_text(text: &str) -> Option<Self> {
        let (first, second) = text.split_once('-')?;
        if first.len() != 4 || second.len() != 2 {
            return None;
        }
        if !text
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'-')
        {
            return None;
        }
        let starts_in: i32 = first.parse().ok()?;
        let ends_in: i32 = second.parse().ok()?;
        ((starts_in + 1) % 100 == ends_in).then_some(Self { starts_in })
    }

    /// The financial year in which a day falls.
    pub fn of(day: NaiveDate) -> Self {
        let starts_in = if day.month() >= 4 {
            day.year()
        } else {
            day.year() - 1
        };
        Self { starts_in }
    }

    /// The calendar year in which it starts.
    pub const fn starts_in(self) -> i32 {
        self.starts_in
    }

    /// The year after.
    #[must_use]
    pub const fn next(self) -> Self {
        Self {
            starts_in: self.starts_in + 1,
        }
    }

    /// 1 April.
    pub fn first_day(self) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(self.starts_in, 4, 1)
    }

    /// 31 March of the following year.
    pub fn last_day(self) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(self.starts_in + 1, 3, 31)
    }
}

impl fmt::Display for FinancialYear {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "{:04}-{:02}",
            self.starts_in,
            (self.starts_in + 1).rem_euclid(100)
        )
    }
}

impl Serialize for FinancialYear {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for FinancialYear {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::from_text(&text)
            .ok_or_else(|| serde::de::Error::custom("is not a financial year such as 2025-26"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_financial_year_runs_from_april_to_march() {
        let day = |text| date_from_text(text).unwrap();
        assert_eq!(FinancialYear::of(day("2025-03-31")).to_string(), "2024-25");
        assert_eq!(FinancialYear::of(day("2025-04-01")).to_string(), "2025-26");
        assert_eq!(
            FinancialYear::from_text("1999-00").unwrap().starts_in(),
            1999
        );
        for bad in [
            "2025-27",
            "2025",
            "2025-2026",
            "25-26",
            "2025/26",
            "+025-26",
        ] {
            assert!(FinancialYear::from_text(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn a_date_has_one_spelling() {
        assert!(date_from_text("2024-02-29").is_some());
        for bad in [
            "2025-02-29",
            "2025-2-9",
            "20250209",
            "2025-02-09T00:00",
            "+025-01-01",
        ] {
            assert!(date_from_text(bad).is_none(), "{bad}");
        }
    }
}
