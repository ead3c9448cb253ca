//! What a comparison of two rankings says, as values and as the JSON of `calc moves`.
use std::collections::BTreeMap;

use money::{Decimal, exact_text};
use serde_json::{Value, json};

/// What changed a score or a rank.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// Criteria, anchors, directions, keys.
    Rule,
    /// Weights.
    Weight,
    /// Figures from the application, and applications that came or went.
    Data,
    /// Levels given by people.
    Reviewer,
}

impl Reason {
    /// In the order in which they are taken.
    pub const ALL: [Self; 4] = [Self::Rule, Self::Weight, Self::Data, Self::Reviewer];

    /// `rule`, `weight`, `data` or `reviewer`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Rule => "rule",
            Self::Weight => "weight",
            Self::Data => "data",
            Self::Reviewer => "reviewer",
        }
    }
}

/// Every application of either ranking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moves {
    /// By rank afterwards; those without one by rank before, then by id.
    pub applications: Vec<Moved>,
}

/// One application's way from one place to the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// Id of the application.
    pub id: String,
    /// Its rank before; `None`: not there, or not ranked.
    pub rank_before: Option<u32>,
    /// Its rank afterwards.
    pub rank_after: Option<u32>,
    /// Its score before, to twelve places.
    pub score_before: Option<Decimal>,
    /// Its score afterwards.
    pub score_after: Option<Decimal>,
    /// Only in the ranking afterwards.
    pub came: bool,
    /// Only in the ranking before.
    pub went: bool,
    /// What moved it; a step without effect is left out.
    pub steps: Vec<Step>,
}

/// One reason's effect on one application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Why.
    pub reason: Reason,
    /// What it did to the score; `None` when there is no score before or after the step.
    pub score_change: Option<Decimal>,
    /// The rank before the step.
    pub rank_before: Option<u32>,
    /// The rank after it.
    pub rank_after: Option<u32>,
    /// Contributions that changed; empty when only others moved.
    pub parts: Vec<Part>,
}

/// One criterion's contribution before and after a step; `None`: it had none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Id of the criterion.
    pub criterion: String,
    /// Before.
    pub from: Option<Decimal>,
    /// After.
    pub to: Option<Decimal>,
}

impl Moves {
    /// How many of those in both rankings hold another rank now.
    pub fn moved(&self) -> usize {
        let moved = |each: &&Moved| !each.came && !each.went && each.rank_before != each.rank_after;
        self.applications.iter().filter(moved).count()
    }

    /// How many of those in both rankings had their rank changed by each reason.
    pub fn by_reason(&self) -> BTreeMap<Reason, usize> {
        let changed = |reason: Reason| {
            let by = |each: &&Moved| {
                let step = each.steps.iter().find(|step| step.reason == reason);
                !each.came && !each.went && step.is_some_and(|s| s.rank_before != s.rank_after)
            };
            self.applications.iter().filter(by).count()
        };
        Reason::ALL
            .into_iter()
            .map(|reason| (reason, changed(reason)))
            .collect()
    }

    /// The JSON of `calc moves`.
    pub fn to_json(&self) -> Value {
        let applications: Vec<Value> = self.applications.iter().map(Moved::to_json).collect();
        let by_reason: BTreeMap<&str, usize> = self
            .by_reason()
            .into_iter()
            .map(|(reason, count)| (reason.word(), count))
            .collect();
        json!({
            "applications": applications,
            "summary": {"moved": self.moved(), "by_reason": by_reason},
        })
    }
}

impl Moved {
    fn to_json(&self) -> Value {
        let steps: Vec<Value> = self.steps.iter().map(Step::to_json).collect();
        json!({
            "id": self.id,
            "rank_before": self.rank_before,
            "rank_after": self.rank_after,
            "score_before": self.score_before.map(exact_text),
            "score_after": self.score_after.map(exact_text),
            "came": self.came,
            "went": self.went,
            "steps": steps,
        })
    }
}

impl Step {
    fn to_json(&self) -> Value {
        let parts: Vec<Value> = self
            .parts
            .iter()
            .map(|part| {
                json!({
                    "criterion": part.criterion,
                    "from": part.from.map(exact_text),
                    "to": part.to.map(exact_text),
                })
            })
            .collect();
        json!({
            "reason": self.reason.word(),
            "score_change": self.score_change.map(exact_text),
            "rank_after": self.rank_after,
            "parts": parts,
        })
    }
}
