//! The example approval policy, and the purchases of an awarded project of the demonstration, each
//! deed through the door that people use.
use explain::json::Json;
use procurement::policy::{Deed, read_policy};
use serde_json::{Value, json};
use store::seed as rows;
use uuid::Uuid;

use super::{Files, Row, SeedError, SeedTarget, person};
use crate::{
    PurchaseActInput, PurchaseRequestInput, purchase_act, purchase_policy::EXAMPLE_POLICY,
    purchase_policy_save, purchase_request,
};

const FILE: &str = "demo/purchases.json";

/// The policy that organisations start from.
pub(super) async fn example(target: &SeedTarget<'_>, files: &Files<'_>) -> Result<(), SeedError> {
    let file = format!("rules/{EXAMPLE_POLICY}.json");
    let body = files.get(&file)?;
    read_policy(&Json::from(body)).map_err(|problems| super::world::first(&file, &problems))?;
    rows::rule_set(target.owner, EXAMPLE_POLICY, "1", body).await?;
    Ok(())
}

/// Policies as organisations saved them, and what was bought under them.
pub(super) async fn bought(target: &SeedTarget<'_>, files: &Files<'_>) -> Result<(), SeedError> {
    for row in files.list(FILE, "policies")? {
        let saver = person(target, files, row.text("by")?).await?;
        let body = files.get(row.text("file")?)?;
        purchase_policy_save(target.casework, &saver, body, 0).await?;
    }
    for row in files.list(FILE, "purchases")? {
        let requester = person(target, files, row.text("by")?).await?;
        let input = PurchaseRequestInput {
            application: row.id("application_id")?,
            line_id: row.text("line_id")?.to_owned(),
            content: row.value["content"].clone(),
            interest: Some(false),
            note: String::new(),
            idempotency_key: row.text("key")?.to_owned(),
        };
        let purchase = purchase_request(target.casework, &requester, input).await?;
        for (seq, act) in (1..).zip(row.rows("acts")) {
            done(target, files, purchase, seq, &act).await?;
        }
    }
    Ok(())
}

async fn done(
    target: &SeedTarget<'_>,
    files: &Files<'_>,
    purchase: Uuid,
    seq: i32,
    act: &Row<'_>,
) -> Result<(), SeedError> {
    let actor = person(target, files, act.text("by")?).await?;
    let deed = Deed::from_word(act.text("deed")?);
    let amount = act.value["amount"].is_string().then(|| act.money("amount"));
    let content = act.value.get("content").cloned();
    let reasons = act.value["reasons"].as_array().into_iter().flatten();
    let input = PurchaseActInput {
        purchase,
        deed: deed.ok_or_else(|| act.content("deed", "is not a deed"))?,
        expected_seq: seq,
        content: content.unwrap_or_else(|| json!({})),
        amount: amount.transpose()?,
        interest: act.value["interest"].as_bool(),
        reasons: reasons
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect(),
        note: act.value["note"].as_str().unwrap_or_default().to_owned(),
    };
    purchase_act(target.casework, &actor, input).await?;
    Ok(())
}
