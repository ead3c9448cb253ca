//! The bell that wakes idle workers. It carries no content and may be lost: whoever hears nothing
//! looks into the ledger once a second.

use std::{sync::Arc, time::Duration};

use tokio::{sync::watch, task::JoinSet};

use crate::bell_redis;

/// Rings in this process and, given Redis, in every other.
#[derive(Debug, Clone)]
pub struct Bell {
    here: watch::Sender<u64>,
    away: Option<watch::Sender<u64>>,
    // Aborted with the last clone.
    _tasks: Arc<JoinSet<()>>,
}

/// Why the bell cannot be hung up.
#[derive(Debug, thiserror::Error)]
pub enum BellError {
    /// The address has no meaning.
    #[error(
        "REDIS_URL is not a Redis address ({reason}); write it as redis://127.0.0.1:6379, or leave \
         it out to run without Redis"
    )]
    Address {
        /// What Redis' own reader says.
        reason: String,
    },
    /// Nobody answers there, or refuses.
    #[error(
        "no Redis answers at REDIS_URL, {address} ({reason}); start it, correct the address, or \
         leave REDIS_URL out to run without Redis"
    )]
    NoAnswer {
        /// Host and port, never the password.
        address: String,
        /// What was heard instead.
        reason: String,
    },
}

impl Bell {
    /// For one process.
    pub fn in_process() -> Self {
        Self {
            here: watch::Sender::new(0),
            away: None,
            _tasks: Arc::default(),
        }
    }

    /// For any number of processes that share a Redis. Asks Redis once, so that a wrong address is
    /// found at the start; later it may come and go.
    pub async fn over_redis(url: &str) -> Result<Self, BellError> {
        let client = bell_redis::open(url).await?;
        let (here, away) = (watch::Sender::new(0), watch::Sender::new(0));
        let mut tasks = JoinSet::new();
        tasks.spawn(bell_redis::hear(client.clone(), here.clone()));
        tasks.spawn(bell_redis::ring(client, away.subscribe()));
        Ok(Self {
            here,
            away: Some(away),
            _tasks: Arc::new(tasks),
        })
    }

    /// Wakes every idle worker. Call it after the commit that wrote the work; it never blocks, and
    /// many calls in a row are one ring.
    pub fn ring(&self) {
        strike(&self.here);
        if let Some(away) = &self.away {
            strike(away);
        }
    }

    pub(crate) fn ear(&self) -> Ear {
        Ear(self.here.subscribe())
    }
}

impl casework::Bell for Bell {
    fn ring(&self) {
        Self::ring(self);
    }
}

pub(crate) fn strike(bell: &watch::Sender<u64>) {
    bell.send_modify(|count| *count = count.wrapping_add(1));
}

/// One worker's ear.
pub(crate) struct Ear(watch::Receiver<u64>);

impl Ear {
    /// Forgets what rang before.
    pub(crate) fn listen_anew(&mut self) {
        self.0.mark_unchanged();
    }

    /// Until the bell rings, at most `poll`.
    pub(crate) async fn wait(&mut self, poll: Duration) {
        if let Ok(Err(_)) = tokio::time::timeout(poll, self.0.changed()).await {
            // The bell is gone; the poll remains.
            tokio::time::sleep(poll).await;
        }
    }
}
