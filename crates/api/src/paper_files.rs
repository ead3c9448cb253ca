//! A shortlist, a letter or an appeal's bundle taken away as a file. Guarded as `/graphql` is; whatever is
//! not theirs answers as if it did not exist.
use axum::{
    extract::{Path, RawQuery, State},
    http::{HeaderMap, HeaderValue, Uri, header},
    response::{IntoResponse as _, Response},
};
use casework::PaperKind;

use crate::{
    caller::apart,
    files::{id_of, language_of, signed_in},
    guard::{JSON, WORKBOOK, own_page},
    refusal::Refusal,
    state::App,
};

const PDF: &str = "application/pdf";

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
    let (round, kind, media) = if let Some(name) = file.strip_suffix(".xlsx") {
        (id_of(name)?, PaperKind::Workbook(language), WORKBOOK)
    } else {
        let name = file.strip_suffix(".pdf").ok_or(Refusal::NotFound)?;
        (id_of(name)?, PaperKind::Page(language), PDF)
    };
    let casework = app.casework.clone();
    let exporting = async move { casework::shortlist_export(&casework, &actor, round, kind).await };
    let (code, body) = apart(exporting).await?;
    let ending = if media == PDF { "pdf" } else { "xlsx" };
    Ok(attached(body, media, &format!("shortlist-{code}.{ending}")))
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
    Ok(attached(apart(exporting).await?, PDF, "letter.pdf"))
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
    Ok(attached(bundle.text.into_bytes(), JSON, "appeal.json"))
}

fn attached(body: Vec<u8>, media: &'static str, name: &str) -> Response {
    let mut response = body.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media));
    let named: String = name
        .chars()
        .filter(|each| each.is_ascii_alphanumeric() || "-.".contains(*each))
        .collect();
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{named}\"")) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    response
}
