//! `plumbline exempt-schemes`: an operator loads the official list, with its day and whether it is
//! complete. Until then only the fictional codes of the demonstration are known.
use std::path::Path;

use crate::{json_file, output, running::block_on, settings::DatabaseArgs};

/// Loads one list.
pub(crate) fn run(database: &DatabaseArgs, input: &Path) -> anyhow::Result<()> {
    let body = json_file::read(input)?;
    let (settings, _) = database.settings()?;
    block_on(async {
        let owner = database.owner(&settings).await?;
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
