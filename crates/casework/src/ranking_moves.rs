//! Why ranks moved from one ranking of a round to another: the rules, the weights, the data, the
//! reviewers. The engine says so from the two stored questions.
use std::collections::BTreeMap;

use access::{Action, Actor};
use explain::{Text, json::Json};
use serde_json::{Value, json};
use store::{
    TenantTx,
    rankings::{self, RankingRow},
    runs::{self, RunRow},
};
use uuid::Uuid;

use crate::{
    CaseError, CaseResult, Casework, MoveStepView, MoveView, MovesView, RankingRefView,
    rank_round::current,
    rounds::own_round,
    shortlist_parts::{number, text},
};

/// Every ranking of an own round, newest first. Provisional ones stay hidden until the round closed.
pub async fn rankings_of(
    casework: &Casework,
    actor: &Actor,
    round: Uuid,
) -> CaseResult<Vec<RankingRefView>> {
    let mut tx = casework.begin(actor, Action::ShortlistRead).await?;
    let round = own_round(&mut tx, actor, round).await?;
    let mut views = Vec::new();
    if crate::shortlist::shown(&mut tx, &round).await?.is_some() {
        let listed = rankings::list(&mut tx, round.round_id).await?;
        let ids: Vec<Uuid> = listed.iter().map(|row| row.rank_run_id).collect();
        let runs = runs::find_all(&mut tx, &ids).await?;
        for row in &listed {
            let run = runs.iter().find(|run| run.run_id == row.rank_run_id);
            views.push(reference(row, run.ok_or(CaseError::NotFound)?));
        }
    }
    tx.end_read().await?;
    Ok(views)
}

async fn rank_run(tx: &mut TenantTx, row: &RankingRow) -> CaseResult<RunRow> {
    runs::find(tx, row.rank_run_id)
        .await?
        .ok_or(CaseError::NotFound)
}

fn reference(row: &RankingRow, run: &RunRow) -> RankingRefView {
    RankingRefView {
        id: row.ranking_id,
        computed_at: row.computed_at,
        provisional: row.provisional,
        adopted_by: row.adopted_by_name.clone(),
        input_hash: run.input_hash.clone(),
        engine_version: run.engine_version.clone(),
        rules_version: run.ruleset_version.clone(),
    }
}

/// Why ranks moved between two rankings of one own round.
pub async fn ranking_moves(
    casework: &Casework,
    actor: &Actor,
    before: Uuid,
    after: Uuid,
) -> CaseResult<MovesView> {
    let mut tx = casework.begin(actor, Action::ShortlistRead).await?;
    let mut sides = Vec::new();
    for id in [before, after] {
        let row = rankings::find(&mut tx, id)
            .await?
            .ok_or(CaseError::NotFound)?;
        let run = rank_run(&mut tx, &row).await?;
        sides.push((row, run));
    }
    let [(before, from), (after, to)] = &sides[..] else {
        return Err(CaseError::NotFound);
    };
    if before.round_id != after.round_id {
        return Err(CaseError::problem(
            "other_round",
            "after",
            "Both rankings must be of one round.",
        ));
    }
    let round = own_round(&mut tx, actor, before.round_id).await?;
    if crate::shortlist::shown(&mut tx, &round).await?.is_none() {
        return Err(CaseError::NotFound);
    }
    let named: BTreeMap<String, (Uuid, Text, Text)> = current(&mut tx, before.round_id)
        .await?
        .into_iter()
        .map(|row| {
            let organisation = Text::new(&row.applicant_en, &row.applicant_zh);
            let title = Text::new(&row.title_en, &row.title_zh);
            (row.reference, (row.submission_id, organisation, title))
        })
        .collect();
    tx.end_read().await?;
    let question =
        json!({"format": 1, "before": parsed(&from.input)?, "after": parsed(&to.input)?});
    let answer = tokio::task::spawn_blocking(move || ranking::calc_moves(&Json::from(&question)))
        .await
        .map_err(CaseError::internal)?
        .map_err(|problems| CaseError::internal(format!("moves: {problems}")))?;
    let rows = answer["applications"].as_array();
    let by_reason = answer["summary"]["by_reason"].as_object();
    Ok(MovesView {
        before: reference(before, from),
        after: reference(after, to),
        moved: number(&answer["summary"]["moved"]).unwrap_or_default(),
        by_reason: by_reason
            .into_iter()
            .flatten()
            .map(|(reason, count)| (reason.clone(), number(count).unwrap_or_default()))
            .collect(),
        rows: rows
            .into_iter()
            .flatten()
            .map(|row| moved(row, &named))
            .collect(),
    })
}

fn parsed(text: &str) -> CaseResult<Value> {
    serde_json::from_str(text).map_err(CaseError::internal)
}

fn moved(row: &Value, named: &BTreeMap<String, (Uuid, Text, Text)>) -> MoveView {
    let reference = text(&row["id"]).unwrap_or_default();
    let steps = row["steps"].as_array();
    MoveView {
        of: named.get(&reference).cloned(),
        reference,
        ranks: (number(&row["rank_before"]), number(&row["rank_after"])),
        scores: (text(&row["score_before"]), text(&row["score_after"])),
        came: row["came"] == Value::Bool(true),
        went: row["went"] == Value::Bool(true),
        steps: steps
            .into_iter()
            .flatten()
            .map(|step| {
                let parts = step["parts"].as_array().into_iter().flatten();
                MoveStepView {
                    reason: text(&step["reason"]).unwrap_or_default(),
                    score_change: text(&step["score_change"]).unwrap_or_default(),
                    rank_after: number(&step["rank_after"]),
                    parts: parts
                        .map(|part| {
                            let criterion = text(&part["criterion"]).unwrap_or_default();
                            (criterion, text(&part["from"]), text(&part["to"]))
                        })
                        .collect(),
                }
            })
            .collect(),
    }
}
