//! Statements of assurance: what a named assurer found about one SROI run, shown wherever its figure is.
use std::collections::BTreeMap;

use access::{Action, Actor};
use explain::{Problems, date_from_text};
use serde_json::{Value, json};
use store::{
    assessments::{self as rows, NewAssurance},
    published, runs,
};
use uuid::Uuid;

use crate::{
    AssuranceView, CaseError, CaseResult, Casework, assembly::hong_kong_day, context::deed,
};

/// A statement as somebody wants to record it.
#[derive(Debug, Clone)]
pub struct AssuranceInput {
    /// The run it speaks of.
    pub run: Uuid,
    /// Who assured it.
    pub assurer: String,
    /// For which organisation.
    pub organisation: String,
    /// What was looked at.
    pub scope: String,
    /// What was found.
    pub findings: String,
    /// unqualified, qualified, adverse.
    pub conclusion: String,
    /// Day of the statement, `2026-11-21`.
    pub assured_on: String,
}

/// Conclusions that a statement can come to.
const CONCLUSIONS: [&str; 3] = ["unqualified", "qualified", "adverse"];
/// Longest name, and longest text, of a statement.
const NAME_CHARS_MAX: usize = 200;
const TEXT_CHARS_MAX: usize = 4_000;

/// Records a statement; returns the submission that its run is about.
pub async fn assurance_record(
    casework: &Casework,
    actor: &Actor,
    input: AssuranceInput,
) -> CaseResult<Uuid> {
    let mut tx = casework.begin(actor, Action::AssuranceRecord).await?;
    let run = runs::find(&mut tx, input.run)
        .await?
        .filter(|run| run.kind.starts_with("sroi"))
        .ok_or(CaseError::NotFound)?;
    let today = hong_kong_day(published::clock(&mut tx).await?);
    let mut problems = Problems::new();
    for (key, text, most) in [
        ("assurer", &input.assurer, NAME_CHARS_MAX),
        ("organisation", &input.organisation, NAME_CHARS_MAX),
        ("scope", &input.scope, TEXT_CHARS_MAX),
        ("findings", &input.findings, TEXT_CHARS_MAX),
    ] {
        if text.trim().is_empty() {
            problems.add("missing", key, format!("{key} is missing; write it down."));
        } else if text.chars().count() > most {
            problems.push(
                explain::Problem::new(
                    "too_long",
                    key,
                    format!("{key} has more than {most} characters."),
                )
                .with("count", text.chars().count().to_string())
                .with("most", most.to_string()),
            );
        }
    }
    if !CONCLUSIONS.contains(&input.conclusion.as_str()) {
        problems.add(
            "not_one_of",
            "conclusion",
            "conclusion must be unqualified, qualified or adverse.",
        );
    }
    let day = date_from_text(&input.assured_on);
    if day.is_none_or(|day| day > today) {
        problems.add(
            "bad_date",
            "assuredOn",
            "assuredOn must be a day that has come, such as 2026-11-21.",
        );
    }
    let assured_on = problems.into_result(day)?;
    let statement = NewAssurance {
        run_id: input.run,
        assurer: input.assurer.trim(),
        organisation: input.organisation.trim(),
        scope: input.scope.trim(),
        findings: input.findings.trim(),
        conclusion: &input.conclusion,
        assured_on,
        recorded_by: (actor.user.0, &actor.name),
    };
    let id = rows::assurance_insert(&mut tx, &statement).await?;
    let detail = json!({"assurance": id, "run": input.run, "conclusion": input.conclusion});
    let entry = deed(
        actor,
        "assurance_record",
        "submission",
        run.subject_id,
        detail,
    );
    casework.commit(tx, entry, &[]).await?;
    Ok(run.subject_id)
}

/// The principles that a run counted, with the statements about it that the map could not know.
pub fn principles_with(counted: &Value, statements: usize) -> Value {
    let verified = sroi::verified(statements).to_json();
    let listed = counted.as_array().into_iter().flatten();
    listed
        .map(|principle| {
            let same = principle["principle"] == verified["principle"];
            if same { &verified } else { principle }.clone()
        })
        .collect()
}

/// The statements about several runs, newest first.
pub async fn assurances_of(
    casework: &Casework,
    actor: &Actor,
    runs: &[Uuid],
) -> CaseResult<BTreeMap<Uuid, Vec<AssuranceView>>> {
    let mut tx = casework.begin(actor, Action::ReceivedRead).await?;
    let found = rows::assurances(&mut tx, runs).await?;
    tx.end_read().await?;
    let mut views = BTreeMap::<Uuid, Vec<AssuranceView>>::new();
    for row in found {
        views.entry(row.run_id).or_default().push(AssuranceView {
            id: row.assurance_id,
            run: row.run_id,
            assurer: row.assurer,
            organisation: row.organisation,
            scope: row.scope,
            findings: row.findings,
            conclusion: row.conclusion,
            assured_on: row.assured_on,
            recorded_by: row.recorded_by_name,
            recorded_at: row.recorded_at,
        });
    }
    Ok(views)
}
