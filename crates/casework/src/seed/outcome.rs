//! What the panel of the past round did: reviews, the adopted ranking, decisions.
use access::TenantId;
use grants::{DecisionOutcome, RoundStage};
use money::Hkd;
use serde_json::json;
use store::{TenantTx, rankings, reviews as rows};
use uuid::Uuid;

use super::{Files, Row, SeedError, SeedTarget, applications::Submissions, person, world::funder};
use crate::{
    CaseError, DecisionInput,
    context::{job_deed, work},
    decision_record, ranking_adopt,
};

/// The sheets of the past round, as their reviewers handed them in.
pub(super) async fn reviews(
    target: &SeedTarget<'_>,
    files: &Files<'_>,
    by: &Submissions,
) -> Result<(), SeedError> {
    let funder = funder(files)?;
    for review in files.list("demo/reviews.json", "reviews")? {
        let submission = submission(&review, by)?;
        let reviewer = person(target, files, review.text("reviewer")?).await?;
        let mut tx = TenantTx::begin_seed(target.owner, funder).await?;
        let there = rows::list(&mut tx, &[submission]).await?;
        if there.iter().any(|row| row.reviewer_id == reviewer.user.0) {
            tx.end_read().await?;
            continue;
        }
        let named = (reviewer.user.0, reviewer.name.as_str());
        let state = review.text("state")?;
        let saved = rows::save(
            &mut tx,
            submission,
            named,
            state,
            review.text("comment")?,
            0,
        )
        .await?;
        for score in review.rows("scores") {
            let level = score.value["level"]
                .as_i64()
                .and_then(|level| i16::try_from(level).ok());
            let level = level.ok_or_else(|| score.content("level", "is not a level"))?;
            rows::score_add(
                &mut tx,
                &saved,
                score.text("dimension")?,
                level,
                score.text("comment")?,
            )
            .await?;
        }
        tx.commit(
            &[job_deed("seed", "review", saved.review_id, json!({}))],
            &[],
        )
        .await?;
    }
    Ok(())
}

pub(super) fn submission(row: &Row<'_>, by: &Submissions) -> Result<Uuid, SeedError> {
    by.get(&row.id("application_id")?)
        .copied()
        .flatten()
        .ok_or_else(|| row.content("application_id", "is not a submitted application"))
}

/// The chair adopts the ranking of every closed round that should be ranked, and decides.
pub(super) async fn decisions(
    target: &SeedTarget<'_>,
    files: &Files<'_>,
    by: &Submissions,
) -> Result<(), SeedError> {
    let chair = person(target, files, "chair@funder.example").await?;
    for round in files.list("demo/rounds.json", "rounds")? {
        let stage = RoundStage::from_name(round.text("stage")?);
        if stage != Some(RoundStage::Closed) || round.value["becomes"] != "ranked" {
            continue;
        }
        adopt(target, &round, chair.tenant, &chair).await?;
    }
    for decision in files.list("demo/decisions.json", "decisions")? {
        let outcome = decision.text("outcome")?.to_lowercase();
        let input = DecisionInput {
            submission: submission(&decision, by)?,
            outcome: DecisionOutcome::from_name(&outcome)
                .ok_or_else(|| decision.content("outcome", "is not an outcome"))?,
            lines: lines(&decision)?,
            reason_codes: codes(&decision),
            reason: decision.text("reason")?.to_owned(),
            conditions: decision.value["conditions"]
                .as_str()
                .unwrap_or_default()
                .to_owned(),
            departure_reason: decision.value["departure_reason"]
                .as_str()
                .unwrap_or_default()
                .to_owned(),
            idempotency_key: decision.text("id")?.to_owned(),
        };
        decision_record(target.casework, &chair, input).await?;
    }
    Ok(())
}

async fn adopt(
    target: &SeedTarget<'_>,
    round: &Row<'_>,
    tenant: TenantId,
    chair: &access::Actor,
) -> Result<(), SeedError> {
    let id = round.id("id")?;
    let mut tx = TenantTx::begin(&target.casework.databases.app, tenant).await?;
    let newest = rankings::latest(&mut tx, id).await?;
    let adopted = newest
        .as_ref()
        .is_some_and(|ranking| ranking.adopted_at.is_some());
    if adopted {
        tx.end_read().await?;
        return Ok(());
    }
    let again = work(store::work::WorkKind::RankRound, tenant, tenant, id);
    tx.commit(&[job_deed("seed", "round", id, json!({}))], &[again])
        .await?;
    super::drain::all_work(target.casework).await?;
    let mut tx = TenantTx::begin(&target.casework.databases.app, tenant).await?;
    let newest = rankings::latest(&mut tx, id).await?;
    tx.end_read().await?;
    let newest = newest.ok_or(CaseError::NotFound)?;
    ranking_adopt(target.casework, chair, newest.ranking_id).await?;
    Ok(())
}

fn lines(decision: &Row<'_>) -> Result<Vec<(String, Hkd)>, SeedError> {
    decision
        .rows("lines")
        .iter()
        .map(|line| {
            let amount =
                Hkd::try_from_decimal(line.money("amount")?).map_err(CaseError::internal)?;
            Ok((line.text("line_id")?.to_owned(), amount))
        })
        .collect()
}

fn codes(decision: &Row<'_>) -> Vec<String> {
    let codes = decision.value["reason_codes"].as_array();
    codes
        .into_iter()
        .flatten()
        .filter_map(|code| Some(code.as_str()?.to_owned()))
        .collect()
}
