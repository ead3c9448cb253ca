//! Two questions of whoever runs the process: does it live, and can it work?
use std::time::Duration;

use axum::{extract::State, http::StatusCode};

use crate::state::App;

/// A database that takes longer does not count as ready.
const READY_WAIT: Duration = Duration::from_secs(2);

/// `/healthz`.
pub(crate) async fn alive() -> &'static str {
    "alive\n"
}

/// `/readyz`.
pub(crate) async fn ready(State(app): State<App>) -> (StatusCode, &'static str) {
    let asking = tokio::spawn(async move { app.casework.is_ready().await });
    match tokio::time::timeout(READY_WAIT, asking).await {
        Ok(Ok(true)) => (StatusCode::OK, "ready\n"),
        Ok(Ok(false) | Err(_)) | Err(_) => (
            StatusCode::SERVICE_UNAVAILABLE,
            "the database does not answer\n",
        ),
    }
}
