//! What a ranking needs: criteria with fixed anchors, applications with scores, and optionally
//! how weights vary. Fixed anchors, because anchors taken from the batch reverse ranks when a
//! poor application is added.
//!
//! Further questions ([`Asks`]) say where the money ends, how robust each place is, how far a weight
//! may move, and what another method would say. Criteria are worked through by id, so neither
//! their order nor that of the applications can reach a digit.
mod agreement;
mod asks;
mod check;
mod check_asks;
mod counting;
mod draw;
mod evaluate;
mod line;
mod read;
mod read_asks;
mod result;
mod sampling;
mod sensitivity;
mod shares;
mod sides;
mod topsis;
mod weight_move;
mod working;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use money::{Decimal, Hkd, normal_text};
use serde_json::{Value, json};

pub use asks::{Asks, LineRule, ROBUST, Room};
pub(crate) use check::{request as check_typed, unique_ids};
pub use evaluate::evaluate;
pub(crate) use evaluate::{by_id, comparable, evaluate_checked};
pub use line::{Line, Standing};
pub use read::read;
pub use result::{Contribution, Ranked, Ranking, Tie};
pub use sampling::{Samples, sample};
pub use sensitivity::{Interval, Sensitivity, SmallestMove, WeightRange};
pub use shares::Pairwise;
pub use topsis::{Closeness, SecondOpinion};

/// Most criteria of one ranking; more cannot be weighed by people.
pub const CRITERIA_MAX: usize = 50;
/// Most applications of one ranking.
pub const APPLICATIONS_MAX: usize = 5_000;
/// Most samples of weights; the standard error of an acceptability is then below 0.0016.
pub const SAMPLES_MAX: u32 = 100_000;
/// Most samples × applications × criteria, so that a request ends within seconds.
pub const SAMPLING_WORK_MAX: u64 = 1_200_000_000;
/// Most applications that are compared pair by pair: wins and weight intervals.
pub const PAIRED_MAX: usize = 300;
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
    /// Who gives the scores, when stated; it tells the reasons of [`crate::moves`] apart.
    pub source: Option<Source>,
}

/// Who gives the scores of a criterion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// People who read the application.
    Reviewers,
    /// A figure computed or read from the application.
    Machine,
}

impl Source {
    /// `reviewers` or `machine`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Reviewers => "reviewers",
            Self::Machine => "machine",
        }
    }
}

/// One application and its scores by criterion id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Application {
    /// Unique among the applications.
    pub id: String,
    /// `None`: not applicable, or the reviewer abstained. A criterion without an entry is missing.
    pub scores: BTreeMap<String, Option<Decimal>>,
    /// The money asked for; needed where a budget draws the line.
    pub cost: Option<Hkd>,
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
    /// The further questions.
    pub asks: Asks,
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
            .map(|criterion| (criterion.id.as_str(), criterion.canonical()))
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
        let mut value = json!({
            "format": 1,
            "criteria": criteria,
            "applications": applications,
            "stability": self.stability.map(Stability::canonical),
            "tie_break": tie_break,
        });
        let costs: BTreeMap<&str, String> = self
            .applications
            .iter()
            .filter_map(|each| Some((each.id.as_str(), normal_text(each.cost?.decimal()))))
            .collect();
        // Beside the older keys and only when given, so that older questions keep their hash.
        if !costs.is_empty() {
            value["costs"] = json!(costs);
        }
        self.asks.canonical(&mut value);
        value
    }
}

impl Criterion {
    fn canonical(&self) -> Value {
        let mut value = json!({
            "weight": normal_text(self.weight),
            "direction": self.direction.word(),
            "zero": normal_text(self.zero),
            "hundred": normal_text(self.hundred),
        });
        if let Some(source) = self.source {
            value["source"] = json!(source.word());
        }
        value
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
