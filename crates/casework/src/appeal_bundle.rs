//! The bundle of an appeal: the frozen application, every run about it, the reviews, the adopted
//! ranking and the chain of decisions as they stood when the appeal came, in one canonical text, with
//! every run asked again.
use access::{Action, Actor};
use explain::{canonical_json, sha256_hex};
use privacy::SealedText;
use serde_json::{Value, json};
use store::{
    TenantTx,
    appeals::{self, ReceivedAppealRow},
    decisions, letters, published,
    received::{self, ReceivedRow},
    reviews,
    runs::{self, RunRow},
};
use uuid::Uuid;

use crate::{
    AppealBundleView, BundleCheckView, CaseError, CaseResult, Casework,
    context::deed,
    replay,
    shortlist::{Basis, run_ref, shown},
};

/// Everything an appeal is decided on. That it was read is recorded.
pub async fn appeal_bundle(
    casework: &Casework,
    actor: &Actor,
    appeal: Uuid,
) -> CaseResult<AppealBundleView> {
    let mut tx = casework.begin(actor, Action::ShortlistRead).await?;
    let row = appeals::find(&mut tx, appeal)
        .await?
        .ok_or(CaseError::NotFound)?;
    let view = bundle(&mut tx, &row).await?;
    let detail = json!({"appeal": appeal, "sha256": view.sha256});
    let entry = deed(
        actor,
        "appeal_read",
        "submission",
        row.submission_id,
        detail,
    );
    casework.commit(tx, entry, &[]).await?;
    Ok(view)
}

pub(crate) async fn bundle(
    tx: &mut TenantTx,
    appeal: &ReceivedAppealRow,
) -> CaseResult<AppealBundleView> {
    let received = received::find(tx, appeal.submission_id)
        .await?
        .ok_or(CaseError::NotFound)?;
    let about = about(tx, appeal, &received).await?;
    let document = json!({
        "format": 1,
        "appeal": {"id": appeal.appeal_id, "decision": appeal.decision_id, "grounds": appeal.grounds,
                   "received_at": appeal.received_at},
        "application": {"reference": received.reference, "version_no": received.version_no,
                        "sha256": received.sha256, "received_at": received.received_at,
                        "document": parsed(&received.document)?},
        "runs": about.iter().map(run_json).collect::<CaseResult<Vec<_>>>()?,
        "reviews": review_json(tx, appeal).await?,
        "decisions": decision_json(tx, appeal).await?,
        "letters": letter_json(tx, appeal).await?,
    });
    let text = canonical_json(&document);
    let checks = tokio::task::spawn_blocking(move || {
        about
            .iter()
            .map(|run| {
                Ok(BundleCheckView {
                    equal: replay::asked_again(run)?.is_equal(),
                    run: run_ref(run),
                })
            })
            .collect::<CaseResult<Vec<_>>>()
    });
    Ok(AppealBundleView {
        appeal: appeal.appeal_id,
        sha256: sha256_hex(text.as_bytes()),
        checks: checks.await.map_err(CaseError::internal)??,
        text,
    })
}

/// The runs that stood when the appeal came: about the application, and about the round.
async fn about(
    tx: &mut TenantTx,
    appeal: &ReceivedAppealRow,
    received: &ReceivedRow,
) -> CaseResult<Vec<RunRow>> {
    let mut all = runs::before(tx, received.submission_id, appeal.received_at).await?;
    let round = published::round(tx, received.round_id)
        .await?
        .ok_or(CaseError::NotFound)?;
    if let Some(ranking) = shown(tx, &round).await? {
        let basis = Basis::load(tx, &ranking).await?;
        all.push(basis.rank);
        let others = [basis.select, basis.severity, basis.beside];
        all.extend(others.into_iter().flatten().map(|(run, _)| run));
    }
    all.retain(|run| replay::replays(&run.kind));
    Ok(all)
}

fn parsed(text: &str) -> CaseResult<Value> {
    serde_json::from_str(text).map_err(CaseError::internal)
}

fn run_json(run: &RunRow) -> CaseResult<Value> {
    Ok(json!({
        "id": run.run_id, "kind": run.kind, "input_hash": run.input_hash, "engine": run.engine,
        "engine_version": run.engine_version,
        "ruleset": {"id": run.ruleset_id, "version": run.ruleset_version},
        "input": parsed(&run.input)?, "output": parsed(&run.output)?,
    }))
}

/// Levels without names: who scored is not the applicant's to know, nor the appeal's to turn on.
async fn review_json(tx: &mut TenantTx, appeal: &ReceivedAppealRow) -> CaseResult<Value> {
    let rows = reviews::list(tx, &[appeal.submission_id]).await?;
    let handed_in: Vec<_> = rows
        .into_iter()
        .filter(|row| row.state == "submitted" && row.updated_at <= appeal.received_at)
        .collect();
    let ids: Vec<Uuid> = handed_in.iter().map(|row| row.review_id).collect();
    let scores = reviews::scores(tx, &ids).await?;
    Ok(handed_in
        .iter()
        .zip(1..)
        .map(|(row, number): (_, u32)| {
            let levels: Vec<Value> = scores
                .iter()
                .filter(|score| score.review_id == row.review_id)
                .map(|score| {
                    json!({"dimension": score.dimension, "level": score.level, "comment": score.comment})
                })
                .collect();
            json!({"reviewer": number, "version": row.version, "comment": row.comment, "levels": levels})
        })
        .collect())
}

async fn decision_json(tx: &mut TenantTx, appeal: &ReceivedAppealRow) -> CaseResult<Value> {
    let chain = decisions::chains(tx, &[appeal.submission_id]).await?;
    Ok(chain
        .iter()
        .filter(|row| row.decided_at <= appeal.received_at)
        .map(|row| {
            json!({
                "id": row.decision_id, "sequence": row.sequence, "supersedes": row.supersedes,
                "outcome": row.outcome, "amount": money::fixed_text(row.amount, 2),
                "reason_codes": row.reason_codes, "reason": row.reason, "conditions": row.conditions,
                "departs_from_rank": row.departs_from_rank, "departure_reason": row.departure_reason,
                "decided_by": person(&row.decided_by_name),
                "confirmed_by": row.confirmed_by_name.as_deref().and_then(person),
                "decided_at": row.decided_at,
            })
        })
        .collect())
}

/// Who, by id: a name can be erased, and the bundle keeps its hash.
fn person(name: &str) -> Option<Uuid> {
    SealedText::parse(name).map(|sealed| sealed.person())
}

async fn letter_json(tx: &mut TenantTx, appeal: &ReceivedAppealRow) -> CaseResult<Value> {
    let rows = letters::list(tx, &[appeal.submission_id]).await?;
    rows.iter()
        .filter(|row| row.sent_at <= appeal.received_at)
        .map(|row| {
            Ok(
                json!({"id": row.letter_id, "decision": row.decision_id, "sha256": row.sha256,
                      "sent_at": row.sent_at, "document": parsed(&row.document)?}),
            )
        })
        .collect()
}
