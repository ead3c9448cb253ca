//! Taking work and holding it. One statement walks the ring of origins, so that an origin with
//! ten times the rows costs the others nothing, however many rows wait.

use std::time::Duration;

use access::TenantId;
use sqlx::{FromRow, PgPool};
use uuid::Uuid;

use super::types::{ClaimedWork, WorkKind};
use super::{ClaimRequest, columns};
use crate::StoreError;

// ring:    up to $3 origins with due work, from the one after $5 on and round to $5 again; each
//          step is one probe of work_claimable.
// picked:  the same share from each; rows that another worker is taking are skipped.
// The array keeps the update on the primary key whatever the planner believes of the ring.
const CLAIM: &str = "
with recursive ring (origin_id, lap, place) as (
    select $5::uuid, 0, 0
    union all
    select next.origin_id, next.lap, ring.place + 1
    from ring cross join lateral (
        (select w.origin_id, ring.lap from system.work w
         where w.state = 'queued' and w.expiries < 2 and w.due_at <= now() and w.kind = any ($1)
             and w.origin_id > ring.origin_id and (ring.lap = 0 or w.origin_id <= $5)
         order by w.origin_id limit 1)
        union all
        (select w.origin_id, 1 from system.work w
         where w.state = 'queued' and w.expiries < 2 and w.due_at <= now() and w.kind = any ($1)
             and w.origin_id <= $5 and ring.lap = 0
         order by w.origin_id limit 1)
        order by lap limit 1
    ) next
    where ring.place < $3
), picked as materialized (
    select turn.work_id, ring.place
    from ring cross join lateral (
        select w.work_id from system.work w
        where w.state = 'queued' and w.expiries < 2 and w.due_at <= now() and w.kind = any ($1)
            and w.origin_id = ring.origin_id
        order by w.priority desc, w.due_at, w.work_id
        limit greatest(1, $3 / nullif((select max(place) from ring), 0))
        for update skip locked
    ) turn
    where ring.place > 0
    union all
    select suspect.work_id, 0
    from (
        select w.work_id from system.work w
        where w.state = 'queued' and w.expiries >= 2 and w.due_at <= now() and w.kind = any ($1)
            and $6
        order by w.due_at, w.work_id limit 1
        for update skip locked
    ) suspect
), claimed as (
    update system.work w set
        state = 'running', attempt = w.attempt + 1, fence = w.fence + 1, worker = $2,
        started_at = clock_timestamp(), lease_until = clock_timestamp() + $4
    where w.work_id = any (array(select picked.work_id from picked))
    returning w.*
), noted as (
    insert into system.progress (tenant_id, subject_id, work_id, kind, state)
    select tenant_id, subject_id, work_id, kind, state from claimed
)
select c.work_id, c.kind, c.tenant_id, c.origin_id, c.subject_id, c.dedup_key, c.attempt,
    c.attempt_max, c.fence, c.expiries, c.trace_id
from claimed c join picked using (work_id)
order by row_number() over
    (partition by c.origin_id order by c.priority desc, c.due_at, c.work_id), picked.place";

// After a burst the statistics still tell of an empty table, and the planner would collect and sort
// a whole origin (44 ms instead of 2) where the index stands in order.
const BEGIN_IN_INDEX_ORDER: &str = "begin; set local enable_bitmapscan = off; \
    set local enable_seqscan = off; set local jit = off";

const HEARTBEAT: &str = "
update system.work w set lease_until = clock_timestamp() + $3
from unnest($1::uuid[], $2::bigint[]) as held (work_id, fence)
where w.work_id = held.work_id and w.fence = held.fence and w.state = 'running'
returning w.work_id";

#[derive(FromRow)]
struct Row {
    work_id: Uuid,
    kind: String,
    tenant_id: Uuid,
    origin_id: Uuid,
    subject_id: Uuid,
    dedup_key: String,
    attempt: i32,
    attempt_max: i32,
    fence: i64,
    expiries: i32,
    trace_id: Option<String>,
}

impl TryFrom<Row> for ClaimedWork {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            work_id: row.work_id,
            kind: WorkKind::from_word(&row.kind)
                .ok_or_else(|| StoreError::corrupt("system.work.kind", row.kind))?,
            tenant_id: TenantId(row.tenant_id),
            origin_id: TenantId(row.origin_id),
            subject_id: row.subject_id,
            dedup_key: row.dedup_key,
            attempt: row.attempt,
            attempt_max: row.attempt_max,
            fence: row.fence,
            expiries: row.expiries,
            trace_id: row.trace_id,
        })
    }
}

pub(super) async fn claim(
    pool: &PgPool,
    request: &ClaimRequest,
) -> Result<Vec<ClaimedWork>, StoreError> {
    let kinds: Vec<&str> = request.kinds.iter().map(|kind| kind.as_str()).collect();
    let mut tx = pool.begin_with(BEGIN_IN_INDEX_ORDER).await?;
    let rows = sqlx::query_as::<_, Row>(CLAIM)
        .bind(kinds)
        .bind(&request.worker)
        .bind(request.batch)
        .bind(request.lease)
        .bind(request.after.0)
        .bind(request.suspect)
        .fetch_all(&mut *tx)
        .await?;
    // Judged before the commit: a row that is not understood is not taken.
    let claimed = rows
        .into_iter()
        .map(ClaimedWork::try_from)
        .collect::<Result<_, _>>()?;
    tx.commit().await?;
    Ok(claimed)
}

pub(super) async fn heartbeat(
    pool: &PgPool,
    held: &[(Uuid, i64)],
    lease: Duration,
) -> Result<Vec<Uuid>, StoreError> {
    let (ids, fences) = columns(held);
    Ok(sqlx::query_scalar(HEARTBEAT)
        .bind(ids)
        .bind(fences)
        .bind(lease)
        .fetch_all(pool)
        .await?)
}
