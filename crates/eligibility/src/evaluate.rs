//! Walking a rule for one application: the truth it comes to, and the comparison that decided it.
use crate::{
    Truth,
    compare::presence,
    fact::Fact,
    rule::{Comparison, Each, Rule},
    term::{Place, Scope},
    value::{Number, Value},
};

/// What the value was held against.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Threshold<'a> {
    None,
    One(Value<'a>),
    Range(Value<'a>, Value<'a>),
    Pattern(&'a Fact),
}

/// The outcome of a rule and the comparison that decided it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Finding<'a> {
    pub(crate) truth: Truth,
    pub(crate) value: Value<'a>,
    pub(crate) threshold: Threshold<'a>,
    /// The comparison that decided; none when nothing was compared.
    pub(crate) leaf: Option<&'a Rule>,
    /// Position of the deciding item in its list, from 0.
    pub(crate) item: Option<usize>,
    /// That list.
    pub(crate) list: Option<&'a Place>,
}

impl<'a> Finding<'a> {
    pub(crate) const fn bare(truth: Truth) -> Self {
        Self {
            truth,
            value: Value::Missing,
            threshold: Threshold::None,
            leaf: None,
            item: None,
            list: None,
        }
    }

    const fn with_truth(self, truth: Truth) -> Self {
        Self { truth, ..self }
    }

    const fn at(self, item: usize, list: &'a Place) -> Self {
        Self {
            item: Some(item),
            list: Some(list),
            ..self
        }
    }

    const fn leaf(
        truth: Truth,
        value: Value<'a>,
        threshold: Threshold<'a>,
        rule: &'a Rule,
    ) -> Self {
        Self {
            truth,
            value,
            threshold,
            leaf: Some(rule),
            item: None,
            list: None,
        }
    }
}

impl Rule {
    /// Evaluates for one application. The finding carries the first comparison that settled the
    /// outcome, or the first unknown one where none did.
    pub(crate) fn evaluate<'a>(&'a self, scope: Scope<'a>) -> Finding<'a> {
        match self {
            Self::And(rules) => settle(rules, Truth::False, scope),
            Self::Or(rules) => settle(rules, Truth::True, scope),
            Self::Not(rule) => {
                let found = rule.evaluate(scope);
                found.with_truth(found.truth.negated())
            }
            Self::Implies(condition, then) => {
                let condition = condition.evaluate(scope);
                if condition.truth == Truth::False {
                    return condition.with_truth(Truth::True);
                }
                let then = then.evaluate(scope);
                let truth = condition.truth.implies(then.truth);
                if condition.truth == Truth::Unknown && truth == Truth::Unknown {
                    condition
                } else {
                    then.with_truth(truth)
                }
            }
            Self::Each { how, over, test } => each(*how, over, test, scope),
            Self::Criterion(rule) => rule.evaluate(scope),
            Self::Compare { .. }
            | Self::Between { .. }
            | Self::In { .. }
            | Self::Sets { .. }
            | Self::Matches { .. }
            | Self::Present(_)
            | Self::AllPresent(_)
            | Self::Size { .. }
            | Self::Ruleset(_)
            | Self::Report(_) => self.evaluate_leaf(scope),
        }
    }

    fn evaluate_leaf<'a>(&'a self, scope: Scope<'a>) -> Finding<'a> {
        match self {
            Self::Compare {
                how,
                left,
                right,
                money,
            } => {
                let left = left.evaluate(scope);
                let (truth, right) = how.test(left, right.evaluate(scope), *money);
                Finding::leaf(truth, left, Threshold::One(right), self)
            }
            Self::Between {
                left,
                low,
                high,
                money,
            } => {
                let left = left.evaluate(scope);
                let (above, low) = Comparison::Gte.test(left, low.evaluate(scope), *money);
                let (below, high) = Comparison::Lte.test(left, high.evaluate(scope), *money);
                Finding::leaf(above.and(below), left, Threshold::Range(low, high), self)
            }
            Self::In { .. } | Self::Sets { .. } | Self::Matches { .. } => {
                self.evaluate_membership(scope)
            }
            Self::Present(term) => {
                let truth = presence(term.evaluate(scope));
                Finding::leaf(truth, Value::Missing, Threshold::None, self)
            }
            Self::AllPresent(places) => {
                let truths = places.iter().map(|place| presence(place.find(scope)));
                let truth = truths.clone().fold(Truth::True, Truth::and);
                let there = truths.filter(|truth| *truth == Truth::True).count();
                let threshold = Threshold::One(Value::Number(Number::count(places.len())));
                Finding::leaf(truth, Value::Number(Number::count(there)), threshold, self)
            }
            Self::Size { how, left, bound } => {
                let size = how.measure(left.evaluate(scope));
                let (truth, bound) = how.comparison().test(size, bound.evaluate(scope), false);
                Finding::leaf(truth, size, Threshold::One(bound), self)
            }
            Self::Ruleset(place) => {
                let value = place.find(scope);
                let truth = value.same(Value::Bool(true));
                Finding::leaf(truth, value, Threshold::None, self)
            }
            Self::Report(term) => {
                let value = term.evaluate(scope);
                let known = value.number().map_or(Truth::Unknown, |_| Truth::True);
                Finding::leaf(known, value, Threshold::None, self)
            }
            Self::And(_)
            | Self::Or(_)
            | Self::Not(_)
            | Self::Implies(..)
            | Self::Each { .. }
            | Self::Criterion(_) => Finding::bare(Truth::Unknown),
        }
    }

    /// Leaves that ask whether something belongs: to a list, or to a pattern.
    fn evaluate_membership<'a>(&'a self, scope: Scope<'a>) -> Finding<'a> {
        match self {
            Self::In { left, right } => {
                let (left, right) = (left.evaluate(scope), right.evaluate(scope));
                let truth = match (left, right.list()) {
                    (Value::Missing | Value::Nothing, _) | (_, None) => Truth::Unknown,
                    (_, Some(items)) => left.among(items),
                };
                Finding::leaf(truth, left, Threshold::One(right), self)
            }
            Self::Sets { how, left, right } => {
                let (left, right) = (left.evaluate(scope), right.evaluate(scope));
                let truth = match (left.list(), right.list()) {
                    (Some(left), Some(right)) => how.test(left, right),
                    (None | Some(_), None) | (None, Some(_)) => Truth::Unknown,
                };
                Finding::leaf(truth, left, Threshold::One(right), self)
            }
            Self::Matches { left, patterns } => {
                let (truth, value, threshold) = patterns.test(left.evaluate(scope));
                Finding::leaf(truth, value, threshold, self)
            }
            Self::And(_)
            | Self::Or(_)
            | Self::Not(_)
            | Self::Implies(..)
            | Self::Each { .. }
            | Self::Compare { .. }
            | Self::Between { .. }
            | Self::Present(_)
            | Self::AllPresent(_)
            | Self::Size { .. }
            | Self::Ruleset(_)
            | Self::Criterion(_)
            | Self::Report(_) => Finding::bare(Truth::Unknown),
        }
    }
}

/// `and` and `or`: the first rule that comes to `settling` decides; else the first unknown; else
/// the first rule speaks for all.
fn settle<'a>(rules: &'a [Rule], settling: Truth, scope: Scope<'a>) -> Finding<'a> {
    let mut first: Option<Finding<'a>> = None;
    for rule in rules {
        let found = rule.evaluate(scope);
        if found.truth == settling {
            return found;
        }
        let replaces = first
            .is_none_or(|first| found.truth == Truth::Unknown && first.truth != Truth::Unknown);
        if replaces {
            first = Some(found);
        }
    }
    first.unwrap_or(Finding::bare(settling.negated()))
}

/// `any`, `all` and `none` over a list; a list that is not there is unknown.
fn each<'a>(how: Each, over: &'a Place, test: &'a Rule, scope: Scope<'a>) -> Finding<'a> {
    let Some(items) = over.find(scope).list() else {
        return Finding::bare(Truth::Unknown);
    };
    // What one item decides for the whole list, and what that makes of it.
    let (settling, settled) = match how {
        Each::Any => (Truth::True, Truth::True),
        Each::All => (Truth::False, Truth::False),
        Each::None => (Truth::True, Truth::False),
    };
    let mut first: Option<Finding<'a>> = None;
    let mut unknown: Option<Finding<'a>> = None;
    for (position, item) in items.iter().enumerate() {
        let inner = Scope {
            item: Some(item),
            ..scope
        };
        let found = test.evaluate(inner).at(position, over);
        if found.truth == settling {
            return found.with_truth(settled);
        }
        if found.truth == Truth::Unknown && unknown.is_none() {
            unknown = Some(found);
        }
        first = first.or(Some(found));
    }
    let otherwise = settled.negated();
    match (unknown, how) {
        (Some(found), _) => found,
        // Only a failed `any` has an item to show: the first of those that all fell short.
        (None, Each::Any) => first.map_or(Finding::bare(otherwise), |found| {
            found.with_truth(otherwise)
        }),
        (None, Each::All | Each::None) => Finding::bare(otherwise),
    }
}
