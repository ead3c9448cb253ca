//! Proposing an entry of the proxy library, or a new version of one. The NGO may use it in its own value maps
//! at once, marked as proposed; the council decides whether everybody may.
use access::{Action, Actor};
use chrono::Datelike as _;
use explain::{canonical_json, sha256_hex};
use serde_json::{Value, json};
use store::{
    TenantTx,
    idempotency::{self, KeptAnswer},
    organisations,
    proxies::{self as rows, NewProposal},
    published,
};
use uuid::Uuid;

use crate::{
    CaseError, CaseResult, Casework, ProxyEntry, ProxyProposalView, application_start::same_body,
    assembly::hong_kong_day, context::deed, labels, proxies, proxy_entry::Known,
};

/// Longest part of an id that is made from a name.
const SLUG_CHARS_MAX: usize = 48;

/// Proposes an entry (`proxy` = none) or a new version of a published one, or returns what the same key
/// proposed before.
pub async fn proxy_propose(
    casework: &Casework,
    actor: &Actor,
    proxy: Option<&str>,
    content: &Value,
    idempotency_key: &str,
) -> CaseResult<ProxyProposalView> {
    const OPERATION: &str = "proxy_propose";
    let mut tx = casework.begin(actor, Action::ProxyPropose).await?;
    let asked = canonical_json(&json!({"proxy": proxy, "content": content}));
    let body_hash = sha256_hex(asked.as_bytes());
    if let Some(kept) = idempotency::take(&mut tx, actor.user.0, OPERATION, idempotency_key).await?
    {
        tx.end_read().await?;
        let before = same_body(&kept, &body_hash)?;
        return proxies::proxy_proposal(casework, actor, before).await;
    }
    let mut entry = ProxyEntry::read(content, &known(&mut tx).await?)?;
    let proposal = Uuid::now_v7();
    let (id, version) = next(&mut tx, proxy, &entry, proposal).await?;
    let legal = organisations::own(&mut tx)
        .await?
        .ok_or(CaseError::NotFound)?;
    // What a made-up organisation proposes is made up.
    entry.illustrative = legal.fictional;
    let new = NewProposal {
        proposal_id: proposal,
        proxy: (&id, version),
        body: &serde_json::to_value(&entry).map_err(CaseError::internal)?,
        proposer: (&legal.name_en, &legal.name_zh),
        proposed_by: actor.user.0,
    };
    rows::propose(&mut tx, &new).await?;
    let kept = KeptAnswer {
        body_hash,
        answer: proposal,
    };
    idempotency::keep(&mut tx, actor.user.0, OPERATION, idempotency_key, &kept).await?;
    let detail = json!({"proxy": id, "version": version});
    let audit = deed(actor, "proxy_propose", "proxy_proposal", proposal, detail);
    casework.commit(tx, audit, &[]).await?;
    proxies::proxy_proposal(casework, actor, proposal).await
}

/// What a proposal is read against; the database's clock says which year it is.
async fn known(tx: &mut TenantTx) -> CaseResult<Known> {
    if rows::keeper(tx).await?.is_none() {
        return Err(CaseError::problem(
            "proxy_library_missing",
            "",
            "No council keeps a proxy library here yet; there is nobody to propose to.",
        ));
    }
    let catalogue = proxies::catalogue(tx).await?;
    let today = hong_kong_day(published::clock(tx).await?);
    Ok(Known {
        outcomes: labels::codes(&catalogue, "outcomes").into_iter().collect(),
        year_last: today.year().into(),
    })
}

/// The id and the version that the proposal is to become.
async fn next(
    tx: &mut TenantTx,
    proxy: Option<&str>,
    entry: &ProxyEntry,
    proposal: Uuid,
) -> CaseResult<(String, i32)> {
    let Some(id) = proxy else {
        return Ok((new_id(&entry.name.en, proposal), 1));
    };
    let versions = rows::history(tx, id).await?;
    if versions.iter().any(|row| row.own) {
        return Err(CaseError::problem(
            "proxy_proposal_open",
            "id",
            format!(
                "Your organisation has proposed a version of {id} already; wait for the decision on it."
            ),
        ));
    }
    let newest = versions.first().ok_or_else(|| {
        CaseError::problem(
            "proxy_unknown",
            "id",
            format!("The library has no entry {id}; leave the id out to propose a new entry."),
        )
    })?;
    let version = newest.version.checked_add(1);
    Ok((
        id.to_owned(),
        version.ok_or_else(|| CaseError::internal("versions"))?,
    ))
}

/// A readable id that nobody else has: the English name, and the random end of the proposal's own id.
fn new_id(name: &str, proposal: Uuid) -> String {
    let spaced: String = name
        .to_lowercase()
        .chars()
        .take(SLUG_CHARS_MAX)
        .map(|letter| {
            if letter.is_ascii_alphanumeric() {
                letter
            } else {
                ' '
            }
        })
        .collect();
    let tail = proposal.simple().to_string().split_off(26);
    let mut parts: Vec<&str> = spaced.split_whitespace().collect();
    parts.push(&tail);
    parts.join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_entry_gets_a_readable_id_of_its_own() {
        let proposal = Uuid::from_u128(0x0123_4567_89ab_cdef_0123_4567_89ab_cdef);
        let id = |name: &str| new_id(name, proposal);
        assert_eq!(id("Carer's respite – day"), "carer-s-respite-day-abcdef");
        assert_eq!(id("暫託服務"), "abcdef");
        assert!(id(&"long ".repeat(50)).len() <= 80);
    }
}
