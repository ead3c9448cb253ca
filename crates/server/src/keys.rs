//! `plumbline keys`: the keys that seal the keys of people. Rotating makes a new one and seals everything with
//! it, while servers run: they go on with the older keys until they are started again.
use std::sync::Arc;

use anyhow::bail;
use casework::{Casework, NoBell};
use store::Settings;

use crate::{
    output,
    running::block_on,
    secrets::{Secrets, field_key},
    settings::DatabaseArgs,
};

/// What to do with the keys.
#[derive(clap::Subcommand)]
pub(crate) enum KeysCommand {
    /// Make a new field key, and seal every person's key with it; start servers again afterwards
    Rotate {
        #[command(flatten)]
        database: DatabaseArgs,
    },
    /// Forget the older field keys; only after every server was started again since the last rotation
    Retire {
        #[command(flatten)]
        database: DatabaseArgs,
    },
}

pub(crate) fn run(command: &KeysCommand) -> anyhow::Result<()> {
    match command {
        KeysCommand::Rotate { database } => rotate(database),
        KeysCommand::Retire { database } => retire(database),
    }
}

fn rotate(database: &DatabaseArgs) -> anyhow::Result<()> {
    let (settings, mut secrets) = database.settings()?;
    if !Secrets::field_keys_elsewhere() {
        secrets.field_keys.insert(0, field_key());
        // In the file before anything is sealed with it: a key that is lost loses what it sealed.
        secrets.replace(&database.secrets)?;
    }
    let (newest, sealed) = rewrap(database, &settings, &secrets)?;
    output::line(&format!(
        "{sealed} keys of people are sealed anew, with {newest}; start the servers again, so that they seal with it too"
    ))
}

fn retire(database: &DatabaseArgs) -> anyhow::Result<()> {
    let (settings, mut secrets) = database.settings()?;
    if Secrets::field_keys_elsewhere() {
        bail!("the field keys are in the environment; take the older ones out there");
    }
    let (newest, sealed) = rewrap(database, &settings, &secrets)?;
    if sealed > 0 {
        bail!(
            "{sealed} keys of people were still sealed with older keys and are sealed with {newest} now; \
             start every server again, then retire"
        );
    }
    secrets.field_keys.truncate(1);
    secrets.replace(&database.secrets)?;
    output::line(&format!("only {newest} is left"))
}

fn rewrap(
    database: &DatabaseArgs,
    settings: &Settings,
    secrets: &Secrets,
) -> anyhow::Result<(String, u64)> {
    let keys = secrets.casework()?;
    let newest = keys.field_keys.newest().to_owned();
    block_on(async {
        let databases = database.connect(settings).await?;
        let casework = Casework::new(databases, Arc::new(NoBell), keys, false);
        Ok((newest, casework::field_keys_rewrap(&casework).await?))
    })
}
