//! Rules as a file to take away and bring back: JSON with the form, or a workbook with the criteria.
//! Reading one stores nothing: a person looks at the differences, and keeping them is the ordinary
//! saving of the draft.
use access::{Action, Actor};
use explain::json::Json;
use serde_json::{Value, json};
use store::TenantTx;
use uuid::Uuid;
use workbook::Language;

use crate::{
    CaseError, CaseResult, Casework, RuleSide, rule_check,
    rule_difference::{Side, difference, load},
    rulebooks::{known_to, open_draft, version},
};

/// How rules are written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RuleFileKind {
    /// The whole version with its form.
    Json,
    /// Criteria, parameters, tables and words.
    Workbook(Language),
}

/// Writes a version or a draft as a file.
pub async fn rules_export(
    casework: &Casework,
    actor: &Actor,
    side: &RuleSide,
    kind: RuleFileKind,
) -> CaseResult<Vec<u8>> {
    let mut tx = casework.begin(actor, Action::RulesRead).await?;
    let (body, sections) = load(&mut tx, side).await?;
    tx.end_read().await?;
    match kind {
        RuleFileKind::Json => {
            let file = json!({"format": 1, "body": body, "sections": sections});
            serde_json::to_vec_pretty(&file).map_err(CaseError::internal)
        }
        RuleFileKind::Workbook(language) => {
            let writing = move || workbook::rules_export(&body, language);
            tokio::task::spawn_blocking(writing)
                .await
                .map_err(CaseError::internal)?
                .map_err(CaseError::internal)
        }
    }
}

/// What a file would make of a draft: the whole of it after the changes, the changes, and what would
/// then stand against publishing. Nothing is stored.
pub async fn rules_import(
    casework: &Casework,
    actor: &Actor,
    draft: Uuid,
    bytes: Vec<u8>,
    is_json: bool,
) -> CaseResult<Value> {
    let mut tx = casework.begin(actor, Action::RulesEdit).await?;
    let row = open_draft(&mut tx, draft).await?;
    let (before, form) = (row.body.clone(), row.sections.clone());
    let read = move || read(&bytes, is_json, &before, &form);
    // Unpacking and reading a file is pure computing, and the file is a stranger's.
    let read = tokio::task::spawn_blocking(read)
        .await
        .map_err(CaseError::internal)?;
    let (body, sections) = match read {
        Ok(read) => read,
        Err(problems) => {
            tx.end_read().await?;
            return Ok(
                json!({"body": null, "sections": null, "changes": [], "problems": problems}),
            );
        }
    };
    let answer = held_against(&mut tx, (&row.body, &row.sections), (body, sections), &row).await?;
    tx.end_read().await?;
    Ok(answer)
}

async fn held_against(
    tx: &mut TenantTx,
    before: (&Value, &Value),
    after: (Value, Value),
    row: &store::rules::DraftRow,
) -> CaseResult<Value> {
    let base = version(tx, row.programme_id, &row.based_on).await?;
    let known = known_to(tx, &after.0, &after.1).await?;
    let problems = rule_check::problems(&after.0, &after.1, (&base.body, &base.sections), &known);
    let side = |(body, sections)| Side { body, sections };
    let changes: Vec<Value> = difference(side(before), side((&after.0, &after.1)))
        .into_iter()
        .map(|change| {
            let fields: Vec<Value> = change
                .fields
                .into_iter()
                .map(|(path, before, after)| json!({"path": path, "before": before, "after": after}))
                .collect();
            json!({"part": change.part, "id": change.id, "kind": change.kind.word(), "fields": fields})
        })
        .collect();
    let problems: Vec<Value> = problems.iter().map(shown).collect();
    Ok(json!({"body": after.0, "sections": after.1, "changes": changes, "problems": problems}))
}

fn params(problem: &explain::Problem) -> Vec<Value> {
    let params = problem.params.iter();
    params
        .map(|(name, value)| json!({"name": name, "value": value}))
        .collect()
}

/// Keys that stand twice and numbers with a fraction: neither survives being read.
fn lost_in_reading(file: &Json) -> Vec<Value> {
    let Json::Object(entries) = file else {
        return Vec::new();
    };
    let Some((_, body)) = entries.iter().find(|(key, _)| key == "body") else {
        return Vec::new();
    };
    let found = eligibility::Compiled::try_new(body).err();
    found
        .map(explain::Problems::into_vec)
        .unwrap_or_default()
        .iter()
        .filter(|problem| ["duplicate_key", "number_not_string"].contains(&problem.code.as_str()))
        .map(shown)
        .collect()
}

fn shown(problem: &explain::Problem) -> Value {
    json!({"code": problem.code, "path": problem.path, "message": problem.message,
           "params": params(problem)})
}

/// Body and form after the changes, or everything that keeps the file out.
fn read(
    bytes: &[u8],
    is_json: bool,
    body: &Value,
    sections: &Value,
) -> Result<(Value, Value), Vec<Value>> {
    if !is_json {
        let read = workbook::rules_import(bytes, body);
        let refused = || {
            read.refused
                .iter()
                .map(workbook::Refusal::to_json)
                .collect()
        };
        return read
            .body
            .map(|body| (body, sections.clone()))
            .ok_or_else(refused);
    }
    let problem = |code: &str, path: &str, message: String| {
        vec![json!({"code": code, "path": path, "message": message, "params": []})]
    };
    let text = std::str::from_utf8(bytes).map_err(|_| {
        let message = "The file is not UTF-8 text; save it as UTF-8.".to_owned();
        problem("not_json", "", message)
    })?;
    let file =
        Json::parse(text).map_err(|found| problem(&found.code, &found.path, found.message))?;
    let lost = lost_in_reading(&file);
    if !lost.is_empty() {
        return Err(lost);
    }
    let file = file.to_value();
    let part = |key: &str, now: &Value| match file.get(key) {
        None => Ok(now.clone()),
        Some(value) if value.is_object() => Ok(value.clone()),
        Some(_) => {
            let message = format!("{key} must be an object such as {{…}}.");
            Err(problem("not_object", key, message))
        }
    };
    if file.get("body").is_none() {
        let message = "body is missing; export the rules as JSON and edit that file.".to_owned();
        return Err(problem("file_not_ours", "body", message));
    }
    Ok((part("body", body)?, part("sections", sections)?))
}
