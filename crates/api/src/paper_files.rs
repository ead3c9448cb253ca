//! A shortlist, a letter or an appeal's bundle taken away as a file. Guarded as `/graphql` is; whatever is
//! not theirs answers as if it did not exist.
use std::sync::Arc;

use access::Actor;
use axum::{
    body::Body,
    extract::{Path, RawQuery, State},
    http::{HeaderMap, Uri},
    response::Response,
};
use casework::{AuditPart, Casework, PaperKind};
use futures_util::StreamExt as _;

use crate::{
    caller::apart,
    download::attached,
    files::{id_of, language_of, signed_in},
    guard::{JSON, WORKBOOK, own_page},
    refusal::Refusal,
    state::App,
};

const PDF: &str = "application/pdf";
const JSON_LINES: &str = "application/x-ndjson";

/// `GET /files/shortlist/{roundId}.xlsx` or `.pdf`.
pub(crate) async fn shortlist(
    State(app): State<App>,
    Path(file): Path<String>,
    RawQuery(query): RawQuery,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    own_page(&headers, &uri)?;
    let actor = signed_in(&app, &headers).await?;
    let language = language_of(query.as_deref(), &headers);
    let (name, ending) = file.rsplit_once('.').ok_or(Refusal::NotFound)?;
    let (kind, media, ending) = match ending {
        "xlsx" => (PaperKind::Workbook(language), WORKBOOK, "xlsx"),
        "pdf" => (PaperKind::Page(language), PDF, "pdf"),
        _ => return Err(Refusal::NotFound),
    };
    let round = id_of(name)?;
    let casework = app.casework.clone();
    let exporting = async move { casework::shortlist_export(&casework, &actor, round, kind).await };
    let (code, body) = apart(exporting).await?;
    Ok(attached(body, media, &format!("shortlist-{code}"), ending))
}

/// `GET /files/letters/{letterId}.pdf`, for the funder that sent it and the applicant that received it.
pub(crate) async fn letter(
    State(app): State<App>,
    Path(file): Path<String>,
    RawQuery(query): RawQuery,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    own_page(&headers, &uri)?;
    let actor = signed_in(&app, &headers).await?;
    let language = language_of(query.as_deref(), &headers);
    let id = id_of(file.strip_suffix(".pdf").ok_or(Refusal::NotFound)?)?;
    let casework = app.casework.clone();
    let exporting = async move { casework::letter_export(&casework, &actor, id, language).await };
    Ok(attached(apart(exporting).await?, PDF, "letter", "pdf"))
}

/// `GET /files/audit/trail.jsonl`: the own organisation's audit trail, oldest first, to be checked elsewhere.
pub(crate) async fn audit_trail(
    State(app): State<App>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    own_page(&headers, &uri)?;
    let actor = signed_in(&app, &headers).await?;
    let casework = app.casework.clone();
    // The first part before the answer begins: whoever may not read the trail is told so.
    let first = trail_part(casework.clone(), Arc::clone(&actor), 0).await?;
    let rest = futures_util::stream::try_unfold(first.next, move |next| {
        let (casework, actor) = (casework.clone(), Arc::clone(&actor));
        async move {
            let Some(after) = next else { return Ok(None) };
            // An answer that breaks off is a failed download, never a shorter trail.
            let part = trail_part(casework, actor, after).await;
            let part = part.map_err(|_| std::io::Error::other("the trail could not be read on"))?;
            Ok::<_, std::io::Error>(Some((part.lines, part.next)))
        }
    });
    let begun = futures_util::stream::once(std::future::ready(Ok(first.lines)));
    let body = Body::from_stream(begun.chain(rest));
    Ok(attached(body, JSON_LINES, "audit-trail", "jsonl"))
}

async fn trail_part(
    casework: Casework,
    actor: Arc<Actor>,
    after: i64,
) -> Result<AuditPart, Refusal> {
    let exporting = async move { casework::audit_export(&casework, &actor, after).await };
    Ok(apart(exporting).await?)
}

/// `GET /files/appeals/{appealId}.json`: the canonical text of which the bundle's hash is taken.
pub(crate) async fn appeal(
    State(app): State<App>,
    Path(file): Path<String>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    own_page(&headers, &uri)?;
    let actor = signed_in(&app, &headers).await?;
    let id = id_of(file.strip_suffix(".json").ok_or(Refusal::NotFound)?)?;
    let casework = app.casework.clone();
    let reading = async move { casework::appeal_bundle(&casework, &actor, id).await };
    let bundle = apart(reading).await?;
    Ok(attached(bundle.text.into_bytes(), JSON, "appeal", "json"))
}
