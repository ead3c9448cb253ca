//! What a ranking needs: criteria with fixed anchors, applications with scores, and optionally
//! how weights vary. Fixed anchors, because anchors taken from the batch reverse ranks when a
//! poor application is added.
mod check;
mod evaluate;
mod read;
mod result;
mod sampling;
mod working;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use money::{Decimal, normal_text};
use serde_json::{Value, json};

pub(crate) use check::unique_ids;
pub use evaluate::evaluate;
pub use read::read;
pub use result::{Contribution, Ranked, Ranking, Tie};

/// Most criteria of one ranking; more cannot be weighed by people.
pub const CRITERIA_MAX: usize = 50;
/// Most applications of one ranking.
pub const APPLICATIONS_MAX: usize = 5_000;
/// Most samples of weights; the standard error of an acceptability is then below 0.0016.
pub const SAMPLES_MAX: u32 = 100_000;
/// Most samples × applications × criteria, so that a request ends within seconds.
pub const SAMPLING_WORK_MAX: u64 = 500_000_000;
/// Largest Dirichlet concentration; beyond it weights hardly move.
pub const CONCENTRATION_MAX: u32 = 1_000_000;

/// Which way is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// More is better: `hundred` lies above `zero`.
    Max,
    /// Less is better: `hundred` lies below `zero`.
    Min,
}

impl Direction {
    /// `max` or `min`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Max => "max",
            Self::Min => "min",
        }
    }
}

/// One criterion with its weight and its two fixed anchors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Criterion {
    /// Unique among the criteria.
    pub id: String,
    /// Part of the whole; all weights sum to exactly 1.
    pub weight: Decimal,
    /// Which way is better; the anchors must agree.
    pub direction: Direction,
    /// The score worth 0 points, in the criterion's own unit.
    pub zero: Decimal,
    /// The score worth 100 points.
    pub hundred: Decimal,
}

/// One application and its scores by criterion id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Application {
    /// Unique among the applications.
    pub id: String,
    /// `None`: not applicable, or the reviewer abstained. A criterion without an entry is missing.
    pub scores: BTreeMap<String, Option<Decimal>>,
}

/// One key that breaks a tie where a budget line falls inside it, written `cost:min`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TieKey {
    /// Id of a criterion, or of a further value given among the scores.
    pub key: String,
    /// Which way wins.
    pub direction: Direction,
}

/// How weights vary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WeightSpread {
    /// Every set of weights is equally likely.
    Uniform,
    /// Dirichlet with parameters concentration × weight: around the stated weights.
    Dirichlet {
        /// The larger, the closer to the stated weights.
        concentration: u32,
    },
}

/// Asks how often each application holds each rank when weights vary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stability {
    /// Number of sets of weights drawn.
    pub samples: u32,
    /// Seed of the generator; the same seed gives the same digits on any machine.
    pub seed: u64,
    /// How weights vary.
    pub weights: WeightSpread,
}

/// Everything a ranking rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The criteria, in the order in which they are shown.
    pub criteria: Vec<Criterion>,
    /// The applications, in any order.
    pub applications: Vec<Application>,
    /// Asks for rank acceptabilities.
    pub stability: Option<Stability>,
    /// Keys in order of use; empty when a tie at the budget line is left to people.
    pub tie_break: Vec<TieKey>,
}

impl Request {
    /// `v1:` and the hash of this input with normalised decimals. Neither the order of the
    /// applications nor that of the criteria matters.
    pub fn input_hash(&self) -> String {
        explain::input_hash(&self.canonical())
    }

    fn canonical(&self) -> Value {
        let criteria: BTreeMap<&str, Value> = self
            .criteria
            .iter()
            .map(|criterion| {
                let value = json!({
                    "weight": normal_text(criterion.weight),
                    "direction": criterion.direction.word(),
                    "zero": normal_text(criterion.zero),
                    "hundred": normal_text(criterion.hundred),
                });
                (criterion.id.as_str(), value)
            })
            .collect();
        let applications: BTreeMap<&str, BTreeMap<&str, Option<String>>> = self
            .applications
            .iter()
            .map(|application| {
                let scores = application
                    .scores
                    .iter()
                    .map(|(id, score)| (id.as_str(), score.map(normal_text)))
                    .collect();
                (application.id.as_str(), scores)
            })
            .collect();
        let tie_break: Vec<String> = self.tie_break.iter().map(ToString::to_string).collect();
        json!({
            "format": 1,
            "criteria": criteria,
            "applications": applications,
            "stability": self.stability.map(Stability::canonical),
            "tie_break": tie_break,
        })
    }
}

impl Stability {
    fn canonical(self) -> Value {
        let (weights, concentration) = match self.weights {
            WeightSpread::Uniform => ("uniform", None),
            WeightSpread::Dirichlet { concentration } => ("dirichlet", Some(concentration)),
        };
        json!({
            "samples": self.samples,
            "seed": self.seed.to_string(),
            "weights": weights,
            "concentration": concentration,
        })
    }
}

impl std::fmt::Display for TieKey {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}:{}", self.key, self.direction.word())
    }
}
