//! Supporting documents: what is taken and what is refused, permissions that hold once, quarantine until scanned,
//! and what a funder receives.
mod grants;
mod hostile;
mod kinds;
mod made;
mod scanned;
mod store;
mod submitted;

use axum::http::{HeaderMap, Method, StatusCode};
use serde_json::{Value, json};
use testkit::{Client, World};
use uuid::Uuid;

const BYTES: &str = "application/octet-stream";

/// Asks for a permission to attach a file; what the server answers.
async fn announce(client: &Client, application: Uuid, name: &str, bytes: usize) -> Value {
    let ask = "mutation($input: FileUploadGrantInput!) { fileUploadGrant(input: $input) {
        grant expiresAt problems { code path params { name value } } } }";
    let input =
        json!({"applicationId": application, "kind": "QUOTATION", "name": name, "bytes": bytes});
    let mut data = client.ask(ask, json!({"input": input})).await;
    data["fileUploadGrant"].take()
}

/// Sends bytes by a permission: the status and what the server answers.
async fn send(client: &Client, grant: &str, bytes: &[u8]) -> (StatusCode, Value) {
    let path = format!("/files/upload/{grant}");
    let (status, _, body) = client
        .fetch(Method::POST, &path, Some(BYTES), bytes.to_vec())
        .await;
    (status, serde_json::from_slice(&body).unwrap_or_default())
}

/// Announces and sends a file, whatever comes of it.
async fn attach(
    client: &Client,
    application: Uuid,
    name: &str,
    bytes: &[u8],
) -> Result<Uuid, Vec<String>> {
    let answer = announce(client, application, name, bytes.len()).await;
    let Some(grant) = answer["grant"].as_str() else {
        return Err(codes(&answer));
    };
    let (status, answer) = send(client, grant, bytes).await;
    if status == StatusCode::OK {
        return Ok(answer["id"].as_str().unwrap().parse().unwrap());
    }
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{answer}");
    Err(codes(&answer))
}

fn codes(answer: &Value) -> Vec<String> {
    let problems = answer["problems"].as_array().unwrap();
    let code = |problem: &Value| problem["code"].as_str().unwrap().to_owned();
    problems.iter().map(code).collect()
}

/// A small PDF, attached by whoever has this address.
pub(crate) async fn attached(world: &World, email: &str, application: Uuid) -> Uuid {
    let client = world.graphql(Some(email)).await;
    attached_as(&client, application, "quotation.pdf").await
}

/// A small PDF under this name.
pub(crate) async fn attached_as(client: &Client, application: Uuid, name: &str) -> Uuid {
    let note = Uuid::now_v7().to_string();
    attach(client, application, name, &made::pdf(&note))
        .await
        .unwrap()
}

/// Asks for a permission to fetch a file.
async fn ask(client: &Client, file: Uuid) -> Value {
    let ask = "mutation($input: FileDownloadGrantInput!) { fileDownloadGrant(input: $input) {
        grant problems { code } } }";
    let mut data = client.ask(ask, json!({"input": {"fileId": file}})).await;
    data["fileDownloadGrant"].take()
}

/// Fetches by a permission.
async fn fetch(client: &Client, grant: &str) -> (StatusCode, HeaderMap, Vec<u8>) {
    let path = format!("/files/get/{grant}");
    client.fetch(Method::GET, &path, None, Vec::new()).await
}

/// Where a file stands, and why.
async fn state(world: &World, file: Uuid) -> (String, Option<String>, Option<String>) {
    sqlx::query_as("select state, reason, scanner from tenant.files where file_id = $1")
        .bind(file)
        .fetch_one(world.sql())
        .await
        .unwrap()
}

async fn entries(world: &World, action: &str) -> i64 {
    sqlx::query_scalar("select count(*) from tenant.audit_entries where action = $1")
        .bind(action)
        .fetch_one(world.sql())
        .await
        .unwrap()
}

/// A small file of each kind that can be made here.
pub(crate) fn samples() -> Vec<(&'static str, Vec<u8>)> {
    vec![
        ("quotation.pdf", made::pdf("a note")),
        ("photo.png", made::png(40, 30)),
        ("photo.jpg", made::jpeg(b"a comment")),
        ("plan.docx", made::office("docx", "text", &[])),
        ("sheet.xlsx", made::office("xlsx", "text", &[])),
        ("notes.zip", made::archive(&[("a.txt", b"text".as_slice())])),
    ]
}
