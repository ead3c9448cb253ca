//! A shortlist, a letter or an appeal's bundle taken away as a file. Guarded as `/graphql` is; whatever is
//! not theirs answers as if it did not exist.
use axum::{
    extract::{Path, RawQuery, State},
    http::{HeaderMap, Uri},
    response::Response,
};
use casework::PaperKind;

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
    let exporting = async move { casework::audit_export(&casework, &actor).await };
    Ok(attached(
        apart(exporting).await?,
        JSON_LINES,
        "audit-trail",
        "jsonl",
    ))
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
