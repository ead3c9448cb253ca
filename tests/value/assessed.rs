//! The assessed copy: each change with its reason, both figures kept, ranking reads the assessed one.
use money::Decimal;
use serde_json::{Value, json};
use testkit::World;

use super::{OFFICER, REVIEWER, assess, found, seen, submission};
use crate::drafting::PAST_ROUND;

const REFERENCE: &str = "DF-26-006";

fn decimal(value: &Value) -> Decimal {
    value.as_str().unwrap().parse().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_assessed_copy_stands_beside_the_claim_and_explains_the_difference() {
    let world = World::seeded().await;
    let officer = world.graphql(Some(OFFICER)).await;
    let id = submission(&world, REFERENCE).await;
    let claim = seen(&officer, &id).await["sroi"].clone();
    let changes = json!([
        {"path": "outcomes[0].deadweight", "to": "0.50", "reason": "Half would have stayed anyway."},
        {"path": "outcomes[3].proxy", "to": null, "reason": "No comparable price was shown."},
    ]);
    let saved = assess(&officer, &id, 0, &changes).await;
    assert_eq!(saved["problems"], json!([]), "{saved}");
    // The assessed copy, then the ranking that reads it.
    assert_eq!(world.run_jobs().await, 2);
    let now = seen(&officer, &id).await;
    assert_eq!(now["sroi"], claim, "the claim stays as it was");
    let assessed = &now["sroiAssessed"];
    assert!(decimal(&assessed["ratio"]) < decimal(&claim["ratio"]));
    assert_eq!(
        assessed["unvalued"][0]["reason"],
        "No comparable price was shown."
    );
    let difference = &now["sroiDifference"];
    assert_eq!(difference["ratioBefore"], claim["ratio"]);
    assert_eq!(difference["ratioAfter"], assessed["ratio"]);
    let steps = difference["steps"].as_array().unwrap();
    let sum: Decimal = steps.iter().map(|step| decimal(&step["effect"])).sum();
    let whole = decimal(&difference["totalAfter"]) - decimal(&difference["totalBefore"]);
    assert_eq!(sum, whole, "the effects add up");
    assert_eq!(now["assessment"]["changes"][0]["from"], "0.35");
    assert_eq!(now["assessment"]["version"], 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_ranking_reads_the_assessed_copy_at_the_low_end_of_its_range() {
    let world = World::seeded().await;
    let officer = world.graphql(Some(OFFICER)).await;
    let id = submission(&world, REFERENCE).await;
    let score = async || {
        let shortlist: String = sqlx::query_scalar(
            "select r.input from tenant.rankings k join tenant.runs r on r.run_id = k.rank_run_id
             where k.round_id = $1::uuid order by k.ranking_id desc limit 1",
        )
        .bind(PAST_ROUND)
        .fetch_one(world.sql())
        .await
        .unwrap();
        let input: Value = serde_json::from_str(&shortlist).unwrap();
        let all = input["applications"].as_array().unwrap().clone();
        let one = all.iter().find(|one| one["id"] == REFERENCE).unwrap();
        decimal(&one["scores"]["R2"])
    };
    let before = score().await;
    let changes =
        json!([{"path": "outcomes[0].quantity", "to": "60", "reason": "Registers say 60."}]);
    assess(&officer, &id, 0, &changes).await;
    world.run_jobs().await;
    let low = decimal(&seen(&officer, &id).await["sroiAssessed"]["low"]);
    let after = score().await;
    assert!(after < before, "{after} is not below {before}");
    assert_eq!(after, money::round_half_away(low, 2));
}

#[tokio::test(flavor = "multi_thread")]
async fn going_back_to_the_claim_counts_again_although_its_run_is_older() {
    let world = World::seeded().await;
    let officer = world.graphql(Some(OFFICER)).await;
    let id = submission(&world, REFERENCE).await;
    let claim = seen(&officer, &id).await["sroi"]["ratio"].clone();
    let first =
        json!([{"path": "outcomes[0].quantity", "to": "60", "reason": "Registers say 60."}]);
    let second = json!([{"path": "outcomes[0].quantity", "to": "70", "reason": "One register was missing."}]);
    let mut ratios = Vec::new();
    for (version, changes) in [(0, &first), (1, &second), (2, &first), (3, &json!([]))] {
        let saved = assess(&officer, &id, version, changes).await;
        assert_eq!(saved["problems"], json!([]));
        world.run_jobs().await;
        ratios.push(seen(&officer, &id).await["sroiAssessed"]["ratio"].clone());
    }
    assert_eq!(ratios[0], ratios[2]);
    assert_ne!(ratios[0], ratios[1]);
    assert_eq!(ratios[3], claim);
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_wrong_with_a_list_of_changes_is_said_at_once_and_nothing_is_saved() {
    let world = World::seeded().await;
    let officer = world.graphql(Some(OFFICER)).await;
    let id = submission(&world, REFERENCE).await;
    let changes = json!([
        {"path": "outcomes[0].deadweight", "to": "0.50", "reason": " "},
        {"path": "outcomes[0].deadweight", "to": "0.40", "reason": "Twice."},
        {"path": "outcomes[99].proxy", "to": "5", "reason": "No such row."},
        {"path": "outcomes[0].stakeholder", "to": "Others", "reason": "Not a figure."},
        {"path": "outcomes[1].deadweight", "to": "0.05", "reason": "As claimed."},
    ]);
    let saved = assess(&officer, &id, 0, &changes).await;
    assert_eq!(
        found(&saved),
        [
            ("missing", "changes[0].reason"),
            ("duplicate_id", "changes[1].path"),
            ("unknown_path", "changes[2].path"),
            ("unknown_path", "changes[3].path"),
            ("change_without_difference", "changes[4].to"),
        ]
    );
    let refused = json!([{"path": "outcomes[0].deadweight", "to": "1.4", "reason": "Too far."}]);
    let saved = assess(&officer, &id, 0, &refused).await;
    assert_eq!(found(&saved), [("out_of_range", "changes[0].to")]);
    assert_eq!(seen(&officer, &id).await["assessment"], Value::Null);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_assessors_at_once_one_is_told_and_nothing_is_lost() {
    let world = World::seeded().await;
    let officer = world.graphql(Some(OFFICER)).await;
    let chair = world.graphql(Some("chair@funder.example")).await;
    let id = submission(&world, REFERENCE).await;
    let mine = json!([{"path": "outcomes[0].duration", "to": 1, "reason": "One year was shown."}]);
    let theirs =
        json!([{"path": "outcomes[0].duration", "to": 3, "reason": "Three years were shown."}]);
    let (one, two) = tokio::join!(
        assess(&officer, &id, 0, &mine),
        assess(&chair, &id, 0, &theirs)
    );
    let mut codes = [found(&one), found(&two)];
    codes.sort();
    assert_eq!(codes[0], []);
    assert_eq!(codes[1][0].0, "version_conflict");
    assert_eq!(seen(&officer, &id).await["assessment"]["version"], 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reviewer_reads_the_assessed_copy_and_may_not_write_it() {
    let world = World::seeded().await;
    let id = submission(&world, "DF-26-002").await;
    let reviewer = world.graphql(Some(REVIEWER)).await;
    assert!(seen(&reviewer, &id).await["assessment"]["version"].is_number());
    let changes = json!([{"path": "outcomes[0].quantity", "to": "60", "reason": "X."}]);
    let refused = assess(&reviewer, &id, 1, &changes).await;
    assert_eq!(found(&refused), [("not_found", "")]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_statement_of_assurance_is_shown_with_its_run_and_no_other() {
    let world = World::seeded().await;
    let officer = world.graphql(Some(OFFICER)).await;
    let id = submission(&world, REFERENCE).await;
    let run = seen(&officer, &id).await["sroi"]["runId"].clone();
    let mutation = "mutation($input: AssuranceRecordInput!) { assuranceRecord(input: $input) {
        received { id } problems { code path } } }";
    let record = async |input: Value| {
        let mut data = officer.ask(mutation, json!({"input": input})).await;
        data["assuranceRecord"].take()
    };
    let blank = record(
        json!({"runId": run, "assurer": "", "organisation": "A", "scope": " ",
        "findings": "F", "conclusion": "good", "assuredOn": "2999-01-01"}),
    )
    .await;
    assert_eq!(
        found(&blank),
        [
            ("missing", "assurer"),
            ("missing", "scope"),
            ("not_one_of", "conclusion"),
            ("bad_date", "assuredOn"),
        ]
    );
    let saved = record(
        json!({"runId": run, "assurer": "Lam Ka-ho (fictional)", "organisation": "A",
        "scope": "Arithmetic", "findings": "None", "conclusion": "unqualified",
        "assuredOn": "2026-01-05"}),
    )
    .await;
    assert_eq!(saved["problems"], json!([]), "{saved}");
    let changes =
        json!([{"path": "outcomes[0].quantity", "to": "60", "reason": "Registers say 60."}]);
    assess(&officer, &id, 0, &changes).await;
    world.run_jobs().await;
    let now = seen(&officer, &id).await;
    assert_eq!(
        now["sroi"]["assurances"][0]["assurer"],
        "Lam Ka-ho (fictional)"
    );
    assert_eq!(now["sroiAssessed"]["assurances"], json!([]));
    let verify = |result: &Value| {
        let kept = result["principles"].as_array().unwrap();
        let one = kept.iter().find(|one| one["code"] == "verify");
        one.unwrap()["state"].clone()
    };
    assert_eq!(verify(&now["sroi"]), "met");
    assert_eq!(verify(&now["sroiAssessed"]), "missing");
}
