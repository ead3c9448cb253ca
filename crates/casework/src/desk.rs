//! What waits for a person of the funder: proposed decisions that need a second person, and appeals;
//! and both in full on one application.
use std::collections::{BTreeMap, BTreeSet};

use access::{Action, Actor, may};
use explain::Text;
use grants::DecisionOutcome;
use money::Hkd;
use store::{
    TenantTx, appeals, decisions, letters,
    proposals::{self, ProposalRow},
    published, received,
};
use uuid::Uuid;

use crate::{
    CaseError, CaseResult, Casework, DeskTaskView, LetterView, ProposalState, ProposalView,
    ReceivedAppealView, appeal,
    assembly::hkd,
    decision_confirm::{lines, state},
    letter::sent_view,
    panel_settings::PanelSettings,
    shortlist::departs_from_adopted,
};

/// Everything that waits for this person, oldest first.
pub async fn desk_tasks(casework: &Casework, actor: &Actor) -> CaseResult<Vec<DeskTaskView>> {
    let mut tx = casework.begin(actor, Action::ShortlistRead).await?;
    let mut waits = Vec::new();
    if may(actor, Action::DecisionConfirm) {
        let waiting = proposals::unanswered(&mut tx).await?;
        let ids: Vec<Uuid> = waiting.iter().map(|row| row.submission_id).collect();
        let all = proposals::list(&mut tx, &ids).await?;
        for (row, state) in states(&mut tx, &ids, &all, waiting).await? {
            if state == ProposalState::Open && row.proposed_by != actor.user.0 {
                let amount = Some(hkd(row.amount)?);
                waits.push(("confirm", row.submission_id, row.proposed_at, amount));
            }
        }
    }
    if may(actor, Action::AppealDecide) {
        let open = appeals::open(&mut tx).await?;
        let ids: Vec<Uuid> = open.iter().map(|row| row.submission_id).collect();
        let mine = appeals::took_part(&mut tx, &ids, actor.user.0).await?;
        for row in open.iter().filter(|row| !mine.contains(&row.submission_id)) {
            waits.push(("appeal", row.submission_id, row.received_at, None));
        }
    }
    let ids: Vec<Uuid> = waits.iter().map(|wait| wait.1).collect();
    let rows = received::find_all(&mut tx, &ids).await?;
    tx.end_read().await?;
    let mut tasks: Vec<DeskTaskView> = waits
        .into_iter()
        .filter_map(|(kind, submission, since, amount)| {
            let row = rows.iter().find(|row| row.submission_id == submission)?;
            Some(DeskTaskView {
                kind,
                submission,
                reference: row.reference.clone(),
                organisation: Text::new(&row.applicant_en, &row.applicant_zh),
                since,
                amount,
            })
        })
        .collect();
    tasks.sort_by_key(|task| (task.since, task.submission));
    Ok(tasks)
}

/// Each proposal with how it stands; `all` of the submissions come newest first within one.
async fn states(
    tx: &mut TenantTx,
    submissions: &[Uuid],
    all: &[ProposalRow],
    rows: Vec<ProposalRow>,
) -> CaseResult<Vec<(ProposalRow, ProposalState)>> {
    let mut newest = BTreeMap::new();
    for row in all {
        newest.entry(row.submission_id).or_insert(row.proposal_id);
    }
    let mut standing = BTreeMap::new();
    for row in decisions::chains(tx, submissions).await? {
        standing.entry(row.submission_id).or_insert(row.decision_id);
    }
    Ok(rows
        .into_iter()
        .map(|row| {
            let last = newest.get(&row.submission_id) == Some(&row.proposal_id);
            let state = state(&row, standing.get(&row.submission_id).copied(), last);
            (row, state)
        })
        .collect())
}

/// What stands around the decision on one application.
#[derive(Debug, Clone, Default)]
pub struct DecidingView {
    /// Newest first.
    pub proposals: Vec<ProposalView>,
    /// Newest first.
    pub appeals: Vec<ReceivedAppealView>,
    /// By the decision they tell.
    pub letters: BTreeMap<Uuid, LetterView>,
    /// Awards above this need a second person.
    pub confirm_above: Option<Hkd>,
    /// Whether awarding departs from the adopted order; otherwise not awarding does.
    pub departs_if_awarded: bool,
}

/// Proposals, appeals and letters of one application, and what a decision on it would need.
pub async fn deciding(
    casework: &Casework,
    actor: &Actor,
    submission: Uuid,
) -> CaseResult<DecidingView> {
    if !may(actor, Action::ShortlistRead) {
        return Ok(DecidingView::default());
    }
    let mut tx = casework.begin(actor, Action::ShortlistRead).await?;
    let row = received::find(&mut tx, submission)
        .await?
        .ok_or(CaseError::NotFound)?;
    let round = published::round(&mut tx, row.round_id)
        .await?
        .ok_or(CaseError::NotFound)?;
    let listed = proposals::list(&mut tx, &[submission]).await?;
    let proposals = states(&mut tx, &[submission], &listed, listed.clone()).await?;
    let appeals = appeals::received(&mut tx, &[submission]).await?;
    let part = appeals::took_part(&mut tx, &[submission], actor.user.0).await?;
    let letters = letters::list(&mut tx, &[submission]).await?;
    let settings = PanelSettings::of_round(&mut tx, &round).await?;
    let approve = DecisionOutcome::Approve;
    let departs = departs_from_adopted(&mut tx, &round, &row.reference, approve).await?;
    tx.end_read().await?;
    let took_part: BTreeSet<Uuid> = part.into_iter().collect();
    Ok(DecidingView {
        proposals: proposals
            .into_iter()
            .map(|(row, state)| proposal_view(row, state, actor))
            .collect::<CaseResult<_>>()?,
        appeals: appeals
            .into_iter()
            .map(|row| appeal::received_view(row, actor, took_part.contains(&submission)))
            .collect::<CaseResult<_>>()?,
        letters: letters
            .iter()
            .map(|row| Ok((row.decision_id, sent_view(row)?)))
            .collect::<CaseResult<_>>()?,
        confirm_above: settings.confirm_above,
        departs_if_awarded: departs,
    })
}

fn proposal_view(
    row: ProposalRow,
    state: ProposalState,
    actor: &Actor,
) -> CaseResult<ProposalView> {
    Ok(ProposalView {
        id: row.proposal_id,
        outcome: DecisionOutcome::from_name(&row.outcome)
            .ok_or_else(|| CaseError::internal(format!("outcome {}", row.outcome)))?,
        amount: hkd(row.amount)?,
        lines: lines(&row)?,
        reason_codes: row.reason_codes,
        reason: row.reason,
        conditions: row.conditions,
        departure: row.departs_from_rank.then_some(row.departure_reason),
        proposed_by: row.proposed_by_name,
        proposed_at: row.proposed_at,
        state,
        answered: row.answered_by_name.zip(row.answered_at),
        note: row.note.unwrap_or_default(),
        mine: row.proposed_by == actor.user.0,
    })
}
