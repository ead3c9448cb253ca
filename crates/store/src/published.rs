//! Programmes, rounds, rules and reference data: readable by every signed-in person.
use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use serde_json::Value;
use uuid::Uuid;

use crate::{StoreError, TenantTx};

/// A round with its programme's code and its closing, extensions counted.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct RoundRow {
    /// Id.
    pub round_id: Uuid,
    /// Programme.
    pub programme_id: Uuid,
    /// Programme version the round runs under.
    pub programme_version: String,
    /// The funder.
    pub owner_tenant_id: Uuid,
    /// `DF-IT-2026-1`.
    pub code: String,
    /// English name.
    pub name_en: String,
    /// Chinese name.
    pub name_zh: String,
    /// Opening.
    pub opens_at: DateTime<Utc>,
    /// Closing, extensions counted.
    pub closes_at: DateTime<Utc>,
    /// Money available.
    pub budget: Decimal,
    /// Stage name.
    pub stage: String,
    /// Ranking that was adopted.
    pub adopted_ranking: Option<Uuid>,
}

/// A version of a programme: rules and form, both data.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct ProgrammeRow {
    /// Id.
    pub programme_id: Uuid,
    /// Version.
    pub version: String,
    /// Criteria, parameters, rubric, settings.
    pub body: Value,
    /// The form.
    pub sections: Value,
}

const ROUND: &str = "select r.round_id, r.programme_id, r.programme_version, r.owner_tenant_id, r.code, \
     r.name_en, r.name_zh, r.opens_at, c.closes_at, r.budget, r.stage, r.adopted_ranking \
     from published.rounds r join published.round_closings c using (round_id)";

/// Rounds, open ones first, then by closing; after the round `after` when given.
pub async fn rounds(tx: &mut TenantTx) -> Result<Vec<RoundRow>, StoreError> {
    Ok(sqlx::query_as(sqlx::AssertSqlSafe(format!(
        "{ROUND} order by (r.stage = 'open') desc, c.closes_at desc, r.round_id limit 200"
    )))
    .fetch_all(tx.connection())
    .await?)
}

/// One round.
pub async fn round(tx: &mut TenantTx, round: Uuid) -> Result<Option<RoundRow>, StoreError> {
    Ok(sqlx::query_as(sqlx::AssertSqlSafe(format!(
        "{ROUND} where r.round_id = $1"
    )))
    .bind(round)
    .fetch_optional(tx.connection())
    .await?)
}

/// Those of these rounds that are there.
pub async fn rounds_of(tx: &mut TenantTx, rounds: &[Uuid]) -> Result<Vec<RoundRow>, StoreError> {
    Ok(sqlx::query_as(sqlx::AssertSqlSafe(format!(
        "{ROUND} where r.round_id = any ($1)"
    )))
    .bind(rounds)
    .fetch_all(tx.connection())
    .await?)
}

/// These versions of programmes, in one statement.
pub async fn programmes(
    tx: &mut TenantTx,
    wanted: &[(Uuid, String)],
) -> Result<Vec<ProgrammeRow>, StoreError> {
    let unread: (Vec<Uuid>, Vec<String>) = wanted
        .iter()
        .filter(|key| !tx.published.programmes.contains_key(*key))
        .cloned()
        .unzip();
    if !unread.0.is_empty() {
        let read: Vec<ProgrammeRow> = sqlx::query_as(
            "select programme_id, version, body, sections from published.programme_versions
             join unnest($1::uuid[], $2::text[]) wanted (programme_id, version)
                 using (programme_id, version)",
        )
        .bind(unread.0)
        .bind(unread.1)
        .fetch_all(tx.connection())
        .await?;
        let read = read
            .into_iter()
            .map(|row| ((row.programme_id, row.version.clone()), row));
        tx.published.programmes.extend(read);
    }
    let known = &tx.published.programmes;
    Ok(wanted
        .iter()
        .filter_map(|key| known.get(key).cloned())
        .collect())
}

/// One version of a programme.
pub async fn programme(
    tx: &mut TenantTx,
    programme: Uuid,
    version: &str,
) -> Result<Option<ProgrammeRow>, StoreError> {
    let found = programmes(tx, &[(programme, version.to_owned())]).await?;
    Ok(found.into_iter().next())
}

/// The newest version of each of these rule sets, where there is one.
pub async fn rule_sets(
    tx: &mut TenantTx,
    ids: &[&str],
) -> Result<BTreeMap<String, Value>, StoreError> {
    let unread: Vec<&str> = ids
        .iter()
        .filter(|id| !tx.published.rule_sets.contains_key(**id))
        .copied()
        .collect();
    if !unread.is_empty() {
        let read: Vec<(String, Value)> = sqlx::query_as(
            "select distinct on (rule_set_id) rule_set_id, body from published.rule_sets
             where rule_set_id = any($1)
             order by rule_set_id, effective_from desc nulls last, version desc",
        )
        .bind(&unread)
        .fetch_all(tx.connection())
        .await?;
        let known = &mut tx.published.rule_sets;
        known.extend(unread.into_iter().map(|id| (id.to_owned(), None)));
        known.extend(read.into_iter().map(|(id, body)| (id, Some(body))));
    }
    let known = &tx.published.rule_sets;
    Ok(ids
        .iter()
        .filter_map(|id| Some(((*id).to_owned(), known.get(*id)?.clone()?)))
        .collect())
}

/// The newest version of a rule set.
pub async fn rule_set(tx: &mut TenantTx, id: &str) -> Result<Option<Value>, StoreError> {
    Ok(rule_sets(tx, &[id]).await?.remove(id))
}

/// A named table of reference data.
pub async fn reference(tx: &mut TenantTx, name: &str) -> Result<Option<Value>, StoreError> {
    if let Some(known) = tx.published.references.get(name) {
        return Ok(Some(known.clone()));
    }
    let found: Option<Value> =
        sqlx::query_scalar("select body from published.reference_data where name = $1")
            .bind(name)
            .fetch_optional(tx.connection())
            .await?;
    if let Some(found) = &found {
        tx.published
            .references
            .insert(name.to_owned(), found.clone());
    }
    Ok(found)
}

/// Moves an own round to its next stage; false when it is not the own one, not the next stage, or
/// the closing time has not come.
pub async fn round_advance(
    tx: &mut TenantTx,
    round: Uuid,
    stage: &str,
    ranking: Option<Uuid>,
) -> Result<bool, StoreError> {
    Ok(
        sqlx::query_scalar("select published.round_advance($1, $2, $3)")
            .bind(round)
            .bind(stage)
            .bind(ranking)
            .fetch_one(tx.connection())
            .await?,
    )
}

/// The database's clock within this transaction.
pub async fn clock(tx: &mut TenantTx) -> Result<DateTime<Utc>, StoreError> {
    Ok(sqlx::query_scalar("select clock_timestamp()")
        .fetch_one(tx.connection())
        .await?)
}
