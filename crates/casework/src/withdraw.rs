//! Taking an application back. A delivered copy is marked, never removed; the sector report no longer
//! counts it.
use access::{Action, Actor};
use grants::ApplicationStage;
use serde_json::json;
use store::{applications as rows, sector};
use uuid::Uuid;

use crate::{CaseError, CaseResult, Casework, context::deed};

/// Withdraws a draft or a submitted application.
pub async fn application_withdraw(
    casework: &Casework,
    actor: &Actor,
    application: Uuid,
) -> CaseResult<()> {
    let mut tx = casework.begin(actor, Action::ApplicationSubmit).await?;
    let row = rows::lock(&mut tx, application)
        .await?
        .ok_or(CaseError::NotFound)?;
    let stage = ApplicationStage::from_name(&row.stage)
        .ok_or_else(|| CaseError::internal(format!("stage {}", row.stage)))?;
    let next = stage.withdraw().map_err(|_| {
        CaseError::problem(
            "already_withdrawn",
            "",
            "The application is withdrawn already.",
        )
    })?;
    rows::set_stage(&mut tx, application, next.as_str()).await?;
    rows::status_add(&mut tx, application, "withdrawn").await?;
    if stage == ApplicationStage::Submitted {
        rows::deliver_withdrawal(&mut tx, application).await?;
        if let Some(submission) = rows::submission(&mut tx, application).await? {
            sector::retract(&mut tx, submission.submission_id).await?;
        }
    }
    let entry = deed(
        actor,
        "application_withdraw",
        "application",
        application,
        json!({}),
    );
    casework.commit(tx, entry, &[]).await
}
