//! A world: one database, the product over it, and the people in it.
use std::{path::PathBuf, sync::Arc};

use access::{Actor, Role, TenantId, TenantKind, UserId};
use api::{ApiState, CostBudget, CostSettings, Documents, MemoryBudget};
use axum::Router;
use casework::{Casework, Files, IdentityProvider, Mailer, Scanner};
use server::ObjectFiles;
use sqlx::{AssertSqlSafe, Connection as _, PgPool, postgres::PgPoolOptions};
use store::{Databases, Settings, bootstrap};
use tempfile::TempDir;
use uuid::Uuid;

use crate::{
    Client,
    cluster::{connect, superuser, superuser_url},
    template,
};

/// A database of its own with the product over it; gone when dropped.
pub struct World {
    pub(crate) settings: Settings,
    pub(crate) databases: Databases,
    pub(crate) casework: Casework,
    pub(crate) router: Router,
    /// The superuser's connections: what a test arranges or checks behind the product's back.
    sql: PgPool,
    /// Files that processes of this world read.
    pub(crate) folder: TempDir,
}

impl World {
    /// Migrated, without a row.
    pub async fn empty() -> Self {
        Self::clone_of(&template::empty().await).await
    }

    /// With the demonstration data: two rounds, the first ranked and decided.
    pub async fn seeded() -> Self {
        Self::clone_of(&template::seeded().await).await
    }

    async fn clone_of(name: &str) -> Self {
        show_errors();
        let database = format!("world_{}", Uuid::now_v7().simple());
        let url = superuser_url().await;
        bootstrap::clone_database(&url, name, &database)
            .await
            .unwrap();
        let settings = template::settings(&database).await;
        let (databases, casework) = template::casework(&settings).await;
        let folder = TempDir::new().unwrap();
        let files = ObjectFiles::in_folder(&folder.path().join("files")).unwrap();
        let casework = casework.with_files(Arc::new(files), None);
        let router = router(&casework, Documents::free(), plenty());
        let options = PgPoolOptions::new().max_connections(4);
        let sql = options.connect_lazy_with(superuser(&database).await);
        Self {
            settings,
            databases,
            casework,
            router,
            sql,
            folder,
        }
    }

    /// The same world with another place for the bytes of supporting documents, and a virus scanner.
    #[must_use]
    pub fn with_files(mut self, files: Arc<dyn Files>, scanner: Option<Arc<dyn Scanner>>) -> Self {
        self.casework = self.casework.clone().with_files(files, scanner);
        self.router = router(&self.casework, Documents::free(), plenty());
        self
    }

    /// The same world with an identity provider.
    #[must_use]
    pub fn with_provider(mut self, provider: Arc<dyn IdentityProvider>) -> Self {
        self.casework = self.casework.clone().with_provider(Some(provider));
        self.router = router(&self.casework, Documents::free(), plenty());
        self
    }

    /// The same world, reached under this address, with somebody who carries its mail.
    #[must_use]
    pub fn at(mut self, mailer: Arc<dyn Mailer>, public_url: &str) -> Self {
        self.casework = self.casework.clone().with_mailer(mailer, public_url);
        self.router = router(&self.casework, Documents::free(), plenty());
        self
    }

    /// The same world with a virus scanner.
    #[must_use]
    pub fn scanned_by(self, scanner: Arc<dyn Scanner>) -> Self {
        let files = ObjectFiles::in_folder(&self.files_folder()).unwrap();
        self.with_files(Arc::new(files), Some(scanner))
    }

    /// Where the bytes of supporting documents are.
    pub fn files_folder(&self) -> PathBuf {
        self.folder.path().join("files")
    }

    /// The product without its doors.
    pub fn casework(&self) -> &Casework {
        &self.casework
    }

    /// The product over the same pools with other field keys, as after a rotation.
    pub fn casework_with_keys(&self, keys: &[privacy::KeyRingEntry]) -> Casework {
        template::casework_with_keys(&self.databases, keys)
    }

    /// Every pool of the product.
    pub fn databases(&self) -> &Databases {
        &self.databases
    }

    /// The product's pools once more, each with at most so many connections.
    pub async fn connect_with(&self, connections_max: u32) -> Databases {
        let mut settings = self.settings.clone();
        settings.connections_max = connections_max;
        settings.connect().await.unwrap()
    }

    /// The superuser's connections: row-level security does not hold for them.
    pub fn sql(&self) -> &PgPool {
        &self.sql
    }

    /// The owner's connection, as an operator has it.
    pub async fn owner(&self) -> store::OwnerPool {
        self.settings.owner().await.unwrap()
    }

    /// Connections as one of the product's roles, such as `plumbline_app`.
    pub async fn sql_as(&self, role: &str) -> PgPool {
        let password = role.trim_start_matches("plumbline_");
        let options = superuser(&self.settings.database).await;
        let options = options.username(role).password(password);
        let pool = PgPoolOptions::new().max_connections(2);
        pool.connect_with(options).await.unwrap()
    }

    /// Whoever has this address, acting for their first tenant.
    pub async fn actor(&self, email: &str) -> Actor {
        let find = sqlx::query_as(
            "select u.user_id, u.name, t.tenant_id, t.kind, m.roles from identity.users u
             join identity.memberships m using (user_id) join identity.tenants t using (tenant_id)
             where u.email = $1 order by t.tenant_id limit 1",
        );
        let found: (Uuid, String, Uuid, String, Vec<String>) =
            find.bind(email).fetch_one(self.sql()).await.unwrap();
        let (user, name, tenant, kind, roles) = found;
        Actor {
            user: UserId(user),
            name,
            tenant: TenantId(tenant),
            kind: TenantKind::from_name(&kind).unwrap(),
            roles: roles
                .iter()
                .filter_map(|role| Role::from_name(role))
                .collect(),
            token: None,
        }
    }

    /// The doors once more, opened another way: with other documents, another budget.
    #[must_use]
    pub fn with_doors(mut self, documents: Documents, budget: Arc<dyn CostBudget>) -> Self {
        self.router = router(&self.casework, documents, budget);
        self
    }

    /// The doors, for requests that no browser sends.
    pub fn router(&self) -> &Router {
        &self.router
    }

    /// A browser, signed in when an address is given.
    pub async fn graphql(&self, email: Option<&str>) -> Client {
        Client::open(&self.router, email).await
    }

    /// Loads the demonstration data once more.
    pub async fn seed_again(&self) -> casework::SeedSummary {
        template::seed(&self.settings).await
    }

    /// Runs a statement as the superuser: how a test moves a deadline or breaks something.
    pub async fn arrange(&self, statement: &'static str) {
        sqlx::raw_sql(statement).execute(&self.sql).await.unwrap();
    }
}

fn router(casework: &Casework, documents: Documents, budget: Arc<dyn CostBudget>) -> Router {
    api::router(ApiState {
        casework: casework.clone(),
        web_dir: None,
        introspection: false,
        documents,
        budget,
        behind_proxy: false,
    })
}

impl Drop for World {
    fn drop(&mut self) {
        let database = self.settings.database.clone();
        // The test's own runtime cannot be waited for here.
        let dropping = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build();
            let Ok(runtime) = runtime else { return };
            runtime.block_on(async {
                let mut connection = connect().await;
                let statement = format!("drop database if exists {database} with (force)");
                // A cluster that is going away anyway takes its databases with it.
                let _ = sqlx::query(AssertSqlSafe(statement))
                    .execute(&mut connection)
                    .await;
                let _ = connection.close().await;
            });
        });
        let _ = dropping.join();
    }
}

/// More than any test asks for.
fn plenty() -> Arc<dyn CostBudget> {
    let settings = CostSettings::try_new(1_000_000_000, 1_000_000).unwrap();
    Arc::new(MemoryBudget::new(settings))
}

/// What the product logs as an error stands beside the test that caused it.
fn show_errors() {
    let _ = tracing_subscriber::fmt()
        .with_env_filter("error")
        .with_test_writer()
        .try_init();
}
