//! Other weights or another budget on the scores of the shown ranking: what would the order be? It is
//! computed by the same engine on the stored question, and stored nowhere.
use std::collections::BTreeMap;

use access::{Action, Actor};
use explain::{Problem, Problems};
use money::Hkd;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    CaseError, CaseResult, Casework, TrialRowView, TrialView,
    rank_question::select,
    rank_round::current,
    rounds::own_round,
    shortlist::{Basis, Fundable, draw_line, shown},
    shortlist_parts::{References, number, selection, text},
    shortlist_rows::application,
};

/// Sets of weights drawn for a trial: a standard error below 0.012, and an answer while one waits.
const SAMPLES: u32 = 2_000;

/// Ranks again with other weights (a part of 1 each; none = as agreed) or another budget.
pub async fn ranking_trial(
    casework: &Casework,
    actor: &Actor,
    round: Uuid,
    weights: Vec<(String, String)>,
    budget: Option<Hkd>,
) -> CaseResult<TrialView> {
    let mut tx = casework.begin(actor, Action::ShortlistRead).await?;
    let round = own_round(&mut tx, actor, round).await?;
    let ranking = shown(&mut tx, &round).await?.ok_or(CaseError::NotFound)?;
    let basis = Basis::load(&mut tx, &ranking).await?;
    let references = References::of(&current(&mut tx, round.round_id).await?);
    tx.end_read().await?;
    let stated = crate::assembly::hkd(round.budget)?;
    let budget = budget.unwrap_or(stated);
    if budget < Hkd::ZERO {
        return Err(CaseError::problem(
            "negative",
            "budget",
            "The budget is 0.00 or more, such as \"2640000.00\".",
        ));
    }
    tokio::task::spawn_blocking(move || trial(&basis, &references, &weights, budget))
        .await
        .map_err(CaseError::internal)?
}

fn trial(
    basis: &Basis,
    references: &References,
    weights: &[(String, String)],
    budget: Hkd,
) -> CaseResult<TrialView> {
    let question = trial_question(basis, weights, budget)?;
    let answer = ranking::calc_rank(&explain::json::Json::from(&question)).map_err(placed)?;
    let costs: BTreeMap<&str, &Value> = question["applications"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|application| Some((application["id"].as_str()?, &application["cost"])))
        .collect();
    let mut rows = Vec::new();
    for found in answer["applications"].as_array().into_iter().flatten() {
        let reference = found["id"].as_str().unwrap_or_default();
        let Some(submission) = references.id(reference) else {
            continue;
        };
        let cost = costs.get(reference).and_then(|cost| cost.as_str());
        let before = application(&basis.output["applications"], reference);
        let rank = number(&found["rank"]);
        rows.push(TrialRow {
            ask: Hkd::try_from_text(cost.unwrap_or_default()).map_err(CaseError::internal)?,
            view: TrialRowView {
                submission,
                rank,
                rank_before: number(&before["rank"]),
                score: rank.and(text(&found["score"])),
                above_line: false,
                would_still_fit: false,
                cumulative: None,
                stability: text(&found["line_share"]),
                standing: text(&found["standing"]),
            },
            reference: reference.to_owned(),
        });
    }
    let place = inside_ties(&answer);
    rows.sort_by_key(|row| {
        let inside = place.get(row.reference.as_str()).copied();
        (
            row.view.rank.is_none(),
            row.view.rank,
            inside,
            row.reference.clone(),
        )
    });
    let line = draw_line(&mut rows, budget)?;
    Ok(TrialView {
        budget,
        committed: line.committed,
        left: line.left,
        rows: rows.into_iter().map(|row| row.view).collect(),
        selection: trial_selection(basis, &answer, budget)?
            .map(|answer| selection(&answer, references)),
    })
}

fn inside_ties(answer: &Value) -> BTreeMap<&str, usize> {
    let ties = answer["ties"].as_array();
    ties.into_iter()
        .flatten()
        .flat_map(|tie| tie["order"].as_array().into_iter().flatten())
        .filter_map(Value::as_str)
        .zip(0_usize..)
        .collect()
}

/// The stored question with other weights and another budget; nothing else changes.
fn trial_question(basis: &Basis, weights: &[(String, String)], budget: Hkd) -> CaseResult<Value> {
    let mut question: Value =
        serde_json::from_str(&basis.rank.input).map_err(CaseError::internal)?;
    let mut problems = Problems::new();
    let criteria = question["criteria"].as_array_mut();
    let criteria =
        criteria.ok_or_else(|| CaseError::internal("a stored ranking lacks criteria"))?;
    for (position, (criterion, weight)) in weights.iter().enumerate() {
        match criteria
            .iter_mut()
            .find(|each| each["id"] == criterion.as_str())
        {
            Some(each) => each["weight"] = json!(weight),
            None => problems.push(Problem::new(
                "unknown_criterion",
                format!("weights[{position}].criterion"),
                format!("{criterion} is not a criterion of this ranking."),
            )),
        }
    }
    if !problems.is_empty() {
        return Err(problems.into());
    }
    question["line"]["budget"] = json!(budget.to_string());
    if question["stability"].is_object() {
        question["stability"]["samples"] = json!(SAMPLES);
    }
    if let Some(fields) = question.as_object_mut() {
        fields.remove("sensitivity");
        fields.remove("second_opinion");
    }
    Ok(question)
}

/// The engine speaks of criteria; the person typed weights.
fn placed(problems: Problems) -> CaseError {
    let mut all = Problems::new();
    for problem in problems.as_slice() {
        all.push(Problem {
            path: problem.path.replacen("criteria", "weights", 1),
            ..problem.clone()
        });
    }
    drop(problems);
    all.into()
}

/// The best set on the scores of the trial.
fn trial_selection(basis: &Basis, answer: &Value, budget: Hkd) -> CaseResult<Option<Value>> {
    let Some((stored, _)) = &basis.select else {
        return Ok(None);
    };
    let mut question: Value = serde_json::from_str(&stored.input).map_err(CaseError::internal)?;
    question["budget"] = json!(budget.to_string());
    for asked in question["applications"]
        .as_array_mut()
        .into_iter()
        .flatten()
    {
        let reference = asked["id"].as_str().unwrap_or_default().to_owned();
        let found = application(&answer["applications"], &reference);
        // A level keeps its share of the full score.
        let before = asked["score"].clone();
        asked["score"] = found["score"].clone();
        for level in asked["levels"].as_array_mut().into_iter().flatten() {
            level["score"] = scaled(&level["score"], &before, &found["score"])?;
        }
    }
    Ok(Some(select(question)?.answer))
}

fn scaled(level: &Value, before: &Value, after: &Value) -> CaseResult<Value> {
    let read = |value: &Value| {
        money::decimal_from_text(value.as_str().unwrap_or_default()).map_err(CaseError::internal)
    };
    let (level, before, after) = (read(level)?, read(before)?, read(after)?);
    let share = level.checked_div(before).unwrap_or_default();
    let worth = share.checked_mul(after).unwrap_or_default();
    Ok(json!(money::fixed_text(worth, 2)))
}

struct TrialRow {
    reference: String,
    ask: Hkd,
    view: TrialRowView,
}

impl Fundable for TrialRow {
    fn ranked(&self) -> bool {
        self.view.rank.is_some()
    }
    fn ask(&self) -> Hkd {
        self.ask
    }
    fn place(&mut self, cumulative: Hkd, above: bool) {
        self.view.cumulative = Some(cumulative);
        self.view.above_line = above;
    }
    fn fits(&mut self, fits: bool) {
        self.view.would_still_fit = fits;
    }
    fn above(&self) -> bool {
        self.view.above_line
    }
}
