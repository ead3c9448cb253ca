//! Migrated databases that worlds are cloned from: migrating and seeding once, then copying files,
//! is what makes a database per test affordable. Every test process looks for them under one lock.
use std::sync::Arc;

use casework::{Casework, NoBell, SeedSummary, SeedTarget};
use privacy::{KeyRing, KeyRingEntry};
use sqlx::{AssertSqlSafe, Connection as _};
use store::{Databases, Settings, bootstrap};
use tokio::sync::OnceCell;

use crate::{
    cluster::{connect, passwords, superuser_url},
    files::{hash_of, seed_files},
};

/// The password of every user of a seeded world.
pub const PASSWORD: &str = "demonstration";

/// Signs the audit trails of worlds.
pub const AUDIT_KEY: &str = "a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5";

/// Seals the keys of people in worlds.
pub const FIELD_KEY: &str = "5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a";

/// Any number that no other program of the cluster locks.
const LOCK: i64 = 5_071_219;
/// Connections per pool; a world has four pools, and tests run side by side.
const CONNECTIONS_MAX: u32 = 6;

/// Where a database is, for every role.
pub(crate) async fn settings(database: &str) -> Settings {
    let address: sqlx::postgres::PgConnectOptions = superuser_url().await.parse().unwrap();
    Settings {
        host: address.get_host().to_owned(),
        port: address.get_port(),
        database: database.to_owned(),
        passwords: passwords(),
        connections_max: CONNECTIONS_MAX,
    }
}

/// The product over a database.
pub(crate) async fn casework(settings: &Settings) -> (Databases, Casework) {
    let databases = settings.connect().await.unwrap();
    let keys = [KeyRingEntry {
        id: "tests".to_owned(),
        key: FIELD_KEY.to_owned(),
    }];
    let casework = casework_with_keys(&databases, &keys);
    (databases, casework)
}

/// The product over open pools, with these field keys.
pub(crate) fn casework_with_keys(databases: &Databases, keys: &[KeyRingEntry]) -> Casework {
    let secrets = casework::Secrets {
        sector_key: "sector key of tests".to_owned(),
        audit_key: AUDIT_KEY.to_owned(),
        field_keys: KeyRing::new(keys).unwrap(),
    };
    Casework::new(databases.clone(), Arc::new(NoBell), secrets, true)
}

/// The migrated database without a row.
pub(crate) async fn empty() -> String {
    static NAME: OnceCell<String> = OnceCell::const_new();
    let make = || async {
        let name = format!("template_empty_{}", hash_of(&["migrations"]));
        make_once(&name, async |draft| {
            let url = superuser_url().await;
            bootstrap::create_database(&url, draft, &passwords())
                .await
                .unwrap();
            let owner = settings(draft).await.owner().await.unwrap();
            bootstrap::migrate(&owner).await.unwrap();
        })
        .await;
        name
    };
    NAME.get_or_init(make).await.clone()
}

/// The demonstration world, evaluated, ranked and decided.
pub(crate) async fn seeded() -> String {
    static NAME: OnceCell<String> = OnceCell::const_new();
    let make = || async {
        let empty = empty().await;
        let name = format!("template_seeded_{}", hash_of(&["migrations", "seed"]));
        make_once(&name, async |draft| {
            let url = superuser_url().await;
            bootstrap::clone_database(&url, &empty, draft)
                .await
                .unwrap();
            seed(&settings(draft).await).await;
        })
        .await;
        name
    };
    NAME.get_or_init(make).await.clone()
}

/// Loads the demonstration data.
pub(crate) async fn seed(settings: &Settings) -> SeedSummary {
    let owner = settings.owner().await.unwrap();
    let (databases, casework) = casework(settings).await;
    let target = SeedTarget {
        owner: &owner,
        casework: &casework,
        password_hash: &casework::hash_password(PASSWORD).unwrap(),
    };
    let summary = casework::seed(&target, &seed_files()).await.unwrap();
    databases.close().await;
    summary
}

/// Builds under another name and renames what is complete: a process that dies half way leaves
/// nothing that looks finished.
async fn make_once(name: &str, build: impl AsyncFnOnce(&str)) {
    let mut connection = connect().await;
    let lock = sqlx::query("select pg_advisory_lock($1)").bind(LOCK);
    lock.execute(&mut connection).await.unwrap();
    let exists = sqlx::query_scalar("select exists (select from pg_database where datname = $1)");
    let exists: bool = exists.bind(name).fetch_one(&mut connection).await.unwrap();
    if !exists {
        let draft = format!("{name}_draft");
        let drop = format!("drop database if exists {draft} with (force)");
        let rename = format!("alter database {draft} rename to {name}");
        let drop = sqlx::query(AssertSqlSafe(drop));
        drop.execute(&mut connection).await.unwrap();
        build(&draft).await;
        let rename = sqlx::query(AssertSqlSafe(rename));
        rename.execute(&mut connection).await.unwrap();
    }
    // Closing gives the lock back.
    connection.close().await.unwrap();
}
