//! Who is funded, by size band, district, service area and first-time applicants, on what the shortlist
//! shows: above the line, in the exact set, or by the decisions that stand.
use access::{Action, Actor};
use explain::{Text, json::Json};
use serde_json::{Map, Value, json};
use store::published;
use uuid::Uuid;

use crate::{
    CaseError, CaseResult, Casework, FairnessBasis, FairnessRowView, FairnessView,
    ShortlistRowView, labels,
    rounds::own_round,
    shortlist::{shown, view},
    shortlist_parts::{number, text},
};

/// Below this many applications a share says nothing.
const FEW: u32 = 5;

/// The fairness report of a shown ranking.
pub async fn fairness(
    casework: &Casework,
    actor: &Actor,
    round: Uuid,
    basis: FairnessBasis,
) -> CaseResult<FairnessView> {
    let mut tx = casework.begin(actor, Action::ShortlistRead).await?;
    let round = own_round(&mut tx, actor, round).await?;
    let ranking = shown(&mut tx, &round).await?.ok_or(CaseError::NotFound)?;
    let shortlist = view(&mut tx, &round, &ranking).await?;
    let reference = published::reference(&mut tx, "reference")
        .await?
        .unwrap_or_default();
    tx.end_read().await?;
    let applications: Vec<Value> = shortlist
        .rows
        .iter()
        .map(|row| application(row, basis))
        .collect();
    let question = json!({"format": 1, "applications": applications, "few": FEW});
    let answer = ranking::calc_fairness(&Json::from(&question))
        .map_err(|problems| CaseError::internal(format!("fairness: {problems}")))?;
    let dimensions = answer["dimensions"].as_array().into_iter().flatten();
    Ok(FairnessView {
        basis,
        few: FEW,
        input_hash: explain::input_hash(&question),
        all: row(&answer["all"], &Value::Null, ""),
        dimensions: dimensions
            .map(|dimension| {
                let id = text(&dimension["id"]).unwrap_or_default();
                let rows = dimension["rows"].as_array().into_iter().flatten();
                let rows = rows.map(|each| row(each, &reference, &id)).collect();
                (id, rows)
            })
            .collect(),
    })
}

fn application(row: &ShortlistRowView, basis: FairnessBasis) -> Value {
    let funded = match basis {
        FairnessBasis::Line => row.above_line,
        FairnessBasis::Exact => row.selected_exact,
        FairnessBasis::Decided => row.decision.is_some_and(grants::DecisionOutcome::awards),
    };
    let full = row.ask.to_string();
    let awarded = match (funded, basis) {
        (false, _) => "0.00".to_owned(),
        (true, FairnessBasis::Line) => full.clone(),
        (true, FairnessBasis::Exact) => row
            .funding_level
            .as_ref()
            .map_or_else(|| full.clone(), |level| level.amount.clone()),
        (true, FairnessBasis::Decided) => row
            .decided_amount
            .map_or_else(|| full.clone(), |amount| amount.to_string()),
    };
    let shares = |views: &[crate::ShareView]| -> Map<String, Value> {
        views
            .iter()
            .map(|share| {
                let part = money::normal_text(share.share.decimal());
                (share.code.clone(), json!(part))
            })
            .collect()
    };
    json!({
        "id": row.reference, "size_band": row.size_band.as_str(), "districts": shares(&row.districts),
        "service_areas": shares(&row.service_areas), "first_time": row.first_time, "score": row.score,
        "funded": funded, "asked": full, "awarded": awarded,
    })
}

fn row(value: &Value, reference: &Value, dimension: &str) -> FairnessRowView {
    let code = text(&value["code"]).unwrap_or_default();
    FairnessRowView {
        label: match dimension {
            "district" => labels::label(reference, "districts", &code),
            "service_area" => labels::label(reference, "service_areas", &code),
            "size_band" => labels::label(reference, "size_bands", &code),
            "first_time" if code == "true" || code == "yes" => {
                Text::new("First-time applicant", "首次申請機構")
            }
            "first_time" => Text::new("Funded before", "曾獲資助機構"),
            _ => Text::new("All applications", "所有申請"),
        },
        applications: number(&value["applications"]).unwrap_or_default(),
        funded: number(&value["funded"]).unwrap_or_default(),
        funded_share: text(&value["funded_share"]),
        mean_score: text(&value["mean_score"]),
        asked: text(&value["asked"]).unwrap_or_default(),
        awarded: text(&value["awarded"]).unwrap_or_default(),
        awarded_share: text(&value["awarded_share"]),
        few: value["few"] == Value::Bool(true),
        code,
    }
}
