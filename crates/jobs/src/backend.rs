//! The ledger as an apalis backend: a stream of claimed rows. It claims when a slot is free and
//! its hand is empty, sleeps until the bell rings or a second has passed, and never ends with an
//! error: a database that is away is waited for.

use std::{
    collections::VecDeque,
    convert::Infallible,
    task::{Context, Poll},
    time::Duration,
};

use access::TenantId;
use apalis_core::{
    backend::{Backend, BackendConfig, finalize::Ephemeral},
    task::{Task, builder::TaskBuilder, task_id::TaskId},
    worker::context::WorkerContext,
};
use futures_util::{StreamExt, stream, stream::BoxStream};
use store::work::{ClaimRequest, ClaimedWork, Ledger};
use tower::layer::util::Identity;
use uuid::Uuid;

use crate::{bell::Ear, held::Held};

/// An empty claim may only mean that another worker was taking the same rows at that moment.
const SECOND_LOOK: Duration = Duration::from_millis(10);

/// What apalis polls.
pub(crate) struct LedgerBackend {
    claimed: BoxStream<'static, ClaimedWork>,
}

/// What the stream of claims needs.
pub(crate) struct Claims {
    pub(crate) ledger: Ledger,
    pub(crate) held: Held,
    pub(crate) ear: Ear,
    pub(crate) request: ClaimRequest,
    pub(crate) poll: Duration,
}

impl LedgerBackend {
    pub(crate) fn new(claims: Claims) -> Self {
        let hand = VecDeque::new();
        let claimed = stream::unfold((claims, hand), |(mut claims, mut hand)| async move {
            while hand.is_empty() {
                hand = claims.next_batch().await;
            }
            hand.pop_front().map(|work| (work, (claims, hand)))
        });
        Self {
            claimed: claimed.boxed(),
        }
    }
}

impl Claims {
    /// One claim; when there is nothing to do, returns empty-handed after the bell or the poll.
    async fn next_batch(&mut self) -> VecDeque<ClaimedWork> {
        // What rings from here on is heard by `wait`.
        self.ear.listen_anew();
        let mut claimed = self.claim().await;
        if claimed.is_empty() {
            tokio::time::sleep(SECOND_LOOK).await;
            claimed = self.claim().await;
        }
        // The claim is ordered by turn, then by place in the ring: the farthest place is the last
        // first turn.
        let mut seen = Vec::new();
        for work in &claimed {
            if seen.contains(&work.origin_id) {
                break;
            }
            seen.push(work.origin_id);
        }
        match seen.last() {
            Some(origin) => self.request.after = *origin,
            None => self.ear.wait(self.poll).await,
        }
        claimed
    }

    /// Runs in a task of its own: a claim that was sent is always taken note of, even when the
    /// worker is dropped meanwhile.
    async fn claim(&mut self) -> VecDeque<ClaimedWork> {
        self.request.suspect = !self.held.has_suspect();
        let (ledger, held, request) =
            (self.ledger.clone(), self.held.clone(), self.request.clone());
        let claim = tokio::spawn(async move {
            let claimed = ledger.claim(&request).await?;
            if !held.take(&claimed) {
                let back: Vec<_> = claimed
                    .iter()
                    .map(|work| (work.work_id, work.fence))
                    .collect();
                ledger.release(&back).await?;
                return Ok(VecDeque::new());
            }
            Ok::<_, store::StoreError>(VecDeque::from(claimed))
        });
        match claim.await {
            Ok(Ok(claimed)) => claimed,
            Ok(Err(error)) => {
                tracing::warn!(%error, "work cannot be claimed; trying again");
                VecDeque::new()
            }
            Err(error) => {
                tracing::error!(%error, "a claim was interrupted; trying again");
                VecDeque::new()
            }
        }
    }
}

impl Backend for LedgerBackend {
    type Task = Task<ClaimedWork>;
    type Error = Infallible;

    fn poll_ready(
        &mut self,
        _: &mut Context<'_>,
        _: &WorkerContext,
    ) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn poll_next(
        &mut self,
        cx: &mut Context<'_>,
        _: &WorkerContext,
    ) -> Poll<Option<Result<Self::Task, Infallible>>> {
        self.claimed
            .poll_next_unpin(cx)
            .map(|next| next.map(|work| Ok(task(work))))
    }

    fn poll_close(
        &mut self,
        _: &mut Context<'_>,
        _: &WorkerContext,
    ) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }
}

impl BackendConfig for LedgerBackend {
    type Args = ClaimedWork;
    type Id = Uuid;
    type Kind = Ephemeral;
    type Config = ();
    type Layer = Identity;

    fn config(&self) -> &() {
        &()
    }

    fn middleware(&mut self, _: &mut WorkerContext) -> Identity {
        Identity::new()
    }
}

/// The row rides along as data, where the acknowledgement finds its fence.
fn task(work: ClaimedWork) -> Task<ClaimedWork> {
    TaskBuilder::new(work.clone())
        .task_id(TaskId::from_string(work.work_id.to_string()))
        .data(work)
        .build()
}

/// Where the ring of origins begins.
pub(crate) const RING_START: TenantId = TenantId(Uuid::nil());
