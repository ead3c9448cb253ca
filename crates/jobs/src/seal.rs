//! The sealer: chains and signs what deeds appended to the audit trail, within a second. Any number of
//! processes may run one; a lock per tenant lets one of them at a chain.
use std::time::Duration;

use casework::Casework;

/// Twice a second, so that one missed turn still keeps the promise.
const EVERY: Duration = Duration::from_millis(500);

/// Seals until told to stop, and once more then.
pub async fn seal(casework: Casework, shutdown: impl Future<Output = ()>) {
    let mut tick = tokio::time::interval(EVERY);
    let mut shutdown = std::pin::pin!(shutdown);
    loop {
        let last = tokio::select! {
            _ = tick.tick() => false,
            () = &mut shutdown => true,
        };
        if let Err(error) = casework::audit_seal(&casework).await {
            tracing::error!(%error, "the audit trail was not sealed; trying again");
        }
        if last {
            return;
        }
    }
}
