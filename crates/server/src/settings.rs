//! Settings from the command line and the environment. Secrets come from files; from the environment only where an
//! operator's own tools put them there.
use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::Context as _;
use casework::{IdentityProvider, Scanner};
use explain::Text;
use server::{ObjectFiles, Oidc, OidcSettings, S3};
use store::{Databases, OwnerPool, Settings};

use crate::{
    mailer::MailArgs,
    secrets::{self, Secrets},
};

/// Where PostgreSQL usually listens.
const USUAL_PORT: u16 = 5432;
/// Connections per pool; each process has four pools.
const CONNECTIONS_MAX: u32 = 16;

/// Twenty of the heaviest operations that are taken; `tests/abuse/production.rs` prints what the web app costs.
const COST_CAPACITY: u64 = 400_000;
/// A bucket that was emptied is full again in less than two minutes.
const COST_PER_SECOND: u64 = 4_000;

/// The client secret of the identity provider, where no file holds it.
const CLIENT_SECRET: &str = "PLUMBLINE_OIDC_CLIENT_SECRET";

/// Where the database is.
#[derive(clap::Args, Clone)]
pub(crate) struct DatabaseArgs {
    /// Host of PostgreSQL
    #[arg(long, env = "PLUMBLINE_DATABASE_HOST", default_value = "127.0.0.1")]
    pub(crate) database_host: String,
    /// Port of PostgreSQL; without it the one of the database that `plumbline dev` runs beside the secrets file, else 5432
    #[arg(long, env = "PLUMBLINE_DATABASE_PORT")]
    pub(crate) database_port: Option<u16>,
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

/// An identity provider by which people sign in as well (OpenID Connect).
#[derive(clap::Args, Clone)]
pub(crate) struct ProviderArgs {
    /// Issuer of the identity provider, such as `https://login.example.org`; nobody signs in by one without it
    #[arg(
        long = "oidc-issuer",
        env = "PLUMBLINE_OIDC_ISSUER",
        requires = "client_id"
    )]
    issuer: Option<String>,
    /// Client id that the provider knows Plumbline by
    #[arg(long = "oidc-client-id", env = "PLUMBLINE_OIDC_CLIENT_ID")]
    client_id: Option<String>,
    /// File with the client secret, readable by its owner only
    #[arg(
        long = "oidc-client-secret-file",
        env = "PLUMBLINE_OIDC_CLIENT_SECRET_FILE"
    )]
    client_secret_file: Option<PathBuf>,
    /// What people call the provider in English
    #[arg(long = "oidc-label-en", env = "PLUMBLINE_OIDC_LABEL_EN")]
    label_en: Option<String>,
    /// What people call the provider in Chinese
    #[arg(long = "oidc-label-zh", env = "PLUMBLINE_OIDC_LABEL_ZH")]
    label_zh: Option<String>,
}

impl ProviderArgs {
    /// The provider that was asked for.
    pub(crate) fn provider(&self) -> anyhow::Result<Option<Arc<dyn IdentityProvider>>> {
        let given = |text: &Option<String>| text.clone().filter(|text| !text.trim().is_empty());
        let (Some(issuer), Some(client_id)) = (given(&self.issuer), given(&self.client_id)) else {
            return Ok(None);
        };
        let host = issuer.split("://").last().unwrap_or_default();
        let host = host.split('/').next().unwrap_or_default().to_owned();
        let english = given(&self.label_en).unwrap_or(host);
        let chinese = given(&self.label_zh).unwrap_or_else(|| english.clone());
        let settings = OidcSettings {
            issuer,
            client_id,
            client_secret: self.secret()?,
            label: Text::new(english, chinese),
        };
        let provider = Oidc::try_new(settings)
            .map_err(anyhow::Error::msg)
            .context("PLUMBLINE_OIDC_ISSUER")?;
        Ok(Some(Arc::new(provider)))
    }

    /// From the file, or from an environment that shows it to nobody else.
    fn secret(&self) -> anyhow::Result<Option<String>> {
        let secret = match &self.client_secret_file {
            Some(file) => secrets::read_private(file)?,
            None => std::env::var(CLIENT_SECRET).unwrap_or_default(),
        };
        Ok(Some(secret.trim().to_owned()).filter(|secret| !secret.is_empty()))
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

    /// The port, where `plumbline dev` left the number of its own.
    fn port(&self) -> u16 {
        let beside = self.secrets.with_file_name("port");
        let of_dev = || std::fs::read_to_string(beside).ok()?.trim().parse().ok();
        self.database_port.or_else(of_dev).unwrap_or(USUAL_PORT)
    }

    /// Connects as the owner, or says what to look at.
    pub(crate) async fn owner(&self, settings: &Settings) -> anyhow::Result<OwnerPool> {
        settings.owner().await.with_context(|| self.unreachable())
    }

    /// Connects what a running server needs, or says what to look at.
    pub(crate) async fn connect(&self, settings: &Settings) -> anyhow::Result<Databases> {
        settings.connect().await.with_context(|| self.unreachable())
    }

    /// What to look at when the database lets nobody in.
    fn unreachable(&self) -> String {
        format!(
            "PostgreSQL on {}:{} does not let us in; is it running, and was `plumbline migrate` run with {}? \
             Another port is given by --database-port",
            self.database_host,
            self.port(),
            self.secrets.display()
        )
    }

    /// The connection settings with given secrets.
    pub(crate) fn settings_with(&self, secrets: &Secrets) -> Settings {
        Settings {
            host: self.database_host.clone(),
            port: self.port(),
            database: self.database_name.clone(),
            passwords: secrets.passwords(),
            connections_max: CONNECTIONS_MAX,
        }
    }
}

/// What lies outside the product: mail, supporting documents, an identity provider, and the list that new passwords are held against.
#[derive(clap::Args, Clone)]
pub(crate) struct OutwardArgs {
    #[command(flatten)]
    pub(crate) mail: MailArgs,
    #[command(flatten)]
    pub(crate) files: FileArgs,
    #[command(flatten)]
    pub(crate) provider: ProviderArgs,
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

#[cfg(test)]
mod tests {
    use std::{fs, os::unix::fs::PermissionsExt as _};

    use clap::Parser as _;

    use super::*;

    #[derive(clap::Parser)]
    struct Args {
        #[command(flatten)]
        provider: ProviderArgs,
    }

    fn read(arguments: &[&str]) -> Result<ProviderArgs, clap::Error> {
        let arguments = std::iter::once("plumbline").chain(arguments.iter().copied());
        Args::try_parse_from(arguments).map(|args| args.provider)
    }

    #[test]
    fn a_provider_is_named_whole_and_nobody_else_reads_its_secret() {
        assert!(read(&[]).unwrap().provider().unwrap().is_none());
        let issuer = ["--oidc-issuer", "https://login.example/realm"];
        assert!(read(&issuer).is_err(), "without a client id");
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("secret");
        fs::write(&file, "between us\n").unwrap();
        let name = file.to_str().unwrap();
        let whole = [
            issuer[0],
            issuer[1],
            "--oidc-client-id",
            "x",
            "--oidc-client-secret-file",
            name,
        ];
        let args = read(&whole).unwrap();
        for (rights, is_taken) in [(0o644, false), (0o600, true)] {
            fs::set_permissions(&file, fs::Permissions::from_mode(rights)).unwrap();
            assert_eq!(args.provider().is_ok(), is_taken, "{rights:o}");
        }
        assert_eq!(args.secret().unwrap().as_deref(), Some("between us"));
        let provider = args.provider().unwrap().unwrap();
        assert_eq!(provider.label().en, "login.example");
        let plain = read(&[
            "--oidc-issuer",
            "http://login.example",
            "--oidc-client-id",
            "x",
        ]);
        assert!(plain.unwrap().provider().is_err(), "without TLS");
    }

    #[derive(clap::Parser)]
    struct Database {
        #[command(flatten)]
        database: DatabaseArgs,
    }

    #[test]
    fn without_a_port_it_is_the_one_beside_the_secrets_else_the_usual_one() {
        let folder = tempfile::tempdir().unwrap();
        let secrets = folder.path().join("secrets.json");
        let port = |more: &[&str]| {
            let given = ["plumbline", "--secrets", secrets.to_str().unwrap()];
            let all = given.iter().chain(more);
            Database::try_parse_from(all).unwrap().database.port()
        };
        assert_eq!(port(&[]), 5432);
        fs::write(folder.path().join("port"), "40123\n").unwrap();
        assert_eq!(port(&[]), 40123);
        assert_eq!(port(&["--database-port", "6000"]), 6000);
    }
}
