//! What operators watch: how much waits and how old the oldest is. Every part reads a partial
//! index, so that millions of finished rows cost nothing.

use std::time::Duration;

use sqlx::PgPool;

use super::types::WorkStats;
use crate::StoreError;

const STATS: &str = "
select waiting.queued, waiting.due, held.running, stopped.failed, stopped.dead,
    waiting.oldest_due_seconds, held.oldest_running_seconds
from
    (select count(*) as queued, count(*) filter (where due_at <= now()) as due,
        floor(extract(epoch from now() - min(due_at) filter (where due_at <= now())))::bigint
            as oldest_due_seconds
     from system.work where state = 'queued') waiting,
    (select count(*) as running,
        floor(extract(epoch from now() - min(started_at)))::bigint as oldest_running_seconds
     from system.work where state = 'running') held,
    (select count(*) filter (where state = 'failed') as failed,
        count(*) filter (where state = 'dead') as dead
     from system.work where state in ('failed', 'dead')) stopped";

// greatest() passes over null: without a row the answer must be null, not zero.
const NEXT_DUE: &str = "
select ceil(extract(epoch from greatest(due_at - now(), interval '0')) * 1000)::bigint
from system.work where state = 'queued' order by due_at limit 1";

pub(super) async fn stats(pool: &PgPool) -> Result<WorkStats, StoreError> {
    Ok(sqlx::query_as(STATS).fetch_one(pool).await?)
}

pub(super) async fn next_due(pool: &PgPool) -> Result<Option<Duration>, StoreError> {
    let milliseconds: Option<i64> = sqlx::query_scalar(NEXT_DUE).fetch_optional(pool).await?;
    Ok(milliseconds.map(|wait| Duration::from_millis(wait.unsigned_abs())))
}
