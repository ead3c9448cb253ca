//! A named person adopts a ranking: from then on decisions may follow it.
use access::{Action, Actor};
use serde_json::json;
use store::{published, rankings};
use uuid::Uuid;

use crate::{CaseError, CaseResult, Casework, ShortlistView, context::deed, rounds::own_round};

/// Adopts one ranking of an own round.
pub async fn ranking_adopt(
    casework: &Casework,
    actor: &Actor,
    ranking: Uuid,
) -> CaseResult<ShortlistView> {
    let mut tx = casework.begin(actor, Action::RankingAdopt).await?;
    let row = rankings::find(&mut tx, ranking)
        .await?
        .ok_or(CaseError::NotFound)?;
    let round = own_round(&mut tx, actor, row.round_id).await?;
    if row.provisional {
        return Err(CaseError::problem(
            "ranking_provisional",
            "",
            "This ranking was made while the round was open; ask for a new one and adopt that.",
        ));
    }
    if !published::round_advance(&mut tx, round.round_id, "ranked", Some(ranking)).await? {
        return Err(CaseError::problem(
            "round_not_closed",
            "",
            "A ranking can be adopted once the round has closed and before all is decided.",
        ));
    }
    rankings::adopt(&mut tx, ranking, (actor.user.0, &actor.name)).await?;
    let entry = deed(
        actor,
        "ranking_adopt",
        "round",
        round.round_id,
        json!({"ranking": ranking, "rank_run": row.rank_run_id, "select_run": row.select_run_id}),
    );
    casework.commit(tx, entry, &[]).await?;
    crate::shortlist(casework, actor, round.round_id)
        .await?
        .ok_or(CaseError::NotFound)
}
