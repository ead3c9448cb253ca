//! Which SROI run counts: the assessed copy's where the funder keeps one, the claim's otherwise; and how
//! the ranking reads it, at the low end of its range.
use std::collections::BTreeMap;

use explain::Step;
use money::{Decimal, fixed_text, normal_text};
use ranking::Anchors;
use serde_json::Value;
use store::{TenantTx, assessments, runs, runs::RunRow};
use uuid::Uuid;

use crate::{CaseError, CaseResult, settings::Dimension};

/// What settings call this reading: the low end of the simulated range.
pub(crate) const SROI_P5: &str = "sroi_p5";

/// The run that ranking and lists read, by submission.
pub(crate) async fn counting_runs(
    tx: &mut TenantTx,
    submissions: &[Uuid],
) -> CaseResult<BTreeMap<Uuid, RunRow>> {
    let claimed = runs::latest(tx, submissions, &["sroi"]).await?;
    let assessed = assessments::runs(tx, submissions).await?;
    let both = claimed.into_iter().chain(assessed);
    Ok(both.map(|run| (run.subject_id, run)).collect())
}

/// A figure read from a run, on the scale of its dimension, with the step that says how.
pub(crate) struct Reading {
    pub(crate) score: String,
    pub(crate) step: Step,
}

/// Reads P5 of a run. Where the dimension has anchors of its own for the project's scope, the position
/// between those is carried over to the common anchors, so that no kind of project loses by design.
pub(crate) fn read(
    run: &RunRow,
    dimension: &Dimension,
    project_scope: &str,
) -> CaseResult<Option<Reading>> {
    let output: Value = serde_json::from_str(&run.output).map_err(CaseError::internal)?;
    let low = output["simulation"]["p5"].as_str();
    let Some(low) = low.and_then(|text| text.parse::<Decimal>().ok()) else {
        return Ok(None);
    };
    let id = format!("{}.read", dimension.id);
    let step = |formula: &str, result: &str| {
        Step::new(&id, "rank.sroi_read", formula, result, "programme settings")
            .with("P5 of the ratio", fixed_text(low, 4))
            .with("run", run.run_id.to_string())
            .with("copy", copy_word(run))
            .rounded("2 places, half away from zero")
    };
    let Some(own) = dimension.by_scope.get(project_scope) else {
        // The range's low end has two places for ranking.
        let score = fixed_text(low, 2);
        let step = step("P5 of the ratio", &score);
        return Ok(Some(Reading { score, step }));
    };
    let anchor = |text: &str| text.parse::<Decimal>().map_err(CaseError::internal);
    let common = Anchors {
        zero: anchor(&dimension.zero)?,
        hundred: anchor(&dimension.hundred)?,
    };
    let carried = own
        .carry(low, common)
        .ok_or_else(|| CaseError::internal(format!("the anchors of {project_scope}")))?;
    let score = fixed_text(carried, 2);
    let step = step(
        "(P5 − zero of the scope) ÷ (hundred − zero of the scope), carried to the common anchors",
        &score,
    )
    .with("scope", project_scope)
    .with("zero of the scope", normal_text(own.zero))
    .with("hundred of the scope", normal_text(own.hundred));
    Ok(Some(Reading { score, step }))
}

/// Whose map a run evaluated.
pub(crate) fn copy_word(run: &RunRow) -> &'static str {
    match run.kind.as_str() {
        "sroi_assessed" => "assessed",
        "sroi_outturn" => "outturn",
        _ => "claimed",
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use serde_json::json;

    use super::*;

    fn run(p5: &str) -> RunRow {
        RunRow {
            run_id: Uuid::nil(),
            subject_id: Uuid::nil(),
            kind: "sroi".to_owned(),
            input: String::new(),
            input_hash: String::new(),
            ruleset_id: String::new(),
            ruleset_version: String::new(),
            convention: String::new(),
            engine: String::new(),
            engine_version: String::new(),
            output: json!({"simulation": {"p5": p5}}).to_string(),
            created_at: DateTime::UNIX_EPOCH,
        }
    }

    fn dimension() -> Dimension {
        Dimension {
            id: "R2".to_owned(),
            name: explain::Text::new("Value", "價值"),
            weight: "0.2".to_owned(),
            zero: "0".to_owned(),
            hundred: "5".to_owned(),
            machine_read: true,
            by_scope: BTreeMap::from([(
                "information_security".to_owned(),
                Anchors {
                    zero: Decimal::new(5, 1),
                    hundred: Decimal::from(2),
                },
            )]),
        }
    }

    #[test]
    fn a_scope_with_its_own_anchors_is_read_between_them() {
        let score =
            |p5: &str, scope: &str| read(&run(p5), &dimension(), scope).unwrap().unwrap().score;
        assert_eq!(score("1.2500", "it_system"), "1.25");
        // Half way from 0.5 to 2 is half way from 0 to 5.
        assert_eq!(score("1.2500", "information_security"), "2.50");
        assert_eq!(score("0.1000", "information_security"), "0.00");
        assert_eq!(score("7.0000", "information_security"), "5.00");
    }

    #[test]
    fn a_run_without_a_range_gives_no_score() {
        let mut refused = run("1");
        refused.output = json!({"problems": []}).to_string();
        assert!(read(&refused, &dimension(), "it_system").unwrap().is_none());
    }
}
