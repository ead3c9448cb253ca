//! A file of an operator's own, such as a list or a notice: bounded in size, and named when it is not JSON.
use std::path::Path;

use anyhow::{Context as _, bail};
use explain::json::Json;

/// Largest file.
const FILE_BYTES_MAX: u64 = 1024 * 1024;

/// Reads one.
pub(crate) fn read(input: &Path) -> anyhow::Result<Json> {
    let shown = input.display();
    let size = std::fs::metadata(input).with_context(|| format!("{shown} cannot be read"))?;
    if size.len() > FILE_BYTES_MAX {
        bail!("{shown} has more than {FILE_BYTES_MAX} bytes");
    }
    let text = std::fs::read_to_string(input).with_context(|| format!("{shown} cannot be read"))?;
    Json::parse(&text).map_err(|problem| anyhow::anyhow!("{shown}: {}", problem.message))
}
