//! Eligibility: criteria as data, facts as data, and a three-valued verdict that says for each
//! criterion the value, the threshold, the exact shortfall, the reason and the fix, so that
//! "unknown" is never taken for "no" and every flag can be explained.
//!
//! A rule file is compiled once ([`Compiled::try_new`]) and evaluated many times
//! ([`Compiled::evaluate`]); [`calc`] does both for the command line.
//!
//! # Rule files
//! Required: `id`, `version`, `criteria[]` (each `id`, `severity` hard | soft | info, `rule`).
//! Optional: `effective_from`, `known_from`, `parameters`, and
//! - `tables`: decision tables, `{"<name>":{"columns":[{"field"}],"rows":[{"when":[…],"value"}],
//!   "default"?,"unit"?: hkd | share | plain}}`; a cell is null (anything), a value, a list of values,
//!   or `{"over","up_to"}` (exclusive, inclusive); rows never overlap;
//! - `words`: `{"<code>":{"en","zh"}}`, the words for codes that appear in texts and headings;
//! - per criterion `question_en` + `question_zh`, `group`, `source[]`, `evidence` (+
//!   `evidence_zh`), `note`;
//! - per criterion `effective_from` and `effective_to`: the days of submission on which it applies,
//!   both included; one id may stand several times as long as no day has two;
//! - per criterion `reason`: `{"pass":{"en","zh"},"fail":…,"unknown":…,"info":…}`, each optional,
//!   or one `{"en","zh"}` for all; `fix`: `{"fail":{"en","zh"},"unknown":…}`, or one
//!   `{"en","zh"}` for both; `fix_field`: the fact whose form field mends it.
//!
//! Texts may use `{value}`, `{threshold}`, `{low}`, `{high}`, `{shortfall}`, `{item}` (position of
//! the deciding item, from 1) and `{missing}` (required entries that a list lacks). Where a
//! criterion has no text, one per operator stands in. Any other field is documentation.
//!
//! # Operators
//! Yes or no: `and or` (`args`), `not` (`arg`), `implies` (`if`, `then`), `any all none` (`over`,
//! `where`), `eq ne lt lte gt gte in superset subset intersects matches` (`left`, `right`),
//! `between` (`left`, `low`, `high`), `present` (`left`), `all_present` (`fields`), `min_length
//! max_length min_count max_count` (`left`, `right`), `ruleset` (`name`), `criterion` (`id` of an
//! earlier one).
//! Values: `add sub mul max min` (`args`), `div ratio months_between days_between` (`left`, `right`,
//! or two `args`; `div` and `ratio` with `if_zero`, an operand or null for unknown), `sum` (`over`,
//! `of`), `count` (`over`), `table` (`name`). `ratio` alone in an `info` criterion reports
//! its value. Operands are literals, `{"field":"org.x"}`, `{"field":"item.x"}` inside a list, and
//! `{"param":"x"}`. Keys that end in `_hkd` are amounts, in `_share` or `_rate` decimals.
//!
//! [`check`] is what a rule set must pass before it is published: facts that exist, units that agree,
//! no rule that could only come out one way, every outcome explained in both languages.
//!
//! Values that cannot be compared (text with a number, a sum that does not fit, a division by
//! zero) are unknown.
//!
//! This crate must never import another calculator, read the clock, do I/O, or decide anything: a
//! person does.
#![deny(clippy::wildcard_enum_match_arm)]

mod affine;
mod change;
mod check;
mod compare;
mod compile;
mod criterion;
mod evaluate;
mod fact;
mod months;
mod operator;
mod phrase;
mod placeholder;
mod rule;
mod shortfall;
mod show;
mod spot;
mod table;
mod term;
mod truth;
mod value;
mod verdict;
mod vocabulary;

use explain::{
    Problems,
    json::Json,
    read::{self, Fields},
};

pub use change::{Change, ChangeKind};
pub use check::{Catalogue, check};
pub use compile::{CRITERIA_MAX, NODES_MAX, RULE_DEPTH_MAX};
pub use criterion::{Compiled, Criterion, Severity};
pub use fact::{Facts, LIST_ITEMS_MAX};
pub use truth::Truth;
pub use verdict::{CriterionResult, Outcome, State, Verdict};
pub use vocabulary::{OPERATORS, Operand, Operator};

/// Name of this calculator beside its results.
pub const ENGINE_NAME: &str = "plumbline-eligibility";
/// Version of this calculator beside its results; changes when a result may.
pub const ENGINE_VERSION: &str = "1.1.0";

/// A question to this calculator: a rule set and the facts of one application.
#[derive(Debug, Clone)]
pub struct Request {
    /// The rule set.
    pub ruleset: Compiled,
    /// The facts.
    pub facts: Facts,
    /// Whether the changes that would make failing criteria pass are asked for.
    pub changes: bool,
}

impl Request {
    /// The answer in the stable JSON form.
    pub fn answer(&self) -> serde_json::Value {
        let verdict = self.ruleset.evaluate(&self.facts);
        if self.changes {
            verdict.to_json_with_changes()
        } else {
            verdict.to_json()
        }
    }
}

/// Reads `{"ruleset":{…},"facts":{…},"changes"?: true}`, listing every problem of both.
pub fn read(body: &Json) -> Result<Request, Problems> {
    let mut problems = Problems::new();
    let fields = Fields::of(body, "", &mut problems);
    fields.format_one(&mut problems);
    fields.refuse_unknown(&["format", "ruleset", "facts", "changes"], &mut problems);
    let ruleset = fields.want("ruleset", &mut problems, compile::ruleset);
    let facts = fields.want("facts", &mut problems, |json, path, problems| {
        Some(Facts::read(json, path, problems))
    });
    let changes = fields.given("changes", &mut problems, read::boolean);
    let changes = changes.into_option().unwrap_or_default();
    let request = ruleset.zip(facts).map(|(ruleset, facts)| Request {
        ruleset,
        facts,
        changes,
    });
    once(problems).into_result(request)
}

/// Answers `{"ruleset":{…},"facts":{…}}` in the stable JSON form.
pub fn calc(body: &Json) -> Result<serde_json::Value, Problems> {
    Ok(read(body)?.answer())
}

/// Each problem once: parts of a rule file are read twice, as rules and as a document to hash.
fn once(problems: Problems) -> Problems {
    let mut kept = Problems::new();
    for problem in problems.into_vec() {
        if !kept.as_slice().contains(&problem) {
            kept.push(problem);
        }
    }
    kept
}
