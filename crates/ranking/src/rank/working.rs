//! How one application's score came about, down to the scores and anchors.
use explain::Step;
use money::{exact_text, normal_text};

use super::{Contribution, Ranked, Ranking};

const METHOD: &str = "Weighted sum of points on fixed anchors";

impl Ranking {
    /// The working of one application's score; `None` when it has no score.
    pub fn score_working(&self, application: &str) -> Option<Step> {
        self.find(application)?.score_working()
    }
}

impl Ranked {
    /// The working of this score; `None` when there is none.
    pub fn score_working(&self) -> Option<Step> {
        let score = self.score?;
        let step = Step::new(
            format!("score.{}", self.id),
            "ranking.score",
            "sum of contributions",
            exact_text(score),
            METHOD,
        )
        .with("left_out", self.reweighted.join(", "))
        .rounded("2 places, half away from zero");
        let parts = self.contributions.iter().map(|part| part.working(&self.id));
        Some(step.children(parts))
    }
}

impl Contribution {
    fn working(&self, application: &str) -> Step {
        let id = format!("score.{application}.{}", self.criterion);
        let points = Step::new(
            format!("{id}.points"),
            "ranking.points",
            "(score − zero) ÷ (hundred − zero) × 100, not below 0 nor above 100",
            exact_text(self.points),
            METHOD,
        )
        .with("score", normal_text(self.score))
        .with("zero", normal_text(self.zero))
        .with("hundred", normal_text(self.hundred));
        Step::new(
            id,
            "ranking.contribution",
            "weight ÷ weights_scored × points",
            exact_text(self.value),
            METHOD,
        )
        .with("criterion", self.criterion.as_str())
        .with("weight", normal_text(self.weight))
        .with("weights_scored", normal_text(self.weights_scored))
        .with("points", exact_text(self.points))
        .child(points)
    }
}
