//! The register of personal fields against the database: a new column is either in the register, with its purpose and
//! its class, or said to be about nobody.
use std::collections::BTreeSet;

use privacy::Register;
use testkit::World;

/// Every column of every table of ours.
async fn columns(world: &World) -> BTreeSet<(String, String)> {
    let rows: Vec<(String, String)> = sqlx::query_as(
        "select c.relnamespace::regnamespace::text || '.' || c.relname, a.attname::text
         from pg_class c join pg_attribute a on a.attrelid = c.oid
         where c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped
           and c.relnamespace::regnamespace::text in ('tenant', 'identity', 'system', 'published', 'sector')",
    )
    .fetch_all(world.sql())
    .await
    .unwrap();
    rows.into_iter().collect()
}

#[tokio::test]
async fn every_column_is_in_the_register_of_personal_fields_or_is_about_nobody() {
    let world = World::empty().await;
    let register = Register::read().unwrap();
    let columns = columns(&world).await;
    let registered: BTreeSet<&str> = register
        .fields
        .iter()
        .map(|field| field.field.split('#').next().unwrap())
        .collect();
    let about_nobody = |table: &str, column: &str| {
        let listed = register.nothing.get(table);
        listed.is_some_and(|names| names.iter().any(|name| name == "*" || name == column))
    };
    let mut unsaid = Vec::new();
    let mut twice = Vec::new();
    for (table, column) in &columns {
        let name = format!("{table}.{column}");
        match (
            registered.contains(name.as_str()),
            about_nobody(table, column),
        ) {
            (false, false) => unsaid.push(name),
            (true, true) => twice.push(name),
            (true, false) | (false, true) => {}
        }
    }
    assert!(
        unsaid.is_empty(),
        "say in crates/privacy/register.json whom these are about and what for, or that they are about nobody: {unsaid:#?}"
    );
    assert!(
        twice.is_empty(),
        "both personal and about nobody: {twice:?}"
    );
    let known: BTreeSet<String> = columns
        .iter()
        .map(|(table, column)| format!("{table}.{column}"))
        .collect();
    let gone: Vec<&&str> = registered
        .iter()
        .filter(|name| !known.contains(**name))
        .collect();
    assert!(gone.is_empty(), "no such columns: {gone:?}");
    let tables: BTreeSet<&String> = columns.iter().map(|(table, _)| table).collect();
    for (table, names) in &register.nothing {
        assert!(tables.contains(table), "no such table: {table}");
        for name in names.iter().filter(|name| *name != "*") {
            assert!(
                known.contains(&format!("{table}.{name}")),
                "no such column: {table}.{name}"
            );
        }
    }
    println!(
        "{} personal fields, {} columns",
        registered.len(),
        columns.len()
    );
}

#[tokio::test]
async fn what_is_said_to_be_sealed_is_refused_in_plain() {
    let world = World::seeded().await;
    for statement in [
        "update identity.users set name = 'CHAN Tai-man'",
        "insert into tenant.audit_entries
             (tenant_id, entry_id, actor_id, actor_name, action, subject_kind, subject_id)
         select tenant_id, gen_random_uuid(), actor_id, 'CHAN Tai-man', action, subject_kind, subject_id
         from tenant.audit_entries where actor_id is not null limit 1",
    ] {
        let tried = sqlx::query(statement).execute(world.sql()).await;
        assert!(tried.is_err(), "{statement}");
    }
    // Every text that stands in a sealed column is sealed.
    world.graphql(Some("viewer@kestrel.example")).await;
    let register = Register::read().unwrap();
    let is_text = |field: &&privacy::Field| {
        let endings = ["name", "device", "address"];
        endings.iter().any(|ending| field.field.ends_with(ending))
    };
    let names = register
        .fields
        .iter()
        .filter(|field| field.guard == privacy::Guard::Sealed)
        .filter(is_text);
    let mut looked_at = 0;
    for field in names {
        let (table, column) = field.field.rsplit_once('.').unwrap();
        let statement = format!(
            "select count(*) from {table} where {column} is not null
                 and {column} not like 'sealed:1:%' and {column} not in ('worker', 'operator')"
        );
        let plain: i64 = sqlx::query_scalar(sqlx::AssertSqlSafe(statement))
            .fetch_one(world.sql())
            .await
            .unwrap();
        assert_eq!(plain, 0, "{}", field.field);
        looked_at += 1;
    }
    assert!(looked_at >= 15, "{looked_at}");
}
