//! The award ledger: what counts towards a cap. Both sides keep a copy; the funder's decides.
use std::collections::BTreeMap;

use rust_decimal::Decimal;
use uuid::Uuid;

use crate::{StoreError, TenantTx};

/// Awards less refunds between this tenant and another under one programme, leaving out the
/// entries of one reference (the application that is being looked at).
pub async fn net_total(
    tx: &mut TenantTx,
    counterparty: Uuid,
    programme: Uuid,
    except_reference: &str,
) -> Result<Decimal, StoreError> {
    Ok(sqlx::query_scalar(
        "select coalesce(sum(case kind when 'award' then amount else -amount end), 0)
         from tenant.award_ledger
         where tenant_id = $1 and counterparty_tenant_id = $2 and programme_id = $3 and reference <> $4",
    )
    .bind(tx.tenant_uuid())
    .bind(counterparty)
    .bind(programme)
    .bind(except_reference)
    .fetch_one(tx.connection())
    .await?)
}

/// The same for several applications, by reference: `wanted` are reference, counterparty and programme of each.
pub async fn net_totals(
    tx: &mut TenantTx,
    wanted: &[(String, Uuid, Uuid)],
) -> Result<BTreeMap<String, Decimal>, StoreError> {
    let references: Vec<&str> = wanted.iter().map(|each| each.0.as_str()).collect();
    let counterparties: Vec<Uuid> = wanted.iter().map(|each| each.1).collect();
    let programmes: Vec<Uuid> = wanted.iter().map(|each| each.2).collect();
    let rows: Vec<(String, Decimal)> = sqlx::query_as(
        "select w.reference, coalesce(sum(case l.kind when 'award' then l.amount else -l.amount end), 0)
         from unnest($2::text[], $3::uuid[], $4::uuid[]) w (reference, counterparty, programme)
         left join tenant.award_ledger l
           on l.tenant_id = $1 and l.counterparty_tenant_id = w.counterparty
              and l.programme_id = w.programme and l.reference <> w.reference
         group by w.reference",
    )
    .bind(tx.tenant_uuid())
    .bind(references)
    .bind(counterparties)
    .bind(programmes)
    .fetch_all(tx.connection())
    .await?;
    Ok(rows.into_iter().collect())
}

/// Organisations whose awards under a programme, less refunds, are more or less than nothing, leaving
/// out what a round itself awarded.
pub async fn awarded_before(
    tx: &mut TenantTx,
    programme: Uuid,
    round: Uuid,
) -> Result<Vec<Uuid>, StoreError> {
    Ok(sqlx::query_scalar(
        "select l.counterparty_tenant_id from tenant.award_ledger l
         where l.tenant_id = $1 and l.programme_id = $2
           and l.reference not in (select reference from tenant.received_submissions
                                   where tenant_id = $1 and round_id = $3)
         group by l.counterparty_tenant_id
         having sum(case l.kind when 'award' then l.amount else -l.amount end) <> 0",
    )
    .bind(tx.tenant_uuid())
    .bind(programme)
    .bind(round)
    .fetch_all(tx.connection())
    .await?)
}

/// Enters an award or a refund in both ledgers.
pub async fn deliver(
    tx: &mut TenantTx,
    submission: Uuid,
    programme: Uuid,
    financial_year: &str,
    kind: &str,
    amount: Decimal,
) -> Result<(), StoreError> {
    sqlx::query("select tenant.award_deliver($1, $2, $3, $4, $5, $6)")
        .bind(submission)
        .bind(Uuid::now_v7())
        .bind(programme)
        .bind(financial_year)
        .bind(kind)
        .bind(amount)
        .execute(tx.connection())
        .await?;
    Ok(())
}
