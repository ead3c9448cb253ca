//! `plumbline privacy`: what is held about people and why, what has aged, and erasing somebody who asked on paper.
use std::{fmt::Write as _, sync::Arc};

use anyhow::bail;
use casework::{CaseError, Casework, NoBell};
use privacy::Register;

use crate::{output, running::block_on, settings::DatabaseArgs};

/// What to do about personal data.
#[derive(clap::Subcommand)]
pub(crate) enum PrivacyCommand {
    /// List every personal field: whose, what for, how it is guarded, how long it is kept
    Register {
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Delete what has aged, once, as the hourly job does; print how many rows went
    Expire {
        #[command(flatten)]
        database: DatabaseArgs,
    },
    /// Erase a person after a request on paper: closes the account and destroys the key of their names
    Erase {
        #[command(flatten)]
        database: DatabaseArgs,
        /// E-mail address or id
        #[arg(long)]
        user: String,
    },
}

pub(crate) fn run(command: &PrivacyCommand) -> anyhow::Result<()> {
    match command {
        PrivacyCommand::Register { json } => register(*json),
        PrivacyCommand::Expire { database } => expire(database),
        PrivacyCommand::Erase { database, user } => erase(database, user),
    }
}

fn register(json: bool) -> anyhow::Result<()> {
    let register = Register::read()?;
    if json {
        return output::line(&serde_json::to_string_pretty(&register)?);
    }
    let mut text = String::new();
    for field in &register.fields {
        let erased = if field.erased {
            "erased with the person"
        } else {
            "kept"
        };
        writeln!(
            text,
            "{}\n  of: {}; guarded: {}; class: {}; {erased}\n  {}\n  {}",
            field.field,
            field.whose,
            field.guard.word(),
            field.class,
            field.purpose.en,
            field.purpose.zh
        )?;
    }
    writeln!(text, "\nGrounds")?;
    for ground in &register.grounds {
        writeln!(
            text,
            "{}\n  {}\n  {}",
            ground.whose, ground.ground.en, ground.ground.zh
        )?;
    }
    writeln!(text, "\nClasses")?;
    for class in &register.classes {
        let days = class
            .days
            .map_or("-".to_owned(), |days| format!("{days} days"));
        writeln!(
            text,
            "{}: {days}\n  {}\n  {}",
            class.code, class.then.en, class.then.zh
        )?;
    }
    output::line(text.trim_end())
}

async fn casework(database: &DatabaseArgs) -> anyhow::Result<Casework> {
    let (settings, secrets) = database.settings()?;
    let databases = database.connect(&settings).await?;
    Ok(Casework::new(
        databases,
        Arc::new(NoBell),
        secrets.casework()?,
        false,
    ))
}

fn expire(database: &DatabaseArgs) -> anyhow::Result<()> {
    block_on(async {
        let casework = casework(database).await?;
        for (class, rows) in casework::personal_data_expire(&casework).await? {
            output::line(&format!("{class}: {rows}"))?;
        }
        Ok(())
    })
}

fn erase(database: &DatabaseArgs, user: &str) -> anyhow::Result<()> {
    block_on(async {
        let casework = casework(database).await?;
        match casework::person_erase(&casework, user).await {
            Ok(None) => {
                output::line("what was kept under this address is deleted; it has no account")
            }
            Ok(Some(id)) => output::line(&format!(
                "{id} is erased; after restoring an older backup, erase this id again"
            )),
            Err(CaseError::NotFound) => bail!("nobody has the id or address {user}"),
            Err(error) => Err(error.into()),
        }
    })
}
