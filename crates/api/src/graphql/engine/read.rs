//! Reading the JSON of a calculator or of a published rule file. Both were checked when they were
//! written, so what is missing is the machine's fault.
use casework::{CaseError, CaseResult, RunView};
use serde_json::{Value, json};

use crate::graphql::{scalars::Decimal, types::Text};

fn lacks(key: &str) -> CaseError {
    CaseError::Internal(format!("stored JSON lacks {key}"))
}

/// A text that must be there.
pub(crate) fn text(value: &Value, key: &str) -> CaseResult<String> {
    optional_text(value, key).ok_or_else(|| lacks(key))
}

/// A text, or a number as it is written.
pub(crate) fn optional_text(value: &Value, key: &str) -> Option<String> {
    shown(&value[key])
}

/// A figure that must be there.
pub(crate) fn decimal(value: &Value, key: &str) -> CaseResult<Decimal> {
    text(value, key).map(Decimal)
}

/// A list; empty where there is none.
pub(crate) fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// The texts of a list.
pub(crate) fn texts(value: &Value) -> Vec<String> {
    list(value)
        .iter()
        .filter_map(Value::as_str)
        .map(str::to_owned)
        .collect()
}

/// `{"en":…,"zh":…}` that must be there.
pub(crate) fn bilingual(value: &Value) -> CaseResult<Text> {
    Ok(Text {
        en: text(value, "en")?,
        zh: text(value, "zh")?,
    })
}

/// A value as people read it; a range as both its ends.
pub(super) fn shown(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        Value::Array(items) => Some(
            items
                .iter()
                .filter_map(shown)
                .collect::<Vec<_>>()
                .join(" – "),
        ),
        Value::Bool(_) | Value::Number(_) | Value::Object(_) => Some(value.to_string()),
    }
}

/// A run's output with the run's id and the hash of its input.
pub(crate) fn hash_and_run(run: &RunView) -> Value {
    let mut output = run.output.clone();
    if let Some(fields) = output.as_object_mut() {
        fields.insert("runId".to_owned(), json!(run.id.to_string()));
        fields.insert("inputHash".to_owned(), json!(run.input_hash));
        fields.insert("engineVersion".to_owned(), json!(run.engine_version));
    }
    output
}
