//! Evaluating and scoring: what the workers make of a submission, and who sees what of it.
use serde_json::{Value, json};
use testkit::{Client, World};

use super::{codes, followed, received};
use crate::drafting::{ENDORSER, EXAMPLE, OPEN_ROUND, expected, submitted};

const OFFICER: &str = "officer@funder.example";
const REVIEWERS: [&str; 2] = ["reviewer1@funder.example", "reviewer2@funder.example"];

/// Screening, value for money, cost sharing, then one ranking and one sector report.
const JOBS_OF_A_SUBMISSION: usize = 5;

async fn evaluated(world: &World) -> (String, String) {
    let actor = world.actor(ENDORSER).await;
    let (application, submission) = submitted(world, &actor).await;
    assert_eq!(world.run_jobs().await, JOBS_OF_A_SUBMISSION);
    (application.to_string(), submission.to_string())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_funder_sees_verdict_social_return_and_cost_share_with_the_expected_figures() {
    let world = World::seeded().await;
    let (_, submission) = evaluated(&world).await;
    let officer = world.graphql(Some(OFFICER)).await;
    let seen = received(&officer, &submission).await;
    let expected = expected(EXAMPLE);
    assert_eq!(seen["verdict"]["state"], "ELIGIBLE");
    assert_eq!(seen["ask"], expected["ask"]);
    let sroi = &seen["sroi"];
    assert_eq!(sroi["ratio"], expected["sroi_ratio"]);
    assert!(sroi["runId"].is_string());
    let ends = ["low", "mid", "high"]
        .map(|end| money::decimal_from_text(sroi[end].as_str().unwrap()).unwrap());
    assert!(ends[0] < ends[1] && ends[1] < ends[2], "{ends:?}");
    assert!(!sroi["tornado"].as_array().unwrap().is_empty());
    // 330,400.00 over 2,700 and 900 transactions: three quarters and one quarter.
    let shares = &seen["costShare"]["pools"][0]["shares"];
    assert_eq!(*shares, json!({"fsa": "247800.00", "selffin": "82600.00"}));
    assert!(
        !seen["procurement"]["purchases"]
            .as_array()
            .unwrap()
            .is_empty()
    );

    // Asking the stored questions again gives the stored answers; the preview said the same.
    let runs: i64 =
        sqlx::query_scalar("select count(*) from tenant.runs where subject_id = $1::uuid")
            .bind(&submission)
            .fetch_one(world.sql())
            .await
            .unwrap();
    assert_eq!(runs, 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_applicant_follows_progress_and_sees_nothing_of_the_funders() {
    let world = World::seeded().await;
    let actor = world.actor(ENDORSER).await;
    let (application, submission) = submitted(&world, &actor).await;
    let (application, submission) = (application.to_string(), submission.to_string());
    let endorser = world.graphql(Some(ENDORSER)).await;
    let waiting = followed(&endorser, &application).await;
    assert_eq!(waiting["stage"], "SUBMITTED");
    assert_eq!(states(&waiting), ["QUEUED", "QUEUED", "QUEUED"]);
    world.run_jobs().await;
    let done = followed(&endorser, &application).await;
    assert_eq!(states(&done), ["DONE", "DONE", "DONE"]);
    let mut codes: Vec<&str> = Vec::new();
    for event in done["timeline"].as_array().unwrap() {
        codes.push(event["code"].as_str().unwrap());
        for param in event["params"].as_array().unwrap() {
            // The ratio is of the applicant's own value map; a score or a reason would be a leak.
            let name = param["name"].as_str().unwrap();
            assert!(
                ["version", "state", "run", "ratio"].contains(&name),
                "{param}"
            );
        }
    }
    codes.sort_unstable();
    assert_eq!(codes, ["apportioned", "evaluated", "received", "screened"]);

    // Both sides hold the same frozen version.
    let officer = world.graphql(Some(OFFICER)).await;
    let theirs = received(&officer, &submission).await;
    assert_eq!(theirs["sha256"], done["submission"]["sha256"]);
    // The funder's side does not exist for the applicant.
    assert_eq!(received(&endorser, &submission).await, Value::Null);
    let shortlist = "query($id: ID!) { shortlist(roundId: $id) { rankingId } }";
    let data = endorser.ask(shortlist, json!({"id": OPEN_ROUND})).await;
    assert_eq!(data["shortlist"], Value::Null);
}

fn states(application: &Value) -> Vec<&str> {
    let progress = application["progress"].as_array().unwrap();
    progress
        .iter()
        .map(|step| step["state"].as_str().unwrap())
        .collect()
}

/// The dimensions that people score.
async fn dimensions(client: &Client) -> Vec<String> {
    let query = "query($id: ID!) { round(id: $id) { programme { rubric { id machineRead } } } }";
    let data = client.ask(query, json!({"id": OPEN_ROUND})).await;
    let rubric = data["round"]["programme"]["rubric"].as_array().unwrap();
    let scored = rubric
        .iter()
        .filter(|dimension| dimension["machineRead"] == false);
    scored
        .map(|dimension| dimension["id"].as_str().unwrap().to_owned())
        .collect()
}

async fn review(client: &Client, submission: &str, scores: Vec<Value>, submit: bool) -> Value {
    let query = "mutation($input: ReviewSaveInput!) { reviewSave(input: $input) {
        review { state version } problems { code path } } }";
    let input = json!({"submissionId": submission, "expectedVersion": 0, "scores": scores,
                       "comment": "Clear need.", "submit": submit});
    let mut data = client.ask(query, json!({"input": input})).await;
    data["reviewSave"].take()
}

#[tokio::test(flavor = "multi_thread")]
async fn two_reviewers_score_apart_and_only_the_officer_sees_both() {
    let world = World::seeded().await;
    let (application, submission) = evaluated(&world).await;
    let officer = world.graphql(Some(OFFICER)).await;
    let dimensions = dimensions(&officer).await;
    let first = world.graphql(Some(REVIEWERS[0])).await;
    let second = world.graphql(Some(REVIEWERS[1])).await;

    // A sheet is handed in whole: every level that is missing is named.
    let refused = review(&first, &submission, vec![], true).await;
    assert_eq!(codes(&refused).len(), dimensions.len());
    assert!(codes(&refused).iter().all(|code| *code == "level_missing"));
    for reviewer in [&first, &second] {
        let scores = dimensions
            .iter()
            .map(|dimension| json!({"dimension": dimension, "level": 4, "comment": ""}));
        let done = review(reviewer, &submission, scores.collect(), true).await;
        assert_eq!(codes(&done), [""; 0]);
        assert_eq!(done["review"]["state"], "submitted");
    }

    for reviewer in [&first, &second] {
        let seen = received(reviewer, &submission).await;
        assert_eq!(seen["reviews"].as_array().unwrap().len(), 1);
        assert_eq!(seen["myReview"]["state"], "submitted");
    }
    let seen = received(&officer, &submission).await;
    assert_eq!(seen["reviews"].as_array().unwrap().len(), 2);
    assert_eq!(seen["myReview"], Value::Null);
    // The applicant learns that it is in review, not by how many nor how well.
    let endorser = world.graphql(Some(ENDORSER)).await;
    let told = followed(&endorser, &application).await;
    let timeline = told["timeline"].as_array().unwrap();
    let in_review: Vec<&Value> = timeline
        .iter()
        .filter(|event| event["code"] == "in_review")
        .collect();
    assert_eq!(in_review.len(), 1, "{timeline:#?}");
    assert_eq!(in_review[0]["params"], json!([]));
    assert_eq!(world.run_jobs().await, 1);
}
