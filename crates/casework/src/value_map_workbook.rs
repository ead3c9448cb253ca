//! The value map as a workbook, there and back. Reading one stores nothing: a person looks at the
//! differences, and saving them is the ordinary saving of the section.
use std::collections::BTreeMap;

use access::{Action, Actor};
use explain::json::Json;
use serde_json::Value;
use store::{applications as rows, organisations, published};
use uuid::Uuid;
use workbook::{ExportError, Language, Meta, PriceIndex};

use crate::{
    CaseError, CaseResult, Casework,
    application_read::{draft_case, saved},
    assembly::{Case, hong_kong_day},
    document,
    reading::end_parts_read,
    section_save::not_draft,
    value_map,
};

const SECTION: &str = "value_map";

/// A workbook to hand to a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkbookView {
    /// `DF-26-001`, for the name of the file.
    pub reference: String,
    /// The file.
    pub bytes: Vec<u8>,
}

/// Writes the value map of an application as a workbook. Whoever may read the application may take
/// it away.
pub async fn value_map_export(
    casework: &Casework,
    actor: &Actor,
    id: Uuid,
    language: Language,
) -> CaseResult<WorkbookView> {
    let mut tx = casework.begin(actor, Action::ApplicationRead).await?;
    let row = rows::find(&mut tx, id).await?.ok_or(CaseError::NotFound)?;
    let case = draft_case(&mut tx, &row).await?;
    let now = published::clock(&mut tx).await?;
    let organisation = organisations::own(&mut tx).await?;
    end_parts_read(tx, actor, [&row]).await?;
    let title = document::title(&case.sections);
    let meta = Meta {
        title: match language {
            Language::En => title.en,
            Language::Zh => title.zh,
        },
        reference: row.reference.clone(),
        fictional: organisation.is_some_and(|own| own.fictional),
        exported_on: hong_kong_day(now),
        price_index: None,
    };
    // Writing the sheets takes tens of milliseconds of pure computing.
    let bytes = tokio::task::spawn_blocking(move || compute(&case, meta, language))
        .await
        .map_err(CaseError::internal)??;
    Ok(WorkbookView {
        reference: row.reference,
        bytes,
    })
}

fn compute(case: &Case, mut meta: Meta, language: Language) -> CaseResult<Vec<u8>> {
    let question = value_map::request(case);
    let request = sroi::read(&Json::from(&question))?;
    meta.price_index = price_index(&question["price_index"]);
    workbook::export(&case.section(SECTION), &request, language, &meta).map_err(|error| match error
    {
        ExportError::Problems(problems) => CaseError::Problems(problems),
        ExportError::Writing(error) => CaseError::internal(error),
    })
}

/// The index that the question carries, if it carries one.
fn price_index(index: &Value) -> Option<PriceIndex> {
    let entries = index["values"].as_object()?.iter();
    let values: BTreeMap<i64, money::Decimal> = entries
        .filter_map(|(year, value)| {
            let value = money::decimal_from_text(value.as_str()?).ok()?;
            Some((year.parse().ok()?, value))
        })
        .collect();
    Some(PriceIndex {
        name: index["name"].as_str().unwrap_or_default().to_owned(),
        values,
    })
}

/// What an edited workbook would change in the value map of a draft. Only who may save the section
/// may ask; nothing is stored.
pub async fn value_map_import(
    casework: &Casework,
    actor: &Actor,
    id: Uuid,
    bytes: Vec<u8>,
) -> CaseResult<Value> {
    let mut tx = casework
        .begin(actor, Action::ApplicationEditFigures)
        .await?;
    let row = rows::find(&mut tx, id).await?.ok_or(CaseError::NotFound)?;
    if row.stage != "draft" {
        return Err(not_draft());
    }
    let mut sections = saved(&mut tx, row.application_id).await?;
    tx.end_read().await?;
    let current = sections.remove(SECTION).unwrap_or(Value::Null);
    let reading = move || workbook::import(&bytes, &current).to_json();
    // Unpacking and reading a file is pure computing, and the file is a stranger's.
    tokio::task::spawn_blocking(reading)
        .await
        .map_err(CaseError::internal)
}
