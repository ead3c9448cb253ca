//! Autosave: whatever was typed is kept, right or wrong, unless somebody else saved in between.
use access::{Action, Actor};
use serde_json::{Value, json};
use store::applications as rows;
use uuid::Uuid;

use crate::{
    CaseError, CaseResult, Casework, SectionView,
    application_read::{draft_case, form},
    context::deed,
    section_check,
};

/// Sections that finance officers write.
const FIGURES: [&str; 4] = ["budget", "procurement", "cost_sharing", "value_map"];
/// Largest section, in bytes of JSON.
const SECTION_BYTES_MAX: usize = 512 * 1024;

/// Saves one section; returns it with everything that is wrong or missing.
pub async fn section_save(
    casework: &Casework,
    actor: &Actor,
    application: Uuid,
    section: &str,
    content: &Value,
    expected_version: i32,
) -> CaseResult<SectionView> {
    let action = if FIGURES.contains(&section) {
        Action::ApplicationEditFigures
    } else {
        Action::ApplicationEdit
    };
    let mut tx = casework.begin(actor, action).await?;
    let row = rows::lock(&mut tx, application)
        .await?
        .ok_or(CaseError::NotFound)?;
    if row.stage != "draft" {
        return Err(not_draft());
    }
    let form = form(&mut tx, &row).await?;
    let described = form.iter().find(|candidate| candidate["code"] == section);
    let described = described.ok_or_else(|| {
        CaseError::problem(
            "unknown_section",
            "section",
            format!("There is no section {section}."),
        )
    })?;
    if !content.is_object() || content.to_string().len() > SECTION_BYTES_MAX {
        return Err(CaseError::problem(
            "section_too_large",
            "content",
            format!("A section is a JSON object of at most {SECTION_BYTES_MAX} bytes."),
        ));
    }
    let saved = rows::section_save(
        &mut tx,
        application,
        section,
        content,
        expected_version,
        actor.user.0,
    )
    .await?;
    let case = draft_case(&mut tx, &row).await?;
    let problems = section_check::problems(&case, described);
    let entry = deed(
        actor,
        "section_save",
        "application",
        application,
        json!({"section": section, "version": saved.version}),
    );
    casework.commit(tx, entry, &[]).await?;
    Ok(SectionView {
        code: saved.section,
        content: saved.content,
        version: saved.version,
        saved_at: Some(saved.saved_at),
        state: section_check::state(true, true, &problems),
        problems,
    })
}

/// Why nothing may be written any more.
pub(crate) fn not_draft() -> CaseError {
    CaseError::problem(
        "not_draft",
        "",
        "The application has been submitted or withdrawn; its sections are frozen.",
    )
}
