//! Applications for tests that begin with one: the sections of a demonstration application, saved
//! anew by the same organisation as a draft of the open round.
use access::Actor;
use casework::{application_start, application_submit, section_save};
use serde_json::{Map, Value};
use testkit::{World, seed_file};
use uuid::Uuid;

/// The round that takes applications.
pub(crate) const OPEN_ROUND: &str = "719100bb-efe3-5da5-aa91-7378a02611c9";
/// The round that is ranked and decided.
pub(crate) const PAST_ROUND: &str = "5d55c9ba-ef50-5556-acaa-c987e44a2a9d";

/// A complete and eligible application with a shared cost, and what it must come to.
pub(crate) const EXAMPLE: &str = "DF-26-058";
/// Of the organisation that wrote the example: may do everything that an applicant can.
pub(crate) const ENDORSER: &str = "endorser@kestrel.example";
pub(crate) const EDITOR: &str = "editor@kestrel.example";
pub(crate) const FINANCE: &str = "finance@kestrel.example";

/// The sections of a demonstration application.
pub(crate) fn sections(reference: &str) -> Map<String, Value> {
    let mut application = seed_file(&format!("demo/applications/{reference}.json"));
    match application["sections"].take() {
        Value::Object(sections) => sections,
        other => panic!("{other}"),
    }
}

/// What a demonstration application must come to.
pub(crate) fn expected(reference: &str) -> Value {
    let file = seed_file("demo/expected.json");
    let all = file["applications"].as_array().unwrap();
    let found = all
        .iter()
        .find(|expected| expected["reference"] == reference);
    found.unwrap().clone()
}

/// Makes the open round take applications whatever the day of the test.
pub(crate) async fn open_the_round(world: &World) {
    world
        .arrange(
            "update published.rounds set opens_at = now() - interval '30 days',
                 closes_at = now() + interval '30 days' where stage = 'open'",
        )
        .await;
}

/// A draft of the open round with every section of the example.
pub(crate) async fn complete_draft(world: &World, actor: &Actor) -> Uuid {
    open_the_round(world).await;
    let round = OPEN_ROUND.parse().unwrap();
    let key = Uuid::now_v7().to_string();
    let casework = world.casework();
    let application = application_start(casework, actor, round, &key)
        .await
        .unwrap();
    for (section, content) in sections(EXAMPLE) {
        let saved = section_save(casework, actor, application, &section, &content, 0).await;
        let saved = saved.unwrap();
        assert!(saved.problems.is_empty(), "{section}: {:?}", saved.problems);
    }
    application
}

/// The same draft, submitted: the application and its frozen version.
pub(crate) async fn submitted(world: &World, actor: &Actor) -> (Uuid, Uuid) {
    let application = complete_draft(world, actor).await;
    (application, submit(world, actor, application).await)
}

/// Submits a draft and gives its frozen version.
pub(crate) async fn submit(world: &World, actor: &Actor, application: Uuid) -> Uuid {
    let key = Uuid::now_v7().to_string();
    application_submit(world.casework(), actor, application, &key)
        .await
        .unwrap();
    sqlx::query_scalar("select submission_id from tenant.submissions where application_id = $1")
        .bind(application)
        .fetch_one(world.sql())
        .await
        .unwrap()
}

/// The codes of the problems that kept a deed from being done.
pub(crate) fn problem_codes<T>(refused: casework::CaseResult<T>) -> Vec<String> {
    match refused {
        Ok(_) => panic!("nothing was refused"),
        Err(casework::CaseError::Problems(problems)) => problems
            .as_slice()
            .iter()
            .map(|problem| problem.code.clone())
            .collect(),
        Err(other) => panic!("{other}"),
    }
}
