//! Rules as files: a version or a draft is taken away, and an edited one is brought back to a draft.
//! Guarded as `/graphql` is; whatever is not theirs answers as if it did not exist.
use axum::{
    Json,
    extract::{Path, RawQuery, State},
    http::{HeaderMap, Uri},
    response::Response,
};
use casework::{RuleFileKind, RuleSide};
use serde_json::Value;

use crate::{
    caller::{apart, signed_in},
    download::attached,
    files::{id_of, language_of},
    guard::{JSON, RulesBody, WORKBOOK, own_page},
    refusal::Refusal,
    state::App,
};

/// `GET /files/rules/draft/{draftId}.json` or `.xlsx`.
pub(crate) async fn draft_export(
    State(app): State<App>,
    Path(file): Path<String>,
    RawQuery(query): RawQuery,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    own_page(&headers, &uri)?;
    let (name, kind) = kind_of(&file, query.as_deref(), &headers)?;
    let side = RuleSide::Draft(id_of(name)?);
    export(app, &headers, side, kind).await
}

/// `GET /files/rules/version/{programmeId}/{version}.json` or `.xlsx`.
pub(crate) async fn version_export(
    State(app): State<App>,
    Path((programme, file)): Path<(String, String)>,
    RawQuery(query): RawQuery,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    own_page(&headers, &uri)?;
    let (name, kind) = kind_of(&file, query.as_deref(), &headers)?;
    let side = RuleSide::Version(id_of(&programme)?, name.to_owned());
    export(app, &headers, side, kind).await
}

/// `POST /files/rules/draft/{draftId}`: what the file would change. Stores nothing.
pub(crate) async fn draft_import(
    State(app): State<App>,
    Path(file): Path<String>,
    headers: HeaderMap,
    RulesBody(body, is_json): RulesBody,
) -> Result<Json<Value>, Refusal> {
    let actor = signed_in(&app, &headers).await?;
    let draft = id_of(&file)?;
    let casework = app.casework.clone();
    let importing =
        async move { casework::rules_import(&casework, &actor, draft, body.into(), is_json).await };
    Ok(Json(apart(importing).await?))
}

/// The name before the ending, and what the ending asks for.
fn kind_of<'a>(
    file: &'a str,
    query: Option<&str>,
    headers: &HeaderMap,
) -> Result<(&'a str, RuleFileKind), Refusal> {
    if let Some(name) = file.strip_suffix(".json") {
        return Ok((name, RuleFileKind::Json));
    }
    let name = file.strip_suffix(".xlsx").ok_or(Refusal::NotFound)?;
    Ok((name, RuleFileKind::Workbook(language_of(query, headers))))
}

async fn export(
    app: App,
    headers: &HeaderMap,
    side: RuleSide,
    kind: RuleFileKind,
) -> Result<Response, Refusal> {
    let actor = signed_in(&app, headers).await?;
    let casework = app.casework.clone();
    let exporting = async move { casework::rules_export(&casework, &actor, &side, kind).await };
    let body = apart(exporting).await?;
    Ok(match kind {
        RuleFileKind::Json => attached(body, JSON, "rules", "json"),
        RuleFileKind::Workbook(_) => attached(body, WORKBOOK, "rules", "xlsx"),
    })
}
