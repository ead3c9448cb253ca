//! The NGO's own legal entity and its facts by financial year.
use serde_json::Value;
use uuid::Uuid;

use crate::{StoreError, TenantTx};

/// A legal entity.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct OrganisationRow {
    /// Id.
    pub organisation_id: Uuid,
    /// English name.
    pub name_en: String,
    /// Chinese name.
    pub name_zh: String,
    /// Made up for demonstration.
    pub fictional: bool,
}

/// One identifier: type and value.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct IdentifierRow {
    /// `ubi_brn`, `ird_s88_file`, …
    pub kind: String,
    /// The number itself.
    pub value: String,
}

/// One fact of one financial year.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct FactRow {
    /// `2024-25`.
    pub financial_year: String,
    /// `org.provisional_subvention_hkd`.
    pub path: String,
    /// Its value.
    pub value: Value,
    /// declared, verified or ledger.
    pub provenance: String,
}

/// The tenant's legal entity.
pub async fn own(tx: &mut TenantTx) -> Result<Option<OrganisationRow>, StoreError> {
    Ok(sqlx::query_as(
        "select organisation_id, name_en, name_zh, fictional from tenant.organisations
         where tenant_id = $1 order by organisation_id limit 1",
    )
    .bind(tx.tenant_uuid())
    .fetch_optional(tx.connection())
    .await?)
}

/// Its identifiers.
pub async fn identifiers(
    tx: &mut TenantTx,
    organisation: Uuid,
) -> Result<Vec<IdentifierRow>, StoreError> {
    Ok(sqlx::query_as(
        "select kind, value from tenant.organisation_identifiers
         where tenant_id = $1 and organisation_id = $2 order by kind, value",
    )
    .bind(tx.tenant_uuid())
    .bind(organisation)
    .fetch_all(tx.connection())
    .await?)
}

/// Its facts, oldest year first.
pub async fn facts(tx: &mut TenantTx, organisation: Uuid) -> Result<Vec<FactRow>, StoreError> {
    Ok(sqlx::query_as(
        "select financial_year, path, value, provenance from tenant.organisation_facts
         where tenant_id = $1 and organisation_id = $2 order by financial_year, path",
    )
    .bind(tx.tenant_uuid())
    .bind(organisation)
    .fetch_all(tx.connection())
    .await?)
}

/// Keeps a fact in the place of what stood there for that year.
pub async fn fact_keep(
    tx: &mut TenantTx,
    organisation: Uuid,
    fact: &FactRow,
) -> Result<(), StoreError> {
    sqlx::query(
        "insert into tenant.organisation_facts
             (tenant_id, organisation_id, financial_year, path, value, provenance)
         values ($1, $2, $3, $4, $5, $6)
         on conflict (tenant_id, organisation_id, financial_year, path) do update
             set value = excluded.value, provenance = excluded.provenance, recorded_at = clock_timestamp()",
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
