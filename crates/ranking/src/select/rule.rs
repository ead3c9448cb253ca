//! The rules of a selection: what they limit, how they are named, in which order they are listed.
use std::collections::BTreeMap;

use money::Decimal;

use super::{Application, Constraints};

/// What a rule about a code adds up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Measure {
    /// Money: cost times the share that goes to the code.
    Spend,
    /// Funded applications of which some share goes to the code.
    Count,
}

impl Measure {
    /// As written.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Spend => "spend",
            Self::Count => "count",
        }
    }
}

/// A limit on what one code of one dimension receives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartRule {
    /// Such as `district`.
    pub dimension: String,
    /// Such as `kwun_tong`.
    pub code: String,
    /// Money or applications.
    pub measure: Measure,
    /// The limit; a whole number where applications are counted.
    pub value: Decimal,
}

impl PartRule {
    /// `district:kwun_tong:spend`.
    pub fn name(&self) -> String {
        format!("{}:{}:{}", self.dimension, self.code, self.measure.word())
    }
}

#[cfg(test)]
impl PartRule {
    /// The share of an application's cost that goes to the code.
    pub(super) fn share(&self, application: &Application) -> Decimal {
        let codes = application.parts.get(&self.dimension);
        let share = codes.and_then(|codes| codes.get(&self.code));
        share.map_or(Decimal::ZERO, |share| share.decimal())
    }
}

/// Per rule, the applications of which some share goes to its code, by position, with that share.
pub(super) fn shares<'a>(
    rules: &[PartRule],
    applications: impl Iterator<Item = &'a Application>,
) -> Vec<Vec<(usize, Decimal)>> {
    let mut asked: BTreeMap<&str, BTreeMap<&str, Vec<usize>>> = BTreeMap::new();
    for (at, rule) in rules.iter().enumerate() {
        let codes = asked.entry(rule.dimension.as_str()).or_default();
        codes.entry(rule.code.as_str()).or_default().push(at);
    }
    let mut shares = vec![Vec::new(); rules.len()];
    for (position, application) in applications.enumerate() {
        for (dimension, codes) in &asked {
            let parts = application.parts.get(*dimension).into_iter().flatten();
            for (code, share) in parts.filter(|(_, share)| !share.decimal().is_zero()) {
                for at in codes.get(code.as_str()).into_iter().flatten() {
                    shares[*at].push((position, share.decimal()));
                }
            }
        }
    }
    shares
}

/// One application is funded only beside another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Requirement {
    /// The one that needs the other.
    pub application: String,
    /// The one that must be funded too.
    pub needs: String,
}

/// One stated rule, by its position among the constraints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rule {
    Budget,
    SmallShare,
    MaxPerGroup,
    AtMost(usize),
    AtLeast(usize),
    Exclusive(usize),
    Requires(usize),
}

/// All stated rules, the budget first, in an order that does not depend on the order given.
pub(super) fn stated(constraints: &Constraints) -> Vec<Rule> {
    let mut rules = vec![Rule::Budget];
    rules.extend(constraints.small_share.map(|_| Rule::SmallShare));
    rules.extend(constraints.max_per_group.map(|_| Rule::MaxPerGroup));
    let mut add = |count: usize, rule: fn(usize) -> Rule| {
        let mut kind: Vec<Rule> = (0..count).map(rule).collect();
        kind.sort_by_cached_key(|rule| rule.id(constraints));
        rules.extend(kind);
    };
    add(constraints.at_most.len(), Rule::AtMost);
    add(constraints.at_least.len(), Rule::AtLeast);
    add(constraints.exclusive.len(), Rule::Exclusive);
    add(constraints.requires.len(), Rule::Requires);
    rules
}

impl Rule {
    /// The stable name of the rule, as it appears in the answer.
    pub(super) fn id(self, constraints: &Constraints) -> String {
        match self {
            Self::Budget => "budget".to_owned(),
            Self::SmallShare => "small_share".to_owned(),
            Self::MaxPerGroup => "max_per_group".to_owned(),
            Self::AtMost(at) => format!("at_most:{}", constraints.at_most[at].name()),
            Self::AtLeast(at) => format!("at_least:{}", constraints.at_least[at].name()),
            Self::Exclusive(at) => {
                let mut ids = constraints.exclusive[at].clone();
                ids.sort();
                format!("exclusive:{}", ids.join(":"))
            }
            Self::Requires(at) => {
                let rule = &constraints.requires[at];
                format!("requires:{}:{}", rule.application, rule.needs)
            }
        }
    }

    /// Whether it is none of budget, small share and cap per group.
    pub(super) const fn is_general(self) -> bool {
        match self {
            Self::Budget | Self::SmallShare | Self::MaxPerGroup => false,
            Self::AtMost(_) | Self::AtLeast(_) | Self::Exclusive(_) | Self::Requires(_) => true,
        }
    }

    /// The number a general rule states; an exclusive list allows one, a requirement none without.
    pub(super) fn value(self, constraints: &Constraints) -> Decimal {
        match self {
            Self::AtMost(at) => constraints.at_most[at].value,
            Self::AtLeast(at) => constraints.at_least[at].value,
            Self::Exclusive(_) => Decimal::ONE,
            Self::Budget | Self::SmallShare | Self::MaxPerGroup | Self::Requires(_) => {
                Decimal::ZERO
            }
        }
    }
}
