//! A database from nothing: roles, the database itself, migrations. Run by `plumbline migrate` and by
//! the embedded default; everything is safe to run again.
use sqlx::{AssertSqlSafe, Connection, PgConnection};

use crate::{OwnerPool, RolePasswords, StoreError};

static MIGRATOR: sqlx::migrate::Migrator = sqlx::migrate!("../../migrations");

/// Any number that nothing else of a cluster locks.
const ROLES_LOCK: i64 = 5_071_218;

/// Creates the roles (none superuser, none exempt from row-level security), sets their passwords,
/// and creates the database owned by `plumbline_owner`. `admin_url` signs in as a role that may.
pub async fn create_database(
    admin_url: &str,
    database: &str,
    passwords: &RolePasswords,
) -> Result<(), StoreError> {
    let mut connection = PgConnection::connect(admin_url).await?;
    // Roles belong to the whole cluster: two who alter one at once would trip over each other.
    // Closing the connection gives the lock back.
    sqlx::query("select pg_advisory_lock($1)")
        .bind(ROLES_LOCK)
        .execute(&mut connection)
        .await?;
    let roles = [
        ("plumbline_owner", &passwords.owner),
        ("plumbline_app", &passwords.app),
        ("plumbline_worker", &passwords.worker),
        ("plumbline_identity", &passwords.identity),
        ("plumbline_report", &passwords.report),
    ];
    for (role, password) in roles {
        let exists: bool =
            sqlx::query_scalar("select exists (select from pg_roles where rolname = $1)")
                .bind(role)
                .fetch_one(&mut connection)
                .await?;
        let verb = if exists { "alter" } else { "create" };
        // Utility statements take no parameters; format() quotes both names and text.
        let statement: String = sqlx::query_scalar(
            "select format('%s role %I login nosuperuser nocreatedb nocreaterole nobypassrls password %L',
                           $1::text, $2::text, $3::text)",
        )
        .bind(verb)
        .bind(role)
        .bind(password)
        .fetch_one(&mut connection)
        .await?;
        sqlx::query(AssertSqlSafe(statement))
            .execute(&mut connection)
            .await?;
    }
    let exists: bool =
        sqlx::query_scalar("select exists (select from pg_database where datname = $1)")
            .bind(database)
            .fetch_one(&mut connection)
            .await?;
    if !exists {
        let statement: String = sqlx::query_scalar(
            "select format('create database %I owner plumbline_owner', $1::text)",
        )
        .bind(database)
        .fetch_one(&mut connection)
        .await?;
        sqlx::query(AssertSqlSafe(statement))
            .execute(&mut connection)
            .await?;
    }
    connection.close().await?;
    Ok(())
}

/// Copies a migrated database, for tests: much faster than migrating again.
pub async fn clone_database(
    admin_url: &str,
    template: &str,
    database: &str,
) -> Result<(), StoreError> {
    let mut connection = PgConnection::connect(admin_url).await?;
    let statement: String = sqlx::query_scalar(
        "select format('create database %I template %I owner plumbline_owner', $1::text, $2::text)",
    )
    .bind(database)
    .bind(template)
    .fetch_one(&mut connection)
    .await?;
    sqlx::query(AssertSqlSafe(statement))
        .execute(&mut connection)
        .await?;
    connection.close().await?;
    Ok(())
}

/// Brings the database to the newest migration.
pub async fn migrate(pool: &OwnerPool) -> Result<(), StoreError> {
    MIGRATOR
        .run(&pool.0)
        .await
        .map_err(|error| StoreError::Migration(error.to_string()))
}
