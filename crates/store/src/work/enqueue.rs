//! Writing work down, in the transaction that causes it.

use std::collections::BTreeMap;

use sqlx::PgConnection;

use super::types::NewWork;
use crate::StoreError;

// The same work asked for again while it waits is touched, not inserted: the touch locks the row,
// so that no worker starts it before the asking transaction has committed what it should read.
const ENQUEUE: &str = "
with put as (
    insert into system.work (work_id, kind, tenant_id, origin_id, subject_id, dedup_key,
        priority, attempt_max, due_at, trace_id)
    select n.work_id, n.kind, n.tenant_id, n.origin_id, n.subject_id, n.dedup_key,
        n.priority, n.attempt_max, clock_timestamp() + n.delay, n.trace_id
    from unnest($1::uuid[], $2::text[], $3::uuid[], $4::uuid[], $5::uuid[], $6::text[],
        $7::smallint[], $8::integer[], $9::interval[], $10::text[])
        as n (work_id, kind, tenant_id, origin_id, subject_id, dedup_key,
        priority, attempt_max, delay, trace_id)
    on conflict (tenant_id, kind, dedup_key) where state = 'queued' do update set
        due_at = least(work.due_at, excluded.due_at),
        priority = greatest(work.priority, excluded.priority)
    returning work_id, kind, tenant_id, subject_id, state, xmax = 0 as fresh
), noted as (
    insert into system.progress (tenant_id, subject_id, work_id, kind, state)
    select tenant_id, subject_id, work_id, kind, state from put where fresh
)
select count(*) filter (where fresh) from put";

/// Writes work down inside the caller's transaction and returns how many rows are new; the others
/// were waiting already. Ring the bell after the commit.
pub(crate) async fn enqueue(
    connection: &mut PgConnection,
    work: &[NewWork],
) -> Result<u64, StoreError> {
    // One row per key, and always in the same order, so that two callers cannot deadlock.
    let rows: BTreeMap<_, _> = work
        .iter()
        .map(|new| {
            (
                (new.tenant_id, new.kind.as_str(), new.dedup_key.as_str()),
                new,
            )
        })
        .collect();
    let rows: Vec<_> = rows.into_values().collect();
    let fresh: i64 = sqlx::query_scalar(ENQUEUE)
        .bind(column(&rows, |new| new.work_id))
        .bind(column(&rows, |new| new.kind.as_str()))
        .bind(column(&rows, |new| new.tenant_id.0))
        .bind(column(&rows, |new| new.origin_id.0))
        .bind(column(&rows, |new| new.subject_id))
        .bind(column(&rows, |new| new.dedup_key.as_str()))
        .bind(column(&rows, |new| new.priority))
        .bind(column(&rows, |new| new.attempt_max))
        .bind(column(&rows, |new| new.delay))
        .bind(column(&rows, |new| new.trace_id.as_deref()))
        .fetch_one(connection)
        .await?;
    Ok(fresh.unsigned_abs())
}

fn column<'a, T>(rows: &[&'a NewWork], pick: impl Fn(&'a NewWork) -> T) -> Vec<T> {
    rows.iter().map(|new| pick(new)).collect()
}
