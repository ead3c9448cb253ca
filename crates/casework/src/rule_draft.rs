//! Drafting the next version of a programme: whatever is typed is kept, and what is wrong with it
//! is listed beside it.
use access::{Action, Actor};
use serde_json::{Value, json};
use store::rules as rows;
use uuid::Uuid;

use crate::{
    CaseError, CaseResult, Casework, RuleDraftView, RulebookView,
    context::deed,
    rulebooks::{open_draft, own, rule_draft, rulebook, version},
};

/// Largest draft, in bytes of JSON; the demonstration programme has about 70,000.
const DRAFT_BYTES_MAX: usize = 900_000;

/// Starts a draft from a published version.
pub async fn rule_draft_start(
    casework: &Casework,
    actor: &Actor,
    programme: Uuid,
    based_on: &str,
) -> CaseResult<RuleDraftView> {
    let mut tx = casework.begin(actor, Action::RulesEdit).await?;
    own(&mut tx, programme).await?;
    let base = version(&mut tx, programme, based_on).await?;
    let by = (actor.user.0, actor.name.as_str());
    let draft = rows::draft_insert(&mut tx, programme, &base, by).await?;
    let detail = json!({"programme": programme, "based_on": based_on});
    let entry = deed(actor, "rule_draft_start", "rule_draft", draft, detail);
    casework.commit(tx, entry, &[]).await?;
    rule_draft(casework, actor, draft).await
}

/// Saves a draft as it is typed.
pub async fn rule_draft_save(
    casework: &Casework,
    actor: &Actor,
    draft: Uuid,
    expected: i32,
    body: &Value,
    sections: &Value,
) -> CaseResult<RuleDraftView> {
    let mut tx = casework.begin(actor, Action::RulesEdit).await?;
    open_draft(&mut tx, draft).await?;
    refuse_what_cannot_be_kept(body, sections)?;
    let by = (actor.user.0, actor.name.as_str());
    rows::draft_save(&mut tx, draft, expected, (body, sections), by).await?;
    let entry = deed(
        actor,
        "rule_draft_save",
        "rule_draft",
        draft,
        json!({"version": expected + 1}),
    );
    casework.commit(tx, entry, &[]).await?;
    rule_draft(casework, actor, draft).await
}

/// A draft may be wrong in any way but these: what is no rule book at all, or too large to show.
fn refuse_what_cannot_be_kept(body: &Value, sections: &Value) -> CaseResult<()> {
    for (value, path, example) in [
        (body, "body", "{\"criteria\":[…]}"),
        (sections, "sections", "{\"sections\":[…]}"),
    ] {
        if !value.is_object() {
            let message = format!("{path} must be an object such as {example}.");
            return Err(CaseError::problem("not_object", path, message));
        }
        let bytes = value.to_string().len();
        if bytes > DRAFT_BYTES_MAX {
            let message = format!(
                "{path} has {bytes} bytes; at most {DRAFT_BYTES_MAX} can be kept. Shorten its texts."
            );
            return Err(CaseError::problem("too_large", path, message));
        }
    }
    Ok(())
}

/// Gives a draft up. It stays in the record.
pub async fn rule_draft_discard(
    casework: &Casework,
    actor: &Actor,
    draft: Uuid,
) -> CaseResult<RulebookView> {
    let mut tx = casework.begin(actor, Action::RulesEdit).await?;
    let row = open_draft(&mut tx, draft).await?;
    rows::draft_close(&mut tx, draft, row.version, None).await?;
    let entry = deed(actor, "rule_draft_discard", "rule_draft", draft, json!({}));
    casework.commit(tx, entry, &[]).await?;
    rulebook(casework, actor, row.programme_id).await
}
