//! Submitting under pressure: the deadline, one effect per key, and two people at one draft.
use casework::{application_start, application_submit, application_withdraw, section_save};
use explain::sha256_hex;
use serde_json::json;
use testkit::World;
use tokio::task::JoinSet;
use uuid::Uuid;

use crate::drafting::{
    EDITOR, ENDORSER, EXAMPLE, OPEN_ROUND, complete_draft, open_the_round, problem_codes, sections,
    submitted,
};

/// How often one request is tried at the same time.
const TRIES: usize = 20;

async fn count(world: &World, query: &'static str, id: Uuid) -> i64 {
    let count = sqlx::query_scalar(query).bind(id);
    count.fetch_one(world.sql()).await.unwrap()
}

const SUBMISSIONS: &str = "select count(*) from tenant.submissions where application_id = $1";
const DELIVERED: &str =
    "select count(*) from tenant.received_submissions where application_id = $1";
const WORK: &str = "select count(*) from system.work w join tenant.submissions s
    on s.submission_id = w.subject_id where s.application_id = $1";
const AUDIT: &str = "select count(*) from tenant.audit_entries
    where subject_id = $1 and action = 'application_submit'";

#[tokio::test(flavor = "multi_thread")]
async fn trust_37_a_second_past_the_deadline_is_too_late_by_the_clock_of_the_database() {
    let world = World::seeded().await;
    let actor = world.actor(ENDORSER).await;
    let application = complete_draft(&world, &actor).await;
    world
        .arrange("update published.rounds set closes_at = now() - interval '1 second' where stage = 'open'")
        .await;
    let late =
        application_submit(world.casework(), &actor, application, "a key of this test").await;
    assert_eq!(problem_codes(late), ["round_closed"]);
    let started = application_start(
        world.casework(),
        &actor,
        OPEN_ROUND.parse().unwrap(),
        "another key",
    )
    .await;
    assert_eq!(problem_codes(started), ["round_closed"]);
    assert_eq!(count(&world, SUBMISSIONS, application).await, 0);
    // An extension is a recorded act, and opens the round again.
    world
        .arrange(
            "insert into published.round_extensions
                 (round_id, extension_no, closes_at, notice_en, notice_zh, recorded_by)
             select round_id, 1, now() + interval '1 day', 'Typhoon', '颱風', owner_tenant_id
             from published.rounds where stage = 'open'",
        )
        .await;
    let key = "a key of this test";
    application_submit(world.casework(), &actor, application, key)
        .await
        .unwrap();
    assert_eq!(count(&world, SUBMISSIONS, application).await, 1);
    println!("trust-37 pass 2 refused, 1 accepted");
}

#[tokio::test(flavor = "multi_thread")]
async fn trust_41_a_submission_that_reaches_its_last_statement_too_late_leaves_nothing_behind() {
    let world = World::seeded().await;
    let actor = world.actor(ENDORSER).await;
    let application = complete_draft(&world, &actor).await;
    // The submission passes its first look at the clock and then waits for this lock.
    let mut holding = world.sql().begin().await.unwrap();
    sqlx::query("lock table tenant.audit_entries in exclusive mode")
        .execute(&mut *holding)
        .await
        .unwrap();
    let casework = world.casework().clone();
    let submitting = tokio::spawn(async move {
        application_submit(&casework, &actor, application, "a key of this test").await
    });
    let waiting = "select exists (select from pg_locks where not granted
        and relation = 'tenant.audit_entries'::regclass)";
    let mut waits = false;
    while !waits {
        waits = sqlx::query_scalar(waiting)
            .fetch_one(world.sql())
            .await
            .unwrap();
    }
    world
        .arrange("update published.rounds set closes_at = now() - interval '1 second' where stage = 'open'")
        .await;
    holding.rollback().await.unwrap();
    assert_eq!(problem_codes(submitting.await.unwrap()), ["round_closed"]);
    for query in [SUBMISSIONS, DELIVERED, WORK, AUDIT] {
        assert_eq!(count(&world, query, application).await, 0, "{query}");
    }
    let stage: String =
        sqlx::query_scalar("select stage from tenant.applications where application_id = $1")
            .bind(application)
            .fetch_one(world.sql())
            .await
            .unwrap();
    assert_eq!(stage, "draft");
    println!("trust-41 pass 0 rows of a late submission");
}

#[tokio::test(flavor = "multi_thread")]
async fn trust_27_twenty_parallel_tries_of_one_key_start_and_submit_one_application() {
    let world = World::seeded().await;
    open_the_round(&world).await;
    let actor = world.actor(ENDORSER).await;
    let round = OPEN_ROUND.parse().unwrap();
    let mut starting = JoinSet::new();
    for _ in 0..TRIES {
        let (casework, actor) = (world.casework().clone(), actor.clone());
        starting.spawn(async move {
            application_start(&casework, &actor, round, "one key for all tries")
                .await
                .unwrap()
        });
    }
    let mut started = starting.join_all().await;
    started.dedup();
    assert_eq!(started.len(), 1, "{started:?}");

    let application = complete_draft(&world, &actor).await;
    let mut submitting = JoinSet::new();
    for _ in 0..TRIES {
        let (casework, actor) = (world.casework().clone(), actor.clone());
        submitting.spawn(async move {
            application_submit(&casework, &actor, application, "one key for all tries")
                .await
                .unwrap()
        });
    }
    let answers = submitting.join_all().await;
    assert_eq!(answers, [application; TRIES]);
    for query in [SUBMISSIONS, DELIVERED, AUDIT] {
        assert_eq!(count(&world, query, application).await, 1, "{query}");
    }
    assert_eq!(count(&world, WORK, application).await, 3);

    // The same key with another body is another request, and refused.
    let other = complete_draft(&world, &actor).await;
    let reused = application_submit(world.casework(), &actor, other, "one key for all tries").await;
    assert_eq!(problem_codes(reused), ["idempotency_key_reused"]);
    world.run_jobs().await;
    println!("trust-27 pass {TRIES} tries, 1 effect");
}

#[tokio::test(flavor = "multi_thread")]
async fn trust_27_tries_under_different_keys_submit_once_and_the_others_are_told() {
    let world = World::seeded().await;
    let actor = world.actor(ENDORSER).await;
    let application = complete_draft(&world, &actor).await;
    let mut submitting = JoinSet::new();
    for number in 0..TRIES {
        let (casework, actor) = (world.casework().clone(), actor.clone());
        submitting.spawn(async move {
            application_submit(
                &casework,
                &actor,
                application,
                &format!("key number {number}"),
            )
            .await
        });
    }
    let (accepted, refused): (Vec<_>, Vec<_>) = submitting
        .join_all()
        .await
        .into_iter()
        .partition(Result::is_ok);
    assert_eq!((accepted.len(), refused.len()), (1, TRIES - 1));
    for refusal in refused {
        assert_eq!(problem_codes(refusal), ["not_draft"]);
    }
    assert_eq!(count(&world, SUBMISSIONS, application).await, 1);
    world.run_jobs().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn trust_28_of_two_people_saving_one_section_the_second_gets_the_other_text_to_compare() {
    let world = World::seeded().await;
    let actor = world.actor(ENDORSER).await;
    let application = complete_draft(&world, &actor).await;
    let save = "mutation($input: ApplicationSectionSaveInput!) {
        applicationSectionSave(input: $input) {
            section { version content } problems { code } } }";
    let mut saving = JoinSet::new();
    for (address, need) in [
        (EDITOR, "The editor's text."),
        (ENDORSER, "The endorser's text."),
    ] {
        let client = world.graphql(Some(address)).await;
        let mut content = sections(EXAMPLE)["project"].clone();
        content["need"] = json!(need);
        let input = json!({"applicationId": application, "section": "project",
                           "content": content, "expectedVersion": 1});
        saving.spawn(async move {
            let mut data = client.ask(save, json!({"input": input})).await;
            data["applicationSectionSave"].take()
        });
    }
    let answers = saving.join_all().await;
    let (won, lost): (Vec<_>, Vec<_>) = answers
        .into_iter()
        .partition(|answer| answer["problems"] == json!([]));
    assert_eq!((won.len(), lost.len()), (1, 1));
    assert_eq!(lost[0]["problems"], json!([{"code": "version_conflict"}]));
    // The loser still has its own text in the form, and now the winner's beside it.
    assert_eq!(lost[0]["section"], won[0]["section"]);
    assert_eq!(won[0]["section"]["version"], 2);
    let stored: serde_json::Value = sqlx::query_scalar(
        "select content from tenant.draft_sections where application_id = $1 and section = 'project'",
    )
    .bind(application)
    .fetch_one(world.sql())
    .await
    .unwrap();
    assert_eq!(stored, won[0]["section"]["content"]);
    println!("trust-28 pass 0 lost updates");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_submission_is_frozen_under_a_hash_that_anybody_can_verify_on_both_sides() {
    let world = World::seeded().await;
    let actor = world.actor(ENDORSER).await;
    let (application, submission) = submitted(&world, &actor).await;
    for query in [
        "select document, sha256 from tenant.submissions where submission_id = $1",
        "select document, sha256 from tenant.received_submissions where submission_id = $1",
    ] {
        let (document, sha256): (String, String) = sqlx::query_as(query)
            .bind(submission)
            .fetch_one(world.sql())
            .await
            .unwrap();
        assert_eq!(sha256_hex(document.as_bytes()), sha256);
        let frozen: serde_json::Value = serde_json::from_str(&document).unwrap();
        let project = &sections(EXAMPLE)["project"];
        assert_eq!(frozen["sections"]["project"]["need"], project["need"]);
    }
    let saved = section_save(
        world.casework(),
        &actor,
        application,
        "project",
        &json!({}),
        1,
    )
    .await;
    assert_eq!(problem_codes(saved), ["not_draft"]);
    world.run_jobs().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_withdrawn_application_is_neither_listed_nor_ranked_nor_counted() {
    let world = World::seeded().await;
    let actor = world.actor(ENDORSER).await;
    let (application, submission) = submitted(&world, &actor).await;
    world.run_jobs().await;
    let counted = "select count(*) from sector.contributions where submission_id = $1";
    assert_eq!(count(&world, counted, submission).await, 1);

    application_withdraw(world.casework(), &actor, application)
        .await
        .unwrap();
    let officer = world.actor("officer@funder.example").await;
    let round = OPEN_ROUND.parse().unwrap();
    world
        .arrange("update published.rounds set closes_at = now() where stage = 'open'")
        .await;
    casework::round_close(world.casework(), &officer, round)
        .await
        .unwrap();
    world.run_jobs().await;

    let page = casework::inbox(world.casework(), &officer, round, 100, None)
        .await
        .unwrap();
    assert!(page.rows.iter().all(|row| row.id != submission));
    let shortlist = casework::shortlist(world.casework(), &officer, round)
        .await
        .unwrap()
        .unwrap();
    assert!(
        shortlist
            .rows
            .iter()
            .all(|row| row.submission != submission)
    );
    assert!(!shortlist.rows.is_empty());
    assert_eq!(count(&world, counted, submission).await, 0);
    // The funder's copy is marked, not removed.
    assert_eq!(count(&world, DELIVERED, application).await, 1);
    let again = application_withdraw(world.casework(), &actor, application).await;
    assert_eq!(problem_codes(again), ["already_withdrawn"]);
}
