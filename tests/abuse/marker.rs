//! What an organisation writes and has not sent is in no byte that anybody else receives, in no key of Redis, and in
//! no line of the log (trust 7).
use std::fs;

use axum::http::Method;
use serde_json::{Value, json};
use testkit::{Client, World};
use uuid::Uuid;

use super::{free, generate::Generator, ids, rounds, served::Served, tokens};
use crate::{
    drafting::{ENDORSER, EXAMPLE, complete_draft, sections},
    files,
    isolation::{EVERYBODY, OTHER_FUNDER, fields},
    purchases,
    work::redis,
};

/// In no other text of the demonstration.
const MARKER: &str = "Zwirbelkiefer-4711";

/// Every sentence of a section says the marker too; codes and numbers stay as they are.
fn marked(value: &mut Value) {
    match value {
        Value::String(text) if text.contains(' ') => text.extend([" ", MARKER]),
        Value::Array(items) => items.iter_mut().for_each(marked),
        Value::Object(fields) => fields.values_mut().for_each(marked),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// A draft, a purchase and a file of one organisation, with the marker in every text.
async fn written(world: &World) -> Uuid {
    let actor = world.actor(ENDORSER).await;
    let application = complete_draft(world, &actor).await;
    for (section, mut content) in sections(EXAMPLE) {
        marked(&mut content);
        let saved =
            casework::section_save(world.casework(), &actor, application, &section, &content, 1)
                .await;
        let saved = saved.unwrap();
        assert!(saved.problems.is_empty(), "{section}: {:?}", saved.problems);
    }
    let editor = world.graphql(Some(purchases::EDITOR)).await;
    let project = purchases::project(world, purchases::AWARDED).await;
    let mut content = purchases::content(Value::Null, "1000.00");
    content["title"] = json!(MARKER);
    purchases::done(purchases::request(&editor, &project, "b1", content).await);
    let owner = world.graphql(Some(ENDORSER)).await;
    files::attached_as(&owner, application, &format!("{MARKER}.pdf")).await;
    application
}

fn seen_in(bytes: &[u8]) -> bool {
    let marker = MARKER.as_bytes();
    bytes.windows(marker.len()).any(|window| window == marker)
}

/// The answers to everything that can be read, with the owner's own ids and with whatever a query is made of.
async fn receives(
    client: &Client,
    generator: &mut Generator,
    application: Uuid,
    queries: usize,
) -> (usize, Vec<String>) {
    let mut asked = Vec::new();
    for field in fields::all().filter(|field| !field.changes) {
        asked.push((field.document.to_owned(), (field.variables)(application)));
    }
    for _ in 0..queries {
        asked.push((generator.query(), json!({})));
    }
    let mut found = Vec::new();
    let count = asked.len();
    for (document, variables) in asked {
        let answer = client.send(&document, variables).await;
        if seen_in(answer.to_string().as_bytes()) {
            found.push(document);
        }
    }
    let doors = [
        format!("/files/value-map/{application}.xlsx"),
        format!("/files/cost-plan/{application}.xlsx"),
        "/files/audit/trail.jsonl".to_owned(),
        "/auth/sessions".to_owned(),
        "/auth/tokens".to_owned(),
    ];
    for path in &doors {
        let (_, _, body) = client.fetch(Method::GET, path, None, Vec::new()).await;
        if seen_in(&body) {
            found.push(path.clone());
        }
    }
    (count + doors.len(), found)
}

#[tokio::test(flavor = "multi_thread")]
async fn trust_07_what_is_not_sent_is_in_no_byte_that_another_tenant_receives() {
    let world = World::seeded().await;
    let application = written(&world).await;
    world.run_jobs().await;
    let mut every = ids(&world).await;
    // Where a random id is taken, the draft's own comes up as often as all others together.
    let others = every.len();
    every.extend((0..others).map(|_| ("application".to_owned(), application.to_string())));
    let mut generator = Generator::new(7, every);
    let tenant = world.actor(ENDORSER).await.tenant;
    let mut people = vec![(None, world.graphql(None).await)];
    for address in EVERYBODY {
        if address != OTHER_FUNDER && world.actor(address).await.tenant != tenant {
            people.push((Some(address), world.graphql(Some(address)).await));
        }
    }
    let queries = rounds(2_000, 60);
    let mut answers = 0;
    for (address, client) in people {
        let (asked, found) = receives(&client, &mut generator, application, queries).await;
        assert!(found.is_empty(), "{address:?} reads it by {found:?}");
        answers += asked;
    }
    let own = world.graphql(Some(ENDORSER)).await;
    let (_, found) = receives(&own, &mut generator, application, queries).await;
    assert!(found.len() >= 2, "its own people read it by {found:?} only");
    println!(
        "trust-07 pass the marker is in 0 of {answers} answers to others, and in {} to its own people",
        found.len()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn trust_07_neither_redis_nor_the_log_holds_what_is_written() {
    let world = World::seeded().await;
    let application = written(&world).await;
    let (_server, url) = redis().await;
    let log = world.plumbline_folder().join("log.txt");
    let errors = fs::File::create(&log).unwrap();
    let web = world.plumbline_folder().to_owned();
    // Every line that the program knows to write.
    let served = Served::logging(&world, &web, &url, errors).await;
    let owner = world.graphql(Some(ENDORSER)).await;
    let (secret, _) = tokens::make(&owner, &["applications:read", "applications:write"]).await;
    let bearer = format!("authorization: Bearer {secret}\r\n");
    let mut content = sections(EXAMPLE)["project"].clone();
    marked(&mut content);
    let save =
        "mutation($input: ApplicationSectionSaveInput!) { applicationSectionSave(input: $input) {
        problems { code } } }";
    for expected in [2, 7] {
        let input = json!({"applicationId": application, "section": "project", "expectedVersion": expected, "content": content});
        let body = json!({"query": save, "variables": {"input": input}}).to_string();
        let told = served.post("/graphql", &bearer, &body).await;
        assert_eq!(told.status, 200, "{}", told.body);
    }
    let read =
        format!("{{ application(id: \"{application}\") {{ id sections {{ code content }} }} }}");
    let told = served.post("/graphql", &bearer, &free(&read)).await;
    assert!(
        seen_in(told.body.as_bytes()),
        "its owner reads it: {}",
        told.body
    );
    let broken = free(&format!("{{ nonsense(text: \"{MARKER}\") }}"));
    served.post("/graphql", &bearer, &broken).await;
    let lines = fs::read(&log).unwrap();
    assert!(
        lines.len() > 1_000,
        "the log says nothing: {} bytes",
        lines.len()
    );
    assert!(!seen_in(&lines), "{}", of_line(&lines));
    let kept = everything_of(&url).await;
    assert!(!kept.is_empty(), "Redis holds nothing");
    assert!(!kept.iter().any(|bytes| seen_in(bytes)), "Redis holds it");
    println!(
        "trust-07 pass the marker is in 0 of {} bytes of the log at its loudest and in 0 of {} keys and values of Redis",
        lines.len(),
        kept.len()
    );
}

fn of_line(lines: &[u8]) -> String {
    let text = String::from_utf8_lossy(lines);
    let line = text.lines().find(|line| line.contains(MARKER));
    line.unwrap_or_default().to_owned()
}

/// Every key and value of a Redis.
async fn everything_of(url: &str) -> Vec<Vec<u8>> {
    let client = ::redis::Client::open(url).unwrap();
    let mut connection = client.get_multiplexed_async_connection().await.unwrap();
    let keys: Vec<Vec<u8>> = ::redis::cmd("KEYS")
        .arg("*")
        .query_async(&mut connection)
        .await
        .unwrap();
    let mut kept = Vec::new();
    for key in keys {
        let value: Vec<u8> = ::redis::cmd("DUMP")
            .arg(&key)
            .query_async(&mut connection)
            .await
            .unwrap();
        kept.extend([key, value]);
    }
    kept
}
