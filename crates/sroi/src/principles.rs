//! The eight principles of Social Value International as a checklist: what in the map speaks for
//! each, counted. Whether a principle is kept is for a person to say; this says what was stated.
use money::Decimal;
use serde_json::{Value, json};

use crate::{
    record::Excluded,
    types::{Outcome, Parameter, Price, Request},
};

/// The figures that need a source.
const SOURCED: [Parameter; 6] = Parameter::ALL;
/// The shares that keep a claim modest; each needs a reason.
const MODEST: [Parameter; 4] = [
    Parameter::Deadweight,
    Parameter::Displacement,
    Parameter::Attribution,
    Parameter::Dropoff,
];

/// How far the map speaks for a principle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// Everything asked for is stated.
    Met,
    /// Some of it is.
    Partly,
    /// Nothing is.
    Missing,
}

impl Kept {
    /// The word in documents.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Partly => "partly",
            Self::Missing => "missing",
        }
    }

    const fn of(given: usize, of: usize) -> Self {
        if of == 0 || given == 0 {
            Self::Missing
        } else if given >= of {
            Self::Met
        } else {
            Self::Partly
        }
    }

    const fn both(self, other: Self) -> Self {
        match (self, other) {
            (Self::Met, Self::Met) => Self::Met,
            (Self::Missing, Self::Missing) => Self::Missing,
            _ => Self::Partly,
        }
    }
}

/// One principle with what was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Principle {
    /// `involve_stakeholders`, in the order in which the principles are numbered.
    pub code: &'static str,
    /// How far the map speaks for it.
    pub kept: Kept,
    /// What was counted, each with code and path.
    pub evidence: Vec<Value>,
}

impl Principle {
    /// The principle as documents carry it.
    pub fn to_json(&self) -> Value {
        json!({"principle": self.code, "state": self.kept.word(), "evidence": self.evidence})
    }
}

/// The checklist of a map.
pub fn principles(request: &Request) -> Vec<Principle> {
    vec![
        involve(request),
        understand(request),
        value(request),
        material(request),
        modest(request),
        transparent(request),
        verified(0),
        responsive(request),
    ]
}

fn counted(code: &str, path: &str, given: usize, of: usize) -> Value {
    json!({"code": code, "path": path, "given": given.to_string(), "of": of.to_string()})
}

fn involve(request: &Request) -> Principle {
    let groups = &request.record.stakeholders;
    let asked = groups.iter().filter(|group| group.consulted > 0).count();
    let mut evidence: Vec<Value> = groups
        .iter()
        .enumerate()
        .map(|(at, group)| {
            json!({
                "code": "stakeholders_consulted",
                "path": format!("stakeholders[{at}].consulted"),
                "stakeholder": group.name,
                "consulted": group.consulted.to_string(),
                "number": group.number.to_string(),
            })
        })
        .collect();
    if asked == 0 {
        evidence.push(json!({"code": "none_consulted", "path": "stakeholders"}));
    }
    Principle {
        code: "involve_stakeholders",
        kept: Kept::of(asked, groups.len()),
        evidence,
    }
}

fn understand(request: &Request) -> Principle {
    let outcomes = &request.outcomes;
    let with_indicator = |outcome: &&Outcome| outcome.record.indicator.is_some();
    let given = outcomes.iter().filter(with_indicator).count();
    let harms = outcomes
        .iter()
        .filter(|outcome| {
            let mut cohorts = outcome.cohorts.iter();
            cohorts.any(|cohort| cohort.quantity.decimal() < Decimal::ZERO)
        })
        .count();
    let left_out = request
        .record
        .exclusions
        .iter()
        .filter(|exclusion| exclusion.kind == Excluded::Outcome)
        .count();
    let considered = harms + left_out;
    let code = if considered > 0 {
        "negative_considered"
    } else {
        "negative_not_considered"
    };
    Principle {
        code: "understand_change",
        kept: Kept::of(given, outcomes.len()).both(Kept::of(considered, 1)),
        evidence: vec![
            counted("indicators_given", "outcomes", given, outcomes.len()),
            json!({"code": code, "path": "outcomes", "count": considered.to_string()}),
        ],
    }
}

fn value(request: &Request) -> Principle {
    let priced = || {
        request
            .outcomes
            .iter()
            .filter(|outcome| matches!(outcome.price, Price::Proxy(_)))
    };
    let sourced = priced()
        .filter(|outcome| {
            outcome.record.library.is_some() || has(&outcome.sources, Parameter::Proxy)
        })
        .count();
    let unvalued = request.outcomes.len() - priced().count();
    Principle {
        code: "value_what_matters",
        kept: Kept::of(sourced, priced().count()),
        evidence: vec![
            counted("proxies_sourced", "outcomes", sourced, priced().count()),
            json!({"code": "unvalued_listed", "path": "outcomes", "count": unvalued.to_string()}),
        ],
    }
}

fn material(request: &Request) -> Principle {
    let left_out = request.record.exclusions.len();
    Principle {
        code: "only_material",
        kept: Kept::of(left_out, 1),
        evidence: vec![
            json!({"code": "exclusions_listed", "path": "exclusions", "count": left_out.to_string()}),
        ],
    }
}

fn modest(request: &Request) -> Principle {
    let reasons = request
        .outcomes
        .iter()
        .flat_map(|outcome| MODEST.map(|share| has(&outcome.reasons, share)))
        .filter(|given| *given)
        .count();
    let of = request.outcomes.len() * MODEST.len();
    let ranged = request
        .outcomes
        .iter()
        .filter(|outcome| !outcome.grades.is_empty() || !outcome.ranges.is_empty())
        .count();
    Principle {
        code: "do_not_overclaim",
        kept: Kept::of(reasons, of).both(Kept::of(ranged, request.outcomes.len())),
        evidence: vec![
            counted("reasons_given", "outcomes", reasons, of),
            counted("grades_given", "outcomes", ranged, request.outcomes.len()),
        ],
    }
}

fn transparent(request: &Request) -> Principle {
    let sources = request
        .outcomes
        .iter()
        .flat_map(|outcome| SOURCED.map(|figure| has(&outcome.sources, figure)))
        .filter(|given| *given)
        .count();
    let of = request.outcomes.len() * SOURCED.len();
    Principle {
        code: "be_transparent",
        kept: Kept::of(sources, of),
        evidence: vec![counted("sources_given", "outcomes", sources, of)],
    }
}

/// Verification is what others say about a run; the map itself cannot tell.
pub fn verified(statements: usize) -> Principle {
    let code = if statements > 0 {
        "assured"
    } else {
        "not_assured"
    };
    Principle {
        code: "verify",
        kept: Kept::of(usize::from(statements > 0), 1),
        evidence: vec![json!({"code": code, "path": "", "count": statements.to_string()})],
    }
}

fn responsive(request: &Request) -> Principle {
    let stated = request.record.responsiveness.is_some();
    let code = if stated {
        "response_stated"
    } else {
        "response_missing"
    };
    Principle {
        code: "be_responsive",
        kept: Kept::of(usize::from(stated), 1),
        evidence: vec![json!({"code": code, "path": "responsiveness"})],
    }
}

fn has(notes: &std::collections::BTreeMap<String, String>, parameter: Parameter) -> bool {
    notes
        .get(parameter.word())
        .is_some_and(|note| !note.trim().is_empty())
}
