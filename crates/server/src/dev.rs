//! `plumbline dev`: everything on one machine from one command. A private PostgreSQL, migrations,
//! demonstration data, API, workers and web app; it prints the address and the sign-ins.
use std::path::Path;

use anyhow::Context as _;
use embedded::{Cluster, Options};
use store::{Settings, bootstrap};

use crate::{
    output,
    running::{self, Product, block_on},
    secrets::Secrets,
    seed_files,
    settings::{OutwardArgs, ServeArgs, SourceArgs},
};

/// Where the private cluster and the secrets live; left out of version control.
const ROOT: &str = ".plumbline";
/// Connections per pool: four pools on a cluster of one hundred.
const CONNECTIONS_MAX: u32 = 12;

/// Starts everything and runs until told to stop.
pub(crate) fn run(
    args: &ServeArgs,
    source: &SourceArgs,
    outward: &OutwardArgs,
) -> anyhow::Result<()> {
    output::start_logging();
    let root = Path::new(ROOT);
    // The port is asked for before anything slow is started.
    drop(std::net::TcpListener::bind(args.listen).map_err(|error| taken(args, &error))?);
    let cluster = Cluster::start(root, &Options::from_env())?;
    let secrets = Secrets::read_or_make(&root.join("secrets.json"))?;
    let settings = Settings {
        host: "127.0.0.1".to_owned(),
        port: cluster.port(),
        database: "plumbline".to_owned(),
        passwords: secrets.passwords(),
        connections_max: CONNECTIONS_MAX,
    };
    let admin = cluster.superuser_url("postgres");
    let outcome = block_on(async {
        bootstrap::create_database(&admin, &settings.database, &settings.passwords).await?;
        bootstrap::migrate(&settings.owner().await?).await?;
        let databases = settings.connect().await?;
        let checkpoints = root.join("audit-checkpoints.jsonl");
        let product = Product::over(
            databases,
            &secrets,
            &checkpoints,
            outward,
            Some(args.listen),
            true,
        )
        .await?;
        let casework = &product.casework;
        let listener = running::listen(args).await?;
        seed_files::load(&settings, casework, &secrets, &source.seed).await?;
        output::line(&welcome(args, &secrets, casework).await?)?;
        Box::pin(running::run(product, listener, args)).await
    });
    drop(cluster);
    outcome
}

fn taken(args: &ServeArgs, error: &std::io::Error) -> anyhow::Error {
    let port = args.listen.port();
    anyhow::anyhow!(
        "port {port} cannot be used ({error}); stop the program that has it, or choose another: \
         plumbline dev --listen 127.0.0.1:8081"
    )
}

async fn welcome(
    args: &ServeArgs,
    secrets: &Secrets,
    casework: &casework::Casework,
) -> anyhow::Result<String> {
    use std::fmt::Write as _;
    let mut text = format!("\nPlumbline 衡善 is running on http://{}\n", args.listen);
    if !args.web.join("index.html").exists() {
        let _ = writeln!(
            text,
            "The web app is not built ({}); run `make run`.",
            args.web.display()
        );
    }
    text.push_str(
        "All organisations, people and figures are fictional. Sign in as one of these:\n\n",
    );
    let users = casework::demo_users(casework)
        .await
        .context("listing the sign-ins")?;
    let shown: Vec<_> = users
        .iter()
        .filter(|user| FIRST.iter().any(|part| user.email.contains(part)))
        .collect();
    let width = shown.iter().map(|user| user.email.len()).max().unwrap_or(0);
    for user in shown {
        let roles: Vec<&str> = user.roles.iter().map(|role| role.as_str()).collect();
        let _ = writeln!(
            text,
            "  {:width$}  {}  {}",
            user.email,
            roles.join(", "),
            user.tenant.en
        );
    }
    let _ = writeln!(
        text,
        "\n  password for all of them: {}\n",
        secrets.demo_password
    );
    Ok(text)
}

/// The users that the main job needs, in the list at the start; the others are on the sign-in page.
const FIRST: [&str; 4] = ["@funder.", "@council.", "@plumbline.", "@harbour-lantern."];
