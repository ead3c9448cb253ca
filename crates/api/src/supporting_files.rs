//! Supporting documents coming in and going out, by a permission that is asked for through GraphQL. Nothing is
//! ever shown in the page: a file leaves as an attachment of the type that its content has.
use axum::{
    Json,
    extract::{Path, Request, State},
    http::{HeaderMap, Uri},
    response::Response,
};
use serde_json::{Value, json};

use crate::{
    caller::{apart, signed_in},
    download::attached_as,
    guard::{file_body, own_page},
    refusal::Refusal,
    state::App,
};

/// `POST /files/upload/{grant}`: the bytes of one file, as they are.
pub(crate) async fn upload(
    State(app): State<App>,
    Path(grant): Path<String>,
    headers: HeaderMap,
    request: Request,
) -> Result<Json<Value>, Refusal> {
    own_page(&headers, request.uri())?;
    let actor = signed_in(&app, &headers).await?;
    // Held until the file is weighed: each holds its bytes in memory.
    let room = app.uploads.clone().try_acquire_owned();
    let _room = room.map_err(|_| Refusal::Busy)?;
    let body = file_body(request).await?;
    let casework = app.casework.clone();
    let receiving = async move { casework::file_receive(&casework, &actor, &grant, body).await };
    let file = apart(receiving).await?;
    Ok(Json(json!({"id": file.id, "sha256": file.sha256})))
}

/// `GET /files/get/{grant}`.
pub(crate) async fn download(
    State(app): State<App>,
    Path(grant): Path<String>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    own_page(&headers, &uri)?;
    let actor = signed_in(&app, &headers).await?;
    let casework = app.casework.clone();
    let fetching = async move { casework::file_fetch(&casework, &actor, &grant).await };
    let file = apart(fetching).await?;
    Ok(attached_as(file.bytes, file.media, &file.name))
}
