//! Replay: asks a stored question again and compares the answer with the stored one.
use access::{Action, Actor};
use explain::json::Json;
use serde_json::Value;
use store::runs::{self, RunRow};
use uuid::Uuid;

use crate::{CaseError, CaseResult, Casework, conflict::refuse_closed};

/// A stored run beside the same question asked again today.
#[derive(Debug, Clone)]
pub struct Replay {
    /// What was answered then.
    pub stored: Value,
    /// What is answered now.
    pub now: Value,
}

impl Replay {
    /// The answer is the same.
    pub fn is_equal(&self) -> bool {
        explain::canonical_json(&self.stored) == explain::canonical_json(&self.now)
    }
}

/// Replays one run of an own tenant.
pub async fn replay_run(casework: &Casework, actor: &Actor, run: Uuid) -> CaseResult<Replay> {
    let mut tx = casework.begin(actor, Action::ReceivedRead).await?;
    let row = runs::find(&mut tx, run).await?.ok_or(CaseError::NotFound)?;
    refuse_closed(&mut tx, actor, row.subject_id).await?;
    tx.end_read().await?;
    asked_again(&row)
}

/// Whether runs of this kind hold a whole question: a procurement plan's rules stand beside it.
pub(crate) fn replays(kind: &str) -> bool {
    kind != "procurement"
}

/// Asks a stored question again. Cost sharing and rankings keep working beside the stable output, which
/// is compared without it.
pub(crate) fn asked_again(row: &RunRow) -> CaseResult<Replay> {
    let question = Json::parse(&row.input)
        .map_err(|problem| CaseError::internal(format!("stored input: {}", problem.message)))?;
    let now = match row.kind.as_str() {
        "eligibility" => eligibility::calc(&question),
        "sroi" | "sroi_assessed" | "sroi_outturn" => sroi::calc(&question),
        "costshare" => costshare::calc(&question),
        "rank" | "rank_beside" => ranking::calc_rank(&question),
        "select" => ranking::calc_select(&question),
        "severity" => ranking::calc_severity(&question),
        other => {
            return Err(CaseError::internal(format!(
                "{other} runs are not replayed"
            )));
        }
    };
    let mut stored: Value = serde_json::from_str(&row.output).map_err(CaseError::internal)?;
    // A question that an engine refused keeps its problems as the answer.
    let now = now.unwrap_or_else(|problems| {
        let listed: Vec<_> = problems.as_slice().iter().collect();
        serde_json::json!({ "problems": listed })
    });
    if let (Some(stored), Some(now)) = (stored.as_object_mut(), now.as_object())
        && !now.contains_key("working")
    {
        stored.remove("working");
    }
    Ok(Replay { stored, now })
}
