//! How tenant tables, views and roles are made.
use sqlx::PgPool;
use testkit::World;

use super::ROLES;

/// The policy that `system.protect` puts on a table, as PostgreSQL prints it.
const POLICY: &str =
    "(tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)";

/// Table, permissive or restrictive, command, condition of reading, condition of writing.
type Policy = (String, String, String, Option<String>, Option<String>);

/// Names that a catalogue query finds fault with.
async fn faults(sql: &PgPool, query: &'static str) -> Vec<String> {
    sqlx::query_scalar(query).fetch_all(sql).await.unwrap()
}

async fn tenant_tables(sql: &PgPool) -> Vec<String> {
    faults(
        sql,
        "select relname::text from pg_class
         where relnamespace = 'tenant'::regnamespace and relkind in ('r', 'p') order by 1",
    )
    .await
}

#[tokio::test]
async fn trust_03_every_tenant_table_forces_row_level_security_on_reads_and_writes() {
    let world = World::empty().await;
    let tables = tenant_tables(world.sql()).await;
    assert!(tables.len() >= 20, "only {} tables", tables.len());
    let unforced = faults(
        world.sql(),
        "select relname::text from pg_class
         where relnamespace = 'tenant'::regnamespace and relkind in ('r', 'p')
           and not (relrowsecurity and relforcerowsecurity)",
    )
    .await;
    assert!(unforced.is_empty(), "not forced: {unforced:?}");
    let policies: Vec<Policy> = sqlx::query_as(
        "select tablename::text, permissive, cmd, qual, with_check from pg_policies
         where schemaname = 'tenant' order by 1",
    )
    .fetch_all(world.sql())
    .await
    .unwrap();
    // One policy per table and no second: a second one would widen the first.
    let with_policy: Vec<&String> = policies.iter().map(|policy| &policy.0).collect();
    assert_eq!(with_policy, tables.iter().collect::<Vec<_>>());
    for (table, permissive, command, using, check) in &policies {
        assert_eq!(
            (permissive.as_str(), command.as_str()),
            ("PERMISSIVE", "ALL"),
            "{table}"
        );
        assert_eq!(using.as_deref(), Some(POLICY), "{table}");
        assert_eq!(check.as_deref(), Some(POLICY), "{table}");
    }
    println!("trust-03 pass {} tables", tables.len());
}

#[tokio::test]
async fn trust_03_every_tenant_table_has_a_tenant_that_cannot_be_null() {
    let world = World::empty().await;
    let without = faults(
        world.sql(),
        "select c.relname::text from pg_class c
         where c.relnamespace = 'tenant'::regnamespace and c.relkind in ('r', 'p')
           and not exists (select from pg_attribute a where a.attrelid = c.oid
               and a.attname = 'tenant_id' and a.attnotnull and a.atttypid = 'uuid'::regtype)",
    )
    .await;
    assert!(without.is_empty(), "{without:?}");
}

#[tokio::test]
async fn trust_04_every_key_of_a_tenant_table_starts_with_the_tenant() {
    let world = World::empty().await;
    // A unique key without the tenant would tell one tenant what another has.
    let keys = faults(
        world.sql(),
        "select i.indexrelid::regclass::text from pg_index i
         join pg_class c on c.oid = i.indrelid
         join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
         where c.relnamespace = 'tenant'::regnamespace and i.indisunique
           and a.attname <> 'tenant_id'",
    )
    .await;
    assert!(keys.is_empty(), "unique without the tenant: {keys:?}");
    let keyless = faults(
        world.sql(),
        "select c.relname::text from pg_class c
         where c.relnamespace = 'tenant'::regnamespace and c.relkind in ('r', 'p')
           and not exists (select from pg_constraint k where k.conrelid = c.oid and k.contype = 'p')",
    )
    .await;
    assert!(keyless.is_empty(), "without a primary key: {keyless:?}");
    let foreign: Vec<(String, String, String, String)> = sqlx::query_as(
        "select k.conname::text, t.relnamespace::regnamespace::text, f.attname::text, a.attname::text
         from pg_constraint k
         join pg_class t on t.oid = k.confrelid
         join pg_attribute f on f.attrelid = k.conrelid and f.attnum = k.conkey[1]
         join pg_attribute a on a.attrelid = k.confrelid and a.attnum = k.confkey[1]
         where k.contype = 'f' and k.connamespace = 'tenant'::regnamespace order by 1",
    )
    .fetch_all(world.sql())
    .await
    .unwrap();
    assert!(foreign.len() >= 12, "only {} foreign keys", foreign.len());
    for (name, schema, from, to) in &foreign {
        let found = (schema.as_str(), from.as_str(), to.as_str());
        assert_eq!(found, ("tenant", "tenant_id", "tenant_id"), "{name}");
    }
    println!("trust-04 pass {} foreign keys", foreign.len());
}

/// Beside a policy no comparison uses an index that could tell of a foreign row: not of decimals, not of a text by a
/// pattern, not of an enumeration. An index that begins with the tenant narrows all the same.
#[tokio::test]
async fn every_index_of_a_tenant_table_starts_with_the_tenant_and_no_column_is_an_enumeration() {
    let world = World::empty().await;
    let indexes = faults(
        world.sql(),
        "select i.indexrelid::regclass::text from pg_index i
         join pg_class c on c.oid = i.indrelid
         left join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
         where c.relnamespace = 'tenant'::regnamespace and a.attname is distinct from 'tenant_id'",
    )
    .await;
    assert!(indexes.is_empty(), "not by tenant: {indexes:?}");
    let enumerations = faults(
        world.sql(),
        "select typname::text from pg_type where typtype = 'e' and typnamespace::regnamespace::text in
             ('tenant', 'published', 'system', 'identity', 'sector', 'public')",
    )
    .await;
    assert!(enumerations.is_empty(), "{enumerations:?}");
}

/// A number of more digits than a decimal holds ends whoever reads it.
#[tokio::test]
async fn every_decimal_column_is_bounded() {
    let world = World::empty().await;
    let wide = faults(
        world.sql(),
        "select format('%s.%s.%s', table_schema, table_name, column_name) from information_schema.columns
         where data_type = 'numeric' and table_schema in
             ('tenant', 'published', 'system', 'identity', 'sector')
           and (numeric_precision is null or numeric_precision > 20 or numeric_scale > 6)",
    )
    .await;
    assert!(wide.is_empty(), "{wide:?}");
}

#[tokio::test]
async fn trust_03_views_see_with_the_eyes_of_who_asks_and_none_is_materialised() {
    let world = World::empty().await;
    let views = faults(
        world.sql(),
        "select c.oid::regclass::text from pg_class c
         where c.relkind in ('v', 'm')
           and c.relnamespace::regnamespace::text not in ('pg_catalog', 'information_schema')
           and not (c.relkind = 'v' and coalesce(c.reloptions, '{}') @> array['security_invoker=true'])",
    )
    .await;
    assert!(views.is_empty(), "{views:?}");
}

#[tokio::test]
async fn trust_03_the_roles_of_the_product_own_nothing_and_are_exempt_from_nothing() {
    let world = World::empty().await;
    let roles: Vec<(String, bool)> = sqlx::query_as(
        "select rolname::text, rolsuper or rolbypassrls or rolcreaterole or rolcreatedb
             or rolreplication
             or exists (select from pg_auth_members m where m.member = r.oid)
         from pg_roles r where rolname like 'plumbline%' order by 1",
    )
    .fetch_all(world.sql())
    .await
    .unwrap();
    assert_eq!(roles.len(), ROLES.len() + 1, "{roles:?}");
    for (role, privileged) in &roles {
        assert!(!privileged, "{role} is more than an ordinary role");
    }
    let owned = faults(
        world.sql(),
        "select r.rolname || ' owns ' || c.relname from pg_class c
         join pg_roles r on r.oid = c.relowner
         where r.rolname like 'plumbline%' and r.rolname <> 'plumbline_owner'",
    )
    .await;
    assert!(owned.is_empty(), "{owned:?}");
}
