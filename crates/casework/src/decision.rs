//! Recording a decision: by a named person, with a reason, after a ranking was adopted. Above the
//! programme's amount it waits for a second person. It supersedes the one before; money goes into both
//! award ledgers; the applicant learns the outcome.
use access::{Action, Actor};
use explain::sha256_hex;
use grants::{DecisionOutcome, DecisionProposal, RoundStage, check_decision};
use money::Hkd;
use serde_json::json;
use store::{
    TenantTx,
    decisions::{self, DecisionRow, NewDecision},
    idempotency::{self, KeptAnswer},
    proposals::{self, NewProposal},
    published::{self, RoundRow},
    received::{self, ReceivedRow},
    work::{NewWork, WorkKind},
};
use uuid::Uuid;

use crate::{
    CaseError, CaseResult, Casework,
    application_start::same_body,
    context::{deed, work},
    decision_pay::{Lines, asked_lines, pay, proposed_lines},
    labels,
    panel_settings::PanelSettings,
    screen, shortlist,
};

/// A decision as somebody wants to record it.
#[derive(Debug, Clone)]
pub struct DecisionInput {
    /// Frozen version.
    pub submission: Uuid,
    /// Outcome.
    pub outcome: DecisionOutcome,
    /// Approved amount per budget line; empty when approving in full.
    pub lines: Vec<(String, Hkd)>,
    /// Coded reasons.
    pub reason_codes: Vec<String>,
    /// The reason in words.
    pub reason: String,
    /// Conditions.
    pub conditions: String,
    /// Why it departs from the adopted order, where it does.
    pub departure_reason: String,
    /// Chosen by the client: the same key twice is one decision.
    pub idempotency_key: String,
}

/// Records one decision, or proposes it where a second person has to confirm.
pub async fn decision_record(
    casework: &Casework,
    actor: &Actor,
    input: DecisionInput,
) -> CaseResult<()> {
    const OPERATION: &str = "decision_record";
    let mut tx = casework.begin(actor, Action::DecisionRecord).await?;
    let body_hash = sha256_hex(format!("{input:?}").as_bytes());
    let key = input.idempotency_key.as_str();
    if let Some(kept) = idempotency::take(&mut tx, actor.user.0, OPERATION, key).await? {
        tx.end_read().await?;
        return same_body(&kept, &body_hash).map(|_| ());
    }
    let (received, round) = decidable(&mut tx, input.submission).await?;
    let checked = checked(&mut tx, &received, &round, &input).await?;
    let settings = PanelSettings::of_round(&mut tx, &round).await?;
    let deciding = Deciding {
        input: &input,
        decided_by: (actor.user.0, &actor.name),
        confirmed_by: None,
    };
    let second = settings
        .confirm_above
        .is_some_and(|limit| checked.total > limit);
    let (answer, follow) = if second {
        (propose(&mut tx, &deciding, &checked).await?, None)
    } else {
        let decision = effect(casework, &mut tx, &deciding, &received, &checked).await?;
        (decision, Some(refresh_report(actor)))
    };
    let kept = KeptAnswer { body_hash, answer };
    idempotency::keep(&mut tx, actor.user.0, OPERATION, key, &kept).await?;
    let entry = deed(
        actor,
        if second {
            "decision_propose"
        } else {
            OPERATION
        },
        "submission",
        input.submission,
        json!({"decision": answer, "outcome": input.outcome.as_str(),
               "amount": checked.total.to_string(), "departs_from_rank": checked.departs}),
    );
    let follow: Vec<NewWork> = follow.into_iter().collect();
    casework.commit(tx, entry, &follow).await
}

/// A decision counts in the sector report.
pub(crate) fn refresh_report(actor: &Actor) -> NewWork {
    work(
        WorkKind::ReportSector,
        actor.tenant,
        actor.tenant,
        Uuid::nil(),
    )
}

/// The submission and its round, provided that decisions on it may be recorded now.
pub(crate) async fn decidable(
    tx: &mut TenantTx,
    submission: Uuid,
) -> CaseResult<(ReceivedRow, RoundRow)> {
    let received = received::find(tx, submission)
        .await?
        .ok_or(CaseError::NotFound)?;
    let round = published::round(tx, received.round_id)
        .await?
        .ok_or(CaseError::NotFound)?;
    if !RoundStage::from_name(&round.stage).is_some_and(RoundStage::takes_decisions) {
        return Err(CaseError::problem(
            "ranking_not_adopted",
            "",
            "Adopt a ranking of the round first; decisions name the ranking they follow or depart from.",
        ));
    }
    if !received::is_current(tx, submission).await? {
        return Err(CaseError::problem(
            "not_current",
            "",
            "The application was withdrawn, or a later version was submitted.",
        ));
    }
    Ok((received, round))
}

/// A proposal of which nothing is wrong.
pub(crate) struct Checked {
    lines: Lines,
    total: Hkd,
    departs: bool,
}

/// The lines with the total awarded, when nothing is wrong with the proposal.
pub(crate) async fn checked(
    tx: &mut TenantTx,
    received: &ReceivedRow,
    round: &RoundRow,
    input: &DecisionInput,
) -> CaseResult<Checked> {
    let asked = asked_lines(tx, input.submission).await?;
    let lines = proposed_lines(&asked, input)?;
    let departs =
        shortlist::departs_from_adopted(tx, round, &received.reference, input.outcome).await?;
    let reference = published::reference(tx, "reference")
        .await?
        .unwrap_or_default();
    let total = check_decision(&DecisionProposal {
        outcome: input.outcome,
        lines: &lines,
        reason_codes: &input.reason_codes,
        reason: &input.reason,
        known_codes: &labels::codes(&reference, "reason_codes"),
        departs,
        departure_reason: &input.departure_reason,
    })?;
    Ok(Checked {
        lines,
        total,
        departs,
    })
}

/// Who decides what.
pub(crate) struct Deciding<'a> {
    pub(crate) input: &'a DecisionInput,
    pub(crate) decided_by: (Uuid, &'a str),
    pub(crate) confirmed_by: Option<(Uuid, &'a str)>,
}

impl Deciding<'_> {
    fn departure(&self, checked: &Checked) -> Option<&str> {
        checked.departs.then(|| self.input.departure_reason.trim())
    }
}

/// The decision that stands.
pub(crate) async fn standing(
    tx: &mut TenantTx,
    submission: Uuid,
) -> CaseResult<Option<DecisionRow>> {
    Ok(decisions::chains(tx, &[submission])
        .await?
        .into_iter()
        .next())
}

async fn propose(
    tx: &mut TenantTx,
    deciding: &Deciding<'_>,
    checked: &Checked,
) -> CaseResult<Uuid> {
    let input = deciding.input;
    let follows = standing(tx, input.submission).await?;
    let lines = checked
        .lines
        .iter()
        .map(|(line, _, approved)| json!({"line": line, "amount": approved.to_string()}))
        .collect();
    let proposal_id = Uuid::now_v7();
    let new = NewProposal {
        proposal_id,
        submission_id: input.submission,
        follows: follows.map(|row| row.decision_id),
        outcome: input.outcome.as_str(),
        amount: checked.total.decimal(),
        lines: &lines,
        reason_codes: &input.reason_codes,
        reason: input.reason.trim(),
        conditions: input.conditions.trim(),
        departure_reason: deciding.departure(checked),
        proposed_by: deciding.decided_by,
    };
    proposals::insert(tx, &new).await?;
    Ok(proposal_id)
}

/// Adds the decision to the chain, pays, counts and tells the applicant.
pub(crate) async fn effect(
    casework: &Casework,
    tx: &mut TenantTx,
    deciding: &Deciding<'_>,
    received: &ReceivedRow,
    checked: &Checked,
) -> CaseResult<Uuid> {
    let before = standing(tx, received.submission_id).await?;
    let decision = append(tx, deciding, before.as_ref(), checked).await?;
    pay(tx, received, &checked.lines, checked.total, before.as_ref()).await?;
    screen::contribute(casework, tx, received, checked.total.decimal()).await?;
    let outcome = deciding.input.outcome.as_str();
    let params = json!({"outcome": outcome});
    received::status_deliver(tx, received.submission_id, "decided", &params).await?;
    Ok(decision)
}

async fn append(
    tx: &mut TenantTx,
    deciding: &Deciding<'_>,
    before: Option<&DecisionRow>,
    checked: &Checked,
) -> CaseResult<Uuid> {
    let input = deciding.input;
    let decision_id = Uuid::now_v7();
    let new = NewDecision {
        decision_id,
        submission_id: input.submission,
        sequence: before.map_or(1, |row| row.sequence + 1),
        supersedes: before.map(|row| row.decision_id),
        outcome: input.outcome.as_str(),
        amount: checked.total.decimal(),
        reason_codes: &input.reason_codes,
        reason: input.reason.trim(),
        conditions: input.conditions.trim(),
        departure_reason: deciding.departure(checked),
        decided_by: deciding.decided_by,
        confirmed_by: deciding.confirmed_by,
    };
    decisions::insert(tx, &new).await?;
    Ok(decision_id)
}
