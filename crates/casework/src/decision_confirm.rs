//! The second person: confirms what another proposed, which gives it effect, or returns it with a note.
use access::{Action, Actor};
use grants::DecisionOutcome;
use money::Hkd;
use serde_json::json;
use store::proposals::{self, ProposalRow};
use uuid::Uuid;

use crate::{
    CaseError, CaseResult, Casework, DecisionInput,
    context::deed,
    decision::{Deciding, checked, decidable, effect, refresh_report, standing},
};

/// How a proposal stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProposalState {
    /// Waits for a second person.
    Open,
    /// Confirmed: it is a decision now.
    Confirmed,
    /// Returned with a note.
    Returned,
    /// Something was decided or proposed since.
    Stale,
}

/// How a proposal stands beside what was decided and proposed since.
pub(crate) fn state(row: &ProposalRow, decided: Option<Uuid>, newest: bool) -> ProposalState {
    match row.confirmed {
        Some(true) => ProposalState::Confirmed,
        Some(false) => ProposalState::Returned,
        None if newest && row.follows == decided => ProposalState::Open,
        None => ProposalState::Stale,
    }
}

/// Confirms a proposed decision, or returns it; never by the person who proposed it.
pub async fn decision_confirm(
    casework: &Casework,
    actor: &Actor,
    proposal: Uuid,
    confirm: bool,
    note: &str,
) -> CaseResult<Uuid> {
    let mut tx = casework.begin(actor, Action::DecisionConfirm).await?;
    let row = proposals::find(&mut tx, proposal)
        .await?
        .ok_or(CaseError::NotFound)?;
    if !confirm && note.trim().is_empty() {
        return Err(CaseError::problem(
            "note_missing",
            "note",
            "Say what has to change, such as \"line b2 is above the quotation\".",
        ));
    }
    let submission = row.submission_id;
    let decided = standing(&mut tx, submission).await?;
    let newest = proposals::list(&mut tx, &[submission]).await?;
    let newest = newest
        .first()
        .is_some_and(|first| first.proposal_id == proposal);
    if state(&row, decided.map(|row| row.decision_id), newest) != ProposalState::Open {
        return Err(CaseError::problem(
            "proposal_not_open",
            "proposalId",
            "This proposal was answered, or something else was decided since.",
        ));
    }
    let by = (actor.user.0, actor.name.as_str());
    proposals::answer(&mut tx, proposal, confirm, note.trim(), by).await?;
    let mut follow = Vec::new();
    if confirm {
        let (received, round) = decidable(&mut tx, submission).await?;
        let input = input(&row)?;
        let checked = checked(&mut tx, &received, &round, &input).await?;
        let deciding = Deciding {
            input: &input,
            decided_by: (row.proposed_by, &row.proposed_by_name),
            confirmed_by: Some(by),
        };
        effect(casework, &mut tx, &deciding, &received, &checked).await?;
        follow.push(refresh_report(actor));
    }
    let entry = deed(
        actor,
        "decision_confirm",
        "submission",
        submission,
        json!({"proposal": proposal, "confirmed": confirm, "amount": money::fixed_text(row.amount, 2)}),
    );
    casework.commit(tx, entry, &follow).await?;
    Ok(submission)
}

/// What was proposed, to be decided.
fn input(row: &ProposalRow) -> CaseResult<DecisionInput> {
    let outcome = DecisionOutcome::from_name(&row.outcome)
        .ok_or_else(|| CaseError::internal(format!("outcome {}", row.outcome)))?;
    Ok(DecisionInput {
        submission: row.submission_id,
        outcome,
        lines: if outcome.awards() {
            lines(row)?
        } else {
            Vec::new()
        },
        reason_codes: row.reason_codes.clone(),
        reason: row.reason.clone(),
        conditions: row.conditions.clone(),
        departure_reason: row.departure_reason.clone(),
        idempotency_key: row.proposal_id.to_string(),
    })
}

/// Approved amount per budget line, as proposed.
pub(crate) fn lines(row: &ProposalRow) -> CaseResult<Vec<(String, Hkd)>> {
    let lines = row.lines.as_array();
    lines
        .into_iter()
        .flatten()
        .map(|line| {
            let text = |key: &str| line[key].as_str().unwrap_or_default().to_owned();
            let amount = Hkd::try_from_text(&text("amount")).map_err(CaseError::internal)?;
            Ok((text("line"), amount))
        })
        .collect()
}
