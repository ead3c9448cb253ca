//! The award ledger: what counts towards a cap. Both sides keep a copy; the funder's decides.
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
