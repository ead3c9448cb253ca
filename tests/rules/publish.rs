//! Publishing from a date, and screening a round again on purpose: what changed, what the applicant
//! then reads, and that the old verdict can still be replayed.
use serde_json::{Value, json};
use testkit::World;
use uuid::Uuid;

use super::{CHAIR, OFFICER, draft, problems, programme, publish, published, start_criterion};
use crate::drafting::{ENDORSER, OPEN_ROUND, PAST_ROUND, complete_draft};

const APPLY: &str = "mutation($input: RoundRulesApplyInput!) { roundRulesApply(input: $input) {
    rescreening { id total done fromVersion toVersion by } problems { code path message } } }";
const RESCREENING: &str = "query($id: ID!) { rescreening(id: $id) { total done changed reason
    before { eligible } after { eligible notScreened }
    rows { receivedId reference before after criteria { id after } } } }";

fn apply(round: &str, version: &str, reason: &str) -> Value {
    json!({"input": {"roundId": round, "version": version, "reason": reason}})
}

#[tokio::test(flavor = "multi_thread")]
async fn a_round_is_screened_again_under_a_published_version_and_the_old_verdict_replays() {
    let world = World::seeded().await;
    published(&world, "2", &start_criterion("2027-04-01")).await;
    let chair = world.graphql(Some(CHAIR)).await;
    let done = chair
        .ask(APPLY, apply(PAST_ROUND, "2", "The first day was missing."))
        .await;
    let applied = &done["roundRulesApply"];
    assert_eq!(applied["problems"], json!([]));
    let rescreening = &applied["rescreening"];
    assert_eq!(
        (&rescreening["fromVersion"], &rescreening["toVersion"]),
        (&json!("1"), &json!("2"))
    );
    assert_eq!(rescreening["done"], 0);
    world.run_jobs().await;

    let found = chair
        .ask(RESCREENING, json!({"id": rescreening["id"]}))
        .await;
    let found = &found["rescreening"];
    assert_eq!(found["done"], found["total"]);
    assert_eq!(found["after"]["notScreened"], 0);
    let eligible = |side: &str| found[side]["eligible"].as_i64().unwrap();
    assert!(eligible("after") < eligible("before"), "{found}");
    let row = &found["rows"][0];
    assert_eq!(row["criteria"], json!([{"id": "DF-E30", "after": "FAIL"}]));

    let officer = world.actor(OFFICER).await;
    let submission: Uuid = row["receivedId"].as_str().unwrap().parse().unwrap();
    let runs: Vec<(Uuid, String)> = sqlx::query_as(
        "select run_id, ruleset_version from tenant.runs where subject_id = $1 and kind = 'eligibility' order by run_id",
    )
    .bind(submission)
    .fetch_all(world.sql())
    .await
    .unwrap();
    let versions: Vec<&str> = runs.iter().map(|(_, version)| version.as_str()).collect();
    assert_eq!(versions, ["1", "2"]);
    for (run, _) in runs {
        let replay = casework::replay_run(world.casework(), &officer, run)
            .await
            .unwrap();
        assert_eq!(replay.stored, replay.now);
    }
    let statuses: i64 = sqlx::query_scalar(
        "select count(*) from tenant.delivered_statuses where code = 'rescreened' and params ->> 'version' = '2'",
    )
    .fetch_one(world.sql())
    .await
    .unwrap();
    assert_eq!(Some(statuses), found["total"].as_i64());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_applicant_reads_the_new_criterion_in_chinese_with_the_change_that_would_do() {
    let world = World::seeded().await;
    let applicant = world.actor(ENDORSER).await;
    let application = complete_draft(&world, &applicant).await;
    published(&world, "2", &start_criterion("2028-04-01")).await;
    let own = world.graphql(Some(ENDORSER)).await;
    let preview = "query($id: ID!) { application(id: $id) { preview { eligibility { version state
        criteria { id outcome reason { zh } fix { zh } changes { field kind to } } } } } }";
    let before = own.ask(preview, json!({"id": application})).await;
    assert_eq!(
        before["application"]["preview"]["eligibility"]["version"],
        "1"
    );
    let chair = world.graphql(Some(CHAIR)).await;
    let done = chair
        .ask(APPLY, apply(OPEN_ROUND, "2", "From now on."))
        .await;
    assert_eq!(done["roundRulesApply"]["problems"], json!([]));
    let after = own.ask(preview, json!({"id": application})).await;
    let verdict = &after["application"]["preview"]["eligibility"];
    assert_eq!(
        (&verdict["version"], &verdict["state"]),
        (&json!("2"), &json!("NOT_ELIGIBLE"))
    );
    let criteria = verdict["criteria"].as_array().unwrap();
    let criterion = criteria.iter().find(|row| row["id"] == "DF-E30").unwrap();
    assert!(
        criterion["reason"]["zh"]
            .as_str()
            .unwrap()
            .ends_with("早於最早開展日期2028年4月1日。")
    );
    assert_eq!(
        criterion["fix"]["zh"],
        "請將開始日期改為2028年4月1日或之後。"
    );
    assert_eq!(
        criterion["changes"],
        json!([{"field": "project.start_on", "kind": "date", "to": ["2028-04-01"]}])
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_stands_against_publishing_and_applying_is_listed_at_once() {
    let world = World::seeded().await;
    let chair = world.graphql(Some(CHAIR)).await;
    let first = draft(&chair).await;
    let input = json!({"id": first["id"], "expectedVersion": 1, "version": "1", "effectiveFrom": "2024-05-31", "note": " "});
    let mutation = "mutation($input: RuleDraftPublishInput!) { ruleDraftPublish(input: $input) {
        rulebook { code } problems { code path } } }";
    let refused = chair.ask(mutation, json!({"input": input})).await;
    assert_eq!(
        problems(&refused["ruleDraftPublish"]["problems"]),
        [
            ("duplicate_version".to_owned(), "version".to_owned()),
            (
                "effective_dates_overlap".to_owned(),
                "effectiveFrom".to_owned()
            ),
            ("reason_missing".to_owned(), "note".to_owned()),
        ]
    );
    // An officer drafts, a chair publishes.
    let officer = world.graphql(Some(OFFICER)).await;
    let refused = publish(&officer, &first, "2", "2026-12-01").await;
    assert_eq!(problems(&refused["problems"])[0].0, "not_found");

    let future: String =
        sqlx::query_scalar("select to_char(now() + interval '40 days', 'YYYY-MM-DD')")
            .fetch_one(world.sql())
            .await
            .unwrap();
    let done = publish(&chair, &first, "2", &future).await;
    assert_eq!(done["problems"], json!([]));
    assert_eq!(done["rulebook"]["drafts"], json!([]));
    assert_eq!(done["rulebook"]["versions"][0]["version"], "2");
    // Not before its day, not back to an earlier version, not without a reason.
    let refused = chair.ask(APPLY, apply(PAST_ROUND, "2", "")).await;
    let found = problems(&refused["roundRulesApply"]["problems"]);
    assert_eq!(found[0].0, "reason_missing");
    assert_eq!(found[1].0, "version_not_applicable");
    let refused = chair.ask(APPLY, apply(PAST_ROUND, "1", "Back.")).await;
    assert_eq!(
        problems(&refused["roundRulesApply"]["problems"])[0].0,
        "version_not_applicable"
    );
    let book = programme(&chair).await;
    assert!(
        book["rounds"]
            .as_array()
            .unwrap()
            .iter()
            .all(|round| round["version"] == "1")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_published_version_cannot_be_changed_even_by_the_owner_of_the_tables() {
    let world = World::seeded().await;
    let tried = sqlx::query("update published.programme_versions set note = 'x'")
        .execute(world.sql())
        .await;
    assert!(tried.is_err());
}
