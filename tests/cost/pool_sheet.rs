//! The cost plan as a workbook over HTTP: out, back with its differences, saved by the ordinary save.
use axum::http::{Method, StatusCode, header};
use serde_json::{Value, json};
use testkit::World;

use crate::drafting::{ENDORSER, EXAMPLE, FINANCE, complete_draft, sections};

const WORKBOOK: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

#[tokio::test(flavor = "multi_thread")]
async fn a_cost_plan_goes_out_and_its_pool_sheet_comes_back_with_its_differences() {
    let world = World::seeded().await;
    let actor = world.actor(ENDORSER).await;
    let application = complete_draft(&world, &actor).await;
    let client = world.graphql(Some(FINANCE)).await;
    let original = sections(EXAMPLE)["cost_sharing"].clone();

    let path = format!("/files/cost-plan/{application}.xlsx?language=zh-HK");
    let (status, headers, bytes) = client.fetch(Method::GET, &path, None, Vec::new()).await;
    assert_eq!(status, StatusCode::OK);
    let name = headers[header::CONTENT_DISPOSITION].to_str().unwrap();
    assert!(
        name.starts_with("attachment; filename=\"cost-plan-"),
        "{name}"
    );

    let back = format!("/files/cost-plan/{application}");
    let (status, _, body) = client
        .fetch(Method::POST, &back, Some(WORKBOOK), bytes.clone())
        .await;
    assert_eq!(status, StatusCode::OK);
    let unedited: Value = serde_json::from_slice(&body).unwrap();
    let nothing =
        json!({"changes": [], "added": [], "removed": [], "refused": [], "content": original});
    assert_eq!(unedited, nothing);

    // The sheet of other figures over the first ones.
    let mut edited = original.clone();
    edited["pools"][0]["amount"] = json!("12345.67");
    let mutation = "mutation($input: ApplicationSectionSaveInput!) {
        applicationSectionSave(input: $input) { problems { code } } }";
    let input = json!({"applicationId": application, "section": "cost_sharing", "content": edited,
                       "expectedVersion": 1});
    client.ask(mutation, json!({"input": input})).await;
    let (_, _, body) = client
        .fetch(Method::POST, &back, Some(WORKBOOK), bytes)
        .await;
    let found: Value = serde_json::from_slice(&body).unwrap();
    assert_eq!(found["changes"][0]["path"], "pools[0].amount");
    assert_eq!(found["changes"][0]["from"], "12345.67");
    assert_eq!(found["changes"][0]["to"], original["pools"][0]["amount"]);

    let (_, _, body) = client
        .fetch(Method::POST, &back, Some(WORKBOOK), b"x".to_vec())
        .await;
    let refused: Value = serde_json::from_slice(&body).unwrap();
    assert_eq!(refused["refused"][0]["code"], "file_not_workbook");
    assert_eq!(refused["content"], Value::Null);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cost_plan_does_not_exist_for_anybody_else() {
    let world = World::seeded().await;
    let actor = world.actor(ENDORSER).await;
    let application = complete_draft(&world, &actor).await;
    for email in [
        Some("editor@harbour-lantern.example"),
        Some("officer@funder.example"),
    ] {
        let client = world.graphql(email).await;
        let path = format!("/files/cost-plan/{application}.xlsx");
        let (status, _, _) = client.fetch(Method::GET, &path, None, Vec::new()).await;
        assert_eq!(status, StatusCode::NOT_FOUND, "{email:?}");
        let path = format!("/files/cost-plan/{application}");
        let (status, _, _) = client
            .fetch(Method::POST, &path, Some(WORKBOOK), b"x".to_vec())
            .await;
        assert_eq!(status, StatusCode::NOT_FOUND, "{email:?}");
    }
}
