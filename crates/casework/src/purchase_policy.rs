//! The approval policy of an organisation: read, checked while it is edited, saved as the next
//! version. A version never changes; purchases keep the one they were requested under.
use access::{Action, Actor, may};
use explain::{Problem, Problems, json::Json};
use procurement::policy::read_policy;
use serde_json::{Value, json};
use store::{TenantTx, published, purchases as rows};

use crate::{CaseError, CaseResult, Casework, PurchasePolicyView, context::deed};

/// The example that is offered before a policy was saved.
pub(crate) const EXAMPLE_POLICY: &str = "requisition-policy-demo";
/// Largest policy, in bytes of JSON.
const POLICY_BYTES_MAX: usize = 256 * 1024;

/// The newest version, or the example to start from as version 0.
pub async fn purchase_policy(casework: &Casework, actor: &Actor) -> CaseResult<PurchasePolicyView> {
    let mut tx = casework.begin(actor, Action::PurchaseRead).await?;
    let view = newest(&mut tx, actor).await?;
    tx.end_read().await?;
    Ok(view)
}

async fn newest(tx: &mut TenantTx, actor: &Actor) -> CaseResult<PurchasePolicyView> {
    let editable = may(actor, Action::PurchasePolicyEdit);
    if let Some(row) = rows::policies(tx).await?.into_iter().next() {
        return Ok(PurchasePolicyView {
            version: row.version,
            body: row.body,
            made_by: Some(row.made_by_name),
            made_at: Some(row.made_at),
            editable,
        });
    }
    let body = published::rule_set(tx, EXAMPLE_POLICY).await?;
    Ok(PurchasePolicyView {
        version: 0,
        body: body.ok_or_else(|| CaseError::internal("the example policy is not loaded"))?,
        made_by: None,
        made_at: None,
        editable,
    })
}

/// Everything that is wrong with a policy. Reads nothing.
pub fn purchase_policy_check(body: &Value) -> Vec<Problem> {
    checked(body)
        .err()
        .map_or_else(Vec::new, Problems::into_vec)
}

fn checked(body: &Value) -> Result<(), Problems> {
    if body.to_string().len() > POLICY_BYTES_MAX {
        return Err(Problem::new(
            "section_too_large",
            "",
            format!("The policy has more than {POLICY_BYTES_MAX} bytes; shorten its texts."),
        )
        .into());
    }
    read_policy(&Json::from(body)).map(|_| ())
}

/// Saves the next version, unless somebody saved one since `expected_version`.
pub async fn purchase_policy_save(
    casework: &Casework,
    actor: &Actor,
    body: &Value,
    expected_version: i32,
) -> CaseResult<PurchasePolicyView> {
    let mut tx = casework.begin(actor, Action::PurchasePolicyEdit).await?;
    checked(body)?;
    let versions = rows::policies(&mut tx).await?;
    let current = versions.first().map_or(0, |row| row.version);
    if current != expected_version {
        return Err(store::StoreError::VersionConflict.into());
    }
    let version = current.saturating_add(1);
    rows::policy_insert(&mut tx, version, body, (actor.user.0, &actor.name)).await?;
    let view = newest(&mut tx, actor).await?;
    let detail = json!({"version": version});
    let entry = deed(
        actor,
        "purchase_policy_save",
        "purchase_policy",
        actor.tenant.0,
        detail,
    );
    casework.commit(tx, entry, &[]).await?;
    Ok(view)
}
