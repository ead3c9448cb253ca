//! Loading the official list of exempt funds and schemes: an operator's deed on the database itself.
//! The repository ships without it; entries are never guessed.
use std::collections::BTreeSet;

use explain::{
    Problems,
    json::Json,
    read::{self, Fields},
};
use serde_json::{Value, json};
use store::{OwnerPool, seed as rows};

use crate::{CaseError, CaseResult, cost_question::EXEMPT_SCHEMES};

/// Most codes; the published list is said to have 38.
const CODES_MAX: usize = 1_000;

/// A list as it was loaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExemptSchemesLoaded {
    /// The day on which it was true.
    pub as_at: chrono::NaiveDate,
    /// How many codes it has.
    pub codes: usize,
    /// Whether a scheme that is not listed is certainly not exempt.
    pub complete: bool,
    /// False when a list of that day is there already: a loaded list never changes.
    pub is_new: bool,
}

/// Loads `{"as_at":"2025-06-12","complete":true,"source":"…","codes":["…"]}`. The newest day counts.
pub async fn exempt_schemes_load(
    owner: &OwnerPool,
    body: &Json,
) -> CaseResult<ExemptSchemesLoaded> {
    let (mut loaded, stored) = read(body)?;
    let version = loaded.as_at.to_string();
    loaded.is_new = rows::rule_set_new(owner, EXEMPT_SCHEMES, &version, &stored)
        .await
        .map_err(CaseError::from)?;
    Ok(loaded)
}

fn read(body: &Json) -> Result<(ExemptSchemesLoaded, Value), Problems> {
    let mut problems = Problems::new();
    let fields = Fields::of(body, "", &mut problems);
    fields.refuse_unknown(&["as_at", "complete", "source", "codes"], &mut problems);
    let as_at = fields.want("as_at", &mut problems, read::date);
    let complete = fields.want("complete", &mut problems, read::boolean);
    let source = fields.text("source", &mut problems);
    let codes = fields.list("codes", CODES_MAX, &mut problems, read::text);
    let mut seen = BTreeSet::new();
    for (position, code) in codes.iter().flatten().enumerate() {
        if !seen.insert(code) {
            let at = format!("codes[{position}]");
            let message = format!("{at} {code} is listed twice; list it once.");
            problems.add("duplicate_id", &at, message);
        }
    }
    let all = as_at.zip(complete).zip(source).zip(codes.clone());
    let (((as_at, complete), source), codes) = problems.into_result(all)?;
    let stored = json!({"as_at": as_at.to_string(), "complete": complete, "source": source,
                        "codes": codes});
    Ok((
        ExemptSchemesLoaded {
            as_at,
            codes: codes.len(),
            complete,
            is_new: false,
        },
        stored,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(text: &str) -> Vec<String> {
        let problems = read(&Json::parse(text).unwrap()).unwrap_err().into_vec();
        problems
            .into_iter()
            .map(|problem| format!("{} {}", problem.code, problem.path))
            .collect()
    }

    #[test]
    fn a_list_without_its_day_its_source_or_its_completeness_is_refused_at_once() {
        assert_eq!(
            codes(r#"{"codes": ["A", "A"], "list": 1}"#),
            [
                "unknown_field list",
                "missing as_at",
                "missing complete",
                "missing source",
                "duplicate_id codes[1]",
            ]
        );
    }
}
