//! Settings from the command line and the environment. Secrets come from a file, never from either.
use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::Context as _;
use casework::Scanner;
use server::{ObjectFiles, S3};
use store::Settings;

use crate::{mailer::MailArgs, secrets::Secrets};

/// Connections per pool; each process has four pools.
const CONNECTIONS_MAX: u32 = 16;

/// Twenty of the heaviest operations that are taken; `tests/abuse/production.rs` prints what the web app costs.
const COST_CAPACITY: u64 = 400_000;
/// A bucket that was emptied is full again in less than two minutes.
const COST_PER_SECOND: u64 = 4_000;

/// Where the database is.
#[derive(clap::Args, Clone)]
pub(crate) struct DatabaseArgs {
    /// Host of PostgreSQL
    #[arg(long, env = "PLUMBLINE_DATABASE_HOST", default_value = "127.0.0.1")]
    pub(crate) database_host: String,
    /// Port of PostgreSQL
    #[arg(long, env = "PLUMBLINE_DATABASE_PORT", default_value_t = 5432)]
    pub(crate) database_port: u16,
    /// Name of the database
    #[arg(long, env = "PLUMBLINE_DATABASE_NAME", default_value = "plumbline")]
    pub(crate) database_name: String,
    /// File with the passwords of the database roles and the sector key; made on the first `migrate`
    #[arg(
        long,
        env = "PLUMBLINE_SECRETS",
        default_value = ".plumbline/secrets.json"
    )]
    pub(crate) secrets: PathBuf,
    /// File that the signed checkpoints of the audit trail are added to, outside the database
    #[arg(
        long,
        env = "PLUMBLINE_CHECKPOINTS",
        default_value = ".plumbline/audit-checkpoints.jsonl"
    )]
    pub(crate) checkpoints: PathBuf,
}

/// Where supporting documents lie, and who scans them. Every process that serves or works has the same.
#[derive(clap::Args, Clone)]
pub(crate) struct FileArgs {
    /// Folder of supporting documents, unless a bucket is named
    #[arg(long, env = "PLUMBLINE_FILES")]
    pub(crate) files: Option<PathBuf>,
    /// Bucket of an S3 service that keeps supporting documents
    #[arg(long, env = "PLUMBLINE_FILES_S3_BUCKET", requires = "files_s3_keys")]
    pub(crate) files_s3_bucket: Option<String>,
    /// Address of the S3 service, such as `https://s3.example.org`; the cloud's own without it
    #[arg(long, env = "PLUMBLINE_FILES_S3_ENDPOINT")]
    pub(crate) files_s3_endpoint: Option<String>,
    /// Region of the bucket
    #[arg(long, env = "PLUMBLINE_FILES_S3_REGION", default_value = "ap-east-1")]
    pub(crate) files_s3_region: String,
    /// File with `access_key_id` and `secret_access_key` as JSON
    #[arg(long, env = "PLUMBLINE_FILES_S3_KEYS")]
    pub(crate) files_s3_keys: Option<PathBuf>,
    /// Socket of the virus scanner `ClamAV`, such as `unix:/run/clamav/clamd.ctl` or `tcp:127.0.0.1:3310`; no virus scan without it
    #[arg(long, env = "PLUMBLINE_CLAMAV")]
    pub(crate) clamav: Option<server::Clamav>,
}

#[derive(serde::Deserialize)]
struct S3Keys {
    access_key_id: String,
    secret_access_key: String,
}

impl FileArgs {
    /// Opens the store: the bucket, else the folder, else the folder that is usual.
    pub(crate) fn store(&self, usual: &Path) -> anyhow::Result<ObjectFiles> {
        if let (Some(bucket), Some(keys)) = (&self.files_s3_bucket, &self.files_s3_keys) {
            let text = std::fs::read_to_string(keys)
                .with_context(|| format!("{} cannot be read", keys.display()))?;
            let keys: S3Keys = serde_json::from_str(&text)
                .with_context(|| format!("{} does not hold the two keys", keys.display()))?;
            let s3 = S3 {
                bucket: bucket.clone(),
                endpoint: self.files_s3_endpoint.clone(),
                region: self.files_s3_region.clone(),
                access_key_id: keys.access_key_id,
                secret_access_key: keys.secret_access_key,
            };
            return Ok(ObjectFiles::in_bucket(&s3)?);
        }
        let folder = self.files.as_deref().unwrap_or(usual);
        ObjectFiles::in_folder(folder)
            .with_context(|| format!("{} cannot keep files", folder.display()))
    }

    /// The scanner, where one is set up.
    pub(crate) fn scanner(&self) -> Option<Arc<dyn Scanner>> {
        let clamav = self.clamav.clone()?;
        Some(Arc::new(clamav))
    }
}

impl DatabaseArgs {
    /// The connection settings with the secrets read in.
    pub(crate) fn settings(&self) -> anyhow::Result<(Settings, Secrets)> {
        let secrets = Secrets::read(&self.secrets).with_context(|| {
            format!(
                "{} cannot be read; run `plumbline migrate` first",
                self.secrets.display()
            )
        })?;
        Ok((self.settings_with(&secrets), secrets))
    }

    /// The connection settings with given secrets.
    pub(crate) fn settings_with(&self, secrets: &Secrets) -> Settings {
        Settings {
            host: self.database_host.clone(),
            port: self.database_port,
            database: self.database_name.clone(),
            passwords: secrets.passwords(),
            connections_max: CONNECTIONS_MAX,
        }
    }
}

/// What lies outside the product: mail, supporting documents, and the list that new passwords are held against.
#[derive(clap::Args, Clone)]
pub(crate) struct OutwardArgs {
    #[command(flatten)]
    pub(crate) mail: MailArgs,
    #[command(flatten)]
    pub(crate) files: FileArgs,
    /// File of SHA-1 hashes of breached passwords, in order; new passwords in it are refused
    #[arg(long, env = "PLUMBLINE_BREACHED_PASSWORDS")]
    pub(crate) breached_passwords: Option<PathBuf>,
}

/// How the API is served.
#[derive(clap::Args, Clone)]
pub(crate) struct ServeArgs {
    /// Address to listen on
    #[arg(long, env = "PLUMBLINE_LISTEN", default_value = "127.0.0.1:8080")]
    pub(crate) listen: std::net::SocketAddr,
    /// Folder of the built web app
    #[arg(long, env = "PLUMBLINE_WEB", default_value = "frontend/dist")]
    pub(crate) web: PathBuf,
    /// Manifest of another release of the web app whose pages may still be open; may be given several times
    #[arg(long)]
    pub(crate) documents: Vec<PathBuf>,
    /// What one person, token or address may cost at once (an operation's complexity)
    #[arg(long, env = "PLUMBLINE_COST_CAPACITY", default_value_t = COST_CAPACITY)]
    pub(crate) cost_capacity: u64,
    /// How much of it comes back each second
    #[arg(long, env = "PLUMBLINE_COST_PER_SECOND", default_value_t = COST_PER_SECOND)]
    pub(crate) cost_per_second: u64,
    /// A proxy of ours stands in front; believe its X-Forwarded-For
    #[arg(long, env = "PLUMBLINE_BEHIND_PROXY")]
    pub(crate) behind_proxy: bool,
    /// Only serve; leave the work to `plumbline work`
    #[arg(long)]
    pub(crate) no_workers: bool,
}

/// Where the demonstration data is.
#[derive(clap::Args, Clone)]
pub(crate) struct SourceArgs {
    /// Folder of the demonstration data
    #[arg(long, env = "PLUMBLINE_SEED", default_value = "seed")]
    pub(crate) seed: PathBuf,
}

/// The shared Redis, when there is one.
pub(crate) fn redis_url() -> Option<String> {
    std::env::var("REDIS_URL")
        .ok()
        .filter(|url| !url.trim().is_empty())
}
