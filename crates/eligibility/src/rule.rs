//! Yes/no rules as data: what the compiler builds and the evaluation walks.
use std::{collections::BTreeMap, sync::Arc};

use regex::Regex;

use crate::{
    fact::Fact,
    term::{Place, Term},
};

/// How two values are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Comparison {
    Eq,
    Ne,
    Lt,
    Lte,
    Gt,
    Gte,
}

/// How two lists are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sets {
    Superset,
    Subset,
    Intersects,
}

/// How many items of a list must satisfy the inner rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Each {
    Any,
    All,
    None,
}

/// What is counted, and whether the bound is the least or the most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Size {
    MinLength,
    MaxLength,
    MinCount,
    MaxCount,
}

/// A pattern for a text, or one for each type of item.
#[derive(Debug, Clone)]
pub(crate) enum Patterns {
    One(Fact, Regex),
    ByType(BTreeMap<String, (Fact, Regex)>),
}

/// A compiled rule.
#[derive(Debug, Clone)]
pub(crate) enum Rule {
    And(Vec<Rule>),
    Or(Vec<Rule>),
    Not(Box<Rule>),
    Implies(Box<Rule>, Box<Rule>),
    Each {
        how: Each,
        over: Place,
        test: Box<Rule>,
    },
    Compare {
        how: Comparison,
        left: Term,
        right: Term,
        money: bool,
    },
    Between {
        left: Term,
        low: Term,
        high: Term,
        money: bool,
    },
    In {
        left: Term,
        right: Term,
    },
    Sets {
        how: Sets,
        left: Term,
        right: Term,
    },
    Matches {
        left: Term,
        patterns: Patterns,
    },
    Present(Term),
    AllPresent(Vec<Place>),
    Size {
        how: Size,
        left: Term,
        bound: Term,
    },
    Ruleset(Place),
    /// The rule of an earlier criterion of the same rule set.
    Criterion(Arc<Rule>),
    /// Reports a value and decides nothing; stands only at the top of an `info` criterion.
    Report(Term),
}
