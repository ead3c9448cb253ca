//! The file store: a folder, and a stand-in for a service that speaks the S3 API; bytes that change there are
//! never handed out.
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, Method, StatusCode, Uri},
    response::{IntoResponse as _, Response},
};
use casework::{Files as _, FilesError};
use server::{ObjectFiles, S3};
use testkit::World;

use super::{announce, ask, attached, codes, fetch, made, send, state};
use crate::drafting::{EDITOR, ENDORSER, complete_draft};

type Bucket = Arc<Mutex<BTreeMap<String, Bytes>>>;

/// Keeps, gives and forgets objects of signed requests.
async fn serve(
    State(bucket): State<Bucket>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let signed = headers
        .get("authorization")
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.starts_with("AWS4-HMAC-SHA256 Credential=the-id/"));
    if !signed {
        return StatusCode::FORBIDDEN.into_response();
    }
    let mut objects = bucket.lock().unwrap();
    let name = uri.path().to_owned();
    let etag = [
        ("etag", "\"1\""),
        ("last-modified", "Sat, 21 Nov 2026 10:00:00 GMT"),
    ];
    match method {
        Method::PUT => {
            objects.insert(name, body);
            (StatusCode::OK, etag).into_response()
        }
        Method::GET => match objects.get(&name) {
            Some(bytes) => (StatusCode::OK, etag, bytes.clone()).into_response(),
            None => StatusCode::NOT_FOUND.into_response(),
        },
        Method::DELETE => {
            objects.remove(&name);
            StatusCode::NO_CONTENT.into_response()
        }
        _ => StatusCode::METHOD_NOT_ALLOWED.into_response(),
    }
}

async fn bucket() -> (Bucket, ObjectFiles) {
    let bucket = Bucket::default();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let router = Router::new()
        .fallback(serve)
        .layer(axum::extract::DefaultBodyLimit::disable())
        .with_state(Arc::clone(&bucket));
    tokio::spawn(async move { axum::serve(listener, router).await });
    let files = ObjectFiles::in_bucket(&S3 {
        bucket: "papers".to_owned(),
        endpoint: Some(format!("http://{address}")),
        region: "ap-east-1".to_owned(),
        access_key_id: "the-id".to_owned(),
        secret_access_key: "the-key".to_owned(),
    });
    (bucket, files.unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bucket_keeps_gives_and_forgets_by_signed_requests() {
    let (bucket, files) = bucket().await;
    let large = vec![7; 20 * 1024 * 1024];
    files.put("ab/cdef", large.clone()).await.unwrap();
    let names: Vec<String> = bucket.lock().unwrap().keys().cloned().collect();
    assert_eq!(names, ["/papers/ab/cdef"]);
    assert_eq!(files.get("ab/cdef").await.unwrap(), large);
    files.delete("ab/cdef").await.unwrap();
    files.delete("ab/cdef").await.unwrap();
    assert!(matches!(
        files.get("ab/cdef").await,
        Err(FilesError::Missing)
    ));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_goes_through_a_bucket_and_back() {
    let (bucket, files) = bucket().await;
    let world = World::seeded().await.with_files(Arc::new(files), None);
    let actor = world.actor(ENDORSER).await;
    let application = complete_draft(&world, &actor).await;
    let file = attached(&world, EDITOR, application).await;
    world.run_jobs().await;
    let client = world.graphql(Some(EDITOR)).await;
    let grant = ask(&client, file).await["grant"]
        .as_str()
        .unwrap()
        .to_owned();
    let (status, _, bytes) = fetch(&client, &grant).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(bucket.lock().unwrap().values().next().unwrap(), &bytes);
    // Taken off the draft, its bytes go as well.
    casework::file_remove(world.casework(), &actor, file)
        .await
        .unwrap();
    world.run_jobs().await;
    assert!(bucket.lock().unwrap().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn bytes_that_changed_in_the_store_are_refused_or_never_handed_out() {
    let world = World::seeded().await;
    let actor = world.actor(ENDORSER).await;
    let application = complete_draft(&world, &actor).await;
    let client = world.graphql(Some(EDITOR)).await;
    let before = attached(&world, EDITOR, application).await;
    tamper(&world, before).await;
    let clean = attached(&world, EDITOR, application).await;
    world.run_jobs().await;
    assert_eq!(
        state(&world, before).await.1.as_deref(),
        Some("file_changed")
    );
    tamper(&world, clean).await;
    let grant = ask(&client, clean).await["grant"]
        .as_str()
        .unwrap()
        .to_owned();
    let (status, _, body) = fetch(&client, &grant).await;
    assert_eq!(status, StatusCode::INTERNAL_SERVER_ERROR);
    assert!(!String::from_utf8_lossy(&body).contains("other bytes"));
}

async fn tamper(world: &World, file: uuid::Uuid) {
    let object: String =
        sqlx::query_scalar("select object_name from tenant.files where file_id = $1")
            .bind(file)
            .fetch_one(world.sql())
            .await
            .unwrap();
    std::fs::write(world.files_folder().join(object), b"other bytes").unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn trust_36_a_store_that_keeps_nothing_refuses_cleanly_and_the_permission_still_holds() {
    let unset = Arc::new(casework::NoFiles);
    let world = World::seeded().await.with_files(unset, None);
    let actor = world.actor(ENDORSER).await;
    let application = complete_draft(&world, &actor).await;
    let client = world.graphql(Some(EDITOR)).await;
    let pdf = made::pdf("kept later");
    let answer = announce(&client, application, "a.pdf", pdf.len()).await;
    let grant = answer["grant"].as_str().unwrap();
    let (status, answer) = send(&client, grant, &pdf).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(codes(&answer), ["file_store_unavailable"]);
    let folder = ObjectFiles::in_folder(&world.files_folder()).unwrap();
    let world = world.with_files(Arc::new(folder), None);
    let client = world.graphql(Some(EDITOR)).await;
    assert_eq!(send(&client, grant, &pdf).await.0, StatusCode::OK);
    println!("trust-36 pass refused while there is no room, taken after");
}
