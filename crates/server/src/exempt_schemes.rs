//! `plumbline exempt-schemes`: an operator loads the official list, with its day and whether it is
//! complete. Until then only the fictional codes of the demonstration are known.
use std::path::Path;

use anyhow::{Context as _, bail};
use explain::json::Json;

use crate::{output, running::block_on, settings::DatabaseArgs};

/// Largest list.
const FILE_BYTES_MAX: u64 = 1024 * 1024;

/// Loads one list.
pub(crate) fn run(database: &DatabaseArgs, input: &Path) -> anyhow::Result<()> {
    let shown = input.display();
    let size = std::fs::metadata(input).with_context(|| format!("{shown} cannot be read"))?;
    if size.len() > FILE_BYTES_MAX {
        bail!("{shown} has more than {FILE_BYTES_MAX} bytes");
    }
    let text = std::fs::read_to_string(input).with_context(|| format!("{shown} cannot be read"))?;
    let body =
        Json::parse(&text).map_err(|problem| anyhow::anyhow!("{shown}: {}", problem.message))?;
    let (settings, _) = database.settings()?;
    block_on(async {
        let owner = settings.owner().await?;
        let loaded = casework::exempt_schemes_load(&owner, &body).await?;
        let (codes, as_at) = (loaded.codes, loaded.as_at);
        if !loaded.is_new {
            return output::line(&format!(
                "a list as at {as_at} is there already; nothing changed"
            ));
        }
        let whole = if loaded.complete {
            "complete"
        } else {
            "not complete"
        };
        output::line(&format!("loaded {codes} codes as at {as_at}, {whole}"))
    })
}
