//! The post: sends the mail that is due, every second. Any number of processes may run one; a lease lets one of them
//! at a mail.
use std::time::Duration;

use casework::Casework;

const EVERY: Duration = Duration::from_secs(1);

/// Sends until told to stop.
pub async fn post(casework: Casework, shutdown: impl Future<Output = ()>) {
    let mut tick = tokio::time::interval(EVERY);
    tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut shutdown = std::pin::pin!(shutdown);
    loop {
        tokio::select! {
            _ = tick.tick() => {}
            () = &mut shutdown => return,
        }
        if let Err(error) = casework::mail_send_due(&casework).await {
            tracing::error!(%error, "mail that is due could not be looked at; trying again");
        }
    }
}
