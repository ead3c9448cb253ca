//! The value map as a workbook over HTTP: it goes out, comes back with its differences, is saved by
//! the ordinary save, and does not exist for anybody else.
use axum::http::{Method, StatusCode, header};
use casework::section_save;
use serde_json::{Value, json};
use testkit::{Client, World};
use uuid::Uuid;

use crate::drafting::{EDITOR, ENDORSER, EXAMPLE, FINANCE, complete_draft, sections};

const WORKBOOK: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const WORKBOOK_BYTES_MAX: usize = 2 * 1024 * 1024;

async fn export(client: &Client, application: Uuid) -> (StatusCode, Vec<u8>) {
    let path = format!("/files/value-map/{application}.xlsx");
    let (status, _, bytes) = client.fetch(Method::GET, &path, None, Vec::new()).await;
    (status, bytes)
}

async fn import(client: &Client, application: Uuid, bytes: Vec<u8>) -> (StatusCode, Value) {
    let path = format!("/files/value-map/{application}");
    let (status, _, body) = client
        .fetch(Method::POST, &path, Some(WORKBOOK), bytes)
        .await;
    (status, serde_json::from_slice(&body).unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_value_map_goes_out_comes_back_with_its_differences_and_is_saved() {
    let world = World::seeded().await;
    let actor = world.actor(ENDORSER).await;
    let application = complete_draft(&world, &actor).await;
    let client = world.graphql(Some(FINANCE)).await;
    let original = sections(EXAMPLE)["value_map"].clone();

    let path = format!("/files/value-map/{application}.xlsx?language=zh-HK");
    let (status, headers, bytes) = client.fetch(Method::GET, &path, None, Vec::new()).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(headers[header::CONTENT_TYPE], WORKBOOK);
    assert_eq!(headers[header::CACHE_CONTROL], "no-store");
    let name = headers[header::CONTENT_DISPOSITION].to_str().unwrap();
    assert!(
        name.starts_with("attachment; filename=\"value-map-"),
        "{name}"
    );
    let (status, unedited) = import(&client, application, bytes).await;
    assert_eq!(status, StatusCode::OK);
    let nothing =
        json!({"changes": [], "added": [], "removed": [], "refused": [], "content": original});
    assert_eq!(unedited, nothing);

    // The workbook of a map with other figures, brought back over the first one.
    let mut edited = original.clone();
    edited["outcomes"][0]["deadweight"] = json!("0.33");
    edited["outcomes"][0]["reasons"]["deadweight"] = json!("=1+1 is text");
    let save = |content: Value, version| {
        let (casework, actor) = (world.casework(), &actor);
        async move {
            let saved = section_save(casework, actor, application, "value_map", &content, version);
            saved.await.unwrap();
        }
    };
    save(edited.clone(), 1).await;
    let (_, bytes) = export(&client, application).await;
    save(original.clone(), 2).await;
    let (_, found) = import(&client, application, bytes).await;
    let change = &found["changes"][0];
    assert_eq!(change["path"], "outcomes[0].deadweight");
    assert_eq!(change["cell"], "Outcomes!L5");
    assert_eq!(change["from"], original["outcomes"][0]["deadweight"]);
    assert_eq!(change["to"], "0.33");
    assert_eq!(found["content"], edited);

    let mutation = "mutation($input: ApplicationSectionSaveInput!) {
        applicationSectionSave(input: $input) { section { version content } problems { code } } }";
    let input = json!({"applicationId": application, "section": "value_map",
                       "content": found["content"], "expectedVersion": 3});
    let saved = client.ask(mutation, json!({"input": input})).await;
    assert_eq!(
        saved["applicationSectionSave"]["section"]["content"],
        edited
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn trust_01_the_workbook_of_another_tenant_does_not_exist() {
    let world = World::seeded().await;
    let actor = world.actor(ENDORSER).await;
    let application = complete_draft(&world, &actor).await;
    let (_, bytes) = export(&world.graphql(Some(EDITOR)).await, application).await;
    for address in [
        "editor@harbour-lantern.example",
        "finance@harbour-lantern.example",
        "officer@funder.example",
        "analyst@council.example",
        "operator@plumbline.example",
    ] {
        let client = world.graphql(Some(address)).await;
        let real = export(&client, application).await;
        assert_eq!(real.0, StatusCode::NOT_FOUND, "{address}");
        assert_eq!(real, export(&client, Uuid::new_v4()).await, "{address}");
        let real = import(&client, application, bytes.clone()).await;
        assert_eq!(real.0, StatusCode::NOT_FOUND, "{address}");
        assert_eq!(
            real,
            import(&client, Uuid::new_v4(), bytes.clone()).await,
            "{address}"
        );
    }
    // Who may read but not write takes the workbook away and brings none back.
    let viewer = world.graphql(Some("viewer@kestrel.example")).await;
    assert_eq!(export(&viewer, application).await.0, StatusCode::OK);
    assert_eq!(
        import(&viewer, application, bytes.clone()).await.0,
        StatusCode::NOT_FOUND
    );
    let nobody = world.graphql(None).await;
    assert_eq!(
        export(&nobody, application).await.0,
        StatusCode::UNAUTHORIZED
    );
    assert_eq!(
        import(&nobody, application, bytes).await.0,
        StatusCode::UNAUTHORIZED
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn trust_20_what_is_no_workbook_or_too_large_is_refused_with_its_cause() {
    let world = World::seeded().await;
    let actor = world.actor(ENDORSER).await;
    let application = complete_draft(&world, &actor).await;
    let client = world.graphql(Some(FINANCE)).await;
    let path = format!("/files/value-map/{application}");
    let code = |body: &[u8]| -> Value {
        let body: Value = serde_json::from_slice(body).unwrap();
        body["problems"][0]["code"].clone()
    };
    for kind in [None, Some("application/json"), Some("text/csv")] {
        let (status, _, body) = client.fetch(Method::POST, &path, kind, vec![1]).await;
        assert_eq!(status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
        assert_eq!(code(&body), "content_type_refused");
    }
    let large = vec![0; WORKBOOK_BYTES_MAX + 1];
    let (status, _, body) = client
        .fetch(Method::POST, &path, Some(WORKBOOK), large)
        .await;
    assert_eq!(
        (status, code(&body)),
        (StatusCode::PAYLOAD_TOO_LARGE, json!("file_too_large"))
    );
    for bytes in [Vec::new(), b"id,name\n".to_vec(), b"PK\x03\x04".to_vec()] {
        let (status, found) = import(&client, application, bytes).await;
        assert_eq!(status, StatusCode::OK);
        assert_eq!(found["refused"][0]["code"], "file_not_workbook");
        assert_eq!(found["content"], Value::Null);
    }
    let no_ending = client.fetch(Method::GET, &path, None, Vec::new()).await;
    assert_eq!(no_ending.0, StatusCode::NOT_FOUND);
}
