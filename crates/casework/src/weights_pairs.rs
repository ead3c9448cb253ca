//! Weights from comparisons by pairs: a helper for a panel that has to agree on them. Nothing is stored.
use access::{Action, Actor};
use explain::json::Json;
use serde_json::{Value, json};

use crate::{CaseResult, Casework};

/// Asks the engine; its answer in the stable JSON of `calc weights`.
pub async fn weights_from_pairs(
    casework: &Casework,
    actor: &Actor,
    items: &[String],
    judgements: &[(String, String, String)],
) -> CaseResult<Value> {
    let tx = casework.begin(actor, Action::ShortlistRead).await?;
    tx.end_read().await?;
    let judgements: Vec<Value> = judgements
        .iter()
        .map(|(a, b, value)| json!({"a": a, "b": b, "value": value}))
        .collect();
    let question = json!({"format": 1, "items": items, "judgements": judgements});
    Ok(ranking::calc_weights(&Json::from(&question))?)
}
