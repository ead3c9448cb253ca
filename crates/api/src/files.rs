//! Files that people take away and bring back: the value map and the cost plan as workbooks. Guarded as `/graphql`
//! is; whatever is not theirs answers as if it did not exist.
use axum::{
    Json,
    extract::{Path, RawQuery, State},
    http::{HeaderMap, Uri, header},
    response::Response,
};
use casework::{Language, WorkbookView};
use serde_json::Value;
use uuid::Uuid;

use crate::{
    caller::{apart, signed_in},
    download::attached,
    guard::{WORKBOOK, WorkbookBody, own_page},
    refusal::Refusal,
    state::App,
};

const ENDING: &str = ".xlsx";

/// `GET /files/value-map/{applicationId}.xlsx`, `?language=zh-HK` for Chinese headings.
pub(crate) async fn value_map_export(
    State(app): State<App>,
    Path(file): Path<String>,
    RawQuery(query): RawQuery,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    own_page(&headers, &uri)?;
    let actor = signed_in(&app, &headers).await?;
    let application = id_of(file.strip_suffix(ENDING).ok_or(Refusal::NotFound)?)?;
    let language = language_of(query.as_deref(), &headers);
    let casework = app.casework.clone();
    let exporting =
        async move { casework::value_map_export(&casework, &actor, application, language).await };
    Ok(workbook("value-map", apart(exporting).await?))
}

fn workbook(kind: &str, made: WorkbookView) -> Response {
    let name = format!("{kind}-{}", made.reference);
    attached(made.bytes, WORKBOOK, &name, "xlsx")
}

/// `POST /files/value-map/{applicationId}`: what the workbook would change. Stores nothing.
pub(crate) async fn value_map_import(
    State(app): State<App>,
    Path(file): Path<String>,
    headers: HeaderMap,
    WorkbookBody(body): WorkbookBody,
) -> Result<Json<Value>, Refusal> {
    let actor = signed_in(&app, &headers).await?;
    let application = id_of(&file)?;
    let casework = app.casework.clone();
    let importing = async move {
        casework::value_map_import(&casework, &actor, application, body.into()).await
    };
    Ok(Json(apart(importing).await?))
}

/// `GET /files/cost-plan/{applicationId}.xlsx`, `?language=zh-HK` for Chinese headings.
pub(crate) async fn cost_plan_export(
    State(app): State<App>,
    Path(file): Path<String>,
    RawQuery(query): RawQuery,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    own_page(&headers, &uri)?;
    let actor = signed_in(&app, &headers).await?;
    let application = id_of(file.strip_suffix(ENDING).ok_or(Refusal::NotFound)?)?;
    let language = language_of(query.as_deref(), &headers);
    let casework = app.casework.clone();
    let exporting =
        async move { casework::cost_plan_export(&casework, &actor, application, language).await };
    Ok(workbook("cost-plan", apart(exporting).await?))
}

/// `POST /files/cost-plan/{applicationId}`: what a pool sheet would change. Stores nothing.
pub(crate) async fn cost_plan_import(
    State(app): State<App>,
    Path(file): Path<String>,
    headers: HeaderMap,
    WorkbookBody(body): WorkbookBody,
) -> Result<Json<Value>, Refusal> {
    let actor = signed_in(&app, &headers).await?;
    let application = id_of(&file)?;
    let casework = app.casework.clone();
    let importing = async move {
        casework::cost_plan_import(&casework, &actor, application, body.into()).await
    };
    Ok(Json(apart(importing).await?))
}

pub(crate) fn id_of(text: &str) -> Result<Uuid, Refusal> {
    Uuid::parse_str(text).map_err(|_| Refusal::NotFound)
}

/// The language asked for, else the browser's first.
pub(crate) fn language_of(query: Option<&str>, headers: &HeaderMap) -> Language {
    let mut pairs = query.unwrap_or_default().split('&');
    let asked = pairs.find_map(|pair| pair.strip_prefix("language="));
    let accepted = headers
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok());
    let wanted = asked.or(accepted).unwrap_or_default().trim_start();
    if wanted
        .get(..2)
        .is_some_and(|begin| begin.eq_ignore_ascii_case("zh"))
    {
        Language::Zh
    } else {
        Language::En
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn the_language_asked_for_wins_over_the_browsers() {
        let mut headers = HeaderMap::new();
        assert_eq!(language_of(None, &headers), Language::En);
        headers.insert(
            header::ACCEPT_LANGUAGE,
            HeaderValue::from_static("zh-HK,en;q=0.5"),
        );
        assert_eq!(language_of(None, &headers), Language::Zh);
        assert_eq!(language_of(Some("a=b&language=en"), &headers), Language::En);
        assert_eq!(
            language_of(Some("language=zh-HK"), &HeaderMap::new()),
            Language::Zh
        );
    }
}
