//! Verdicts on held work: done, again, failed, dead. Each is guarded by the fence of the claim, so
//! that a worker that was given up for dead cannot disturb the one that took over.

use std::time::Duration;

use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

use super::columns;
use super::types::WorkState;
use crate::StoreError;

/// What happens to rows that end without being done.
const RETRY: &str = "retry";
const FAIL: &str = "fail";
const EXPIRE: &str = "expire";
const RELEASE: &str = "release";

/// The code on a row whose last worker fell silent.
const LEASE_EXPIRED: &str = "lease_expired";

const FINISH: &str = "
with finished as (
    update system.work set
        state = 'done', finished_at = clock_timestamp(), lease_until = null, last_error = null
    where work_id = $1 and fence = $2 and state = 'running'
    returning tenant_id, subject_id, work_id, kind, state
), noted as (
    insert into system.progress (tenant_id, subject_id, work_id, kind, state)
    select tenant_id, subject_id, work_id, kind, state from finished
)
select count(*) from finished";

/// Ends the given rows without success. $1 how, $2 error code, $3 pause before the next attempt.
/// Where the same work was queued meanwhile (or is twice among the rows), that one does it: two
/// queued rows may not share a key.
macro_rules! settle {
    ($rows:literal) => {
        concat!(
            "with taken as materialized (select w.* from system.work w ",
            $rows,
            " for update skip locked), judged as (
    select t.work_id, case
        when $1 = 'fail' then 'failed'
        when $1 <> 'release' and t.attempt >= t.attempt_max then 'dead'
        when row_number() over (partition by t.attempt >= t.attempt_max, t.tenant_id, t.kind,
            t.dedup_key order by t.work_id) > 1 then 'done'
        when exists (select from system.work q where q.state = 'queued'
            and q.tenant_id = t.tenant_id and q.kind = t.kind and q.dedup_key = t.dedup_key)
            then 'done'
        else 'queued' end as verdict
    from taken t
), settled as (
    update system.work w set
        state = judged.verdict,
        attempt = w.attempt - ($1 = 'release')::integer,
        expiries = w.expiries + ($1 = 'expire')::integer,
        due_at = case when judged.verdict = 'queued' and $1 = 'retry'
            then clock_timestamp() + $3 else w.due_at end,
        last_error = case when judged.verdict = 'done' then 'superseded'
            when $1 = 'release' then w.last_error else $2 end,
        lease_until = null,
        finished_at = case when judged.verdict <> 'queued' then clock_timestamp() end
    from judged where w.work_id = judged.work_id
    returning w.tenant_id, w.subject_id, w.work_id, w.kind, w.state
), noted as (
    insert into system.progress (tenant_id, subject_id, work_id, kind, state)
    select tenant_id, subject_id, work_id, kind, state from settled
)
select state from settled"
        )
    };
}

const SETTLE_HELD: &str = settle!(
    "join unnest($4::uuid[], $5::bigint[]) as held (work_id, fence)
     on w.work_id = held.work_id and w.fence = held.fence where w.state = 'running'"
);
// Bounded, so that one sweep never holds many rows.
const SETTLE_EXPIRED: &str = settle!(
    "where w.state = 'running' and w.lease_until < clock_timestamp()
     order by w.lease_until limit 500"
);

const REPLAY: &str = "
with again as (
    update system.work w set
        state = 'queued', attempt = 0, expiries = 0, due_at = clock_timestamp(),
        last_error = null, finished_at = null
    where w.work_id = $1 and w.state in ('failed', 'dead')
        and not exists (select from system.work q where q.state = 'queued'
            and q.tenant_id = w.tenant_id and q.kind = w.kind and q.dedup_key = w.dedup_key)
    returning w.tenant_id, w.subject_id, w.work_id, w.kind, w.state
), noted as (
    insert into system.progress (tenant_id, subject_id, work_id, kind, state)
    select tenant_id, subject_id, work_id, kind, state from again
)
select count(*) from again";

pub(super) async fn finish(
    connection: &mut PgConnection,
    work_id: Uuid,
    fence: i64,
) -> Result<bool, StoreError> {
    let finished: i64 = sqlx::query_scalar(FINISH)
        .bind(work_id)
        .bind(fence)
        .fetch_one(connection)
        .await?;
    Ok(finished == 1)
}

pub(super) async fn retry(
    pool: &PgPool,
    work_id: Uuid,
    fence: i64,
    code: &str,
    pause: Duration,
) -> Result<Option<WorkState>, StoreError> {
    one(settle_held(pool, RETRY, Some(code), pause, &[(work_id, fence)]).await?)
}

pub(super) async fn fail(
    pool: &PgPool,
    work_id: Uuid,
    fence: i64,
    code: &str,
) -> Result<Option<WorkState>, StoreError> {
    one(settle_held(pool, FAIL, Some(code), Duration::ZERO, &[(work_id, fence)]).await?)
}

pub(super) async fn release(pool: &PgPool, held: &[(Uuid, i64)]) -> Result<usize, StoreError> {
    Ok(settle_held(pool, RELEASE, None, Duration::ZERO, held)
        .await?
        .len())
}

pub(super) async fn sweep(pool: &PgPool) -> Result<usize, StoreError> {
    let states: Vec<String> = sqlx::query_scalar(SETTLE_EXPIRED)
        .bind(EXPIRE)
        .bind(LEASE_EXPIRED)
        .bind(Duration::ZERO)
        .fetch_all(pool)
        .await?;
    Ok(states.len())
}

pub(super) async fn replay(pool: &PgPool, work_id: Uuid) -> Result<bool, StoreError> {
    let again: i64 = sqlx::query_scalar(REPLAY)
        .bind(work_id)
        .fetch_one(pool)
        .await?;
    Ok(again == 1)
}

async fn settle_held(
    pool: &PgPool,
    how: &str,
    code: Option<&str>,
    pause: Duration,
    held: &[(Uuid, i64)],
) -> Result<Vec<String>, StoreError> {
    let (ids, fences) = columns(held);
    let states = sqlx::query_scalar(SETTLE_HELD)
        .bind(how)
        .bind(code)
        .bind(pause)
        .bind(ids)
        .bind(fences)
        .fetch_all(pool)
        .await?;
    Ok(states)
}

fn one(states: Vec<String>) -> Result<Option<WorkState>, StoreError> {
    states
        .into_iter()
        .next()
        .map(|word| {
            WorkState::from_word(&word)
                .ok_or_else(|| StoreError::corrupt("system.work.state", word))
        })
        .transpose()
}
