//! Every tenant table tried out as each role: what row-level security promises, row by row.
use std::borrow::Cow;

use serde_json::Value;
use sqlx::{AssertSqlSafe, PgConnection, PgPool};
use testkit::World;
use uuid::Uuid;

use super::TENANT_ROLES;

/// A privilege that is missing, or a row that the policy refuses.
const REFUSED: &str = "42501";

/// Tables with one of their rows, and how many rows and tenants they have.
struct Table {
    name: String,
    rows: i64,
    /// A tenant that has rows.
    tenant: Option<Uuid>,
    /// One of its rows, as JSON.
    sample: Value,
}

async fn tables(sql: &PgPool) -> Vec<Table> {
    let names: Vec<String> = sqlx::query_scalar(
        "select relname::text from pg_class
         where relnamespace = 'tenant'::regnamespace and relkind in ('r', 'p') order by 1",
    )
    .fetch_all(sql)
    .await
    .unwrap();
    let mut tables = Vec::new();
    for name in names {
        let rows = format!("select count(*) from tenant.{name}");
        let sample = format!("select to_jsonb(t) from tenant.{name} t limit 1");
        let rows: i64 = sqlx::query_scalar(AssertSqlSafe(rows))
            .fetch_one(sql)
            .await
            .unwrap();
        let sample: Option<Value> = sqlx::query_scalar(AssertSqlSafe(sample))
            .fetch_optional(sql)
            .await
            .unwrap();
        let sample = sample.unwrap_or_default();
        let tenant = sample["tenant_id"].as_str().and_then(|id| id.parse().ok());
        tables.push(Table {
            name,
            rows,
            tenant,
            sample,
        });
    }
    tables
}

async fn become_tenant(connection: &mut PgConnection, tenant: &str) {
    sqlx::query("select set_config('app.tenant', $1, true)")
        .bind(tenant)
        .execute(connection)
        .await
        .unwrap();
}

/// Runs one statement as a role for a tenant and undoes it: rows touched, or the code of the refusal.
async fn touched(pool: &PgPool, tenant: &str, statement: String) -> Result<u64, String> {
    let mut tx = pool.begin().await.unwrap();
    become_tenant(&mut tx, tenant).await;
    let outcome = sqlx::query(AssertSqlSafe(statement))
        .execute(&mut *tx)
        .await;
    tx.rollback().await.unwrap();
    outcome
        .map(|done| done.rows_affected())
        .map_err(|error| code(&error))
}

fn code(error: &sqlx::Error) -> String {
    let found = error
        .as_database_error()
        .and_then(sqlx::error::DatabaseError::code);
    found.map_or_else(|| error.to_string(), Cow::into_owned)
}

async fn seen(pool: &PgPool, tenant: &str, table: &str) -> i64 {
    let mut tx = pool.begin().await.unwrap();
    become_tenant(&mut tx, tenant).await;
    let count = format!("select count(*) from tenant.{table}");
    let count = sqlx::query_scalar(AssertSqlSafe(count))
        .fetch_one(&mut *tx)
        .await
        .unwrap();
    tx.rollback().await.unwrap();
    count
}

#[tokio::test]
async fn trust_02_no_role_touches_a_row_of_another_tenant_in_any_table() {
    let world = World::seeded().await;
    let tables = tables(world.sql()).await;
    let filled = tables.iter().filter(|table| table.rows > 0).count();
    assert!(filled >= 16, "only {filled} tables have rows to protect");
    let stranger = Uuid::now_v7().to_string();
    let mut tries = 0;
    for role in TENANT_ROLES {
        let pool = world.sql_as(role).await;
        for Table {
            name,
            sample,
            tenant,
            ..
        } in &tables
        {
            assert_eq!(seen(&pool, &stranger, name).await, 0, "{role} reads {name}");
            if let Some(tenant) = tenant {
                // The positive control: with its own tenant the rows are there.
                assert!(
                    seen(&pool, &tenant.to_string(), name).await > 0,
                    "{role} {name}"
                );
            }
            for statement in [
                format!("update tenant.{name} set tenant_id = tenant_id"),
                format!("delete from tenant.{name}"),
            ] {
                let outcome = touched(&pool, &stranger, statement.clone()).await;
                let nothing =
                    matches!(&outcome, Ok(0)) || matches!(&outcome, Err(code) if code == REFUSED);
                assert!(nothing, "{role}: {statement}: {outcome:?}");
            }
            let mut foreign = sample.as_object().cloned().unwrap_or_default();
            foreign.insert(
                "tenant_id".to_owned(),
                Value::String(Uuid::now_v7().to_string()),
            );
            let insert = format!(
                "insert into tenant.{name} select * from jsonb_populate_record(null::tenant.{name}, '{}')",
                Value::Object(foreign).to_string().replace('\'', "''")
            );
            let outcome = touched(&pool, &stranger, insert).await;
            assert_eq!(
                outcome,
                Err(REFUSED.to_owned()),
                "{role} inserts into {name}"
            );
            tries += 4;
        }
    }
    println!("trust-02 pass {tries} tries, 0 foreign rows");
}

#[tokio::test]
async fn trust_02_nobody_reaches_another_tenants_row_by_naming_it() {
    let world = World::seeded().await;
    let two: Vec<Uuid> =
        sqlx::query_scalar("select distinct tenant_id from tenant.applications order by 1 limit 2")
            .fetch_all(world.sql())
            .await
            .unwrap();
    let (own, other) = (two[0].to_string(), two[1]);
    for role in TENANT_ROLES {
        let pool = world.sql_as(role).await;
        for table in tables(world.sql()).await {
            let statement = format!(
                "select from tenant.{} where tenant_id = '{other}'",
                table.name
            );
            assert_eq!(
                touched(&pool, &own, statement).await,
                Ok(0),
                "{role}: {}",
                table.name
            );
        }
    }
}

#[tokio::test]
async fn trust_05_without_a_tenant_every_table_is_empty() {
    let world = World::seeded().await;
    let tables = tables(world.sql()).await;
    for role in TENANT_ROLES.into_iter().chain(["plumbline_owner"]) {
        let pool = world.sql_as(role).await;
        for table in &tables {
            // Never set in this session, and set to nothing as after a commit.
            let count = format!("select count(*) from tenant.{}", table.name);
            let never: i64 = sqlx::query_scalar(AssertSqlSafe(count))
                .fetch_one(&pool)
                .await
                .unwrap();
            assert_eq!(
                (never, seen(&pool, "", &table.name).await),
                (0, 0),
                "{role}: {}",
                table.name
            );
        }
    }
    println!("trust-05 pass {} tables, 0 rows", tables.len());
}

#[tokio::test]
async fn trust_04_a_row_cannot_point_at_another_tenants_row() {
    let world = World::seeded().await;
    let (tenant, application): (Uuid, Uuid) =
        sqlx::query_as("select tenant_id, application_id from tenant.applications limit 1")
            .fetch_one(world.sql())
            .await
            .unwrap();
    let stranger = Uuid::now_v7();
    assert_ne!(tenant, stranger);
    let insert = format!(
        "insert into tenant.draft_sections (tenant_id, application_id, section, content, version, saved_by)
         values ('{stranger}', '{application}', 'project', '{{}}', 1, '{stranger}')"
    );
    let app = world.sql_as("plumbline_app").await;
    let outcome = touched(&app, &stranger.to_string(), insert).await;
    // 23503: the pair (stranger, application) is not there.
    assert_eq!(outcome, Err("23503".to_owned()));
}

/// Tables whose rows are evidence: written once.
const EVIDENCE: [&str; 32] = [
    "appeal_decisions",
    "appeals",
    "assessment_runs",
    "assessments",
    "assurances",
    "audit_checkpoints",
    "audit_entries",
    "audit_links",
    "award_ledger",
    "decision_answers",
    "decision_proposals",
    "decisions",
    "delivered_appeal_decisions",
    "delivered_letters",
    "delivered_proxy_decisions",
    "funding_levels",
    "letters",
    "notice_agreements",
    "notices",
    "programme_versions",
    "proxies",
    "proxy_decisions",
    "proxy_proposals",
    "purchase_acts",
    "purchase_policies",
    "purchases",
    "received_appeals",
    "received_outturns",
    "received_proxy_proposals",
    "rescreenings",
    "runs",
    "submissions",
];

#[tokio::test]
async fn rows_that_are_evidence_are_changed_by_nobody_not_even_their_owner() {
    let world = World::seeded().await;
    let guarded: Vec<String> = sqlx::query_scalar(
        "select c.relname::text from pg_trigger t join pg_class c on c.oid = t.tgrelid
         where t.tgfoid = 'system.refuse_change'::regproc and t.tgenabled = 'O' order by 1",
    )
    .fetch_all(world.sql())
    .await
    .unwrap();
    assert_eq!(guarded, EVIDENCE);
    world
        .arrange(
            "insert into tenant.rescreenings
                 (tenant_id, rescreening_id, round_id, from_version, to_version, reason, submissions,
                  requested_by, requested_by_name)
             select owner_tenant_id, round_id, round_id, '1', '2', 'a', '{}', round_id, 'b'
             from published.rounds",
        )
        .await;
    let owner = world.sql_as("plumbline_owner").await;
    for table in tables(world.sql()).await {
        if !guarded.contains(&table.name) {
            continue;
        }
        let name = &table.name;
        let tenant = table
            .tenant
            .unwrap_or_else(|| panic!("{name} is empty"))
            .to_string();
        for statement in [
            format!("update tenant.{name} set tenant_id = tenant_id"),
            format!("delete from tenant.{name}"),
            format!("truncate tenant.{name} cascade"),
        ] {
            // P0001: the trigger's own refusal.
            let outcome = touched(&owner, &tenant, statement.clone()).await;
            assert_eq!(outcome, Err("P0001".to_owned()), "{statement}");
        }
    }
}
