//! Scoring: a sheet of levels 0 to 5 on the rubric's dimensions, bound to the frozen version. A
//! reviewer who declares a conflict can no longer open the application.
use std::collections::BTreeSet;

use access::{Action, Actor};
use explain::{Problem, Problems};
use serde_json::json;
use store::{TenantTx, published, received, reviews as rows, work::WorkKind};
use uuid::Uuid;

use crate::{
    CaseError, CaseResult, Casework, ReviewView, ScoreView,
    conflict::refuse_closed,
    context::{deed, work},
    inbox::reviews_of,
    settings::Settings,
};

/// Highest level of the rubric.
pub(crate) const LEVEL_MAX: i32 = 5;
/// Longest remark, in characters.
const COMMENT_CHARS_MAX: usize = 4_000;

/// A review as its reviewer wants to save it.
#[derive(Debug, Clone)]
pub struct ReviewInput {
    /// Frozen version.
    pub submission: Uuid,
    /// Version that was read; 0 = never saved.
    pub expected_version: i32,
    /// Levels.
    pub scores: Vec<ScoreView>,
    /// General remark.
    pub comment: String,
    /// Whether the sheet is handed in.
    pub submit: bool,
}

/// Saves the reviewer's own sheet; handing in needs a level on every dimension.
pub async fn review_save(
    casework: &Casework,
    actor: &Actor,
    input: ReviewInput,
) -> CaseResult<ReviewView> {
    let mut tx = casework.begin(actor, Action::ReviewWrite).await?;
    let (round, settings) = round_settings(&mut tx, input.submission).await?;
    let before = rows::list(&mut tx, &[input.submission]).await?;
    refuse_closed(&mut tx, actor, input.submission).await?;
    check(&settings, &input)?;
    let state = if input.submit { "submitted" } else { "open" };
    let reviewer = (actor.user.0, actor.name.as_str());
    let review = rows::save(
        &mut tx,
        input.submission,
        reviewer,
        state,
        &input.comment,
        input.expected_version,
    )
    .await?;
    for score in &input.scores {
        let level = i16::try_from(score.level).map_err(CaseError::internal)?;
        rows::score_add(&mut tx, &review, &score.dimension, level, &score.comment).await?;
    }
    // Told once: how many people review is not the applicant's to know.
    if before.iter().all(|review| review.state == "conflict") {
        received::status_deliver(&mut tx, input.submission, "in_review", &json!({})).await?;
    }
    let entry = deed(
        actor,
        "review_save",
        "submission",
        input.submission,
        json!({"review": review.review_id, "version": review.version, "state": state}),
    );
    let rank = work(WorkKind::RankRound, actor.tenant, actor.tenant, round);
    casework.commit(tx, entry, &[rank]).await?;
    own_view(casework, actor, input.submission).await
}

/// Declares a conflict of interest: from now on the sheet and the application stay closed.
pub async fn review_declare_conflict(
    casework: &Casework,
    actor: &Actor,
    submission: Uuid,
    reason: &str,
) -> CaseResult<ReviewView> {
    if reason.trim().is_empty() || reason.chars().count() > COMMENT_CHARS_MAX {
        return Err(CaseError::problem(
            "reason_missing",
            "reason",
            "Say what the interest is, such as \"board member of the applicant\".",
        ));
    }
    let mut tx = casework.begin(actor, Action::ReviewWrite).await?;
    let (round, _) = round_settings(&mut tx, submission).await?;
    let version = own_review(&mut tx, actor, submission)
        .await?
        .map_or(0, |review| review.version);
    let reviewer = (actor.user.0, actor.name.as_str());
    let review = rows::save(&mut tx, submission, reviewer, "conflict", reason, version).await?;
    let entry = deed(
        actor,
        "review_declare_conflict",
        "submission",
        submission,
        json!({"review": review.review_id}),
    );
    let rank = work(WorkKind::RankRound, actor.tenant, actor.tenant, round);
    casework.commit(tx, entry, &[rank]).await?;
    own_view(casework, actor, submission).await
}

async fn round_settings(tx: &mut TenantTx, submission: Uuid) -> CaseResult<(Uuid, Settings)> {
    let row = received::find(tx, submission)
        .await?
        .ok_or(CaseError::NotFound)?;
    let round = published::round(tx, row.round_id)
        .await?
        .ok_or(CaseError::NotFound)?;
    let programme = published::programme(tx, round.programme_id, &round.programme_version)
        .await?
        .ok_or(CaseError::NotFound)?;
    Ok((round.round_id, Settings::of(&programme.body)?))
}

async fn own_review(
    tx: &mut TenantTx,
    actor: &Actor,
    submission: Uuid,
) -> CaseResult<Option<rows::ReviewRow>> {
    let all = rows::list(tx, &[submission]).await?;
    Ok(all
        .into_iter()
        .find(|review| review.reviewer_id == actor.user.0))
}

async fn own_view(casework: &Casework, actor: &Actor, submission: Uuid) -> CaseResult<ReviewView> {
    let mut all = reviews_of(casework, actor, &[submission]).await?;
    let own = all.remove(&submission).unwrap_or_default();
    own.into_iter()
        .find(|review| review.reviewer_id == actor.user.0)
        .ok_or(CaseError::NotFound)
}

fn check(settings: &Settings, input: &ReviewInput) -> CaseResult<()> {
    let mut problems = Problems::new();
    let mut seen = BTreeSet::new();
    let scored: BTreeSet<&str> = settings
        .rubric
        .iter()
        .filter(|dimension| !dimension.machine_read)
        .map(|dimension| dimension.id.as_str())
        .collect();
    for (position, score) in input.scores.iter().enumerate() {
        let path = format!("scores[{position}]");
        if !scored.contains(score.dimension.as_str()) || !seen.insert(score.dimension.as_str()) {
            problems.add(
                "unknown_dimension",
                format!("{path}.dimension"),
                format!(
                    "{} is not scored here, or is scored twice.",
                    score.dimension
                ),
            );
        }
        if !(0..=LEVEL_MAX).contains(&score.level) {
            problems.add(
                "level_out_of_range",
                format!("{path}.level"),
                format!("{} is not a level; choose 0 to {LEVEL_MAX}.", score.level),
            );
        }
        if score.comment.chars().count() > COMMENT_CHARS_MAX {
            problems.add(
                "too_long",
                format!("{path}.comment"),
                format!("A remark has at most {COMMENT_CHARS_MAX} characters."),
            );
        }
    }
    if input.submit {
        for dimension in scored.difference(&seen) {
            problems.push(
                Problem::new(
                    "level_missing",
                    format!("scores.{dimension}"),
                    format!("Give {dimension} a level from 0 to {LEVEL_MAX} before handing in."),
                )
                .with("dimension", *dimension),
            );
        }
    }
    if problems.is_empty() {
        Ok(())
    } else {
        Err(problems.into())
    }
}
