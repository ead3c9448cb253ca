//! Deciding on a proposed proxy: by a named steward, with a reason, once. What is approved is published exactly
//! as it was proposed.
use access::{Action, Actor};
use explain::Problems;
use serde_json::json;
use store::proxies::{self as rows, NewProxyDecision, ProposalRow};
use uuid::Uuid;

use crate::{CaseError, CaseResult, Casework, ProxyProposalView, context::deed, proxies};

/// Longest reason, in characters.
const REASON_CHARS_MAX: usize = 4_000;

/// Publishes or refuses one proposal.
pub async fn proxy_decide(
    casework: &Casework,
    actor: &Actor,
    proposal: Uuid,
    approve: bool,
    reason: &str,
) -> CaseResult<ProxyProposalView> {
    let mut tx = casework.begin(actor, Action::ProxyDecide).await?;
    let row = rows::proposal_received(&mut tx, proposal)
        .await?
        .ok_or(CaseError::NotFound)?;
    check(actor, &row, reason)?;
    let decision = NewProxyDecision {
        proposal_id: proposal,
        approved: approve,
        reason: reason.trim(),
        decided_by: (actor.user.0, &actor.name),
    };
    rows::decide(&mut tx, &decision).await?;
    let detail = json!({"proxy": row.proxy_id, "version": row.version, "approved": approve});
    let audit = deed(actor, "proxy_decide", "proxy_proposal", proposal, detail);
    casework.commit(tx, audit, &[]).await?;
    proxies::proxy_proposal(casework, actor, proposal).await
}

/// Lists everything that stands against deciding.
fn check(actor: &Actor, row: &ProposalRow, reason: &str) -> CaseResult<()> {
    let mut problems = Problems::new();
    if row.approved.is_some() {
        problems.add(
            "already_decided",
            "proposalId",
            "This proposal has been decided; a changed value is a new version.",
        );
    }
    // Somebody may belong to both: what they proposed, somebody else decides.
    if row.proposed_by == actor.user.0 {
        problems.add(
            "own_proposal",
            "proposalId",
            "You proposed this yourself; another steward decides.",
        );
    }
    if reason.trim().is_empty() {
        problems.add(
            "reason_missing",
            "reason",
            "Say why, such as \"source checked; range agrees with two other studies\".",
        );
    } else if reason.chars().count() > REASON_CHARS_MAX {
        problems.add(
            "too_long",
            "reason",
            format!("A reason has at most {REASON_CHARS_MAX} characters."),
        );
    }
    if problems.is_empty() {
        Ok(())
    } else {
        Err(problems.into())
    }
}
