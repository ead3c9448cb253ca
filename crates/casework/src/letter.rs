//! The letter of a decision: composed from what was decided and why, looked at in both languages, sent
//! once. The applicant holds the same text.
use access::{Action, Actor};
use explain::{Text, canonical_json, sha256_hex};
use grants::{DecisionOutcome, LetterFacts, LetterText, compose};
use money::Hkd;
use serde_json::{Value, json};
use store::{
    TenantTx,
    decisions::{self, DecisionRow},
    idempotency::{self, KeptAnswer},
    letters::{self, DeliveredLetterRow, LetterRow},
    published,
    received::{self, ReceivedRow},
    runs,
};
use uuid::Uuid;

use crate::{
    CaseError, CaseResult, Casework, LetterView,
    application_start::same_body,
    assembly::hkd,
    context::deed,
    labels,
    panel_settings::PanelSettings,
    rounds::own_round,
    shortlist::{Basis, shown},
    shortlist_parts::{number, text},
    shortlist_rows::application,
};

/// The letter that a decision comes to; the text as sent, once it was.
pub async fn letter_preview(
    casework: &Casework,
    actor: &Actor,
    decision: Uuid,
) -> CaseResult<LetterView> {
    let mut tx = casework.begin(actor, Action::ShortlistRead).await?;
    let (row, received) = found(&mut tx, decision).await?;
    let sent = letters::list(&mut tx, &[row.submission_id]).await?;
    let sent = sent.iter().find(|letter| letter.decision_id == decision);
    let view = if let Some(letter) = sent {
        sent_view(letter)?
    } else {
        let (en, zh) = composed(&mut tx, actor, &row, &received).await?;
        LetterView {
            id: None,
            decision,
            reference: received.reference,
            en,
            zh,
            sha256: None,
            sent_at: None,
            sent_by: None,
        }
    };
    tx.end_read().await?;
    Ok(view)
}

/// Sends the letter of the decision that stands, once.
pub async fn letter_send(
    casework: &Casework,
    actor: &Actor,
    decision: Uuid,
    idempotency_key: &str,
) -> CaseResult<Uuid> {
    const OPERATION: &str = "letter_send";
    let mut tx = casework.begin(actor, Action::LetterSend).await?;
    let body_hash = sha256_hex(decision.as_bytes());
    let kept = idempotency::take(&mut tx, actor.user.0, OPERATION, idempotency_key).await?;
    if let Some(kept) = kept {
        tx.end_read().await?;
        return same_body(&kept, &body_hash);
    }
    let (row, received) = found(&mut tx, decision).await?;
    let chain = decisions::chains(&mut tx, &[row.submission_id]).await?;
    if chain
        .first()
        .is_some_and(|newest| newest.decision_id != decision)
    {
        return Err(CaseError::problem(
            "decision_superseded",
            "decisionId",
            "Another decision stands now; send the letter of that one.",
        ));
    }
    let (en, zh) = composed(&mut tx, actor, &row, &received).await?;
    let page =
        |letter: &LetterText| json!({"subject": letter.subject, "paragraphs": letter.paragraphs});
    let document = canonical_json(&json!({
        "format": 1, "reference": received.reference, "decision": decision, "outcome": row.outcome,
        "en": page(&en), "zh": page(&zh),
    }));
    let sha256 = sha256_hex(document.as_bytes());
    let letter = Uuid::now_v7();
    let by = (actor.user.0, actor.name.as_str());
    let sent = letters::deliver(&mut tx, letter, decision, &document, &sha256, by).await?;
    if sent.is_none() {
        return Err(CaseError::problem(
            "letter_sent",
            "decisionId",
            "The letter of this decision was sent before; it cannot be changed.",
        ));
    }
    let params = json!({"letter": letter, "outcome": row.outcome});
    received::status_deliver(&mut tx, row.submission_id, "letter_sent", &params).await?;
    let kept = KeptAnswer {
        body_hash,
        answer: row.submission_id,
    };
    idempotency::keep(&mut tx, actor.user.0, OPERATION, idempotency_key, &kept).await?;
    let detail = json!({"letter": letter, "decision": decision, "sha256": sha256});
    let entry = deed(actor, OPERATION, "submission", row.submission_id, detail);
    casework.commit(tx, entry, &[]).await?;
    Ok(row.submission_id)
}

async fn found(tx: &mut TenantTx, decision: Uuid) -> CaseResult<(DecisionRow, ReceivedRow)> {
    let row = decisions::find(tx, decision)
        .await?
        .ok_or(CaseError::NotFound)?;
    let received = received::find(tx, row.submission_id)
        .await?
        .ok_or(CaseError::NotFound)?;
    Ok((row, received))
}

async fn composed(
    tx: &mut TenantTx,
    actor: &Actor,
    row: &DecisionRow,
    received: &ReceivedRow,
) -> CaseResult<(LetterText, LetterText)> {
    let round = own_round(tx, actor, received.round_id).await?;
    let programme = published::programme(tx, round.programme_id, &round.programme_version)
        .await?
        .ok_or(CaseError::NotFound)?;
    let reference = published::reference(tx, "reference")
        .await?
        .unwrap_or_default();
    let outcome = DecisionOutcome::from_name(&row.outcome)
        .ok_or_else(|| CaseError::internal(format!("outcome {}", row.outcome)))?;
    let ranking = shown(tx, &round).await?;
    let ranked = match ranking {
        Some(ranking) => place(
            &Basis::load(tx, &ranking).await?.output,
            &received.reference,
        ),
        None => None,
    };
    let lines = if outcome == DecisionOutcome::ApproveInPart {
        lines(tx, row, received).await?
    } else {
        Vec::new()
    };
    let codes = row.reason_codes.iter();
    let label = programme.body["label"].as_str().unwrap_or_default();
    Ok(compose(&LetterFacts {
        reference: received.reference.clone(),
        organisation: Text::new(&received.applicant_en, &received.applicant_zh),
        title: Text::new(&received.title_en, &received.title_zh),
        round: Text::new(&round.name_en, &round.name_zh),
        outcome,
        asked: hkd(received.ask)?,
        awarded: hkd(row.amount)?,
        lines,
        codes: codes
            .map(|code| labels::label(&reference, "reason_codes", code))
            .collect(),
        reason: row.reason.clone(),
        conditions: row.conditions.clone(),
        failed: failed(tx, row.submission_id).await?,
        ranked,
        rules_version: round.programme_version.clone(),
        appeal_days: PanelSettings::of(&programme.body)?.appeal_days,
        illustrative: label.starts_with("ILLUSTRATIVE"),
    }))
}

/// Score, rank, and how many were ranked.
fn place(output: &Value, reference: &str) -> Option<(String, u32, usize)> {
    let found = application(&output["applications"], reference);
    let all = output["applications"].as_array()?;
    let ranked = all.iter().filter(|row| !row["rank"].is_null()).count();
    Some((text(&found["score"])?, number(&found["rank"])?, ranked))
}

/// Budget lines with what was asked and approved, under the names their applicant gave them.
async fn lines(
    tx: &mut TenantTx,
    row: &DecisionRow,
    received: &ReceivedRow,
) -> CaseResult<Vec<(String, Hkd, Hkd)>> {
    let document: Value = serde_json::from_str(&received.document).map_err(CaseError::internal)?;
    let asked = received::cells_asked(tx, row.submission_id).await?;
    let approved = received::cells_approved(tx, &[row.submission_id]).await?;
    let stated = document["sections"]["budget"]["lines"].as_array();
    let mut lines = Vec::new();
    for line in stated.into_iter().flatten() {
        let id = line["id"].as_str().unwrap_or_default();
        let asked = asked
            .iter()
            .filter(|cell| cell.line_id == id && cell.source == "grant")
            .map(|cell| hkd(cell.amount))
            .collect::<CaseResult<Vec<_>>>()?;
        let approved = approved
            .iter()
            .filter(|cell| cell.line_id == id && cell.stage_no == row.sequence)
            .map(|cell| hkd(cell.amount))
            .collect::<CaseResult<Vec<_>>>()?;
        let asked = Hkd::checked_sum(asked).map_err(CaseError::internal)?;
        let approved = Hkd::checked_sum(approved).map_err(CaseError::internal)?;
        if asked > Hkd::ZERO {
            let name = line["description"].as_str().unwrap_or(id);
            lines.push((name.to_owned(), asked, approved));
        }
    }
    Ok(lines)
}

/// Hard criteria that are not met, as the verdict words them.
async fn failed(tx: &mut TenantTx, submission: Uuid) -> CaseResult<Vec<(Text, Text)>> {
    let run = runs::latest(tx, &[submission], &["eligibility"])
        .await?
        .pop();
    let Some(run) = run else {
        return Ok(Vec::new());
    };
    let output: Value = serde_json::from_str(&run.output).map_err(CaseError::internal)?;
    let question: Value = serde_json::from_str(&run.input).map_err(CaseError::internal)?;
    let both = |value: &Value| {
        Text::new(
            value["en"].as_str().unwrap_or_default(),
            value["zh"].as_str().unwrap_or_default(),
        )
    };
    let criteria = output["criteria"].as_array();
    Ok(criteria
        .into_iter()
        .flatten()
        .filter(|criterion| criterion["severity"] == "hard" && criterion["outcome"] == "fail")
        .map(|criterion| {
            let stated = question["ruleset"]["criteria"].as_array();
            let stated = stated.into_iter().flatten();
            let stated = stated
                .into_iter()
                .find(|each| each["id"] == criterion["id"]);
            let words = stated.map_or_else(
                || Text::new("", ""),
                |stated| {
                    if stated["question"].is_object() {
                        both(&stated["question"])
                    } else {
                        both(stated)
                    }
                },
            );
            (words, both(&criterion["reason"]))
        })
        .collect())
}

/// The pages of a stored letter.
fn pages(document: &str) -> CaseResult<(LetterText, LetterText, Uuid, String)> {
    let stored: Value = serde_json::from_str(document).map_err(CaseError::internal)?;
    let page = |value: &Value| LetterText {
        subject: text(&value["subject"]).unwrap_or_default(),
        paragraphs: crate::panel_settings::words(&value["paragraphs"]),
    };
    let decision = stored["decision"].as_str().unwrap_or_default();
    let decision = decision.parse().map_err(CaseError::internal)?;
    let reference = text(&stored["reference"]).unwrap_or_default();
    Ok((
        page(&stored["en"]),
        page(&stored["zh"]),
        decision,
        reference,
    ))
}

/// A letter as the funder sent it.
pub(crate) fn sent_view(row: &LetterRow) -> CaseResult<LetterView> {
    let (en, zh, decision, reference) = pages(&row.document)?;
    Ok(LetterView {
        id: Some(row.letter_id),
        decision,
        reference,
        en,
        zh,
        sha256: Some(row.sha256.clone()),
        sent_at: Some(row.sent_at),
        sent_by: Some(row.sent_by_name.clone()),
    })
}

/// A letter as the applicant received it.
pub(crate) fn delivered_view(row: &DeliveredLetterRow) -> CaseResult<LetterView> {
    let (en, zh, decision, reference) = pages(&row.document)?;
    Ok(LetterView {
        id: Some(row.letter_id),
        decision,
        reference,
        en,
        zh,
        sha256: Some(row.sha256.clone()),
        sent_at: Some(row.sent_at),
        sent_by: None,
    })
}
