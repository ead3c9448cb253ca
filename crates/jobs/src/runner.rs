//! Runs work until told to stop: one apalis worker over the ledger, the heartbeat of what it
//! holds, and the sweeper of what others dropped.

use std::{sync::Arc, time::Duration};

use apalis::layers::{catch_panic::CatchPanicLayer, tracing::TraceLayer};
use apalis_core::{
    monitor::{Monitor, MonitorError},
    task::Task,
    worker::{
        builder::WorkerBuilder,
        ext::{ack::AcknowledgeLayer, parallelize::ParallelizeLayer},
    },
};
use futures_util::FutureExt;
use store::{
    WorkerPool,
    work::{ClaimRequest, ClaimedWork, Ledger, WorkKind},
};
use tokio::{task::JoinSet, time::interval};
use tower::{limit::ConcurrencyLimitLayer, timeout::TimeoutLayer};
use ulid::Ulid;

use crate::{
    acknowledge::Verdict,
    backend::{Claims, LedgerBackend, RING_START},
    bell::Bell,
    handler::{Handler, JobError},
    held::Held,
};

/// How often rows whose lease ran out are looked for.
const SWEEP_EVERY: Duration = Duration::from_secs(1);

/// How a runner works. The default suits one machine.
#[derive(Debug, Clone)]
pub struct Options {
    /// The first part of the worker's name; a ULID follows.
    pub role: String,
    /// The kinds of work to take.
    pub kinds: Vec<WorkKind>,
    /// Jobs at a time. The pool needs three connections more.
    pub concurrency: usize,
    /// Rows per claim; those that wait for a slot are kept from other workers.
    pub batch: i32,
    /// How long a row is held without a heartbeat: the time until a dead worker's work goes on.
    pub lease: Duration,
    /// No job may take longer.
    pub job_timeout: Duration,
    /// How long a lost bell can delay work.
    pub poll: Duration,
    /// The pause after a first failed attempt; it doubles with each.
    pub retry_pause: Duration,
    /// How long running jobs may go on after the signal to stop.
    pub drain: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            role: "worker".to_owned(),
            kinds: WorkKind::ALL.to_vec(),
            concurrency: 8,
            batch: 8,
            lease: Duration::from_secs(30),
            job_timeout: Duration::from_mins(2),
            poll: Duration::from_secs(1),
            retry_pause: Duration::from_secs(2),
            drain: Duration::from_secs(25),
        }
    }
}

/// Why a runner ended other than by being told to. The process should end with it, so that its
/// supervisor starts a new one.
#[derive(Debug, thiserror::Error)]
pub enum RunnerError {
    /// The workers returned though nobody asked them to.
    #[error("the workers stopped unasked")]
    Unasked,
    /// The workers broke.
    #[error("the workers broke: {0}")]
    Broke(#[from] MonitorError),
}

/// The workers of one process.
pub struct Runner {
    ledger: Ledger,
    bell: Bell,
    handler: Arc<dyn Handler>,
    options: Options,
    held: Held,
}

impl Runner {
    /// Workers on the given pool that wake at the bell and hand work to the handler.
    pub fn new(pool: &WorkerPool, bell: Bell, handler: Arc<dyn Handler>, options: Options) -> Self {
        Self {
            ledger: Ledger::new(pool),
            bell,
            handler,
            options,
            held: Held::default(),
        }
    }

    /// Works until `shutdown` resolves; then takes no more work, lets running jobs end for at most
    /// the drain time and gives the rest back.
    pub async fn run(self, shutdown: impl Future<Output = ()>) -> Result<(), RunnerError> {
        let name = format!("{}-{}", self.options.role, Ulid::generate());
        tracing::info!(
            name,
            concurrency = self.options.concurrency,
            "the worker starts"
        );
        let monitor = self.monitor(&name);
        let stop = monitor.context();
        let mut workers = monitor.run().boxed();
        // Tasks of their own, so that no job delays a heartbeat; they end with this future.
        let mut housekeeping = JoinSet::new();
        housekeeping.spawn(beat(
            self.ledger.clone(),
            self.held.clone(),
            self.options.lease,
        ));
        housekeeping.spawn(sweep(self.ledger.clone(), self.bell.clone()));
        let outcome = tokio::select! {
            ended = &mut workers => match ended {
                Ok(()) => Err(RunnerError::Unasked),
                Err(error) => Err(RunnerError::Broke(error)),
            },
            _ = housekeeping.join_next() => Err(RunnerError::Unasked),
            () = shutdown => {
                stop.shutdown()?;
                drain(&mut workers, self.options.drain).await
            }
        };
        // Ends what still runs, so that nothing of it goes on after its row is given back.
        drop(workers);
        drop(housekeeping);
        self.give_back().await;
        tracing::info!(name, "the worker has stopped");
        outcome
    }

    fn monitor(&self, name: &str) -> Monitor {
        let name = name.to_owned();
        let (ledger, bell, held) = (self.ledger.clone(), self.bell.clone(), self.held.clone());
        let (handler, options) = (Arc::clone(&self.handler), self.options.clone());
        // Never restarted within the process: whatever broke the worker ends the process.
        Monitor::new().register(move |_| {
            let claims = Claims {
                ledger: ledger.clone(),
                held: held.clone(),
                ear: bell.ear(),
                request: claim_request(&name, &options),
                poll: options.poll,
            };
            let verdict = Verdict {
                ledger: ledger.clone(),
                held: held.clone(),
                pause: options.retry_pause,
            };
            let handler = Arc::clone(&handler);
            WorkerBuilder::new(name.clone())
                .backend(LedgerBackend::new(claims))
                // From the outside in.
                .layer(ConcurrencyLimitLayer::new(options.concurrency))
                .layer(AcknowledgeLayer::new(verdict))
                .layer(TimeoutLayer::new(options.job_timeout))
                .layer(ParallelizeLayer::new(in_own_task))
                .layer(TraceLayer::new().make_span_with(span).on_failure(()))
                .layer(CatchPanicLayer::with_panic_handler(panicked))
                .build(move |work: ClaimedWork| {
                    let handler = Arc::clone(&handler);
                    async move { handler.handle(work).await }
                })
        })
    }

    async fn give_back(&self) {
        let left = self.held.close();
        if left.is_empty() {
            return;
        }
        match self.ledger.release(&left).await {
            Ok(released) => tracing::info!(released, "unfinished work went back to the queue"),
            Err(error) => tracing::warn!(%error, "unfinished work goes back when its lease ends"),
        }
        self.bell.ring();
    }
}

fn claim_request(name: &str, options: &Options) -> ClaimRequest {
    ClaimRequest {
        kinds: options.kinds.clone(),
        worker: name.to_owned(),
        batch: options.batch,
        lease: options.lease,
        after: RING_START,
        suspect: true,
    }
}

async fn drain(
    workers: &mut (impl Future<Output = Result<(), MonitorError>> + Unpin),
    at_most: Duration,
) -> Result<(), RunnerError> {
    if let Ok(ended) = tokio::time::timeout(at_most, workers).await {
        return Ok(ended?);
    }
    tracing::warn!(
        "jobs still run after {} s and are stopped",
        at_most.as_secs()
    );
    Ok(())
}

/// A task per job: jobs use every core, and one that blocks its thread cannot stop the heartbeat
/// or its own timeout. The task ends when the job is given up.
async fn in_own_task<T: Send + 'static>(
    job: impl Future<Output = T> + Send + 'static,
) -> Result<T, JobError> {
    let mut task = JoinSet::new();
    task.spawn(job);
    match task.join_next().await {
        Some(Ok(outcome)) => Ok(outcome),
        Some(Err(_)) | None => Err(JobError::Retry {
            code: "interrupted",
        }),
    }
}

fn span(task: &Task<ClaimedWork>) -> tracing::Span {
    let work = task.data().get::<ClaimedWork>();
    tracing::info_span!(
        "job",
        kind = work.map(|work| work.kind.as_str()),
        work_id = work.map(|work| work.work_id.to_string()),
        attempt = work.map(|work| work.attempt),
        trace_id = work.and_then(|work| work.trace_id.clone()),
    )
}

/// The message of a panic may hold content: the panic hook logs it, the ledger keeps the code.
fn panicked(_: &Box<dyn std::any::Any + Send>) -> JobError {
    JobError::Retry { code: "panicked" }
}

/// Renews what is held: three heartbeats per lease, so that one may fail.
async fn beat(ledger: Ledger, held: Held, lease: Duration) {
    let mut tick = interval(lease / 3);
    loop {
        tick.tick().await;
        let pairs = held.pairs();
        if pairs.is_empty() {
            continue;
        }
        if let Err(error) = ledger.heartbeat(&pairs, lease).await {
            tracing::warn!(%error, "leases were not renewed");
        }
    }
}

/// Sweeps what others dropped.
async fn sweep(ledger: Ledger, bell: Bell) {
    let mut tick = interval(SWEEP_EVERY);
    loop {
        tick.tick().await;
        match ledger.sweep().await {
            Ok(0) => {}
            Ok(rows) => {
                tracing::warn!(rows, "rows of silent workers were swept");
                bell.ring();
            }
            Err(error) => tracing::warn!(%error, "leases cannot be swept; trying again"),
        }
    }
}
