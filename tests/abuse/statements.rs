//! How many statements an operation costs the database. Statements are counted where the driver logs them, on one
//! thread, so that none is missed and none of another test is counted.
use std::{
    fmt::Write as _,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use testkit::{Client, World};
use tracing::{
    Event, Subscriber,
    field::{Field, Visit},
};
use tracing_subscriber::{
    Layer,
    layer::{Context, SubscriberExt as _},
    registry::LookupSpan,
};

use super::{
    free,
    generate::Generator,
    ids, post,
    production::{documents, filled},
    rounds,
};
use crate::isolation::EVERYBODY;

/// What one operation may cost.
const STATEMENTS_MAX: usize = 20;
const SLOWEST_OF_A_HUNDRED: Duration = Duration::from_secs(1);

/// Counts what the driver sends, but for the look at a connection that goes back into the pool.
#[derive(Clone, Default)]
struct Counter(Arc<AtomicUsize>);

struct Text(String);

impl Visit for Text {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        if matches!(field.name(), "summary" | "db.statement") {
            let _ = write!(self.0, "{value:?} ");
        }
    }
}

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Counter {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        if event.metadata().target() != "sqlx::query" {
            return;
        }
        let mut text = Text(String::new());
        event.record(&mut text);
        if !text.0.contains("statement_timestamp()") {
            self.0.fetch_add(1, Ordering::Relaxed);
        }
    }
}

impl Counter {
    fn taken(&self) -> usize {
        self.0.swap(0, Ordering::Relaxed)
    }
}

fn was_refused(answer: &Value) -> bool {
    let message = answer["errors"][0]["message"].as_str().unwrap_or_default();
    message == "Query is too complex."
        || message == "Query is nested too deep."
        || message.starts_with("The document")
}

async fn people(world: &World) -> Vec<Client> {
    let mut clients = Vec::new();
    for address in addresses() {
        clients.push(world.graphql(Some(address)).await);
    }
    clients
}

fn addresses() -> impl Iterator<Item = &'static str> {
    let there = |address: &&str| *address != crate::isolation::OTHER_FUNDER;
    EVERYBODY.into_iter().filter(there)
}

/// A token for everything that each person may read.
async fn tokens(world: &World) -> Vec<String> {
    let mut bearers = Vec::new();
    for (client, address) in people(world).await.iter().zip(addresses()) {
        let actor = world.actor(address).await;
        let scopes = casework::token_scopes(&actor);
        let scopes: Vec<&str> = scopes.iter().map(|scope| scope.as_str()).collect();
        let (secret, _) = super::tokens::make(client, &scopes).await;
        bearers.push(format!("Bearer {secret}"));
    }
    bearers
}

/// Any document that a program may send. The look at the token is counted too; a transaction's begin and end are not.
#[tokio::test]
async fn trust_17_a_query_within_the_limits_costs_twenty_statements_at_most() {
    let world = World::seeded().await;
    let bearers = tokens(&world).await;
    let mut generator = Generator::new(17, ids(&world).await);
    let counter = Counter::default();
    let subscriber = tracing_subscriber::registry().with(counter.clone());
    let _counting = tracing::subscriber::set_default(subscriber);
    let wanted = rounds(2_000, 400);
    let (mut took, mut counts, mut answered, mut refused) = (Vec::new(), Vec::new(), 0, 0);
    let mut over = Vec::new();
    while took.len() < wanted {
        let bearer = &bearers[took.len() % bearers.len()];
        let query = generator.query();
        counter.taken();
        let begun = Instant::now();
        let answer = post(&world, &[("authorization", bearer)], free(&query)).await;
        let elapsed = begun.elapsed();
        let answer = answer.json();
        if was_refused(&answer) {
            refused += 1;
            continue;
        }
        let count = counter.taken();
        answered += usize::from(answer["data"].is_object());
        if count > STATEMENTS_MAX {
            over.push(format!("{count}: {query}"));
        }
        counts.push(count);
        took.push(elapsed);
    }
    took.sort();
    counts.sort_unstable();
    let p99 = took[took.len() * 99 / 100];
    let most = counts.last().copied().unwrap_or_default();
    assert!(most > 1, "nothing was counted");
    assert!(
        answered * 4 > wanted,
        "only {answered} of {wanted} brought data"
    );
    assert!(over.is_empty(), "{} over:\n{}", over.len(), over.join("\n"));
    assert!(p99 < SLOWEST_OF_A_HUNDRED, "{p99:?}");
    println!(
        "trust-17 pass {wanted} queries ({answered} with data, {refused} refused as too heavy): at most {most} statements, median {}, p99 {} ms",
        counts[counts.len() / 2],
        p99.as_millis()
    );
}

/// Each operation of the web app, by each kind of person, with real ids.
#[tokio::test]
async fn trust_17_no_operation_of_the_web_app_costs_more_than_twenty_statements() {
    let world = World::seeded().await;
    let clients = people(&world).await;
    let mut generator = Generator::new(3, ids(&world).await);
    let counter = Counter::default();
    let subscriber = tracing_subscriber::registry().with(counter.clone());
    let _counting = tracing::subscriber::set_default(subscriber);
    let (mut counts, mut over) = (Vec::new(), Vec::new());
    for text in documents().values() {
        if text.starts_with("subscription") {
            continue;
        }
        let name = text.split(['(', '{']).next().unwrap().trim();
        let mut most = 0;
        for client in clients.iter().cycle().take(3 * clients.len()) {
            counter.taken();
            client.send(&filled(text, &mut generator), json!({})).await;
            most = most.max(counter.taken());
        }
        counts.push(most);
        if most > STATEMENTS_MAX {
            over.push(format!("{most}: {name}"));
        }
    }
    counts.sort_unstable();
    assert!(over.is_empty(), "{}", over.join("\n"));
    println!(
        "trust-17 pass {} operations of the web app: at most {} statements, median {}",
        counts.len(),
        counts[counts.len() - 1],
        counts[counts.len() / 2]
    );
}
