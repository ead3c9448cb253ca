//! Reading the proxy library: the published versions, and an NGO's own proposals beside them.
use access::{Action, Actor, TenantKind};
use explain::Text;
use serde_json::Value;
use store::{
    TenantTx,
    proxies::{self as rows, ProposalRow, ProxyRow},
    published,
};
use uuid::Uuid;

use crate::{
    CaseError, CaseResult, Casework, Page, ProxyDecisionView, ProxyEntry, ProxyProposalView,
    ProxyView, application_read::PAGE_ROWS_MAX, labels,
};

/// More words than this do not make a search any narrower.
const WORDS_MAX: usize = 8;
const SEARCH_CHARS_MAX: usize = 200;
/// Open proposals come first, so that none is cut off before years of decided ones are.
const PROPOSALS_MAX: i64 = 200;

/// The newest version of every entry that holds all the words, in either language, and prices the outcome.
pub async fn proxies_search(
    casework: &Casework,
    actor: &Actor,
    search: Option<&str>,
    outcome: Option<&str>,
    first: usize,
    after: Option<&str>,
) -> CaseResult<Page<ProxyView>> {
    let mut tx = casework.begin(actor, Action::ProxyRead).await?;
    let first = first.clamp(1, PAGE_ROWS_MAX);
    let wanted = i64::try_from(first + 1).map_err(CaseError::internal)?;
    let cursor = after.map(cursor_from_text).transpose()?;
    let words = words(search.unwrap_or_default());
    let mut found = rows::search(&mut tx, &words, outcome, wanted, cursor).await?;
    let catalogue = catalogue(&mut tx).await?;
    tx.end_read().await?;
    let has_next = found.len() > first;
    found.truncate(first);
    let end_cursor = found
        .last()
        .map(|row| format!("{}@{}", row.proxy_id, row.version));
    let rows = found.into_iter().map(|row| view(row, &catalogue));
    Ok(Page {
        rows: rows.collect::<CaseResult<_>>()?,
        has_next,
        end_cursor,
    })
}

/// Every version of one entry, newest first; none when there is no such entry.
pub async fn proxy_history(
    casework: &Casework,
    actor: &Actor,
    id: &str,
) -> CaseResult<Option<Vec<ProxyView>>> {
    let mut tx = casework.begin(actor, Action::ProxyRead).await?;
    let found = rows::history(&mut tx, id).await?;
    let catalogue = catalogue(&mut tx).await?;
    tx.end_read().await?;
    if found.is_empty() {
        return Ok(None);
    }
    let views = found.into_iter().map(|row| view(row, &catalogue));
    Ok(Some(views.collect::<CaseResult<_>>()?))
}

/// An NGO's own proposals; all that the council received; nothing for a funder. Open ones first.
pub async fn proxy_proposals(
    casework: &Casework,
    actor: &Actor,
) -> CaseResult<Vec<ProxyProposalView>> {
    let mut tx = casework.begin(actor, Action::ProxyRead).await?;
    let found = match actor.kind {
        TenantKind::Ngo => rows::proposals_own(&mut tx, PROPOSALS_MAX).await?,
        TenantKind::Council => rows::proposals_received(&mut tx, PROPOSALS_MAX).await?,
        TenantKind::Funder | TenantKind::Operator => Vec::new(),
    };
    let catalogue = catalogue(&mut tx).await?;
    tx.end_read().await?;
    let views = found.into_iter().map(|row| proposal_view(row, &catalogue));
    views.collect()
}

/// One proposal as its proposer or the council sees it.
pub(crate) async fn proxy_proposal(
    casework: &Casework,
    actor: &Actor,
    id: Uuid,
) -> CaseResult<ProxyProposalView> {
    let mut tx = casework.begin(actor, Action::ProxyRead).await?;
    let found = match rows::proposal_own(&mut tx, id).await? {
        Some(own) => Some(own),
        None => rows::proposal_received(&mut tx, id).await?,
    };
    let catalogue = catalogue(&mut tx).await?;
    tx.end_read().await?;
    proposal_view(found.ok_or(CaseError::NotFound)?, &catalogue)
}

/// Outcomes with their indicators, volunteer rates, the price index.
pub(crate) async fn catalogue(tx: &mut TenantTx) -> CaseResult<Value> {
    let found = published::reference(tx, "catalogue").await?;
    Ok(found.unwrap_or_default())
}

/// What was stored as an entry.
pub(crate) fn entry(body: Value) -> CaseResult<ProxyEntry> {
    serde_json::from_value(body).map_err(CaseError::internal)
}

fn view(row: ProxyRow, catalogue: &Value) -> CaseResult<ProxyView> {
    let entry = entry(row.body)?;
    let outcomes = entry.outcomes.iter().map(|code| {
        let label = labels::label(catalogue, "outcomes", code);
        (code.clone(), label)
    });
    Ok(ProxyView {
        id: row.proxy_id,
        version: row.version,
        outcomes: outcomes.collect(),
        own: row.own,
        published_at: row.published_at,
        entry,
    })
}

fn proposal_view(row: ProposalRow, catalogue: &Value) -> CaseResult<ProxyProposalView> {
    let decision = match (
        row.approved,
        row.reason,
        row.decided_by_name,
        row.decided_at,
    ) {
        (Some(approved), Some(reason), Some(by), Some(at)) => Some(ProxyDecisionView {
            approved,
            reason,
            by,
            at,
        }),
        _ => None,
    };
    let proxy = ProxyRow {
        proxy_id: row.proxy_id,
        version: row.version,
        body: row.body,
        published_at: row.proposed_at,
        own: decision.is_none(),
    };
    Ok(ProxyProposalView {
        id: row.proposal_id,
        proxy: view(proxy, catalogue)?,
        proposed_by: Text::new(row.proposer_en, row.proposer_zh),
        proposed_at: row.proposed_at,
        decision,
    })
}

/// The words searched for. Chinese is written without spaces: what stands together is found together.
fn words(search: &str) -> Vec<String> {
    let bounded: String = search.chars().take(SEARCH_CHARS_MAX).collect();
    let lower = bounded.to_lowercase().replace('\0', " ");
    lower
        .split_whitespace()
        .take(WORDS_MAX)
        .map(str::to_owned)
        .collect()
}

fn cursor_from_text(text: &str) -> CaseResult<(&str, i32)> {
    let parsed = text
        .rsplit_once('@')
        .and_then(|(id, version)| Some((id, version.parse().ok()?)));
    parsed.ok_or_else(|| {
        CaseError::problem(
            "bad_cursor",
            "after",
            "Use the endCursor of the page before.",
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_is_cut_into_a_bounded_number_of_lower_case_words() {
        assert_eq!(
            words("  Respite  照顧者\u{3000}DAY "),
            ["respite", "照顧者", "day"]
        );
        assert_eq!(words(&"a ".repeat(50)).len(), WORDS_MAX);
        assert!(words(" ").is_empty());
    }

    #[test]
    fn a_cursor_names_an_entry_and_a_version() {
        assert_eq!(
            cursor_from_text("respite-day@2").unwrap(),
            ("respite-day", 2)
        );
        assert!(cursor_from_text("respite-day").is_err());
        assert!(cursor_from_text("respite-day@two").is_err());
    }
}
