//! Publishing a draft as the next version of its programme, from a date, by a named chair. What is
//! published never changes again.
use access::{Action, Actor};
use chrono::NaiveDate;
use explain::{Problem, Problems};
use serde_json::json;
use store::{
    published,
    rules::{self as rows, DraftRow, NewVersion, VersionRow},
};
use uuid::Uuid;

use crate::{
    CaseError, CaseResult, Casework, RulebookView,
    assembly::hong_kong_day,
    context::deed,
    rule_check,
    rulebooks::{known_to, open_draft, own, rulebook, version},
};

/// Longest name of a version.
const VERSION_CHARS_MAX: usize = 40;
/// Longest note, in characters.
const NOTE_CHARS_MAX: usize = 2_000;

/// How a draft is to be published.
#[derive(Debug, Clone)]
pub struct RulePublishInput {
    /// The draft.
    pub draft: Uuid,
    /// Save it was read at.
    pub expected: i32,
    /// Name of the version, such as `2027-1`.
    pub version: String,
    /// First day on which a round may be put under it.
    pub effective_from: String,
    /// What changed and why.
    pub note: String,
}

/// Publishes; lists everything that stands against it.
pub async fn rule_draft_publish(
    casework: &Casework,
    actor: &Actor,
    input: &RulePublishInput,
) -> CaseResult<RulebookView> {
    let mut tx = casework.begin(actor, Action::RulesPublish).await?;
    let draft = open_draft(&mut tx, input.draft).await?;
    own(&mut tx, draft.programme_id).await?;
    let versions = rows::versions(&mut tx, draft.programme_id).await?;
    let base = version(&mut tx, draft.programme_id, &draft.based_on).await?;
    let known = known_to(&mut tx, &draft.body, &draft.sections).await?;
    let today = hong_kong_day(published::clock(&mut tx).await?);
    let day = explain::date_from_text(&input.effective_from);
    let mut problems = asked(input, &versions, day);
    let base = (&base.body, &base.sections);
    for problem in rule_check::problems(&draft.body, &draft.sections, base, &known) {
        problems.push(problem);
    }
    let (Some(day), true) = (day, problems.is_empty()) else {
        return Err(problems.into());
    };
    let body = dated(&draft, input, day, today);
    let new = NewVersion {
        programme: draft.programme_id,
        version: input.version.trim(),
        body: &body,
        sections: &draft.sections,
        effective_from: day,
        known_from: today,
        by_name: &actor.name,
        note: input.note.trim(),
    };
    rows::draft_close(&mut tx, draft.draft_id, input.expected, Some(new.version)).await?;
    if !rows::publish(&mut tx, &new).await? {
        return Err(CaseError::NotFound);
    }
    let detail = json!({"programme": draft.programme_id, "version": new.version, "effective_from": day.to_string(),
                        "based_on": draft.based_on});
    let entry = deed(
        actor,
        "rule_draft_publish",
        "rule_draft",
        draft.draft_id,
        detail,
    );
    casework.commit(tx, entry, &[]).await?;
    rulebook(casework, actor, draft.programme_id).await
}

/// The body under its own name and dates.
fn dated(
    draft: &DraftRow,
    input: &RulePublishInput,
    day: NaiveDate,
    today: NaiveDate,
) -> serde_json::Value {
    let mut body = draft.body.clone();
    body["version"] = json!(input.version.trim());
    body["effective_from"] = json!(day.to_string());
    body["known_from"] = json!(today.to_string());
    body
}

/// What is wrong with name, date and note.
fn asked(input: &RulePublishInput, versions: &[VersionRow], day: Option<NaiveDate>) -> Problems {
    let mut problems = Problems::new();
    let name = input.version.trim();
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "._-".contains(letter);
    if name.is_empty() || name.len() > VERSION_CHARS_MAX || !name.chars().all(plain) {
        let message = format!(
            "version needs a name of at most {VERSION_CHARS_MAX} letters, digits, dots and hyphens, such \
             as \"2027-1\"."
        );
        problems.add("bad_version", "version", message);
    } else if versions.iter().any(|row| row.version == name) {
        let message = format!(
            "version \"{name}\" is published already; give another name, such as \"{name}-2\"."
        );
        problems.add("duplicate_version", "version", message);
    }
    match (day, versions.iter().map(|row| row.effective_from).max()) {
        (None, _) => problems.add(
            "not_date",
            "effectiveFrom",
            "effectiveFrom must be a day such as \"2026-12-01\".",
        ),
        (Some(day), Some(latest)) if day < latest => problems.push(
            Problem::new(
                "effective_dates_overlap",
                "effectiveFrom",
                format!(
                    "effectiveFrom {day} is before {latest}, from which the version before applies; \
                     two versions would hold on the same days. Give \"{latest}\" or later."
                ),
            )
            .with("latest", latest.to_string()),
        ),
        (Some(_), _) => {}
    }
    let note = input.note.trim();
    if note.is_empty() {
        problems.add(
            "reason_missing",
            "note",
            "note is missing; say what changed and why, such as \"Cap raised after the 2026 review\".",
        );
    } else if note.chars().count() > NOTE_CHARS_MAX {
        let message = format!("note has at most {NOTE_CHARS_MAX} characters; shorten it.");
        problems.add("too_long", "note", message);
    }
    problems
}
