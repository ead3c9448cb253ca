//! The secrets file: passwords of the database roles, the sector key, and the password that the
//! demonstration users share. Made once, readable by its owner only.
use std::{
    fs,
    io::Write as _,
    os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _},
    path::Path,
};

use anyhow::Context as _;
use privacy::{KeyRing, KeyRingEntry};
use rand::distr::{Alphanumeric, SampleString as _};
use serde::{Deserialize, Serialize};
use store::RolePasswords;

/// Characters of a made secret: about 190 bits.
const SECRET_CHARS: usize = 32;
/// Characters of the demonstration password, which people type.
const DEMO_CHARS: usize = 10;
/// Characters of chance in the name of a key.
const NAME_CHARS: usize = 8;
/// Field keys from the environment instead of the file: `name:key` pairs, parted by commas, newest first.
const FIELD_KEYS: &str = "PLUMBLINE_FIELD_KEYS";

/// What the file holds.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Secrets {
    owner: String,
    app: String,
    worker: String,
    identity: String,
    report: String,
    sector_key: String,
    /// Signs the checkpoints of the audit trail. Files of earlier releases lack it.
    #[serde(default)]
    audit_key: String,
    /// Seal the keys of people, newest first. Files of earlier releases lack them.
    #[serde(default)]
    pub(crate) field_keys: Vec<KeyRingEntry>,
    /// Shared by the fictional users; useless for anybody else.
    pub(crate) demo_password: String,
}

/// Reads a file that nobody but its owner may read.
pub(crate) fn read_private(path: &Path) -> anyhow::Result<String> {
    let text = fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let rights = fs::metadata(path)?.permissions().mode() & 0o077;
    anyhow::ensure!(
        rights == 0,
        "{} can be read by others than its owner; run: chmod 600 {}",
        path.display(),
        path.display()
    );
    Ok(text)
}

impl Secrets {
    /// Fresh ones.
    fn make() -> Self {
        let secret = |chars| Alphanumeric.sample_string(&mut rand::rng(), chars);
        Self {
            owner: secret(SECRET_CHARS),
            app: secret(SECRET_CHARS),
            worker: secret(SECRET_CHARS),
            identity: secret(SECRET_CHARS),
            report: secret(SECRET_CHARS),
            sector_key: secret(SECRET_CHARS),
            audit_key: random_key(),
            field_keys: vec![field_key()],
            demo_password: secret(DEMO_CHARS),
        }
    }

    /// Reads the file.
    pub(crate) fn read(path: &Path) -> anyhow::Result<Self> {
        let text = read_private(path)?;
        serde_json::from_str(&text)
            .with_context(|| format!("{} is not a secrets file", path.display()))
    }

    /// Reads the file, making it the first time.
    pub(crate) fn read_or_make(path: &Path) -> anyhow::Result<Self> {
        if path.exists() {
            let mut kept = Self::read(path)?;
            if kept.audit_key.is_empty() || kept.field_keys.is_empty() {
                if kept.audit_key.is_empty() {
                    kept.audit_key = random_key();
                }
                if kept.field_keys.is_empty() {
                    kept.field_keys.push(field_key());
                }
                kept.replace(path)?;
            }
            return Ok(kept);
        }
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        let made = Self::make();
        made.write_new(path)?;
        Ok(made)
    }

    /// A new file takes the place of the old one at once, or not at all.
    pub(crate) fn replace(&self, path: &Path) -> anyhow::Result<()> {
        let beside = path.with_extension("new");
        if beside.exists() {
            fs::remove_file(&beside)?;
        }
        self.write_new(&beside)?;
        Ok(fs::rename(&beside, path)?)
    }

    fn write_new(&self, path: &Path) -> anyhow::Result<()> {
        let mut file = fs::OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(path)
            .with_context(|| format!("{} cannot be written", path.display()))?;
        file.write_all(serde_json::to_string_pretty(self)?.as_bytes())?;
        Ok(file.sync_all()?)
    }

    /// The passwords of the database roles.
    pub(crate) fn passwords(&self) -> RolePasswords {
        RolePasswords {
            owner: self.owner.clone(),
            app: self.app.clone(),
            worker: self.worker.clone(),
            identity: self.identity.clone(),
            report: self.report.clone(),
        }
    }

    /// Signs the checkpoints of the audit trail.
    pub(crate) fn audit_key(&self) -> &str {
        &self.audit_key
    }

    /// Whether the environment holds the field keys, in the place of the file.
    pub(crate) fn field_keys_elsewhere() -> bool {
        std::env::var(FIELD_KEYS).is_ok_and(|text| !text.trim().is_empty())
    }

    /// The keys that casework needs.
    pub(crate) fn casework(&self) -> anyhow::Result<casework::Secrets> {
        Ok(casework::Secrets {
            sector_key: self.sector_key.clone(),
            audit_key: self.audit_key.clone(),
            field_keys: self.key_ring()?,
        })
    }

    /// The keys that seal the keys of people: those of the environment where it has some, else the file's.
    fn key_ring(&self) -> anyhow::Result<KeyRing> {
        if Self::field_keys_elsewhere() {
            return KeyRing::new(&entries_of(&std::env::var(FIELD_KEYS)?)).context(FIELD_KEYS);
        }
        KeyRing::new(&self.field_keys).context("field_keys of the secrets file")
    }
}

/// `name:key` pairs, parted by commas, newest first.
fn entries_of(text: &str) -> Vec<KeyRingEntry> {
    text.split(',')
        .map(|pair| {
            let (id, key) = pair.trim().split_once(':').unwrap_or((pair, ""));
            KeyRingEntry {
                id: id.to_owned(),
                key: key.to_owned(),
            }
        })
        .collect()
}

/// A fresh key for the keys of people, named by chance.
pub(crate) fn field_key() -> KeyRingEntry {
    KeyRingEntry {
        id: format!(
            "key-{}",
            Alphanumeric.sample_string(&mut rand::rng(), NAME_CHARS)
        ),
        key: random_key(),
    }
}

/// 32 bytes in hexadecimal.
fn random_key() -> String {
    let bytes: [u8; 32] = rand::random();
    explain::hex(&bytes)
}
