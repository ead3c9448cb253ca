//! The verdict on one application: a state, and each criterion with value, threshold, exact
//! shortfall, reason and fix. Words and hash are made only when asked for.
use explain::{Text, canonical_json, sha256_hex};
use serde_json::{Value as Out, json};

use crate::{
    Change, Compiled, Criterion, ENGINE_NAME, ENGINE_VERSION, Facts, Severity, Truth,
    change::Search,
    evaluate::{Finding, Threshold},
    phrase,
    placeholder::{self, Placeholder},
    rule::{Rule, Sets},
    show::{self, Language, Style},
    term::Scope,
    value::Value,
};

/// What the criteria come to together. The machine proposes; a person decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// Every hard criterion is met.
    Eligible,
    /// A hard criterion fails.
    NotEligible,
    /// No hard criterion fails, and at least one is not known yet.
    NeedsInformation,
}

impl State {
    /// The word in results.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Eligible => "eligible",
            Self::NotEligible => "not_eligible",
            Self::NeedsInformation => "needs_information",
        }
    }
}

/// What one criterion comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// Met.
    Pass,
    /// Not met.
    Fail,
    /// Not known yet.
    Unknown,
    /// A value reported, which decides nothing.
    Info,
}

impl Outcome {
    /// The word in results.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::Unknown => "unknown",
            Self::Info => "info",
        }
    }
}

/// The verdict on one application.
#[derive(Debug, Clone)]
pub struct Verdict<'a> {
    compiled: &'a Compiled,
    facts: &'a Facts,
    state: State,
    results: Vec<CriterionResult<'a>>,
}

impl<'a> Verdict<'a> {
    pub(crate) fn of(compiled: &'a Compiled, facts: &'a Facts) -> Self {
        let scope = Scope {
            root: facts.root(),
            item: None,
        };
        let mut hard = Truth::True;
        let day = facts.submitted_on();
        let results = compiled
            .criteria
            .iter()
            .map(|criterion| (criterion, criterion.period.holds(day)))
            .filter(|(_, in_force)| *in_force != Truth::False)
            .map(|(criterion, in_force)| {
                let finding = if in_force == Truth::True {
                    criterion.rule.evaluate(scope)
                } else {
                    Finding::bare(Truth::Unknown)
                };
                if criterion.severity == Severity::Hard {
                    hard = hard.and(finding.truth);
                }
                CriterionResult {
                    compiled,
                    facts,
                    criterion,
                    finding,
                }
            })
            .collect();
        let state = match hard {
            Truth::False => State::NotEligible,
            Truth::Unknown => State::NeedsInformation,
            Truth::True => State::Eligible,
        };
        Self {
            compiled,
            facts,
            state,
            results,
        }
    }

    /// What the criteria come to together.
    pub const fn state(&self) -> State {
        self.state
    }

    /// The criteria in force on the day of submission, in the order of the rule file.
    pub fn results(&self) -> &[CriterionResult<'a>] {
        &self.results
    }

    /// The result for the criterion with this id.
    pub fn result(&self, id: &str) -> Option<&CriterionResult<'a>> {
        self.results.iter().find(|result| result.criterion.id == id)
    }

    /// Hash of the rule file and the facts; numbers that mean the same hash the same.
    pub fn input_hash(&self) -> String {
        let facts = self
            .facts
            .root()
            .to_normal_json("", &self.compiled.verbatim);
        // The canonical form of {"facts":…,"format":1,"ruleset":…}; the rule file's part is kept
        // ready because it is the same for every application.
        let canonical = format!(
            "{{\"facts\":{},\"format\":1,\"ruleset\":{}}}",
            canonical_json(&facts),
            self.compiled.canonical
        );
        format!("v1:{}", sha256_hex(canonical.as_bytes()))
    }

    /// The stable JSON form with the changes that would make each failing criterion pass.
    pub fn to_json_with_changes(&self) -> Out {
        let mut out = self.to_json();
        for (result, printed) in self.results.iter().zip(
            out["criteria"]
                .as_array_mut()
                .map(Vec::as_mut_slice)
                .unwrap_or_default(),
        ) {
            printed["changes"] = result.changes().iter().map(Change::to_json).collect();
        }
        out
    }

    /// The stable JSON form.
    pub fn to_json(&self) -> Out {
        let criteria: Vec<Out> = self
            .results
            .iter()
            .copied()
            .map(CriterionResult::to_json)
            .collect();
        json!({
            "engine": {"name": ENGINE_NAME, "version": ENGINE_VERSION},
            "input_hash": self.input_hash(),
            "ruleset": {"id": self.compiled.rule.id, "version": self.compiled.rule.version},
            "state": self.state.word(),
            "criteria": criteria,
        })
    }
}

/// What one criterion comes to, and why.
#[derive(Debug, Clone, Copy)]
pub struct CriterionResult<'a> {
    compiled: &'a Compiled,
    facts: &'a Facts,
    criterion: &'a Criterion,
    pub(crate) finding: Finding<'a>,
}

impl<'a> CriterionResult<'a> {
    /// The criterion.
    pub const fn criterion(&self) -> &'a Criterion {
        self.criterion
    }

    /// Pass, fail, not known, or a value reported.
    pub const fn outcome(&self) -> Outcome {
        match (self.finding.truth, &self.criterion.rule) {
            (Truth::False, _) => Outcome::Fail,
            (Truth::Unknown, _) => Outcome::Unknown,
            (Truth::True, Rule::Report(_)) => Outcome::Info,
            (Truth::True, _) => Outcome::Pass,
        }
    }

    /// The value that decided: counts as integers, amounts with two places, other numbers as
    /// decimal strings; null when there is none.
    pub fn value(&self) -> Out {
        show::json(self.finding.value, self.style())
    }

    /// What it was held against; a list of both ends for a range.
    pub fn threshold(&self) -> Out {
        show::threshold_json(self.finding.threshold, self.style())
    }

    /// By how much it fails, exactly; null when it does not fail or is not about numbers.
    pub fn shortfall(&self) -> Out {
        self.shortfall_number()
            .map_or(Out::Null, |number| show::number_json(number, self.style()))
    }

    /// Why, in both languages.
    pub fn reason(&self) -> Text {
        if self.is_backwards() {
            return phrase::text(phrase::BACKWARDS_REASON);
        }
        let outcome = self.outcome();
        let own = &self.criterion.reason;
        let words = match outcome {
            Outcome::Pass => &own.pass,
            Outcome::Fail => &own.fail,
            Outcome::Unknown => &own.unknown,
            Outcome::Info => &own.info,
        };
        match words {
            Some(text) => self.filled(text),
            None => self.filled(&phrase::reason(self.criterion.op, outcome)),
        }
    }

    /// What to do about it, in both languages; none where all is well.
    pub fn fix(&self) -> Option<Text> {
        if self.is_backwards() {
            return Some(phrase::text(phrase::BACKWARDS_FIX));
        }
        let outcome = self.outcome();
        let own = match outcome {
            Outcome::Fail => self.criterion.fix.fail.as_ref(),
            Outcome::Unknown => self.criterion.fix.unknown.as_ref(),
            Outcome::Pass | Outcome::Info => return None,
        };
        if let Some(text) = own {
            return Some(self.filled(text));
        }
        let gap = self.shortfall_number().is_some();
        phrase::fix(self.criterion.op, outcome, gap).map(|text| self.filled(&text))
    }

    /// What one fact would have to become for this to pass, where that can be computed; each is
    /// enough by itself. Empty when it does not fail.
    pub fn changes(&self) -> Vec<Change> {
        if self.finding.truth != Truth::False {
            return Vec::new();
        }
        let search = Search {
            root: self.facts.root(),
            rule: &self.criterion.rule,
            finding: self.finding,
            style: self.style(),
        };
        let mut changes = search.changes();
        let preferred = self.criterion.fix_field.as_deref();
        changes.sort_by_key(|change| preferred != Some(change.field.as_str()));
        changes
    }

    fn to_json(self) -> Out {
        json!({
            "id": self.criterion.id,
            "severity": self.criterion.severity.word(),
            "outcome": self.outcome().word(),
            "value": self.value(),
            "threshold": self.threshold(),
            "shortfall": self.shortfall(),
            "reason": self.reason(),
            "fix": self.fix(),
            "facts_used": self.criterion.facts_used,
        })
    }

    const fn is_backwards(&self) -> bool {
        matches!(self.finding.value, Value::Backwards) && matches!(self.outcome(), Outcome::Fail)
    }

    fn style(&self) -> Style {
        match self.finding.leaf {
            Some(Rule::Compare { money: true, .. } | Rule::Between { money: true, .. }) => {
                Style::Money
            }
            Some(Rule::Compare { left, .. } | Rule::Between { left, .. } | Rule::Report(left))
                if left.is_share() =>
            {
                Style::Share
            }
            Some(_) | None => Style::Plain,
        }
    }

    fn filled(&self, text: &Text) -> Text {
        let fill = |language| {
            placeholder::filled(show::one(text, language), |name| self.words(name, language))
        };
        Text::new(fill(Language::En), fill(Language::Zh))
    }

    fn words(&self, name: Placeholder, language: Language) -> String {
        let style = self.style();
        let shown = |value| show::words(value, style, language, self.compiled);
        let (low, high) = match self.finding.threshold {
            Threshold::None | Threshold::Pattern(_) => (Value::Missing, Value::Missing),
            Threshold::One(value) => (value, value),
            Threshold::Range(low, high) => (low, high),
        };
        match name {
            Placeholder::Value => shown(self.finding.value),
            Placeholder::Threshold if low == high => shown(low),
            Placeholder::Threshold => format!("{} – {}", shown(low), shown(high)),
            Placeholder::Low => shown(low),
            Placeholder::High => shown(high),
            Placeholder::Shortfall => shown(
                self.shortfall_number()
                    .map_or(Value::Missing, Value::Number),
            ),
            Placeholder::Item => self
                .finding
                .item
                .map_or_else(String::new, |item| (item + 1).to_string()),
            Placeholder::Missing => self.missing(language),
        }
    }

    /// The required entries that a list lacks.
    fn missing(&self, language: Language) -> String {
        let (Value::List(given), Threshold::One(Value::List(required))) =
            (self.finding.value, self.finding.threshold)
        else {
            return show::listed(std::iter::empty(), language);
        };
        let superset = matches!(
            self.finding.leaf,
            Some(Rule::Sets {
                how: Sets::Superset,
                ..
            })
        );
        let lacking = required
            .iter()
            .map(Value::of)
            .filter(|item| superset && item.among(given) != Truth::True)
            .map(|item| show::words(item, Style::Plain, language, self.compiled));
        show::listed(lacking, language)
    }
}
