//! Who pays: the plan over GraphQL, one figure changed, and the budget saved by the ordinary save.
use serde_json::{Value, json};
use testkit::World;

use crate::drafting::{ENDORSER, EXAMPLE, FINANCE, complete_draft, sections};

const PLAN: &str = "query($input: CostPlanInput!) { costPlan(input: $input) {
    plan examples schemes problems { code path } } }";

fn cents(text: &Value) -> i64 {
    text.as_str().unwrap().replace('.', "").parse().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn less_asked_is_solved_exactly_and_saved_as_the_budget() {
    let world = World::seeded().await;
    let actor = world.actor(ENDORSER).await;
    let application = complete_draft(&world, &actor).await;
    let client = world.graphql(Some(FINANCE)).await;

    let input = json!({"applicationId": application});
    let now = client.ask(PLAN, json!({"input": input})).await["costPlan"].clone();
    assert_eq!(now["problems"], json!([]));
    assert_eq!(now["schemes"]["expected"], 38);
    assert_eq!(now["schemes"]["loaded"], false);
    let flow = &now["plan"]["cash_flow"];
    let ask = cents(&flow["sources"]["grant"]);
    for tie in now["plan"]["ties"].as_array().unwrap() {
        assert_eq!(tie["holds"], true, "{tie}");
    }
    let ranges = now["plan"]["ranges"].as_array().unwrap();
    assert_eq!(ranges[0]["source"], "grant");
    let limits = now["plan"]["limits"].as_array().unwrap();
    assert_eq!(limits[0]["limit"], "ask_max", "the cap less earlier awards");

    let less = ask - 100_001;
    let to = format!("{}.{:02}", less / 100, less % 100);
    let input = json!({"applicationId": application, "change": {"source": "grant", "to": to}});
    let solved =
        client.ask(PLAN, json!({"input": input})).await["costPlan"]["plan"]["solution"].clone();
    assert_eq!(solved["feasible"], true);
    assert_eq!(solved["after"]["cash_flow"]["total"], flow["total"]);
    assert_eq!(solved["sources"]["grant"], to);

    let mut budget = sections(EXAMPLE)["budget"].clone();
    for change in solved["changes"].as_array().unwrap() {
        apply(&mut budget, change);
    }
    budget.as_object_mut().unwrap().remove("requested_hkd");
    let mutation = "mutation($input: ApplicationSectionSaveInput!) {
        applicationSectionSave(input: $input) { section { version } preview { ask totalCost } problems { code } } }";
    let input = json!({"applicationId": application, "section": "budget", "content": budget,
                       "expectedVersion": 1});
    let saved =
        client.ask(mutation, json!({"input": input})).await["applicationSectionSave"].clone();
    assert_eq!(saved["problems"], json!([]));
    assert_eq!(saved["preview"]["ask"], to);
    assert_eq!(saved["preview"]["totalCost"], flow["total"]);
}

fn apply(budget: &mut Value, change: &Value) {
    let lines = budget["lines"].as_array_mut().unwrap();
    let line = lines
        .iter_mut()
        .find(|line| line["id"] == change["line_id"])
        .unwrap();
    let cells = line["cells"].as_array_mut().unwrap();
    let same = |cell: &&mut Value| {
        cell["financial_year"] == change["financial_year"] && cell["source"] == change["source"]
    };
    if let Some(cell) = cells.iter_mut().find(same) {
        cell["amount"] = change["after"].clone();
        return;
    }
    cells.push(
        json!({"financial_year": change["financial_year"], "source": change["source"],
                      "amount": change["after"]}),
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_example_of_matched_funding_binds_the_ask_and_a_stranger_sees_nothing() {
    let world = World::seeded().await;
    let actor = world.actor(ENDORSER).await;
    let application = complete_draft(&world, &actor).await;
    let client = world.graphql(Some(FINANCE)).await;
    let input = json!({"applicationId": application, "example": "one_to_one"});
    let plan = client.ask(PLAN, json!({"input": input})).await["costPlan"]["plan"].clone();
    let range = &plan["ranges"][0]["range"];
    assert_eq!(range["high_limit"], "matching");
    let span = &plan["matching"]["spans"][0];
    assert_eq!(
        span["entitled"], span["matched"],
        "a dollar for a dollar below the ceiling"
    );

    let input = json!({"applicationId": application, "example": "nobody"});
    let refused = client.ask(PLAN, json!({"input": input})).await["costPlan"]["problems"].clone();
    assert_eq!(refused[0]["path"], "example");
    let other = world.graphql(Some("editor@harbour-lantern.example")).await;
    let input = json!({"applicationId": application});
    let hidden = other.ask(PLAN, json!({"input": input})).await["costPlan"].clone();
    assert_eq!(hidden["plan"], Value::Null);
}
