//! A database per test, work to fill it with, and handlers that keep count.
#![expect(
    clippy::unwrap_used,
    reason = "a helper that fails is a test that fails"
)]

use std::{
    collections::BTreeMap,
    path::Path,
    sync::{Arc, Mutex, OnceLock},
    time::Duration,
};

use access::TenantId;
use async_trait::async_trait;
use embedded::Cluster;
use jobs::{Bell, Handler, JobError, Options, Runner, RunnerError};
use sqlx::PgPool;
use store::{
    RolePasswords, Settings, WorkerPool, bootstrap,
    work::{ClaimedWork, Ledger, NewWork, WorkKind},
};
use tokio::{sync::watch, task::JoinHandle};
use uuid::Uuid;

/// No test waits longer for anything.
pub(crate) const PATIENCE: Duration = Duration::from_mins(2);

static CLUSTER: OnceLock<Cluster> = OnceLock::new();
/// Roles belong to the whole cluster: two databases at a time would alter them at once.
static ROLES: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

/// The superuser's address: a cluster handed in from outside, or one of this test run.
fn superuser_url() -> String {
    std::env::var(embedded::TEST_DATABASE_URL).unwrap_or_else(|_| {
        let cluster = CLUSTER.get_or_init(|| {
            let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../.plumbline");
            Cluster::throw_away(&root, &embedded::Options::from_env()).unwrap()
        });
        cluster.superuser_url("postgres")
    })
}

/// A migrated database of its own.
pub(crate) struct World {
    pub(crate) pool: WorkerPool,
    pub(crate) ledger: Ledger,
}

impl World {
    pub(crate) async fn new() -> Self {
        let url = tokio::task::spawn_blocking(superuser_url).await.unwrap();
        let passwords = RolePasswords {
            owner: "owner".to_owned(),
            app: "app".to_owned(),
            worker: "worker".to_owned(),
            identity: "identity".to_owned(),
            report: "report".to_owned(),
        };
        let database = format!("ledger_{}", Uuid::now_v7().simple());
        {
            let _one_at_a_time = ROLES.lock().await;
            bootstrap::create_database(&url, &database, &passwords)
                .await
                .unwrap();
        }
        let address: sqlx::postgres::PgConnectOptions = url.parse().unwrap();
        let settings = Settings {
            host: address.get_host().to_owned(),
            port: address.get_port(),
            database,
            passwords,
            connections_max: 12,
        };
        bootstrap::migrate(&settings.owner().await.unwrap())
            .await
            .unwrap();
        let pool = settings.connect().await.unwrap().worker;
        let ledger = Ledger::new(&pool);
        Self { pool, ledger }
    }

    pub(crate) fn sql(&self) -> &PgPool {
        self.pool.inner()
    }

    /// How many rows are in that state.
    pub(crate) async fn count(&self, state: &str) -> i64 {
        sqlx::query_scalar("select count(*) from system.work where state = $1")
            .bind(state)
            .fetch_one(self.sql())
            .await
            .unwrap()
    }

    /// State, attempts and error code of a row.
    pub(crate) async fn row(&self, work_id: Uuid) -> (String, i32, Option<String>) {
        sqlx::query_as("select state, attempt, last_error from system.work where work_id = $1")
            .bind(work_id)
            .fetch_one(self.sql())
            .await
            .unwrap()
    }

    /// Starts workers in the background.
    pub(crate) fn start(
        &self,
        bell: &Bell,
        handler: &Arc<impl Handler>,
        options: Options,
    ) -> Workers {
        let handler: Arc<dyn Handler> = handler.clone();
        let runner = Runner::new(&self.pool, bell.clone(), handler, options);
        let (stop, mut stopped) = watch::channel(false);
        let running = tokio::spawn(runner.run(async move {
            let _ = stopped.wait_for(|stop| *stop).await;
        }));
        Workers { running, stop }
    }
}

/// One process' workers.
pub(crate) struct Workers {
    running: JoinHandle<Result<(), RunnerError>>,
    stop: watch::Sender<bool>,
}

impl Workers {
    /// As TERM does.
    pub(crate) async fn stop(self) {
        self.stop.send(true).unwrap();
        tokio::time::timeout(PATIENCE, self.running)
            .await
            .unwrap()
            .unwrap()
            .unwrap();
    }

    /// As KILL does: nothing is acknowledged or given back.
    pub(crate) async fn kill(self) {
        self.running.abort();
        assert!(self.running.await.unwrap_err().is_cancelled());
    }
}

/// Impatient enough for tests.
pub(crate) fn options() -> Options {
    Options {
        lease: Duration::from_millis(600),
        poll: Duration::from_millis(100),
        retry_pause: Duration::from_millis(1),
        ..Options::default()
    }
}

pub(crate) fn work(origin: Uuid) -> NewWork {
    let work_id = Uuid::now_v7();
    NewWork {
        work_id,
        kind: WorkKind::Screen,
        tenant_id: TenantId(origin),
        origin_id: TenantId(origin),
        subject_id: work_id,
        dedup_key: work_id.to_string(),
        priority: 0,
        attempt_max: 5,
        delay: Duration::ZERO,
        trace_id: None,
    }
}

/// Keeps count, and does to each row what the test says.
pub(crate) struct Counting<F> {
    runs: Mutex<BTreeMap<Uuid, u32>>,
    order: Mutex<Vec<TenantId>>,
    total: watch::Sender<usize>,
    outcome: F,
}

impl<F> Counting<F> {
    pub(crate) fn new(outcome: F) -> Arc<Self> {
        Arc::new(Self {
            runs: Mutex::default(),
            order: Mutex::default(),
            total: watch::Sender::new(0),
            outcome,
        })
    }

    /// Until that many runs were counted.
    pub(crate) async fn reached(&self, runs: usize) {
        let mut total = self.total.subscribe();
        tokio::time::timeout(PATIENCE, total.wait_for(|total| *total >= runs))
            .await
            .unwrap()
            .unwrap();
    }

    pub(crate) fn runs(&self) -> BTreeMap<Uuid, u32> {
        self.runs.lock().unwrap().clone()
    }

    /// The origins in the order in which they were served.
    pub(crate) fn order(&self) -> Vec<TenantId> {
        self.order.lock().unwrap().clone()
    }
}

#[async_trait]
impl<F, O> Handler for Counting<F>
where
    F: Fn(ClaimedWork) -> O + Send + Sync + 'static,
    O: Future<Output = Result<(), JobError>> + Send,
{
    async fn handle(&self, work: ClaimedWork) -> Result<(), JobError> {
        *self.runs.lock().unwrap().entry(work.work_id).or_default() += 1;
        self.order.lock().unwrap().push(work.origin_id);
        self.total.send_modify(|total| *total += 1);
        (self.outcome)(work).await
    }
}

/// A handler to which everything succeeds.
pub(crate) async fn well(_: ClaimedWork) -> Result<(), JobError> {
    Ok(())
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
