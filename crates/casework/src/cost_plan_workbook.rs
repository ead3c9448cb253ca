//! The cost plan as a workbook: out with its figures as live formulas, and a finance department's pool
//! sheet back as a list of differences that a person accepts by saving the section.
use access::{Action, Actor};
use explain::{Text, json::Json};
use serde_json::Value;
use store::{applications as rows, organisations, published};
use uuid::Uuid;
use workbook::{CostPlanSource, ExportError, Language, Meta};

use crate::{
    CaseError, CaseResult, Casework, WorkbookView,
    application_read::{draft_case, form, saved},
    assembly::{Case, hong_kong_day},
    cost_plan, cost_question, document,
    reading::end_parts_read,
    section_save::not_draft,
};

const SECTION: &str = "cost_sharing";

/// Writes the cost plan of an application. Whoever may read the application may take it away.
pub async fn cost_plan_export(
    casework: &Casework,
    actor: &Actor,
    id: Uuid,
    language: Language,
) -> CaseResult<WorkbookView> {
    let mut tx = casework.begin(actor, Action::ApplicationRead).await?;
    let row = rows::find(&mut tx, id).await?.ok_or(CaseError::NotFound)?;
    let case = draft_case(&mut tx, &row).await?;
    let form = form(&mut tx, &row).await?;
    let now = published::clock(&mut tx).await?;
    let organisation = organisations::own(&mut tx).await?;
    end_parts_read(tx, actor, [&row]).await?;
    let title = document::title(&case.sections);
    let meta = Meta {
        title: said(&title, language),
        reference: row.reference.clone(),
        fictional: organisation.is_some_and(|own| own.fictional),
        exported_on: hong_kong_day(now),
        price_index: None,
    };
    let scopes = scope_names(&form, language);
    // Writing the sheets takes tens of milliseconds of pure computing.
    let bytes = tokio::task::spawn_blocking(move || compute(&case, &meta, language, &scopes))
        .await
        .map_err(CaseError::internal)??;
    Ok(WorkbookView {
        reference: row.reference,
        bytes,
    })
}

fn said(text: &Text, language: Language) -> String {
    match language {
        Language::En => text.en.clone(),
        Language::Zh => text.zh.clone(),
    }
}

fn compute(
    case: &Case,
    meta: &Meta,
    language: Language,
    scope_names: &[(String, String)],
) -> CaseResult<Vec<u8>> {
    let section = case.section(SECTION);
    let plan = cost_plan::evaluated(case)?;
    let shares = section["pools"]
        .as_array()
        .is_some_and(|pools| !pools.is_empty());
    let apportionment = if shares {
        let request = costshare::read(&Json::from(&cost_question::apportionment(case)))?;
        let evaluation = costshare::evaluate(&request)?;
        Some((request, evaluation))
    } else {
        None
    };
    let lines = case.section("budget")["lines"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    let word = |line: &Value, key: &str| line[key].as_str().unwrap_or_default().to_owned();
    let line_names: Vec<(String, String)> = lines
        .iter()
        .map(|line| (word(line, "id"), word(line, "description")))
        .collect();
    let source = CostPlanSource {
        meta,
        language,
        section: &section,
        apportionment: apportionment
            .as_ref()
            .map(|(request, evaluation)| (request, evaluation)),
        plan: &plan,
        line_names: &line_names,
        scope_names,
    };
    workbook::cost_plan_export(&source).map_err(|error| match error {
        ExportError::Problems(problems) => CaseError::Problems(problems),
        ExportError::Writing(error) => CaseError::internal(error),
    })
}

/// What the form calls the scopes of budget lines.
fn scope_names(form: &[Value], language: Language) -> Vec<(String, String)> {
    let key = match language {
        Language::En => "en",
        Language::Zh => "zh",
    };
    let fields = form
        .iter()
        .flat_map(|section| section["fields"].as_array().into_iter().flatten());
    let field = fields
        .into_iter()
        .find(|field| field["path"] == "lines[].scope");
    let options = field.and_then(|field| field["options"].as_array());
    let named = options.into_iter().flatten().filter_map(|option| {
        let name = option["label"][key].as_str()?;
        Some((option["code"].as_str()?.to_owned(), name.to_owned()))
    });
    named.collect()
}

/// What a pool sheet would change in the shared costs of a draft. Only who may save the section may
/// ask; nothing is stored.
pub async fn cost_plan_import(
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
    let reading = move || workbook::pool_sheet_import(&bytes, &current).to_json();
    // Unpacking and reading a file is pure computing, and the file is a stranger's.
    tokio::task::spawn_blocking(reading)
        .await
        .map_err(CaseError::internal)
}
