//! The two languages in which documents are written. What a person typed is never translated.
use chrono::{DateTime, Datelike as _, NaiveDate, NaiveDateTime, TimeDelta, Utc};

use crate::Text;

/// The same words in English and in Hong Kong Chinese.
pub type Words = (&'static str, &'static str);

/// Hours by which Hong Kong is ahead of UTC, all year since 1979.
const HONG_KONG_HOURS: i64 = 8;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Language of headings and notes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// English.
    En,
    /// Chinese as written in Hong Kong.
    Zh,
}

impl Language {
    /// Both, in the order of [`Words`].
    pub const ALL: [Self; 2] = [Self::En, Self::Zh];

    /// The words in this language.
    pub const fn of(self, words: Words) -> &'static str {
        match self {
            Self::En => words.0,
            Self::Zh => words.1,
        }
    }

    /// A text in this language, or in the other one where it was given in that one only.
    pub fn text(self, text: &Text) -> &str {
        let (own, other) = match self {
            Self::En => (&text.en, &text.zh),
            Self::Zh => (&text.zh, &text.en),
        };
        if own.is_empty() { other } else { own }
    }

    /// `en` or `zh-HK`, as documents name their language.
    pub const fn tag(self) -> &'static str {
        self.of(("en", "zh-HK"))
    }

    /// `21 November 2026` or `2026年11月21日`.
    pub fn date(self, day: NaiveDate) -> String {
        let name = usize::try_from(day.month0())
            .ok()
            .and_then(|month| MONTHS.get(month))
            .unwrap_or(&MONTHS[0]);
        match self {
            Self::En => format!("{} {name} {}", day.day(), day.year()),
            Self::Zh => format!("{}年{}月{}日", day.year(), day.month(), day.day()),
        }
    }

    /// `21 November 2026, 18:00 HKT` or `2026年11月21日 18:00（香港時間）`.
    pub fn date_time(self, instant: DateTime<Utc>) -> String {
        let local = hong_kong(instant);
        let (day, clock) = (self.date(local.date()), local.format("%H:%M"));
        match self {
            Self::En => format!("{day}, {clock} HKT"),
            Self::Zh => format!("{day} {clock}（香港時間）"),
        }
    }
}

/// The calendar day and clock time of an instant in Hong Kong.
pub fn hong_kong(instant: DateTime<Utc>) -> NaiveDateTime {
    let utc = instant.naive_utc();
    let ahead = TimeDelta::try_hours(HONG_KONG_HOURS).unwrap_or_default();
    utc.checked_add_signed(ahead).unwrap_or(utc)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn instant(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn an_instant_is_told_in_hong_kong_time() {
        let evening = instant("2026-12-31T16:05:00Z");
        assert_eq!(Language::En.date_time(evening), "1 January 2027, 00:05 HKT");
        assert_eq!(
            Language::Zh.date_time(evening),
            "2027年1月1日 00:05（香港時間）"
        );
    }

    #[test]
    fn a_text_given_in_one_language_stands_in_for_the_other() {
        let both = Text::new("Hope House", "希望之家");
        assert_eq!(Language::Zh.text(&both), "希望之家");
        assert_eq!(
            Language::Zh.text(&Text::new("Hope House", "")),
            "Hope House"
        );
        assert_eq!(Language::En.text(&Text::new("", "希望之家")), "希望之家");
    }
}
