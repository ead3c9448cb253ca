//! `isolation`: what it costs to keep tenants apart. One application is read by its id among a million of a
//! thousand tenants: as the product does, within a transaction that has the tenant set and under row-level security,
//! and by the same statement without either. CPU of this process and of PostgreSQL's own, together and
//! PostgreSQL's alone.
use std::{
    fs,
    time::{Duration, Instant},
};

use access::TenantId;
use anyhow::{Context as _, ensure};
use sqlx::{AssertSqlSafe, Executor, PgPool, Postgres, postgres::PgPoolOptions};
use store::{AppPool, TenantTx, applications};
use testkit::World;
use tokio::runtime::Runtime;
use uuid::Uuid;

use crate::harness::{Engine, Took, compare, cpu_time};

/// Applications, a thousand of each tenant.
const SIZE: u32 = 1_000_000;
/// Reads of one run.
const READS: u32 = 2_000;

const FILL: &str = "
    insert into tenant.organisations (tenant_id, organisation_id, name_en, name_zh, fictional)
        select md5('tenant' || t)::uuid, md5('tenant' || t)::uuid, 'Made up', '虛構', true
        from generate_series(1, 1000) t;
    insert into tenant.applications (tenant_id, application_id, organisation_id, reference, round_id,
                                     funder_tenant_id, stage, created_by)
        select md5('tenant' || t)::uuid, md5(t || '-' || n)::uuid, md5('tenant' || t)::uuid, 'B-' || t || '-' || n,
               md5('round')::uuid, md5('funder')::uuid, 'draft', md5('person')::uuid
        from generate_series(1, 1000) t, generate_series(1, 1000) n;
    analyze tenant.applications";

/// The statement of `applications::find`.
const POINT: &str = "select application_id, organisation_id, reference, round_id, funder_tenant_id, stage, created_at, \
     updated_at from tenant.applications where tenant_id = $1 and application_id = $2";

/// How the wanted applications are read.
#[derive(Clone, Copy)]
enum Way {
    Product,
    Bare,
    Transaction,
}

/// Whose CPU is counted.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Whose {
    Both,
    Database,
}

struct Reading {
    /// Tenant, id and reference of each, the same for every way.
    wanted: Vec<(Uuid, Uuid, String)>,
    product: AppPool,
    /// One connection of a superuser: no policy holds for it.
    bare: PgPool,
    /// PostgreSQL's processes for this database.
    backends: Vec<i32>,
}

pub(crate) fn run() -> anyhow::Result<()> {
    let runtime = Runtime::new()?;
    let world = runtime.block_on(World::empty());
    let reading = runtime.block_on(Reading::of(&world))?;
    // PostgreSQL's own part is the same however this program was built.
    for (bench, whose) in [
        ("isolation", Whose::Both),
        ("isolation-postgresql", Whose::Database),
    ] {
        let engine = |name: &str, way: Way| Engine {
            name: name.to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            units: READS,
            run: Box::new({
                let (runtime, reading) = (&runtime, &reading);
                move || runtime.block_on(reading.timed(way, whose))
            }),
        };
        let engines = vec![
            engine(
                "the product: a transaction, row-level security",
                Way::Product,
            ),
            engine("the same statement without either", Way::Bare),
            engine(
                "a transaction with the tenant set, no row-level security",
                Way::Transaction,
            ),
        ];
        compare(bench, SIZE, engines)?;
    }
    Ok(())
}

impl Reading {
    async fn of(world: &World) -> anyhow::Result<Self> {
        sqlx::raw_sql(FILL).execute(world.sql()).await?;
        let read = "select tenant_id, application_id, reference from tenant.applications
                    order by application_id limit $1";
        let wanted = sqlx::query_as(read)
            .bind(i64::from(READS))
            .fetch_all(world.sql())
            .await?;
        let product = world.connect_with(1).await.app;
        let options = world.sql().connect_options().as_ref().clone();
        let bare = PgPoolOptions::new()
            .max_connections(1)
            .connect_with(options)
            .await?;
        let backends = "select pid from pg_stat_activity where datname = current_database()";
        let backends = sqlx::query_scalar(backends).fetch_all(world.sql()).await?;
        Ok(Self {
            wanted,
            product,
            bare,
            backends,
        })
    }

    async fn timed(&self, way: Way, whose: Whose) -> anyhow::Result<Took> {
        let (start, before) = (Instant::now(), self.cpu(whose)?);
        for (tenant, application, reference) in &self.wanted {
            let found = self.read(way, *tenant, *application).await?;
            ensure!(
                found == *reference,
                "{found} was read in place of {reference}"
            );
        }
        Ok(Took {
            wall: start.elapsed(),
            cpu: self.cpu(whose)?.saturating_sub(before),
        })
    }

    async fn read(&self, way: Way, tenant: Uuid, application: Uuid) -> anyhow::Result<String> {
        match way {
            Way::Product => {
                let mut tx = TenantTx::begin(&self.product, TenantId(tenant)).await?;
                let row = applications::find(&mut tx, application).await?;
                tx.end_read().await?;
                Ok(row.context("not found")?.reference)
            }
            Way::Bare => point(&self.bare, tenant, application).await,
            Way::Transaction => {
                let begin = format!("begin; set local app.tenant = '{tenant}'");
                let mut tx = self.bare.begin_with(AssertSqlSafe(begin)).await?;
                let reference = point(&mut *tx, tenant, application).await?;
                tx.rollback().await?;
                Ok(reference)
            }
        }
    }

    /// CPU of PostgreSQL's processes for this database so far, and of this one where it counts.
    fn cpu(&self, whose: Whose) -> anyhow::Result<Duration> {
        let mut sum = match whose {
            Whose::Both => cpu_time(),
            Whose::Database => Duration::ZERO,
        };
        for backend in &self.backends {
            let statistics = fs::read_to_string(format!("/proc/{backend}/schedstat"))?;
            let nanoseconds = statistics.split(' ').next().unwrap_or_default();
            sum = sum.saturating_add(Duration::from_nanos(nanoseconds.parse()?));
        }
        Ok(sum)
    }
}

async fn point<'e>(
    on: impl Executor<'e, Database = Postgres>,
    tenant: Uuid,
    application: Uuid,
) -> anyhow::Result<String> {
    let row: applications::ApplicationRow = sqlx::query_as(POINT)
        .bind(tenant)
        .bind(application)
        .fetch_one(on)
        .await?;
    Ok(row.reference)
}
