//! Starting an application to an open round.
use access::{Action, Actor};
use explain::sha256_hex;
use serde_json::json;
use store::{
    applications::{self as rows, NewApplication},
    idempotency::{self, KeptAnswer},
    organisations, published,
};
use uuid::Uuid;

use crate::{CaseError, CaseResult, Casework, context::deed};

/// Starts an application, or returns the one that the same key started before.
pub async fn application_start(
    casework: &Casework,
    actor: &Actor,
    round: Uuid,
    idempotency_key: &str,
) -> CaseResult<Uuid> {
    const OPERATION: &str = "application_start";
    let mut tx = casework.begin(actor, Action::ApplicationStart).await?;
    let body_hash = sha256_hex(round.as_bytes());
    let kept = idempotency::take(&mut tx, actor.user.0, OPERATION, idempotency_key).await?;
    if let Some(kept) = kept {
        tx.end_read().await?;
        return same_body(&kept, &body_hash);
    }
    let round = published::round(&mut tx, round)
        .await?
        .ok_or(CaseError::NotFound)?;
    let now = published::clock(&mut tx).await?;
    if round.stage != "open" || now < round.opens_at || now > round.closes_at {
        return Err(round_closed(&round.closes_at));
    }
    let organisation = organisations::own(&mut tx)
        .await?
        .ok_or(CaseError::NotFound)?;
    let application_id = Uuid::now_v7();
    // The tail of a version 7 id is random: short enough to read over the telephone.
    let tail: String = application_id
        .simple()
        .to_string()
        .chars()
        .skip(26)
        .collect();
    let reference = format!("{}-{}", round.code, tail.to_uppercase());
    let new = NewApplication {
        application_id,
        organisation_id: organisation.organisation_id,
        reference: &reference,
        round_id: round.round_id,
        funder_tenant_id: round.owner_tenant_id,
        created_by: actor.user.0,
    };
    rows::insert(&mut tx, &new).await?;
    let answer = KeptAnswer {
        body_hash,
        answer: application_id,
    };
    idempotency::keep(&mut tx, actor.user.0, OPERATION, idempotency_key, &answer).await?;
    let entry = deed(
        actor,
        "application_start",
        "application",
        application_id,
        json!({"round": round.code, "reference": reference}),
    );
    casework.commit(tx, entry, &[]).await?;
    Ok(application_id)
}

/// The kept answer, if the body is the one that came with the key first.
pub(crate) fn same_body(kept: &KeptAnswer, body_hash: &str) -> CaseResult<Uuid> {
    if kept.body_hash == body_hash {
        return Ok(kept.answer);
    }
    Err(CaseError::problem(
        "idempotency_key_reused",
        "idempotencyKey",
        "This key came with another content before; use a new key for a new request.",
    ))
}

/// The round takes nothing any more; says when it closed, in Hong Kong time.
pub(crate) fn round_closed(closes_at: &chrono::DateTime<chrono::Utc>) -> CaseError {
    let closed = closes_at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
    CaseError::Problems(
        explain::Problem::new(
            "round_closed",
            "",
            format!("The round takes no applications now; its closing time is {closed}."),
        )
        .with("closes_at", closed)
        .into(),
    )
}
