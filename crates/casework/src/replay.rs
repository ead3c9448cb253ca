//! Replay: asks a stored question again and compares the answer with the stored one.
use access::{Action, Actor};
use explain::json::Json;
use serde_json::Value;
use store::runs;
use uuid::Uuid;

use crate::{CaseError, CaseResult, Casework};

/// A stored run beside the same question asked again today.
#[derive(Debug, Clone)]
pub struct Replay {
    /// What was answered then.
    pub stored: Value,
    /// What is answered now.
    pub now: Value,
}

/// Replays one run of an own tenant. Cost sharing, procurement plans and rankings keep working beside
/// the stable output, which is compared without it.
pub async fn replay_run(casework: &Casework, actor: &Actor, run: Uuid) -> CaseResult<Replay> {
    let mut tx = casework.begin(actor, Action::ReceivedRead).await?;
    let row = runs::find(&mut tx, run).await?.ok_or(CaseError::NotFound)?;
    tx.end_read().await?;
    let question = Json::parse(&row.input)
        .map_err(|problem| CaseError::internal(format!("stored input: {}", problem.message)))?;
    let now = match row.kind.as_str() {
        "eligibility" => eligibility::calc(&question),
        "sroi" | "sroi_assessed" | "sroi_outturn" => sroi::calc(&question),
        "costshare" => costshare::calc(&question),
        "rank" => ranking::calc_rank(&question),
        "select" => ranking::calc_select(&question),
        other => {
            return Err(CaseError::internal(format!(
                "{other} runs are not replayed"
            )));
        }
    }?;
    let mut stored: Value = serde_json::from_str(&row.output).map_err(CaseError::internal)?;
    if let (Some(stored), Some(now)) = (stored.as_object_mut(), now.as_object())
        && !now.contains_key("working")
    {
        stored.remove("working");
    }
    Ok(Replay { stored, now })
}
