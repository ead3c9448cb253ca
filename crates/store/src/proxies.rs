//! The proxy library, and the proposals that grow it: an NGO's own, and the council's copies.
use chrono::{DateTime, Utc};
use serde_json::Value;
use uuid::Uuid;

use crate::{StoreError, TenantTx};

/// One version of an entry.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct ProxyRow {
    /// `respite-day`.
    pub proxy_id: String,
    /// 1, 2, …
    pub version: i32,
    /// Names, unit, value with its range, source, price year, licence, grade, outcomes.
    pub body: Value,
    /// When it was published, or proposed.
    pub published_at: DateTime<Utc>,
    /// The tenant's own proposal, on which the council has not decided.
    pub own: bool,
}

/// What an NGO proposes.
pub struct NewProposal<'a> {
    /// Id.
    pub proposal_id: Uuid,
    /// Entry and the version it is to become.
    pub proxy: (&'a str, i32),
    /// Its content.
    pub body: &'a Value,
    /// The organisation's names.
    pub proposer: (&'a str, &'a str),
    /// Who proposes.
    pub proposed_by: Uuid,
}

/// A proposal with what was decided on it.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct ProposalRow {
    /// Id.
    pub proposal_id: Uuid,
    /// Entry.
    pub proxy_id: String,
    /// The version it is to become.
    pub version: i32,
    /// Its content.
    pub body: Value,
    /// The organisation's English name.
    pub proposer_en: String,
    /// The organisation's Chinese name.
    pub proposer_zh: String,
    /// Who proposed.
    pub proposed_by: Uuid,
    /// When.
    pub proposed_at: DateTime<Utc>,
    /// None while nothing is decided.
    pub approved: Option<bool>,
    /// Why.
    pub reason: Option<String>,
    /// Who decided, as named then.
    pub decided_by_name: Option<String>,
    /// When.
    pub decided_at: Option<DateTime<Utc>>,
}

/// What the council decides.
pub struct NewProxyDecision<'a> {
    /// Proposal.
    pub proposal_id: Uuid,
    /// Published, or refused.
    pub approved: bool,
    /// Why.
    pub reason: &'a str,
    /// Who decides.
    pub decided_by: (Uuid, &'a str),
}

/// Every published version, and the tenant's own open proposals of versions that nobody published.
const PROXIES: &str = "select proxy_id, version, body, published_at, false as own from published.proxies \
     union all \
     (select distinct on (proxy_id, version) proxy_id, version, body, proposed_at, true \
     from tenant.proxy_proposals p where tenant_id = $1 \
       and not exists (select from tenant.delivered_proxy_decisions d \
           where d.tenant_id = p.tenant_id and d.proposal_id = p.proposal_id) \
       and not exists (select from published.proxies e \
           where e.proxy_id = p.proxy_id and e.version = p.version) \
     order by proxy_id, version, proposed_at desc)";

/// The newest version of each entry that holds every word (in lower case) in either language, by id.
pub async fn search(
    tx: &mut TenantTx,
    words: &[String],
    outcome: Option<&str>,
    first: i64,
    after: Option<(&str, i32)>,
) -> Result<Vec<ProxyRow>, StoreError> {
    let (id, version) = after.unzip();
    Ok(sqlx::query_as(sqlx::AssertSqlSafe(format!(
        "select * from (select distinct on (proxy_id, own) * from ({PROXIES}) every
             order by proxy_id, own, version desc) newest
         where not exists (select from unnest($2::text[]) word where strpos(lower(concat_ws(' ', proxy_id,
                 body -> 'name' ->> 'en', body -> 'name' ->> 'zh',
                 body -> 'description' ->> 'en', body -> 'description' ->> 'zh',
                 body -> 'unit' ->> 'en', body -> 'unit' ->> 'zh')), word) = 0)
           and ($3::text is null or body -> 'outcomes' ? $3)
           and ($4::text is null or (proxy_id, version) > ($4, $5::integer))
         order by proxy_id, version limit $6"
    )))
    .bind(tx.tenant_uuid())
    .bind(words)
    .bind(outcome)
    .bind(id)
    .bind(version)
    .bind(first)
    .fetch_all(tx.connection())
    .await?)
}

/// Every version of one entry, newest first.
pub async fn history(tx: &mut TenantTx, proxy: &str) -> Result<Vec<ProxyRow>, StoreError> {
    Ok(sqlx::query_as(sqlx::AssertSqlSafe(format!(
        "select * from ({PROXIES}) every where proxy_id = $2 order by version desc"
    )))
    .bind(tx.tenant_uuid())
    .bind(proxy)
    .fetch_all(tx.connection())
    .await?)
}

/// The versions with these ids and numbers, pair by pair; what is not there is left out.
pub async fn named(
    tx: &mut TenantTx,
    ids: &[String],
    versions: &[i32],
) -> Result<Vec<ProxyRow>, StoreError> {
    Ok(sqlx::query_as(sqlx::AssertSqlSafe(format!(
        "select * from ({PROXIES}) every where (proxy_id, version) in
             (select * from unnest($2::text[], $3::integer[])) order by proxy_id, version"
    )))
    .bind(tx.tenant_uuid())
    .bind(ids)
    .bind(versions)
    .fetch_all(tx.connection())
    .await?)
}

/// The council that keeps the library; none before there is a library.
pub async fn keeper(tx: &mut TenantTx) -> Result<Option<Uuid>, StoreError> {
    Ok(
        sqlx::query_scalar("select owner_tenant_id from published.proxy_library")
            .fetch_optional(tx.connection())
            .await?,
    )
}

/// Keeps the proposal and delivers it to the council that keeps the library.
pub async fn propose(tx: &mut TenantTx, new: &NewProposal<'_>) -> Result<(), StoreError> {
    sqlx::query(
        "insert into tenant.proxy_proposals
             (tenant_id, proposal_id, proxy_id, version, body, proposer_en, proposer_zh, proposed_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(tx.tenant_uuid())
    .bind(new.proposal_id)
    .bind(new.proxy.0)
    .bind(new.proxy.1)
    .bind(new.body)
    .bind(new.proposer.0)
    .bind(new.proposer.1)
    .bind(new.proposed_by)
    .execute(tx.connection())
    .await?;
    sqlx::query("select tenant.proxy_proposal_deliver($1)")
        .bind(new.proposal_id)
        .execute(tx.connection())
        .await?;
    Ok(())
}

const OWN: &str = "select p.proposal_id, p.proxy_id, p.version, p.body, p.proposer_en, p.proposer_zh, \
     p.proposed_by, p.proposed_at, d.approved, d.reason, d.decided_by_name, d.decided_at \
     from tenant.proxy_proposals p left join tenant.delivered_proxy_decisions d using (tenant_id, proposal_id)";

const RECEIVED: &str = "select p.proposal_id, p.proxy_id, p.version, p.body, p.proposer_en, p.proposer_zh, \
     p.proposed_by, p.proposed_at, d.approved, d.reason, d.decided_by_name, d.decided_at \
     from tenant.received_proxy_proposals p left join tenant.proxy_decisions d using (tenant_id, proposal_id)";

/// The NGO's own proposals, open ones first, then newest first.
pub async fn proposals_own(tx: &mut TenantTx, most: i64) -> Result<Vec<ProposalRow>, StoreError> {
    Ok(sqlx::query_as(sqlx::AssertSqlSafe(format!(
        "{OWN} where tenant_id = $1
         order by d.approved is not null, p.proposed_at desc, proposal_id limit $2"
    )))
    .bind(tx.tenant_uuid())
    .bind(most)
    .fetch_all(tx.connection())
    .await?)
}

/// One of the NGO's own.
pub async fn proposal_own(
    tx: &mut TenantTx,
    proposal: Uuid,
) -> Result<Option<ProposalRow>, StoreError> {
    Ok(sqlx::query_as(sqlx::AssertSqlSafe(format!(
        "{OWN} where tenant_id = $1 and proposal_id = $2"
    )))
    .bind(tx.tenant_uuid())
    .bind(proposal)
    .fetch_optional(tx.connection())
    .await?)
}

/// What the council received, open ones first, then newest first.
pub async fn proposals_received(
    tx: &mut TenantTx,
    most: i64,
) -> Result<Vec<ProposalRow>, StoreError> {
    Ok(sqlx::query_as(sqlx::AssertSqlSafe(format!(
        "{RECEIVED} where tenant_id = $1
         order by d.approved is not null, p.proposed_at desc, proposal_id limit $2"
    )))
    .bind(tx.tenant_uuid())
    .bind(most)
    .fetch_all(tx.connection())
    .await?)
}

/// One of those the council received.
pub async fn proposal_received(
    tx: &mut TenantTx,
    proposal: Uuid,
) -> Result<Option<ProposalRow>, StoreError> {
    Ok(sqlx::query_as(sqlx::AssertSqlSafe(format!(
        "{RECEIVED} where tenant_id = $1 and proposal_id = $2"
    )))
    .bind(tx.tenant_uuid())
    .bind(proposal)
    .fetch_optional(tx.connection())
    .await?)
}

/// Records the decision, publishes what is approved, and tells the proposer. `proxy_decisions_pkey` is
/// violated by a second decision, `proxies_pkey` when the version has been published meanwhile.
pub async fn decide(tx: &mut TenantTx, new: &NewProxyDecision<'_>) -> Result<(), StoreError> {
    sqlx::query(
        "insert into tenant.proxy_decisions
             (tenant_id, proposal_id, approved, reason, decided_by, decided_by_name)
         values ($1, $2, $3, $4, $5, $6)",
    )
    .bind(tx.tenant_uuid())
    .bind(new.proposal_id)
    .bind(new.approved)
    .bind(new.reason)
    .bind(new.decided_by.0)
    .bind(new.decided_by.1)
    .execute(tx.connection())
    .await?;
    sqlx::query("select tenant.proxy_decision_deliver($1)")
        .bind(new.proposal_id)
        .execute(tx.connection())
        .await?;
    Ok(())
}
