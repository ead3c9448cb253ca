//! Workers as processes of their own: one is killed in the middle of its work, with and without
//! Redis, and nothing is lost or done twice.
use std::{
    net::{TcpListener, TcpStream},
    process::{Child, Command, Stdio},
    time::Duration,
};

use access::TenantId;
use rand::{SeedableRng as _, rngs::StdRng, seq::SliceRandom as _};
use sqlx::PgPool;
use store::work::{Ledger, NewWork, WorkKind};
use testkit::World;
use uuid::Uuid;

/// No test waits longer for anything.
const PATIENCE: Duration = Duration::from_mins(3);

/// Every submission of the demonstration is evaluated anew.
const KINDS: [WorkKind; 3] = [
    WorkKind::Screen,
    WorkKind::EvaluateSroi,
    WorkKind::Apportion,
];

/// A process that dies with the test.
pub(crate) struct Process(Child);

impl Process {
    pub(crate) fn start(mut command: Command) -> Self {
        Self(command.stdout(Stdio::null()).spawn().unwrap())
    }

    /// As `kill -9` does: nothing is acknowledged or given back.
    pub(crate) fn kill(&mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A Redis of its own, with its address.
pub(crate) async fn redis() -> (Process, String) {
    let port = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    let mut command = Command::new("redis-server");
    command
        .args(["--port", &port.to_string(), "--bind", "127.0.0.1"])
        .args(["--save", "", "--appendonly", "no"]);
    let server = Process::start(command);
    eventually(async || TcpStream::connect(("127.0.0.1", port)).is_ok()).await;
    (server, format!("redis://127.0.0.1:{port}"))
}

/// Until the condition holds; looked at ever again, never slept for.
pub(crate) async fn eventually<F: AsyncFn() -> bool>(condition: F) {
    let mut look = tokio::time::interval(Duration::from_millis(20));
    let seen = async {
        while !condition().await {
            look.tick().await;
        }
    };
    tokio::time::timeout(PATIENCE, seen).await.unwrap();
}

pub(crate) async fn count(sql: &PgPool, query: &'static str) -> i64 {
    sqlx::query_scalar(query).fetch_one(sql).await.unwrap()
}

pub(crate) const UNDONE: &str =
    "select count(*) from system.work where state in ('queued', 'running')";
const RUNNING: &str = "select count(*) from system.work where state = 'running'";
const STOPPED: &str = "select count(*) from system.work where state in ('failed', 'dead')";
const DONE_TWICE: &str = "select count(*) from (select work_id from system.progress
    where state = 'done' group by work_id having count(*) > 1) twice";
const SCREENED: &str = "select count(*) from tenant.delivered_statuses where code in ('screened', 'evaluated', 'apportioned')";
// Verdicts may differ by what was awarded since; these two depend on the frozen document alone.
const RUNS: &str = "select count(*) from tenant.runs where kind in ('sroi', 'costshare')";

/// Asks for every submission's evaluation once more, in an order of the dice, and returns how many pieces of work
/// that is.
pub(crate) async fn evaluate_all_again(world: &World, dice: &mut StdRng) -> i64 {
    let submissions: Vec<(Uuid, Uuid, Uuid)> = sqlx::query_as(
        "select tenant_id, applicant_tenant_id, submission_id from tenant.received_submissions
         where not withdrawn",
    )
    .fetch_all(world.sql())
    .await
    .unwrap();
    let mut work: Vec<NewWork> = submissions
        .iter()
        .flat_map(|submission| KINDS.map(|kind| (kind, submission)))
        .map(|(kind, (tenant, origin, subject))| NewWork {
            work_id: Uuid::now_v7(),
            kind,
            tenant_id: TenantId(*tenant),
            origin_id: TenantId(*origin),
            subject_id: *subject,
            dedup_key: subject.to_string(),
            priority: 0,
            attempt_max: 5,
            delay: Duration::ZERO,
            trace_id: None,
        })
        .collect();
    work.shuffle(dice);
    let ledger = Ledger::new(&world.databases().worker);
    let queued = ledger.enqueue(&work).await.unwrap();
    assert_eq!(usize::try_from(queued).unwrap(), work.len());
    i64::try_from(queued).unwrap()
}

/// Two workers, one of them killed while it holds work.
async fn one_of_two_workers_is_killed(redis_url: Option<&str>) {
    let world = World::seeded().await;
    let sql = world.sql();
    let (runs, statuses) = (count(sql, RUNS).await, count(sql, SCREENED).await);
    // Queued while no worker runs.
    let queued = evaluate_all_again(&world, &mut StdRng::seed_from_u64(31)).await;
    let start = || {
        let mut command = world.plumbline(&["work", "--concurrency", "4"]);
        if let Some(url) = redis_url {
            command.env("REDIS_URL", url);
        }
        Process::start(command)
    };
    let mut doomed = start();
    eventually(async || count(sql, RUNNING).await > 0).await;
    doomed.kill();
    let dropped = count(sql, RUNNING).await;
    assert!(dropped > 0, "the worker was killed between two jobs");
    // What the lease would take half a minute for.
    world
        .arrange("update system.work set lease_until = now() where state = 'running'")
        .await;
    let _first = start();
    let _second = start();
    eventually(async || count(sql, UNDONE).await == 0).await;

    assert_eq!(count(sql, STOPPED).await, 0);
    assert_eq!(count(sql, DONE_TWICE).await, 0);
    // Each piece told the applicant once, and found the run that the same input had made before.
    assert_eq!(count(sql, SCREENED).await, statuses + queued);
    assert_eq!(count(sql, RUNS).await, runs);
    println!("trust-31 pass {queued} queued, {dropped} held by the killed, 0 lost, 0 doubled");
}

#[tokio::test(flavor = "multi_thread")]
async fn trust_31_a_killed_worker_process_loses_and_doubles_nothing() {
    one_of_two_workers_is_killed(None).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn trust_31_a_killed_worker_process_loses_and_doubles_nothing_with_redis_between() {
    let (_redis, url) = redis().await;
    one_of_two_workers_is_killed(Some(&url)).await;
}
