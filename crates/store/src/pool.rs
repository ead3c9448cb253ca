//! One pool type per database role. A function that takes an [`AppPool`] cannot reach sessions; one
//! that takes an [`IdentityPool`] cannot reach an application.
use std::time::Duration;

use sqlx::{
    ConnectOptions, PgConnection, PgPool, Row as _,
    postgres::{PgConnectOptions, PgPoolOptions, PgSslMode},
};

use crate::StoreError;

/// No statement of a request may run longer.
const STATEMENT_TIMEOUT: &str = "15s";
/// A transaction that nobody continues is ended by the server.
const IDLE_IN_TRANSACTION_TIMEOUT: &str = "20s";
/// How long a request, or somebody before a command, waits for a connection.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(10);

/// The passwords of the database roles.
#[derive(Clone)]
pub struct RolePasswords {
    /// `plumbline_owner`: migrations and demonstration data.
    pub owner: String,
    /// `plumbline_app`: requests.
    pub app: String,
    /// `plumbline_worker`: jobs.
    pub worker: String,
    /// `plumbline_identity`: sign-in and sessions.
    pub identity: String,
    /// `plumbline_report`: sector reports.
    pub report: String,
}

/// Where the database is and how to sign in.
#[derive(Clone)]
pub struct Settings {
    /// Host name or address.
    pub host: String,
    /// Port.
    pub port: u16,
    /// Database name.
    pub database: String,
    /// One password per role.
    pub passwords: RolePasswords,
    /// Most connections per pool.
    pub connections_max: u32,
}

impl Settings {
    fn options(&self, role: &str, password: &str) -> PgConnectOptions {
        let mut options = PgConnectOptions::new();
        if std::env::var_os("PGSSLMODE").is_none() && !stays_here(&self.host) {
            options = options.ssl_mode(PgSslMode::VerifyFull);
        }
        options
            .host(&self.host)
            .port(self.port)
            .database(&self.database)
            .username(role)
            .password(password)
            .application_name(role)
            .options([
                ("statement_timeout", STATEMENT_TIMEOUT),
                (
                    "idle_in_transaction_session_timeout",
                    IDLE_IN_TRANSACTION_TIMEOUT,
                ),
                ("timezone", "UTC"),
            ])
            .log_statements(log_level())
    }

    async fn pool(&self, role: &str, password: &str) -> Result<PgPool, StoreError> {
        let pool = PgPoolOptions::new()
            .max_connections(self.connections_max)
            .acquire_timeout(ACQUIRE_TIMEOUT)
            .after_release(|connection, _| Box::pin(leave_clean(connection)))
            .connect_with(self.options(role, password))
            .await?;
        Ok(pool)
    }

    /// Connects as the owner, for migrations and demonstration data only.
    pub async fn owner(&self) -> Result<OwnerPool, StoreError> {
        let options = self
            .options("plumbline_owner", &self.passwords.owner)
            .options([("statement_timeout", "10min")]);
        let pool = PgPoolOptions::new()
            .max_connections(2)
            .acquire_timeout(ACQUIRE_TIMEOUT)
            .connect_with(options)
            .await?;
        Ok(OwnerPool(pool))
    }

    /// Connects every role that a running server needs.
    pub async fn connect(&self) -> Result<Databases, StoreError> {
        let passwords = &self.passwords;
        Ok(Databases {
            app: AppPool(self.pool("plumbline_app", &passwords.app).await?),
            worker: WorkerPool(self.pool("plumbline_worker", &passwords.worker).await?),
            identity: IdentityPool(self.pool("plumbline_identity", &passwords.identity).await?),
            report: ReportPool(self.pool("plumbline_report", &passwords.report).await?),
        })
    }
}

/// Whether what is sent to this host leaves no machine. To any other, passwords and content go over TLS with a
/// certificate for that name, unless `PGSSLMODE` says otherwise.
fn stays_here(host: &str) -> bool {
    let address = host.parse::<std::net::IpAddr>();
    host.starts_with('/')
        || host == "localhost"
        || address.is_ok_and(|address| address.is_loopback())
}

fn log_level() -> tracing::log::LevelFilter {
    tracing::log::LevelFilter::Trace
}

/// `begin` of sqlx 0.9.0 is not cancel-safe: a dropped future can hand a connection back inside a
/// transaction, with another tenant set. Such a connection is rolled back here, or dropped.
async fn leave_clean(connection: &mut PgConnection) -> Result<bool, sqlx::Error> {
    // Outside a transaction now() is the start of this very statement; only the simple protocol
    // sends a statement as one message, so that both clocks are read at the same moment.
    let row = sqlx::raw_sql(
        "select now() <> statement_timestamp() or coalesce(current_setting('app.tenant', true), '') <> ''",
    )
    .fetch_one(&mut *connection)
    .await?;
    let left_open: bool = row.try_get(0)?;
    if left_open {
        sqlx::query("rollback").execute(&mut *connection).await?;
    }
    Ok(!left_open)
}

/// Every pool of a running server.
#[derive(Clone)]
pub struct Databases {
    /// For requests.
    pub app: AppPool,
    /// For jobs.
    pub worker: WorkerPool,
    /// For sign-in.
    pub identity: IdentityPool,
    /// For sector reports.
    pub report: ReportPool,
}

impl Databases {
    /// Whether the database answers, for `/readyz`.
    pub async fn answers(&self) -> bool {
        sqlx::query("select 1").execute(&self.app.0).await.is_ok()
    }

    /// Closes every connection.
    pub async fn close(&self) {
        self.app.0.close().await;
        self.worker.0.close().await;
        self.identity.0.close().await;
        self.report.0.close().await;
    }
}

/// Requests: tenant data under row-level security, published data, writing work.
#[derive(Clone)]
pub struct AppPool(pub(crate) PgPool);
/// Jobs: the ledger, and tenant data under row-level security.
#[derive(Clone)]
pub struct WorkerPool(pub(crate) PgPool);
/// Users, sessions and memberships, and nothing else.
#[derive(Clone)]
pub struct IdentityPool(pub(crate) PgPool);
/// Contributions to sector reports, and writing their cells.
#[derive(Clone)]
pub struct ReportPool(pub(crate) PgPool);
/// Migrations and demonstration data.
#[derive(Clone)]
pub struct OwnerPool(pub(crate) PgPool);

impl WorkerPool {
    /// The pool itself, for the ledger's statements and tests of the ledger.
    pub fn inner(&self) -> &PgPool {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::stays_here;

    #[test]
    fn only_this_machine_is_spoken_to_in_plain() {
        for host in [
            "127.0.0.1",
            "127.8.0.1",
            "::1",
            "localhost",
            "/run/postgresql",
        ] {
            assert!(stays_here(host), "{host}");
        }
        for host in [
            "10.0.0.5",
            "db.example.org",
            "localhost.example.org",
            "0.0.0.0",
            "",
        ] {
            assert!(!stays_here(host), "{host}");
        }
    }
}
