//! What goes with a submission: clean files and those still in quarantine, by hash; what the funder reads of them;
//! and documents without files, which are frozen as before there were any.
use axum::http::StatusCode;
use casework::{file_remove, review_declare_conflict};
use serde_json::{Value, json};
use testkit::World;
use uuid::Uuid;

use super::{announce, ask, attach, attached, codes, entries, fetch, made, send, state};
use crate::drafting::{EDITOR, ENDORSER, complete_draft, problem_codes, submit, submitted};

const OFFICER: &str = "officer@funder.example";
const REVIEWER: &str = "reviewer1@funder.example";

async fn frozen(world: &World, submission: Uuid) -> Value {
    let document: String = sqlx::query_scalar(
        "select document from tenant.received_submissions where submission_id = $1",
    )
    .bind(submission)
    .fetch_one(world.sql())
    .await
    .unwrap();
    serde_json::from_str(&document).unwrap()
}

async fn received(world: &World, email: &str, submission: Uuid) -> Vec<Value> {
    let client = world.graphql(Some(email)).await;
    let query = "query($id: ID!) { received(id: $id) { files { id name kind bytes sha256 state reason scanned } } }";
    let data = client.ask(query, json!({"id": submission})).await;
    data["received"]["files"]
        .as_array()
        .cloned()
        .unwrap_or_default()
}

fn file_id(file: &Value) -> Uuid {
    file["id"].as_str().unwrap().parse().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn files_go_with_a_submission_and_a_scan_never_costs_the_deadline() {
    let world = World::seeded().await;
    let actor = world.actor(ENDORSER).await;
    let application = complete_draft(&world, &actor).await;
    let clean = attached(&world, EDITOR, application).await;
    let dropped = attached(&world, EDITOR, application).await;
    world.run_jobs().await;
    file_remove(world.casework(), &actor, dropped)
        .await
        .unwrap();
    let client = world.graphql(Some(EDITOR)).await;
    let waiting = attach(&client, application, "報價.pdf", &made::pdf("late"))
        .await
        .unwrap();
    let pending = announce(&client, application, "c.pdf", made::pdf("c").len()).await;
    let submission = submit(&world, &actor, application).await;

    // The frozen document names them by hash, and nothing can be added or taken off any more.
    let files = frozen(&world, submission).await["files"].clone();
    let listed: Vec<(&str, &str)> = files
        .as_array()
        .unwrap()
        .iter()
        .map(|file| {
            (
                file["name"].as_str().unwrap(),
                file["kind"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        listed,
        [("quotation.pdf", "quotation"), ("報價.pdf", "quotation")]
    );
    let grant = pending["grant"].as_str().unwrap();
    assert_eq!(
        codes(&send(&client, grant, &made::pdf("c")).await.1),
        ["not_draft"]
    );
    let refused = file_remove(world.casework(), &actor, clean).await;
    assert_eq!(problem_codes(refused), ["not_draft"]);

    // The funder reads what is clean, and not yet what is in quarantine.
    let theirs = received(&world, OFFICER, submission).await;
    let standing: Vec<&str> = theirs
        .iter()
        .map(|file| file["state"].as_str().unwrap())
        .collect();
    assert_eq!(standing, ["CLEAN", "QUARANTINED"]);
    let officer = world.graphql(Some(OFFICER)).await;
    assert_eq!(
        codes(&ask(&officer, file_id(&theirs[1])).await),
        ["file_quarantined"]
    );
    world.run_jobs().await;
    assert_eq!(state(&world, waiting).await.0, "clean");
    let theirs = received(&world, OFFICER, submission).await;
    let before = entries(&world, "file_read").await;
    for (file, listed) in theirs.iter().zip(files.as_array().unwrap()) {
        let permission = ask(&officer, file_id(file)).await["grant"]
            .as_str()
            .unwrap()
            .to_owned();
        let (status, _, bytes) = fetch(&officer, &permission).await;
        assert_eq!(status, StatusCode::OK);
        assert_eq!(
            explain::sha256_hex(&bytes),
            listed["sha256"].as_str().unwrap()
        );
        assert_eq!(file["sha256"], listed["sha256"]);
        assert_eq!(file["scanned"], false);
    }
    assert_eq!(entries(&world, "file_read").await - before, 2);
    // The applicant's own ids mean nothing to the funder.
    assert_eq!(codes(&ask(&officer, clean).await), ["not_found"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_found_after_the_submission_is_refused_on_both_sides() {
    let world = World::seeded().await;
    let actor = world.actor(ENDORSER).await;
    let application = complete_draft(&world, &actor).await;
    let file = attached(&world, EDITOR, application).await;
    let submission = submit(&world, &actor, application).await;
    let object: String =
        sqlx::query_scalar("select object_name from tenant.files where file_id = $1")
            .bind(file)
            .fetch_one(world.sql())
            .await
            .unwrap();
    std::fs::write(world.files_folder().join(object), b"swapped").unwrap();
    world.run_jobs().await;
    assert_eq!(state(&world, file).await.0, "refused");
    let theirs = received(&world, OFFICER, submission).await;
    assert_eq!(theirs[0]["state"], "REFUSED");
    assert_eq!(theirs[0]["reason"], "file_changed");
    let officer = world.graphql(Some(OFFICER)).await;
    assert_eq!(
        codes(&ask(&officer, file_id(&theirs[0])).await),
        ["file_was_refused"]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reviewer_with_a_conflict_reads_no_file_even_with_an_earlier_permission() {
    let world = World::seeded().await;
    let actor = world.actor(ENDORSER).await;
    let application = complete_draft(&world, &actor).await;
    attached(&world, EDITOR, application).await;
    let submission = submit(&world, &actor, application).await;
    world.run_jobs().await;
    let client = world.graphql(Some(REVIEWER)).await;
    let file = file_id(&received(&world, REVIEWER, submission).await[0]);
    let grant = ask(&client, file).await["grant"]
        .as_str()
        .unwrap()
        .to_owned();
    let reviewer = world.actor(REVIEWER).await;
    review_declare_conflict(world.casework(), &reviewer, submission, "board member")
        .await
        .unwrap();
    assert_eq!(fetch(&client, &grant).await.0, StatusCode::NOT_FOUND);
    assert_eq!(codes(&ask(&client, file).await), ["not_found"]);
    assert!(received(&world, REVIEWER, submission).await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_document_without_files_has_no_word_of_them() {
    let world = World::seeded().await;
    let actor = world.actor(ENDORSER).await;
    let (_, submission) = submitted(&world, &actor).await;
    assert!(frozen(&world, submission).await.get("files").is_none());
    world.run_jobs().await;
}
