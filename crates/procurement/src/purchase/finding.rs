//! What a look at a purchase finds: a code with its weight, the exact shortfall and values for
//! the words, which the web app holds in both languages.
use std::collections::BTreeMap;

use serde_json::{Value, json};

/// What a finding makes of the purchase.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The rule is not kept.
    Fail,
    /// It cannot be told: a fact is missing.
    Unknown,
    /// It would fail, but leave was given.
    Waived,
    /// Kept, but somebody should look.
    Warning,
    /// Said for the reader.
    Info,
}

impl Severity {
    /// The word in results.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Fail => "fail",
            Self::Unknown => "unknown",
            Self::Waived => "waived",
            Self::Warning => "warning",
            Self::Info => "info",
        }
    }
}

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $name:ident => $word:literal,)+) => {
        /// What was found.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Code {
            $($(#[doc = $doc])+ $name,)+
        }

        impl Code {
            /// Every code, for the words in both languages.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// The stable word.
            pub const fn word(self) -> &'static str {
                match self {
                    $(Self::$name => $word,)+
                }
            }
        }
    };
}

codes! {
    /// The day that decides the version is not known.
    DateUnknown => "date_unknown",
    /// The estimated value is not known.
    EstimateUnknown => "estimate_unknown",
    /// The category of a part is not known.
    CategoryUnknown => "category_unknown",
    /// Several categories: which one decided, and by which rule.
    MixedCategories => "mixed_categories",
    /// Which need it serves is not known, so nothing can be summed.
    RequirementUnknown => "requirement_unknown",
    /// Other purchases of the need count.
    Aggregated => "aggregated",
    /// The sum falls in a stricter tier than the purchase alone.
    AggregateRaisesTier => "aggregate_raises_tier",
    /// Another purchase of the need has no day or no value yet.
    RelatedUnknown => "related_unknown",
    /// How it was bought is not known.
    MethodUnknown => "method_unknown",
    /// A lighter method than the tier asks for.
    MethodTooLight => "method_too_light",
    /// A stricter one, which satisfies it.
    MethodStricter => "method_stricter",
    /// How many were asked is not known.
    InvitedUnknown => "invited_unknown",
    /// Fewer were asked than the tier asks for.
    TooFewInvited => "too_few_invited",
    /// How many offers came is not known.
    ReceivedUnknown => "received_unknown",
    /// Fewer offers count than the tier asks for.
    TooFewReceived => "too_few_received",
    /// Whether offers meet the specification is not known.
    ConformingUnknown => "conforming_unknown",
    /// No offer meets the specification.
    NoneConforming => "none_conforming",
    /// In which form offers came is not known.
    FormUnknown => "form_unknown",
    /// Offers in a form that the tier does not accept.
    FormNotAccepted => "form_not_accepted",
    /// Which offer was taken is not known.
    ChosenUnknown => "chosen_unknown",
    /// The offer taken does not meet the specification.
    ChosenNotConforming => "chosen_not_conforming",
    /// The offer taken is in a form that is not accepted.
    ChosenFormNotAccepted => "chosen_form_not_accepted",
    /// Prices or conformity are missing, so the lowest is not known.
    LowestUnknown => "lowest_unknown",
    /// A lower conforming offer was passed over with a reason.
    LowestPassedOver => "lowest_passed_over",
    /// A lower conforming offer was passed over without one.
    LowestWithoutReason => "lowest_without_reason",
    /// Whether a reason was recorded is not known.
    LowestReasonUnknown => "lowest_reason_unknown",
    /// The accepted value is not known.
    AcceptedUnknown => "accepted_unknown",
    /// The accepted value falls in a stricter tier than the estimate.
    AcceptedExceedsTier => "accepted_exceeds_tier",
    /// The accepted value is another than the price of the offer taken.
    AcceptedDiffersFromOffer => "accepted_differs_from_offer",
    /// Who took a step is not known.
    PersonUnknown => "person_unknown",
    /// One person took two steps.
    SamePerson => "same_person",
    /// Whether a person has an interest is not known.
    InterestUnknown => "interest_unknown",
    /// A person with an interest took a step.
    InterestDeclared => "interest_declared",
    /// A waiver without its reason, approver or day.
    WaiverIncomplete => "waiver_incomplete",
    /// A waiver approved by one of the people of the purchase.
    WaiverNotIndependent => "waiver_not_independent",
    /// A waiver approved after the order.
    WaiverAfterOrder => "waiver_after_order",
    /// A waiver of nothing.
    WaiverNotNeeded => "waiver_not_needed",
}

impl Code {
    /// Whether leave can be given to deviate: only from method, number and form.
    pub const fn can_be_waived(self) -> bool {
        matches!(
            self,
            Self::MethodUnknown
                | Self::MethodTooLight
                | Self::InvitedUnknown
                | Self::TooFewInvited
                | Self::ReceivedUnknown
                | Self::TooFewReceived
                | Self::FormUnknown
                | Self::ChosenFormNotAccepted
                | Self::AcceptedExceedsTier
        )
    }
}

/// One thing found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What.
    pub code: Code,
    /// What it makes of the purchase.
    pub severity: Severity,
    /// How much is missing: a number of quotations, an amount.
    pub shortfall: Option<String>,
    /// Values for the words.
    pub params: BTreeMap<&'static str, String>,
}

impl Finding {
    pub(super) const fn new(code: Code, severity: Severity) -> Self {
        Self {
            code,
            severity,
            shortfall: None,
            params: BTreeMap::new(),
        }
    }

    pub(super) const fn fail(code: Code) -> Self {
        Self::new(code, Severity::Fail)
    }

    pub(super) const fn unknown(code: Code) -> Self {
        Self::new(code, Severity::Unknown)
    }

    #[must_use]
    pub(super) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.params.insert(name, value.into());
        self
    }

    #[must_use]
    pub(super) fn short_by(mut self, shortfall: impl Into<String>) -> Self {
        self.shortfall = Some(shortfall.into());
        self
    }

    pub(super) fn to_json(&self) -> Value {
        json!({
            "code": self.code.word(),
            "severity": self.severity.word(),
            "shortfall": self.shortfall,
            "params": self.params,
        })
    }
}

/// False when anything fails, else unknown when anything is, else true.
pub(super) fn satisfied(findings: &[Finding]) -> Option<bool> {
    let has = |severity| findings.iter().any(|finding| finding.severity == severity);
    if has(Severity::Fail) {
        Some(false)
    } else if has(Severity::Unknown) {
        None
    } else {
        Some(true)
    }
}
