//! Retention: what has aged goes, every hour. Any number of processes may run it; deleting twice changes nothing.
use std::time::Duration;

use casework::Casework;

const EVERY: Duration = Duration::from_hours(1);

/// Expires until told to stop. The log says how many rows went, and nothing of what stood in them.
pub async fn expire(casework: Casework, shutdown: impl Future<Output = ()>) {
    let mut tick = tokio::time::interval(EVERY);
    tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut shutdown = std::pin::pin!(shutdown);
    loop {
        tokio::select! {
            _ = tick.tick() => {}
            () = &mut shutdown => return,
        }
        match casework::personal_data_expire(&casework).await {
            Ok(gone) => {
                for (class, rows) in gone.into_iter().filter(|(_, rows)| *rows > 0) {
                    tracing::info!(%class, rows, "aged rows were deleted");
                }
            }
            Err(error) => {
                tracing::error!(%error, "aged rows could not be deleted; trying again in an hour");
            }
        }
    }
}
