//! Orders that are only tried, why ranks moved, and who is funded.
use serde_json::{Value, json};
use testkit::World;
use uuid::Uuid;

use super::CHAIR;
use crate::drafting::PAST_ROUND;

const TRIAL: &str = "query($input: RankingTrialInput!) { rankingTrial(input: $input) {
    trial { committed left places rows { submissionId rank rankBefore score aboveLine standing }
            selection { status objective checks { rule holds } } }
    problems { code path message } } }";

async fn stored(world: &World) -> String {
    sqlx::query_scalar(
        "select md5(string_agg(r::text, '|' order by r::text)) from tenant.rankings r",
    )
    .fetch_one(world.sql())
    .await
    .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn other_weights_move_ranks_on_the_screen_and_nothing_in_the_database() {
    let world = World::seeded().await;
    let officer = world.graphql(Some("officer@funder.example")).await;
    let before = stored(&world).await;
    let same = json!({"roundId": PAST_ROUND, "weights": []});
    let data = officer.ask(TRIAL, json!({"input": same})).await;
    let rows = data["rankingTrial"]["trial"]["rows"].as_array().unwrap();
    let ranked = rows.iter().filter(|row| !row["rank"].is_null());
    assert!(ranked.clone().count() >= 30);
    assert!(ranked.clone().all(|row| row["rank"] == row["rankBefore"]));

    let weights = json!([
        {"criterion": "R1", "weight": "0"}, {"criterion": "R2", "weight": "0.65"},
        {"criterion": "R3", "weight": "0"}, {"criterion": "R4", "weight": "0"},
        {"criterion": "R5", "weight": "0.10"}, {"criterion": "R6", "weight": "0.10"},
        {"criterion": "R7", "weight": "0.10"}, {"criterion": "R8", "weight": "0.05"}]);
    let other = json!({"roundId": PAST_ROUND, "weights": weights, "budget": "3000000.00"});
    let data = officer.ask(TRIAL, json!({"input": other})).await;
    let trial = &data["rankingTrial"]["trial"];
    let rows = trial["rows"].as_array().unwrap();
    assert!(rows.iter().any(|row| row["rank"] != row["rankBefore"]));
    let above = rows.iter().filter(|row| row["aboveLine"] == true).count();
    assert_eq!(trial["places"].as_u64(), u64::try_from(above).ok());
    let checks = trial["selection"]["checks"].as_array().unwrap();
    assert!(!checks.is_empty() && checks.iter().all(|check| check["holds"] == true));

    let wrong = json!({"roundId": PAST_ROUND,
        "weights": [{"criterion": "R1", "weight": "0.30"}], "budget": "-1.00"});
    let data = officer.ask(TRIAL, json!({"input": wrong})).await;
    assert_eq!(data["rankingTrial"]["problems"][0]["path"], "budget");
    let wrong = json!({"roundId": PAST_ROUND, "weights": [{"criterion": "R1", "weight": "0.30"}]});
    let data = officer.ask(TRIAL, json!({"input": wrong})).await;
    let problem = &data["rankingTrial"]["problems"][0];
    assert_eq!(
        (&problem["code"], &problem["path"]),
        (&json!("weights_not_one"), &json!("weights"))
    );
    assert_eq!(stored(&world).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_run_diff_names_the_reviewer_whose_level_moved_a_rank() {
    let world = World::seeded().await;
    let changed: Uuid = sqlx::query_scalar(
        "select s.submission_id from tenant.reviews v
         join tenant.received_submissions s using (tenant_id, submission_id)
         where v.state = 'submitted' and s.reference = 'DF-26-006' limit 1",
    )
    .fetch_one(world.sql())
    .await
    .unwrap();
    world
        .arrange(
            "with one as (
                 select v.tenant_id, v.review_id, v.version from tenant.reviews v
                 join tenant.received_submissions s using (tenant_id, submission_id)
                 where v.state = 'submitted' and s.reference = 'DF-26-006'
                 order by v.review_id limit 1),
             next as (
                 update tenant.reviews v set version = v.version + 1 from one
                 where v.tenant_id = one.tenant_id and v.review_id = one.review_id
                 returning v.tenant_id, v.review_id, v.version)
             insert into tenant.review_scores (tenant_id, review_id, version, dimension, level, comment)
             select next.tenant_id, next.review_id, next.version, s.dimension, 0, ''
             from next join tenant.review_scores s using (tenant_id, review_id)
             where s.version = next.version - 1",
        )
        .await;
    let chair = world.graphql(Some(CHAIR)).await;
    let rank =
        "mutation($input: RoundRankInput!) { roundRank(input: $input) { problems { code } } }";
    let data = chair
        .ask(rank, json!({"input": {"roundId": PAST_ROUND}}))
        .await;
    assert_eq!(data["roundRank"]["problems"], json!([]));
    world.run_jobs().await;
    let list = "query($id: ID!) { rankings(roundId: $id) { id adopted inputHash } }";
    let data = chair.ask(list, json!({"id": PAST_ROUND})).await;
    let rankings = data["rankings"].as_array().unwrap();
    let adopted = rankings
        .iter()
        .find(|each| each["adopted"] == true)
        .unwrap();
    assert_ne!(rankings[0]["inputHash"], adopted["inputHash"]);
    let moves = "query($before: ID!, $after: ID!) { rankingMoves(before: $before, after: $after) {
        moved byReason { reason count } rows { reference submissionId rankBefore rankAfter
            steps { reason scoreChange parts { criterion from to } } } } }";
    let ids = json!({"before": adopted["id"], "after": rankings[0]["id"]});
    let data = chair.ask(moves, ids).await;
    let rows = data["rankingMoves"]["rows"].as_array().unwrap();
    let own = rows
        .iter()
        .find(|row| row["submissionId"] == changed.to_string())
        .unwrap();
    assert_eq!(own["steps"].as_array().unwrap().len(), 1);
    let step = &own["steps"][0];
    assert_eq!(step["reason"], "REVIEWER");
    assert!(step["scoreChange"].as_str().unwrap().starts_with('-'));
    assert_eq!(
        step["parts"].as_array().unwrap().len(),
        7,
        "R2 is read by the machine"
    );
    assert!(own["rankAfter"].as_u64() > own["rankBefore"].as_u64());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_fairness_report_adds_up_on_every_basis() {
    let world = World::seeded().await;
    let officer = world.graphql(Some("officer@funder.example")).await;
    let query = "query($id: ID!, $basis: FairnessBasis!) { fairness(roundId: $id, basis: $basis) {
        all { applications funded asked awarded }
        dimensions { id rows { code applications funded asked awarded few } } } }";
    for basis in ["LINE", "EXACT", "DECIDED"] {
        let data = officer
            .ask(query, json!({"id": PAST_ROUND, "basis": basis}))
            .await;
        let report = &data["fairness"];
        let dimensions = report["dimensions"].as_array().unwrap();
        let ids: Vec<&str> = dimensions
            .iter()
            .map(|each| each["id"].as_str().unwrap())
            .collect();
        assert_eq!(ids, ["size_band", "district", "service_area", "first_time"]);
        for dimension in dimensions {
            for column in ["asked", "awarded"] {
                let sum: money::Decimal = dimension["rows"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|row| decimal(&row[column]))
                    .sum();
                assert_eq!(
                    sum,
                    decimal(&report["all"][column]),
                    "{basis} {}",
                    dimension["id"]
                );
            }
        }
        assert!(report["all"]["funded"].as_u64().unwrap() > 0, "{basis}");
    }
}

fn decimal(value: &Value) -> money::Decimal {
    value.as_str().unwrap().parse().unwrap()
}
