//! `plumbline audit`: checks every organisation's trail against the signed checkpoints, those that the
//! sealer wrote outside the database among them; and the file they are written to.
use std::{
    fs::OpenOptions,
    io::{BufRead as _, Write as _},
    os::unix::fs::OpenOptionsExt as _,
    path::{Path, PathBuf},
    sync::Mutex,
};

use anyhow::{Context as _, bail};
use audit::{PublicKey, SignedCheckpoint, SigningKey};
use casework::{AuditCheckView, CheckpointLog};

use crate::{output, running::block_on, secrets::Secrets, settings::DatabaseArgs};

/// What to do with the trail.
#[derive(clap::Subcommand)]
pub(crate) enum AuditCommand {
    /// Check every trail; ends with an error when one does not hold
    Verify {
        #[command(flatten)]
        database: DatabaseArgs,
        /// Public key to check with (64 hexadecimal characters); without it the one in the secrets file
        #[arg(long)]
        key: Option<String>,
    },
    /// Print the public key that checks the checkpoints
    Key {
        #[command(flatten)]
        database: DatabaseArgs,
    },
}

pub(crate) fn run(command: &AuditCommand) -> anyhow::Result<()> {
    match command {
        AuditCommand::Verify { database, key } => verify(database, key.as_deref()),
        AuditCommand::Key { database } => {
            let (_, secrets) = database.settings()?;
            output::line(&own_key(&secrets)?.to_hex())
        }
    }
}

fn own_key(secrets: &Secrets) -> anyhow::Result<PublicKey> {
    let key = SigningKey::from_hex(secrets.audit_key());
    let key = key.context("audit_key in the secrets file is not 64 hexadecimal characters")?;
    Ok(key.public())
}

fn verify(database: &DatabaseArgs, key: Option<&str>) -> anyhow::Result<()> {
    let (settings, secrets) = database.settings()?;
    let key = match key {
        Some(text) => PublicKey::from_hex(text).context(
            "--key is not a public key: 64 hexadecimal characters, as `plumbline audit key` prints",
        )?,
        None => own_key(&secrets)?,
    };
    let kept = read(&database.checkpoints)?;
    let views = block_on(async {
        let owner = database.owner(&settings).await?;
        Ok(casework::audit_check_all(&owner, &kept, key).await?)
    })?;
    let mut wrong: usize = 0;
    for view in &views {
        wrong = wrong.saturating_add(view.findings.len());
        report(view)?;
    }
    output::line(&format!(
        "{} trails, {} checkpoints kept in {}, {wrong} findings",
        views.len(),
        kept.len(),
        database.checkpoints.display()
    ))?;
    if wrong > 0 {
        bail!("the audit trail does not hold: {wrong} findings");
    }
    Ok(())
}

fn report(view: &AuditCheckView) -> anyhow::Result<()> {
    let tenant = view.tenant.0;
    if view.findings.is_empty() {
        return output::line(&format!(
            "{tenant}  {} entries hold, {} checkpoints",
            view.links, view.checkpoints
        ));
    }
    for finding in &view.findings {
        let place = finding.sequence.map_or("-".to_owned(), |at| at.to_string());
        let entry = finding.entry.map_or("-".to_owned(), |id| id.to_string());
        output::line(&format!(
            "{tenant}  {} at {place}, entry {entry}",
            finding.kind.word()
        ))?;
    }
    Ok(())
}

/// The checkpoints of the file; none when there is no file yet.
fn read(path: &Path) -> anyhow::Result<Vec<SignedCheckpoint>> {
    if !path.exists() {
        return Ok(Vec::new());
    }
    let file = std::fs::File::open(path).with_context(|| format!("{}", path.display()))?;
    let mut found = Vec::new();
    for (number, line) in std::io::BufReader::new(file).lines().enumerate() {
        let line = line?;
        let signed = serde_json::from_str(&line).with_context(|| {
            let number = number.saturating_add(1);
            format!("{}, line {number}: not a checkpoint", path.display())
        })?;
        found.push(signed);
    }
    Ok(found)
}

/// The file that checkpoints are added to, one a line. It belongs on another disk, or is shipped away.
pub(crate) struct CheckpointFile {
    path: PathBuf,
    writing: Mutex<()>,
}

impl CheckpointFile {
    pub(crate) fn new(path: PathBuf) -> Self {
        Self {
            path,
            writing: Mutex::new(()),
        }
    }
}

impl CheckpointLog for CheckpointFile {
    fn append(&self, line: &str) -> std::io::Result<()> {
        let _alone = self.writing.lock();
        let mut open = OpenOptions::new();
        let mut file = open
            .append(true)
            .create(true)
            .mode(0o600)
            .open(&self.path)?;
        // One write, so that two processes do not mix their lines.
        file.write_all(format!("{line}\n").as_bytes())
    }
}
