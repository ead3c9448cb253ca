//! The bell between casework, which rings, and the workers, who listen.

/// Rings the workers' bell.
pub(crate) struct WorkersBell(pub(crate) jobs::Bell);

impl casework::Bell for WorkersBell {
    fn ring(&self) {
        self.0.ring();
    }
}

/// The bell of this process: over Redis when `REDIS_URL` is set, in process otherwise.
pub(crate) async fn of_process() -> anyhow::Result<jobs::Bell> {
    match crate::settings::redis_url() {
        Some(url) => Ok(jobs::Bell::over_redis(&url).await?),
        None => Ok(jobs::Bell::in_process()),
    }
}
