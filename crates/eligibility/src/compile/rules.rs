//! Reading yes/no rules.
use std::{collections::BTreeMap, sync::Arc};

use explain::{json::Json, read::Fields};
use regex::{Regex, RegexBuilder};

use super::{Reader, operand::Kind};
use crate::{
    fact::Fact,
    operator::{RuleOp, TermOp},
    rule::{Comparison, Each, Patterns, Rule, Sets, Size},
    term::{Place, Term},
};

/// Largest compiled pattern; matching time is linear in the text whatever the pattern.
const PATTERN_BYTES_MAX: usize = 1 << 20;

impl Reader<'_> {
    /// The rule of a criterion with its operator; a ratio at the top only reports.
    pub(super) fn criterion_rule(&mut self, fields: &Fields<'_>) -> Option<(RuleOp, Rule)> {
        let json = fields.required("rule", self.problems)?;
        let path = fields.path_of("rule");
        self.enter(&path, 1)?;
        let fields = Fields::of(json, &path, self.problems);
        let op = self.op(&fields)?;
        let rule = if op == RuleOp::Ratio {
            Rule::Report(self.ratio(&fields, 1)?)
        } else {
            self.operation(op, &fields, 1)?
        };
        Some((op, rule))
    }

    fn op(&mut self, fields: &Fields<'_>) -> Option<RuleOp> {
        let word = fields.text("op", self.problems)?;
        let op = RuleOp::from_word(&word);
        if op.is_none() {
            let path = fields.path_of("op");
            let (code, cause) = match TermOp::from_word(&word) {
                Some(_) => (
                    "wrong_kind",
                    "gives a value, but a yes or no is needed here",
                ),
                None => ("unknown_op", "is not an operator"),
            };
            let known = RuleOp::words();
            let message = format!("{path} \"{word}\" {cause}; operators that say one are {known}.");
            self.refuse(code, &path, message);
        }
        op
    }

    fn rule(&mut self, json: &Json, path: &str, depth: usize) -> Option<Rule> {
        self.enter(path, depth)?;
        let fields = Fields::of(json, path, self.problems);
        let op = self.op(&fields)?;
        self.operation(op, &fields, depth)
    }

    fn rule_under(&mut self, fields: &Fields<'_>, key: &str, depth: usize) -> Option<Rule> {
        let json = fields.required(key, self.problems)?;
        self.rule(json, &fields.path_of(key), depth + 1)
    }

    fn rules(&mut self, fields: &Fields<'_>, depth: usize) -> Option<Vec<Rule>> {
        let items = self.items(fields, "args")?;
        let rules: Vec<Option<Rule>> = items
            .into_iter()
            .map(|(item, path)| self.rule(item, &path, depth + 1))
            .collect();
        rules.into_iter().collect()
    }

    fn operation(&mut self, op: RuleOp, fields: &Fields<'_>, depth: usize) -> Option<Rule> {
        match op {
            RuleOp::And => self.rules(fields, depth).map(Rule::And),
            RuleOp::Or => self.rules(fields, depth).map(Rule::Or),
            RuleOp::Not => self.negation(fields, depth),
            RuleOp::Implies => {
                let condition = self.rule_under(fields, "if", depth);
                let then = self.rule_under(fields, "then", depth);
                Some(Rule::Implies(Box::new(condition?), Box::new(then?)))
            }
            RuleOp::Any => self.each(Each::Any, fields, depth),
            RuleOp::All => self.each(Each::All, fields, depth),
            RuleOp::None => self.each(Each::None, fields, depth),
            RuleOp::Eq => self.compare(Comparison::Eq, fields, depth),
            RuleOp::Ne => self.compare(Comparison::Ne, fields, depth),
            RuleOp::Lt => self.compare(Comparison::Lt, fields, depth),
            RuleOp::Lte => self.compare(Comparison::Lte, fields, depth),
            RuleOp::Gt => self.compare(Comparison::Gt, fields, depth),
            RuleOp::Gte => self.compare(Comparison::Gte, fields, depth),
            RuleOp::Between => self.between(fields, depth),
            RuleOp::In => {
                let left = self.operand(fields, "left", Kind::Scalar, depth);
                let right = self.operand(fields, "right", Kind::List, depth);
                Some(Rule::In {
                    left: left?,
                    right: right?,
                })
            }
            RuleOp::Superset => self.sets(Sets::Superset, fields, depth),
            RuleOp::Subset => self.sets(Sets::Subset, fields, depth),
            RuleOp::Intersects => self.sets(Sets::Intersects, fields, depth),
            RuleOp::Matches => self.matches(fields, depth),
            RuleOp::Present => self
                .operand(fields, "left", Kind::Any, depth)
                .map(Rule::Present),
            RuleOp::AllPresent => self.all_present(fields),
            RuleOp::MinLength => self.size(Size::MinLength, fields, depth),
            RuleOp::MaxLength => self.size(Size::MaxLength, fields, depth),
            RuleOp::MinCount => self.size(Size::MinCount, fields, depth),
            RuleOp::MaxCount => self.size(Size::MaxCount, fields, depth),
            RuleOp::Ruleset => self.named_ruleset(fields),
            RuleOp::Criterion => self.named_criterion(fields),
            RuleOp::Ratio => {
                let path = fields.path_of("op");
                let message = format!(
                    "{path} \"ratio\" gives a value, but a yes or no is needed here; compare it, \
                     such as {{\"op\":\"lte\",\"left\":{{\"op\":\"ratio\",…}},\"right\":\"0.25\"}}."
                );
                self.refuse("wrong_kind", &path, message);
                None
            }
        }
    }

    /// `not` takes its rule under `arg`, or alone in `args`.
    fn negation(&mut self, fields: &Fields<'_>, depth: usize) -> Option<Rule> {
        if fields.get("args").is_none() {
            let rule = self.rule_under(fields, "arg", depth)?;
            return Some(Rule::Not(Box::new(rule)));
        }
        let rules = self.rules(fields, depth)?;
        match <[Rule; 1]>::try_from(rules) {
            Ok([rule]) => Some(Rule::Not(Box::new(rule))),
            Err(rules) => {
                let path = fields.path_of("args");
                let message = format!("{path} has {} rules; not takes exactly 1.", rules.len());
                self.refuse("wrong_count", &path, message);
                None
            }
        }
    }

    fn each(&mut self, how: Each, fields: &Fields<'_>, depth: usize) -> Option<Rule> {
        let over = self.over(fields);
        let nested = !self.lists.is_empty();
        let path = fields.path_of("over");
        if nested && over.as_ref().is_some_and(|(place, _)| !place.in_item) {
            let message = format!(
                "{path} runs over a whole list inside another list; run over a list of the item, \
                 such as {{\"field\":\"item.quotations\"}}."
            );
            self.refuse("list_in_list", &path, message);
        }
        // The inner rule is read even when the list is wrong, so that its problems come out too.
        let (place, list) = over.map_or((None, String::new()), |(place, list)| (Some(place), list));
        self.lists.push(list);
        let test = self.rule_under(fields, "where", depth);
        self.lists.pop();
        Some(Rule::Each {
            how,
            over: place?,
            test: Box::new(test?),
        })
    }

    fn compare(&mut self, how: Comparison, fields: &Fields<'_>, depth: usize) -> Option<Rule> {
        let left = self.operand(fields, "left", Kind::Scalar, depth);
        let right = self.operand(fields, "right", Kind::Scalar, depth);
        let (left, right) = (left?, right?);
        Some(Rule::Compare {
            how,
            money: left.is_money() || right.is_money(),
            left,
            right,
        })
    }

    fn between(&mut self, fields: &Fields<'_>, depth: usize) -> Option<Rule> {
        let left = self.operand(fields, "left", Kind::Scalar, depth);
        let low = self.operand(fields, "low", Kind::Scalar, depth);
        let high = self.operand(fields, "high", Kind::Scalar, depth);
        let (left, low, high) = (left?, low?, high?);
        Some(Rule::Between {
            money: left.is_money() || low.is_money() || high.is_money(),
            left,
            low,
            high,
        })
    }

    fn sets(&mut self, how: Sets, fields: &Fields<'_>, depth: usize) -> Option<Rule> {
        let left = self.operand(fields, "left", Kind::List, depth);
        let right = self.operand(fields, "right", Kind::List, depth);
        Some(Rule::Sets {
            how,
            left: left?,
            right: right?,
        })
    }

    fn all_present(&mut self, fields: &Fields<'_>) -> Option<Rule> {
        let items = self.items(fields, "fields")?;
        let places: Vec<Option<Place>> = items
            .into_iter()
            .map(|(item, path)| {
                let text = explain::read::text(item, &path, self.problems)?;
                self.place(&text, &path)
            })
            .collect();
        let places: Option<Vec<Place>> = places.into_iter().collect();
        places.map(Rule::AllPresent)
    }

    fn size(&mut self, how: Size, fields: &Fields<'_>, depth: usize) -> Option<Rule> {
        let left = self.operand(fields, "left", Kind::Any, depth);
        let bound = self.operand(fields, "right", Kind::Count, depth);
        let left = left?;
        if matches!(how, Size::MinLength | Size::MaxLength)
            && let Term::Field(place) = &left
        {
            let name = self.full_name(place);
            self.verbatim.push(name);
        }
        Some(Rule::Size {
            how,
            left,
            bound: bound?,
        })
    }

    fn named_ruleset(&mut self, fields: &Fields<'_>) -> Option<Rule> {
        let name = fields.text("name", self.problems)?;
        self.uses(format!("rulesets.{name}"));
        Some(Rule::Ruleset(Place {
            in_item: false,
            path: vec!["rulesets".to_owned(), name],
        }))
    }

    /// `criterion` names an earlier one, so that no rule can come back to itself.
    fn named_criterion(&mut self, fields: &Fields<'_>) -> Option<Rule> {
        let id = fields.text("id", self.problems)?;
        let path = fields.path_of("id");
        if !self.lists.is_empty() {
            let message = format!("{path} names a criterion inside a list; name it outside.");
            self.refuse("criterion_in_list", &path, message);
            return None;
        }
        let Some(earlier) = self.earlier.get(&id) else {
            let message = format!(
                "{path} \"{id}\" is no criterion before this one; move that one up, or name one of \
                 those above."
            );
            self.refuse("unknown_criterion", &path, message);
            return None;
        };
        let (rule, nodes) = (Arc::clone(&earlier.rule), earlier.nodes);
        for fact in earlier.facts_used.clone() {
            self.uses(fact);
        }
        self.count(nodes, &path)?;
        Some(Rule::Criterion(rule))
    }

    /// `matches` a text against one pattern, or an item against the pattern of its own type.
    fn matches(&mut self, fields: &Fields<'_>, depth: usize) -> Option<Rule> {
        let left = self.operand(fields, "left", Kind::Any, depth);
        let right = self.operand(fields, "right", Kind::Any, depth);
        let path = fields.path_of("right");
        let patterns = match right? {
            Term::Constant { fact, .. } => self.patterns(fact, &path)?,
            Term::Field(_)
            | Term::Fold(..)
            | Term::Sum { .. }
            | Term::Count(_)
            | Term::MonthsBetween(..)
            | Term::DaysBetween(..)
            | Term::Table(_)
            | Term::IfZero { .. }
            | Term::Ratio(..) => {
                self.refuse_patterns(&path);
                return None;
            }
        };
        let left = left?;
        if let Term::Field(place) = &left {
            let name = self.full_name(place);
            if matches!(patterns, Patterns::ByType(_)) {
                for key in ["type", "value"] {
                    self.uses(format!("{name}.{key}"));
                    self.verbatim.push(format!("{name}.{key}"));
                }
            } else {
                self.verbatim.push(name);
            }
        }
        Some(Rule::Matches { left, patterns })
    }

    fn patterns(&mut self, fact: Fact, path: &str) -> Option<Patterns> {
        match fact {
            Fact::Object(entries) => {
                let read: Vec<Option<(String, (Fact, Regex))>> = entries
                    .into_iter()
                    .map(|(kind, fact)| {
                        let pattern = self.pattern(&fact, &format!("{path}.{kind}"))?;
                        Some((kind, (fact, pattern)))
                    })
                    .collect();
                let patterns: Option<BTreeMap<_, _>> = read.into_iter().collect();
                patterns.map(Patterns::ByType)
            }
            Fact::Null | Fact::Bool(_) | Fact::Whole(_) | Fact::Text(_) | Fact::List(_) => {
                let pattern = self.pattern(&fact, path)?;
                Some(Patterns::One(fact, pattern))
            }
        }
    }

    fn pattern(&mut self, fact: &Fact, path: &str) -> Option<Regex> {
        let Fact::Text(text) = fact else {
            self.refuse_patterns(path);
            return None;
        };
        let built = RegexBuilder::new(&text.raw)
            .size_limit(PATTERN_BYTES_MAX)
            .build();
        if built.is_err() {
            let message = format!(
                "{path} \"{}\" is not a pattern this system runs (no look-around, no \
                 back-references); write it like \"^[0-9]{{8}}$\".",
                text.raw
            );
            self.refuse("bad_pattern", path, message);
        }
        built.ok()
    }

    fn refuse_patterns(&mut self, path: &str) {
        let message = format!(
            "{path} must be a pattern such as \"^[0-9]{{8}}$\", or patterns by type such as \
             {{\"param\":\"identifier_patterns\"}}."
        );
        self.refuse("bad_pattern", path, message);
    }
}
