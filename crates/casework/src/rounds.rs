//! Rounds and programmes: reading what is published, closing a round, asking for a ranking.
use access::{Action, Actor, TenantKind};
use explain::Text;
use grants::RoundStage;
use serde_json::{Value, json};
use store::{
    TenantTx, decisions,
    published::{self, ProgrammeRow, RoundRow},
    reviews, runs,
    work::WorkKind,
};
use uuid::Uuid;

use crate::{
    CaseError, CaseResult, Casework, ProgrammeView, RoundCounts, RoundView,
    assembly::{hkd, hong_kong_day},
    context::{deed, work},
    proxies,
    rank_round::current,
    settings::Settings,
};

/// Every round, open ones first.
pub async fn rounds(casework: &Casework, actor: &Actor) -> CaseResult<Vec<RoundView>> {
    let mut tx = TenantTx::begin(&casework.databases.app, actor.tenant).await?;
    let rows = published::rounds(&mut tx).await?;
    tx.end_read().await?;
    rows.iter().map(view).collect()
}

/// These rounds, in one statement.
pub async fn rounds_of(
    casework: &Casework,
    actor: &Actor,
    ids: &[Uuid],
) -> CaseResult<Vec<RoundView>> {
    let mut tx = TenantTx::begin(&casework.databases.app, actor.tenant).await?;
    let rows = published::rounds_of(&mut tx, ids).await?;
    tx.end_read().await?;
    rows.iter().map(view).collect()
}

/// One round.
pub async fn round(casework: &Casework, actor: &Actor, id: Uuid) -> CaseResult<Option<RoundView>> {
    let mut tx = TenantTx::begin(&casework.databases.app, actor.tenant).await?;
    let row = published::round(&mut tx, id).await?;
    tx.end_read().await?;
    row.as_ref().map(view).transpose()
}

pub(crate) fn view(row: &RoundRow) -> CaseResult<RoundView> {
    Ok(RoundView {
        id: row.round_id,
        owner: access::TenantId(row.owner_tenant_id),
        code: row.code.clone(),
        name: Text::new(&row.name_en, &row.name_zh),
        stage: RoundStage::from_name(&row.stage)
            .ok_or_else(|| CaseError::internal(format!("round stage {}", row.stage)))?,
        opens_at: row.opens_at,
        closes_at: row.closes_at,
        budget: hkd(row.budget)?,
        programme_id: row.programme_id,
        programme_version: row.programme_version.clone(),
        adopted_ranking: row.adopted_ranking,
    })
}

/// Versions of programmes.
pub async fn programmes(
    casework: &Casework,
    actor: &Actor,
    wanted: &[(Uuid, String)],
) -> CaseResult<Vec<ProgrammeView>> {
    let mut tx = TenantTx::begin(&casework.databases.app, actor.tenant).await?;
    let rows = published::programmes(&mut tx, wanted).await?;
    tx.end_read().await?;
    let view = |row: ProgrammeRow| ProgrammeView {
        id: row.programme_id,
        version: row.version,
        body: row.body,
        sections: row.sections,
    };
    Ok(rows.into_iter().map(view).collect())
}

/// Districts, service areas, codes of every kind, names of facts; under `catalogue` outcomes, volunteer rates and prices.
pub async fn reference(casework: &Casework, actor: &Actor) -> CaseResult<Value> {
    let mut tx = TenantTx::begin(&casework.databases.app, actor.tenant).await?;
    let found = published::reference(&mut tx, "reference").await?;
    let catalogue = proxies::catalogue(&mut tx).await?;
    let facts = published::reference(&mut tx, "facts").await?;
    tx.end_read().await?;
    let mut reference = found.ok_or(CaseError::NotFound)?;
    reference["catalogue"] = catalogue;
    reference["facts"] = facts
        .iter()
        .flat_map(|facts| facts["facts"].as_array().into_iter().flatten())
        .map(|fact| json!({"code": fact["path"], "en": fact["label"]["en"], "zh": fact["label"]["zh"]}))
        .collect();
    Ok(reference)
}

/// How far an own round has come; none for anybody but its funder's officers.
pub async fn round_counts(
    casework: &Casework,
    actor: &Actor,
    round: Uuid,
) -> CaseResult<Option<RoundCounts>> {
    if actor.kind != TenantKind::Funder || !access::may(actor, Action::ReceivedRead) {
        return Ok(None);
    }
    let mut tx = casework.begin(actor, Action::ReceivedRead).await?;
    let Some(row) = published::round(&mut tx, round).await? else {
        return Ok(None);
    };
    if row.owner_tenant_id != actor.tenant.0 {
        return Ok(None);
    }
    let programme = published::programme(&mut tx, row.programme_id, &row.programme_version)
        .await?
        .ok_or(CaseError::NotFound)?;
    let reviews_min = Settings::of(&programme.body)?.reviews_min;
    let rows = current(&mut tx, round).await?;
    let ids: Vec<Uuid> = rows.iter().map(|row| row.submission_id).collect();
    let verdicts = runs::latest(&mut tx, &ids, &["eligibility"]).await?;
    let reviews = reviews::list(&mut tx, &ids).await?;
    let decisions = decisions::chains(&mut tx, &ids).await?;
    tx.end_read().await?;
    let mut counts = RoundCounts {
        received: ids.len(),
        screened: verdicts.len(),
        ..RoundCounts::default()
    };
    for run in &verdicts {
        let output: Value = serde_json::from_str(&run.output).map_err(CaseError::internal)?;
        match output["state"].as_str() {
            Some("eligible") => counts.eligible += 1,
            Some("not_eligible") => counts.not_eligible += 1,
            _ => counts.needs_information += 1,
        }
    }
    for id in &ids {
        let submitted = reviews
            .iter()
            .filter(|review| review.submission_id == *id && review.state == "submitted")
            .count();
        counts.reviewed += usize::from(submitted >= reviews_min);
        counts.decided += usize::from(decisions.iter().any(|row| row.submission_id == *id));
    }
    Ok(Some(counts))
}

/// Closes an own round after its closing time.
pub async fn round_close(casework: &Casework, actor: &Actor, round: Uuid) -> CaseResult<RoundView> {
    let mut tx = casework.begin(actor, Action::RoundManage).await?;
    let row = own_round(&mut tx, actor, round).await?;
    if !published::round_advance(&mut tx, round, "closed", None).await? {
        let closes = row.closes_at.to_rfc3339();
        return Err(CaseError::problem(
            "round_not_closable",
            "",
            format!("Only an open round can be closed, and not before its closing time, {closes}."),
        ));
    }
    let rank = work(WorkKind::RankRound, actor.tenant, actor.tenant, round);
    let entry = deed(
        actor,
        "round_close",
        "round",
        round,
        json!({"code": row.code}),
    );
    casework.commit(tx, entry, &[rank]).await?;
    self::round(casework, actor, round)
        .await?
        .ok_or(CaseError::NotFound)
}

/// Asks for a ranking of an own round that has closed.
pub async fn round_rank(casework: &Casework, actor: &Actor, round: Uuid) -> CaseResult<RoundView> {
    let mut tx = casework.begin(actor, Action::RoundManage).await?;
    let row = own_round(&mut tx, actor, round).await?;
    let stage = RoundStage::from_name(&row.stage);
    if !stage.is_some_and(RoundStage::shows_ranking) {
        let day = hong_kong_day(row.closes_at);
        return Err(CaseError::problem(
            "round_still_open",
            "",
            format!(
                "A round is ranked after it has closed; this one takes applications until {day}."
            ),
        ));
    }
    let rank = work(WorkKind::RankRound, actor.tenant, actor.tenant, round);
    let entry = deed(
        actor,
        "round_rank",
        "round",
        round,
        json!({"code": row.code}),
    );
    casework.commit(tx, entry, &[rank]).await?;
    self::round(casework, actor, round)
        .await?
        .ok_or(CaseError::NotFound)
}

/// A round of the actor's own tenant; to everybody else it does not exist here.
pub(crate) async fn own_round(
    tx: &mut TenantTx,
    actor: &Actor,
    round: Uuid,
) -> CaseResult<RoundRow> {
    let row = published::round(tx, round)
        .await?
        .ok_or(CaseError::NotFound)?;
    if row.owner_tenant_id == actor.tenant.0 {
        Ok(row)
    } else {
        Err(CaseError::NotFound)
    }
}
