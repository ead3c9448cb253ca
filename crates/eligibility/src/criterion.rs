//! A compiled rule set: criteria with their rules, words and sources.
use std::collections::BTreeMap;

use chrono::NaiveDate;
use explain::{Problems, RuleRef, Text, json::Json};

use crate::{Facts, Truth, Verdict, compile, operator::RuleOp, rule::Rule};

/// How much a criterion decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Failing makes the application not eligible.
    Hard,
    /// Listed for the reviewer; never decides.
    Soft,
    /// Context for the reviewer; never decides.
    Info,
}

impl Severity {
    /// The word in rule files and results.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Hard => "hard",
            Self::Soft => "soft",
            Self::Info => "info",
        }
    }
}

/// The words of a criterion for each outcome; a text per operator stands in where one is absent.
#[derive(Debug, Clone, Default)]
pub(crate) struct Reason {
    pub(crate) pass: Option<Text>,
    pub(crate) fail: Option<Text>,
    pub(crate) unknown: Option<Text>,
    pub(crate) info: Option<Text>,
}

/// What to do about it, where something can be done.
#[derive(Debug, Clone, Default)]
pub(crate) struct Fix {
    pub(crate) fail: Option<Text>,
    pub(crate) unknown: Option<Text>,
}

/// First and last day of a criterion, both included; an end that is not given is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Period {
    pub(crate) from: Option<NaiveDate>,
    pub(crate) to: Option<NaiveDate>,
}

impl Period {
    /// Whether a day lies in it; unknown while the day is.
    pub(crate) fn holds(self, day: Option<NaiveDate>) -> Truth {
        match day {
            _ if self == Self::default() => Truth::True,
            None => Truth::Unknown,
            Some(day) => (self.from.is_none_or(|from| from <= day)
                && self.to.is_none_or(|to| day <= to))
            .into(),
        }
    }

    /// Whether some day lies in both.
    pub(crate) fn meets(self, other: Self) -> bool {
        let before = |from: Option<NaiveDate>, to: Option<NaiveDate>| {
            from.zip(to).is_none_or(|(from, to)| from <= to)
        };
        before(self.from, other.to) && before(other.from, self.to)
    }
}

/// One criterion of a rule set.
#[derive(Debug, Clone)]
pub struct Criterion {
    pub(crate) id: String,
    pub(crate) period: Period,
    pub(crate) severity: Severity,
    pub(crate) op: RuleOp,
    pub(crate) rule: Rule,
    pub(crate) question: Option<Text>,
    pub(crate) group: Option<String>,
    pub(crate) source: Vec<String>,
    pub(crate) evidence: Option<Text>,
    pub(crate) note: Option<String>,
    pub(crate) fix_field: Option<String>,
    pub(crate) reason: Reason,
    pub(crate) fix: Fix,
    pub(crate) facts_used: Vec<String>,
}

impl Criterion {
    /// Stable id, unique in its rule set: `DF-E06`.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The days from and to which it applies, both included; an open end is none.
    pub const fn effective(&self) -> (Option<NaiveDate>, Option<NaiveDate>) {
        (self.period.from, self.period.to)
    }

    /// How much it decides.
    pub const fn severity(&self) -> Severity {
        self.severity
    }

    /// The question an applicant reads.
    pub const fn question(&self) -> Option<&Text> {
        self.question.as_ref()
    }

    /// Heading under which it is shown (`money`); [`Compiled::word`] has its words.
    pub fn group(&self) -> Option<&str> {
        self.group.as_deref()
    }

    /// Keys into the rule file's `sources`.
    pub fn source(&self) -> &[String] {
        &self.source
    }

    /// What document proves it.
    pub const fn evidence(&self) -> Option<&Text> {
        self.evidence.as_ref()
    }

    /// The author's note on source and reading.
    pub fn note(&self) -> Option<&str> {
        self.note.as_deref()
    }

    /// The fact whose form field mends it: `application.requested_hkd`.
    pub fn fix_field(&self) -> Option<&str> {
        self.fix_field.as_deref()
    }

    /// The facts its rule reads, in the order of the rule; `[]` stands for each item of a list.
    pub fn facts_used(&self) -> &[String] {
        &self.facts_used
    }
}

/// A rule set read once, to be evaluated many times.
#[derive(Debug, Clone)]
pub struct Compiled {
    pub(crate) rule: RuleRef,
    pub(crate) criteria: Vec<Criterion>,
    pub(crate) words: BTreeMap<String, Text>,
    /// Facts whose characters matter, so that hashing must not shorten them.
    pub(crate) verbatim: Vec<String>,
    /// Canonical JSON of the rule file, for the hash.
    pub(crate) canonical: String,
}

impl Compiled {
    /// Reads a programme file, listing everything that is wrong with it.
    pub fn try_new(ruleset: &Json) -> Result<Self, Problems> {
        let mut problems = Problems::new();
        let compiled = compile::ruleset(ruleset, "", &mut problems);
        crate::once(problems).into_result(compiled)
    }

    /// Id, version and dates of the rule set.
    pub const fn rule_ref(&self) -> &RuleRef {
        &self.rule
    }

    /// The criteria in the order of the rule file.
    pub fn criteria(&self) -> &[Criterion] {
        &self.criteria
    }

    /// The criterion with this id.
    pub fn criterion(&self, id: &str) -> Option<&Criterion> {
        self.criteria.iter().find(|criterion| criterion.id == id)
    }

    /// The words for a code of the rule file, such as a cost type or a group.
    pub fn word(&self, code: &str) -> Option<&Text> {
        self.words.get(code)
    }

    /// Decides every criterion for one application.
    pub fn evaluate<'a>(&'a self, facts: &'a Facts) -> Verdict<'a> {
        Verdict::of(self, facts)
    }
}
