//! The questions that a ranking puts to the calculators, from what a programme states and what was
//! scored. A trial with other weights or another budget starts from the same questions.
use std::collections::BTreeMap;

use explain::json::Json;
use money::{Decimal, Hkd};
use serde_json::{Map, Value, json};
use store::{
    TenantTx, funding_levels, published,
    received::{self, ReceivedRow, ShareRow},
};
use uuid::Uuid;

use crate::{
    CaseError, CaseResult,
    engines::Answered,
    panel_settings::PanelSettings,
    rank_scores::{Readings, Scores},
    settings::Settings,
};

/// Most applications of which the sensitivity to each weight is worked out.
const SENSITIVITY_APPLICATIONS_MAX: usize = 300;

/// What stands around the scores: money, shares, levels of part funding.
pub(crate) struct Around {
    rows: Vec<ReceivedRow>,
    shares: Vec<ShareRow>,
    levels: BTreeMap<Uuid, Value>,
    codes: Value,
}

impl Around {
    pub(crate) async fn load(tx: &mut TenantTx, rows: Vec<ReceivedRow>) -> CaseResult<Self> {
        let ids: Vec<Uuid> = rows.iter().map(|row| row.submission_id).collect();
        let levels = funding_levels::list(tx, &ids).await?;
        let reference = published::reference(tx, "reference")
            .await?
            .unwrap_or_default();
        Ok(Self {
            shares: received::shares(tx, &ids).await?,
            levels: levels
                .into_iter()
                .map(|row| (row.submission_id, row.levels))
                .collect(),
            codes: json!({
                "district": crate::labels::codes(&reference, "districts"),
                "service_area": crate::labels::codes(&reference, "service_areas"),
            }),
            rows,
        })
    }

    fn parts(&self, submission: Uuid) -> Value {
        let mut parts = BTreeMap::<&str, BTreeMap<&str, String>>::new();
        for share in &self.shares {
            if share.submission_id == submission {
                let codes = parts.entry(share.kind.as_str()).or_default();
                codes.insert(share.code.as_str(), money::normal_text(share.share));
            }
        }
        json!(parts)
    }
}

/// The question of the official order.
pub(crate) fn rank_question(
    settings: &Settings,
    panel: &PanelSettings,
    around: &Around,
    scores: &Scores,
    budget: Hkd,
) -> Value {
    let criteria: Vec<Value> = settings
        .rubric
        .iter()
        .map(|dimension| {
            let source = if dimension.machine_read {
                "machine"
            } else {
                "reviewers"
            };
            json!({"id": dimension.id, "weight": dimension.weight, "direction": "max",
                   "zero": dimension.zero, "hundred": dimension.hundred, "source": source})
        })
        .collect();
    let by_cost = panel.tie_break.iter().any(|key| key.starts_with("cost:"));
    let applications: Vec<Value> = around
        .rows
        .iter()
        .map(|row| {
            let cost = money::fixed_text(row.ask, 2);
            let mut scores = scores.get(&row.reference).cloned().unwrap_or_default();
            if by_cost {
                scores.insert("cost".to_owned(), json!(cost));
            }
            json!({"id": row.reference, "cost": cost, "scores": scores})
        })
        .collect();
    let small = applications.len() <= SENSITIVITY_APPLICATIONS_MAX;
    json!({"format": 1, "criteria": criteria, "applications": applications,
           "stability": settings.stability, "tie_break": panel.tie_break,
           "line": {"budget": budget.to_string(), "robust": panel.robust},
           "sensitivity": small, "second_opinion": "topsis"})
}

/// The same applications on other scores, for the order that stands beside.
pub(crate) fn beside_question(official: &Value, scores: &Scores) -> Value {
    let mut question = official.clone();
    if let Some(fields) = question.as_object_mut() {
        for key in ["stability", "sensitivity", "second_opinion"] {
            fields.remove(key);
        }
    }
    for application in question["applications"]
        .as_array_mut()
        .into_iter()
        .flatten()
    {
        let id = application["id"].as_str().unwrap_or_default().to_owned();
        let of = application["scores"].as_object_mut();
        if let (Some(of), Some(scores)) = (of, scores.get(&id)) {
            of.extend(scores.clone());
        }
    }
    question
}

/// Ranks, with the reading of every figure inside the working of its score.
pub(crate) fn rank(question: Value, readings: &Readings) -> CaseResult<Answered> {
    let request = ranking::rank::read(&Json::from(&question)).map_err(refused)?;
    let ranking = ranking::rank::evaluate(&request).map_err(refused)?;
    let mut answer = ranking.to_json();
    let working: Map<String, Value> = ranking
        .applications
        .iter()
        .filter_map(|ranked| {
            let read = readings.get(&ranked.id).cloned().unwrap_or_default();
            let working = ranked.score_working()?.children(read);
            Some((ranked.id.clone(), json!(working)))
        })
        .collect();
    answer["working"] = Value::Object(working);
    Ok(Answered {
        answer,
        input_hash: request.input_hash(),
        question,
    })
}

/// The selection among the ranked; none when nothing is ranked.
pub(crate) fn select_question(
    settings: &Settings,
    budget: Hkd,
    around: &Around,
    ranked: &Value,
) -> CaseResult<Option<Value>> {
    let mut applications = Vec::new();
    for application in ranked["applications"].as_array().into_iter().flatten() {
        let row = around
            .rows
            .iter()
            .find(|row| application["id"] == row.reference.as_str());
        let Some(row) = row.filter(|_| !application["rank"].is_null()) else {
            continue;
        };
        let mut asked = json!({
            "id": row.reference,
            "group": row.applicant_tenant_id,
            "small": row.size_band == "small",
            "cost": money::fixed_text(row.ask, 2),
            "score": application["score"],
            "parts": around.parts(row.submission_id),
        });
        let levels = around.levels.get(&row.submission_id);
        let levels = part_levels(levels, &application["score"])?;
        if !levels.is_empty() {
            asked["levels"] = Value::Array(levels);
        }
        applications.push(asked);
    }
    let constraints = constraints(&settings.constraints, &around.codes, &mut applications);
    Ok((!applications.is_empty()).then(|| {
        json!({"format": 1, "budget": budget.to_string(), "applications": applications,
               "constraints": constraints})
    }))
}

/// The programme's rules as far as they speak of what is ranked. An application that needs one which is
/// not ranked cannot be funded, so it leaves the selection.
fn constraints(stated: &Value, codes: &Value, applications: &mut Vec<Value>) -> Value {
    let mut rules = stated.clone();
    if rules.is_null() {
        rules = json!({});
    }
    rules["codes"] = codes.clone();
    loop {
        let ranked: Vec<Value> = applications.iter().map(|each| each["id"].clone()).collect();
        let mut lost = Vec::new();
        if let Some(requires) = rules["requires"].as_array_mut() {
            requires.retain(|rule| ranked.contains(&rule["application"]));
            requires.retain(|rule| {
                let there = ranked.contains(&rule["needs"]);
                if !there {
                    lost.push(rule["application"].clone());
                }
                there
            });
        }
        if lost.is_empty() {
            for list in rules["exclusive"].as_array_mut().into_iter().flatten() {
                if let Some(list) = list.as_array_mut() {
                    list.retain(|id| ranked.contains(id));
                }
            }
            if let Some(lists) = rules["exclusive"].as_array_mut() {
                lists.retain(|list| list.as_array().is_some_and(|list| list.len() > 1));
            }
            return rules;
        }
        applications.retain(|each| !lost.contains(&each["id"]));
    }
}

/// A level of part funding is worth its share of the score, with two places.
fn part_levels(levels: Option<&Value>, score: &Value) -> CaseResult<Vec<Value>> {
    let score = decimal(score)?;
    let levels = levels.and_then(Value::as_array);
    levels
        .into_iter()
        .flatten()
        .map(|level| {
            let worth = score
                .checked_mul(decimal(&level["benefit_share"])?)
                .ok_or_else(|| CaseError::internal("a score is too large"))?;
            Ok(json!({"id": level["id"], "cost": level["amount"], "score": money::fixed_text(worth, 2)}))
        })
        .collect()
}

fn decimal(value: &Value) -> CaseResult<Decimal> {
    money::decimal_from_text(value.as_str().unwrap_or_default())
        .map_err(|_| CaseError::internal(format!("{value} is not a number")))
}

pub(crate) fn select(question: Value) -> CaseResult<Answered> {
    let request = ranking::select::read(&Json::from(&question)).map_err(refused)?;
    let answer = ranking::select::evaluate(&request)
        .map_err(refused)?
        .to_json();
    Ok(Answered {
        answer,
        input_hash: request.input_hash(),
        question,
    })
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "the shape that map_err calls"
)]
fn refused(problems: explain::Problems) -> CaseError {
    CaseError::internal(format!("ranking: {problems}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_of_part_funding_is_worth_its_share_of_the_score() {
        let levels = json!([{"id": "p1", "amount": "100.00", "benefit_share": "0.55"}]);
        let made = part_levels(Some(&levels), &json!("72.57")).unwrap();
        // 72.57 × 0.55 = 39.9135.
        assert_eq!(
            made,
            [json!({"id": "p1", "cost": "100.00", "score": "39.91"})]
        );
    }

    #[test]
    fn rules_speak_of_what_is_ranked_and_what_needs_something_else_leaves() {
        let stated = json!({"max_per_group": 3, "exclusive": [["a", "b"], ["b", "x"]],
                            "requires": [{"application": "c", "needs": "x"},
                                         {"application": "d", "needs": "c"},
                                         {"application": "y", "needs": "a"}]});
        let mut applications: Vec<Value> = ["a", "b", "c", "d"]
            .iter()
            .map(|id| json!({"id": id}))
            .collect();
        let rules = constraints(&stated, &json!({"district": ["q"]}), &mut applications);
        // c needs x, which is not ranked; d needs c.
        assert_eq!(applications, [json!({"id": "a"}), json!({"id": "b"})]);
        assert_eq!(
            rules,
            json!({"max_per_group": 3, "exclusive": [["a", "b"]], "requires": [],
                   "codes": {"district": ["q"]}})
        );
    }

    #[test]
    fn beside_keeps_the_question_and_changes_the_scores() {
        let official = json!({"format": 1, "stability": {"samples": 1}, "sensitivity": true,
            "applications": [{"id": "DF-1", "scores": {"R1": "3", "cost": "10.00"}}]});
        let scores = Scores::from([(
            "DF-1".to_owned(),
            Map::from_iter([("R1".to_owned(), json!("3.5"))]),
        )]);
        let beside = beside_question(&official, &scores);
        assert_eq!(
            beside,
            json!({"format": 1,
                   "applications": [{"id": "DF-1", "scores": {"R1": "3.5", "cost": "10.00"}}]})
        );
    }
}
