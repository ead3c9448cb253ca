//! Writing: start, save section by section, preview, and the refusal of what is not complete.
use std::collections::BTreeSet;

use money::Hkd;
use serde_json::{Value, json};
use testkit::{Client, World};

use super::codes;
use crate::drafting::{
    EDITOR, ENDORSER, EXAMPLE, FINANCE, OPEN_ROUND, expected, open_the_round, sections,
};

const START: &str = "mutation($input: ApplicationStartInput!) { applicationStart(input: $input) {
    application { id stage reference } problems { code } } }";
const SAVE: &str = "mutation($input: ApplicationSectionSaveInput!) {
    applicationSectionSave(input: $input) {
        section { version state content problems { code path } } problems { code } } }";
const SUBMIT: &str = "mutation($input: ApplicationSubmitInput!) {
    applicationSubmit(input: $input) { application { stage } problems { code path message } } }";
const SECTIONS: &str = "query($id: ID!) { application(id: $id) {
    sections { code state version problems { code path } } } }";
const PREVIEW: &str = "query($id: ID!) { application(id: $id) { preview {
    ask totalCost cap eligibility { state } sroi { runId ratio } sroiProblems { code }
    costShare costShareProblems { code } } organisationFacts } }";

/// What finance officers write.
const FIGURES: [&str; 4] = ["budget", "procurement", "cost_sharing", "value_map"];

async fn start(world: &World) -> (Client, String) {
    open_the_round(world).await;
    let editor = world.graphql(Some(EDITOR)).await;
    let input = json!({"roundId": OPEN_ROUND, "idempotencyKey": "a key of this test"});
    let data = editor.ask(START, json!({"input": input})).await;
    let started = &data["applicationStart"];
    assert_eq!(codes(started), [""; 0]);
    assert_eq!(started["application"]["stage"], "DRAFT");
    let id = started["application"]["id"].as_str().unwrap().to_owned();
    (editor, id)
}

async fn save(client: &Client, id: &str, section: &str, content: &Value) -> Value {
    let input = json!({"applicationId": id, "section": section, "content": content,
                       "expectedVersion": 0});
    let mut data = client.ask(SAVE, json!({"input": input})).await;
    data["applicationSectionSave"].take()
}

async fn submit(client: &Client, id: &str) -> Value {
    let input = json!({"applicationId": id, "idempotencyKey": "a key of this test"});
    let mut data = client.ask(SUBMIT, json!({"input": input})).await;
    data["applicationSubmit"].take()
}

fn hkd(value: &Value) -> Hkd {
    Hkd::try_from_text(value.as_str().unwrap()).unwrap()
}

/// What the award ledger says of earlier awards: nobody types it into a form.
fn awarded(application: &Value) -> Hkd {
    let facts = application["organisationFacts"].as_array().unwrap();
    let known = facts
        .iter()
        .find(|fact| fact["path"] == "org.awarded_to_date_hkd");
    let fact = known.unwrap();
    assert_eq!(fact["provenance"], "ledger");
    hkd(&fact["value"])
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_is_written_by_those_who_may_and_previewed_as_the_workers_will_evaluate_it() {
    let world = World::seeded().await;
    let (editor, id) = start(&world).await;
    let finance = world.graphql(Some(FINANCE)).await;

    // Words are the editor's, figures the finance officer's.
    let refused = save(&finance, &id, "project", &json!({})).await;
    assert_eq!(codes(&refused), ["not_found"]);
    for (section, content) in sections(EXAMPLE) {
        let author = if FIGURES.contains(&section.as_str()) {
            &finance
        } else {
            &editor
        };
        let saved = save(author, &id, &section, &content).await;
        assert_eq!(codes(&saved), [""; 0], "{section}");
        assert_eq!(saved["section"]["problems"], json!([]), "{section}");
        assert_eq!(saved["section"]["state"], "COMPLETED", "{section}");
        assert_eq!(saved["section"]["content"], content, "{section}");
    }

    let data = editor.ask(PREVIEW, json!({"id": id})).await;
    let preview = &data["application"]["preview"];
    let expected = expected(EXAMPLE);
    assert_eq!(preview["eligibility"]["state"], "ELIGIBLE");
    assert_eq!(preview["sroi"]["ratio"], expected["sroi_ratio"]);
    assert_eq!(preview["sroi"]["runId"], Value::Null);
    assert_eq!(preview["ask"], expected["ask"]);
    // The cap was computed from earlier awards; a decision of the past round came on top.
    let earlier = hkd(&preview["cap"])
        .checked_sub(hkd(&expected["cap_left"]))
        .unwrap();
    let since = awarded(&data["application"]).checked_sub(earlier).unwrap();
    assert_eq!(since, Hkd::try_from_text("468000.00").unwrap());
    assert!(
        preview["costShare"]["pools"][0].is_object(),
        "{}",
        preview["costShare"]
    );

    // Only the endorser submits.
    assert_eq!(codes(&submit(&editor, &id).await), ["not_found"]);
    let endorser = world.graphql(Some(ENDORSER)).await;
    let done = submit(&endorser, &id).await;
    assert_eq!(codes(&done), [""; 0], "{done}");
    assert_eq!(done["application"]["stage"], "SUBMITTED");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_incomplete_draft_is_refused_with_everything_that_is_missing_in_every_section() {
    let world = World::seeded().await;
    let (editor, id) = start(&world).await;
    let mut project = sections(EXAMPLE)["project"].clone();
    project["districts"] = json!([{"code": "sha_tin", "share": "0.6"}]);
    project["start_on"] = json!("2027-02-30");
    let saved = save(&editor, &id, "project", &project).await;
    // What was typed is kept, wrong as it is.
    assert_eq!(saved["section"]["content"], project);
    assert_eq!(saved["section"]["state"], "NEEDS_CHANGES");

    let endorser = world.graphql(Some(ENDORSER)).await;
    let refused = submit(&endorser, &id).await;
    assert_eq!(refused["application"], Value::Null);
    let listed: BTreeSet<String> = refused["problems"]
        .as_array()
        .unwrap()
        .iter()
        .map(|problem| problem["path"].as_str().unwrap().to_owned())
        .collect();
    for path in [
        "organisation.confirmed",
        "project.districts",
        "project.start_on",
        "budget.lines",
        "cost_sharing.financial_year",
        "value_map.outcomes",
        "declarations.truth_declared",
    ] {
        assert!(listed.contains(path), "{path} is not in {listed:#?}");
    }
    // The same list that the sections show, no more and no less.
    let data = endorser.ask(SECTIONS, json!({"id": id})).await;
    let mut shown = BTreeSet::new();
    for section in data["application"]["sections"].as_array().unwrap() {
        for problem in section["problems"].as_array().unwrap() {
            let (code, path) = (
                section["code"].as_str().unwrap(),
                problem["path"].as_str().unwrap(),
            );
            shown.insert(format!("{code}.{path}").trim_end_matches('.').to_owned());
        }
    }
    assert_eq!(listed, shown);
}
