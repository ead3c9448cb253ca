//! `plumbline facts`: the machine's owner loads what an NGO's papers say of one financial year. Forms read these facts
//! and never ask for them, so an organisation that has just been let in has none until then.
use std::{path::Path, sync::Arc};

use casework::{Casework, NoBell};

use crate::{json_file, output, running::block_on, settings::DatabaseArgs};

/// Loads one file.
pub(crate) fn run(database: &DatabaseArgs, input: &Path) -> anyhow::Result<()> {
    let body = json_file::read(input)?;
    let (settings, secrets) = database.settings()?;
    block_on(async {
        let databases = database.connect(&settings).await?;
        let casework = Casework::new(databases, Arc::new(NoBell), secrets.casework()?, false);
        let loaded = casework::organisation_facts_load(&casework, &body).await?;
        output::line(&format!(
            "{} facts of {} for {} are kept",
            loaded.facts, loaded.organisation, loaded.financial_year
        ))
    })
}
