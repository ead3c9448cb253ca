//! What an organisation's papers say is loaded by the machine's owner: all that is wrong is named at once, a year's fact
//! is replaced, and the organisation reads it in its form and in its trail.
use casework::{CaseError, organisation_facts_load};
use explain::json::Json;
use serde_json::{Value, json};
use testkit::World;

use crate::drafting::{ENDORSER, complete_draft};

const NAME: &str = "Kestrel Youth Network (fictional)";

async fn load(world: &World, body: &Value) -> Result<usize, Vec<String>> {
    let loaded = organisation_facts_load(world.casework(), &Json::from(body)).await;
    match loaded {
        Ok(loaded) => Ok(loaded.facts),
        Err(CaseError::Problems(problems)) => Err(problems
            .into_vec()
            .into_iter()
            .map(|problem| format!("{} {}", problem.path, problem.code))
            .collect()),
        Err(other) => panic!("{other}"),
    }
}

async fn name(world: &World) -> String {
    sqlx::query_scalar(
        "select t.name_en from identity.tenants t join identity.memberships m using (tenant_id)
         join identity.users u using (user_id) where u.email = $1",
    )
    .bind(ENDORSER)
    .fetch_one(world.sql())
    .await
    .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn facts_of_the_record_are_checked_replaced_and_read_by_their_organisation() {
    let world = World::seeded().await;
    let own = name(&world).await;
    let body = |organisation: &str, facts: Value| {
        json!({"organisation": organisation, "financial_year": "2024-25", "provenance": "verified",
               "source": "allocation list of the year", "facts": facts})
    };
    let wrong = json!({"organisation": "", "financial_year": "2024-26", "provenance": "believed", "facts": {}});
    assert_eq!(
        load(&world, &wrong).await.unwrap_err(),
        [
            "organisation blank",
            "financial_year not_financial_year",
            "provenance not_one_of",
            "source missing",
            "facts missing",
        ]
    );
    let facts = json!({"org.subvention_mode": "often", "org.pf_expenditure_hkd": "1.005",
                       "org.size_band": "small", "org.audited_accounts_fy": "2024"});
    assert_eq!(
        load(&world, &body(&own, facts)).await.unwrap_err(),
        [
            "facts.org.audited_accounts_fy not_financial_year",
            "facts.org.pf_expenditure_hkd fraction_of_cent",
            "facts.org.size_band fact_unknown",
            "facts.org.subvention_mode not_one_of",
        ]
    );
    let facts = json!({"org.subvention_mode": "lsg", "org.lsg_reserve_hkd": "-12.5"});
    let stranger = load(&world, &body(NAME, facts.clone())).await;
    assert_eq!(stranger.unwrap_err(), ["organisation organisation_unknown"]);
    assert_eq!(load(&world, &body(&own, facts)).await, Ok(2));
    let actor = world.actor(ENDORSER).await;
    let application = complete_draft(&world, &actor).await;
    let browser = world.graphql(Some(ENDORSER)).await;
    let asked = "query($id: ID!) { application(id: $id) { organisationFacts } }";
    let read = browser.ask(asked, json!({"id": application})).await;
    let reserve: Vec<&Value> = read["application"]["organisationFacts"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|fact| fact["path"] == "org.lsg_reserve_hkd" && fact["financial_year"] == "2024-25")
        .collect();
    assert_eq!(reserve.len(), 1, "{reserve:?}");
    assert_eq!(reserve[0]["value"], "-12.50");
    assert_eq!(reserve[0]["provenance"], "verified");
    let entries: i64 = sqlx::query_scalar(
        "select count(*) from tenant.audit_entries where action = 'organisation_facts_load' and tenant_id = $1",
    )
    .bind(actor.tenant.0)
    .fetch_one(world.sql())
    .await
    .unwrap();
    assert_eq!(entries, 1, "what is refused leaves no entry");
}
