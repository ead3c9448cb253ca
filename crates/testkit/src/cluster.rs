//! The PostgreSQL cluster that the tests share: the one that `with-postgres` started, or a
//! throw-away one of this process.
use std::sync::OnceLock;

use embedded::{Cluster, Options, TEST_DATABASE_URL};
use sqlx::{ConnectOptions as _, PgConnection, postgres::PgConnectOptions};
use store::RolePasswords;

use crate::files::root;

static CLUSTER: OnceLock<Cluster> = OnceLock::new();

/// The superuser's address.
pub(crate) async fn superuser_url() -> String {
    if let Ok(url) = std::env::var(TEST_DATABASE_URL) {
        return url;
    }
    let start = || {
        let cluster = CLUSTER.get_or_init(|| {
            Cluster::throw_away(&root().join(".plumbline"), &Options::from_env()).unwrap()
        });
        cluster.superuser_url("postgres")
    };
    tokio::task::spawn_blocking(start).await.unwrap()
}

/// The superuser's connection settings for one database.
pub(crate) async fn superuser(database: &str) -> PgConnectOptions {
    let options: PgConnectOptions = superuser_url().await.parse().unwrap();
    options.database(database)
}

/// A superuser's connection to the cluster itself.
pub(crate) async fn connect() -> PgConnection {
    superuser("postgres").await.connect().await.unwrap()
}

/// Roles belong to the whole cluster, so every test gives them the same passwords.
pub(crate) fn passwords() -> RolePasswords {
    RolePasswords {
        owner: "owner".to_owned(),
        app: "app".to_owned(),
        worker: "worker".to_owned(),
        identity: "identity".to_owned(),
        report: "report".to_owned(),
    }
}
