//! What a ranking says, as values and as the JSON of `calc rank`.
use std::collections::BTreeMap;

use money::{Decimal, exact_text, fixed_text};
use serde_json::{Value, json};

use super::{Line, Pairwise, SecondOpinion, Sensitivity, Standing, shares::SHARE_PLACES};

/// Digits after the point of a shown score.
pub(super) const SCORE_PLACES: u32 = 2;

/// One criterion's part in one application's score.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contribution {
    /// Id of the criterion.
    pub criterion: String,
    /// The score in the criterion's own unit.
    pub score: Decimal,
    /// The anchor worth 0 points.
    pub zero: Decimal,
    /// The anchor worth 100 points.
    pub hundred: Decimal,
    /// Position between the anchors, 0..100.
    pub points: Decimal,
    /// The stated weight.
    pub weight: Decimal,
    /// Sum of the stated weights of all criteria that were scored; 1 when none was left out.
    pub weights_scored: Decimal,
    /// Weight ÷ weights scored × points: what this criterion adds to the score.
    pub value: Decimal,
}

/// One application's place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ranked {
    /// Id of the application.
    pub id: String,
    /// 1 is best; equal scores share a rank. `None`: not every criterion has a score yet, or
    /// none applies.
    pub rank: Option<u32>,
    /// 0..100 with full precision; `None` exactly when there is no rank.
    pub score: Option<Decimal>,
    /// One part per scored criterion, by its id.
    pub contributions: Vec<Contribution>,
    /// Criteria left out because nobody could score them; the other weights were rescaled.
    pub reweighted: Vec<String>,
    /// Criteria whose score was not supplied.
    pub missing: Vec<String>,
    /// Number of the group of equal scores, 1 for the best; a group of one is not a tie.
    pub tie_group: Option<u32>,
    /// Share of the samples in which this application holds rank 1, 2, …; empty when not asked.
    pub rank_acceptability: Vec<Decimal>,
    /// Share of the samples in which it ends above the line drawn anew; `None` when not ranked, or
    /// without a line or samples.
    pub line_share: Option<Decimal>,
    /// How firmly it stands on its side of the line.
    pub standing: Option<Standing>,
    /// Mean weights of the samples in which it comes first; `None` when it never does, or when not
    /// asked.
    pub central_weights: Option<BTreeMap<String, Decimal>>,
}

/// Several applications with equal scores.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tie {
    /// Number of the group of equal scores.
    pub tie_group: u32,
    /// The rank they share.
    pub rank: u32,
    /// Ids in the order of the keys; by id where the keys do not decide either.
    pub order: Vec<String>,
    /// For each neighbouring pair of `order`, the key that decided; `None`: still equal.
    pub decided_by: Vec<Option<String>>,
}

/// A ranking with its working.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ranking {
    /// By rank, within a tie by id; those without a rank last, by id.
    pub applications: Vec<Ranked>,
    /// The ties, best first, each ordered by the keys for the case that a budget line falls
    /// inside it. Empty when no keys were named.
    pub ties: Vec<Tie>,
    /// Where the money or the places end; `None` when not asked.
    pub line: Option<Line>,
    /// Who beats whom, how often; `None` when not asked.
    pub pairwise: Option<Pairwise>,
    /// How far each weight may move; `None` when not asked.
    pub sensitivity: Option<Sensitivity>,
    /// What TOPSIS would say; `None` when not asked.
    pub second_opinion: Option<SecondOpinion>,
    /// Which optional fields of an application are printed.
    pub(super) asked: Asked,
}

/// Fields of an application that are printed only when they were asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Asked {
    pub(super) standing: bool,
    pub(super) central_weights: bool,
}

impl Ranking {
    /// One application's place.
    pub fn find(&self, id: &str) -> Option<&Ranked> {
        self.applications.iter().find(|ranked| ranked.id == id)
    }

    /// The tie that a line after the first `places` ranked applications would cut, if any.
    pub fn tie_at_line(&self, places: usize) -> Option<u32> {
        let above = places
            .checked_sub(1)
            .and_then(|position| self.applications.get(position))?;
        let below = self.applications.get(places)?;
        above
            .tie_group
            .filter(|_| above.tie_group == below.tie_group)
    }

    /// The JSON of `calc rank`.
    pub fn to_json(&self) -> Value {
        let applications: Vec<Value> = self
            .applications
            .iter()
            .map(|ranked| ranked.to_json(self.asked))
            .collect();
        let mut value = json!({ "applications": applications });
        if !self.ties.is_empty() {
            value["ties"] = self.ties.iter().map(Tie::to_json).collect();
        }
        if let Some(line) = &self.line {
            value["line"] = line.to_json();
        }
        if let Some(pairwise) = &self.pairwise {
            value["pairwise"] = pairwise.to_json();
        }
        if let Some(sensitivity) = &self.sensitivity {
            sensitivity.add_to(&mut value);
        }
        if let Some(opinion) = &self.second_opinion {
            value["second_opinion"] = opinion.to_json();
        }
        value
    }
}

impl Ranked {
    fn to_json(&self, asked: Asked) -> Value {
        let contributions: BTreeMap<&str, String> = self
            .contributions
            .iter()
            .map(|part| (part.criterion.as_str(), exact_text(part.value)))
            .collect();
        let acceptability: Vec<String> = self
            .rank_acceptability
            .iter()
            .map(|share| fixed_text(*share, 4))
            .collect();
        let mut value = json!({
            "id": self.id,
            "rank": self.rank,
            "score": self.score.map(|score| fixed_text(score, SCORE_PLACES)),
            "score_exact": self.score.map(exact_text),
            "contributions": contributions,
            "reweighted": self.reweighted,
            "missing": self.missing,
            "tie_group": self.tie_group,
            "rank_acceptability": acceptability,
        });
        if asked.standing {
            let share = self.line_share.map(|share| fixed_text(share, SHARE_PLACES));
            value["line_share"] = json!(share);
            value["standing"] = json!(self.standing.map(Standing::word));
        }
        if asked.central_weights {
            let shown = |(id, weight): (&String, &Decimal)| {
                (id.clone(), json!(fixed_text(*weight, SHARE_PLACES)))
            };
            let weights = self.central_weights.as_ref();
            value["central_weights"] =
                weights.map_or(Value::Null, |weights| weights.iter().map(shown).collect());
        }
        value
    }
}

impl Tie {
    fn to_json(&self) -> Value {
        json!({
            "tie_group": self.tie_group,
            "rank": self.rank,
            "order": self.order,
            "decided_by": self.decided_by,
        })
    }
}
