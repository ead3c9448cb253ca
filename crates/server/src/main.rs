//! The `plumbline` binary: one program for every part of the product, so that a machine needs one
//! file. It reads settings, starts things and stops them.
//!
//! This crate must never hold a business rule: what a person or job can do lives in `casework`.

mod audit;
mod bell;
mod breached;
mod calc;
mod connections;
mod cost_redis;
mod dev;
mod doors;
mod exempt_schemes;
mod facts;
mod json_file;
mod keys;
mod mailer;
mod migrate;
mod notices;
mod output;
mod privacy;
mod running;
mod secrets;
mod seed_files;
mod settings;
mod tenant;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::settings::{DatabaseArgs, OutwardArgs, ServeArgs, SourceArgs};

/// Plumbline 衡善: grants and social return, evaluated exactly and explained.
#[derive(Parser)]
#[command(name = "plumbline", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Start everything on this machine with a private database and demonstration data
    Dev {
        #[command(flatten)]
        serve: ServeArgs,
        #[command(flatten)]
        source: SourceArgs,
        #[command(flatten)]
        outward: OutwardArgs,
    },
    /// Serve the API and the web app
    Serve {
        #[command(flatten)]
        database: DatabaseArgs,
        #[command(flatten)]
        serve: ServeArgs,
        #[command(flatten)]
        outward: OutwardArgs,
    },
    /// Do the work of the ledger; start as many as you like, on as many machines
    Work {
        #[command(flatten)]
        database: DatabaseArgs,
        /// Jobs at a time
        #[arg(long, default_value_t = 8)]
        concurrency: usize,
        #[command(flatten)]
        outward: OutwardArgs,
    },
    /// Create roles and database where they are missing, and bring the database to the newest migration
    Migrate {
        #[command(flatten)]
        database: DatabaseArgs,
        /// URL of a role that may create roles and databases
        #[arg(long, env = "PLUMBLINE_ADMIN_URL", hide_env_values = true)]
        admin_url: Option<String>,
    },
    /// Load the demonstration data of seed/
    Seed {
        #[command(flatten)]
        database: DatabaseArgs,
        #[command(flatten)]
        source: SourceArgs,
    },
    /// Make an operator's or a council's organisation with the first person who signs for it
    Tenant {
        #[command(flatten)]
        database: DatabaseArgs,
        #[command(flatten)]
        tenant: tenant::TenantArgs,
    },
    /// Load an official list of funds and schemes that are exempt from cost apportionment
    ExemptSchemes {
        #[command(flatten)]
        database: DatabaseArgs,
        /// The list as JSON: `as_at`, `complete`, `source`, `codes`
        #[arg(long)]
        input: std::path::PathBuf,
    },
    /// Load what the papers of an NGO say of one financial year, such as its mode of subvention
    Facts {
        #[command(flatten)]
        database: DatabaseArgs,
        /// The facts as JSON: `organisation`, `financial_year`, `provenance`, `source`, `facts`
        #[arg(long)]
        input: std::path::PathBuf,
    },
    /// Publish a version of the notice on personal data, which everybody agrees to at their next sign-in
    Notices {
        #[command(flatten)]
        database: DatabaseArgs,
        /// The notice as JSON: `version`, `effective_from`, `title`, `sections` with `topic`, `title` and `body` in `en` and `zh`
        #[arg(long)]
        input: std::path::PathBuf,
    },
    /// Check the audit trail
    #[command(subcommand)]
    Audit(audit::AuditCommand),
    /// Rotate the keys that personal fields are sealed with
    #[command(subcommand)]
    Keys(keys::KeysCommand),
    /// List what is held about people and why, expire what has aged, erase a person
    #[command(subcommand)]
    Privacy(privacy::PrivacyCommand),
    /// Print the GraphQL schema
    Schema,
    /// Run a calculator: JSON in, JSON out, no database
    Calc {
        /// Which one
        #[arg(value_enum)]
        calculator: calc::Calculator,
        /// Read the body from this file instead of stdin
        #[arg(long)]
        input: Option<std::path::PathBuf>,
    },
}

fn main() -> ExitCode {
    let outcome = match Cli::parse().command {
        Command::Calc { calculator, input } => return calc::run(calculator, input.as_deref()),
        Command::Audit(command) => audit::run(&command),
        Command::Keys(command) => keys::run(&command),
        Command::Privacy(command) => privacy::run(&command),
        Command::Tenant { database, tenant } => tenant::run(&database, &tenant),
        Command::Schema => output::line(&api::schema_sdl()),
        Command::Dev {
            serve,
            source,
            outward,
        } => dev::run(&serve, &source, &outward),
        Command::Serve {
            database,
            serve,
            outward,
        } => running::serve(&database, &serve, &outward),
        Command::Work {
            database,
            concurrency,
            outward,
        } => running::work(&database, concurrency, &outward),
        Command::Migrate {
            database,
            admin_url,
        } => migrate::run(&database, admin_url.as_deref()),
        Command::ExemptSchemes { database, input } => exempt_schemes::run(&database, &input),
        Command::Facts { database, input } => facts::run(&database, &input),
        Command::Notices { database, input } => notices::run(&database, &input),
        Command::Seed { database, source } => seed_files::run(&database, &source),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // One sentence: the causes are joined, each says what it adds.
            output::complaint(&format!("plumbline: {error:#}"));
            ExitCode::FAILURE
        }
    }
}
