//! What stands around the decision on one application.
use async_graphql::{Enum, ID, SimpleObject};
use casework::{FundingLevelView, ProposalView, ReceivedAppealView};

use super::redress::AppealOutcome;
use crate::graphql::{
    names::PersonName,
    received::DecisionLine,
    scalars::{DateTime, Decimal},
    types::{DecisionOutcome, Text, id},
};

#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "casework::ProposalState")]
pub(crate) enum ProposalState {
    Open,
    Confirmed,
    Returned,
    Stale,
}

/// A decision that needs a second person; without effect until it is confirmed.
#[derive(SimpleObject)]
pub(crate) struct DecisionProposal {
    id: ID,
    outcome: DecisionOutcome,
    amount: Decimal,
    lines: Vec<DecisionLine>,
    reason_codes: Vec<String>,
    reason: String,
    conditions: String,
    departs_from_rank: bool,
    departure_reason: String,
    proposed_by: PersonName,
    proposed_at: DateTime,
    state: ProposalState,
    answered_by: Option<PersonName>,
    answered_at: Option<DateTime>,
    note: String,
    /// Proposed by the person who reads it, who cannot confirm it.
    mine: bool,
}

impl From<ProposalView> for DecisionProposal {
    fn from(view: ProposalView) -> Self {
        let (answered_by, answered_at) = view.answered.unzip();
        let lines = view.lines.into_iter();
        Self {
            id: id(view.id),
            outcome: view.outcome.into(),
            amount: view.amount.into(),
            lines: lines.map(DecisionLine::from).collect(),
            reason_codes: view.reason_codes,
            reason: view.reason,
            conditions: view.conditions,
            departs_from_rank: view.departure.is_some(),
            departure_reason: view.departure.unwrap_or_default(),
            proposed_by: view.proposed_by.into(),
            proposed_at: view.proposed_at.into(),
            state: view.state.into(),
            answered_by: answered_by.map(PersonName::from),
            answered_at: answered_at.map(DateTime),
            note: view.note,
            mine: view.mine,
        }
    }
}

/// A level of part funding that the funder holds possible.
#[derive(SimpleObject, Clone)]
pub(crate) struct FundingLevel {
    id: String,
    name: Text,
    amount: Decimal,
    /// Share of the points that it still brings, by the funder's judgement.
    benefit_share: Decimal,
    reason: String,
}

impl From<FundingLevelView> for FundingLevel {
    fn from(view: FundingLevelView) -> Self {
        Self {
            id: view.id,
            name: view.name.into(),
            amount: Decimal(view.amount),
            benefit_share: Decimal(view.benefit_share),
            reason: view.reason,
        }
    }
}

/// An appeal as the funder received it.
#[derive(SimpleObject)]
pub(crate) struct ReceivedAppeal {
    id: ID,
    grounds: String,
    received_at: DateTime,
    decision_id: ID,
    outcome: Option<AppealOutcome>,
    reason: Option<String>,
    decided_by: Option<PersonName>,
    decided_at: Option<DateTime>,
    bundle_sha256: Option<String>,
    may_decide: bool,
    /// `took_part` or `role`.
    why_not: Option<String>,
}

impl From<ReceivedAppealView> for ReceivedAppeal {
    fn from(view: ReceivedAppealView) -> Self {
        let mut appeal = Self {
            id: id(view.id),
            grounds: view.grounds,
            received_at: view.received_at.into(),
            decision_id: id(view.decision),
            outcome: None,
            reason: None,
            decided_by: None,
            decided_at: None,
            bundle_sha256: view.bundle_sha256,
            may_decide: view.why_not.is_none() && view.answer.is_none(),
            why_not: view.why_not.map(str::to_owned),
        };
        if let Some((outcome, reason, by, at)) = view.answer {
            appeal.outcome = Some(outcome.into());
            appeal.reason = Some(reason);
            appeal.decided_by = Some(by.into());
            appeal.decided_at = Some(at.into());
        }
        appeal
    }
}
