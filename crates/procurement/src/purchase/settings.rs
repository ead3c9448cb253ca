//! Readings that the table of tiers leaves open, stated as data so that a result names them.
use explain::{
    Problems,
    json::Json,
    read::{self, Fields, Given},
};
use serde_json::{Value, json};

/// Longest window, in months.
const WINDOW_MONTHS_MAX: i64 = 120;
/// The window of companion check P-SPLIT.
const WINDOW_MONTHS: u32 = 12;

/// Which day decides the version of the rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Governing {
    /// The day on which quotations or tenders were invited.
    InvitedOn,
    /// The day of the request.
    RequestedOn,
    /// The day of the order.
    OrderedOn,
}

impl Governing {
    const WORDS: [(&'static str, Self); 3] = [
        ("invited_on", Self::InvitedOn),
        ("requested_on", Self::RequestedOn),
        ("ordered_on", Self::OrderedOn),
    ];

    /// The word in settings and results.
    pub const fn word(self) -> &'static str {
        match self {
            Self::InvitedOn => "invited_on",
            Self::RequestedOn => "requested_on",
            Self::OrderedOn => "ordered_on",
        }
    }
}

/// Under which category a purchase of several falls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MixedRule {
    /// The category with the larger value decides; equal values: the stricter tier.
    LargerPart,
    /// The strictest tier of any of its categories.
    StricterTier,
}

impl MixedRule {
    const WORDS: [(&'static str, Self); 2] = [
        ("larger_part", Self::LargerPart),
        ("stricter_tier", Self::StricterTier),
    ];

    /// The word in settings and results.
    pub const fn word(self) -> &'static str {
        match self {
            Self::LargerPart => "larger_part",
            Self::StricterTier => "stricter_tier",
        }
    }
}

/// Which offers count towards the least number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted {
    /// All that came in an accepted form.
    Received,
    /// Only those that meet the specification.
    Conforming,
}

impl Counted {
    const WORDS: [(&'static str, Self); 2] = [
        ("received", Self::Received),
        ("conforming", Self::Conforming),
    ];

    /// The word in settings and results.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Conforming => "conforming",
        }
    }
}

/// All of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// Which day decides the version of the rules.
    pub governing: Governing,
    /// Under which category a purchase of several falls.
    pub mixed: MixedRule,
    /// Which offers count.
    pub counted: Counted,
    /// Purchases of one need within so many months are summed; both end days belong to the window.
    pub window_months: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            governing: Governing::InvitedOn,
            mixed: MixedRule::LargerPart,
            counted: Counted::Received,
            window_months: WINDOW_MONTHS,
        }
    }
}

impl Settings {
    /// Reads them; whatever is missing has its default.
    pub(super) fn read(json: &Json, path: &str, problems: &mut Problems) -> Self {
        let fields = Fields::of(json, path, problems);
        let known = ["governing_date", "mixed_rule", "counted", "split_months"];
        fields.refuse_unknown(&known, problems);
        let usual = Self::default();
        let governing = fields.given("governing_date", problems, |json, path, problems| {
            read::one_of(json, path, &Governing::WORDS, problems)
        });
        let mixed = fields.given("mixed_rule", problems, |json, path, problems| {
            read::one_of(json, path, &MixedRule::WORDS, problems)
        });
        let counted = fields.given("counted", problems, |json, path, problems| {
            read::one_of(json, path, &Counted::WORDS, problems)
        });
        let months: Given<i64> = fields.given("split_months", problems, |json, path, problems| {
            read::integer(json, path, 1, WINDOW_MONTHS_MAX, problems)
        });
        let months = months.into_option().and_then(|n| u32::try_from(n).ok());
        Self {
            governing: governing.into_option().unwrap_or(usual.governing),
            mixed: mixed.into_option().unwrap_or(usual.mixed),
            counted: counted.into_option().unwrap_or(usual.counted),
            window_months: months.unwrap_or(usual.window_months),
        }
    }

    /// As results and hashes state them.
    pub fn to_json(self) -> Value {
        json!({
            "governing_date": self.governing.word(),
            "mixed_rule": self.mixed.word(),
            "counted": self.counted.word(),
            "split_months": self.window_months,
        })
    }
}
