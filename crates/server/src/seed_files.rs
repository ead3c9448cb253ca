//! Reading `seed/` from disk, and `plumbline seed`. A file that is not JSON is named with its line.
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, bail};
use casework::{Casework, NoBell, SeedSummary, SeedTarget};
use serde_json::Value;

use crate::{
    output,
    running::block_on,
    secrets::Secrets,
    settings::{DatabaseArgs, SourceArgs},
};

/// Largest seed file.
const FILE_BYTES_MAX: u64 = 4 * 1024 * 1024;

/// Every JSON file below a folder, by path below it.
pub(crate) fn read(folder: &Path) -> anyhow::Result<BTreeMap<String, Value>> {
    let mut files = BTreeMap::new();
    let mut folders: Vec<PathBuf> = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        let entries = fs::read_dir(&next).with_context(|| {
            format!(
                "{} cannot be read; start where seed/ is, or give --seed",
                next.display()
            )
        })?;
        for entry in entries {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path
                .extension()
                .is_some_and(|extension| extension == "json")
            {
                let name = path
                    .strip_prefix(folder)?
                    .to_string_lossy()
                    .replace('\\', "/");
                files.insert(name, read_one(&path)?);
            }
        }
    }
    Ok(files)
}

fn read_one(path: &Path) -> anyhow::Result<Value> {
    if fs::metadata(path)?.len() > FILE_BYTES_MAX {
        bail!("{} has more than {FILE_BYTES_MAX} bytes", path.display());
    }
    let text =
        fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?;
    serde_json::from_str(&text).with_context(|| format!("{} is not JSON", path.display()))
}

/// Loads the demonstration data.
pub(crate) async fn load(
    settings: &store::Settings,
    casework: &Casework,
    secrets: &Secrets,
    folder: &Path,
) -> anyhow::Result<SeedSummary> {
    let files = read(folder)?;
    let owner = settings.owner().await?;
    let password = secrets.demo_password.clone();
    let hash = tokio::task::spawn_blocking(move || casework::hash_password(&password)).await??;
    let target = SeedTarget {
        owner: &owner,
        casework,
        password_hash: &hash,
    };
    Ok(casework::seed(&target, &files).await?)
}

/// `plumbline seed`.
pub(crate) fn run(database: &DatabaseArgs, source: &SourceArgs) -> anyhow::Result<()> {
    let (settings, secrets) = database.settings()?;
    block_on(async {
        let databases = database.connect(&settings).await?;
        let casework = Casework::new(
            databases,
            std::sync::Arc::new(NoBell),
            secrets.casework()?,
            true,
        );
        let summary = load(&settings, &casework, &secrets, &source.seed).await?;
        if summary.was_there {
            return output::line("the demonstration data is there already");
        }
        output::line(&format!(
            "loaded {} tenants and {} applications; {} pieces of work done",
            summary.tenants, summary.applications, summary.work
        ))
    })
}
