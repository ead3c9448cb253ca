//! What a round is ranked on: SROI at the low end of its range, the reviewers' levels as means, and
//! the same levels with each reviewer's severity taken out.
use std::collections::BTreeMap;

use explain::{Step, json::Json};
use money::Decimal;
use serde_json::{Map, Value, json};
use store::{TenantTx, received::ReceivedRow, reviews};
use uuid::Uuid;

use crate::{
    CaseError, CaseResult,
    engines::Answered,
    panel_settings::LEVELS_APART,
    settings::{Dimension, Settings},
    sroi_read::{self, counting_runs},
};

/// Scores by reference and criterion.
pub(crate) type Scores = BTreeMap<String, Map<String, Value>>;

/// How each figure that the machine reads was read, by reference.
pub(crate) type Readings = BTreeMap<String, Vec<Step>>;

/// A review that was handed in.
pub(crate) struct Given {
    reviewer: Uuid,
    reference: String,
    levels: BTreeMap<String, i16>,
}

/// Everything a round is ranked on.
pub(crate) struct Material {
    pub(crate) machine: Scores,
    pub(crate) readings: Readings,
    pub(crate) reviews: Vec<Given>,
}

/// Reads runs and reviews of the eligible submissions.
pub(crate) async fn material(
    tx: &mut TenantTx,
    settings: &Settings,
    rows: &[ReceivedRow],
) -> CaseResult<Material> {
    let (machine, readings) = machine(tx, settings, rows).await?;
    Ok(Material {
        machine,
        readings,
        reviews: given(tx, rows).await?,
    })
}

async fn machine(
    tx: &mut TenantTx,
    settings: &Settings,
    rows: &[ReceivedRow],
) -> CaseResult<(Scores, Readings)> {
    let ids: Vec<Uuid> = rows.iter().map(|row| row.submission_id).collect();
    let counting = counting_runs(tx, &ids).await?;
    let (mut scores, mut readings) = (Scores::new(), Readings::new());
    for row in rows {
        let of = scores.entry(row.reference.clone()).or_default();
        let Some(run) = counting.get(&row.submission_id) else {
            continue;
        };
        let document: Value = serde_json::from_str(&row.document).map_err(CaseError::internal)?;
        let scope = document["sections"]["project"]["scope_code"].as_str();
        for dimension in settings.rubric.iter().filter(|each| each.machine_read) {
            if let Some(reading) = sroi_read::read(run, dimension, scope.unwrap_or_default())? {
                of.insert(dimension.id.clone(), json!(reading.score));
                let steps: &mut Vec<Step> = readings.entry(row.reference.clone()).or_default();
                steps.push(reading.step);
            }
        }
    }
    Ok((scores, readings))
}

async fn given(tx: &mut TenantTx, rows: &[ReceivedRow]) -> CaseResult<Vec<Given>> {
    let references: BTreeMap<Uuid, &str> = rows
        .iter()
        .map(|row| (row.submission_id, row.reference.as_str()))
        .collect();
    let ids: Vec<Uuid> = references.keys().copied().collect();
    let submitted: Vec<_> = reviews::list(tx, &ids)
        .await?
        .into_iter()
        .filter(|review| review.state == "submitted")
        .collect();
    let review_ids: Vec<Uuid> = submitted.iter().map(|review| review.review_id).collect();
    let levels = reviews::scores(tx, &review_ids).await?;
    let mut given: Vec<Given> = submitted
        .iter()
        .filter_map(|review| {
            Some(Given {
                reviewer: review.reviewer_id,
                reference: (*references.get(&review.submission_id)?).to_owned(),
                levels: levels
                    .iter()
                    .filter(|score| score.review_id == review.review_id)
                    .map(|score| (score.dimension.clone(), score.level))
                    .collect(),
            })
        })
        .collect();
    given.sort_by(|a, b| (&a.reference, a.reviewer).cmp(&(&b.reference, b.reviewer)));
    Ok(given)
}

impl Material {
    /// Machine-read scores, and the mean level of every dimension where enough people reviewed.
    pub(crate) fn raw(&self, settings: &Settings) -> Scores {
        let mut scores = self.machine.clone();
        for (reference, of) in &mut scores {
            let own: Vec<&Given> = self
                .reviews
                .iter()
                .filter(|review| review.reference == *reference)
                .collect();
            if own.len() < settings.reviews_min {
                continue;
            }
            for dimension in reviewed(settings) {
                let levels: Vec<i16> = own
                    .iter()
                    .filter_map(|review| review.levels.get(&dimension.id).copied())
                    .collect();
                if let Some(mean) = mean(&levels) {
                    of.insert(dimension.id.clone(), json!(money::normal_text(mean)));
                }
            }
        }
        scores
    }

    /// How strictly each reviewer scores; none while nobody handed in a review.
    pub(crate) fn severity(&self, settings: &Settings) -> CaseResult<Option<Answered>> {
        if self.reviews.is_empty() {
            return Ok(None);
        }
        let reviews: Vec<Value> = self
            .reviews
            .iter()
            .map(|review| {
                let scores: Map<String, Value> = reviewed(settings)
                    .filter_map(|dimension| {
                        let level = review.levels.get(&dimension.id)?;
                        Some((dimension.id.clone(), json!(level.to_string())))
                    })
                    .collect();
                json!({"reviewer": review.reviewer, "application": review.reference, "scores": scores})
            })
            .collect();
        let question = json!({"format": 1, "reviews": reviews, "levels": {"from": "0", "to": "5"},
                              "outlier": {"gap": LEVELS_APART.to_string()}});
        let answer = ranking::calc_severity(&Json::from(&question))
            .map_err(|problems| CaseError::internal(format!("severity: {problems}")))?;
        let input_hash = explain::input_hash(&question);
        Ok(Some(Answered {
            question,
            answer,
            input_hash,
        }))
    }
}

/// The dimensions that reviewers score.
fn reviewed(settings: &Settings) -> impl Iterator<Item = &Dimension> {
    settings
        .rubric
        .iter()
        .filter(|dimension| !dimension.machine_read)
}

/// The same scores with adjusted means, where an adjustment was possible.
pub(crate) fn adjusted(raw: &Scores, severity: &Value) -> Scores {
    let mut scores = raw.clone();
    for dimension in severity["dimensions"].as_array().into_iter().flatten() {
        let id = dimension["id"].as_str().unwrap_or_default();
        for application in dimension["applications"].as_array().into_iter().flatten() {
            let of = application["id"]
                .as_str()
                .and_then(|reference| scores.get_mut(reference));
            if let Some(of) = of
                && of.contains_key(id)
                && application["adjusted"].is_string()
            {
                of.insert(id.to_owned(), application["adjusted"].clone());
            }
        }
    }
    scores
}

/// The mean level with six places, half away from zero.
fn mean(levels: &[i16]) -> Option<Decimal> {
    let count = Decimal::from(i64::try_from(levels.len()).ok()?);
    let sum: Decimal = levels.iter().map(|level| Decimal::from(*level)).sum();
    Some(money::round_half_away(sum.checked_div(count)?, 6))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_could_be_adjusted_changes() {
        let raw = Scores::from([(
            "DF-1".to_owned(),
            Map::from_iter([
                ("R1".to_owned(), json!("3")),
                ("R2".to_owned(), json!("1.25")),
            ]),
        )]);
        let severity = json!({"dimensions": [
            {"id": "R1", "applications": [{"id": "DF-1", "raw": "3", "adjusted": "3.25"}]},
            {"id": "R3", "applications": [{"id": "DF-1", "raw": "4", "adjusted": "4.5"}]},
            {"id": "R2", "applications": [{"id": "DF-1", "raw": "1", "adjusted": null}]},
        ]});
        let scores = adjusted(&raw, &severity);
        assert_eq!(scores["DF-1"]["R1"], "3.25");
        assert_eq!(scores["DF-1"]["R2"], "1.25");
        assert!(!scores["DF-1"].contains_key("R3"));
    }
}
