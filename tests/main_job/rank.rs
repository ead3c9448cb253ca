//! Ranking: the shortlist of the past round with its budget line, and what could not be ranked.
use access::{Actor, TenantId};
use casework::application_withdraw;
use money::Hkd;
use serde_json::{Value, json};
use testkit::World;
use uuid::Uuid;

use super::codes;
use crate::drafting::{ENDORSER, PAST_ROUND};

const SHORTLIST: &str = "query($id: ID!) { shortlist(roundId: $id) {
    rankingId adopted adoptedBy provisional budget committed left
    rows { reference rank ask cumulative aboveLine wouldStillFit score sroi sroiLow sroiHigh
           eligibility missing stability decision selectedExact }
    selection { status spent objective greedyObjective selected } } }";

fn hkd(value: &Value) -> Hkd {
    Hkd::try_from_text(value.as_str().unwrap()).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_shortlist_ranks_the_eligible_and_draws_the_line_where_the_budget_ends() {
    let world = World::seeded().await;
    let officer = world.graphql(Some("officer@funder.example")).await;
    let data = officer.ask(SHORTLIST, json!({"id": PAST_ROUND})).await;
    let list = &data["shortlist"];
    assert_eq!(
        (&list["adopted"], &list["provisional"]),
        (&json!(true), &json!(false))
    );
    assert_eq!(
        hkd(&list["budget"]),
        Hkd::try_from_text("9000000.00").unwrap()
    );
    let rows = list["rows"].as_array().unwrap();
    let ranked: Vec<&Value> = rows
        .iter()
        .take_while(|row| !row["rank"].is_null())
        .collect();
    assert!(ranked.len() >= 30, "only {} ranked", ranked.len());

    let mut sum = Hkd::ZERO;
    let mut line = Hkd::ZERO;
    for (position, row) in ranked.iter().enumerate() {
        assert_eq!(row["eligibility"], "ELIGIBLE");
        assert_eq!(row["rank"].as_u64(), u64::try_from(position + 1).ok());
        sum = sum.checked_add(hkd(&row["ask"])).unwrap();
        assert_eq!(hkd(&row["cumulative"]), sum);
        if row["aboveLine"] == true {
            assert_eq!(
                line.checked_add(hkd(&row["ask"])).unwrap(),
                sum,
                "the line has no holes"
            );
            line = sum;
        }
    }
    assert!(
        sum > hkd(&list["budget"]),
        "the round must be overbid for a line to matter"
    );
    assert_eq!(hkd(&list["committed"]), line);
    assert_eq!(
        line.checked_add(hkd(&list["left"])).unwrap(),
        hkd(&list["budget"])
    );
    assert!(line <= hkd(&list["budget"]));

    // What could not be ranked stands below, with the reason, and takes no money.
    let unranked = &rows[ranked.len()..];
    assert_eq!(unranked.len() + ranked.len(), 48);
    for row in unranked {
        assert_eq!(
            (&row["rank"], &row["aboveLine"]),
            (&Value::Null, &json!(false))
        );
        // An eligible one is unranked for want of reviews, and says so.
        let unscored = !row["missing"].as_array().unwrap().is_empty();
        assert_eq!(row["eligibility"] == "ELIGIBLE", unscored, "{row}");
    }
    let waiting: Vec<&str> = unranked
        .iter()
        .filter(|row| row["eligibility"] == "NEEDS_INFORMATION")
        .map(|row| row["reference"].as_str().unwrap())
        .collect();
    assert_eq!(waiting, ["DF-26-046", "DF-26-047", "DF-26-048"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_exact_best_set_stays_within_the_budget_and_is_never_worse_than_best_first() {
    let world = World::seeded().await;
    let officer = world.graphql(Some("officer@funder.example")).await;
    let data = officer.ask(SHORTLIST, json!({"id": PAST_ROUND})).await;
    let selection = &data["shortlist"]["selection"];
    assert_eq!(selection["status"], "optimal");
    assert!(hkd(&selection["spent"]) <= hkd(&data["shortlist"]["budget"]));
    let points = |key: &str| money::decimal_from_text(selection[key].as_str().unwrap()).unwrap();
    assert!(points("objective") >= points("greedyObjective"));
    let rows = data["shortlist"]["rows"].as_array().unwrap();
    let marked: Vec<&Value> = rows
        .iter()
        .filter(|row| row["selectedExact"] == true)
        .collect();
    assert_eq!(
        marked.len(),
        selection["selected"].as_array().unwrap().len()
    );
    let spent = Hkd::checked_sum(marked.iter().map(|row| hkd(&row["ask"]))).unwrap();
    assert_eq!(spent, hkd(&selection["spent"]));
}

/// The best of the round that is not decided yet is withdrawn, which makes another ranking.
async fn withdraw_the_best(world: &World) -> String {
    let (reference, application, tenant): (String, Uuid, Uuid) = sqlx::query_as(
        "select s.reference, s.application_id, s.applicant_tenant_id
         from tenant.received_submissions s
         join tenant.reviews v using (tenant_id, submission_id)
         left join tenant.decisions d using (tenant_id, submission_id)
         where d.decision_id is null order by s.reference limit 1",
    )
    .fetch_one(world.sql())
    .await
    .unwrap();
    let endorser = Actor {
        tenant: TenantId(tenant),
        ..world.actor(ENDORSER).await
    };
    application_withdraw(world.casework(), &endorser, application)
        .await
        .unwrap();
    reference
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_ranking_is_a_proposal_until_the_chair_adopts_it() {
    let world = World::seeded().await;
    let gone = withdraw_the_best(&world).await;
    let officer = world.graphql(Some("officer@funder.example")).await;
    let ask = "mutation($input: RoundRankInput!) { roundRank(input: $input) {
        round { stage } problems { code } } }";
    let data = officer
        .ask(ask, json!({"input": {"roundId": PAST_ROUND}}))
        .await;
    assert_eq!(codes(&data["roundRank"]), [""; 0]);
    world.run_jobs().await;
    let (newest, input): (Uuid, String) = sqlx::query_as(
        "select k.ranking_id, r.input from tenant.rankings k
         join tenant.runs r on r.tenant_id = k.tenant_id and r.run_id = k.rank_run_id
         where k.round_id = $1::uuid order by k.ranking_id desc limit 1",
    )
    .bind(PAST_ROUND)
    .fetch_one(world.sql())
    .await
    .unwrap();
    assert!(!input.contains(&gone), "{gone} was ranked");
    let data = officer.ask(SHORTLIST, json!({"id": PAST_ROUND})).await;
    let adopted = data["shortlist"]["rankingId"].as_str().unwrap();
    assert_ne!(
        adopted,
        newest.to_string(),
        "what was adopted stays until something else is"
    );

    let adopt = "mutation($input: RankingAdoptInput!) { rankingAdopt(input: $input) {
        shortlist { rankingId adoptedBy rows { reference } } problems { code } } }";
    let input = json!({"input": {"rankingId": newest}});
    let refused = officer.ask(adopt, input.clone()).await;
    assert_eq!(codes(&refused["rankingAdopt"]), ["not_found"]);
    let chair = world.graphql(Some("chair@funder.example")).await;
    let done = chair.ask(adopt, input).await;
    assert_eq!(codes(&done["rankingAdopt"]), [""; 0]);
    let shortlist = &done["rankingAdopt"]["shortlist"];
    assert_eq!(shortlist["rankingId"], newest.to_string());
    assert_eq!(shortlist["adoptedBy"], "Lau Mei-fong (fictional)");
    let rows = shortlist["rows"].as_array().unwrap();
    assert!(rows.iter().all(|row| row["reference"] != gone.as_str()));
}
