//! Two value maps of one project, such as the claim and the funder's assessed copy, or what was
//! promised and what came: every change, one after another, with what it does to the totals.
//!
//! Changes are made in a fixed order: conventions, inputs, then outcome by outcome. Each effect is the
//! difference of two totals rounded to cents, so that the effects add up to the whole difference.
use explain::{Problems, json::Json, read::Fields};
use serde_json::{Value, json};

use crate::{
    evaluate::{Evaluation, evaluate, overflow},
    read::read_at,
    types::Request,
    walk::Walk,
};

/// Which total a change acts on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EffectOn {
    /// Total present value of the outcomes.
    Total,
    /// Present value of the inputs.
    Investment,
}

impl EffectOn {
    /// The word in documents.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Total => "total",
            Self::Investment => "investment",
        }
    }
}

/// One change and what it does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DifferenceStep {
    /// The field in the later map, or in the earlier one when it is gone.
    pub path: String,
    /// The outcome's id; none for conventions and inputs.
    pub outcome: Option<String>,
    /// What changed.
    pub parameter: &'static str,
    /// Before; none when it was not there.
    pub from: Option<String>,
    /// After; none when it is gone.
    pub to: Option<String>,
    /// By how much the total changed, with two places.
    pub effect: String,
    /// Which total.
    pub effect_on: EffectOn,
}

/// The difference between two maps.
#[derive(Debug, Clone)]
pub struct Difference {
    /// The earlier map.
    pub before: Evaluation,
    /// The later map.
    pub after: Evaluation,
    /// Every change in order.
    pub steps: Vec<DifferenceStep>,
}

/// Reads `{"before":…,"after":…}`, compares and prints, or lists every problem of both.
pub fn calc_compare(body: &Json) -> Result<Value, Problems> {
    let mut problems = Problems::new();
    let fields = Fields::of(body, "", &mut problems);
    fields.format_one(&mut problems);
    let mut side = |key: &str| {
        let json = fields.required(key, &mut problems)?;
        match read_at(json, key) {
            Ok(request) => Some(request),
            Err(found) => {
                found
                    .into_vec()
                    .into_iter()
                    .for_each(|problem| problems.push(problem));
                None
            }
        }
    };
    let (before, after) = (side("before"), side("after"));
    fields.refuse_unknown(&["format", "before", "after"], &mut problems);
    let (before, after) = problems.into_result(before.zip(after))?;
    Ok(compare(&before, &after)?.to_json())
}

/// Walks from one map to the other.
pub fn compare(before: &Request, after: &Request) -> Result<Difference, Problems> {
    let (from, to) = (evaluate(before)?, evaluate(after)?);
    let steps =
        Walk::along(before, after).map_err(|error| Problems::from(overflow(error, "outcomes")))?;
    Ok(Difference {
        before: from,
        after: to,
        steps,
    })
}

impl Difference {
    /// The difference as documents carry it.
    pub fn to_json(&self) -> Value {
        let steps = self.steps.iter().map(|step| {
            json!({
                "path": step.path,
                "outcome": step.outcome,
                "parameter": step.parameter,
                "from": step.from,
                "to": step.to,
                "effect": step.effect,
                "effect_on": step.effect_on.word(),
            })
        });
        let (before, after) = (&self.before, &self.after);
        json!({
            "format": 1,
            "ratio_before": before.ratio().to_text(),
            "ratio_after": after.ratio().to_text(),
            "total_before": before.total_present_value.cents_text(),
            "total_after": after.total_present_value.cents_text(),
            "investment_before": before.investment.cents_text(),
            "investment_after": after.investment.cents_text(),
            "before_hash": before.input_hash(),
            "after_hash": after.input_hash(),
            "steps": steps.collect::<Vec<_>>(),
        })
    }
}
