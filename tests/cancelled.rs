//! Clients that go away in the middle: whatever is dropped, at whatever point, no connection carries one
//! organisation's setting or half a transaction to the next.
use std::{collections::BTreeMap, future::poll_fn, pin::pin, sync::Arc, task::Poll};

use access::TenantId;
use rand::{Rng as _, RngExt as _, SeedableRng as _, rngs::StdRng};
use serde_json::json;
use sqlx::Row as _;
use store::{AuditEntry, StoreError, TenantTx, WorkerPool, audit};
use testkit::World;
use tokio::{sync::Mutex, task::JoinSet};
use uuid::Uuid;

use crate::{
    drafting::{EDITOR, OPEN_ROUND, open_the_round},
    work::{count, eventually},
};

/// As few as a pool may have, so that every connection changes hands all the time.
const CONNECTIONS: u32 = 2;
const TENANTS: u128 = 50;
/// No more clients than connections: the next look is at the very connection on which something was dropped.
/// Without the clean-up after release this test fails.
const CLIENTS: usize = 2;

fn requests() -> usize {
    if std::env::var_os("PLUMBLINE_SOAK").is_some() {
        10_000
    } else {
        2_000
    }
}

/// Reads what the organisation sees and adds an entry that says whose it should be.
async fn request(pool: &WorkerPool, tenant: Uuid, id: Uuid) -> Result<usize, StoreError> {
    let mut tx = TenantTx::begin_job(pool, TenantId(tenant)).await?;
    let seen = audit::find(&mut tx, &audit::Looking::default(), 20).await?;
    let foreign = seen
        .iter()
        .filter(|found| found.entry.detail["of"] != tenant.to_string())
        .count();
    let entry = AuditEntry {
        actor: None,
        actor_name: "worker".to_owned(),
        action: "cancelled",
        subject_kind: "request",
        subject: id,
        detail: json!({"of": tenant}),
    };
    tx.commit(&[entry], &[]).await?;
    Ok(foreign)
}

#[derive(Default)]
struct Seen {
    acknowledged: BTreeMap<Uuid, Uuid>,
    foreign: usize,
    cancelled: usize,
    left_behind: usize,
    failed: Vec<String>,
}

/// The outcome, or none when the future is dropped in the middle: after it was woken so often.
async fn dropped_after<T>(wakings: u32, asked: impl Future<Output = T>) -> Option<T> {
    let mut asked = pin!(asked);
    let mut left = wakings;
    poll_fn(|context| {
        if left == 0 {
            return Poll::Ready(None);
        }
        left -= 1;
        asked.as_mut().poll(context).map(Some)
    })
    .await
}

/// Whether the next connection carries somebody's setting or an open transaction.
async fn left_behind(pool: &WorkerPool) -> bool {
    // One simple message, so that both clocks are read at the same moment.
    let look = "select now() <> statement_timestamp() or coalesce(current_setting('app.tenant', true), '') <> ''";
    let row = sqlx::raw_sql(look).fetch_one(pool.inner()).await.unwrap();
    row.get(0)
}

async fn client(pool: WorkerPool, start: u64, times: usize, seen: Arc<Mutex<Seen>>) {
    let mut random = StdRng::seed_from_u64(start);
    let mut dropped = 0;
    for asking in 0..times {
        let tenant = Uuid::from_u128(u128::from(random.next_u32()) % TENANTS + 1);
        let id = Uuid::now_v7();
        let asked = request(&pool, tenant, id);
        // Whoever is done before that many wakings was not dropped; another one is.
        let outcome = if dropped * 5 <= asking {
            dropped_after(random.random_range(1..14), asked).await
        } else {
            Some(asked.await)
        };
        dropped += usize::from(outcome.is_none());
        let left = match outcome {
            None => left_behind(&pool).await,
            Some(_) => false,
        };
        let mut seen = seen.lock().await;
        seen.left_behind += usize::from(left);
        match outcome {
            None => seen.cancelled += 1,
            Some(Err(error)) => seen.failed.push(error.to_string()),
            Some(Ok(foreign)) => {
                seen.foreign += foreign;
                seen.acknowledged.insert(id, tenant);
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn trust_06_requests_that_are_dropped_leave_nothing_on_a_connection() {
    let world = World::empty().await;
    let databases = world.connect_far(CONNECTIONS).await;
    let seen = Arc::new(Mutex::new(Seen::default()));
    let mut clients = JoinSet::new();
    for start in 0_u64..u64::try_from(CLIENTS).unwrap() {
        let (pool, seen) = (databases.worker.clone(), Arc::clone(&seen));
        clients.spawn(client(pool, start, requests() / CLIENTS, seen));
    }
    while let Some(ended) = clients.join_next().await {
        ended.unwrap();
    }
    let seen = seen.lock().await;
    assert_eq!(seen.failed, Vec::<String>::new());
    assert_eq!(seen.left_behind, 0, "connections carry what was dropped");
    assert_eq!(seen.foreign, 0, "rows of another organisation were seen");
    assert!(
        seen.cancelled * 6 > requests(),
        "only {} were dropped",
        seen.cancelled
    );
    let kept: Vec<(Uuid, Uuid, String)> = sqlx::query_as(
        "select subject_id, tenant_id, detail->>'of' from tenant.audit_entries where action = 'cancelled'",
    )
    .fetch_all(world.sql())
    .await
    .unwrap();
    for (id, tenant, of) in &kept {
        assert_eq!(
            *of,
            tenant.to_string(),
            "{id} was written for another organisation"
        );
    }
    let kept: BTreeMap<Uuid, Uuid> = kept.into_iter().map(|(id, of, _)| (id, of)).collect();
    let missing = seen
        .acknowledged
        .iter()
        .filter(|(id, tenant)| kept.get(*id) != Some(*tenant))
        .count();
    assert_eq!(missing, 0, "acknowledged writes are missing");
    let left: i64 = sqlx::query_scalar(
        "select count(*) from pg_stat_activity where usename = 'plumbline_worker' and state like 'idle in%'
           and datname = current_database()",
    )
    .fetch_one(world.sql())
    .await
    .unwrap();
    assert_eq!(left, 0, "a connection waits inside a transaction");
    println!(
        "trust-06 pass {} requests, {} dropped, 0 foreign rows, 0 acknowledged writes missing",
        requests(),
        seen.cancelled
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_client_began_is_done_although_it_went_away() {
    let world = World::seeded().await;
    open_the_round(&world).await;
    let client = world.graphql(Some(EDITOR)).await;
    let started = "select count(*) from tenant.applications";
    let before = count(world.sql(), started).await;
    // Nobody can write an application while this is open.
    let mut shut = world.sql().begin().await.unwrap();
    sqlx::query("lock table tenant.applications in exclusive mode")
        .execute(&mut *shut)
        .await
        .unwrap();
    let asked = tokio::spawn(async move {
        let start = "mutation($input: ApplicationStartInput!) { applicationStart(input: $input) { problems { code } } }";
        let input = json!({"roundId": OPEN_ROUND, "idempotencyKey": Uuid::now_v7()});
        client.send(start, json!({"input": input})).await
    });
    let waiting = "select count(*) from pg_stat_activity
         where datname = current_database() and usename = 'plumbline_app' and wait_event_type = 'Lock'";
    eventually(async || count(world.sql(), waiting).await == 1).await;
    asked.abort();
    assert!(asked.await.unwrap_err().is_cancelled());
    shut.rollback().await.unwrap();
    eventually(async || count(world.sql(), started).await == before + 1).await;
}
