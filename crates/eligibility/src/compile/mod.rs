//! Turning a rule file into a [`Compiled`] rule set, listing everything that is wrong with it at
//! once.
mod operand;
mod periods;
mod rules;
mod table;
mod texts;

use std::{collections::BTreeMap, sync::Arc};

use explain::{
    Problem, Problems, RuleRef, Text, canonical_json,
    json::{DEPTH_MAX, Json},
    read::{self, Fields, join},
};

use crate::{
    criterion::{Compiled, Criterion, Severity},
    fact::{Fact, refuse_fraction},
    rule::Rule,
};

/// Most criteria in one rule set; the published schemes have about thirty.
pub const CRITERIA_MAX: usize = 200;
/// Deepest nesting of a rule; deeper ones cannot be read by the people they bind.
pub const RULE_DEPTH_MAX: usize = 16;
/// Most operators and operands in all rules of a rule set together.
pub const NODES_MAX: usize = 5_000;
/// Most words that a rule set may translate.
const WORDS_MAX: usize = 1_000;

const SEVERITIES: [(&str, Severity); 3] = [
    ("hard", Severity::Hard),
    ("soft", Severity::Soft),
    ("info", Severity::Info),
];

/// What reading a rule set needs to remember from node to node.
struct Reader<'p> {
    problems: &'p mut Problems,
    parameters: Vec<(String, Fact)>,
    tables: BTreeMap<String, table::Written>,
    /// The criteria read so far, for those that build on them.
    earlier: BTreeMap<String, Earlier>,
    nodes: usize,
    /// The lists we are inside of, for naming the facts of their items.
    lists: Vec<String>,
    facts_used: Vec<String>,
    verbatim: Vec<String>,
}

/// A criterion that a later one may name.
struct Earlier {
    rule: Arc<Rule>,
    nodes: usize,
    facts_used: Vec<String>,
}

/// Reads a rule set that stands at `path`.
pub(crate) fn ruleset(json: &Json, path: &str, problems: &mut Problems) -> Option<Compiled> {
    refuse_lost_digits(json, path, 0, problems);
    let fields = Fields::of(json, path, problems);
    fields.format_one(problems);
    let id = fields.text("id", problems);
    let version = fields.text("version", problems);
    let effective_from = fields.given("effective_from", problems, read::date);
    let known_from = fields.given("known_from", problems, read::date);
    let words = words(&fields, problems);
    let parameters = parameters(&fields, problems);
    let tables = table::tables(&fields, problems);
    let mut reader = Reader {
        problems,
        parameters,
        tables,
        earlier: BTreeMap::new(),
        nodes: 0,
        lists: Vec::new(),
        facts_used: Vec::new(),
        verbatim: Vec::new(),
    };
    let criteria = reader.criteria(&fields);
    let verbatim = reader.verbatim;
    Some(Compiled {
        rule: RuleRef {
            id: id?,
            version: version?,
            effective_from: effective_from.into_option(),
            known_from: known_from.into_option(),
        },
        criteria: criteria?,
        words,
        verbatim,
        canonical: canonical_json(&json.to_value()),
    })
}

/// Fractions and duplicate keys are refused everywhere, documentation included: both would make
/// the hash of the input ambiguous.
fn refuse_lost_digits(json: &Json, path: &str, depth: usize, problems: &mut Problems) {
    if depth > DEPTH_MAX {
        problems.add(
            "too_deep",
            path,
            format!("{path} is nested more than {DEPTH_MAX} levels deep; flatten it."),
        );
        return;
    }
    match json {
        Json::Fraction => refuse_fraction(path, problems),
        Json::List(items) => {
            for (position, item) in items.iter().enumerate() {
                refuse_lost_digits(item, &format!("{path}[{position}]"), depth + 1, problems);
            }
        }
        Json::Object(entries) => {
            Fields::of(json, path, problems);
            for (key, item) in entries {
                refuse_lost_digits(item, &join(path, key), depth + 1, problems);
            }
        }
        Json::Null | Json::Bool(_) | Json::Integer(_) | Json::Text(_) => {}
    }
}

fn parameters(fields: &Fields<'_>, problems: &mut Problems) -> Vec<(String, Fact)> {
    let Some(json) = fields.get("parameters") else {
        return Vec::new();
    };
    let path = fields.path_of("parameters");
    Fields::of(json, &path, problems);
    match Fact::read(json, &path, problems) {
        Fact::Object(parameters) => parameters,
        Fact::Null | Fact::Bool(_) | Fact::Whole(_) | Fact::Text(_) | Fact::List(_) => Vec::new(),
    }
}

fn words(fields: &Fields<'_>, problems: &mut Problems) -> BTreeMap<String, Text> {
    let Some(json) = fields.get("words") else {
        return BTreeMap::new();
    };
    let path = fields.path_of("words");
    let entries = Fields::of(json, &path, problems);
    if entries.keys().count() > WORDS_MAX {
        problems.add(
            "too_many",
            &path,
            format!("{path} has more than {WORDS_MAX} words; leave out those no rule uses."),
        );
        return BTreeMap::new();
    }
    entries
        .keys()
        .filter_map(|word| {
            let text = texts::bilingual(entries.get(word)?, &entries.path_of(word), problems)?;
            Some((word.to_owned(), text))
        })
        .collect()
}

impl Reader<'_> {
    fn criteria(&mut self, fields: &Fields<'_>) -> Option<Vec<Criterion>> {
        let json = fields.required("criteria", self.problems)?;
        let path = fields.path_of("criteria");
        let items = read::list(json, &path, CRITERIA_MAX, self.problems, |item, path, _| {
            Some((item, path.to_owned()))
        })?;
        if items.is_empty() {
            self.problems.add(
                "empty",
                &path,
                format!("{path} is empty; a rule set needs at least one criterion."),
            );
        }
        let mut read: Vec<Criterion> = Vec::with_capacity(items.len());
        let mut all = true;
        for (item, path) in items {
            match self.criterion(item, &path) {
                Some(criterion) => {
                    periods::refuse_conflict(&read, &criterion, &path, self.problems);
                    read.push(criterion);
                }
                None => all = false,
            }
        }
        all.then_some(read)
    }

    fn criterion(&mut self, json: &Json, path: &str) -> Option<Criterion> {
        let fields = Fields::of(json, path, self.problems);
        let id = fields.text("id", self.problems);
        let severity = fields.want("severity", self.problems, |json, path, problems| {
            read::one_of(json, path, &SEVERITIES, problems)
        });
        let optional =
            |key, problems: &mut Problems| fields.given(key, problems, read::text).into_option();
        let group = optional("group", self.problems);
        let fix_field = optional("fix_field", self.problems);
        let note = optional("note", self.problems);
        let question = texts::pair(&fields, "question", self.problems);
        let evidence = texts::evidence(&fields, self.problems);
        let source = texts::source(&fields, self.problems);
        let reason = texts::reason(&fields, self.problems);
        let fix = texts::fix(&fields, self.problems);
        let period = periods::read(&fields, self.problems);
        self.facts_used.clear();
        let nodes = self.nodes;
        let (op, rule) = self.criterion_rule(&fields)?;
        let severity = severity?;
        if matches!(rule, Rule::Report(_)) && severity != Severity::Info {
            let at = fields.path_of("severity");
            self.problems.add(
                "ratio_decides_nothing",
                &at,
                format!(
                    "{at} must be \"info\": ratio reports a value; to decide on it, compare it, \
                     such as {{\"op\":\"lte\",\"left\":{{\"op\":\"ratio\",…}},\"right\":\"0.25\"}}."
                ),
            );
        }
        let id = id?;
        let earlier = Earlier {
            rule: Arc::new(rule.clone()),
            nodes: self.nodes - nodes,
            facts_used: self.facts_used.clone(),
        };
        self.earlier.insert(id.clone(), earlier);
        Some(Criterion {
            id,
            period,
            severity,
            op,
            rule,
            question,
            group,
            source,
            evidence,
            note,
            fix_field,
            reason,
            fix,
            facts_used: std::mem::take(&mut self.facts_used),
        })
    }

    /// Adds a fact to the list of those the criterion uses, once.
    fn uses(&mut self, fact: String) {
        if !self.facts_used.contains(&fact) {
            self.facts_used.push(fact);
        }
    }

    fn refuse(&mut self, code: &str, path: &str, message: String) {
        self.problems.push(Problem::new(code, path, message));
    }
}
