//! Exempting a project visibly changes the figures, for its applicant and for its funder; the list of
//! exempt schemes is the operator's to load.
use casework::{application_preview, exempt_schemes_load, replay_run, section_save};
use explain::json::Json;
use serde_json::{Value, json};
use testkit::World;

use crate::drafting::{ENDORSER, complete_draft, submitted};

const OFFICER: &str = "officer@funder.example";

fn shared(scheme: &Value) -> Value {
    let mut project = json!({"id": "p1", "name": "Community project", "activity": "fund_project",
                             "start": "2025-06-01", "end": null});
    if !scheme.is_null() {
        project["scheme"] = scheme.clone();
    }
    json!({
        "financial_year": "2026-27",
        "pools": [{"id": "pool1", "name": "Central accounts", "amount": "28200.00",
                   "basis": "transactions", "evidence": "Ledger extract",
                   "weights": {"fsa": "2700", "fund_project": "540", "selffin": "360"}}],
        "projects": [project],
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn naming_an_exempt_scheme_moves_the_share_and_leaves_the_annual_report_apart() {
    let world = World::seeded().await;
    let actor = world.actor(ENDORSER).await;
    let application = complete_draft(&world, &actor).await;
    let mut answers = Vec::new();
    for (version, scheme) in (1..).zip([Value::Null, json!("DEMO-EXEMPT-01")]) {
        let content = shared(&scheme);
        section_save(
            world.casework(),
            &actor,
            application,
            "cost_sharing",
            &content,
            version,
        )
        .await
        .unwrap();
        let preview = application_preview(world.casework(), &actor, application)
            .await
            .unwrap();
        answers.push(preview.cost_share.unwrap());
    }
    assert_eq!(
        answers[0]["projects"][0]["unknown"],
        json!(["scheme_unknown"])
    );
    assert_eq!(answers[0]["pools"][0]["shares"]["fund_project"], "4230.00");
    assert_eq!(answers[1]["pools"][0]["shares"]["fund_project"], "0.00");
    assert_eq!(
        answers[1]["effect"]["activities"],
        json!([
            {"activity": "fsa", "before": "21150.00", "after": "24882.35", "change": "3732.35"},
            {"activity": "fund_project", "before": "4230.00", "after": "0.00", "change": "-4230.00"},
            {"activity": "selffin", "before": "2820.00", "after": "3317.65", "change": "497.65"},
        ])
    );
    let rows = answers[1]["schedules"]["annual_report"]["rows"]
        .as_array()
        .unwrap();
    assert_eq!(rows[1]["membership"], "out");
    assert!(
        answers[1]["reserve"]["cap"].is_string(),
        "the reserve is there as context"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_loaded_list_takes_the_place_of_the_fictional_codes_and_is_never_overwritten() {
    let world = World::seeded().await;
    let actor = world.actor(ENDORSER).await;
    let application = complete_draft(&world, &actor).await;
    let content = shared(&json!("DEMO-EXEMPT-01"));
    section_save(
        world.casework(),
        &actor,
        application,
        "cost_sharing",
        &content,
        1,
    )
    .await
    .unwrap();
    let list = |codes: Value, complete: bool| {
        Json::from(
            &json!({"as_at": "2025-06-12", "complete": complete, "source": "test", "codes": codes}),
        )
    };
    let owner = world.owner().await;
    let loaded = exempt_schemes_load(&owner, &list(json!(["SCHEME-A"]), true))
        .await
        .unwrap();
    assert!(loaded.is_new && loaded.complete);
    let again = exempt_schemes_load(&owner, &list(json!([]), false))
        .await
        .unwrap();
    assert!(!again.is_new);
    let preview = application_preview(world.casework(), &actor, application)
        .await
        .unwrap();
    let answer = preview.cost_share.unwrap();
    assert_eq!(
        answer["projects"][0]["status"], "apportion",
        "the list is complete"
    );
    assert_eq!(
        answer["scheme_list"],
        json!({"as_at": "2025-06-12", "codes": 1, "complete": true})
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_funder_sees_the_effect_in_the_run_and_the_run_can_be_asked_again() {
    let world = World::seeded().await;
    let actor = world.actor(ENDORSER).await;
    let (_, submission) = submitted(&world, &actor).await;
    world.run_jobs().await;
    let (run, output): (uuid::Uuid, String) = sqlx::query_as(
        "select run_id, output from tenant.runs where subject_id = $1 and kind = 'costshare'",
    )
    .bind(submission)
    .fetch_one(world.sql())
    .await
    .unwrap();
    let output: Value = serde_json::from_str(&output).unwrap();
    assert!(output["effect"]["pools"].is_array());
    let ties = output["schedules"]["ties"].as_array().unwrap();
    assert!(ties.iter().all(|tie| tie["holds"] == true));
    let officer = world.actor(OFFICER).await;
    let replayed = replay_run(world.casework(), &officer, run).await.unwrap();
    assert_eq!(replayed.stored, replayed.now);
}
