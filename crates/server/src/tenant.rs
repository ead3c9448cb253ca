//! `plumbline tenant`: makes an organisation that nobody registers, an operator's or a council's, with the first person
//! who signs for it.
use std::sync::Arc;

use casework::{Casework, NoBell, TenantInput};

use crate::{output, running::block_on, settings::DatabaseArgs};

/// Which one.
#[derive(clap::Args)]
pub(crate) struct TenantArgs {
    /// `operator`, who lets organisations in, or `council`, who reads the sector report and keeps the proxy library
    #[arg(long)]
    kind: String,
    /// English name
    #[arg(long)]
    name_en: String,
    /// Chinese name
    #[arg(long)]
    name_zh: String,
    /// Name of the first person who signs for it
    #[arg(long)]
    person: String,
    /// Their e-mail address
    #[arg(long)]
    email: String,
}

pub(crate) fn run(database: &DatabaseArgs, new: &TenantArgs) -> anyhow::Result<()> {
    let (settings, secrets) = database.settings()?;
    block_on(async {
        let databases = database.connect(&settings).await?;
        let casework = Casework::new(databases, Arc::new(NoBell), secrets.casework()?, false);
        let input = TenantInput {
            kind: &new.kind,
            name_en: &new.name_en,
            name_zh: &new.name_zh,
            person: &new.person,
            email: &new.email,
        };
        let id = casework::tenant_make(&casework, &input).await?;
        output::line(&format!(
            "{id} is made; {} sets a password at /reset and signs for it",
            new.email
        ))
    })
}
