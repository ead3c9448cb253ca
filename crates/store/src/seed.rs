//! Demonstration data and published rules, written by the owner's role: safe to run again, because
//! every row has a fixed key and is left alone when it is there.
use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;
use serde_json::Value;
use uuid::Uuid;

use crate::{
    OwnerPool, StoreError, TenantTx,
    applications::Delivery,
    person_keys::{self, WrappedKeyRow},
};

/// Whether demonstration data is there already.
pub async fn is_seeded(pool: &OwnerPool) -> Result<bool, StoreError> {
    Ok(sqlx::query_scalar(
        "select exists (select from published.reference_data where name = 'seeded')",
    )
    .fetch_one(&pool.0)
    .await?)
}

/// A tenant.
pub async fn tenant(
    pool: &OwnerPool,
    id: Uuid,
    kind: &str,
    name: (&str, &str),
) -> Result<(), StoreError> {
    sqlx::query(
        "insert into identity.tenants (tenant_id, kind, name_en, name_zh, fictional)
         values ($1, $2, $3, $4, true) on conflict do nothing",
    )
    .bind(id)
    .bind(kind)
    .bind(name.0)
    .bind(name.1)
    .execute(&pool.0)
    .await?;
    Ok(())
}

/// A demonstration user with one membership, their name sealed with their key.
pub async fn user(
    pool: &OwnerPool,
    id: Uuid,
    email: &str,
    (name, key): (&str, &WrappedKeyRow),
    password_hash: &str,
    membership: (Uuid, &[String]),
) -> Result<(), StoreError> {
    let entered = sqlx::query(
        "insert into identity.users (user_id, email, name, password_hash, demo)
         values ($1, $2, $3, $4, true) on conflict do nothing",
    )
    .bind(id)
    .bind(email)
    .bind(name)
    .bind(password_hash)
    .execute(&pool.0)
    .await?;
    if entered.rows_affected() == 1 {
        person_keys::keep_in(&mut *pool.0.acquire().await?, key).await?;
    }
    sqlx::query(
        "insert into identity.memberships (user_id, tenant_id, roles) values ($1, $2, $3)
         on conflict do nothing",
    )
    .bind(id)
    .bind(membership.0)
    .bind(membership.1)
    .execute(&pool.0)
    .await?;
    Ok(())
}

/// A named table of reference data.
pub async fn reference(pool: &OwnerPool, name: &str, body: &Value) -> Result<(), StoreError> {
    sqlx::query(
        "insert into published.reference_data (name, body) values ($1, $2) on conflict do nothing",
    )
    .bind(name)
    .bind(body)
    .execute(&pool.0)
    .await?;
    Ok(())
}

/// A version of a rule set.
pub async fn rule_set(
    pool: &OwnerPool,
    id: &str,
    version: &str,
    body: &Value,
) -> Result<(), StoreError> {
    rule_set_new(pool, id, version, body).await?;
    Ok(())
}

/// A version of a rule set; false when that version is there already.
pub async fn rule_set_new(
    pool: &OwnerPool,
    id: &str,
    version: &str,
    body: &Value,
) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "insert into published.rule_sets (rule_set_id, version, body) values ($1, $2, $3)
         on conflict do nothing",
    )
    .bind(id)
    .bind(version)
    .bind(body)
    .execute(&pool.0)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// A programme with one version.
pub struct NewProgramme<'a> {
    /// Id.
    pub programme_id: Uuid,
    /// The funder.
    pub owner: Uuid,
    /// Code.
    pub code: &'a str,
    /// Version.
    pub version: &'a str,
    /// Criteria, parameters, rubric.
    pub body: &'a Value,
    /// The form.
    pub sections: &'a Value,
    /// First day it applies.
    pub effective_from: NaiveDate,
    /// Day it became known.
    pub known_from: NaiveDate,
}

/// A programme and its version.
pub async fn programme(pool: &OwnerPool, new: &NewProgramme<'_>) -> Result<(), StoreError> {
    sqlx::query(
        "insert into published.programmes (programme_id, owner_tenant_id, code) values ($1, $2, $3)
         on conflict do nothing",
    )
    .bind(new.programme_id)
    .bind(new.owner)
    .bind(new.code)
    .execute(&pool.0)
    .await?;
    sqlx::query(
        "insert into published.programme_versions
             (programme_id, version, body, sections, effective_from, known_from)
         values ($1, $2, $3, $4, $5, $6) on conflict do nothing",
    )
    .bind(new.programme_id)
    .bind(new.version)
    .bind(new.body)
    .bind(new.sections)
    .bind(new.effective_from)
    .bind(new.known_from)
    .execute(&pool.0)
    .await?;
    Ok(())
}

/// A round.
pub struct NewRound<'a> {
    /// Id.
    pub round_id: Uuid,
    /// Programme and version.
    pub programme: (Uuid, &'a str),
    /// The funder.
    pub owner: Uuid,
    /// Code.
    pub code: &'a str,
    /// Names.
    pub name: (&'a str, &'a str),
    /// Opening.
    pub opens_at: DateTime<Utc>,
    /// Closing.
    pub closes_at: DateTime<Utc>,
    /// Money available.
    pub budget: Decimal,
    /// Stage name.
    pub stage: &'a str,
}

/// A round, left alone when it is there.
pub async fn round(pool: &OwnerPool, new: &NewRound<'_>) -> Result<(), StoreError> {
    sqlx::query(
        "insert into published.rounds
             (round_id, programme_id, programme_version, owner_tenant_id, code, name_en, name_zh, opens_at,
              closes_at, budget, stage)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict do nothing",
    )
    .bind(new.round_id)
    .bind(new.programme.0)
    .bind(new.programme.1)
    .bind(new.owner)
    .bind(new.code)
    .bind(new.name.0)
    .bind(new.name.1)
    .bind(new.opens_at)
    .bind(new.closes_at)
    .bind(new.budget)
    .bind(new.stage)
    .execute(&pool.0)
    .await?;
    Ok(())
}

/// A legal entity in the tenant of the transaction.
pub async fn organisation(
    tx: &mut TenantTx,
    id: Uuid,
    name: (&str, &str),
) -> Result<(), StoreError> {
    sqlx::query(
        "insert into tenant.organisations (tenant_id, organisation_id, name_en, name_zh, fictional)
         values ($1, $2, $3, $4, true) on conflict do nothing",
    )
    .bind(tx.tenant_uuid())
    .bind(id)
    .bind(name.0)
    .bind(name.1)
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// One identifier of a legal entity.
pub async fn identifier(
    tx: &mut TenantTx,
    organisation: Uuid,
    kind: &str,
    value: &str,
) -> Result<(), StoreError> {
    sqlx::query(
        "insert into tenant.organisation_identifiers (tenant_id, organisation_id, kind, value)
         values ($1, $2, $3, $4) on conflict do nothing",
    )
    .bind(tx.tenant_uuid())
    .bind(organisation)
    .bind(kind)
    .bind(value)
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// One fact of one financial year.
pub async fn fact(
    tx: &mut TenantTx,
    organisation: Uuid,
    fact: &crate::organisations::FactRow,
) -> Result<(), StoreError> {
    sqlx::query(
        "insert into tenant.organisation_facts
             (tenant_id, organisation_id, financial_year, path, value, provenance)
         values ($1, $2, $3, $4, $5, $6) on conflict do nothing",
    )
    .bind(tx.tenant_uuid())
    .bind(organisation)
    .bind(&fact.financial_year)
    .bind(&fact.path)
    .bind(&fact.value)
    .bind(&fact.provenance)
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// An entry of the tenant's own copy of the award ledger.
pub async fn ledger_entry(
    tx: &mut TenantTx,
    entry: Uuid,
    counterparty: Uuid,
    programme: Uuid,
    reference: &str,
    financial_year: &str,
    amount: Decimal,
) -> Result<(), StoreError> {
    sqlx::query(
        "insert into tenant.award_ledger
             (tenant_id, entry_id, counterparty_tenant_id, programme_id, reference, financial_year, kind, amount)
         values ($1, $2, $3, $4, $5, $6, 'award', $7) on conflict do nothing",
    )
    .bind(tx.tenant_uuid())
    .bind(entry)
    .bind(counterparty)
    .bind(programme)
    .bind(reference)
    .bind(financial_year)
    .bind(amount)
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Records a frozen version with the date of a past round.
pub async fn submission(
    tx: &mut TenantTx,
    funder: Uuid,
    at: DateTime<Utc>,
    delivery: &Delivery<'_>,
) -> Result<(), StoreError> {
    sqlx::query(
        "select tenant.submission_record($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)",
    )
    .bind(at)
    .bind(funder)
    .bind(delivery.submission_id)
    .bind(delivery.application_id)
    .bind(delivery.version_no)
    .bind(delivery.document)
    .bind(delivery.sha256)
    .bind(delivery.actor)
    .bind(delivery.applicant.0)
    .bind(delivery.applicant.1)
    .bind(delivery.size_band)
    .bind(delivery.title.0)
    .bind(delivery.title.1)
    .bind(delivery.ask)
    .bind(delivery.total_cost)
    .bind(&delivery.cells)
    .bind(&delivery.shares)
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// A service unit of a legal entity.
pub async fn service_unit(
    tx: &mut TenantTx,
    id: Uuid,
    organisation: Uuid,
    name: (&str, &str),
) -> Result<(), StoreError> {
    sqlx::query(
        "insert into tenant.service_units (tenant_id, service_unit_id, organisation_id, name_en, name_zh)
         values ($1, $2, $3, $4, $5) on conflict do nothing",
    )
    .bind(tx.tenant_uuid())
    .bind(id)
    .bind(organisation)
    .bind(name.0)
    .bind(name.1)
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// A version of a library entry, published on a day of its own.
pub async fn proxy(
    pool: &OwnerPool,
    id: &str,
    version: i32,
    keeper: Uuid,
    body: &Value,
    published_at: DateTime<Utc>,
) -> Result<(), StoreError> {
    sqlx::query(
        "insert into published.proxies (proxy_id, version, owner_tenant_id, body, published_at)
         values ($1, $2, $3, $4, $5) on conflict do nothing",
    )
    .bind(id)
    .bind(version)
    .bind(keeper)
    .bind(body)
    .bind(published_at)
    .execute(&pool.0)
    .await?;
    Ok(())
}

/// The council that keeps the library, unless there is one already.
pub async fn proxy_keeper(pool: &OwnerPool, keeper: Uuid) -> Result<(), StoreError> {
    sqlx::query(
        "insert into published.proxy_library (owner_tenant_id) values ($1) on conflict do nothing",
    )
    .bind(keeper)
    .execute(&pool.0)
    .await?;
    Ok(())
}

/// Marks the demonstration data as complete.
pub async fn seeded(pool: &OwnerPool) -> Result<(), StoreError> {
    reference(pool, "seeded", &Value::Bool(true)).await
}
