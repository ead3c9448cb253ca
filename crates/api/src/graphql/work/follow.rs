//! Following progress: the database is read each second from the last sequence on, as whoever the
//! session stands for at that moment. A missed bell or a restart therefore loses nothing.
use std::{collections::VecDeque, sync::Arc, time::Duration};

use access::Actor;
use async_graphql::Error;
use casework::{CaseError, CaseResult, Casework, ProgressSubject, ProgressView};
use futures_util::stream::{self, Stream};
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore, watch},
    time::{Interval, MissedTickBehavior, interval},
};
use uuid::Uuid;

use super::types::{ProgressEvent, newest_per_kind};
use crate::{answer::refused, caller::apart};

/// How often the database is read.
const POLL: Duration = Duration::from_secs(1);

/// The session of a WebSocket connection. Its keeper looks at the session each second and clears
/// the actor when it has ended.
#[derive(Clone)]
pub(crate) struct LiveSession {
    pub(crate) casework: Casework,
    pub(crate) actor: watch::Receiver<Option<Arc<Actor>>>,
    pub(crate) streams: Arc<Semaphore>,
}

/// What is followed.
#[derive(Debug, Clone, Copy)]
pub(super) enum Subject {
    Application(Uuid),
    Round(Uuid),
}

impl Subject {
    fn of_ledger(self) -> ProgressSubject {
        match self {
            Self::Application(id) => ProgressSubject::Application(id),
            Self::Round(id) => ProgressSubject::Round(id),
        }
    }
}

struct Follower {
    session: LiveSession,
    subject: Subject,
    after: i64,
    polls: Interval,
    waiting: VecDeque<ProgressEvent>,
    ended: bool,
    _place: OwnedSemaphorePermit,
}

/// Events of a subject from now on, beginning with where it stands.
pub(super) fn follow(
    session: LiveSession,
    subject: Subject,
) -> Result<impl Stream<Item = async_graphql::Result<ProgressEvent>>, Error> {
    let place = Arc::clone(&session.streams)
        .try_acquire_owned()
        .map_err(|_| Error::new("This connection follows too many things. Close some pages."))?;
    let mut polls = interval(POLL);
    polls.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let waiting = VecDeque::new();
    let follower = Follower {
        session,
        subject,
        after: 0,
        polls,
        waiting,
        ended: false,
        _place: place,
    };
    Ok(stream::unfold(follower, |mut follower| async move {
        follower.next().await.map(|event| (event, follower))
    }))
}

impl Follower {
    async fn next(&mut self) -> Option<async_graphql::Result<ProgressEvent>> {
        loop {
            if let Some(event) = self.waiting.pop_front() {
                return Some(Ok(event));
            }
            if self.ended {
                return None;
            }
            self.polls.tick().await;
            let actor = self.session.actor.borrow().clone()?;
            match self.poll(actor).await {
                Ok(events) => self.waiting.extend(events),
                Err(CaseError::Internal(cause)) => {
                    tracing::warn!(cause, "progress could not be read; trying again");
                }
                Err(error) => {
                    self.ended = true;
                    return Some(Err(refused(error)));
                }
            }
        }
    }

    /// What is new, the newest of each kind: whoever follows reads the rest when it hears of it.
    async fn poll(&mut self, actor: Arc<Actor>) -> CaseResult<Vec<ProgressEvent>> {
        let (casework, subject, after) = (self.session.casework.clone(), self.subject, self.after);
        let read = apart(async move {
            let of_ledger = subject.of_ledger();
            let new = casework::progress_since(&casework, &actor, of_ledger, after).await?;
            let count = if new.is_empty() {
                (0, 0)
            } else {
                count(&casework, &actor, subject).await?
            };
            Ok((new, count))
        });
        let (new, (done, total)) = read.await?;
        self.after = new.iter().map(|step| step.sequence).fold(after, i64::max);
        let mut newest = newest_per_kind(new);
        newest.sort_by_key(|step| step.sequence);
        newest
            .into_iter()
            .map(|step| ProgressEvent::new(step, done, total))
            .collect()
    }
}

/// How much of the whole is done: steps of an application, screenings of a round.
async fn count(casework: &Casework, actor: &Actor, subject: Subject) -> CaseResult<(usize, usize)> {
    match subject {
        Subject::Application(id) => {
            let steps = casework::application_progress(casework, actor, id).await?;
            let steps = newest_per_kind(steps);
            Ok((
                steps.iter().filter(|step| is_over(step)).count(),
                steps.len(),
            ))
        }
        Subject::Round(id) => {
            let counts = casework::round_counts(casework, actor, id).await?;
            Ok(counts.map_or((0, 0), |counts| (counts.screened, counts.received)))
        }
    }
}

fn is_over(step: &ProgressView) -> bool {
    ["done", "failed", "dead"].contains(&step.state.as_str())
}
