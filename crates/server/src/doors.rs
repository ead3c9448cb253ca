//! What the API's doors are opened with: the documents that sessions may run, and what callers may cost.
use std::{path::Path, sync::Arc};

use anyhow::Context as _;
use api::{CostBudget, CostSettings, Documents, MemoryBudget};

use crate::{
    cost_redis::RedisBudget,
    settings::{ServeArgs, redis_url},
};

/// The manifest that the web app's build leaves beside its pages.
const MANIFEST: &str = "documents.json";

/// The documents of the web app that is served, and of the releases that were named. `free` takes any others too.
pub(crate) fn documents(args: &ServeArgs, free: bool) -> anyhow::Result<Documents> {
    let own = args.web.join(MANIFEST);
    let own = own.exists().then_some(own);
    let mut documents = Documents::free();
    for path in own.iter().chain(&args.documents) {
        documents = read(documents, path)?;
    }
    if free {
        return Ok(documents);
    }
    if documents.is_empty() {
        tracing::warn!(
            web = %args.web.display(),
            "no trusted documents: only programs with a token are answered; build the web app, or name a manifest with --documents"
        );
    }
    Ok(documents.only())
}

fn read(documents: Documents, path: &Path) -> anyhow::Result<Documents> {
    let text = std::fs::read_to_string(path)
        .with_context(|| format!("{} cannot be read", path.display()))?;
    documents
        .with_manifest(&text)
        .with_context(|| format!("{} is not a manifest of trusted documents", path.display()))
}

/// Buckets in Redis when `REDIS_URL` is set, in this process otherwise.
pub(crate) fn budget(args: &ServeArgs) -> anyhow::Result<Arc<dyn CostBudget>> {
    let settings = CostSettings::try_new(args.cost_capacity, args.cost_per_second)
        .map_err(anyhow::Error::msg)?;
    Ok(match redis_url() {
        Some(url) => Arc::new(RedisBudget::open(&url, settings)?),
        None => Arc::new(MemoryBudget::new(settings)),
    })
}
