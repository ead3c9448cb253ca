//! `plumbline notices`: an operator publishes a version of the notice on personal data. Registration opens with the first.
use std::path::Path;

use crate::{json_file, output, running::block_on, settings::DatabaseArgs};

/// Publishes one version.
pub(crate) fn run(database: &DatabaseArgs, input: &Path) -> anyhow::Result<()> {
    let body = json_file::read(input)?;
    let (settings, _) = database.settings()?;
    block_on(async {
        let owner = database.owner(&settings).await?;
        let loaded = casework::notice_load(&owner, &body).await?;
        let (version, from) = (&loaded.version, loaded.effective_from);
        let came = if loaded.is_new {
            format!("published version {version}, which holds from {from}")
        } else {
            format!("version {version} is there already; nothing changed")
        };
        output::line(&came)
    })
}
