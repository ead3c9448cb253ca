//! What one operation asks of the database: however it is put together, at most twenty statements (trust 17).
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use axum::http::Method;
use serde_json::{Value, json};
use testkit::{Client, World};
use tracing::{Event, Subscriber, field::Visit};
use tracing_subscriber::{Layer, Registry, layer::Context, layer::SubscriberExt as _};

use super::{free, generate::Generator, ids, post, production, rounds, tokens};
use crate::isolation::{EVERYBODY, OTHER_FUNDER};

/// Statements of one operation, finding out who asks included.
const STATEMENTS_MAX: usize = 20;

/// Pages of the web app that read more, each with the most that it may; this list may only shrink.
const HEAVIER: [(&str, usize); 1] = [("query ReceivedPage", 46)];

/// Beginning and ending a transaction, and the look at a connection that comes back, read nothing of anybody.
const FRAME: [&str; 5] = [
    "begin",
    "commit",
    "rollback",
    "savepoint",
    "select now() <>",
];

/// Notes each statement as sqlx reports it.
#[derive(Clone, Default)]
struct Noted(Arc<Mutex<Vec<String>>>);

impl Noted {
    fn taken(&self) -> Vec<String> {
        std::mem::take(&mut self.0.lock().unwrap())
    }
}

#[derive(Default)]
struct Summary(String);

impl Visit for Summary {
    fn record_str(&mut self, field: &tracing::field::Field, value: &str) {
        if field.name() == "summary" || (field.name() == "db.statement" && !value.is_empty()) {
            self.0 = value.split_whitespace().collect::<Vec<_>>().join(" ");
        }
    }

    fn record_debug(&mut self, _: &tracing::field::Field, _: &dyn std::fmt::Debug) {}
}

impl<S: Subscriber> Layer<S> for Noted {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        if event.metadata().target() != "sqlx::query" {
            return;
        }
        let mut summary = Summary::default();
        event.record(&mut summary);
        let framing = FRAME
            .iter()
            .any(|word| summary.0.to_lowercase().starts_with(word));
        if !framing {
            self.0.lock().unwrap().push(summary.0);
        }
    }
}

/// What was asked and the statements that it came to, if they are too many.
fn too_many(asked: &str, statements: &[String], most_allowed: usize) -> Option<String> {
    let mut counted: BTreeMap<String, usize> = BTreeMap::new();
    for statement in statements {
        let start: String = statement.chars().take(90).collect();
        *counted.entry(start).or_default() += 1;
    }
    let most: Vec<String> = counted
        .iter()
        .map(|(statement, times)| format!("    {times} x {statement}"))
        .collect();
    (statements.len() > most_allowed)
        .then(|| format!("{} of {asked}\n{}", statements.len(), most.join("\n")))
}

/// A token with every scope that is offered, of everybody to whom any is.
async fn bearers(world: &World) -> Vec<String> {
    let mut bearers = Vec::new();
    for address in EVERYBODY {
        if address == OTHER_FUNDER {
            continue;
        }
        let owner = world.graphql(Some(address)).await;
        let (_, _, told) = owner
            .fetch(Method::GET, "/auth/tokens", None, Vec::new())
            .await;
        let told: Value = serde_json::from_slice(&told).unwrap();
        let scopes = told["scopes"].as_array().unwrap().iter();
        let scopes: Vec<&str> = scopes
            .map(|scope| scope["code"].as_str().unwrap())
            .collect();
        if !scopes.is_empty() {
            let (secret, _) = tokens::make(&owner, &scopes).await;
            bearers.push(format!("Bearer {secret}"));
        }
    }
    bearers
}

async fn everybody(world: &World) -> Vec<Client> {
    let mut clients = vec![world.graphql(None).await];
    for address in EVERYBODY {
        if address != OTHER_FUNDER {
            clients.push(world.graphql(Some(address)).await);
        }
    }
    clients
}

// One thread: what this test's thread reports is what this test asked.
#[tokio::test(flavor = "current_thread")]
async fn trust_17_a_query_within_the_limits_is_at_most_twenty_statements() {
    let world = World::seeded().await;
    // A program's documents are its own; a session runs the web app's.
    let bearers = bearers(&world).await;
    let mut generator = Generator::new(17, ids(&world).await);
    let noted = Noted::default();
    let _here = tracing::subscriber::set_default(Registry::default().with(noted.clone()));
    let wanted = 2_000;
    let (mut served, mut tried, mut most, mut heavy) = (0, 0, 0, 0);
    let (mut times, mut wrong) = (Vec::new(), Vec::new());
    while served < wanted {
        assert!(
            tried < wanted * 20,
            "{served} of {tried} are within the limits"
        );
        tried += 1;
        let query = generator.query();
        noted.taken();
        let started = Instant::now();
        let bearer = [("authorization", bearers[tried % bearers.len()].as_str())];
        let answer = post(&world, &bearer, free(&query)).await.json();
        // A document that is refused as a whole has no data at all.
        if answer.get("data").is_none_or(Value::is_null) && answer["errors"][0]["path"].is_null() {
            let said = answer["errors"][0]["message"].as_str().unwrap_or_default();
            heavy += usize::from(said.contains("reads too much"));
            continue;
        }
        times.push(started.elapsed());
        let statements = noted.taken();
        assert!(
            !statements.is_empty() || query.len() < 2_000,
            "nothing is counted"
        );
        most = most.max(statements.len());
        served += 1;
        wrong.extend(too_many(&query, &statements, STATEMENTS_MAX));
    }
    assert!(
        most > 5,
        "at most {most} statements were seen: nothing is counted"
    );
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    assert!(heavy > 0, "nothing was refused for what it reads");
    times.sort_unstable();
    let slowest = times[times.len() * 99 / 100];
    // How long is judged where nothing else runs.
    assert!(
        rounds(1, 0) == 0 || slowest < Duration::from_secs(1),
        "99 of 100 take up to {slowest:?}"
    );
    println!(
        "trust-17 pass {served} of {tried} random queries within the limits ({heavy} read too much): at most {most} statements, \
         99 of 100 within {} ms",
        slowest.as_millis()
    );
}

#[tokio::test(flavor = "current_thread")]
async fn trust_17_a_page_of_the_web_app_is_at_most_twenty_statements_but_for_one() {
    let world = World::seeded().await;
    let clients = everybody(&world).await;
    let mut generator = Generator::new(71, ids(&world).await);
    let noted = Noted::default();
    let _here = tracing::subscriber::set_default(Registry::default().with(noted.clone()));
    let (mut asked, mut wrong) = (0, Vec::new());
    let mut heaviest = (0, String::new());
    for text in production::documents().values() {
        if !text.starts_with("query") {
            continue;
        }
        for client in &clients {
            let filled = production::filled(text, &mut generator);
            noted.taken();
            client.send(&filled, json!({})).await;
            let statements = noted.taken();
            let name = text.split(['(', '{']).next().unwrap().trim().to_owned();
            let known = HEAVIER.iter().find(|(heavier, _)| *heavier == name);
            let most_allowed = known.map_or(STATEMENTS_MAX, |(_, most)| *most);
            wrong.extend(too_many(&name, &statements, most_allowed));
            heaviest = heaviest.max((statements.len(), name));
            asked += 1;
        }
    }
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    println!(
        "trust-17 pass {asked} operations of the web app: the most, {} statements, by {}",
        heaviest.0, heaviest.1
    );
}
