//! `plumbline migrate`: roles, database, migrations; safe to run again.
use anyhow::Context as _;
use store::bootstrap;

use crate::{output, running::block_on, secrets::Secrets, settings::DatabaseArgs};

/// Brings the database to the newest migration, creating it first when an admin URL is given.
pub(crate) fn run(database: &DatabaseArgs, admin_url: Option<&str>) -> anyhow::Result<()> {
    let secrets = Secrets::read_or_make(&database.secrets)?;
    let settings = database.settings_with(&secrets);
    block_on(async {
        if let Some(url) = admin_url {
            bootstrap::create_database(url, &settings.database, &settings.passwords)
                .await
                .context("the database cannot be created with PLUMBLINE_ADMIN_URL")?;
        }
        let owner = settings.owner().await.context(
            "plumbline_owner cannot sign in; give PLUMBLINE_ADMIN_URL so that roles and database are created",
        )?;
        bootstrap::migrate(&owner).await?;
        output::line("the database is at the newest migration")
    })
}
