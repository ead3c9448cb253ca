//! Who applies, who is funded, where the money goes: by size of organisation, district, service
//! area and first-time applicants. It describes a round; it weighs nothing.
//!
//! An application counts once in every code that it touches, so counts may add up to more than the
//! applications; money is split by the shares given, to the cent, and adds up to the whole.
mod evaluate;
mod read;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use money::{Decimal, Hkd, fixed_text};
use serde_json::{Value, json};

pub use evaluate::evaluate;
pub use read::read;

/// Most applications.
pub const APPLICATIONS_MAX: usize = 100_000;
/// Digits after the point of a share.
const SHARE_PLACES: u32 = 4;
/// Digits after the point of a mean score.
const SCORE_PLACES: u32 = 2;

/// One application as it stands at the end of a round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Application {
    /// Unique.
    pub id: String,
    /// Size of the organisation; `None`: not stated.
    pub size_band: Option<String>,
    /// Districts with their shares, in any proportion; empty: not stated.
    pub districts: BTreeMap<String, Decimal>,
    /// Service areas with their shares.
    pub service_areas: BTreeMap<String, Decimal>,
    /// Whether the organisation applies for the first time; `None`: unknown.
    pub first_time: Option<bool>,
    /// The score of the ranking; `None`: not scored.
    pub score: Option<Decimal>,
    /// Whether it is funded.
    pub funded: bool,
    /// What was asked for.
    pub asked: Hkd,
    /// What was awarded; nothing when not funded.
    pub awarded: Hkd,
}

/// What is asked: a round's applications.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// In any order.
    pub applications: Vec<Application>,
    /// A row with fewer applications is marked, for the people behind it may be recognised.
    pub few: u32,
}

/// The four ways of looking at a round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fairness {
    /// Everybody together.
    pub all: Row,
    /// `size_band`, `district`, `service_area`, `first_time`, each with its rows by code, what was
    /// not stated last.
    pub dimensions: Vec<(&'static str, Vec<Row>)>,
}

/// One code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The code; `None`: not stated, or everybody.
    pub code: Option<String>,
    /// Applications that touch it.
    pub applications: u32,
    /// Those of them that are funded.
    pub funded: u32,
    /// Funded ÷ applications; `None` without any.
    pub funded_share: Option<Decimal>,
    /// Mean of their scores; `None` when none is scored.
    pub mean_score: Option<Decimal>,
    /// Its part of what was asked for.
    pub asked: Hkd,
    /// Its part of what was awarded.
    pub awarded: Hkd,
    /// Its part of all that was awarded; `None` when nothing was.
    pub awarded_share: Option<Decimal>,
    /// Fewer applications than may be shown without care.
    pub few: bool,
}

impl Fairness {
    /// The JSON of `calc fairness`.
    pub fn to_json(&self) -> Value {
        let dimensions: Vec<Value> = self
            .dimensions
            .iter()
            .map(|(id, rows)| {
                let rows: Vec<Value> = rows.iter().map(Row::to_json).collect();
                json!({"id": id, "rows": rows})
            })
            .collect();
        json!({"all": self.all.to_json(), "dimensions": dimensions})
    }
}

impl Row {
    fn to_json(&self) -> Value {
        let share = |share: Option<Decimal>| share.map(|share| fixed_text(share, SHARE_PLACES));
        json!({
            "code": self.code,
            "applications": self.applications,
            "funded": self.funded,
            "funded_share": share(self.funded_share),
            "mean_score": self.mean_score.map(|score| fixed_text(score, SCORE_PLACES)),
            "asked": self.asked.to_string(),
            "awarded": self.awarded.to_string(),
            "awarded_share": share(self.awarded_share),
            "few": self.few,
        })
    }
}
