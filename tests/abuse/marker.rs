//! What belongs to one organisation is in no byte that another receives, in no key of Redis and in no line of the
//! log (trust 7). Every text of the organisation's own rows is marked, and everybody else asks for everything.
use std::{
    io::Write,
    sync::{Arc, Mutex},
};

use axum::http::Method;
use serde_json::json;
use sqlx::AssertSqlSafe;
use testkit::World;
use tracing_subscriber::{fmt::MakeWriter, layer::SubscriberExt as _};
use uuid::Uuid;

use super::{PAGE, free, generate::Generator, ids, post, rounds, served::Served, tokens};
use crate::{isolation::EVERYBODY, work::redis};

const MARKER: &str = "mark7c2e記號";

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

fn holds_marker(bytes: &[u8]) -> bool {
    // The ASCII part is the same however the rest is written.
    bytes.windows(8).any(|piece| piece == b"mark7c2e")
}

/// Puts the marker into every text and document of one tenant's rows that takes it; returns how many columns do.
async fn mark(world: &World, tenant: Uuid) -> usize {
    let columns: Vec<(String, String, String)> = sqlx::query_as(
        "select c.oid::regclass::text, quote_ident(a.attname), a.atttypid::regtype::text
         from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
         where c.relnamespace = 'tenant'::regnamespace and c.relkind = 'r'
           and a.atttypid in ('text'::regtype, 'jsonb'::regtype)",
    )
    .fetch_all(world.sql())
    .await
    .unwrap();
    let mut connection = world.sql().acquire().await.unwrap();
    // Evidence does not change, not even for a test: its triggers are switched off on this connection.
    sqlx::query("set session_replication_role = replica")
        .execute(&mut *connection)
        .await
        .unwrap();
    let mut marked = 0;
    for (table, column, kind) in columns {
        // What people wrote has spaces or Chinese in it; codes, hashes and stored JSON are left as they are.
        let (value, there) = if kind == "text" {
            let written = format!("{column} ~ '[^!-~]' and {column} !~ '^[\\[{{]'");
            (format!("{column} || ' {MARKER}'"), written)
        } else {
            let more = format!("{column} || '{{\"marker\": \"{MARKER}\"}}'");
            (more, format!("jsonb_typeof({column}) = 'object'"))
        };
        let statement =
            format!("update {table} set {column} = {value} where tenant_id = $1 and {there}");
        // What a check of the table refuses stays unmarked.
        let done = sqlx::query(AssertSqlSafe(statement))
            .bind(tenant)
            .execute(&mut *connection)
            .await;
        marked += usize::from(done.is_ok_and(|done| done.rows_affected() > 0));
    }
    sqlx::query("set session_replication_role = origin")
        .execute(&mut *connection)
        .await
        .unwrap();
    marked
}

/// What everybody of other organisations receives; returns how many answers and bytes that was.
async fn everybody_else_asks(
    world: &World,
    tenant: Uuid,
    generator: &mut Generator,
) -> (usize, usize) {
    let (mut answers, mut bytes) = (0, 0);
    let mut look = |what: &str, body: &[u8]| {
        assert!(
            !holds_marker(body),
            "{what}\n{}",
            String::from_utf8_lossy(body)
        );
        answers += 1;
        bytes += body.len();
    };
    for address in EVERYBODY {
        if address == crate::isolation::OTHER_FUNDER
            || world.actor(address).await.tenant.0 == tenant
        {
            continue;
        }
        let client = world.graphql(Some(address)).await;
        let headers = [PAGE, ("cookie", client.cookie().unwrap())];
        for (_, id) in ids(world).await.iter().step_by(12) {
            for (kind, ending) in [
                ("value-map", "xlsx"),
                ("cost-plan", "xlsx"),
                ("shortlist", "xlsx"),
                ("letters", "pdf"),
                ("appeals", "json"),
            ] {
                let path = format!("/files/{kind}/{id}.{ending}");
                let (_, _, body) = client.fetch(Method::GET, &path, None, Vec::new()).await;
                look(&path, &body);
            }
        }
        for path in [
            "/files/audit/trail.jsonl",
            "/auth/sessions",
            "/auth/tokens",
            "/auth/demo",
        ] {
            let (_, _, body) = client.fetch(Method::GET, path, None, Vec::new()).await;
            look(path, &body);
        }
        for _ in 0..rounds(300, 40) {
            let document = generator.query();
            look(
                &document,
                &post(world, &headers, free(&document)).await.body,
            );
        }
        for _ in 0..rounds(100, 12) {
            let document = generator.mutation();
            look(
                &document,
                &post(world, &headers, free(&document)).await.body,
            );
        }
    }
    (answers, bytes)
}

#[tokio::test]
async fn trust_07_the_marker_of_one_organisation_reaches_nobody_else_and_no_log() {
    let log = Log::default();
    let layer = tracing_subscriber::fmt::layer()
        .with_writer(log.clone())
        .with_ansi(false);
    let _logging = tracing::subscriber::set_default(tracing_subscriber::registry().with(layer));
    let (mut answers, mut bytes, mut columns) = (0, 0, 0);
    for owner in [
        "endorser@kestrel.example",
        "chair@funder.example",
        "steward@council.example",
    ] {
        let world = World::seeded().await;
        let actor = world.actor(owner).await;
        // What the test itself writes is no line of the product's.
        let product = log.0.lock().unwrap().len();
        let marked = mark(&world, actor.tenant.0).await;
        log.0.lock().unwrap().truncate(product);
        assert!(marked > 3, "{owner}: only {marked} columns are marked");
        columns += marked;
        let mut generator = Generator::new(7, ids(&world).await);
        let (asked, heard) = everybody_else_asks(&world, actor.tenant.0, &mut generator).await;
        answers += asked;
        bytes += heard;
        // Its own people do see it, and write it: neither may end in a line of the log.
        let own = world.graphql(Some(owner)).await;
        let headers = [PAGE, ("cookie", own.cookie().unwrap())];
        generator.texts = vec![MARKER.to_owned()];
        let mut seen = false;
        for _ in 0..rounds(600, 150) {
            for document in [generator.query(), generator.mutation()] {
                seen |= holds_marker(&post(&world, &headers, free(&document)).await.body);
            }
        }
        assert!(
            seen,
            "{owner} never saw the marker: nothing was marked that can be read"
        );
        println!("{owner}: {marked} columns marked, {asked} answers to others");
    }
    let lines = log.0.lock().unwrap().clone();
    assert!(!lines.is_empty(), "nothing was logged at all");
    if let Some(line) = String::from_utf8_lossy(&lines)
        .lines()
        .find(|line| holds_marker(line.as_bytes()))
    {
        panic!("in the log: {line}");
    }
    println!(
        "trust-07 pass {columns} columns marked, {answers} answers of {bytes} bytes to others and {} log bytes without the marker",
        lines.len()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn trust_07_redis_holds_no_content() {
    let world = World::seeded().await;
    let owner = world.graphql(Some("endorser@kestrel.example")).await;
    let tenant = world.actor("endorser@kestrel.example").await.tenant.0;
    mark(&world, tenant).await;
    let (_server, url) = redis().await;
    let web = world.plumbline_folder().to_owned();
    let served = Served::start(&world, &web, &[], Some(&url)).await;
    let (secret, _) = tokens::make(&owner, &["applications:read", "applications:write"]).await;
    let bearer = format!("authorization: Bearer {secret}\r\n");
    let mut seen = false;
    let query = free(
        "{ me { email } applications(first: 20) { nodes { title { en zh } sections { content } } } }",
    );
    for _ in 0..20 {
        let heard = served.post("/graphql", &bearer, &query).await;
        seen |= holds_marker(heard.body.as_bytes());
    }
    assert!(seen, "its own token does not see the marker");
    let port = url.rsplit(':').next().unwrap();
    let dump = |arguments: &[&str]| {
        let told = std::process::Command::new("redis-cli")
            .args(["-p", port])
            .args(arguments)
            .output()
            .unwrap();
        String::from_utf8_lossy(&told.stdout).into_owned()
    };
    let keys = dump(&["--scan"]);
    let mut held = keys.clone();
    for key in keys.lines() {
        held.push_str(&dump(&["hgetall", key]));
        held.push_str(&dump(&["get", key]));
    }
    assert!(
        keys.contains("plumbline:cost:"),
        "Redis was not used: {keys}"
    );
    for secret in ["mark7c2e", "kestrel", &secret, &tenant.to_string()] {
        assert!(!held.contains(secret), "{secret} is in {held}");
    }
    let shown = json!({"keys": keys.lines().count()});
    println!("trust-07 pass {shown} in Redis, none with content");
}
